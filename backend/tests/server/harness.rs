//! The real server on a free port of the loopback addresses, and a plain HTTP client.

use klinke::cli::Server;
use klinke::settings::{Settings, Sources};
use klinke_shared::Event;
use klinke_shared::api::{CheckCreated, Problem, Visitor};
use socket2::{Domain, Socket, Type};
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;
use ureq::http::Response;
use ureq::{Agent, Body};

/// A running server; it is stopped when this is dropped.
pub(crate) struct Running {
    /// On 127.0.0.1, then on `::1`.
    pub(crate) addresses: Vec<SocketAddr>,
    desk: std::sync::Arc<klinke::checks::Desk>,
    stop: tokio::sync::mpsc::UnboundedSender<()>,
    thread: Option<JoinHandle<()>>,
}

/// Starts a server with these settings, as `--set` would.
pub(crate) fn serve(set: &[(&str, &str)]) -> Running {
    let mut flags =
        vec![("listen".to_owned(), "127.0.0.1:0,[::1]:0".to_owned(), "--listen".to_owned())];
    // Checks of one line follow each other at once in most tests.
    let usual = [("checks.cool_down_seconds", "0")];
    flags.extend(
        usual
            .iter()
            .chain(set)
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned(), format!("--set {key}"))),
    );
    let settings = Settings::load(&Sources { flags, ..Sources::default() }).unwrap();
    let (started, start) = mpsc::channel();
    let (stop, mut stopped) = tokio::sync::mpsc::unbounded_channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = Server::bind(&settings).unwrap();
            started.send((server.addresses.clone(), std::sync::Arc::clone(&server.desk))).unwrap();
            let handle = server.handle();
            actix_web::rt::spawn(async move {
                stopped.recv().await;
                handle.stop(true).await;
            });
            server.run().await.unwrap();
        });
    });
    let (mut addresses, desk) = start.recv().unwrap();
    addresses.sort();
    Running { addresses, desk, stop, thread: Some(thread) }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.desk.close();
        let _ = self.stop.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Running {
    /// The URL of a path over IPv4.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addresses[0])
    }

    /// The URL of a path over IPv6.
    pub(crate) fn url6(&self, path: &str) -> String {
        format!("http://{}{path}", self.addresses[1])
    }

    /// The answer to a head of a request, written as it is, over IPv4.
    pub(crate) fn raw(&self, head: &str) -> String {
        self.raw_from("127.0.0.1", head)
    }

    /// The same from another address of this machine.
    pub(crate) fn raw_from(&self, from: &str, head: &str) -> String {
        let from: SocketAddr = format!("{from}:0").parse().unwrap();
        let socket = Socket::new(Domain::for_address(from), Type::STREAM, None).unwrap();
        socket.bind(&from.into()).unwrap();
        socket.connect(&self.addresses[0].into()).unwrap();
        let mut stream = TcpStream::from(socket);
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends all checks as a shutdown does.
    pub(crate) fn close_desk(&self) {
        self.desk.close();
    }

    /// A ticket for the client's address over IPv4.
    pub(crate) fn ticket(&self) -> String {
        ticket_at(&self.url("/api/visitor"))
    }

    /// A ticket for the client's address over IPv6.
    pub(crate) fn ticket6(&self) -> String {
        ticket_at(&self.url6("/api/visitor"))
    }

    /// A ticket for the client's address over IPv6 that belongs to another.
    pub(crate) fn companion6(&self, first: &str) -> String {
        ticket_at(&self.url6(&format!("/api/visitor?with={first}")))
    }

    /// Starts a check over IPv4.
    pub(crate) fn start(&self, profile: &str) -> CheckCreated {
        self.start_with(&[self.ticket()], profile)
    }

    /// Starts a check over IPv4 with these tickets.
    pub(crate) fn start_with(&self, tickets: &[String], profile: &str) -> CheckCreated {
        let body = serde_json::json!({"tickets": tickets, "consent": true, "profile": profile});
        let body = body.to_string();
        let response = post(&self.url("/api/checks"), "application/json", &body, &[]);
        assert_eq!(response.status(), 201);
        json(response)
    }

    /// The events of a check after those seen, to the end of the stream.
    pub(crate) fn events(&self, created: &CheckCreated, seen: usize) -> Vec<(usize, Event)> {
        self.stream(created, seen).collect()
    }

    /// The events of a check after those seen, as they come.
    pub(crate) fn stream(
        &self,
        created: &CheckCreated,
        seen: usize,
    ) -> impl Iterator<Item = (usize, Event)> + use<> {
        let seen = seen.to_string();
        let response = get(&self.url(&created.events), &[("last-event-id", &seen)]);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut id = 0;
        BufReader::new(response.into_body().into_reader()).lines().filter_map(move |line| {
            let line = line.unwrap();
            if let Some(number) = line.strip_prefix("id: ") {
                id = number.parse().unwrap();
            }
            let data = line.strip_prefix("data: ")?;
            Some((id, serde_json::from_str(data).unwrap()))
        })
    }
}

fn ticket_at(url: &str) -> String {
    let visitor: Visitor = json(get(url, &[]));
    visitor.ticket.unwrap()
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

/// A GET with these headers.
pub(crate) fn get(url: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let request = headers
        .iter()
        .fold(agent().get(url), |request, (name, value)| request.header(*name, *value));
    request.call().unwrap()
}

/// A POST with these headers.
pub(crate) fn post(
    url: &str,
    media_type: &str,
    body: &str,
    headers: &[(&str, &str)],
) -> Response<Body> {
    let request = agent().post(url).header("content-type", media_type);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.send(body).unwrap()
}

/// A DELETE.
pub(crate) fn delete(url: &str) -> Response<Body> {
    agent().delete(url).call().unwrap()
}

/// The body as text.
pub(crate) fn text(response: Response<Body>) -> String {
    response.into_body().read_to_string().unwrap()
}

/// The body as JSON of that type.
pub(crate) fn json<T: serde::de::DeserializeOwned>(response: Response<Body>) -> T {
    serde_json::from_str(&text(response)).unwrap()
}

/// The body as a problem; checks its media type.
pub(crate) fn problem(response: Response<Body>) -> Problem {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let status = response.status();
    let problem: Problem = json(response);
    assert_eq!(problem.status, status);
    problem
}
