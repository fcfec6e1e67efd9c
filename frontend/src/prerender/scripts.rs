//! The scripts that stand in a page: one starts the program, and either shows the help at once where the
//! browser cannot run it. Does not know what the program does.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Only browsers that know no modules load this, and so no other script of the page. It is in the language that
/// the oldest of them understand.
const UNFIT: &str = "document.documentElement.className += \" unfit\";\n";
const UNFIT_FILE: &str = "unfit.js";

/// A script that does nothing, behind the styles. A browser runs no script before the styles are there, and reads
/// nothing behind it; so it never lays out a page without its styles, to do it again with them.
pub(crate) const WAIT: &str = "<script>0</script>";

/// The name of the place in a page that holds what is loaded once the page is painted.
pub(crate) const LATER: &str = "later";
/// The program starts after this time at the latest. Most browsers have painted the page by then, and told of it.
const AT_LATEST_MS: u32 = 500;

/// Writes the files of scripts that are not the program's.
pub(crate) fn write(dist: &Path) -> Result<()> {
    fs::write(dist.join(UNFIT_FILE), UNFIT).context(UNFIT_FILE)
}

/// Ours in the place of the script that Trunk wrote, which starts the same files. Loading may fail because the
/// browser does not know a word of the script or a part of WebAssembly, and all that is one answer here; a
/// browser without a stream of events would begin a check and never show its end. What the server wrote is
/// shown first: the program, and what [`LATER`] holds for it, would only hold it up. A page that nobody sees is
/// not painted, and a browser may not tell of it; then a moment is waited.
pub(crate) fn instead_of(trunks: &str) -> Result<String> {
    let file = |ending: &str| {
        let mut quoted = trunks.split(['\'', '"']).filter(|part| part.starts_with('/'));
        quoted.find(|part| part.ends_with(ending)).with_context(|| format!("no {ending} is named"))
    };
    let (script, program) = (file(".js")?, file(".wasm")?);
    Ok(format!(
        "<script>{{\
         const unfit=()=>document.documentElement.classList.add(\"unfit\");\
         const {{content}}=document.getElementById(\"{LATER}\");\
         const run=()=>import(\"{script}\").then(page=>page.default(\"{program}\")).catch(unfit);\
         const start=()=>{{if(content.firstChild){{document.head.append(content);setTimeout(run)}}}};\
         if(self.EventSource){{new PerformanceObserver(start).observe({{type:\"paint\",buffered:true}});setTimeout(start,{AT_LATEST_MS})}}\
         else unfit()\
         }}</script><script nomodule src=\"/{UNFIT_FILE}\"></script>"
    ))
}

#[cfg(test)]
mod tests {
    use super::instead_of;

    #[test]
    fn ours_starts_the_files_that_trunks_would_have_started() {
        let trunks = "<script type=\"module\">\nimport init, * as bindings from '/page-0123.js';\n\
                      const wasm = await init({ module_or_path: '/page-0123_bg.wasm' });</script>";
        let own = instead_of(trunks).unwrap();
        assert!(
            own.contains("import(\"/page-0123.js\")") && own.contains("\"/page-0123_bg.wasm\""),
            "{own}"
        );
        assert!(own.ends_with("<script nomodule src=\"/unfit.js\"></script>"), "{own}");
    }

    #[test]
    fn a_script_that_names_no_program_is_an_error() {
        assert!(instead_of("<script>import '/page.js'</script>").is_err());
    }
}
