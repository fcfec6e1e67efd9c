//! What hostile bytes become before anybody reads them.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use klinke_shared::{LONGEST_SAID, said};

#[test]
fn plain_words_stay_what_they_are() {
    for words in ["OpenSSH", "FRITZ!Box 7590 AX", "Grüße – “quoted” \u{1f600}", "<b>&amp;\"'"]
    {
        assert_eq!(said(words.as_bytes()).as_deref(), Some(words));
    }
}

#[test]
fn control_characters_and_line_ends_become_one_space() {
    for (bytes, line) in [
        (&b"\r\n220  ready\r\nmore\t\0here\r\n"[..], "220 ready more here"),
        (b"\x1b[31mred\x1b[0m\x07", "[31mred [0m"),
        ("a\u{85}b\u{9b}c\u{2028}d\u{a0}e".as_bytes(), "a b c d e"),
    ] {
        assert_eq!(said(bytes).as_deref(), Some(line));
    }
}

#[test]
fn nothing_can_turn_the_direction_of_writing_or_hide() {
    let tricks = "\u{202e}gpj\u{202c}\u{2066}x\u{2069}\u{61c}y\u{200f}\u{200b}z\u{feff}\u{ad}\u{e0041}\u{fe0f}";
    assert_eq!(said(tricks.as_bytes()).as_deref(), Some("gpj x y z"));
}

#[test]
fn broken_utf_8_leaves_what_can_be_read() {
    assert_eq!(said(b"\xff\xfeHik\xc3vision\xf0\x9f").as_deref(), Some("Hik vision"));
    assert_eq!(said(b"\xff\xfe\x80\xc3"), None);
}

#[test]
fn nothing_is_said_where_there_is_nothing_to_read() {
    for bytes in [&b""[..], b" ", b"\r\n\r\n", b"\0\0\0", "\u{200b}\u{202e}".as_bytes()] {
        assert_eq!(said(bytes), None);
    }
}

#[test]
fn a_megabyte_is_cut_off_wherever_it_is_long() {
    for unit in ["x", "ä", "\u{1f600}", "word ", "\u{202e}a"] {
        let line = said(unit.repeat(1 << 20).as_bytes()).unwrap();
        let length = line.chars().count();
        assert!((LONGEST_SAID - 5..=LONGEST_SAID).contains(&length), "{unit}: {length}");
    }
    assert_eq!(said(&vec![0; 1 << 20]), None);
}

#[cfg(not(target_arch = "wasm32"))]
proptest::proptest! {
    #[test]
    fn whatever_comes_is_one_short_clean_line_that_stays_as_it_is(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600),
    ) {
        if let Some(line) = said(&bytes) {
            proptest::prop_assert!(!line.is_empty() && line.trim() == line);
            proptest::prop_assert!(line.chars().count() <= LONGEST_SAID);
            proptest::prop_assert!(!line.chars().any(char::is_control));
            proptest::prop_assert!(!line.contains("  "));
            proptest::prop_assert_eq!(said(line.as_bytes()), Some(line));
        }
    }
}
