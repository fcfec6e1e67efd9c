//! What the other side says, made fit to be shown. Trusts not one byte of it.

/// The longest text that is kept of what the other side says, in characters. Enough for every
/// product's name and for a page's title; what is longer is cut off.
pub const LONGEST_SAID: usize = 120;

/// What hostile bytes say, as one short printable line: broken UTF-8 and control characters become
/// spaces, runs of spaces one, and it ends after [`LONGEST_SAID`] characters. Nothing for nothing.
#[must_use]
pub fn said(bytes: &[u8]) -> Option<String> {
    // A character has at most four bytes; what lies beyond cannot be shown anyway.
    let bytes = bytes.get(..LONGEST_SAID * 8).unwrap_or(bytes);
    let mut line = String::new();
    let mut length = 0;
    let text = String::from_utf8_lossy(bytes);
    for word in text.split(|c: char| c.is_control() || c.is_whitespace() || is_hidden(c)) {
        if word.is_empty() {
            continue;
        }
        let gap = usize::from(length > 0);
        let room = LONGEST_SAID.saturating_sub(length + gap);
        if room == 0 {
            break;
        }
        if gap == 1 {
            line.push(' ');
        }
        line.extend(word.chars().take(room));
        length += gap + word.chars().count().min(room);
    }
    (!line.is_empty()).then_some(line)
}

/// Characters that show nothing or change the direction of writing, and would let a hostile name
/// look like another; and what stands for broken bytes.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
}
