//! The name of one check, which is also the key to its report.

use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// 128 random bits, written as 32 hexadecimal digits. Who knows it may read the report, so it is
/// never logged; whoever makes one draws it from the system's random numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct CheckId([u8; 16]);

/// A text that is no check's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a check's name has 32 hexadecimal digits in lower case")]
pub struct CheckIdError;

impl CheckId {
    /// The name of the one check whose report anybody may read: the [sample](crate::Report::is_sample). No other
    /// gets it, since 128 random bits are never all nought.
    pub const SAMPLE: Self = Self([0; 16]);

    /// The name made of these random bits.
    #[must_use]
    pub const fn from_random(bits: [u8; 16]) -> Self {
        Self(bits)
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Shows only its beginning, so that a log does not give reports away.
impl fmt::Debug for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckId({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}

impl FromStr for CheckId {
    type Err = CheckIdError;

    fn from_str(text: &str) -> Result<Self, CheckIdError> {
        let digits = text.as_bytes();
        let lower_hex = |digit: &u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(digit);
        if digits.len() != 32 || !digits.iter().all(lower_hex) {
            return Err(CheckIdError);
        }
        let bits = u128::from_str_radix(text, 16).map_err(|_| CheckIdError)?;
        Ok(Self(bits.to_be_bytes()))
    }
}

impl From<CheckId> for String {
    fn from(id: CheckId) -> Self {
        id.to_string()
    }
}
