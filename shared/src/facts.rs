//! The facts of services as they travel to the page, which has no catalogue of its own: those that were
//! built in and those of an operator. Whether they keep the rules was decided before.

use crate::tree::{Fields, Read, Tree, Unreadable};
use crate::{Note, Service, Severity};

/// A program learns its catalogue once and keeps it as long as it runs, so its facts live as long as
/// those that are compiled in.
fn kept<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn kept_text(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn list<T: Read>(fields: &mut Fields, name: &'static str) -> Result<&'static [T], Unreadable> {
    fields.take_or_default(name).map(kept)
}

impl Read for Service {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        let products: Vec<String> = fields.take_or_default("products")?;
        Ok(Self {
            name: kept_text(fields.take("name")?),
            severity: fields.take("severity")?,
            family: fields.take("family")?,
            rank: 0,
            quick: fields.take_or_default("quick")?,
            used_by: list(&mut fields, "used_by")?,
            tips: list(&mut fields, "tips")?,
            tcp: list(&mut fields, "tcp")?,
            udp: list(&mut fields, "udp")?,
            also_tcp: list(&mut fields, "also_tcp")?,
            also_udp: list(&mut fields, "also_udp")?,
            protocols: list(&mut fields, "protocols")?,
            tls: list(&mut fields, "tls")?,
            products: kept(products.into_iter().map(kept_text).collect()),
            when: list(&mut fields, "when")?,
        })
    }
}

/// A fact and the severity that it gives.
impl Read for (Note, Severity) {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        Ok((fields.take("note")?, fields.take("severity")?))
    }
}
