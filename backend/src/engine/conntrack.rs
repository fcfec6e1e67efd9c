//! How full the table is in which this machine's own firewall remembers connections. Linux keeps
//! every unanswered SYN there for 120 seconds (`nf_conntrack_tcp_timeout_syn_sent`), so a busy
//! engine can fill it, and then nobody reaches this machine any more. Where no firewall remembers,
//! or the engine's packets are exempt (`notrack`), there is nothing to see here.

use std::fs;
use std::path::Path;

const COUNT: &str = "/proc/sys/net/netfilter/nf_conntrack_count";
const MOST: &str = "/proc/sys/net/netfilter/nf_conntrack_max";

/// How much of the table is in use, in per cent; nothing where there is no table.
pub(super) fn per_cent_full() -> Option<u64> {
    share(number(Path::new(COUNT))?, number(Path::new(MOST))?)
}

fn share(count: u64, most: u64) -> Option<u64> {
    count.saturating_mul(100).checked_div(most)
}

fn number(file: &Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_room_is_no_table() {
        assert_eq!(share(5, 0), None);
        assert_eq!(
            (share(0, 100), share(99, 100), share(300, 100)),
            (Some(0), Some(99), Some(300))
        );
    }

    #[test]
    fn a_file_that_is_not_there_says_nothing() {
        assert_eq!(number(Path::new("/proc/no/such/file")), None);
    }
}
