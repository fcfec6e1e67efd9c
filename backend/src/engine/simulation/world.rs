//! Worlds for the scheduler: what a target and the way to it do with a question, with a clock that
//! is only a number.

use super::super::{AttemptId, Fault, Moment, Outcome, Pace, Scheduler, Step};
use klinke_shared::{Controls, Evidence, Plan, Port, Slowing, State, Transport};
use std::collections::BTreeMap;
use std::time::Duration;

/// A target and the way to it.
#[derive(Clone, Copy)]
pub(super) struct World {
    /// Ports that accept.
    pub(super) open: &'static [u16],
    /// Ports that refuse.
    pub(super) closed: &'static [u16],
    /// What all other ports say; nothing is silence.
    pub(super) others: Option<Outcome>,
    pub(super) rtt: Duration,
    /// How much longer open ports take.
    pub(super) hesitation: Duration,
    /// Packets lost per thousand and direction.
    pub(super) loss: u32,
    /// Attempts that this machine can hold open.
    pub(super) descriptors: usize,
    /// What the router does with many questions.
    pub(super) limit: Limit,
    /// From then on nothing is answered any more.
    pub(super) gone_after: Moment,
}

#[derive(Clone, Copy)]
pub(super) enum Limit {
    None,
    /// So many a second get through, after a burst.
    Rate {
        per_second: u32,
        burst: u32,
    },
    /// Who sends more than that is answered nothing for a while.
    Ban {
        per_second: u32,
        burst: u32,
        lasts: Duration,
    },
}

pub(super) const OPEN: &[u16] = &[22, 80, 443, 999];
pub(super) const CLEAN: World = World {
    open: OPEN,
    closed: &[],
    others: Some(Outcome::Refused),
    rtt: Duration::from_millis(30),
    hesitation: Duration::ZERO,
    loss: 0,
    descriptors: usize::MAX,
    limit: Limit::None,
    gone_after: Moment::MAX,
};

/// What a run did.
pub(super) struct Run {
    pub(super) seen: BTreeMap<Port, Evidence>,
    /// When each port's last evidence came.
    pub(super) when: BTreeMap<Port, Moment>,
    pub(super) sent: usize,
    pub(super) talks: usize,
    pub(super) most_open: usize,
    pub(super) slowed: Vec<(Moment, Slowing)>,
    pub(super) controls: Controls,
    pub(super) took: Moment,
}

impl Run {
    pub(super) fn count(&self, state: State) -> usize {
        self.seen.values().filter(|evidence| evidence.state(Transport::Tcp) == state).count()
    }

