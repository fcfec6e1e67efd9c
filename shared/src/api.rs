//! The messages of the HTTP contract, the same for the server and the page. Knows no HTTP library.

use crate::{
    CheckId, Gap, IpFamily, Language, Line, OfficeAnswer, Port, Profile, Scope, Texts, UdpPath,
};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The largest body of a request that is read, in bytes. Everything in the contract is far below.
pub const LARGEST_BODY: usize = 16 * 1024;

/// The most ports that a recheck asks: more than the doors of any one service, and so few that it is over
/// in seconds.
pub const MOST_ASKED_AGAIN: usize = 16;

/// `GET /api/site`: who runs this server and what it offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Site {
    /// The operator.
    pub operator: Operator,
    /// The languages, by code.
    pub languages: Vec<Language>,
    /// What can be asked for.
    pub profiles: Vec<ProfileInfo>,
    /// Whether this server checks visitors from loopback and private addresses.
    pub local_mode: bool,
    /// How long a report is kept after its check, in seconds.
    pub kept_seconds: u64,
    /// Where this server is reached over each family.
    pub hosts: Hosts,
    /// The UDP port at which it answers STUN (RFC 8489); nothing where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stun: Option<u16>,
}

/// The hosts by which a page sees the visitor's address of each family: a name that has addresses of
/// that family only, with a port if it is not the page's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hosts {
    /// For IPv4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv4: Option<String>,
    /// For IPv6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<String>,
}

impl Hosts {
    /// The host of a family.
    #[must_use]
    pub fn of(&self, family: IpFamily) -> Option<&str> {
        match family {
            IpFamily::V4 => self.ipv4.as_deref(),
            IpFamily::V6 => self.ipv6.as_deref(),
        }
    }

    /// The names of all hosts, without their ports.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let hosts = [&self.ipv4, &self.ipv6].into_iter().flatten();
        hosts.map(|host| host.split_once(':').map_or(host.as_str(), |(name, _)| name))
    }
}

/// The operator, as the page shows them. Empty where nothing is configured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Operator {
    /// The name.
    pub name: String,
    /// A telephone number, as people write it.
    pub phone: String,
    /// An e-mail address.
    pub email: String,
    /// The address of a page.
    pub website: String,
    /// The address of the imprint.
    pub imprint: String,
    /// The address of the privacy notice.
    pub privacy: String,
    /// The address of the logo, on this server.
    pub logo: String,
    /// A sentence for the start page, in German.
    pub sentence_de: String,
    /// The same in English.
    pub sentence_en: String,
}

impl Operator {
    /// The sentence for the start page.
    #[must_use]
    pub fn sentence(&self, language: Language) -> &str {
        match language {
            Language::German => &self.sentence_de,
            Language::English => &self.sentence_en,
        }
    }

    /// The telephone number as a link needs it (RFC 3966, 3): its digits and its plus sign, without the
    /// nought in brackets that is not dialled from abroad.
    #[must_use]
    pub fn phone_number(&self) -> String {
        // Not by looking for “(0)”: searching for more than one sign is a kilobyte of the page.
        let parts = self.phone.split('(').map(|part| part.strip_prefix("0)").unwrap_or(part));
        let signs = parts.flat_map(str::chars);
        signs.filter(|sign| sign.is_ascii_digit() || *sign == '+').collect()
    }

    /// The address of the page as people say it.
    #[must_use]
    pub fn website_name(&self) -> &str {
        let website = &self.website;
        let bare = website.strip_prefix("https://").or_else(|| website.strip_prefix("http://"));
        bare.unwrap_or(website).trim_end_matches('/')
    }
}

/// A profile and its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProfileInfo {
    /// Which.
    pub profile: Profile,
    /// How many ports it asks at each address.
    pub ports: usize,
}

/// `GET /api/visitor`: the address that this request comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visitor {
    /// The address.
    pub address: IpAddr,
    /// Where it lies.
    pub scope: Scope,
    /// The proof of that address, for `POST /api/checks`; nothing when it cannot be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// How long the ticket is good for, in seconds.
    pub ticket_seconds: u64,
    /// Why this address cannot be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<ProblemCode>,
    /// What the server knows of the line.
    pub line: Line,
}

/// `POST /api/checks`: the wish to be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// The ticket for the address of this request; then, if there is one, its companion for the address
    /// of the other family.
    pub tickets: Vec<String>,
    /// The visitor's consent; nothing happens without it.
    #[serde(default)]
    pub consent: bool,
    /// How much to ask, by name.
    #[serde(default)]
    pub profile: Option<String>,
    /// The language for sentences of this answer, by code.
    #[serde(default)]
    pub lang: Option<String>,
    /// From where UDP comes, as the browser found.
    #[serde(default)]
    pub udp: UdpPath,
    /// Whether the visitor says that this is the office's line.
    #[serde(default)]
    pub office: OfficeAnswer,
    /// Why there is no companion.
    #[serde(default)]
    pub gap: Option<Gap>,
}

/// `POST /api/checks/{id}/recheck`: the wish to have some doors of a finished report asked again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecheckRequest {
    /// As for a check. The first one's address has to be in the report; the other one is asked if it is.
    pub tickets: Vec<String>,
    /// The visitor's consent; nothing happens without it.
    #[serde(default)]
    pub consent: bool,
    /// Which ports: 1 to [`MOST_ASKED_AGAIN`] of those that the report had planned.
    pub ports: Vec<Port>,
    /// The language for sentences of this answer, by code.
    #[serde(default)]
    pub lang: Option<String>,
}

