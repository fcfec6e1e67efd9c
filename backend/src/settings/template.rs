//! The commented file that `klinke config template` prints: every setting with its default.

use super::table::SETTINGS;
use std::fmt::Write as _;

/// The line length of comments.
const WIDTH: usize = 96;

/// A file in which every setting stands, commented out, with its default.
#[must_use]
pub fn template() -> String {
    let mut file = String::from(
        "# Settings of Klinke. Every line that starts with `#` and a key shows a default; remove the `#` to change it.\n\
         # Stronger than this file are environment variables (in brackets) and `--set KEY=VALUE`.\n",
    );
    let mut section = "";
    for setting in SETTINGS {
        let (of, name) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
        if of != section {
            let _ = write!(file, "\n[{of}]\n");
            section = of;
        }
        file.push('\n');
        let help = format!(
            "{} Accepted: {} ({})",
            setting.help,
            setting.accepted(),
            setting.environment()
        );
        comment(&mut file, &help);
        let _ = writeln!(file, "#{name} = {}", setting.default);
    }
    file
}

fn comment(file: &mut String, text: &str) {
    let mut line = String::from("#");
    for word in text.split(' ') {
        if line.len() + 1 + word.len() > WIDTH {
            let _ = writeln!(file, "{line}");
            line.truncate(1);
        }
        let _ = write!(line, " {word}");
    }
    let _ = writeln!(file, "{line}");
}
