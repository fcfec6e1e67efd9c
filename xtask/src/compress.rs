//! Compresses the page once, at the best quality, so that the server never has to.
//! It does not know how the server chooses between the copies.

use anyhow::{Context as _, Result};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::files;

/// Smaller files travel in one packet either way, and a second copy only costs the server.
const SMALLEST_WORTH_IT: usize = 512;

/// The kinds that are not already compressed.
const KINDS: [&str; 8] = ["html", "js", "wasm", "css", "json", "svg", "txt", "xml"];

/// Brotli's best: it takes seconds, once per build.
const BROTLI_QUALITY: u32 = 11;

/// Log2 of brotli's window, in bytes. It sees far enough for our files, and a larger one makes the largest of them,
/// the program, a little larger.
const BROTLI_WINDOW: u32 = 18;

/// Writes `FILE.br` and `FILE.gz` beside every file below `dist` that shrinks by them.
pub(crate) fn folder(dist: &Path) -> Result<()> {
    for file in files::below(dist)?.iter().filter(|file| is_compressible(file)) {
        one(file).with_context(|| format!("cannot compress {}", file.display()))?;
    }
    Ok(())
}

/// The bytes that a browser receives for `file`: of its brotli copy, if there is one.
pub(crate) fn transfer_size(file: &Path) -> Result<u64> {
    let brotli = beside(file, "br");
    let sent = if brotli.exists() { &brotli } else { file };
    Ok(fs::metadata(sent).with_context(|| format!("cannot read {}", sent.display()))?.len())
}

fn is_compressible(file: &Path) -> bool {
    file.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
}

fn one(file: &Path) -> Result<()> {
    let contents = fs::read(file)?;
    if contents.len() <= SMALLEST_WORTH_IT {
        return Ok(());
    }
    for (ending, compressed) in [("br", brotli(&contents)?), ("gz", gzip(&contents)?)] {
        if compressed.len() < contents.len() {
            fs::write(beside(file, ending), compressed)?;
        }
    }
    Ok(())
}

fn brotli(contents: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let buffer = contents.len().max(1);
    let mut writer =
        brotli::CompressorWriter::new(&mut compressed, buffer, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(contents)?;
    drop(writer);
    Ok(compressed)
}

fn gzip(contents: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(contents)?;
    Ok(writer.finish()?)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::{folder, transfer_size};
    use std::fs;
    use std::io::Read as _;

    /// Contents that no compression makes smaller: the low bytes of a multiplicative generator.
    fn noise(length: usize) -> Vec<u8> {
        let steps = std::iter::successors(Some(1_u64), |state| {
            Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1))
        });
        steps.map(|state| state.to_be_bytes()[0]).take(length).collect()
    }

    fn names_after_compressing(name: &str, contents: &[u8]) -> Vec<String> {
        let dist = tempfile::tempdir().unwrap();
        fs::write(dist.path().join(name), contents).unwrap();
        folder(dist.path()).unwrap();
        let entries = fs::read_dir(dist.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_long_text_gets_both_copies() {
        let names = names_after_compressing("app.css", &b"door ".repeat(1000));
        assert_eq!(names, ["app.css", "app.css.br", "app.css.gz"]);
    }

    #[test]
    fn what_is_short_incompressible_or_of_another_kind_stays_alone() {
        assert_eq!(names_after_compressing("app.css", &[b'a'; 512]), ["app.css"]);
        assert_eq!(names_after_compressing("app.wasm", &noise(4096)), ["app.wasm"]);
        assert_eq!(names_after_compressing("icon.png", &[b'a'; 4096]), ["icon.png"]);
    }

    #[test]
    fn both_copies_unpack_to_the_original() {
        let original = b"which doors are open? ".repeat(200);
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        let brotli = super::brotli(&original).unwrap();
        brotli::Decompressor::new(&*brotli, 4096).read_to_end(&mut from_brotli).unwrap();
        let gzip = super::gzip(&original).unwrap();
        flate2::read::GzDecoder::new(&*gzip).read_to_end(&mut from_gzip).unwrap();
        assert_eq!((&from_brotli, &from_gzip), (&original, &original));
    }

    #[test]
    fn the_transfer_size_is_that_of_the_brotli_copy_where_there_is_one() {
        let dist = tempfile::tempdir().unwrap();
        let file = dist.path().join("app.js");
        fs::write(&file, [b'a'; 4096]).unwrap();
        assert_eq!(transfer_size(&file).unwrap(), 4096);
        folder(dist.path()).unwrap();
        assert!(transfer_size(&file).unwrap() < 100);
    }
}
