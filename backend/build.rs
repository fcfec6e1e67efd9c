//! Build script: the page is embedded from `dist/`, and the embedding does not notice new files by
//! itself. The folder is made where it is missing, since a path that does not exist counts as
//! changed every time.

fn main() {
    let dist = std::path::Path::new("../dist");
    // If it cannot be made, the build goes on without a page, and the server says so.
    let _ = std::fs::create_dir_all(dist);
    println!("cargo:rerun-if-changed=../dist");
}
