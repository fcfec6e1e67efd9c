//! One check as its stream tells it: the same events always give the same state, and an event that
//! comes twice changes nothing. Does not know how events arrive.

use super::House;
use klinke_shared::{
    CheckId, EndReason, Event, Finding, Judged, Observations, PlannedAddress, Port, Ports,
    Recognition, Report, ServiceId, Slowing, State,
};
use std::net::IpAddr;
use std::rc::Rc;

/// A running check is announced this often to those who listen: after each quarter.
const ANNOUNCEMENTS: usize = 4;

/// What has been heard of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// How far it has come.
    pub phase: Phase,
    /// What is asked where, and what was seen so far.
    pub lines: Vec<WatchedLine>,
    /// Whether the stream is interrupted at the moment.
    pub lost: bool,
    /// What to say to those who listen.
    pub news: News,
    /// The open doors in the order in which they were found, so that none moves on the page.
    pub open: Vec<Port>,
    /// The services behind them, as far as one can tell, each once.
    pub services: Vec<ServiceId>,
    /// The house whose doors are being tried.
    pub house: Rc<House>,
    /// The door of the house that was tried last.
    pub latest: Option<Port>,
    /// How long it still takes, in seconds, as far as its pace so far tells.
    pub left: Option<u64>,
    /// What slows it down, from then on.
    pub slowed: Option<Slowing>,
    /// Whether the visitor saw it begin or run here, so that its end is news to them.
    pub watched: bool,
    /// Whether it was begun on this page: then it is of this very connection.
    pub begun_here: bool,
    last_event: Option<u64>,
    pace: Option<Pace>,
}

/// How far a check has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing heard yet.
    Connecting,
    /// Waiting until there is room on the server.
    Waiting {
        /// The place in the queue; 1 is next.
        place: usize,
    },
    /// Running.
    Running,
    /// Over; this is the report.
    Finished(Rc<Judged>),
    /// The server knows no such check.
    Gone,
    /// Its report was deleted, as the visitor wished.
    Forgotten,
    /// It was given up before it was over, as the visitor wished.
    GivenUp,
    /// The server was shut down before the check was over.
    Stopped,
    /// The visitor's connection has another address now.
    Changed,
}

/// What to say to those who listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nothing yet.
    Nothing,
    /// The check waits.
    Waiting {
        /// Its place in the queue; 1 is next.
        place: usize,
    },
    /// So many doors of so many are done.
    Progress {
        /// Doors observed when a new quarter began.
        done: usize,
        /// Doors planned.
        total: usize,
    },
    /// A door was found open.
    OpenDoor(Port),
    /// The verdict is there.
    Verdict,
}

/// One address of the line while it is being checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedLine {
    /// The address.
    pub address: IpAddr,
    /// What is asked.
    pub planned: Ports,
    /// What was seen.
    pub seen: Observations,
}

/// What the stream says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// Events with their sequence numbers, and when they were heard: milliseconds since any moment.
    Events(u64, Vec<(u64, Event)>),
    /// The connection is interrupted.
    Lost,
    /// The connection is there (again).
    Connected,
    /// The server knows no such check.
    Gone,
}

impl Check {
    /// A check of which nothing has been heard.
    #[must_use]
    pub fn new(id: CheckId) -> Self {
        Self {
            id,
            phase: Phase::Connecting,
            lines: Vec::new(),
            lost: false,
            news: News::Nothing,
            open: Vec::new(),
            services: Vec::new(),
            house: Rc::default(),
            latest: None,
            left: None,
            slowed: None,
            watched: false,
            begun_here: false,
            last_event: None,
            pace: None,
        }
    }

