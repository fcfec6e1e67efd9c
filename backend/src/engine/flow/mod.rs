//! How fast to send: free at the given ceiling, held while nobody answers any more, slow behind a
//! limit. It goes by known answerers that are asked again (canaries), never by silence, because most
//! ports of a good firewall are silent. Knows no port and no socket; pure.

mod beat;
mod canaries;
mod doubt;

use self::beat::Beat;
use self::canaries::Canaries;
use self::doubt::{Doubt, Verdict};
use super::scheduler::Moment;
use super::witnesses::Witnesses;
use klinke_shared::Slowing;
use std::time::Duration;

/// A canary after so many probes: 4 % more packets, and at 1,000 a second one every 25 ms.
const CANARY_EVERY: u32 = 25;
/// Behind a limit there are fewer packets to learn from, so every ninth is a canary.
const CANARY_EVERY_SLOW: u32 = 8;
/// A pace below the commonest limit, `OpenWrt`'s 25 new connections a second, that leaves room for
/// what the visitor's own programs open.
const GENTLE: u32 = 22;
/// Slower makes no sense: a full check would take longer than people wait.
const SLOWEST: u32 = 4;
/// The gap between canaries while everything is held; it doubles.
const FIRST_GAP: Duration = Duration::from_millis(100);
/// The longest gap, so that the end of a ban is noticed soon.
const LONGEST_GAP: Duration = Duration::from_secs(8);
/// Held without a sign for so long, somebody has banned us and not only slowed us down.
const BANNED_AFTER: Duration = Duration::from_millis(800);
/// Some bans begin anew with every packet. After so long with the usual gaps comes a long silence.
const SILENCE_AFTER: Duration = Duration::from_secs(80);
/// Longer than the usual ban of a minute.
const SILENCE: Duration = Duration::from_secs(65);
/// Longer than that and longer than Linux keeps a half-open connection in its tables (120 s): who
/// then still gives no sign has gone.
const GIVE_UP_AFTER: Duration = Duration::from_secs(150);
/// After so long without a lost canary behind a limit, twice the pace is tried, until one is lost.
const CLEAN_BEFORE_FASTER: Duration = Duration::from_secs(3);

/// Up to this share, losses are a usual line's; more of them may be a limit's.
const ORDINARY: f64 = 0.08;

/// What the fate of a canary means for what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing, as far as one can tell.
    Nothing,
    /// Something has begun to drop: what was sent after this moment was perhaps never heard.
    InVain {
        /// The last moment at which all was well.
        since: Moment,
    },
    /// It was a limit's doing, and only the losses of this test are chance.
    Limited {
        /// The last moment at which all was well.
        since: Moment,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Free,
    /// Free until now, and it loses much: whether that is chance or a limit shows when there is
    /// hardly anything that a limit could drop.
    Doubted(Doubt),
    Slow {
        since: Moment,
    },
    Held {
        since: Moment,
        next: Moment,
        gap: Duration,
        silenced: bool,
    },
    GivenUp,
}

/// The pace of one address.
#[derive(Debug)]
pub(super) struct Flow {
    state: State,
    /// Packets a second while slow.
    slow: u32,
    /// The fastest pace of which it is known that nothing minds it.
    proven: u32,
    /// Each faster pace that was tried, and since when.
    raised: Vec<(u32, Moment)>,
    /// Whether a faster pace may be tried while slow.
    may_try_faster: bool,
    /// Whether a test has shown that this line loses much by chance.
    is_bad_line: bool,
    since_canary: u32,
    beat: Beat,
    /// When the last probe was sent, and the latest canary that was answered.
    last_probe: Moment,
    last_well: Moment,
    witnesses: Witnesses,
    canaries: Canaries,
    slowing: Option<Slowing>,
    told: Option<Slowing>,
}

impl Flow {
    pub(super) fn new() -> Self {
        Self {
            state: State::Free,
            slow: GENTLE,
            proven: GENTLE,
            raised: Vec::new(),
            may_try_faster: true,
            is_bad_line: false,
            since_canary: 0,
            beat: Beat::default(),
            last_probe: Moment::ZERO,
            last_well: Moment::ZERO,
            witnesses: Witnesses::default(),
            canaries: Canaries::default(),
            slowing: None,
            told: None,
        }
    }

    /// Packets a second now, under a ceiling.
    pub(super) fn per_second(&self, ceiling: u32) -> u32 {
        match self.state {
            State::Free => ceiling.max(1),
            State::Doubted(_) => GENTLE.clamp(1, ceiling.max(1)),
            _ => self.slow.clamp(1, ceiling.max(1)),
        }
    }

