//! The table that the build makes of `knowledge/services/`.

use crate::service::{Family, Service, Severity, Tip, UsedBy};
use crate::{Note, Protocol};

include!(concat!(env!("OUT_DIR"), "/services.rs"));