/// The answer to `POST /api/checks` and to a recheck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckCreated {
    /// The check's name, which is the key to its report.
    pub id: CheckId,
    /// Where its events are.
    pub events: String,
    /// Where its report will be.
    pub report: String,
    /// How long the report is kept after the check, in seconds.
    pub kept_seconds: u64,
}

/// An error as RFC 9457 problem details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `about:blank`'s better sister: an address made of the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code, for programs.
    pub code: ProblemCode,
    /// A sentence in the visitor's language.
    pub title: String,
    /// What exactly was wrong and what is accepted, for developers; in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When to try again, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:literal, $phrase:ident;)+) => {
        /// The stable codes of errors, their HTTP status and their sentence: the one table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $($(#[$doc])* $variant,)+ }

        names! {
            /// The code as it stands in JSON.
            ProblemCode::as_str { $($variant = $code),+ }
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// The sentence for the visitor.
            #[must_use]
            pub fn sentence(self, texts: &Texts) -> &str {
                match self { $(Self::$variant => texts.$phrase()),+ }
            }
        }
    };
}

problem_codes! {
    /// The body is not the JSON object that the contract describes.
    InvalidBody = "invalid-body", 400, problem_invalid_body;
    /// The body is larger than [`LARGEST_BODY`].
    BodyTooLarge = "body-too-large", 413, problem_body_too_large;
    /// The body is of another media type.
    WrongMediaType = "wrong-media-type", 415, problem_wrong_media_type;
    /// The visitor did not consent.
    ConsentMissing = "consent-missing", 422, problem_consent_missing;
    /// No profile of that name.
    UnknownProfile = "unknown-profile", 422, problem_unknown_profile;
    /// No language of that code.
    UnknownLanguage = "unknown-language", 422, problem_unknown_language;
    /// None, too many, or not of those that the report had planned.
    PortsRefused = "ports-refused", 422, problem_ports_refused;
    /// No ticket came with the request.
    TicketMissing = "ticket-missing", 422, problem_ticket_missing;
    /// The ticket is not one of this server's.
    TicketInvalid = "ticket-invalid", 403, problem_ticket_invalid;
    /// The ticket's time is over.
    TicketExpired = "ticket-expired", 403, problem_ticket_expired;
    /// A check began with the ticket already.
    TicketUsed = "ticket-used", 403, problem_ticket_used;
    /// The ticket is for another address than the request's.
    TicketForeign = "ticket-foreign", 403, problem_ticket_foreign;
    /// The address is none that this server may check.
    AddressRefused = "address-refused", 403, problem_address_refused;
    /// The address is one inside a network, at a server on the internet: its operator made a mistake.
    AddressInside = "address-inside", 403, problem_address_inside;
    /// The address is a public one, at a server that checks its own network only.
    AddressOutside = "address-outside", 403, problem_address_outside;
    /// The address is shared by a provider's customers (RFC 6598).
    AddressShared = "address-shared", 403, problem_address_shared;
    /// The address is one wrapped in another: NAT64, 6to4, Teredo.
    AddressEmbedded = "address-embedded", 403, problem_address_embedded;
    /// The address is in a network that this server leaves alone.
    AddressLeftAlone = "address-left-alone", 403, problem_address_left_alone;
    /// The address is one of the server's own.
    AddressOfServer = "address-of-server", 403, problem_address_of_server;
    /// The address belongs to a service that hides its users: a VPN, a relay, Tor.
    AddressBorrowed = "address-borrowed", 403, problem_address_borrowed;
    /// The request came through a proxy, so its address is not the visitor's.
    BehindProxy = "behind-proxy", 403, problem_behind_proxy;
    /// The page was opened under a name that is not this server's (RFC 9110, 15.5.20).
    OtherName = "other-name", 421, problem_other_name;
    /// The report is of another address than the request's.
    OtherLine = "other-line", 403, problem_other_line;
    /// A page of another origin sent the request.
    ForeignPage = "foreign-page", 403, problem_foreign_page;
    /// This line is being checked already.
    AlreadyRunning = "already-running", 429, problem_already_running;
    /// This line was checked a moment ago.
    CoolDown = "cool-down", 429, problem_cool_down;
    /// As many checks run or wait as this server allows for neighbours of this line.
    NetworkBusy = "network-busy", 429, problem_network_busy;
    /// As many checks wait as this server allows.
    ServerFull = "server-full", 503, problem_server_full;
    /// The server is being shut down.
    ShuttingDown = "shutting-down", 503, problem_shutting_down;
    /// No such check, or its report has expired.
    UnknownCheck = "unknown-check", 404, problem_unknown_check;
    /// The check is still running, so there is no report yet.
    StillRunning = "still-running", 409, problem_still_running;
    /// No such address.
    NotFound = "not-found", 404, problem_not_found;
    /// The address exists, but not for this method.
    MethodNotAllowed = "method-not-allowed", 405, problem_method_not_allowed;
    /// None of the accepted media types can be given.
    NotAcceptable = "not-acceptable", 406, problem_not_acceptable;
    /// A fault of the server.
    Internal = "internal", 500, problem_internal;
}

#[cfg(test)]
mod tests {
    use super::Operator;

    #[test]
    fn a_telephone_number_is_its_digits_without_a_nought_in_brackets() {
        for (phone, number) in [
            ("030 1234567", "0301234567"),
            ("+49 (0)30 / 123-45", "+493012345"),
            ("(030) 12 34 (0)5", "03012345"),
            ("", ""),
        ] {
            let operator = Operator { phone: phone.to_owned(), ..Operator::default() };
            assert_eq!(operator.phone_number(), number);
        }
    }
}
