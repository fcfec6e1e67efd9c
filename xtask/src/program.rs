//! The program for browsers as Trunk made it, a module and its script, made small: optimised, with short
//! names between the two, and a script and style sheets without blanks. It does not know what they do.

use anyhow::{Context as _, Result, bail, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell;
use crate::tools::Toolbox;

/// What wasm-opt does. Flat code with its loops found anew is optimised further, and a second round finds
/// what the first made possible. Functions of one kind stand together, where compression sees that they
/// are alike. wasm-bindgen's names end in a hash, which nothing makes shorter, so a pass makes new ones. What
/// tells of the tools and their features is of use to them only. A function that is called from one place moves
/// there only if it is small: large ones compress no better in one piece. Nothing is ever read or written below
/// the address 1,024, because rustc has the stack grow down to 0, and a program whose stack reaches so far is lost.
const PASSES: [&str; 10] = [
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=15",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
    "--strip-producers",
    "--strip-target-features",
];

/// What that pass calls the only module that is imported from.
const MODULE: &str = "a";

/// What esbuild does: no older language than the one that is there, nothing is bundled, and what nobody uses goes.
const MINIFY: [&str; 6] = [
    "--minify",
    "--tree-shaking=true",
    "--format=esm",
    "--charset=utf8",
    "--log-level=warning",
    "--allow-overwrite",
];

/// How wasm-bindgen's script ends: with two ways to start the program, for any browser, server and program.
const STARTS: &str = "export { initSync, __wbg_init as default };";
/// The one way that is needed, with a name to be given. Our server names WebAssembly by its type, and a browser that
/// cannot start what is still coming knows none of the program's other features either (README, “In which browsers it runs”).
const START: &str = "export default async (program) => {
    const { instance, module } = await WebAssembly.instantiateStreaming(fetch(program), __wbg_get_imports());
    __wbg_finalize_init(instance, module);
};";

const NO_WAY_OUT: &str = "Its own words are above.";

/// Makes the files in `dist` small, and has `index.html` name the program by what is in it now.
pub(crate) fn make_small(dist: &Path, toolbox: &Toolbox) -> Result<()> {
    let module = only_file(dist, "wasm")?;
    let script = only_file(dist, "js")?;
    let mut wasm_opt = tool("wasm-opt", toolbox)?;
    let names = shell::read(wasm_opt.args(PASSES).arg(&module).arg("-o").arg(&module))?;
    let names = Names::read(&names).context("wasm-opt did not tell the new names")?;
    let long = text(&script)?;
    ensure!(long.matches(STARTS).count() == 1, "{} does not end with “{STARTS}”", script.display());
    let long = long.replace(STARTS, START);
    let short = names.put_into(&long).with_context(|| script.display().to_string())?;
    write(&script, &short)?;
    let mut esbuild = tool("esbuild", toolbox)?;
    esbuild.args(MINIFY).arg(outdir(dist)).arg(&script).args(files(dist, "css")?);
    shell::run(&mut esbuild, NO_WAY_OUT)?;
    name_anew(dist, &module, &script)
}

fn outdir(dist: &Path) -> String {
    format!("--outdir={}", dist.display())
}

fn tool(name: &str, toolbox: &Toolbox) -> Result<Command> {
    let mut command = Command::new(name);
    command.env("PATH", toolbox.path()?);
    Ok(command)
}

/// The new names of what the module takes from its script, and of what it gives to it.
struct Names {
    module: String,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// From what wasm-opt prints: imports as module, old name, new name; exports as old name, new name.
    fn read(json: &str) -> Result<Self> {
        let told: serde_json::Value = serde_json::from_str(json)?;
        let list = |key: &str| told[key].as_array().with_context(|| format!("there are no {key}"));
        let word = |entry: &serde_json::Value, place: usize| {
            let word = entry[place].as_str().map(str::to_owned);
            word.with_context(|| format!("{entry} has no name at {place}"))
        };
        let imports = list("imports")?;
        let module = word(imports.first().context("nothing is imported")?, 0)?;
        for entry in imports {
            ensure!(word(entry, 0)? == module, "{entry} is imported from another module");
        }
        let imports = imports.iter().map(|entry| Ok((word(entry, 1)?, word(entry, 2)?)));
        let exports = list("exports")?.iter().map(|entry| Ok((word(entry, 0)?, word(entry, 1)?)));
        Ok(Self {
            module,
            imports: imports.collect::<Result<_>>()?,
            exports: exports.collect::<Result<_>>()?,
        })
    }

    /// The script with the new names. wasm-bindgen writes each import once, as a key of an object that
    /// is itself the value of the module's name, and each export as `wasm.NAME`.
    fn put_into(&self, script: &str) -> Result<String> {
        let module = format!("\"{}\":", self.module);
        ensure!(script.matches(&module).count() == 1, "it needs {module} exactly once");
        let script = script.replacen(&module, &format!("\"{MODULE}\":"), 1);
        let mut missing = self.imports.clone();
        let mut renamed = String::with_capacity(script.len());
        let (mut last, mut last_but_one) = ("", "");
        for piece in pieces(&script) {
            if (last_but_one, last) == ("wasm", ".") {
                let Some(short) = self.exports.get(piece) else {
                    bail!("it uses wasm.{piece}, which the module does not export");
                };
                renamed += short;
            } else if self.imports.contains_key(piece) {
                let short = missing.remove(piece);
                renamed += &short.with_context(|| format!("it has {piece} more than once"))?;
            } else {
                renamed += piece;
            }
            (last_but_one, last) = (last, piece);
        }
        if let Some(name) = missing.keys().next() {
            bail!("it does not have {name}, which the module imports");
        }
        Ok(renamed)
    }
}

