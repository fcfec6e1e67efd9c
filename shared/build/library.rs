//! Turns the explaining pages, the tips and the glossary into addresses for Rust and texts for the
//! server. Decides nothing.

use crate::emit::in_capitals;
use klinke_editor::{Knowledge, Language};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The enum of pages, and the last part of the address of each page and tip.
pub(crate) fn tables(knowledge: &Knowledge) -> String {
    let mut code = String::from(
        "/// A page that explains something.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]\npub enum Article {\n",
    );
    for (name, page) in &knowledge.pages {
        let _ = writeln!(code, "/// “{}”\n{},", page.en.title, in_capitals(name));
    }
    code += "}\n\nimpl Article {\n/// Every page.\npub const ALL: &[Self] = &[";
    for (name, _) in &knowledge.pages {
        let _ = write!(code, "Self::{}, ", in_capitals(name));
    }
    code += "];\n\n/// The name of its file.\n#[must_use]\npub const fn name(self) -> &'static str {\nmatch self {\n";
    for (name, _) in &knowledge.pages {
        let _ = writeln!(code, "Self::{} => {name:?},", in_capitals(name));
    }
    code += "}\n}\n";
    let pages = knowledge.pages.iter();
    let pages = pages.map(|(name, page)| (&**name, (&*page.de.path, &*page.en.path)));
    code += &paths(pages.collect());
    code += "}\n\nimpl Tip {\n";
    let tips = knowledge.tips.iter();
    let tips = tips.map(|(name, tip)| (&**name, (&*tip.de.path, &*tip.en.path)));
    code + &paths(tips.collect()) + "}\n"
}

fn paths(paths: Vec<(&str, (&str, &str))>) -> String {
    let mut code = String::from(
        "/// The last part of its address.\n#[must_use]\npub const fn path(self, language: Language) -> &'static str {\n\
         match (self, language) {\n",
    );
    for (name, (german, english)) in paths {
        let name = in_capitals(name);
        let _ = writeln!(code, "(Self::{name}, Language::German) => {german:?},");
        let _ = writeln!(code, "(Self::{name}, Language::English) => {english:?},");
    }
    code + "}\n}\n"
}

/// The texts of pages and tips by name, and the glossary.
pub(crate) fn texts(knowledge: &Knowledge, language: Language) -> Value {
    let pages: serde_json::Map<String, Value> = knowledge
        .pages
        .iter()
        .map(|(name, page)| (name.clone(), json!(page.of(language))))
        .collect();
    let tips: serde_json::Map<String, Value> =
        knowledge.tips.iter().map(|(name, tip)| (name.clone(), json!(tip.of(language)))).collect();
    let terms = knowledge.glossary.iter().map(|(name, term)| {
        let mut entry = json!(term.of(language));
        entry["name"] = json!(name);
        entry
    });
    let terms: Vec<Value> = terms.collect();
    json!({ "pages": pages, "tips": tips, "glossary": terms })
}
