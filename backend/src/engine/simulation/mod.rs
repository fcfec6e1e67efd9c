//! Simulated targets: the scheduler against worlds that are clean, silent, lossy, slow, resetting,
//! throttled, banning or short of descriptors, with a clock that is only a number. One function runs
//! every world.

mod limits;
mod world;

use super::{Fault, Moment, Outcome, Pace, Scheduler, Step};
use klinke_shared::{Evidence, IcmpKind, Observations, OwnFault, State};
use std::collections::BTreeMap;
use std::time::Duration;
use world::{CLEAN, OPEN, World, first, run};

#[test]
fn a_clean_target_is_asked_once_and_seen_exactly() {
    let run = run(CLEAN, 1000, Pace::default(), 1);
    assert_eq!(run.open(), OPEN);
    assert_eq!(run.count(State::Closed), 996);
    // Eight controls, and a canary for every 25 probes.
    assert!(run.sent <= 1_000 + 8 + 41, "{}", run.sent);
    assert!(run.took < Duration::from_millis(1150), "{:?}", run.took);
}

#[test]
fn a_silent_target_is_asked_three_times_and_never_called_closed() {
    let run = run(World { open: &[], others: None, ..CLEAN }, 200, Pace::default(), 1);
    assert_eq!((run.count(State::Filtered), run.sent), (200, 3 * (200 + 8)));
    assert!(run.seen.values().all(|evidence| *evidence == Evidence::Silence { tries: 3 }));
}

#[test]
fn one_silent_door_where_nobody_answers_is_asked_as_often_and_known_within_seconds() {
    let silent = World { open: &[], others: None, ..CLEAN };
    let measured = Pace { first_rtt: Some(Duration::from_millis(30)), ..Pace::default() };
    for (pace, seconds) in [(Pace::default(), 3.1), (measured, 1.3)] {
        let run = run(silent, 1, pace, 1);
        let seen: Vec<_> = run.seen.values().collect();
        assert_eq!(seen, [&Evidence::Silence { tries: 3 }]);
        assert!(run.took.as_secs_f64() < seconds, "{:?}", run.took);
    }
}

#[test]
fn a_target_that_accepts_everything_is_reported_so() {
    let run = run(World { others: Some(Outcome::Accepted), ..CLEAN }, 500, Pace::default(), 1);
    assert_eq!(run.count(State::Open), 500);
}

#[test]
fn a_prohibiting_firewall_is_filtered_not_closed() {
    let prohibited = Outcome::Unreachable { icmp: IcmpKind::Prohibited, from: None };
    let run = run(World { others: Some(prohibited), ..CLEAN }, 100, Pace::default(), 1);
    assert_eq!((run.count(State::Filtered), run.count(State::Closed)), (98, 0));
    assert!(run.sent <= 100 + 8 + 5, "{}", run.sent);
}

#[test]
fn five_per_cent_loss_in_each_direction_costs_few_ports() {
    let world = World { loss: 50, others: None, ..CLEAN };
    let runs = 200;
    let found: usize =
        (1..=runs).map(|seed| run(world, 100, Pace::default(), seed).open().len()).sum();
    // Two of the open ports are in the plan; three tries miss each with (1 - 0.95²)³ = 0.09 %.
    let missed = usize::try_from(runs).unwrap() * 2 - found;
    assert!(missed <= 2, "{missed} of {} missed", runs * 2);
}

#[test]
fn nothing_is_ever_seen_that_is_not_there_whatever_is_lost() {
    for seed in 1..=50 {
        let run = run(World { loss: 300, others: None, ..CLEAN }, 100, Pace::default(), seed);
        assert!(run.open().iter().all(|port| OPEN.contains(port)));
        assert_eq!((run.count(State::Closed), run.seen.len()), (0, 100));
    }
}

#[test]
fn answers_slower_than_the_first_time_out_still_count() {
    let run = run(
        World { rtt: Duration::from_millis(1500), others: None, ..CLEAN },
        100,
        Pace::default(),
        1,
    );
    assert_eq!(run.open(), [22, 80]);
}

#[test]
fn an_answer_after_the_last_question_revises_the_silence() {
    // The others answer after 30 ms, so a question counts as lost after 50 ms.
    let world = World { hesitation: Duration::from_millis(700), ..CLEAN };
    let run = run(world, 50, Pace::default(), 1);
    assert_eq!((run.open(), run.count(State::Closed)), (vec![22], 49));
}

