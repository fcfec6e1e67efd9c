//! Simulated targets: the scheduler against worlds that are clean, silent, lossy, slow, resetting or
//! short of descriptors, with a clock that is only a number. One function runs every world.

use super::{AttemptId, Fault, Moment, Outcome, Pace, Scheduler, Step};
use klinke_shared::{Evidence, IcmpKind, Observations, OwnFault, Plan, Port, State, Transport};
use std::collections::BTreeMap;
use std::time::Duration;

/// A target and the way to it.
#[derive(Clone, Copy)]
struct World {
    /// Ports that accept.
    open: &'static [u16],
    /// What all other ports say; nothing is silence.
    others: Option<Outcome>,
    rtt: Duration,
    /// How much longer open ports take.
    hesitation: Duration,
    /// Packets lost per thousand and direction.
    loss: u32,
    /// Attempts that this machine can hold open.
    descriptors: usize,
}

const OPEN: &[u16] = &[22, 80, 443, 999];
const CLEAN: World = World {
    open: OPEN,
    others: Some(Outcome::Refused),
    rtt: Duration::from_millis(30),
    hesitation: Duration::ZERO,
    loss: 0,
    descriptors: usize::MAX,
};

/// What a run did.
struct Run {
    seen: BTreeMap<Port, Evidence>,
    sent: usize,
    most_open: usize,
    took: Moment,
}

impl Run {
    fn count(&self, state: State) -> usize {
        self.seen.values().filter(|evidence| evidence.state(Transport::Tcp) == state).count()
    }

    fn open(&self) -> Vec<u16> {
        let open = |(port, evidence): (&Port, &Evidence)| {
            (evidence.state(Transport::Tcp) == State::Open).then_some(port.number.get())
        };
        self.seen.iter().filter_map(open).collect()
    }
}

/// A small generator of numbers (xorshift64*, Vigna 2016), so that a seed repeats a run exactly.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        u32::try_from(high).unwrap() % bound
    }
}

fn first(ports: u16) -> Plan {
    Plan::of_ports((1..=ports).filter_map(|number| Port::new(Transport::Tcp, number)))
}

/// Runs a plan of the first `ports` ports in a world to its end.
fn run(world: World, ports: u16, pace: Pace, seed: u64) -> Run {
    let mut scheduler = Scheduler::new(&first(ports), pace);
    let mut dice = Dice(seed);
    let mut now = Moment::ZERO;
    let mut coming: BTreeMap<(Moment, AttemptId), Outcome> = BTreeMap::new();
    let mut open_attempts = BTreeMap::new();
    let mut result = Run { seen: BTreeMap::new(), sent: 0, most_open: 0, took: Moment::ZERO };
    loop {
        match scheduler.step(now) {
            Step::Send(attempt, _) if open_attempts.len() >= world.descriptors => {
                scheduler.happened(now, attempt, Outcome::Fault(Fault::Exhausted));
            }
            Step::Send(attempt, port) => {
                result.sent += 1;
                open_attempts.insert(attempt, port);
                result.most_open = result.most_open.max(open_attempts.len());
                let answer = if world.open.contains(&port.number.get()) {
                    Some(Outcome::Accepted)
                } else {
                    world.others
                };
                let arrives = (0..2).all(|_| dice.below(1000) >= world.loss);
                if let Some(outcome) = answer.filter(|_| arrives) {
                    let late = if outcome == Outcome::Accepted {
                        world.hesitation
                    } else {
                        Duration::ZERO
                    };
                    coming.insert((now + world.rtt + late, attempt), outcome);
                }
            }
            Step::Forget(attempt) => {
                open_attempts.remove(&attempt);
                coming.retain(|(_, other), _| *other != attempt);
            }
            Step::Observe(observation) => {
                result.seen.insert(observation.port, observation.evidence);
            }
            Step::Wait(until) => {
                assert!(until > now, "the scheduler waits for the past: {until:?} at {now:?}");
                match coming.first_key_value().map(|((when, _), _)| *when) {
                    Some(when) if when <= until => {
                        now = when;
                        if let Some(((_, attempt), outcome)) = coming.pop_first() {
                            open_attempts.remove(&attempt);
                            scheduler.happened(now, attempt, outcome);
                        }
                    }
                    _ => now = until,
                }
            }
            Step::Done => {
                result.took = now;
                return result;
            }
        }
    }
}

#[test]
fn a_clean_target_is_asked_once_and_seen_exactly() {
    let run = run(CLEAN, 1000, Pace::default(), 1);
    assert_eq!(run.open(), OPEN);
    assert_eq!((run.count(State::Closed), run.sent), (996, 1000));
    assert!(run.took < Duration::from_millis(1100), "{:?}", run.took);
}

#[test]
fn a_silent_target_is_asked_three_times_and_never_called_closed() {
    let run = run(World { open: &[], others: None, ..CLEAN }, 200, Pace::default(), 1);
    assert_eq!((run.count(State::Filtered), run.sent), (200, 600));
    assert!(run.seen.values().all(|evidence| *evidence == Evidence::Silence { tries: 3 }));
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
    assert_eq!((run.count(State::Filtered), run.count(State::Closed), run.sent), (98, 0, 100));
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
    // The others answer after 30 ms, so a question counts as lost after 100 ms.
    let world = World { hesitation: Duration::from_millis(700), ..CLEAN };
    let run = run(world, 50, Pace::default(), 1);
    assert_eq!((run.open(), run.count(State::Closed), run.sent), (vec![22], 49, 52));
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
            Step::Forget(_) => {}
            Step::Done => break,
        }
    }
    assert_eq!(seen, BTreeMap::from([(1, State::Open), (2, State::Filtered)]));
    assert_eq!(asked.into_values().collect::<Vec<_>>(), [2, 3]);
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
    assert!((95..=105).contains(&run.count(State::Closed)), "{}", run.count(State::Closed));
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
            Step::Send(..) | Step::Forget(_) => {}
            Step::Done => panic!("done too early"),
        }
    }
}