    pub(super) fn open(&self) -> Vec<u16> {
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

/// The router in front of the target: a bucket of tokens, as nftables' `limit` has it.
struct Router {
    limit: Limit,
    tokens: f64,
    since: Moment,
    banned_until: Moment,
}

impl Router {
    fn new(limit: Limit) -> Self {
        let tokens = match limit {
            Limit::None => 0.0,
            Limit::Rate { burst, .. } | Limit::Ban { burst, .. } => f64::from(burst),
        };
        Self { limit, tokens, since: Moment::ZERO, banned_until: Moment::ZERO }
    }

    fn lets_through(&mut self, now: Moment) -> bool {
        let (Limit::Rate { per_second, burst } | Limit::Ban { per_second, burst, .. }) = self.limit
        else {
            return true;
        };
        if now < self.banned_until {
            return false;
        }
        let new = now.saturating_sub(self.since).as_secs_f64() * f64::from(per_second);
        self.tokens = (self.tokens + new).min(f64::from(burst));
        self.since = self.since.max(now);
        let has_token = self.tokens >= 1.0;
        self.tokens -= f64::from(u8::from(has_token));
        if let Limit::Ban { lasts, .. } = self.limit
            && !has_token
        {
            self.banned_until = now + lasts;
        }
        has_token
    }
}

pub(super) fn first(ports: u16) -> Plan {
    Plan::of_ports((1..=ports).filter_map(|number| Port::new(Transport::Tcp, number)))
}

/// Runs a plan of the first `ports` ports in a world to its end.
pub(super) fn run(world: World, ports: u16, pace: Pace, seed: u64) -> Run {
    let mut simulation = Simulation::new(world, Scheduler::new(&first(ports), pace), seed);
    while simulation.step() {}
    simulation.run
}

struct Simulation {
    world: World,
    scheduler: Scheduler,
    dice: Dice,
    router: Router,
    now: Moment,
    coming: BTreeMap<(Moment, AttemptId), Outcome>,
    open_attempts: BTreeMap<AttemptId, Port>,
    run: Run,
}

impl Simulation {
    fn new(world: World, scheduler: Scheduler, seed: u64) -> Self {
        let run = Run {
            seen: BTreeMap::new(),
            when: BTreeMap::new(),
            sent: 0,
            talks: 0,
            most_open: 0,
            slowed: Vec::new(),
            controls: Controls::default(),
            took: Moment::ZERO,
        };
        Self {
            world,
            scheduler,
            dice: Dice(seed),
            router: Router::new(world.limit),
            now: Moment::ZERO,
            coming: BTreeMap::new(),
            open_attempts: BTreeMap::new(),
            run,
        }
    }

    /// False when the plan is carried out.
    fn step(&mut self) -> bool {
        match self.scheduler.step(self.now) {
            Step::Send(attempt, _) if self.open_attempts.len() >= self.world.descriptors => {
                self.scheduler.happened(self.now, attempt, Outcome::Fault(Fault::Exhausted));
            }
            Step::Send(attempt, port) => self.send(attempt, port),
            Step::Talk(attempt, _) => {
                self.run.talks += 1;
                let ended = Outcome::Talked { again: false };
                self.coming.insert((self.now + self.world.rtt, attempt), ended);
            }
            Step::Forget(attempt) => {
                self.open_attempts.remove(&attempt);
                self.coming.retain(|(_, other), _| *other != attempt);
            }
            Step::Observe(observation) => {
                self.run.seen.insert(observation.port, observation.evidence);
                self.run.when.insert(observation.port, self.now);
            }
            Step::Slowed(slowing) => self.run.slowed.push((self.now, slowing)),
            Step::Controlled(controls) => self.run.controls = controls,
            Step::Wait(until) => self.wait(until),
            Step::Done => {
                self.run.took = self.now;
                return false;
            }
        }
        true
    }

    fn send(&mut self, attempt: AttemptId, port: Port) {
        self.run.sent += 1;
        self.open_attempts.insert(attempt, port);
        self.run.most_open = self.run.most_open.max(self.open_attempts.len());
        let World { open, closed, others, rtt, hesitation, loss, gone_after, .. } = self.world;
        let accepts = open.contains(&port.number.get());
        let answer = if accepts {
            Some(Outcome::Accepted)
        } else if closed.contains(&port.number.get()) {
            Some(Outcome::Refused)
        } else {
            others
        };
        let passes = self.passes_the_router() && self.now < gone_after;
        let arrives = (0..2).all(|_| self.dice.below(1000) >= loss);
        if let Some(outcome) = answer.filter(|_| passes && arrives) {
            let late = if accepts { hesitation } else { Duration::ZERO };
            self.coming.insert((self.now + rtt + late, attempt), outcome);
        }
    }

    /// No line is so even that a pace and a limit stay in step for ever.
    fn passes_the_router(&mut self) -> bool {
        if matches!(self.world.limit, Limit::None) {
            return true;
        }
        let late = Duration::from_micros(self.dice.below(2_000).into());
        self.router.lets_through(self.now + late)
    }

    fn wait(&mut self, until: Moment) {
        let now = self.now;
        assert!(until > now, "the scheduler waits for the past: {until:?} at {now:?}");
        match self.coming.first_key_value().map(|((when, _), _)| *when) {
            Some(when) if when <= until => {
                self.now = when;
                if let Some(((_, attempt), outcome)) = self.coming.pop_first() {
                    self.open_attempts.remove(&attempt);
                    self.scheduler.happened(when, attempt, outcome);
                }
            }
            _ => self.now = until,
        }
    }
}
