//! The key that signs tickets: from a file that is made at the first start, or of this start only.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// The bytes of a key: what HMAC-SHA-256 makes full use of (RFC 2104, 2).
const BYTES: usize = 32;
/// Only whoever runs the server may read the key.
const ONLY_ITS_OWNER: u32 = 0o600;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeyError {
    /// The file cannot be read or made.
    #[error(
        "{0}: {1}. Name a file that this user can write in tickets.key_file, or leave it empty"
    )]
    File(PathBuf, io::Error),
    /// The file holds something else.
    #[error(
        "{0} holds {1} bytes; a key has exactly {BYTES}. Remove the file, and the next start makes a new one"
    )]
    NoKey(PathBuf, u64),
    /// The system gives none.
    #[error("the system gives no random numbers: {0}")]
    NoChance(#[from] getrandom::Error),
}

/// The key of a file, which is made where there is none; without a file, a new one.
///
/// # Errors
/// When the file is none that this program made, or cannot be made.
pub(super) fn ticket_key(file: Option<&Path>) -> Result<[u8; BYTES], KeyError> {
    let Some(path) = file else { return new_key() };
    let failed = |error| KeyError::File(path.to_owned(), error);
    match File::open(path) {
        Ok(file) => read(&file, path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = new_key()?;
            // Of two servers that start at the same time, one makes the file and the other fails, loudly.
            let made =
                OpenOptions::new().write(true).create_new(true).mode(ONLY_ITS_OWNER).open(path);
            made.and_then(|mut file| file.write_all(&key)).map_err(failed)?;
            Ok(key)
        }
        Err(error) => Err(failed(error)),
    }
}

fn read(mut file: &File, path: &Path) -> Result<[u8; BYTES], KeyError> {
    let failed = |error| KeyError::File(path.to_owned(), error);
    let length = file.metadata().map_err(failed)?.len();
    if length != BYTES as u64 {
        return Err(KeyError::NoKey(path.to_owned(), length));
    }
    let mut key = [0; BYTES];
    file.read_exact(&mut key).map_err(failed)?;
    Ok(key)
}

fn new_key() -> Result<[u8; BYTES], KeyError> {
    let mut key = [0; BYTES];
    getrandom::fill(&mut key)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_first_start_makes_a_key_that_only_its_owner_reads_and_later_ones_use_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let first = ticket_key(Some(&path)).unwrap();
        assert_eq!(ticket_key(Some(&path)).unwrap(), first);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, ONLY_ITS_OWNER);
        assert_ne!(ticket_key(None).unwrap(), ticket_key(None).unwrap());
    }

    #[test]
    fn a_file_that_holds_no_key_is_named_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "my shopping list").unwrap();
        let error = ticket_key(Some(&path)).unwrap_err().to_string();
        assert!(error.contains("key holds 16 bytes; a key has exactly 32"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "my shopping list");
        let nowhere = ticket_key(Some(&folder.path().join("no/such/key"))).unwrap_err();
        assert!(nowhere.to_string().contains("tickets.key_file"), "{nowhere}");
    }
}
