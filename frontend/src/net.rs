//! Requests to the own server, and nothing else. Knows the contract, not what the page does with
//! the answers; streams are in [`crate::stream`].

use crate::json;
use crate::state::Failure;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use klinke_shared::api::{
    CheckCreated, CheckRequest, Problem, ProblemCode, RecheckRequest, Site, Visitor,
};
use klinke_shared::{CheckId, Gap, Language, Port, Read, ServiceId, ServiceTexts, Texts, Tree};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

/// The host of the other family has this long to answer: two round trips to the other side of the earth,
/// and a first packet that is lost and sent again after a second (RFC 6298, 2.1).
const OTHER_FAMILY_MS: u32 = 2_500;

/// `GET /api/site`.
///
/// # Errors
/// When the server does not answer as the contract says.
pub async fn site() -> Result<Site, Failure> {
    read(&answer("/api/site", &RequestInit::new()).await?)
}

/// `GET /api/visitor`.
///
/// # Errors
/// When the server does not answer as the contract says.
pub async fn visitor() -> Result<Visitor, Failure> {
    read(&answer("/api/visitor", &RequestInit::new()).await?)
}

/// `GET /api/visitor?with=…` at the host of the other family: its address, with a proof that belongs to
/// the ticket of the first.
///
/// # Errors
/// The gap that remains, when there is no answer or none in time.
pub async fn companion(host: &str, ticket: &str) -> Result<Visitor, Gap> {
    let window = web_sys::window().ok_or(Gap::Unreachable)?;
    let scheme = window.location().protocol().unwrap_or_default();
    let path = format!("{scheme}//{host}/api/visitor?with={ticket}");
    let request = RequestInit::new();
    let patience = AbortController::new().map_err(|_| Gap::Unreachable)?;
    request.set_signal(Some(&patience.signal()));
    let signal = patience.signal();
    let timer = Timeout::new(OTHER_FAMILY_MS, move || patience.abort());
    let told = answer(&path, &request).await;
    timer.cancel();
    match told.and_then(|json| read(&json)) {
        Ok(visitor) => Ok(visitor),
        Err(Failure::Refused { .. }) => Err(Gap::Refused),
        Err(Failure::Unreachable) if signal.aborted() => Err(Gap::TimedOut),
        Err(Failure::Unreachable) => Err(Gap::Unreachable),
    }
}

/// The file with the words of a language that every visitor needs, and with the catalogue.
///
/// # Errors
/// When there is no file of this version of the page.
pub async fn common(language: Language) -> Result<String, Failure> {
    answer(&texts_path(&Texts::file(language)), &RequestInit::new()).await
}

/// The words of a language that every visitor needs.
///
/// # Errors
/// When there is no file of this version of the page.
pub async fn texts(language: Language) -> Result<Rc<Texts>, Failure> {
    let tree = Tree::parse(&common(language).await?).ok_or(Failure::Unreachable)?;
    Texts::from_tree(tree).map(Rc::new).map_err(|_| Failure::Unreachable)
}

/// The words for a service.
///
/// # Errors
/// When there is no file of this version of the page.
pub async fn service_texts(language: Language, id: ServiceId) -> Result<ServiceTexts, Failure> {
    let path = texts_path(&Texts::service_file(language, id));
    read(&answer(&path, &RequestInit::new()).await?)
}

/// The address of a file of texts. Where the operator has words of their own, the document names their
/// version.
fn texts_path(file: &str) -> String {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let version = root.and_then(|root| root.get_attribute("data-version")).unwrap_or_default();
    format!("/texts/{file}{version}")
}

/// `POST /api/checks`, with the visitor's consent.
///
/// # Errors
/// When the server does not begin a check.
pub async fn begin(wish: &CheckRequest) -> Result<CheckCreated, Failure> {
    let CheckRequest { tickets, consent, profile, lang, udp, office, gap } = wish;
    let body = json::record([
        ("tickets", json::list(tickets)),
        ("consent", (*consent).into()),
        ("profile", profile.as_deref().into()),
        ("lang", lang.as_deref().into()),
        ("udp", udp.as_str().into()),
        ("office", office.as_str().into()),
        ("gap", gap.map(Gap::as_str).into()),
    ]);
    post("/api/checks", &body).await
}

/// `POST /api/checks/{id}/recheck`, with the visitor's consent.
///
/// # Errors
/// When the server does not begin a check.
pub async fn begin_again(id: CheckId, wish: &RecheckRequest) -> Result<CheckCreated, Failure> {
    let RecheckRequest { tickets, consent, ports, lang } = wish;
    let port = |port: &Port| {
        let number = f64::from(port.number.get());
        json::record([("transport", port.transport.as_str().into()), ("port", number.into())])
    };
    let body = json::record([
        ("tickets", json::list(tickets)),
        ("consent", (*consent).into()),
        ("ports", ports.iter().map(port).collect::<Array>().into()),
        ("lang", lang.as_deref().into()),
    ]);
    post(&format!("{}/recheck", check_path(id)), &body).await
}

async fn post(path: &str, body: &JsValue) -> Result<CheckCreated, Failure> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&json::written(body));
    request.set_headers(&json::record([("content-type", "application/json".into())]));
    read(&answer(path, &request).await?)
}

/// `DELETE /api/checks/{id}`. A check that the server does not know is forgotten already.
///
/// # Errors
/// When the server does not say that it forgot.
pub async fn forget(id: CheckId) -> Result<(), Failure> {
    let request = RequestInit::new();
    request.set_method("DELETE");
    match ask(&check_path(id), &request).await {
        Ok(_) | Err(Failure::Refused { code: ProblemCode::UnknownCheck, .. }) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Whether the server knows a check. A check that is still running is known.
///
/// # Errors
/// When it does not, or does not answer.
pub async fn knows(id: CheckId) -> Result<(), Failure> {
    match ask(&check_path(id), &RequestInit::new()).await {
        Ok(_) | Err(Failure::Refused { code: ProblemCode::StillRunning, .. }) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// The address of a check in the contract.
#[must_use]
pub fn check_path(id: CheckId) -> String {
    format!("/api/checks/{id}")
}

async fn ask(path: &str, request: &RequestInit) -> Result<Response, Failure> {
    let window = web_sys::window().ok_or(Failure::Unreachable)?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(path, request))
        .await
        .ok()
        .and_then(|answer| answer.dyn_into::<Response>().ok())
        .ok_or(Failure::Unreachable)?;
    if answer.ok() {
        return Ok(answer);
    }
    let problem: Problem = read(&text(&answer).await?)?;
    Err(Failure::from(problem))
}

async fn answer(path: &str, request: &RequestInit) -> Result<String, Failure> {
    text(&ask(path, request).await?).await
}

async fn text(answer: &Response) -> Result<String, Failure> {
    let promise = answer.text().map_err(|_| Failure::Unreachable)?;
    let text = JsFuture::from(promise).await.map_err(|_| Failure::Unreachable)?;
    text.as_string().ok_or(Failure::Unreachable)
}

fn read<T: Read>(json: &str) -> Result<T, Failure> {
    json::read(json).ok_or(Failure::Unreachable)
}
