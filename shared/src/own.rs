//! An operator's own services, as they travel to the page: the facts of their files as JSON. Which
//! files those are, and whether they keep the rules, is decided before.

use crate::tree::{Fields, Read, Tree, Unreadable};
use crate::{Note, Service, Severity};

/// The facts of one own service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnService(pub(crate) Service);

/// A program reads its operator's services once, and keeps them as long as it runs: so they may live
/// as long as those that were compiled in.
fn kept<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn kept_text(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

impl Read for OwnService {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        let mut ports: Fields = fields.take("ports")?;
        let mut recognise: Fields = fields.take("recognise")?;
        let products: Vec<String> = recognise.take("products")?;
        Ok(Self(Service {
            name: kept_text(fields.take("name")?),
            severity: fields.take("severity")?,
            family: fields.take("family")?,
            rank: fields.take("rank")?,
            quick: fields.take("quick")?,
            used_by: kept(fields.take("used_by")?),
            tips: kept(fields.take("tips")?),
            tcp: kept(ports.take("tcp")?),
            udp: kept(ports.take("udp")?),
            also_tcp: kept(ports.take("also_tcp")?),
            also_udp: kept(ports.take("also_udp")?),
            protocols: kept(recognise.take("protocols")?),
            tls: kept(recognise.take("tls")?),
            products: kept(products.into_iter().map(kept_text).collect()),
            when: kept(notes(fields.take("when")?)?),
        }))
    }
}

fn notes(fields: Fields) -> Result<Vec<(Note, Severity)>, Unreadable> {
    let pair = |(name, severity)| Ok((Note::read(Tree::Text(name))?, Severity::read(severity)?));
    fields.into_iter().map(pair).collect()
}
