//! One port: what is true, what is said, and what is a fault. It does not know how that looks.

use super::Said;
use super::judge::{Mark, Marks, TOPICS, judge};
use crate::daemons::truth::Truth;

/// One port, and what each of those who were asked says of it; the first one is judged.
pub(super) struct Row<'a> {
    pub(super) truth: &'a Truth,
    pub(super) said: Vec<(Said, Marks)>,
}

impl<'a> Row<'a> {
    pub(super) fn new(truth: &'a Truth) -> Self {
        Self { truth, said: Vec::new() }
    }

    pub(super) fn add(&mut self, said: Said) {
        let marks = judge(self.truth, &said);
        self.said.push((said, marks));
    }

    /// Whatever the first one says and is wrong, what it could say and does not, and what it need
    /// not say and another one does.
    pub(super) fn faults(&self) -> impl Iterator<Item = &'static str> {
        let Some(((_, first), others)) = self.said.split_first() else {
            return Vec::new().into_iter();
        };
        let is_fault = |nth: usize, topic: &str, mark: Mark| {
            let is_known = |(_, marks): &(Said, Marks)| marks.get(nth) == Some(&Mark::Right);
            match mark {
                Mark::Right => false,
                Mark::Wrong => true,
                Mark::Missing => !self.truth.unseen.contains(&topic),
                // Where nothing has to be seen, seeing it is still better.
                Mark::Nothing => others.iter().any(is_known),
            }
        };
        let topics = TOPICS.into_iter().zip(*first).enumerate();
        let faults = topics.filter(|(nth, (topic, mark))| is_fault(*nth, topic, *mark));
        faults.map(|(_, (topic, _))| topic).collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::sample::{said, truth};
    use super::{Row, Said, Truth};

    fn faults(unseen: &'static [&'static str], first: Said, other: Said) -> Vec<&'static str> {
        let truth = Truth { unseen, ..truth() };
        let mut row = Row::new(&truth);
        row.add(first);
        row.add(other);
        row.faults().collect()
    }

    #[test]
    fn what_could_be_said_and_is_not_is_a_fault_unless_it_need_not_be() {
        let shy = || Said { version: None, ..said() };
        assert_eq!(faults(&[], shy(), shy()), ["version"]);
        assert_eq!(faults(&["product"], shy(), shy()), ["version"]);
        assert!(faults(&["version"], shy(), said()).is_empty());
        assert!(faults(&[], said(), shy()).is_empty());
    }

    #[test]
    fn what_is_hidden_is_a_fault_only_if_another_one_sees_it() {
        let hidden = || Truth { shows_product: false, ..truth() };
        let shy = || Said { product: None, ..said() };
        let faults = |other| {
            let truth = hidden();
            let mut row = Row::new(&truth);
            row.add(shy());
            row.add(other);
            row.faults().collect::<Vec<_>>()
        };
        assert!(faults(shy()).is_empty());
        assert_eq!(faults(said()), ["product"]);
    }

    #[test]
    fn what_is_wrong_is_a_fault_even_where_nothing_need_be_said() {
        let wrong = || Said { version: Some("8.0".to_owned()), ..said() };
        assert_eq!(faults(&["version"], wrong(), wrong()), ["version"]);
    }
}
