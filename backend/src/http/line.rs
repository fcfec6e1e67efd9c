//! What the server knows of a visitor's line, before anything is knocked at.

use super::app::App;
use crate::visitor::{AddressKind, OwnAddress, unmapped};
use klinke_shared::Line;
use std::net::IpAddr;

/// What is known of these addresses of one line together.
pub(super) async fn of_all(app: &App, addresses: &[OwnAddress]) -> Line {
    let mut all = Line::default();
    for own in addresses {
        all = all.together(known(app, own.ip()).await);
    }
    all
}

/// Provider, name and lists of a public address; nothing of any other.
pub(super) async fn known(app: &App, address: IpAddr) -> Line {
    let address = unmapped(address);
    if AddressKind::of(address) != AddressKind::Public {
        return Line::default();
    }
    let lists = app.borders.lists.in_force();
    let name = match &app.line_names {
        Some(names) => names.name_of(address).await,
        None => None,
    };
    let provider = lists.provider(address).map(str::to_owned);
    Line::seen(address, provider, name, lists.networks(address))
}
