//! Reads an operator's file line by line, whatever is in it, and says which line is wrong. It does not
//! know what a line means.

use klinke_shared::said;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes: room for two million lines of 60. The longest table that is
/// meant to be read, that of the whole internet's providers, has some hundred thousand.
const LARGEST_FILE: usize = 128 * 1024 * 1024;

/// The longest line, in bytes. An IPv6 network takes 49 at most; the rest are names of places and
/// companies, which no registry lets grow to a page.
const LONGEST_LINE: usize = 1_024;

/// How much of a wrong line is shown, in characters: enough to find it, little enough for one line of
/// a log.
const LONGEST_SHOWN: usize = 60;

/// Some editors put it before the first line.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Why a list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("{}: {error}. Accepted is a file that this process may read", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The file is larger than any list.
    #[error("{}: is too large; accepted are files of at most {most} bytes", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The largest size, in bytes.
        most: usize,
    },
    /// A line that is not accepted.
    #[error("{}, line {line}: “{text}” is not accepted; accepted is {accepted}", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What stands there, shortened and made fit to be shown.
        text: String,
        /// What is accepted.
        accepted: String,
    },
}

/// Gives each line to `read`, without its end; blank lines and those that start with `#` are skipped.
/// A line for which `read` has nothing is wrong: `accepted` says what would be right.
///
/// # Errors
/// The file cannot be read or is too large, or a line is wrong or too long.
pub(super) fn each_line(
    path: &Path,
    accepted: &str,
    mut read: impl FnMut(&[u8]) -> Option<()>,
) -> Result<(), ListError> {
    let unreadable = |error| ListError::Unreadable { path: path.to_owned(), error };
    let mut file = open(path).map_err(unreadable)?;
    let (mut line, mut total) = (Vec::new(), 0);
    for number in 1.. {
        total += next_line(&mut file, &mut line).map_err(unreadable)?;
        if line.is_empty() {
            break;
        }
        if total > LARGEST_FILE {
            return Err(ListError::TooLarge { path: path.to_owned(), most: LARGEST_FILE });
        }
        let wrong = |accepted: String| {
            let (path, text) = (path.to_owned(), shown(&line));
            ListError::Wrong { path, line: number, text, accepted }
        };
        if line.len() > LONGEST_LINE {
            return Err(wrong(format!("a line of at most {LONGEST_LINE} bytes")));
        }
        let mark = if number == 1 { BYTE_ORDER_MARK } else { &[] };
        let content = without_end(line.strip_prefix(mark).unwrap_or(&line));
        if !is_skipped(content) && read(content).is_none() {
            return Err(wrong(accepted.to_owned()));
        }
    }
    Ok(())
}

/// A hostile text as one short line.
pub(super) fn short(text: &[u8], longest: usize) -> Option<String> {
    let mut line = said(text)?;
    if let Some((end, _)) = line.char_indices().nth(longest) {
        line.truncate(end);
        line.truncate(line.trim_end().len());
    }
    Some(line)
}

/// Only a regular file: a pipe would keep its reader waiting.
fn open(path: &Path) -> io::Result<BufReader<File>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "is not a regular file"));
    }
    File::open(path).map(BufReader::new)
}

/// The next line with its end, or so much of it that it is known to be too long.
fn next_line(file: &mut BufReader<File>, line: &mut Vec<u8>) -> io::Result<usize> {
    line.clear();
    file.take(LONGEST_LINE as u64 + 1).read_until(b'\n', line)
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn is_skipped(content: &[u8]) -> bool {
    matches!(content.trim_ascii_start().first(), None | Some(b'#'))
}

fn shown(line: &[u8]) -> String {
    short(line, LONGEST_SHOWN).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn read(content: &[u8]) -> Result<Vec<Vec<u8>>, ListError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        let mut lines = Vec::new();
        each_line(file.path(), "a line without x", |line| {
            lines.push(line.to_vec());
            (!line.contains(&b'x')).then_some(())
        })?;
        Ok(lines)
    }

    #[test]
    fn lines_are_read_without_their_ends_and_without_blank_ones_comments_and_a_mark() {
        let lines = read(b"\xef\xbb\xbfone\r\n\n  \t\r\n# note\n  # note\ntwo, # three\n\nfour");
        assert_eq!(lines.unwrap(), [&b"one"[..], b"two, # three", b"four"]);
        assert!(read(b"").unwrap().is_empty());
        assert!(read(b"\xef\xbb\xbf").unwrap().is_empty());
    }

    #[test]
    fn a_wrong_line_is_named_with_file_number_text_and_what_is_accepted() {
        let long = format!("a\n# b\nx\u{1b}[31m{}\n", "y".repeat(500));
        let said = read(long.as_bytes()).unwrap_err().to_string();
        let shown = "y".repeat(LONGEST_SHOWN - "x [31m".len());
        let words =
            format!(", line 3: “x [31m{shown}” is not accepted; accepted is a line without x");
        assert!(said.ends_with(&words), "{said}");
    }

    #[test]
    fn a_line_may_have_its_full_length_and_not_one_byte_more() {
        let longest = "y".repeat(LONGEST_LINE - 1) + "\n";
        assert_eq!(read(longest.as_bytes()).unwrap().len(), 1);
        let said = read(format!("\ny{longest}").as_bytes()).unwrap_err().to_string();
        assert!(said.contains("line 2") && said.contains("at most 1024 bytes"), "{said}");
        // What would be a comment is no reason to read on for ever.
        assert!(read("#".repeat(LONGEST_LINE + 1).as_bytes()).is_err());
    }

    #[test]
    fn a_file_that_is_too_large_is_left_unread_behind_the_limit() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = io::BufWriter::new(file.as_file());
        for _ in 0..=LARGEST_FILE / LONGEST_LINE {
            writer.write_all(&[b' '; LONGEST_LINE - 1]).unwrap();
            writer.write_all(b"\n").unwrap();
        }
        writer.flush().unwrap();
        let error = each_line(file.path(), "", |_| None).unwrap_err();
        assert!(matches!(error, ListError::TooLarge { most: LARGEST_FILE, .. }), "{error}");
    }

    #[test]
    fn what_is_no_file_is_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let status = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(status.success());
        for path in [folder.path(), &pipe, &folder.path().join("none")] {
            let error = each_line(path, "", |_| Some(())).unwrap_err();
            assert!(matches!(error, ListError::Unreadable { .. }), "{error}");
            assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        }
    }

    proptest! {
        #[test]
        fn whatever_bytes_there_are_they_are_read_to_an_end(content: Vec<u8>) {
            if let Err(error) = read(&content) {
                let is_wrong = matches!(error, ListError::Wrong { .. });
                prop_assert!(is_wrong, "{}", error);
            }
        }
    }
}
