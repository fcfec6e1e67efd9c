//! Debian's nginx, told to send the same answers as another server: those with success from a file, as it
//! is made for, the others from its configuration. It does not know who gave them first.

use anyhow::{Result, ensure};
use std::fmt::Write as _;
use std::fs;
use tempfile::TempDir;

use super::answer::Answer;
use super::ground::{self, NGINX};
use super::serving::Serving;

/// Nginx says these itself, or they are about one connection.
const OF_THE_SERVER: [&str; 4] = ["connection", "content-length", "content-type", "date"];

/// Nginx, with its folder.
pub(super) struct Nginx {
    // In this order: it ends before its folder goes.
    pub(super) serving: Serving,
    _folder: TempDir,
}

/// Where nginx has the answer of that place.
pub(super) fn path(place: usize) -> String {
    format!("/{place}")
}

impl Nginx {
    /// Starts it with these answers.
    pub(super) fn start(answers: &[Answer]) -> Result<Self> {
        let folder = TempDir::with_prefix("klinke-nginx-")?;
        let at = folder.path().display().to_string();
        let mut places = String::new();
        for (place, answer) in answers.iter().enumerate() {
            places.push_str(&location(&path(place), answer)?);
            fs::write(folder.path().join(place.to_string()), &answer.body)?;
        }
        let configuration = folder.path().join("nginx.conf");
        fs::write(&configuration, configured(&places, &at))?;
        let file = configuration.display();
        // Daemons are where an ordinary user's PATH does not look.
        let start = format!("PATH=$PATH:/usr/sbin exec nginx -c '{file}' -p '{at}' -e stderr");
        let serving = Serving::start(&["sh".to_owned(), "-c".to_owned(), start], NGINX)?;
        Ok(Self { serving, _folder: folder })
    }
}

/// What makes nginx fastest for small answers: no log, open files kept, connections that stay, and neither
/// `sendfile` nor `tcp_nopush`, which Debian sets and which cost it more than half of its requests here.
fn configured(places: &str, folder: &str) -> String {
    let processors = ground::processors();
    format!(
        "daemon off; user root; pid {folder}/nginx.pid; error_log stderr; worker_processes {processors};
events {{ worker_connections 16384; }}
http {{
    access_log off; open_file_cache max=100;
    keepalive_requests 1000000000; server_tokens off; etag off; max_ranges 0;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen {NGINX} backlog=1024;
        root {folder};
{places}    }}
}}
"
    )
}

fn location(path: &str, answer: &Answer) -> Result<String> {
    let kind = quoted(answer.header("content-type").unwrap_or_default())?;
    let mut text = format!("        location = {path} {{\n");
    let _ = writeln!(text, "            types {{}} default_type {kind};");
    // Klinke tells no time of change, and an empty header is none.
    let _ = writeln!(text, "            add_header last-modified \"\" always;");
    let headers = answer.headers.iter();
    for (name, value) in headers.filter(|(name, _)| !OF_THE_SERVER.contains(&name.as_str())) {
        let _ = writeln!(text, "            add_header {name} {} always;", quoted(value)?);
    }
    if answer.status != 200 {
        let body = quoted(str::from_utf8(&answer.body)?)?;
        let _ = writeln!(text, "            return {} {body};", answer.status);
    }
    text.push_str("        }\n");
    Ok(text)
}

/// A text as a word of nginx's configuration.
fn quoted(text: &str) -> Result<String> {
    ensure!(!text.contains('$'), "nginx would read a variable in {text}");
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_text_stays_itself_in_quotes() {
        assert_eq!(quoted(r#"'none' "a\n""#).unwrap(), r#""'none' \"a\\n\"""#);
        assert!(quoted("$a").is_err());
    }
}
