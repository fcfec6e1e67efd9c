//! What a protocol's first step revealed of an open port: which protocol is spoken, by which product,
//! and what of it changes the judgement. Facts only; judges nothing.

use crate::Texts;
use serde::Serialize;

/// The longest text that is kept of what the other side says, in characters. Enough for every
/// product's name and for a page's title; what is longer is cut off.
pub const LONGEST_SAID: usize = 120;
/// So many names of a certificate are kept.
pub const MOST_NAMES: usize = 8;

/// A protocol that was really spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "the names of the protocols are below, and are what there is to say"
)]
pub enum Protocol {
    Activemq,
    Adb,
    Afp,
    Ajp,
    Amqp,
    Bacnet,
    Bittorrent,
    Cassandra,
    Chargen,
    CiscoInstall,
    Cldap,
    Coap,
    Dahua,
    Dnp3,
    Dns,
    Dtls,
    EthernetIp,
    Finger,
    Firebird,
    Ftp,
    Http,
    HttpProxy,
    Iec104,
    Ike,
    Imap,
    Ipmi,
    Ipp,
    Kerberos,
    Knx,
    L2tp,
    Ldap,
    Lpd,
    Mdns,
    Memcached,
    Minecraft,
    Modbus,
    Mongodb,
    Mqtt,
    Mssql,
    MssqlBrowser,
    Mysql,
    NatPmp,
    NetbiosName,
    NetbiosSession,
    NiagaraFox,
    Nfs,
    Ntp,
    OpcUa,
    Openvpn,
    Oracle,
    Pop3,
    Postgresql,
    Pptp,
    Qotd,
    Quic,
    Radmin,
    Rdp,
    Redis,
    Rlogin,
    Rpc,
    Rsync,
    Rtsp,
    S7,
    Sip,
    Slp,
    Smb,
    Smtp,
    Snmp,
    Socks,
    Ssdp,
    Ssh,
    Stun,
    Teamspeak,
    Teamviewer,
    Telnet,
    Tftp,
    Tls,
    Ubiquiti,
    Vnc,
    Winbox,
    WsDiscovery,
    X11,
    Xmpp,
    Zookeeper,
}

names! {
    /// Its name in the contract and in the catalogue.
    Protocol::as_str {
        Activemq = "activemq", Adb = "adb", Afp = "afp", Ajp = "ajp", Amqp = "amqp",
        Bacnet = "bacnet", Bittorrent = "bittorrent", Cassandra = "cassandra", Chargen = "chargen",
        CiscoInstall = "cisco-install", Cldap = "cldap", Coap = "coap",
        Dahua = "dahua", Dnp3 = "dnp3", Dns = "dns", Dtls = "dtls", EthernetIp = "ethernet-ip",
        Finger = "finger", Firebird = "firebird", Ftp = "ftp", Http = "http",
        HttpProxy = "http-proxy", Iec104 = "iec-104", Ike = "ike", Imap = "imap", Ipmi = "ipmi",
        Ipp = "ipp", Kerberos = "kerberos", Knx = "knx", L2tp = "l2tp", Ldap = "ldap", Lpd = "lpd",
        Mdns = "mdns", Memcached = "memcached", Minecraft = "minecraft", Modbus = "modbus",
        Mongodb = "mongodb", Mqtt = "mqtt", Mssql = "mssql", MssqlBrowser = "mssql-browser",
        Mysql = "mysql", NatPmp = "nat-pmp", NetbiosName = "netbios-name",
        NetbiosSession = "netbios-session", NiagaraFox = "niagara-fox", Nfs = "nfs", Ntp = "ntp",
        OpcUa = "opc-ua", Openvpn = "openvpn", Oracle = "oracle", Pop3 = "pop3",
        Postgresql = "postgresql", Pptp = "pptp", Qotd = "qotd", Quic = "quic", Radmin = "radmin",
        Rdp = "rdp", Redis = "redis", Rlogin = "rlogin", Rpc = "rpc", Rsync = "rsync", Rtsp = "rtsp",
        S7 = "s7", Sip = "sip", Slp = "slp", Smb = "smb", Smtp = "smtp", Snmp = "snmp",
        Socks = "socks", Ssdp = "ssdp", Ssh = "ssh", Stun = "stun", Teamspeak = "teamspeak",
        Teamviewer = "teamviewer", Telnet = "telnet", Tftp = "tftp", Tls = "tls",
        Ubiquiti = "ubiquiti", Vnc = "vnc", Winbox = "winbox", WsDiscovery = "ws-discovery",
        X11 = "x11", Xmpp = "xmpp", Zookeeper = "zookeeper",
    }
}

/// A fact that makes an open port better or worse than its service usually is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Note {
    /// It offers to log in with a password.
    PasswordLogin,
    /// It accepts keys only.
    KeyOnly,
    /// It answers questions without asking for a password.
    NoPassword,
    /// It asks for a password before it answers anything.
    AsksPassword,
    /// Remote desktop without Network Level Authentication.
    NoNla,
    /// It still speaks SMB 1.
    Smb1,
    /// SMB messages need not be signed.
    SigningNotRequired,
    /// Its certificate has expired.
    CertificateExpired,
    /// Its certificate is signed by itself.
    CertificateSelfSigned,
    /// It speaks no TLS newer than 1.1.
    LegacyTls,
    /// It resolves names for strangers.
    Recursion,
    /// Its answer is much longer than the question: it can be misused against others.
    Amplifies,
    /// It accepts a connection but says nothing where its protocol has to speak.
    SaysNothing,
}

