//! Reads a report from a file that the visitor chose. The file stays on their device: it is read by the
//! page, and nobody is sent anything.

use crate::json;
use crate::state::Action;
use klinke_shared::Report;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, File, HtmlInputElement};
use yew::Callback;

/// No report is larger, in bytes: one of two addresses with every port open has a tenth of that.
const LARGEST: f64 = 50_000_000.0;

/// Reads the file that was chosen, and tells what it holds.
pub fn read(event: &Event, tell: Callback<Action>) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(file) = input.and_then(|input| input.files()?.get(0)) else { return };
    spawn_local(async move { tell.emit(Action::Earlier(report(&file).await.map(Rc::new))) });
}

async fn report(file: &File) -> Option<Report> {
    if file.size() > LARGEST {
        return None;
    }
    json::read(&JsFuture::from(file.text()).await.ok()?.as_string()?)
}