/// The words of a script, and what stands between them.
fn pieces(script: &str) -> impl Iterator<Item = &str> {
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '$');
    let mut rest = script;
    std::iter::from_fn(move || {
        let first = is_part(rest.chars().next()?);
        let end = rest.find(|sign| is_part(sign) != first).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// Trunk named the files by what was in them before. Browsers keep them for ever, so their names have
/// to tell what is in them now.
fn name_anew(dist: &Path, module: &Path, script: &Path) -> Result<()> {
    let mut hasher = DefaultHasher::new();
    fs::read(module)?.hash(&mut hasher);
    fs::read(script)?.hash(&mut hasher);
    let stem = script.file_stem().and_then(|stem| stem.to_str()).context("a script has a name")?;
    let (name, _) = stem.rsplit_once('-').with_context(|| format!("{stem} has no hash"))?;
    let new = format!("{name}-{:016x}", hasher.finish());
    for file in [module, script] {
        let own = file.file_name().and_then(|own| own.to_str()).unwrap_or_default();
        let ending = own.strip_prefix(stem).with_context(|| format!("{own} is not of {stem}"))?;
        let to = dist.join(format!("{new}{ending}"));
        fs::rename(file, &to).with_context(|| format!("cannot rename {}", file.display()))?;
    }
    let index = dist.join("index.html");
    let page = text(&index)?;
    ensure!(page.contains(stem), "{} does not name {stem}", index.display());
    write(&index, &page.replace(stem, &new))
}

fn only_file(dist: &Path, ending: &str) -> Result<PathBuf> {
    let mut files = files(dist, ending)?;
    let file = files.pop().with_context(|| format!("Trunk made no .{ending}"))?;
    ensure!(files.is_empty(), "Trunk made more than one .{ending}");
    Ok(file)
}

fn files(dist: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|own| own == ending)).collect())
}

fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::{Names, name_anew};
    use std::fs;

    const TOLD: &str = r#"{
        "imports": [["./page_bg.js", "__wbg_now_0123", "b"], ["./page_bg.js", "__wbg_now", "c"]],
        "exports": [["memory", "d"], ["__wbindgen_start", "e"]]
    }"#;

    fn renamed(script: &str) -> Result<String, String> {
        Names::read(TOLD).unwrap().put_into(script).map_err(|error| error.to_string())
    }

    #[test]
    fn every_name_is_replaced_as_a_whole_word() {
        let script = r#"const imports = { __wbg_now_0123: () => Date.now(), __wbg_now: now };
            return { "./page_bg.js": imports }; wasm.memory.buffer; memory; wasm.__wbindgen_start();"#;
        let short = r#"const imports = { b: () => Date.now(), c: now };
            return { "a": imports }; wasm.d.buffer; memory; wasm.e();"#;
        assert_eq!(renamed(script).unwrap(), short);
    }

    #[test]
    fn a_name_that_is_missing_doubled_or_unknown_is_an_error_that_names_it() {
        for (script, complaint) in [
            (r"{ __wbg_now_0123, __wbg_now }", r#"it needs "./page_bg.js": exactly once"#),
            (
                r#"{ "./page_bg.js": __wbg_now }"#,
                "it does not have __wbg_now_0123, which the module imports",
            ),
            (r#"{ "./page_bg.js": __wbg_now, __wbg_now }"#, "it has __wbg_now more than once"),
            (
                r#"{ "./page_bg.js": __wbg_now, __wbg_now_0123 } wasm.start"#,
                "it uses wasm.start, which the module does not export",
            ),
        ] {
            assert_eq!(renamed(script), Err(complaint.to_owned()));
        }
    }

    #[test]
    fn the_files_are_named_by_what_is_in_them_and_the_page_follows() {
        let dist = tempfile::tempdir().unwrap();
        let at = |name: &str| dist.path().join(name);
        let name_of = |script: &str| {
            fs::write(at("page-0123456789abcdef_bg.wasm"), "module").unwrap();
            fs::write(at("page-0123456789abcdef.js"), script).unwrap();
            fs::write(
                at("index.html"),
                "'/page-0123456789abcdef.js' '/page-0123456789abcdef_bg.wasm'",
            )
            .unwrap();
            let [module, script] =
                [at("page-0123456789abcdef_bg.wasm"), at("page-0123456789abcdef.js")];
            name_anew(dist.path(), &module, &script).unwrap();
            let page = fs::read_to_string(at("index.html")).unwrap();
            let name = page.split('\'').nth(1).unwrap().strip_prefix('/').unwrap().to_owned();
            assert!(page.contains(&name.replace(".js", "_bg.wasm")));
            assert!(at(&name).is_file() && !module.exists());
            name
        };
        assert_ne!(name_of("one"), name_of("another"));
        assert_eq!(name_of("one"), name_of("one"));
    }
}
