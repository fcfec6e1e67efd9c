//! Turns the phrases into methods, so that a sentence that is missing or misspelt does not compile.

use klinke_editor::rules::placeholders;
use klinke_editor::schema::{PhraseFile, Wording};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The file of the phrases that stand on pages to read only.
const TO_READ: &str = "phrases/reading.toml";
/// The file of the phrases that only the server says although the program in the browser knows what they are about.
const SERVED: &str = "phrases/served.toml";

/// One method of `Texts` for every phrase; its placeholders are its arguments. Those of pages to read are not
/// there for the program in the browser, which does not load their words.
pub(crate) fn methods(phrases: &PhraseFile, homes: &BTreeMap<String, String>) -> String {
    let mut code = String::from("impl Texts {\n");
    let mut index = 0;
    let mut only_served = Vec::new();
    for (key, entry) in phrases {
        let german = entry.de.sentences();
        let _ =
            writeln!(code, "/// “{}” · “{}”", german.join(" | "), entry.en.sentences().join(" | "));
        let home = homes.get(key).map(String::as_str);
        if home == Some(TO_READ) {
            code += "#[cfg(feature = \"built-in\")]\n";
        }
        if [Some(TO_READ), Some(SERVED)].contains(&home) {
            only_served.extend(index..index + german.len());
        }
        let counted = matches!(entry.de, Wording::Counted(_));
        code += &method(key, index, &german, counted);
        index += german.len();
    }
    code += "}\n";
    let _ = writeln!(code, "pub(crate) const PHRASES: usize = {index};");
    let _ = writeln!(
        code,
        "#[cfg(feature = \"built-in\")] pub(crate) const ONLY_SERVED: &[usize] = &{only_served:?};"
    );
    code
}

fn method(key: &str, index: usize, german: &[&str], counted: bool) -> String {
    let names: Vec<String> = placeholders(&german.join(" "));
    let arguments: Vec<&String> =
        names.iter().filter(|name| !(counted && *name == "count")).collect();
    let parameters = arguments.iter().fold(String::new(), |all, name| all + ", " + name + ": &str");
    let mut values: Vec<String> =
        arguments.iter().map(|name| format!("({name:?}, {name})")).collect();
    if counted {
        values.push("(\"count\", &count.to_string())".to_owned());
        format!(
            "#[must_use] pub fn {key}(&self, count: usize{parameters}) -> String {{ \
             self.filled({index} + usize::from(count != 1), &[{}]) }}\n",
            values.join(", ")
        )
    } else if names.is_empty() {
        format!("#[must_use] pub fn {key}(&self) -> &str {{ self.phrase({index}) }}\n")
    } else {
        format!(
            "#[must_use] pub fn {key}(&self{parameters}) -> String {{ self.filled({index}, &[{}]) }}\n",
            values.join(", ")
        )
    }
}
