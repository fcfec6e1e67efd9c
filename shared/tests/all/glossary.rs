//! Explained words inside texts.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use klinke_shared::library::{Library, Piece};
use klinke_shared::{Language, alphabetical};
use std::collections::BTreeSet;

fn pieces(text: &str) -> Vec<(&str, Option<&str>)> {
    let pair = |piece: Piece<'static>| (piece.words, piece.anchor);
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    Library::of(Language::German).pieces(text, &mut BTreeSet::new()).into_iter().map(pair).collect()
}

#[test]
fn an_explained_word_is_told_the_first_time_and_only_as_a_word_of_its_own() {
    assert_eq!(
        pieces("Ein VPN, noch ein VPN und ein VPN-Anbieter."),
        [("Ein ", None), ("VPN", Some("vpn")), (", noch ein VPN und ein VPN-Anbieter.", None)]
    );
    assert_eq!(pieces("Nichts davon."), [("Nichts davon.", None)]);
    assert_eq!(pieces(""), []);
}

#[test]
fn the_pieces_of_a_text_are_the_text() {
    for language in Language::ALL {
        let library = Library::of(language);
        for term in &library.glossary {
            let mut seen = BTreeSet::new();
            let pieces = library.pieces(&term.text, &mut seen);
            let whole: String = pieces.iter().map(|piece| piece.words).collect();
            assert_eq!(whole, term.text);
        }
    }
}

#[test]
fn the_glossary_is_in_the_order_of_the_alphabet() {
    for language in Language::ALL {
        let terms: Vec<String> =
            Library::of(language).glossary.iter().map(|term| alphabetical(&term.term)).collect();
        assert!(terms.is_sorted(), "{terms:?}");
        assert!(terms.len() >= 30);
    }
    let mut words = ["Zoo", "Überwachung", "unten", "Ähre", "Tür", "Tor", "Straße", "Strasse x"];
    words.sort_by_key(|word| alphabetical(word));
    let order = ["Ähre", "Straße", "Strasse x", "Tor", "Tür", "Überwachung", "unten", "Zoo"];
    assert_eq!(words, order);
}
