//! Worlds that count questions: routers that let few through, protection that bans, addresses that
//! vanish, lines that lose much.

use super::super::{Outcome, Pace};
use super::world::{CLEAN, Limit, Run, World, run};
use klinke_shared::{Evidence, OwnFault, Slowing, State};
use std::time::Duration;

/// Eleven doors that answer, as behind the routers that these worlds are made after: the others are
/// silent.
const OPEN: &[u16] = &[5, 22, 80, 143, 443, 500, 801, 993];
const CLOSED: &[u16] = &[113, 600, 900];
const OFFICE: World = World { open: OPEN, closed: CLOSED, others: None, ..CLEAN };
/// `OpenWrt`'s default for new connections.
const OPENWRT: Limit = Limit::Rate { per_second: 25, burst: 50 };
const BAN: Limit = Limit::Ban { per_second: 50, burst: 50, lasts: Duration::from_mins(1) };
const FAST: Pace = Pace {
    tries: 3,
    per_second: 1_000,
    in_flight: 1_024,
    time_limit: Duration::from_mins(10),
    recognise: true,
    first_rtt: None,
    seed: 1,
};

fn all_found(run: &Run) -> bool {
    run.open() == OPEN && run.count(State::Closed) == CLOSED.len()
}

#[test]
fn behind_openwrt_s_limit_everything_is_found_in_little_more_than_the_limit_forces() {
    for per_second in [1_000, 5_000] {
        let run = run(World { limit: OPENWRT, ..OFFICE }, 1_000, Pace { per_second, ..FAST }, 1);
        assert!(all_found(&run), "{:?}", run.open());
        assert_eq!(run.count(State::Filtered), 989);
        assert_eq!(run.slowed.first().map(|(_, slowing)| *slowing), Some(Slowing::Throttled));
        // 1,000 ports, the front twice, at 25 a second after a burst of 50.
        assert!(run.took < Duration::from_secs_f64(42.0 * 1.5), "{:?} {}", run.took, run.sent);
    }
}

#[test]
fn a_limit_is_noticed_in_a_short_plan_too() {
    const HIGH: &[u16] = &[22, 60, 70, 80];
    for burst in [5, 10, 20, 30, 50, 70] {
        let limit = Limit::Rate { per_second: 25, burst };
        let run = run(World { open: HIGH, closed: &[3], limit, ..OFFICE }, 80, FAST, 1);
        assert_eq!(run.open(), HIGH, "burst {burst}, {:?}", run.slowed);
        assert_eq!(run.slowed.first().map(|(_, slowing)| *slowing), Some(Slowing::Throttled));
    }
}

#[test]
fn whatever_a_limit_lets_through_no_door_is_missed() {
    const TWELVE: &[u16] = &[5, 22, 80, 143, 160, 180, 200, 220, 240, 260, 280, 299];
    let mut missed = Vec::new();
    for per_second in [30, 60, 100, 200, 300, 400, 500, 700] {
        for burst in [10, 50, 200] {
            for rtt in [10, 40] {
                for ports in [100, 300, 1_000] {
                    let limit = Limit::Rate { per_second, burst };
                    let rtt = Duration::from_millis(rtt);
                    let world = World { open: TWELVE, rtt, limit, ..OFFICE };
                    let open = run(world, ports, FAST, 1).open();
                    let asked = TWELVE.iter().filter(|port| **port <= ports);
                    if open.len() < asked.count() {
                        missed.push((per_second, burst, rtt, ports, open));
                    }
                }
            }
        }
    }
    assert_eq!(missed, []);
}

#[test]
fn a_ban_is_noticed_within_two_seconds_and_everything_is_found_after_it() {
    let run = run(World { limit: BAN, ..OFFICE }, 1_000, FAST, 1);
    assert!(all_found(&run), "{:?} {:?}", run.open(), run.slowed);
    let banned = run.slowed.iter().find(|(_, slowing)| *slowing == Slowing::Banned);
    assert!(banned.is_some_and(|(when, _)| *when < Duration::from_secs(2)), "{:?}", run.slowed);
}

