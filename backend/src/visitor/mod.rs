//! Who is asking, proven. Only this room can make an [`OwnAddress`], and the engine accepts nothing
//! else, so no probe can leave for an address that nobody proved to be their own. It knows nothing
//! of HTTP: whoever serves the request says from where it came.

mod address_kind;
mod own_address;
mod ticket;

pub use address_kind::{AddressKind, scope_of, unmapped};
pub use own_address::{Connection, OwnAddress, Proof, Reach, Refusal};
pub use ticket::{TICKET_LIFETIME, TicketError, TicketOffice};
