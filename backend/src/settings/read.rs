//! Gathers values from all sources; the later source wins. Knows no setting by name.

use super::table::{self, SETTINGS};
use super::value::{Origin, Raw, Values};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Names in the environment that start like a setting but are none: the file's own, and what the
/// build tool and the tests use.
const NO_SETTINGS: [&str; 3] = ["KLINKE_CONFIG", "KLINKE_TOOLS", "KLINKE_BIN"];

/// Kubernetes sets such names for a service that is called `klinke`.
const OF_CLUSTERS: [&str; 2] = ["KLINKE_PORT", "KLINKE_SERVICE_"];

/// Where settings come from, each stronger than the one before.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file, if one is named.
    pub file: Option<PathBuf>,
    /// The environment; only names that start with `KLINKE_` count.
    pub environment: BTreeMap<String, String>,
    /// Flags: the key, the value, and the flag as the person typed it.
    pub flags: Vec<(String, String, String)>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error(
        "{path}: {error}. Name another file with --config, or make one with `klinke config template`"
    )]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{path}, line {line}: {error}")]
    NotToml {
        /// The file.
        path: String,
        /// The line.
        line: usize,
        /// What is wrong.
        error: String,
    },
    /// A key that does not exist.
    #[error("{origin}: “{key}” is no setting. {hint}")]
    Unknown {
        /// Where it stands.
        origin: String,
        /// The key.
        key: String,
        /// What is accepted.
        hint: String,
    },
    /// A value that is not accepted.
    #[error("{origin}: {key} = {value} is not accepted; accepted is {accepted}")]
    Wrong {
        /// Where it stands.
        origin: String,
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What is accepted.
        accepted: String,
    },
    /// A public server needs a name and a named operator.
    #[error(
        "a server on a public address says who runs it and knows its name, but these settings are empty: {missing}. \
         Set them in the file (see `klinke config template`), or listen on a loopback or private address only"
    )]
    PublicWithoutOperator {
        /// The empty settings.
        missing: String,
    },
    /// Trusted proxies, and not exactly one header that names the visitor.
    #[error(
        "proxies.trusted is set, so proxies.headers has to name exactly one of \"x-forwarded-for\" and \"forwarded\": the one \
         that your proxies set"
    )]
    NotOneSource,
    /// The program asks for a setting that the table does not have.
    #[error("{key} is not in the table of settings")]
    NotInTable {
        /// The key.
        key: &'static str,
    },
}

/// The winning value of every setting.
pub(super) fn gather(sources: &Sources) -> Result<Values, SettingsError> {
    let mut values = Values::default();
    for setting in SETTINGS {
        let default = setting
            .default
            .parse::<toml::Value>()
            .unwrap_or_else(|_| toml::Value::String(String::new()));
        values.0.insert(setting.key, (Raw::Toml(default), Origin::Default));
    }
    if let Some(path) = &sources.file {
        let text = std::fs::read_to_string(path).map_err(|error| SettingsError::Unreadable {
            path: path.display().to_string(),
            error,
        })?;
        read_file(path, &text, &mut values)?;
    }
    let ours = |name: &str| {
        name.starts_with("KLINKE_")
            && !NO_SETTINGS.contains(&name)
            && !OF_CLUSTERS.iter().any(|start| name.starts_with(start))
    };
    for (name, text) in sources.environment.iter().filter(|(name, _)| ours(name)) {
        let origin = Origin::Environment(name.clone());
        let setting = SETTINGS.iter().find(|setting| setting.environment() == *name);
        let setting = setting.ok_or_else(|| unknown(&origin, name))?;
        values.0.insert(setting.key, (Raw::Text(text.clone()), origin));
    }
    for (key, text, flag) in &sources.flags {
        let origin = Origin::Flag(flag.clone());
        let setting = table::find(key).ok_or_else(|| unknown(&origin, key))?;
        values.0.insert(setting.key, (Raw::Text(text.clone()), origin));
    }
    Ok(values)
}

fn read_file(path: &Path, text: &str, values: &mut Values) -> Result<(), SettingsError> {
    let line_at = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| SettingsError::NotToml {
        path: path.display().to_string(),
        line: error.span().map_or(1, |span| line_at(span.start)),
        error: error.message().to_owned(),
    })?;
    let mut found = Vec::new();
    flatten("", table.get_ref(), &mut found);
    for (key, offset, value) in found {
        let origin = Origin::File(path.to_owned(), line_at(offset));
        let setting = table::find(&key).ok_or_else(|| unknown(&origin, &key))?;
        values.0.insert(setting.key, (Raw::Toml(value), origin));
    }
    Ok(())
}

fn flatten(prefix: &str, table: &DeTable<'_>, found: &mut Vec<(String, usize, toml::Value)>) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => flatten(&format!("{name}."), inner, found),
            other => found.push((name, key.span().start, owned(other))),
        }
    }
}

fn owned(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => {
            let parsed = i64::from_str_radix(&number.as_str().replace('_', ""), number.radix());
            parsed.map_or_else(|_| toml::Value::String(number.to_string()), toml::Value::Integer)
        }
        DeValue::Boolean(yes) => toml::Value::Boolean(*yes),
        DeValue::Array(items) => {
            toml::Value::Array(items.iter().map(Spanned::get_ref).map(owned).collect())
        }
        DeValue::Float(number) => toml::Value::String(number.to_string()),
        DeValue::Datetime(time) => toml::Value::String(time.to_string()),
        DeValue::Table(_) => toml::Value::String("{…}".to_owned()),
    }
}

fn unknown(origin: &Origin, key: &str) -> SettingsError {
    let similar = |setting: &&table::Setting| {
        let last = |key: &str| key.rsplit(['.', '_']).next().map(str::to_lowercase);
        last(setting.key) == last(key)
    };
    let hint = match SETTINGS.iter().find(similar) {
        Some(setting) => format!("Did you mean {} ({})?", setting.key, setting.environment()),
        None => format!(
            "Accepted are {}",
            SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>().join(", ")
        ),
    };
    SettingsError::Unknown { origin: origin.to_string(), key: key.to_owned(), hint }
}
