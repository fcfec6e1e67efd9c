//! In which ways services are sorted: what kind of thing they are, who uses them, and what helps.

use crate::Texts;

/// What kind of thing a service is, for grouping and icons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Control of a computer from afar.
    Remote,
    /// Shared files and storage.
    Files,
    /// Web pages and web administration.
    Web,
    /// E-mail.
    Mail,
    /// Databases and caches.
    Database,
    /// Printers.
    Print,
    /// Cameras and recorders.
    Camera,
    /// Telephones.
    Phone,
    /// Building controls and industrial controllers.
    Building,
    /// Routers, names, time and network management.
    Network,
    /// Private networks.
    Vpn,
    /// Tools that run servers and software.
    Operations,
    /// Games, media and other leisure.
    Leisure,
}

names! {
    /// Its name in the catalogue.
    Family::as_str {
        Remote = "remote", Files = "files", Web = "web", Mail = "mail", Database = "database",
        Print = "print", Camera = "camera", Phone = "phone", Building = "building",
        Network = "network", Vpn = "vpn", Operations = "operations", Leisure = "leisure",
    }
}

/// Who uses a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UsedBy {
    /// Everybody in the office.
    Staff,
    /// The people who look after the office's computers.
    It,
    /// The internet provider.
    Provider,
    /// Technicians of buildings and machines.
    Building,
    /// People who write software.
    Developers,
    /// Private people.
    Private,
}

names! {
    /// Its name in the catalogue.
    UsedBy::as_str {
        Staff = "staff", It = "it", Provider = "provider", Building = "building",
        Developers = "developers", Private = "private",
    }
}

impl UsedBy {
    /// Everyone, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Staff, Self::It, Self::Provider, Self::Building, Self::Developers, Self::Private];

    /// What people read.
    #[cfg(feature = "built-in")]
    #[must_use]
    pub fn label(self, texts: &Texts) -> &str {
        match self {
            Self::Staff => texts.used_by_staff(),
            Self::It => texts.used_by_it(),
            Self::Provider => texts.used_by_provider(),
            Self::Building => texts.used_by_building(),
            Self::Developers => texts.used_by_developers(),
            Self::Private => texts.used_by_private(),
        }
    }
}

/// One of the seven tips, which every piece of advice leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tip {
    /// Only the necessary ports open.
    Necessary,
    /// Configure the firewall consistently.
    Firewall,
    /// Restrict access by address or country.
    Restrict,
    /// VPN instead of a direct port release.
    Vpn,
    /// Keep services up to date.
    Updates,
    /// Have port scans done regularly.
    Scans,
    /// Set up monitoring.
    Monitoring,
}

names! {
    /// Its name in the catalogue.
    Tip::as_str {
        Necessary = "necessary", Firewall = "firewall", Restrict = "restrict", Vpn = "vpn",
        Updates = "updates", Scans = "scans", Monitoring = "monitoring",
    }
}

impl Tip {
    /// Every tip, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Necessary,
        Self::Firewall,
        Self::Restrict,
        Self::Vpn,
        Self::Updates,
        Self::Scans,
        Self::Monitoring,
    ];

    /// What it says, in a few words.
    #[must_use]
    pub fn title(self, texts: &Texts) -> &str {
        match self {
            Self::Necessary => texts.tip_necessary(),
            Self::Firewall => texts.tip_firewall(),
            Self::Restrict => texts.tip_restrict(),
            Self::Vpn => texts.tip_vpn(),
            Self::Updates => texts.tip_updates(),
            Self::Scans => texts.tip_scans(),
            Self::Monitoring => texts.tip_monitoring(),
        }
    }
}
