//! Who is asking, proven. Only this room can make an [`OwnAddress`], and the engine accepts nothing
//! else, so no probe can leave for an address that nobody proved to be their own. It knows nothing
//! of HTTP: whoever serves the request says from where it came.

mod address_kind;
mod borders;
mod forwarded;
mod own_address;
mod ticket;
mod used;

pub use address_kind::{AddressKind, scope_of, shortened, unmapped};
pub use borders::{Borders, Reach};
pub use forwarded::{ForwardedError, ForwardedHeader, PASSED_ON, TrustedProxies};
pub use own_address::{Connection, OwnAddress, Proof, Refusal, Way};
pub use ticket::{Seen, TICKET_LIFETIME, TicketError, TicketOffice};
