//! Enums that are nothing but names: one table gives the name in the contract, writes and reads it.

/// Makes a type that can be read from a tree one that serde can read.
macro_rules! readable {
    ($($type:ty),+ $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let tree = <$crate::tree::Tree as serde::Deserialize>::deserialize(deserializer)?;
                <Self as $crate::tree::Read>::read(tree).map_err(serde::de::Error::custom)
            }
        }
    )+};
}

/// The table of an enum: `names! { Transport::as_str { Tcp = "tcp", Udp = "udp" } }`.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident :: $as_str:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            $(#[$doc])*
            #[must_use]
            pub const fn $as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$as_str())
            }
        }

        impl $crate::tree::Read for $type {
            fn read(tree: $crate::tree::Tree) -> Result<Self, $crate::tree::Unreadable> {
                const ALL: &[$type] = &[$($type::$variant),+];
                let place = tree.place(&|place| ALL.get(place).map(|known| known.$as_str()))?;
                let named = place.and_then(|place| ALL.get(place)).copied();
                named.ok_or($crate::tree::Unreadable(concat!("a name of ", stringify!($type))))
            }
        }

        readable!($type);
    };
}
