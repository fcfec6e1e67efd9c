//! Remote desktop, file sharing and remote calls of Windows, and of what speaks like it.

mod netbios;
mod rdp;
mod rpc;
mod smb;
mod smb1_negotiate;
mod smb2_negotiate;
#[cfg(test)]
mod tests;
mod xrdp;

pub use rdp::rdp_without_nla;
pub use smb::smb1;
pub(crate) use xrdp::identify_xrdp;
pub use xrdp::xrdp;

use crate::Step;
use klinke_shared::Protocol;

/// The steps, the more usual first. Two of them are followed by a second conversation on a new
/// connection: [`rdp_without_nla`] when RDP was recognised, or [`xrdp`] when it has no NLA anyway
/// and may be that; [`smb1`] when SMB or a `NetBIOS` session was.
pub const STEPS: &[Step] = &[
    Step { protocol: Protocol::Rdp, ports: &[3389], listens: false, begin: rdp::rdp },
    Step { protocol: Protocol::Smb, ports: &[445], listens: false, begin: smb::smb2 },
    Step {
        protocol: Protocol::NetbiosSession,
        ports: &[139],
        listens: false,
        begin: smb::over_netbios,
    },
    Step { protocol: Protocol::Rpc, ports: &[135], listens: false, begin: rpc::rpc },
    // What is too old for SMB 2 hangs up on the question above.
    Step { protocol: Protocol::Smb, ports: &[445], listens: false, begin: smb1 },
];
