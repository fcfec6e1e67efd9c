//! The table that the build makes of `knowledge/services/`.

use crate::{Family, Note, Protocol, Service, Severity, Tip, UsedBy};

include!(concat!(env!("OUT_DIR"), "/services.rs"));
