//! Which services a list shows, as a visitor asks for it.

use crate::{Service, ServiceId, Severity, Texts, UsedBy, alphabetical, services};

/// What a visitor wishes to see of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceFilter {
    /// A part of a name or of what it is for, or a port's number; empty for all.
    pub words: String,
    /// Only those of this severity.
    pub severity: Option<Severity>,
    /// Only those that are used by these people.
    pub used_by: Option<UsedBy>,
}

impl ServiceFilter {
    /// The services that are wished for, in the order of the alphabet of their names.
    #[must_use]
    pub fn chosen(&self, texts: &Texts) -> Vec<ServiceId> {
        let words = self.words.trim().to_lowercase();
        let number: Option<u16> = words.parse().ok();
        let mut chosen: Vec<(String, ServiceId)> = services()
            .filter(|(_, service)| self.severity.is_none_or(|wanted| service.severity == wanted))
            .filter(|(_, service)| self.used_by.is_none_or(|user| service.used_by.contains(&user)))
            .map(|(id, _)| (alphabetical(&texts.service(Some(id)).name), id))
            .filter(|(_, id)| {
                let name = texts.service(Some(*id)).name.to_lowercase();
                let at_number = number.is_some_and(|number| is_at(id.service(), number));
                let purpose = || texts.service(Some(*id)).purpose.to_lowercase();
                let words = words.as_str();
                at_number
                    || name.contains(words)
                    || number.is_none()
                        && (id.service().name().contains(words) || purpose().contains(words))
            })
            .collect();
        chosen.sort_unstable();
        chosen.into_iter().map(|(_, id)| id).collect()
    }
}

fn is_at(service: &Service, number: u16) -> bool {
    service.ports().chain(service.further_ports()).any(|port| port.number.get() == number)
}
