//! The interviews with the open ports of one address: which connection serves which conversation,
//! and what came out in the end. Opens connections only when the scheduler says so.

use super::connect::connected;
use super::talk::converse;
use super::transport::{AttemptId, Fault, Outcome};
use futures_util::stream::{FuturesUnordered, StreamExt};
use klinke_protocols::{Context, Ended, Interview, Talk};
use klinke_shared::{Port, Recognised, Transport};
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Connections that are kept for a conversation; what is beyond makes a new one.
const MOST_KEPT: usize = 128;
/// A new connection to a port that has just accepted one; the kernel's first two repetitions fit.
const CONNECT: Duration = Duration::from_millis(3_500);

type Running = Pin<Box<dyn Future<Output = (AttemptId, Port, Result<Ended, Outcome>)> + Send>>;

/// The interviews of one check at one address.
pub(super) struct Talks {
    context: Context,
    rtt: Duration,
    interviews: HashMap<Port, Option<Interview>>,
    kept: HashMap<u16, TcpStream>,
    running: FuturesUnordered<Running>,
    results: VecDeque<Recognised>,
}

impl Talks {
    pub(super) fn new(address: IpAddr, token: [u8; 16], now: u64) -> Self {
        Self {
            context: Context { address, port: 0, token, now },
            rtt: Duration::ZERO,
            interviews: HashMap::new(),
            kept: HashMap::new(),
            running: FuturesUnordered::new(),
            results: VecDeque::new(),
        }
    }

    /// Keeps a connection for the first conversation with its port.
    pub(super) fn keep(&mut self, port: u16, stream: TcpStream) {
        let is_new = Port::new(Transport::Tcp, port)
            .is_some_and(|port| !self.interviews.contains_key(&port));
        if is_new && self.kept.len() < MOST_KEPT {
            self.kept.entry(port).or_insert(stream);
        }
    }

    /// Has the next conversation with a port.
    pub(super) fn talk(&mut self, attempt: AttemptId, port: Port) {
        let context = Context { port: port.number.get(), ..self.context };
        let interview =
            self.interviews.entry(port).or_insert_with(|| Some(Interview::new(context)));
        let talk = interview.as_mut().and_then(Interview::next_talk);
        let stream = self.kept.remove(&context.port);
        let to = SocketAddr::new(context.address, context.port);
        let rtt = self.rtt;
        self.running.push(Box::pin(async move {
            let ended = match talk {
                Some(talk) => have(stream, to, talk, rtt).await,
                None => Ok(Ended::default()),
            };
            (attempt, port, ended)
        }));
    }

    /// What became of the next conversation that ends; pending for ever while there is none. Loses
    /// nothing when dropped.
    pub(super) async fn next(&mut self) -> (AttemptId, Outcome) {
        match self.running.next().await {
            Some((attempt, port, ended)) => (attempt, self.ended(port, ended)),
            None => std::future::pending().await,
        }
    }

    fn ended(&mut self, port: Port, ended: Result<Ended, Outcome>) -> Outcome {
        let ended = match ended {
            Ok(ended) => ended,
            Err(Outcome::Fault(Fault::Exhausted)) => return Outcome::Fault(Fault::Exhausted),
            Err(_) => Ended::default(),
        };
        let Some(slot) = self.interviews.get_mut(&port) else {
            return Outcome::Talked { again: false };
        };
        if let Some(interview) = slot {
            interview.ended(ended);
            if !interview.is_over() {
                return Outcome::Talked { again: true };
            }
        }
        if let Some(recognition) = slot.take().and_then(Interview::result) {
            self.results.push_back(Recognised { port, recognition });
        }
        Outcome::Talked { again: false }
    }

    /// What was recognised since the last time.
    pub(super) fn result(&mut self) -> Option<Recognised> {
        self.results.pop_front()
    }
}

async fn have(
    stream: Option<TcpStream>,
    to: SocketAddr,
    talk: Talk,
    rtt: Duration,
) -> Result<Ended, Outcome> {
    let stream = match stream {
        Some(stream) => stream,
        None => match timeout(CONNECT, connected(to)).await {
            Ok(connected) => connected?,
            Err(_) => return Ok(Ended::default()),
        },
    };
    Ok(converse(stream, talk, rtt).await)
}
