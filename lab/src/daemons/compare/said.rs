//! What somebody says of a port. It knows neither who says so, nor what is true.

use std::collections::BTreeMap;

use crate::port::Port;

/// What somebody says of each port.
pub(super) type Answers = BTreeMap<Port, Said>;

/// What somebody says of a port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// As Klinke calls it.
    pub(super) state: String,
    /// As Klinke calls it, or nothing if it was only guessed by the port's number.
    pub(super) protocol: Option<String>,
    pub(super) tls: bool,
    pub(super) product: Option<String>,
    pub(super) version: Option<String>,
    /// Nothing from those who note nothing.
    pub(super) notes: Option<Vec<String>>,
}
