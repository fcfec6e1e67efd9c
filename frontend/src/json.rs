//! Reads JSON, and writes it by the browser's own means, which cost nothing to load. It does not know what is
//! read or written.

use js_sys::{Array, JSON, Object, Reflect};
use klinke_shared::{Read, Tree};
use wasm_bindgen::JsValue;

/// A message of the contract; nothing where it is not JSON, or of another form.
#[must_use]
pub fn read<T: Read>(json: &str) -> Option<T> {
    T::read(Tree::parse(json)?).ok()
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
