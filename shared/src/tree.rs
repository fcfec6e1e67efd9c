//! Reading JSON by way of a tree. What serde derives to read a type is made anew for each type and
//! for each way of writing it, which costs the page a third of its code. Here one reader makes a
//! tree of any JSON, and each type picks its fields from it. That reader is serde's in the server, and in
//! the page a [small one](crate::json). Written they are by serde's derives.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU16;

/// Any JSON.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub enum Tree {
    /// `null`.
    Nothing,
    /// `true` or `false`.
    Truth(bool),
    /// A number as the contract has them: whole and not negative.
    Number(u64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Record(Fields),
    /// Any other number.
    Other,
}

/// The fields of a record, to be taken one by one.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub struct Fields(Vec<(String, Tree)>);

/// What a tree should have been, or the field that it should have had.
#[derive(Debug, thiserror::Error)]
#[error("expected {0}")]
pub struct Unreadable(pub(crate) &'static str);

/// A type that is read from a tree.
pub trait Read: Sized {
    /// The value, when the tree has everything that it needs.
    ///
    /// # Errors
    /// When something is missing or of another kind.
    fn read(tree: Tree) -> Result<Self, Unreadable>;
}

/// Reads a message of the contract.
///
/// # Errors
/// When it is not JSON, or not of this form.
pub fn from_json<T: Read>(json: &str) -> serde_json::Result<T> {
    T::read(serde_json::from_str(json)?).map_err(serde::de::Error::custom)
}

impl Tree {
    /// A record of these fields.
    #[must_use]
    pub fn record(fields: Vec<(String, Self)>) -> Self {
        Self::Record(Fields(fields))
    }

    pub(crate) fn text(self) -> Result<String, Unreadable> {
        if let Self::Text(text) = self { Ok(text) } else { Err(Unreadable("a text")) }
    }

    /// Which of these names the text is.
    // Once for all enums.
    #[inline(never)]
    pub(crate) fn place(
        self,
        name: &dyn Fn(usize) -> Option<&'static str>,
    ) -> Result<Option<usize>, Unreadable> {
        let text = self.text()?;
        Ok((0..).map_while(name).position(|name| name == text))
    }

    pub(crate) fn fields(self) -> Result<Fields, Unreadable> {
        if let Self::Record(fields) = self { Ok(fields) } else { Err(Unreadable("a record")) }
    }

    fn number(self) -> Result<u64, Unreadable> {
        if let Self::Number(number) = self { Ok(number) } else { Err(Unreadable("a number")) }
    }

    fn list(self) -> Result<Vec<Self>, Unreadable> {
        if let Self::List(list) = self { Ok(list) } else { Err(Unreadable("a list")) }
    }

    /// The rows of a table that travels as a record of its columns, with a 0 where a row has no such field.
    pub(crate) fn rows(self) -> Result<Self, Unreadable> {
        let mut rows = Vec::new();
        for (name, column) in self.fields()?.0 {
            for (place, value) in column.list()?.into_iter().enumerate() {
                if rows.len() == place {
                    rows.push(Vec::new());
                }
                if !matches!(value, Self::Number(0)) {
                    rows[place].push((name.clone(), value));
                }
            }
        }
        Ok(Self::List(rows.into_iter().map(Self::record).collect()))
    }
}

impl Fields {
    /// A field that has to be there.
    pub(crate) fn take<T: Read>(&mut self, name: &'static str) -> Result<T, Unreadable> {
        T::read(self.find(name).ok_or(Unreadable(name))?)
    }

    /// A field that may be left out.
    pub(crate) fn take_or_default<T: Read + Default>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Unreadable> {
        self.find(name).map_or_else(|| Ok(T::default()), T::read)
    }

    /// Fails when there are fields that nobody took.
    pub(crate) fn end(self) -> Result<(), Unreadable> {
        if self.0.is_empty() { Ok(()) } else { Err(Unreadable("no other fields")) }
    }

    // Once for all types of fields.
    #[inline(never)]
    fn find(&mut self, name: &str) -> Option<Tree> {
        let place = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(place).1)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyTree)
    }
}

struct AnyTree;

impl<'de> Visitor<'de> for AnyTree {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Nothing)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Tree, E> {
        Ok(Tree::Truth(truth))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = entries.next_entry()? {
            fields.push(field);
        }
        Ok(Tree::record(fields))
    }
}

impl Read for Tree {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        Ok(tree)
    }
}

impl Read for String {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        tree.text()
    }
}

impl Read for bool {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        if let Tree::Truth(truth) = tree { Ok(truth) } else { Err(Unreadable("true or false")) }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        if matches!(tree, Tree::Nothing) { Ok(None) } else { T::read(tree).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let list = tree.list()?;
        let mut items = Self::with_capacity(list.len());
        for item in list {
            items.push(T::read(item)?);
        }
        Ok(items)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        T::read(tree).map(Self::new)
    }
}

impl Read for IpAddr {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        tree.text()?.parse().map_err(|_| Unreadable("an IP address"))
    }
}

impl Read for NonZeroU16 {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        Self::new(u16::read(tree)?).ok_or(Unreadable("a port"))
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Read for $number {
            fn read(tree: Tree) -> Result<Self, Unreadable> {
                Self::try_from(tree.number()?).map_err(|_| Unreadable("a smaller number"))
            }
        }
    )+};
}

numbers!(u8, u16, u32, u64, usize);
