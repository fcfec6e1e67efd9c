//! A daemon that does not listen, and its last words. It does not know why.

use std::fmt;

use super::room::Room;

/// Usually the last line says why; the ones before say of what.
const LAST_LINES: usize = 5;

/// A daemon that should listen.
#[derive(Debug)]
pub(crate) struct Failure {
    daemon: &'static str,
    last_words: Vec<String>,
}

impl Failure {
    pub(super) fn of(room: &Room) -> Self {
        Self { daemon: room.daemon.name, last_words: last_lines(&room.log()) }
    }
}

fn last_lines(log: &str) -> Vec<String> {
    let lines: Vec<_> = log.lines().filter(|line| !line.trim().is_empty()).collect();
    let from = lines.len().saturating_sub(LAST_LINES);
    lines.iter().skip(from).map(|line| (*line).to_owned()).collect()
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { daemon, last_words } = self;
        write!(formatter, "{daemon} does not listen:")?;
        last_words.iter().try_for_each(|line| write!(formatter, "\n    {line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::last_lines;

    #[test]
    fn the_last_words_are_the_last_lines_with_something_in_them() {
        assert_eq!(last_lines("1\n2\n3\n\n4\n5\n6\n"), ["2", "3", "4", "5", "6"]);
        assert!(last_lines("").is_empty());
    }
}
