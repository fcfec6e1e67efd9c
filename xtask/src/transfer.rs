//! What a visitor's browser downloads, in bytes. It does not know how the files were made, nor
//! what they may cost: it only measures.

use anyhow::Result;
use std::fmt;
use std::path::Path;

use crate::compress;
use crate::files;

/// Which files of a kind one visitor downloads.
#[derive(Clone, Copy)]
enum Share {
    All,
    /// One language's, or one of many; we count the longest.
    One,
}

/// What a row says, its files, and how many of them count. Of each open door the words are loaded.
const KINDS: [(&str, &str, Share); 6] = [
    ("wasm", "**.wasm", Share::All),
    ("js", "**.js", Share::All),
    ("css", "**.css", Share::All),
    ("texts", "texts/*.json", Share::One),
    ("a door", "texts/*/*.json", Share::One),
    ("page", "**.html", Share::One),
];

/// Bytes per kind of file, after compression.
pub(crate) struct Transfer {
    rows: Vec<(&'static str, u64)>,
}

impl Transfer {
    pub(crate) fn of(dist: &Path) -> Result<Self> {
        let files = files::below(dist)?;
        let rows = KINDS.map(|(label, kind, share)| {
            let of_kind = files
                .iter()
                .filter(|file| file.strip_prefix(dist).is_ok_and(|file| matches(file, kind)));
            let sizes = of_kind.map(|file| compress::transfer_size(file));
            let sizes = sizes.collect::<Result<Vec<_>>>()?;
            Ok((label, share.of(&sizes)))
        });
        Ok(Self { rows: rows.into_iter().collect::<Result<_>>()? })
    }
}

/// Whether a file is of a kind: `**.wasm` anywhere, `texts/*.json` in that folder.
fn matches(file: &Path, kind: &str) -> bool {
    if let Some(ending) = kind.strip_prefix("**.") {
        return file.extension().is_some_and(|own| own == ending);
    }
    let pattern = Path::new(kind);
    file.components().count() == pattern.components().count()
        && file.components().next() == pattern.components().next()
        && file.extension() == pattern.extension()
}

impl Share {
    fn of(self, sizes: &[u64]) -> u64 {
        match self {
            Self::All => sizes.iter().sum(),
            Self::One => sizes.iter().copied().max().unwrap_or(0),
        }
    }
}

impl fmt::Display for Transfer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, bytes) in &self.rows {
            writeln!(formatter, "  {label:<8}{bytes:>8}")?;
        }
        let sum: u64 = self.rows.iter().map(|row| row.1).sum();
        write!(formatter, "  {:<8}{sum:>8}", "sum")
    }
}

#[cfg(test)]
mod tests {
    use super::Transfer;
    use std::fs;

    #[test]
    fn scripts_are_added_up_and_of_the_languages_the_longest_counts() {
        let dist = tempfile::tempdir().unwrap();
        let files = [
            ("a.wasm", 7),
            ("b.js", 3),
            ("c.js", 4),
            ("texts/de.json", 50),
            ("texts/en.json", 40),
            ("texts/de/rdp.json", 8),
            ("texts/de/ssh.json", 6),
            ("i.png", 9),
        ];
        for (name, length) in files {
            let file = dist.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, vec![b'a'; length]).unwrap();
        }
        let expected = "  wasm           7
  js             7
  css            0
  texts         50
  a door         8
  page           0
  sum           72";
        assert_eq!(Transfer::of(dist.path()).unwrap().to_string(), expected);
    }

    #[test]
    fn a_compressed_copy_counts_instead_of_its_original() {
        let dist = tempfile::tempdir().unwrap();
        fs::write(dist.path().join("a.wasm"), [0; 1000]).unwrap();
        fs::write(dist.path().join("a.wasm.br"), [0; 100]).unwrap();
        fs::write(dist.path().join("a.wasm.gz"), [0; 200]).unwrap();
        assert!(Transfer::of(dist.path()).unwrap().to_string().ends_with("     100"));
    }
}
