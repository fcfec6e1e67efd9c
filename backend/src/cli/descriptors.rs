//! File descriptors: every open probe and every visitor needs one.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// Asks for as many descriptors as this process may have. Most systems start programs with 1,024,
/// for the sake of old ones that use `select`, and allow far more. When it does not work, the
/// engine slows down at the limit it has.
pub(super) fn raise_limit() {
    let raised = getrlimit(Resource::RLIMIT_NOFILE).and_then(|(soft, hard)| {
        setrlimit(Resource::RLIMIT_NOFILE, hard, hard).map(|()| (soft, hard))
    });
    match raised {
        Ok((soft, hard)) => tracing::debug!(soft, hard, "file descriptors"),
        Err(error) => tracing::warn!(%error, "the limit of file descriptors cannot be raised"),
    }
}
