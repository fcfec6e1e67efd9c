//! Reads one version out of `Cargo.lock`, so that a tool and the library it belongs to cannot
//! differ. It does not know TOML: cargo writes this file, always in the same form.

use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;

/// The version of `package` in the lock file `path`.
pub(super) fn version_of(path: &Path, package: &str) -> Result<String> {
    let contents =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let version = find(&contents, package);
    version.map(str::to_owned).with_context(|| {
        format!("{} does not mention {package}. Run `cargo metadata` once.", path.display())
    })
}

fn find<'a>(contents: &'a str, package: &str) -> Option<&'a str> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = contents.lines();
    lines.find(|line| *line == wanted)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::find;

    const LOCK_FILE: &str = r#"
[[package]]
name = "wasm-bindgen-macro"
version = "0.2.7"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

    #[test]
    fn the_version_is_that_of_the_package_with_exactly_this_name() {
        assert_eq!(find(LOCK_FILE, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find(LOCK_FILE, "wasm-bindgen-macro"), Some("0.2.7"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(find(LOCK_FILE, "wasm"), None);
        assert_eq!(find("", "wasm-bindgen"), None);
    }
}
