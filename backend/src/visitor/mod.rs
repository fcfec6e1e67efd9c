//! Who is asking, proven. Only this room can make an [`OwnAddress`], and the engine accepts nothing
//! else, so no probe can leave for an address that nobody proved to be their own. It knows nothing
//! of HTTP: whoever serves the request says from where it came.

mod address_kind;
mod borders;
mod own_address;
mod ticket;

pub use address_kind::{AddressKind, scope_of, unmapped};
pub use borders::{Borders, Reach};
pub use own_address::{Connection, OwnAddress, Proof, Refusal, Way};
pub use ticket::{TICKET_LIFETIME, TicketError, TicketOffice};