#[test]
fn random_loss_is_not_taken_for_a_limit() {
    for (loss, seed) in [(10, 1), (50, 2), (100, 3), (150, 4)] {
        for seed in seed..seed + 20 {
            let run = run(World { loss, ..OFFICE }, 1_000, FAST, seed);
            assert_eq!(run.slowed, [], "{loss} per thousand, seed {seed}");
        }
    }
}

#[test]
fn more_loss_means_more_tries_and_hardly_a_door_is_missed() {
    let (mut missed, mut sent) = (0, 0);
    for seed in 1..=100 {
        let run = run(World { loss: 100, ..OFFICE }, 500, FAST, seed);
        missed += 6 - run.open().len();
        sent += run.sent;
    }
    assert!(sent > 100 * 4 * 500, "{sent} questions");
    // 600 doors at 19 % loss there and back.
    assert!(missed <= 1, "{missed}");
}

#[test]
fn the_first_open_door_and_the_first_fifty_verdicts_come_at_once() {
    let world = World { open: &[22, 80, 443], closed: &[], ..OFFICE };
    let run = run(world, 1_000, FAST, 1);
    let mut verdicts: Vec<_> = run.when.values().copied().collect();
    verdicts.sort_unstable();
    assert!(verdicts[0] <= world.rtt * 2 + Duration::from_millis(50), "{:?}", verdicts[0]);
    assert!(verdicts[49] <= Duration::from_millis(250), "{:?}", verdicts[49]);
}

#[test]
fn a_line_that_loses_nothing_is_asked_twice_and_no_more() {
    let run = run(World { others: None, ..OFFICE }, 5_000, FAST, 1);
    assert!(run.sent < 5_000 * 22 / 10, "{}", run.sent);
    assert!(all_found(&run));
}

#[test]
fn an_address_that_vanishes_is_told_as_not_tested_and_never_as_silent() {
    let gone_after = Duration::from_millis(300);
    let run = run(World { gone_after, ..OFFICE }, 1_000, FAST, 1);
    let vanished = Evidence::NotAsked { fault: OwnFault::Vanished };
    let lost = run.seen.values().filter(|evidence| **evidence == vanished).count();
    assert!(lost >= 700, "{lost}");
    assert_eq!(run.seen.len(), 1_000);
    assert!(run.took < Duration::from_mins(3), "{:?}", run.took);
}

#[test]
fn a_service_that_falls_over_is_not_taken_for_a_ban() {
    // The only other answerers are closed ports, which go on answering.
    let world = World { open: &[5], ..OFFICE };
    let run = run(world, 1_000, FAST, 1);
    assert_eq!((run.open(), run.slowed), (vec![5], Vec::new()));
}

#[test]
fn where_everything_accepts_the_controls_say_so() {
    let run = run(World { others: Some(Outcome::Accepted), ..OFFICE }, 1_000, FAST, 1);
    assert_eq!((run.controls.asked, run.controls.open), (8, 8));
    assert!(run.controls.show_that_everything_answers());
    assert!(run.talks <= 256, "{}", run.talks);
}

#[test]
fn on_an_ordinary_line_the_controls_are_shut_and_not_told() {
    let run = run(OFFICE, 1_000, FAST, 1);
    assert_eq!((run.controls.asked, run.controls.open), (8, 0));
    assert_eq!(run.seen.len(), 1_000);
    assert_eq!(run.talks, OPEN.len());
}

#[test]
fn a_want_of_descriptors_when_only_canaries_are_left_ends_nothing_and_nobody() {
    for descriptors in [1, 2, 5, 20, 64] {
        let pace = Pace { per_second: 5_000, ..FAST };
        let run = run(World { descriptors, ..OFFICE }, 300, pace, 1);
        assert_eq!((run.open(), run.count(State::NotTested)), (vec![5, 22, 80, 143], 0));
        assert!(run.took < Duration::from_mins(5), "{descriptors}: {:?}", run.took);
    }
}