    /// The report, once there.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        self.judged().map(|judged| &judged.report)
    }

    /// The report and its judgement, once there.
    #[must_use]
    pub const fn judged(&self) -> Option<&Rc<Judged>> {
        match &self.phase {
            Phase::Finished(judged) => Some(judged),
            _ => None,
        }
    }

    /// Whether more is to come.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self.phase, Phase::Connecting | Phase::Waiting { .. } | Phase::Running)
    }

    /// Whether its doors are shown: as long as it runs, and of one whose end was watched until its report is there, so that
    /// nothing jumps.
    #[must_use]
    pub const fn shows_doors(&self) -> bool {
        match self.phase {
            Phase::Running => true,
            Phase::Finished(_) => self.watched,
            _ => false,
        }
    }

    /// How many doors have been observed.
    #[must_use]
    pub fn done(&self) -> usize {
        self.lines.iter().map(|line| line.seen.len()).sum()
    }

    /// How many doors are planned.
    #[must_use]
    pub fn total(&self) -> usize {
        self.lines.iter().map(|line| line.planned.len()).sum()
    }

    /// What was recognised behind a port so far.
    #[must_use]
    pub fn recognition(&self, port: Port) -> Option<&Recognition> {
        self.lines.iter().find_map(|line| line.seen.recognition(port))
    }

    /// The state of a door at all addresses together; nothing as long as that is not known.
    #[must_use]
    pub fn state_of(&self, port: Port) -> Option<State> {
        let asked = self.lines.iter().filter(|line| line.planned.contains(port));
        State::together(&asked.map(|line| line.seen.state_of(port)).collect::<Vec<_>>())
    }

    /// The server forgot it.
    pub fn forgotten(&mut self) {
        if self.report().is_some() {
            self.phase = Phase::Forgotten;
        } else if self.is_live() {
            self.phase = Phase::GivenUp;
        }
    }

    /// Takes in what the stream says.
    pub fn hear(&mut self, signal: Signal) {
        if !self.is_live() {
            return;
        }
        match signal {
            Signal::Lost => self.lost = true,
            Signal::Connected => self.lost = false,
            Signal::Gone => self.phase = Phase::Gone,
            Signal::Events(now, events) => {
                self.lost = false;
                self.watched |= matches!(self.phase, Phase::Running | Phase::Waiting { .. });
                for (number, event) in events {
                    self.take(number, event);
                }
                self.estimate(now);
            }
        }
    }

    fn take(&mut self, number: u64, event: Event) {
        if self.last_event.is_some_and(|last| number <= last) {
            return;
        }
        self.last_event = Some(number);
        match event {
            Event::Waiting { place } => {
                self.phase = Phase::Waiting { place };
                self.news = News::Waiting { place };
            }
            Event::Started { addresses, .. } => self.begin(&addresses),
            Event::Observed { address, observations } => self.observe(address, &observations),
            Event::Slowed { slowing, .. } => self.slowed = Some(slowing),
            Event::Finished { report } => {
                let judged = Judged::of(*report);
                judged.findings.iter().for_each(|finding| self.found(finding.service));
                self.phase = Phase::Finished(Rc::new(judged));
                self.news = News::Verdict;
            }
            Event::Ended { reason: EndReason::Forgotten } => self.phase = Phase::GivenUp,
            Event::Ended { reason: EndReason::Shutdown } => self.phase = Phase::Stopped,
            Event::Ended { reason: EndReason::ConnectionChanged } => self.phase = Phase::Changed,
            Event::Ended { reason: EndReason::NobodyWaited } => self.phase = Phase::Gone,
        }
    }

    fn begin(&mut self, addresses: &[PlannedAddress]) {
        self.phase = Phase::Running;
        let plans: Vec<&Ports> = addresses.iter().map(|address| &address.planned).collect();
        self.house = Rc::new(House::of(&plans));
        self.lines = addresses.iter().map(WatchedLine::new).collect();
    }

    fn estimate(&mut self, now: u64) {
        let (done, total) = (self.done(), self.total());
        if matches!(self.phase, Phase::Running) {
            let pace = *self.pace.get_or_insert(Pace { since: now, done });
            self.left = pace.left(now, done, total);
        }
    }

    fn observe(&mut self, address: usize, observations: &Observations) {
        let before = self.quarter();
        let Some(line) = self.lines.get_mut(address) else { return };
        line.seen.merge(observations);
        self.latest = self.last_tried(observations).or(self.latest);
        let known = self.open.len();
        let is_open = |port: &Port| observations.state_of(*port) == Some(State::Open);
        let open = observations.notable.iter().map(|seen| seen.port).filter(is_open);
        // What speaks is open.
        for port in open.chain(observations.recognised.iter().map(|known| known.port)) {
            if !self.open.contains(&port) {
                self.open.push(port);
            }
            self.found(Finding::service_of(port, self.recognition(port)));
        }
        if let Some(port) = self.open.get(known) {
            self.news = News::OpenDoor(*port);
        } else if self.quarter() > before {
            self.news = News::Progress { done: self.done(), total: self.total() };
        }
    }

    fn found(&mut self, service: Option<ServiceId>) {
        if let Some(id) = service.filter(|id| !self.services.contains(id)) {
            self.services.push(id);
        }
    }

    /// The last of these doors that the house has.
    fn last_tried(&self, seen: &Observations) -> Option<Port> {
        let mut ports = seen.notable.iter().map(|observation| observation.port);
        let plain = || seen.closed.iter().chain(seen.silent.iter());
        let has = |port: &Port| self.house.has(*port);
        ports.rfind(has).or_else(|| plain().filter(has).last())
    }

    fn quarter(&self) -> usize {
        self.done() * ANNOUNCEMENTS / self.total().max(1)
    }
}

impl WatchedLine {
    fn new(planned: &PlannedAddress) -> Self {
        Self {
            address: planned.address,
            planned: planned.planned.clone(),
            seen: Observations::default(),
        }
    }
}

/// Less than this tells nothing of a pace, in milliseconds.
const LEAST_WATCHED: u64 = 2_000;

/// How fast it goes: what was done when the watching began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pace {
    since: u64,
    done: usize,
}

impl Pace {
    /// The seconds that are left if it goes on like this.
    fn left(self, now: u64, done: usize, total: usize) -> Option<u64> {
        let watched = now.saturating_sub(self.since);
        let each = watched.checked_div(done.saturating_sub(self.done) as u64)?;
        let left = total.saturating_sub(done) as u64;
        (watched >= LEAST_WATCHED).then_some(each * left / 1_000)
    }
}
