//! File descriptors: every open probe and every visitor needs one.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// What the rest of the program needs at most: visitors' connections, streams, log, page.
const KEPT_FOR_OTHERS: u64 = 2_000;

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

/// How many descriptors the engine may use: what this process may have, less what the rest of it
/// needs, but at least half.
pub(super) fn for_probes() -> usize {
    let (soft, _) = getrlimit(Resource::RLIMIT_NOFILE).unwrap_or((1_024, 1_024));
    usize::try_from(soft.saturating_sub(KEPT_FOR_OTHERS).max(soft / 2)).unwrap_or(usize::MAX)
}