    /// Whether it goes slowly, so that every try counts.
    pub(super) fn is_slow(&self) -> bool {
        !matches!(self.state, State::Free | State::Doubted(_))
    }

    /// Whether nothing but canaries may be sent.
    pub(super) fn is_held(&self) -> bool {
        matches!(self.state, State::Doubted(_) | State::Held { .. } | State::GivenUp)
    }

    /// Whether nobody has answered for so long that nobody will.
    pub(super) fn has_given_up(&self) -> bool {
        self.state == State::GivenUp
    }

    /// When the next canary of a held flow is due.
    pub(super) fn next_canary(&self) -> Option<Moment> {
        match self.state {
            State::Doubted(doubt) => Some(doubt.next()),
            State::Held { next, .. } => Some(next),
            _ => None,
        }
    }

    /// What slowed the check down, once for each change.
    pub(super) fn news(&mut self) -> Option<Slowing> {
        if self.told == self.slowing {
            return None;
        }
        self.told = self.slowing;
        self.slowing
    }

    /// A port answers, so it can be asked again as a canary.
    pub(super) fn witness(&mut self, index: usize, accepts: bool) {
        self.witnesses.add(index, accepts);
    }

    /// A port cannot be asked again, or says something else now.
    pub(super) fn dismiss(&mut self, index: usize) {
        self.witnesses.remove(index);
    }

    /// A probe was sent.
    pub(super) fn probed(&mut self, now: Moment) {
        self.since_canary += 1;
        self.last_probe = now;
    }

    /// Whether nobody has answered yet since the last probe was sent, so that nothing is known of
    /// the last ones, although there is somebody to ask.
    pub(super) fn is_in_doubt(&self) -> bool {
        let is_open = self.last_well < self.last_probe || matches!(self.state, State::Doubted(_));
        is_open && !self.witnesses.is_empty() && !self.has_given_up()
    }

    /// The answerer to be asked again now, if it is time for one. When nothing else is left to be
    /// sent (`closing`), canaries follow each other until one is answered.
    pub(super) fn canary(&mut self, now: Moment, closing: bool) -> Option<usize> {
        if matches!(self.state, State::Doubted(_)) && self.witnesses.is_empty() {
            self.state = State::Free;
        }
        let last = closing && self.is_in_doubt();
        let due = match &mut self.state {
            State::Free => last || self.since_canary >= self.beat.about(CANARY_EVERY),
            State::Slow { .. } => last || self.since_canary >= self.beat.about(CANARY_EVERY_SLOW),
            State::Doubted(doubt) => doubt.is_due(now),
            State::Held { since, next, gap, silenced } => {
                let due = now >= *next;
                if due {
                    *gap = (*gap * 2).min(LONGEST_GAP);
                    let quiet = !*silenced && now.saturating_sub(*since) >= SILENCE_AFTER;
                    *silenced |= quiet;
                    *next = now + if quiet { SILENCE } else { *gap };
                }
                due
            }
            State::GivenUp => false,
        };
        if !due {
            return None;
        }
        let witness = self.witnesses.next()?;
        self.since_canary = 0;
        self.beat.next();
        Some(witness)
    }

    /// A canary that was sent at `sent` was answered at `now`.
    pub(super) fn answered(&mut self, now: Moment, sent: Moment, index: usize) -> Meaning {
        self.last_well = self.last_well.max(sent);
        self.witnesses.answered(index);
        if matches!(self.state, State::Doubted(doubt) if sent < doubt.since) {
            return Meaning::Nothing;
        }
        let is_trial = self.is_trial();
        self.canaries.remember(sent, true, is_trial);
        match self.state {
            State::Held { since, .. } if sent >= since => self.go_on(now),
            State::Slow { since } => self.perhaps_faster(now, since),
            State::Doubted(doubt) => return self.judge(doubt, now),
            _ => {}
        }
        Meaning::Nothing
    }

    /// A canary that was sent at `sent` got no answer in time. `share` is what is known of the
    /// line's random loss.
    pub(super) fn lost(&mut self, now: Moment, sent: Moment, index: usize, share: f64) -> Meaning {
        match self.state {
            State::Held { since, .. } => {
                let held = now.saturating_sub(since);
                if held >= BANNED_AFTER {
                    self.slowing = Some(Slowing::Banned);
                }
                if held >= GIVE_UP_AFTER {
                    self.state = State::GivenUp;
                }
                Meaning::Nothing
            }
            State::GivenUp => Meaning::Nothing,
            State::Slow { since } | State::Doubted(Doubt { since, .. }) if sent < since => {
                Meaning::Nothing
            }
            State::Doubted(doubt) => {
                self.witnesses.lost(index);
                self.canaries.remember(sent, false, false);
                self.judge(doubt, now)
            }
            State::Free | State::Slow { .. } => {
                self.witnesses.lost(index);
                let is_trial = self.is_trial();
                self.canaries.remember(sent, false, is_trial);
                let is_too_much = self.canaries.is_too_much(share, is_trial);
                if self.may_doubt()
                    && (is_too_much && share > ORDINARY || self.canaries.are_doubtful())
                {
                    self.doubt(now);
                    return Meaning::Nothing;
                }
                if !is_too_much {
                    return Meaning::Nothing;
                }
                Meaning::InVain { since: self.hold(now) }
            }
        }
    }