names! {
    /// Its name in the contract and in the catalogue.
    Note::as_str {
        PasswordLogin = "password-login",
        KeyOnly = "key-only",
        NoPassword = "no-password",
        AsksPassword = "asks-password",
        NoNla = "no-nla",
        Smb1 = "smb1",
        SigningNotRequired = "signing-not-required",
        CertificateExpired = "certificate-expired",
        CertificateSelfSigned = "certificate-self-signed",
        LegacyTls = "legacy-tls",
        Recursion = "recursion",
        Amplifies = "amplifies",
        SaysNothing = "says-nothing",
    }
}

impl Note {
    /// The fact in plain words.
    #[must_use]
    pub fn text(self, texts: &Texts) -> &str {
        match self {
            Self::PasswordLogin => texts.note_password_login(),
            Self::KeyOnly => texts.note_key_only(),
            Self::NoPassword => texts.note_no_password(),
            Self::AsksPassword => texts.note_asks_password(),
            Self::NoNla => texts.note_no_nla(),
            Self::Smb1 => texts.note_smb1(),
            Self::SigningNotRequired => texts.note_signing_not_required(),
            Self::CertificateExpired => texts.note_certificate_expired(),
            Self::CertificateSelfSigned => texts.note_certificate_self_signed(),
            Self::LegacyTls => texts.note_legacy_tls(),
            Self::Recursion => texts.note_recursion(),
            Self::Amplifies => texts.note_amplifies(),
            Self::SaysNothing => texts.note_says_nothing(),
        }
    }
}

/// What a TLS server shows of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Certificate {
    /// The names it is for: of the subject and its alternatives, each once, at most
    /// [`MOST_NAMES`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When it expires, in seconds since 1970 (UTC).
    pub expires: u64,
}

/// What was recognised at one port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Recognition {
    /// The protocol that was spoken; nothing where something was seen without knowing what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Whether it was spoken inside TLS.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
    /// The product, as it or its maker writes its name: “OpenSSH”, “nginx”, “FRITZ!Box”.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Its version, as it says: “9.2p1”.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What it said that identifies it: a greeting, a page's title, a host's name. Printable, one
    /// line, at most [`LONGEST_SAID`] characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What makes it better or worse, in order, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The certificate that it showed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

impl Recognition {
    /// A protocol and nothing more.
    #[must_use]
    pub fn of(protocol: Protocol) -> Self {
        Self { protocol: Some(protocol), ..Self::default() }
    }

    /// The same with a product, when there is one to tell.
    #[must_use]
    pub fn product(mut self, name: impl AsRef<[u8]>) -> Self {
        self.product = said(name.as_ref());
        self
    }

    /// The same with the product's version.
    #[must_use]
    pub fn version(mut self, version: impl AsRef<[u8]>) -> Self {
        self.version = said(version.as_ref());
        self
    }

    /// The same with what the other side said.
    #[must_use]
    pub fn detail(mut self, words: impl AsRef<[u8]>) -> Self {
        self.detail = said(words.as_ref());
        self
    }

    /// The same with a note, once.
    #[must_use]
    pub fn note(mut self, note: Note) -> Self {
        if let Err(place) = self.notes.binary_search(&note) {
            self.notes.insert(place, note);
        }
        self
    }

    /// Product and version, or the protocol where it names none, in one line; nothing where nothing
    /// is known.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        let protocol = || self.protocol.map(|protocol| protocol.as_str().to_uppercase());
        let product = self.product.clone().or_else(protocol)?;
        Some(match &self.version {
            Some(version) => format!("{product} {version}"),
            None => product,
        })
    }

    /// Whether a note is among the facts.
    #[must_use]
    pub fn has(&self, note: Note) -> bool {
        self.notes.contains(&note)
    }
}

/// What hostile bytes say, as one short printable line: broken UTF-8 and control characters become
/// spaces, runs of spaces one, and it ends after [`LONGEST_SAID`] characters. Nothing for nothing.
#[must_use]
pub fn said(bytes: &[u8]) -> Option<String> {
    // A character has at most four bytes; what lies beyond cannot be shown anyway.
    let bytes = bytes.get(..LONGEST_SAID * 8).unwrap_or(bytes);
    let mut line = String::new();
    let mut length = 0;
    let text = String::from_utf8_lossy(bytes);
    for word in text.split(|c: char| c.is_control() || c.is_whitespace() || is_hidden(c)) {
        if word.is_empty() {
            continue;
        }
        let gap = usize::from(length > 0);
        let room = LONGEST_SAID.saturating_sub(length + gap);
        if room == 0 {
            break;
        }
        if gap == 1 {
            line.push(' ');
        }
        line.extend(word.chars().take(room));
        length += gap + word.chars().count().min(room);
    }
    (!line.is_empty()).then_some(line)
}

/// Characters that show nothing or change the direction of writing, and would let a hostile name
/// look like another; and what stands for broken bytes.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffd}')
}
