//! What is known of the network that an address belongs to: the kinds of network whose lists an
//! operator has, the provider's name from an open table, and the name that the DNS has. It judges
//! nobody and fetches no list. It knows nothing of requests, checks and settings: whoever asks says
//! which files to read and which server to ask.

mod lists;
mod names;
mod prefixes;
mod providers;
mod steps;
mod text_file;
mod watched;

pub use lists::Lists;
pub use names::{MOST_LOOKUPS, NAME_LIMIT, Names};
pub use prefixes::network;
pub use text_file::ListError;
pub use watched::{ListFiles, Watched};