#[test]
fn running_out_of_descriptors_slows_the_scan_and_loses_nothing() {
    let world = World { descriptors: 40, ..CLEAN };
    let run = run(world, 1000, Pace { per_second: 5000, ..Pace::default() }, 1);
    assert_eq!(
        (run.open().len(), run.count(State::Closed), run.count(State::NotTested)),
        (4, 996, 0)
    );
    assert!(run.most_open <= 40);
}

#[test]
fn a_short_want_of_descriptors_does_not_slow_a_silent_scan_for_good() {
    let world = World { open: &[], others: None, descriptors: 60, ..CLEAN };
    let run = run(world, 300, Pace::default(), 1);
    assert_eq!(run.count(State::Filtered), 300);
    // 900 tries of a second each, up to 60 at once, cannot take less than 15 seconds.
    assert!(run.took < Duration::from_secs(40), "{:?}", run.took);
}

#[test]
fn an_error_of_the_way_is_asked_again_and_stands_only_if_it_stays() {
    let way = Outcome::Unreachable { icmp: IcmpKind::HostUnreachable, from: None };
    let mut scheduler = Scheduler::new(&first(2), Pace::default());
    let mut now = Moment::ZERO;
    let mut asked = BTreeMap::new();
    let mut seen = BTreeMap::new();
    loop {
        match scheduler.step(now) {
            Step::Send(attempt, port) => {
                let tries = asked.entry(port).or_insert(0);
                *tries += 1;
                // Port 1 answers the second question, port 2 none.
                let outcome =
                    if port.number.get() == 1 && *tries == 2 { Outcome::Accepted } else { way };
                scheduler.happened(now, attempt, outcome);
            }
            Step::Observe(observation) => {
                seen.insert(observation.port.number.get(), observation.state());
            }
            Step::Wait(until) => now = until,
            Step::Done => break,
            _ => {}
        }
    }
    assert_eq!(seen, BTreeMap::from([(1, State::Open), (2, State::Filtered)]));
    let asked: Vec<_> = asked.into_values().take(2).collect();
    // The one that answers is asked once more, as a canary.
    assert_eq!(asked, [3, 3]);
}

#[test]
fn without_any_descriptor_everything_is_not_tested() {
    let run = run(World { descriptors: 0, ..CLEAN }, 5, Pace::default(), 1);
    let exhausted = Evidence::NotAsked { fault: OwnFault::Exhausted };
    assert!(run.seen.values().all(|evidence| *evidence == exhausted));
    assert_eq!(run.seen.len(), 5);
}

#[test]
fn no_more_attempts_are_open_than_allowed() {
    let pace = Pace { in_flight: 64, ..Pace::default() };
    let run = run(World { others: None, ..CLEAN }, 1000, pace, 1);
    assert!(run.most_open <= 64, "{}", run.most_open);
    assert_eq!(run.seen.len(), 1000);
}

#[test]
fn the_pace_is_kept() {
    let pace = Pace { per_second: 100, ..Pace::default() };
    let run = run(CLEAN, 500, pace, 1);
    assert!(run.took >= Duration::from_millis(4900), "{:?}", run.took);
}

#[test]
fn what_the_time_limit_cuts_off_is_not_tested() {
    let pace = Pace { per_second: 100, time_limit: Duration::from_secs(1), ..Pace::default() };
    let run = run(CLEAN, 500, pace, 1);
    assert!((80..=105).contains(&run.count(State::Closed)), "{}", run.count(State::Closed));
    assert_eq!(run.seen.len(), 500);
    assert!(run.took <= Duration::from_secs(1));
}

#[test]
fn an_error_of_ours_never_means_closed() {
    for fault in [Fault::NoRoute, Fault::Forbidden, Fault::Unsupported, Fault::Other] {
        let run = run(
            World { open: &[], others: Some(Outcome::Fault(fault)), ..CLEAN },
            20,
            Pace::default(),
            1,
        );
        assert_eq!(run.count(State::NotTested), 20, "{fault:?}");
    }
}

#[test]
fn the_front_of_the_plan_is_certain_first() {
    let mut scheduler = Scheduler::new(&first(2000), Pace { in_flight: 8, ..Pace::default() });
    let mut now = Moment::ZERO;
    let mut order = Observations::default();
    while order.len() < 8 {
        match scheduler.step(now) {
            Step::Observe(observation) => {
                assert!(observation.port.number.get() <= 8, "{}", observation.port);
                order.insert(observation);
            }
            Step::Wait(until) => now = until,
            Step::Done => panic!("done too early"),
            _ => {}
        }
    }
}
