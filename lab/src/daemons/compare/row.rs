//! One port: what is true, what is said, and what is a fault. It does not know how that looks.

use super::Said;
use super::judge::{Mark, Marks, TOPICS, judge};
use crate::daemons::truth::Truth;

/// Without these, a service is not recognised at all.
const NEEDED: [&str; 2] = ["state", "protocol"];

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

    /// Whatever the first one says and is wrong, what is needed and it does not say, and what it
    /// does not say and another one does.
    pub(super) fn faults(&self) -> impl Iterator<Item = &'static str> {
        let Some(((_, first), others)) = self.said.split_first() else {
            return Vec::new().into_iter();
        };
        let is_fault = |nth: usize, topic: &str, mark: Mark| {
            let is_known = |(_, marks): &(Said, Marks)| marks.get(nth) == Some(&Mark::Right);
            match mark {
                Mark::Right => false,
                Mark::Wrong => true,
                Mark::Missing => NEEDED.contains(&topic) || others.iter().any(is_known),
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
    use super::{Row, Said};

    fn faults(first: Said, other: Said) -> Vec<&'static str> {
        let truth = truth();
        let mut row = Row::new(&truth);
        row.add(first);
        row.add(other);
        row.faults().collect()
    }

    #[test]
    fn what_nobody_sees_is_no_fault_unless_it_is_the_protocol() {
        let shy = || Said { product: None, version: None, ..said() };
        assert!(faults(shy(), shy()).is_empty());
        assert_eq!(faults(Said { protocol: None, ..shy() }, shy()), ["protocol"]);
    }

    #[test]
    fn what_the_other_one_sees_is_a_fault_and_what_only_the_first_one_sees_is_none() {
        let shy = || Said { version: None, ..said() };
        assert_eq!(faults(shy(), said()), ["version"]);
        assert!(faults(said(), shy()).is_empty());
    }

    #[test]
    fn what_is_wrong_is_a_fault_whatever_the_other_one_says() {
        let wrong = || Said { version: Some("8.0".to_owned()), ..said() };
        assert_eq!(faults(wrong(), wrong()), ["version"]);
    }
}
