//! Reads and writes JSON by the browser's own means, which cost nothing to load. It does not know what
//! is read or written.

use js_sys::{Array, JSON, Object, Reflect};
use klinke_shared::{Read, Tree};
use wasm_bindgen::{JsCast, JsValue};

/// The largest whole number up to which none is left out (ECMA-262, `Number.MAX_SAFE_INTEGER`).
const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

/// A message of the contract; nothing where it is not JSON, or of another form.
#[must_use]
pub fn read<T: Read>(json: &str) -> Option<T> {
    T::read(tree(json)?).ok()
}

/// JSON as a tree; nothing where it is none.
#[must_use]
pub fn tree(json: &str) -> Option<Tree> {
    JSON::parse(json).ok().map(|value| of(&value))
}

fn of(value: &JsValue) -> Tree {
    if let Some(text) = value.as_string() {
        Tree::Text(text)
    } else if let Some(number) = value.as_f64() {
        whole(number).map_or(Tree::Other, Tree::Number)
    } else if let Some(list) = value.dyn_ref::<Array>() {
        Tree::List(list.iter().map(|item| of(&item)).collect())
    } else if let Some(record) = value.dyn_ref::<Object>() {
        Tree::record(Object::entries(record).iter().map(|entry| field(&entry.into())).collect())
    } else {
        value.as_bool().map_or(Tree::Nothing, Tree::Truth)
    }
}

fn field(entry: &Array) -> (String, Tree) {
    (entry.get(0).as_string().unwrap_or_default(), of(&entry.get(1)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is whole, not negative, and small enough"
)]
fn whole(number: f64) -> Option<u64> {
    let is_whole = (0.0..=LARGEST_WHOLE).contains(&number) && number.fract() == 0.0;
    is_whole.then_some(number as u64)
}

/// A record of these fields.
#[must_use]
pub fn record<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let record = Object::new();
    for (name, value) in fields {
        // A fresh record takes every field.
        let _ = Reflect::set(&record, &JsValue::from_str(name), &value);
    }
    record.into()
}

/// A list of texts.
#[must_use]
pub fn list(texts: &[String]) -> JsValue {
    texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
}

/// A value as JSON; a field that is undefined is left out.
#[must_use]
pub fn written(value: &JsValue) -> JsValue {
    JSON::stringify(value).map_or(JsValue::NULL, JsValue::from)
}
