//! Errors as problem details (RFC 9457): the one place where an error becomes a response.

use super::assets::NEVER;
use super::words;
use crate::checks::Admission;
use crate::visitor::{AddressKind, Refusal, TicketError};
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use klinke_shared::Language;
use klinke_shared::api::{Problem, ProblemCode};
use std::fmt;
use std::sync::Once;
use std::time::Duration;

/// An error on its way to the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HttpProblem {
    pub(super) code: ProblemCode,
    pub(super) language: Language,
    pub(super) detail: Option<String>,
    pub(super) retry_after: Option<Duration>,
    allow: Option<&'static str>,
}

impl HttpProblem {
    pub(super) const fn new(code: ProblemCode, language: Language) -> Self {
        Self { code, language, detail: None, retry_after: None, allow: None }
    }

    pub(super) fn because(self, detail: impl fmt::Display) -> Self {
        Self { detail: Some(detail.to_string()), ..self }
    }

    pub(super) fn of_refusal(refusal: &Refusal, language: Language) -> Self {
        warn_of_mistake(refusal);
        Self::new(code_of(refusal), language).because(refusal)
    }

    /// The problem behind an answer of the desk that is no admission.
    pub(super) fn of_admission(admission: &Admission, language: Language) -> Self {
        let (code, retry_after) = match admission {
            Admission::AlreadyRunning { retry_after } => {
                (ProblemCode::AlreadyRunning, Some(*retry_after))
            }
            Admission::CoolDown { retry_after } => (ProblemCode::CoolDown, Some(*retry_after)),
            Admission::NetworkBusy { retry_after } => {
                (ProblemCode::NetworkBusy, Some(*retry_after))
            }
            Admission::Full { retry_after } => (ProblemCode::ServerFull, Some(*retry_after)),
            Admission::Closing => (ProblemCode::ShuttingDown, Some(RESTART)),
            Admission::Admitted(_) => (ProblemCode::Internal, None),
        };
        Self { retry_after, ..Self::new(code, language) }
    }

    /// The same as a line of text, for terminals.
    pub(super) fn as_text(&self) -> String {
        let sentence = self.code.sentence(words::texts(self.language));
        match &self.detail {
            Some(detail) => format!("{sentence} ({}: {detail})\n", self.code.as_str()),
            None => format!("{sentence} ({})\n", self.code.as_str()),
        }
    }
}

/// How long a restart of the server takes at most.
const RESTART: Duration = Duration::from_secs(30);

/// A server on the internet that sees its visitors at addresses inside stands behind something that
/// hides them, or they are in its own network; a name that it does not know was forgotten in the settings,
/// or is a foreign one. Each is said once: it is the same for every visitor.
pub(super) fn warn_of_mistake(refusal: &Refusal) {
    static INSIDE: Once = Once::new();
    static NAME: Once = Once::new();
    static SILENT: Once = Once::new();
    static SERVER: Once = Once::new();
    match refusal {
        Refusal::ProxySilent => SILENT.call_once(|| {
            tracing::warn!(
                "a proxy of `proxies.trusted` does not say for whom it asks. Let it set the header of \
                 `proxies.headers` that names the visitor; until then nobody behind it is checked"
            );
        }),
        Refusal::Server(_) => SERVER.call_once(|| {
            tracing::warn!(
                "a visitor came from an address of this very machine, and was not checked. If a proxy runs on \
                 it, name its address in `proxies.trusted`"
            );
        }),
        Refusal::Inside(_) => INSIDE.call_once(|| {
            tracing::warn!(
                "a visitor came from an address inside a network. If visitors from the internet do, something \
                 before this server hides their addresses, and it can check nobody: let it be reached directly, or \
                 name your proxy in `proxies.trusted`"
            );
        }),
        Refusal::OtherName => NAME.call_once(|| {
            tracing::warn!(
                "a visitor opened the page under a name that is not in the setting `names`, and was not checked. \
                 If the name is yours, add it"
            );
        }),
        _ => {}
    }
}

/// The code for a refusal.
pub(super) const fn code_of(refusal: &Refusal) -> ProblemCode {
    match refusal {
        Refusal::Kind { kind: AddressKind::SharedByProvider, .. } => ProblemCode::AddressShared,
        Refusal::Kind { kind: AddressKind::Embedded, .. } => ProblemCode::AddressEmbedded,
        Refusal::Kind { .. } | Refusal::NotLocal(_) => ProblemCode::AddressRefused,
        Refusal::Inside(_) | Refusal::ProxySilent => ProblemCode::AddressInside,
        Refusal::Server(_) => ProblemCode::AddressOfServer,
        Refusal::Borrowed { .. } => ProblemCode::AddressBorrowed,
        Refusal::Outside(_) => ProblemCode::AddressOutside,
        Refusal::LeftAlone(_) => ProblemCode::AddressLeftAlone,
        Refusal::PassedOn => ProblemCode::BehindProxy,
        Refusal::OtherName => ProblemCode::OtherName,
        Refusal::Ticket(TicketError::Invalid) => ProblemCode::TicketInvalid,
        Refusal::Ticket(TicketError::Used) => ProblemCode::TicketUsed,
        Refusal::Ticket(TicketError::Expired) => ProblemCode::TicketExpired,
        Refusal::Ticket(TicketError::Foreign) => ProblemCode::TicketForeign,
    }
}

impl fmt::Display for HttpProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl ResponseError for HttpProblem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let retry_after = self.retry_after.map(|wait| wait.as_secs());
        let problem = Problem {
            kind: format!("urn:klinke:problem:{}", self.code.as_str()),
            status: self.code.status(),
            code: self.code,
            title: self.code.sentence(words::texts(self.language)).to_owned(),
            detail: self.detail.clone(),
            retry_after,
        };
        let mut response = HttpResponse::build(self.status_code());
        response.content_type("application/problem+json");
        response.insert_header((CACHE_CONTROL, NEVER));
        response.insert_header((header::CONTENT_LANGUAGE, self.language.code()));
        if let Some(methods) = self.allow {
            response.insert_header((header::ALLOW, methods));
        }
        if let Some(seconds) = retry_after {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.body(serde_json::to_string(&problem).unwrap_or_default())
    }
}

/// For a path of the API that does not exist.
pub(super) async fn not_found(request: HttpRequest) -> HttpProblem {
    HttpProblem::new(ProblemCode::NotFound, words::language_of(&request))
}

/// For a path of the API that exists, but only for these methods (RFC 9110, 15.5.6).
pub(super) fn wrong_method(request: &HttpRequest, accepted: &'static str) -> HttpProblem {
    let detail = format!("{} is not accepted here; accepted are {accepted}", request.method());
    let problem = HttpProblem::new(ProblemCode::MethodNotAllowed, words::language_of(request));
    HttpProblem { allow: Some(accepted), ..problem.because(detail) }
}

impl actix_web::Responder for HttpProblem {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.error_response()
    }
}
