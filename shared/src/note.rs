//! Facts about an open port that change how it is judged, and their words. Which service takes which
//! of them how seriously stands in the service's file.

use crate::Texts;

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
