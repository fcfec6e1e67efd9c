//! How hard a text is to read, by the measures that are usual in each language:
//! - German: the first Wiener Sachtextformel (Bamberger and Vanecek, “Lesen – Verstehen – Lernen –
//!   Schreiben”, 1984), which gives about the school year, and LIX (Björnsson, “Läsbarhet”, 1968);
//! - English: the Flesch–Kincaid grade level (Kincaid et al., Research Branch Report 8-75, 1975).
//!
//! Names and words that the glossary explains count for the length of a sentence and not as hard.

use super::{Lexicon, sentences, syllables};
use crate::Language;

/// From so many letters a word counts as long, in LIX and in the Wiener Sachtextformel.
const LONG_FROM: usize = 7;

/// What was measured of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Words, names included.
    pub words: usize,
    /// Words in a sentence, on average.
    pub mean: f64,
    /// The sentence with the most words, and how many it has.
    pub longest: (usize, String),
    /// Wiener Sachtextformel 1 in German, Flesch–Kincaid grade in English.
    pub grade: f64,
    /// LIX; in German only.
    pub lix: Option<f64>,
}

impl Measures {
    /// Measures a text. Of one without words, everything is nought.
    #[must_use]
    pub fn of(text: &str, language: Language, lexicon: &Lexicon) -> Self {
        let sentences = sentences::sentences(text);
        let mut counts = Counts::default();
        let mut longest = (0, String::new());
        for sentence in &sentences {
            let before = counts.words;
            counts.add(sentence, language, lexicon);
            if counts.words - before > longest.0 {
                longest = (counts.words - before, (*sentence).to_owned());
            }
        }
        let mean = ratio(counts.words, sentences.len());
        let long = 100.0 * counts.share(counts.long);
        let (grade, lix) = match language {
            Language::German => (counts.wiener_sachtextformel(mean, long), Some(mean + long)),
            Language::English => (counts.flesch_kincaid(mean), None),
        };
        Self { words: counts.words, mean, longest, grade, lix }
    }
}

/// What is counted of a text's words.
#[derive(Debug, Default)]
struct Counts {
    words: usize,
    /// Words that are no names; the rest counts these only.
    plain: usize,
    long: usize,
    syllables: usize,
    one_syllable: usize,
    many_syllables: usize,
}

impl Counts {
    fn add(&mut self, sentence: &str, language: Language, lexicon: &Lexicon) {
        for word in sentences::words(sentence) {
            if lexicon.is_name(word) {
                self.words += 1;
                continue;
            }
            // A compound with a hyphen is read part by part.
            for part in word.split('-') {
                self.words += 1;
                if !lexicon.is_name(part) {
                    self.add_plain(part, language);
                }
            }
        }
    }

    fn add_plain(&mut self, word: &str, language: Language) {
        let syllables = match language {
            Language::German => syllables::german(word),
            Language::English => syllables::english(word),
        };
        self.plain += 1;
        self.syllables += syllables;
        self.long += usize::from(word.chars().count() >= LONG_FROM);
        self.one_syllable += usize::from(syllables == 1);
        self.many_syllables += usize::from(syllables >= 3);
    }

    fn share(&self, of: usize) -> f64 {
        ratio(of, self.plain)
    }

    fn wiener_sachtextformel(&self, mean: f64, long: f64) -> f64 {
        let many = 100.0 * self.share(self.many_syllables);
        let one = 100.0 * self.share(self.one_syllable);
        if self.words == 0 {
            return 0.0;
        }
        0.1935 * many + 0.1672 * mean + 0.1297 * long - 0.0327 * one - 0.875
    }

    fn flesch_kincaid(&self, mean: f64) -> f64 {
        if self.words == 0 { 0.0 } else { 0.39 * mean + 11.8 * self.share(self.syllables) - 15.59 }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a text has far fewer words than a float has digits"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::Measures;
    use crate::{Language, Lexicon};

    fn near(measured: f64, expected: f64) -> bool {
        (measured - expected).abs() < 0.005
    }

    #[test]
    fn german_is_measured_as_the_formulas_say() {
        // 9 words in 2 sentences; one of more than six letters, the same of three syllables, 4 of one.
        let text = "Die Tür ist offen. Fremde können das Gerät verstellen.";
        let measured = Measures::of(text, Language::German, &Lexicon::default());
        assert_eq!((measured.words, measured.longest.0), (9, 5));
        let long = 100.0 / 9.0;
        assert!(near(measured.lix.unwrap(), 4.5 + long), "{measured:?}");
        let expected =
            0.1935 * 100.0 / 9.0 + 0.1672 * 4.5 + 0.1297 * long - 0.0327 * 400.0 / 9.0 - 0.875;
        assert!(near(measured.grade, expected), "{measured:?} {expected}");
    }

    #[test]
    fn english_is_measured_as_the_formula_says() {
        // 8 words in 2 sentences, 10 syllables.
        let text = "The door is open. Strangers can reach it.";
        let measured = Measures::of(text, Language::English, &Lexicon::default());
        assert!(near(measured.grade, 0.39 * 4.0 + 11.8 * 10.0 / 8.0 - 15.59), "{measured:?}");
        assert_eq!(measured.lix, None);
    }

    #[test]
    fn a_name_counts_for_the_length_of_a_sentence_and_not_as_a_hard_word() {
        let lexicon = Lexicon::new(["Digitalisierungsbox"]);
        let plain = Measures::of("Die Tür ist auf.", Language::German, &lexicon);
        let named = Measures::of("Die Digitalisierungsbox ist auf.", Language::German, &lexicon);
        assert_eq!(named.words, plain.words);
        assert!(near(named.lix.unwrap(), 4.0), "{named:?}");
    }

    #[test]
    fn nothing_is_nought() {
        let nothing = Measures::of("", Language::German, &Lexicon::default());
        assert_eq!((nothing.words, nothing.lix), (0, Some(0.0)));
        assert!(near(nothing.grade, 0.0));
    }
}
