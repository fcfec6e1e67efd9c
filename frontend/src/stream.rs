//! The stream of one check: opens it, keeps it open through interruptions and hands on what it
//! says, in batches. The only room that knows server-sent events; it does not know what they mean.

use crate::json;
use crate::net;
use crate::state::{Failure, Signal};
use gloo_timers::callback::Timeout;
use klinke_shared::api::ProblemCode;
use klinke_shared::{CheckId, Event};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventSource, MessageEvent};

/// Events are handed on together after this time: often enough to look alive, seldom enough that a
/// telephone draws the page without stutter.
const BATCH_MS: u32 = 100;
/// After so much silence a connection is made anew. A browser does not notice by itself that its line has
/// another address, or that a router on the way forgot the connection: it only waits.
const SILENCE_MS: u32 = 20_000;
/// A browser that has given up is helped to a new connection after this time.
const REOPEN_MS: u32 = 3_000;

/// An open stream; dropping it closes it.
pub struct Stream(Rc<Inner>);

struct Inner {
    id: CheckId,
    begun_here: bool,
    tell: Box<dyn Fn(Signal)>,
    parts: RefCell<Parts>,
}

#[derive(Default)]
struct Parts {
    source: Option<Source>,
    waiting: Vec<(u64, Event)>,
    batch: Option<Timeout>,
    reopen: Option<Timeout>,
    silence: Option<Timeout>,
    heard_anything: bool,
    closed: bool,
}

/// A connection of the browser with the functions it calls, which live as long as it does.
struct Source {
    connection: EventSource,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _open: Closure<dyn FnMut()>,
    _error: Closure<dyn FnMut()>,
}

impl Stream {
    /// Opens the stream of a check. One that was begun here is of this connection: the server ends it when
    /// it is asked from another.
    pub fn open(id: CheckId, begun_here: bool, tell: impl Fn(Signal) + 'static) -> Self {
        let tell = Box::new(tell);
        let inner = Rc::new(Inner { id, begun_here, tell, parts: RefCell::default() });
        inner.connect();
        Self(inner)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.connection.set_onmessage(None);
        self.connection.set_onopen(None);
        self.connection.set_onerror(None);
        self.connection.close();
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        if self.parts.borrow().closed {
            return;
        }
        let own = if self.begun_here { "?own=yes" } else { "" };
        let path = format!("{}/events{own}", net::check_path(self.id));
        let Ok(connection) = EventSource::new(&path) else { return };
        let this = Rc::downgrade(self);
        let call = move |what: fn(&Rc<Self>)| {
            let this = this.clone();
            move || {
                if let Some(inner) = this.upgrade() {
                    what(&inner);
                }
            }
        };
        let this = Rc::downgrade(self);
        let message = Closure::new(move |message: MessageEvent| {
            if let Some(inner) = this.upgrade() {
                inner.message(&message);
            }
        });
        let open = Closure::new(call(Self::opened));
        let error = Closure::new(call(Self::failed));
        connection.set_onmessage(Some(message.as_ref().unchecked_ref()));
        connection.set_onopen(Some(open.as_ref().unchecked_ref()));
        connection.set_onerror(Some(error.as_ref().unchecked_ref()));
        let source = Source { connection, _message: message, _open: open, _error: error };
        self.parts.borrow_mut().source = Some(source);
        self.listen();
    }

    /// Waits for the next sign of life.
    fn listen(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let silence = Timeout::new(SILENCE_MS, move || this.connect());
        self.parts.borrow_mut().silence = Some(silence);
    }

    fn close(&self) {
        let mut parts = self.parts.borrow_mut();
        parts.closed = true;
        parts.batch = None;
        parts.reopen = None;
        parts.silence = None;
        // A function that is running must not be dropped: the browser is still inside it.
        if let Some(source) = parts.source.take() {
            source.connection.close();
            Timeout::new(0, move || drop(source)).forget();
        }
    }

    /// At the first time, what the server says is told at once, and tells this too.
    fn opened(self: &Rc<Self>) {
        if self.parts.borrow().heard_anything {
            (self.tell)(Signal::Connected);
        }
    }

    fn message(self: &Rc<Self>, message: &MessageEvent) {
        let Some(event) = message.data().as_string().and_then(|data| json::read(&data)) else {
            return;
        };
        let number = message.last_event_id().parse().unwrap_or(u64::MAX);
        let last = Event::is_last(&event);
        self.listen();
        if last {
            // Before the server ends the stream, which is no failure now.
            self.close();
        }
        let mut parts = self.parts.borrow_mut();
        parts.heard_anything = true;
        parts.waiting.push((number, event));
        if last || parts.batch.is_none() {
            let this = Rc::clone(self);
            // Even the last is judged and drawn after a breath: a long report was read just now.
            let pause = if last { 0 } else { BATCH_MS };
            parts.batch = Some(Timeout::new(pause, move || this.hand_on()));
        }
    }

    fn hand_on(&self) {
        let events = {
            let mut parts = self.parts.borrow_mut();
            if let Some(timer) = parts.batch.take() {
                timer.cancel();
            }
            std::mem::take(&mut parts.waiting)
        };
        if !events.is_empty() {
            (self.tell)(Signal::Events(now(), events));
        }
    }

    /// The browser cannot say why a stream failed, so the server is asked whether it still knows
    /// the check, unless the browser is about to connect again to a stream that has worked.
    fn failed(self: &Rc<Self>) {
        self.hand_on();
        let (given_up, heard_anything) = {
            let parts = self.parts.borrow();
            let given_up = parts
                .source
                .as_ref()
                .is_none_or(|source| source.connection.ready_state() == EventSource::CLOSED);
            (given_up, parts.heard_anything)
        };
        if given_up || !heard_anything {
            let this = Rc::clone(self);
            spawn_local(async move {
                let answer = net::knows(this.id).await;
                this.answered(answer, given_up);
            });
        } else {
            (self.tell)(Signal::Lost);
        }
    }

    fn answered(self: &Rc<Self>, answer: Result<(), Failure>, given_up: bool) {
        if self.parts.borrow().closed {
            return;
        }
        if matches!(answer, Err(Failure::Refused { code: ProblemCode::UnknownCheck, .. })) {
            self.close();
            (self.tell)(Signal::Gone);
            return;
        }
        (self.tell)(Signal::Lost);
        if given_up {
            let this = Rc::clone(self);
            let timer = Timeout::new(REOPEN_MS, move || this.connect());
            self.parts.borrow_mut().reopen = Some(timer);
        }
    }
}

/// Milliseconds since 1970 by the visitor's clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole")]
fn now() -> u64 {
    js_sys::Date::now() as u64
}