    fn doubt(&mut self, now: Moment) {
        self.state = State::Doubted(Doubt::about(&mut self.canaries, now));
    }

    fn judge(&mut self, doubt: Doubt, now: Moment) -> Meaning {
        let since = doubt.began;
        match doubt.verdict(&self.canaries) {
            None => Meaning::Nothing,
            Some(Verdict::Silence) => {
                self.hold(now);
                Meaning::InVain { since }
            }
            Some(Verdict::Limit) => {
                self.canaries.are_chance();
                self.slowing.get_or_insert(Slowing::Throttled);
                self.go_on(now);
                Meaning::Limited { since }
            }
            Some(Verdict::BadLine) => {
                self.canaries.are_chance();
                self.canaries.begin_anew(now);
                self.is_bad_line = true;
                self.state = State::Free;
                Meaning::Nothing
            }
        }
    }

    /// When nothing is left to be asked at a pace that is only being tried, and not every canary
    /// was answered: back to the proven pace, and what was sent after this moment is asked again.
    pub(super) fn distrusts_the_end(&mut self, now: Moment) -> Option<Moment> {
        let State::Slow { .. } = self.state else { return None };
        if !self.is_trial() || self.canaries.none_lost() {
            return None;
        }
        Some(self.hold(now))
    }

    /// Whether the fate of each canary matters for the end.
    pub(super) fn waits_for_all(&self) -> bool {
        self.is_slow() || (self.may_doubt() && !self.canaries.none_lost())
    }

    fn may_doubt(&self) -> bool {
        self.state == State::Free && !self.is_bad_line
    }

    /// When nothing is left to be asked, and canaries were lost: begins to find out why, where less
    /// is enough for a doubt than in the middle. Whether it does.
    pub(super) fn doubts_the_end(&mut self, now: Moment) -> bool {
        let doubts = self.may_doubt() && self.canaries.are_doubtful_at_the_end();
        if doubts {
            self.doubt(now);
        }
        doubts
    }

    /// Canaries that are no longer suspected to be the victims of a limit, each with whether it was
    /// answered: what they tell of random loss.
    pub(super) fn past(&mut self) -> impl Iterator<Item = bool> + '_ {
        self.canaries.past()
    }

    /// Whether a pace above the proven one is only being tried.
    const fn is_trial(&self) -> bool {
        self.slow > self.proven
    }

    /// Sends canaries only, and then goes on more slowly; since when what was asked is in doubt.
    fn hold(&mut self, now: Moment) -> Moment {
        let mut since = self.canaries.last_well();
        if let State::Slow { .. } = self.state {
            self.slow = (self.slow / 2).max(SLOWEST);
            self.may_try_faster = false;
            // A pace that fails now has failed before, when luck hid it.
            let slow = self.slow;
            since =
                self.raised.iter().find(|raised| raised.0 > slow).map_or(since, |raised| raised.1);
            self.raised.retain(|raised| raised.0 <= slow);
        }
        self.slowing.get_or_insert(Slowing::Throttled);
        self.canaries.begin_anew(now);
        let gap = FIRST_GAP;
        self.state = State::Held { since: now, next: now + gap, gap, silenced: false };
        since
    }

    fn go_on(&mut self, now: Moment) {
        if self.slowing == Some(Slowing::Banned) {
            // Whoever bans does so again, and a second ban costs another minute.
            self.may_try_faster = false;
        }
        self.canaries.begin_anew(now);
        self.since_canary = 0;
        self.state = State::Slow { since: now };
    }

    fn perhaps_faster(&mut self, now: Moment, since: Moment) {
        let clean = self.canaries.fill_a_window() && self.canaries.all_answered();
        if !clean || now.saturating_sub(since) < CLEAN_BEFORE_FASTER {
            return;
        }
        if !self.may_try_faster {
            self.proven = self.slow;
            return;
        }
        self.slow = self.slow.saturating_mul(2);
        self.raised.push((self.slow, now));
        self.canaries.begin_anew(now);
        self.state = State::Slow { since: now };
    }
}
