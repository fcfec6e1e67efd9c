//! One number for the contents of many files, to know whether a build would change anything.
//! It does not know what is built from them.

use anyhow::{Context as _, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use crate::files;

/// The fingerprint of every file at or below `inputs`, and of `recipe`: whatever else decides the
/// outcome, such as the versions of tools.
///
/// Contents count, times do not: a fresh checkout of the same files is the same. The hash may
/// differ between Rust releases; then one build too many is made.
pub(crate) fn of(root: &Path, inputs: &[&str], recipe: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    recipe.hash(&mut hasher);
    for input in inputs {
        for file in files::below(&root.join(input))? {
            file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
            let contents = fs::read(&file);
            contents.with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::of;
    use std::fs;
    use std::path::Path;

    fn fingerprint(root: &Path) -> String {
        of(root, &["source", "settings.toml"], "recipe 1").unwrap()
    }

    fn project() -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir(project.path().join("source")).unwrap();
        fs::write(project.path().join("source/a.rs"), "a").unwrap();
        fs::write(project.path().join("settings.toml"), "b").unwrap();
        project
    }

    #[test]
    fn the_same_files_elsewhere_have_the_same_fingerprint() {
        assert_eq!(fingerprint(project().path()), fingerprint(project().path()));
    }

    #[test]
    fn a_changed_an_added_a_renamed_and_a_removed_file_each_change_it() {
        let changes: [fn(&Path); 4] = [
            |root| fs::write(root.join("source/a.rs"), "c").unwrap(),
            |root| fs::write(root.join("source/new.rs"), "").unwrap(),
            |root| fs::rename(root.join("source/a.rs"), root.join("source/b.rs")).unwrap(),
            |root| fs::remove_file(root.join("settings.toml")).unwrap(),
        ];
        for change in changes {
            let project = project();
            let before = fingerprint(project.path());
            change(project.path());
            assert_ne!(before, fingerprint(project.path()));
        }
    }

    #[test]
    fn a_file_outside_the_inputs_does_not_matter() {
        let project = project();
        let before = fingerprint(project.path());
        fs::write(project.path().join("README.md"), "news").unwrap();
        assert_eq!(before, fingerprint(project.path()));
    }

    #[test]
    fn another_recipe_is_another_fingerprint() {
        let project = project();
        let inputs = ["source"];
        let with = |recipe| of(project.path(), &inputs, recipe).unwrap();
        assert_ne!(with("wasm-opt 1"), with("wasm-opt 2"));
    }
}
