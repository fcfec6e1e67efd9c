//! The SQL Server Browser (MC-SQLR): asks which instances one server has (2.2.2). Connects to none.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// `CLNT_UCAST_EX` (MC-SQLR, 2.2.2).
const UNICAST: u8 = 0x03;
/// `SVR_RESP` (MC-SQLR, 2.2.5).
const RESPONSE: u8 = 0x05;
/// The versions and how the product is called (“SQL Server: builds and versions”).
const YEARS: &[(&str, &str)] = &[
    ("8.", "2000"),
    ("9.", "2005"),
    ("10.50.", "2008 R2"),
    ("10.", "2008"),
    ("11.", "2012"),
    ("12.", "2014"),
    ("13.", "2016"),
    ("14.", "2017"),
    ("15.", "2019"),
    ("16.", "2022"),
];

/// Which instances there are.
pub(super) const INSTANCES: Question = Question {
    protocol: Protocol::MssqlBrowser,
    ports: &[1434],
    datagram: ask,
    read,
    from_any_port: false,
};

fn ask(_token: &Token) -> Vec<u8> {
    vec![UNICAST]
}

/// Names and values, each followed by a semicolon (MC-SQLR, 2.2.5).
fn read(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&[RESPONSE])?;
    (usize::from(bytes.u16_le()?) == bytes.len()).then_some(())?;
    bytes.0.starts_with(b"ServerName;").then_some(())?;
    let mut words = bytes.0.split(|byte| *byte == b';').map(String::from_utf8_lossy);
    let (mut server, mut instance, mut version) = Default::default();
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        match name.as_ref() {
            "ServerName" => server = value,
            "InstanceName" => instance = value,
            "Version" => version = value,
            // The end of the first instance; the second one is said no more of.
            "" => break,
            _ => {}
        }
    }
    let year = YEARS.iter().find(|(start, _)| version.starts_with(start));
    let product = year.map_or("Microsoft SQL Server".to_owned(), |(_, year)| {
        format!("Microsoft SQL Server {year}")
    });
    let place = [server, instance].join("\\");
    let recognition = Recognition::of(Protocol::MssqlBrowser).product(product);
    Some(recognition.version(version.as_bytes()).detail(place))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names};
    use super::*;

    /// MC-SQLR, 4.1, with a server of our own.
    const ANSWER: &[u8] = b"\x05\x5f\0ServerName;OFFICE;InstanceName;SQLEXPRESS;IsClustered;No;\
                            Version;15.0.2000.5;tcp;49712;;ServerName";

    fn answer() -> Vec<u8> {
        let mut answer = ANSWER.strip_suffix(b"ServerName").unwrap().to_vec();
        answer[1] = u8::try_from(answer.len() - 3).unwrap();
        answer
    }

    #[test]
    fn an_instance_is_said_with_product_and_version() {
        let recognition = heard(&INSTANCES, &answer(), answer().len(), false);
        let product = "Microsoft SQL Server 2019";
        assert_eq!(names(&recognition), [product, "15.0.2000.5", "OFFICE\\SQLEXPRESS"]);
        assert_eq!((INSTANCES.datagram)(&TOKEN), [3]);
    }

    #[test]
    fn years_follow_versions() {
        for (version, year) in
            [("10.50.6000.34", "2008 R2"), ("10.0.1600.22", "2008"), ("99.0", "")]
        {
            let found = YEARS.iter().find(|(start, _)| version.starts_with(start));
            assert_eq!(found.map_or("", |(_, year)| *year), year);
        }
    }
}
