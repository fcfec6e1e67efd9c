//! Every recorded answer goes through what reads it, whole, cut and changed; and fuzzing forgets no
//! reader. What is done with the bytes stands beside the fuzz targets, which do the same.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../fuzz/src/harness.rs"]
mod harness;

use std::fs;
use std::path::{Path, PathBuf};

/// The file that lists the fuzz targets.
const TABLE: &str = include_str!("../../fuzz/Cargo.toml");
/// What reads every answer.
const READS_ALL: [&str; 3] = ["identify", "interview", "said"];

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The folders with recorded answers, by the protocol of which they are.
fn folders() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    entries(&root).into_iter().map(|folder| (name(&folder), folder)).collect()
}

#[test]
fn print_table() {
    for t in harness::targets() { println!("T {t}"); }
    let protocols: Vec<_> = harness::targets().iter().filter_map(|t| t.split_once('-').map(|(_, p)| p.to_owned())).collect();
    let folders: Vec<_> = folders().into_iter().map(|(p, _)| p).collect();
    for f in &folders { if !protocols.contains(f) { println!("ORPHAN {f}"); } }
    for f in &protocols { if !folders.contains(f) { println!("NOSEED {f}"); } }
}
