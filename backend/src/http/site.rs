//! `GET /api/site` and the description of the API.

use super::app::App;
use super::assets::ASK_FIRST;
use crate::visitor::Reach;
use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, http::header::CACHE_CONTROL};
use klinke_shared::api::{ProfileInfo, Site};
use klinke_shared::{Language, Plan, Profile};
use std::sync::LazyLock;

/// The plans stay the same, and a page waits for this answer before it comes to life: to make the longest plan
/// anew each time would take milliseconds.
static PROFILES: LazyLock<Vec<ProfileInfo>> = LazyLock::new(|| {
    let info = |profile| ProfileInfo { profile, ports: Plan::of_profile(profile).ports().len() };
    Profile::ALL.map(info).to_vec()
});

/// Who runs this server and what it offers.
pub(super) async fn site(app: Data<App>) -> impl Responder {
    let site = Site {
        operator: app.operator.clone(),
        languages: Language::ALL.to_vec(),
        profiles: PROFILES.clone(),
        local_mode: app.borders.reach == Reach::Local,
        kept_seconds: app.desk.limits().kept_for.as_secs(),
        hosts: app.hosts.clone(),
        stun: app.stun,
    };
    HttpResponse::Ok().insert_header((CACHE_CONTROL, ASK_FIRST)).json(site)
}

/// The API in the words of OpenAPI 3.1.
pub(super) async fn openapi() -> impl Responder {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, ASK_FIRST))
        .body(include_str!("openapi.json"))
}
