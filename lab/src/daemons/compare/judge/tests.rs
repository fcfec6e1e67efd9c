//! What is said of a truth, and how near it is.

use super::sample::{said, truth};
use super::{Mark, is_version, judge};
use crate::daemons::compare::said::Said;
use crate::daemons::service::Tls;
use crate::daemons::truth::Truth;

#[test]
fn the_whole_truth_is_right() {
    assert_eq!(judge(&truth(), &said()), [Mark::Right; 5]);
}

#[test]
fn silence_is_missing_and_not_wrong() {
    let silent = Said { notes: Some(Vec::new()), ..Said::default() };
    assert_eq!(judge(&truth(), &silent), [Mark::Missing; 5]);
}

#[test]
fn where_nothing_shows_a_claim_is_wrong_and_silence_is_nothing() {
    let hidden = Truth { shows_product: false, version: None, notes: &[], ..truth() };
    let silent = Said { product: None, version: None, notes: Some(Vec::new()), ..said() };
    assert_eq!(judge(&hidden, &silent)[2..], [Mark::Nothing; 3]);
    // It is OpenSSH, after all; but which one?
    assert_eq!(judge(&hidden, &said())[2..4], [Mark::Right, Mark::Wrong]);
}

#[test]
fn a_note_that_is_true_may_be_missing_and_one_that_is_false_may_not_be_there() {
    let notes = |notes: &[&str]| {
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        judge(&truth(), &Said { notes: Some(notes), ..said() })[4]
    };
    assert_eq!(notes(&["asks-password", "password-login"]), Mark::Right);
    assert_eq!(notes(&["asks-password"]), Mark::Missing);
    assert_eq!(notes(&["password-login", "key-only"]), Mark::Wrong);
    assert_eq!(judge(&truth(), &Said { notes: None, ..said() })[4], Mark::Nothing);
}

#[test]
fn tls_is_a_part_of_the_protocol() {
    let secured = Said { tls: true, ..said() };
    assert_eq!(judge(&truth(), &secured)[1], Mark::Wrong);
    let later = Truth { tls: Tls::Inside, ..truth() };
    assert_eq!(judge(&later, &secured)[1], Mark::Right);
}

#[test]
fn a_version_is_a_whole_word_or_the_beginning_of_the_truth() {
    assert!(is_version("10.11.19", "5.5.5-10.11.19-MariaDB"));
    assert!(is_version("2.4.2", "2.4"));
    assert!(is_version("21.1", "21.1.6"));
    assert!(!is_version("4.17.12", "4.6.2"));
    assert!(!is_version("2.0.1", "2.0.11"));
    assert!(!is_version("5.7", "15.7"));
}
