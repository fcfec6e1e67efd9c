//! `GET /api/checks/{id}`: the report as JSON, as text for a ticket, or as a table; and a reminder to check once
//! more.

use super::app::App;
use super::assets::NEVER;
use super::checks::language_asked;
use super::connection::origin_of;
use super::problem::HttpProblem;
use super::words;
use crate::checks::Check;
use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION, VARY};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::api::ProblemCode;
use klinke_shared::{Language, Report, render};
use serde::Deserialize;
use std::sync::Arc;

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Text,
    Csv,
    Calendar,
}

/// What a link may ask for; without it, the headers decide.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    format: Option<String>,
    lang: Option<String>,
}

/// The report in the form that is asked for. A link with `format` offers it as a file.
pub(super) async fn report(
    request: HttpRequest,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let asked = Query::<Asked>::from_query(request.query_string()).map_err(|error| {
        HttpProblem::new(ProblemCode::InvalidBody, words::language_of(&request)).because(error)
    })?;
    let language = language_asked(asked.lang.as_deref(), words::language_of(&request))?;
    let check = known(&app, &id, language)?;
    let form = match &asked.format {
        Some(name) => form_named(name),
        None => form_accepted(&request),
    };
    let form = form.ok_or_else(|| {
        HttpProblem::new(ProblemCode::NotAcceptable, language).because(
            "accepted are application/json, text/plain, text/csv and text/calendar, or ?format=json, text, csv or ics",
        )
    })?;
    let report = finished(&check, language)?;
    let texts = words::texts(language);
    let (media_type, ending, content) = match form {
        Form::Json => ("application/json", "json", render::json(&report, texts).to_string()),
        Form::Text => ("text/plain; charset=utf-8", "txt", render::text(&report, texts)),
        Form::Csv => ("text/csv; charset=utf-8", "csv", render::csv(&report, texts)),
        Form::Calendar => {
            // The name of a check is the key to its report, and is not for calendars.
            let mark = format!("{}-{}", report.started_ms, report.finished_ms);
            let entry = render::calendar(&report, &mark, &origin_of(&request, &app), texts);
            ("text/calendar; charset=utf-8", "ics", entry)
        }
    };
    let mut response = HttpResponse::Ok();
    response.content_type(media_type);
    response.insert_header((CACHE_CONTROL, NEVER));
    response.insert_header((VARY, "accept, accept-language"));
    if asked.format.is_some() {
        response.insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"klinke.{ending}\""),
        ));
    }
    Ok(response.body(content))
}

/// The check of that name.
pub(super) fn known(app: &App, id: &str, language: Language) -> Result<Arc<Check>, HttpProblem> {
    let check = id.parse().ok().and_then(|id| app.desk.find(id));
    check.ok_or(HttpProblem::new(ProblemCode::UnknownCheck, language))
}

/// The report of a check that has one. One that a shutdown ended has none and will have none.
pub(super) fn finished(check: &Check, language: Language) -> Result<Report, HttpProblem> {
    let code = if check.is_over() { ProblemCode::UnknownCheck } else { ProblemCode::StillRunning };
    check.report().ok_or(HttpProblem::new(code, language))
}

fn form_named(name: &str) -> Option<Form> {
    match name {
        "json" => Some(Form::Json),
        "text" => Some(Form::Text),
        "csv" => Some(Form::Csv),
        "ics" => Some(Form::Calendar),
        _ => None,
    }
}

/// The first form that the header names; weights are not needed among so few.
fn form_accepted(request: &HttpRequest) -> Option<Form> {
    let header =
        request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    header.split(',').find_map(|range| match range.split(';').next().unwrap_or_default().trim() {
        "application/json" | "application/*" | "*/*" | "" => Some(Form::Json),
        "text/plain" | "text/*" => Some(Form::Text),
        "text/csv" => Some(Form::Csv),
        "text/calendar" => Some(Form::Calendar),
        _ => None,
    })
}
