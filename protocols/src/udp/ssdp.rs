//! SSDP (`UPnP` Device Architecture 1.1, 1.3.2): asks for root devices only, so that each device
//! answers once and not for every service it has. Reads no description and controls nothing.

use super::{Question, Token, banner};
use klinke_shared::{Protocol, Recognition};

/// A search for root devices, with everything that version 1.0 demands of one (1.2.2).
const SEARCH: &[u8] = b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n\
    MAN: \"ssdp:discover\"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n";

/// Who is there.
pub(super) const ROOT_DEVICES: Question = Question {
    protocol: Protocol::Ssdp,
    ports: &[1900],
    datagram: ask,
    read,
    // Many devices answer from a socket of their own.
    from_any_port: true,
};

fn ask(_token: &Token) -> Vec<u8> {
    SEARCH.to_vec()
}

/// An answer is a head with the search's target and the device's unique name.
fn read(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let head = banner::whole_head(bytes)?;
    head.starts_with(b"HTTP/1.1 200").then_some(())?;
    let (target, name) = (banner::header(head, "ST")?, banner::header(head, "USN")?);
    target.eq_ignore_ascii_case(b"upnp:rootdevice").then_some(())?;
    name.starts_with(b"uuid:").then_some(())?;
    let recognition = Recognition::of(Protocol::Ssdp);
    Some(match banner::header(head, "SERVER") {
        Some(server) => device(recognition, server).detail(server),
        None => recognition,
    })
}

/// “OS/version UPnP/1.0 product/version”: what stands after `UPnP`'s version is the product. Where
/// it is not so, the whole is said as it is.
fn device(recognition: Recognition, server: &[u8]) -> Recognition {
    let place = server.windows(5).position(|five| five.eq_ignore_ascii_case(b"upnp/"));
    let rest = place.and_then(|place| server.get(place..)).unwrap_or_default();
    let end = rest.iter().position(|byte| b" ,".contains(byte)).unwrap_or(rest.len());
    let product = rest.get(end..).unwrap_or_default();
    let start = product.iter().position(|byte| !b" ,".contains(byte)).unwrap_or(product.len());
    let product = product.get(start..).unwrap_or_default();
    banner::name(recognition, product.strip_prefix(b"AVM ").unwrap_or(product))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_is_the_search_of_the_device_architecture() {
        let question = String::from_utf8((ROOT_DEVICES.datagram)(&TOKEN)).unwrap();
        let lines: Vec<_> = question.split("\r\n").collect();
        assert_eq!(lines[0], "M-SEARCH * HTTP/1.1");
        assert_eq!(lines[4..], ["ST: upnp:rootdevice", "", ""]);
    }

    #[test]
    fn miniupnpd_says_its_version() {
        // An answer's head is what counts: it ends with the last byte.
        let answer = seed("ssdp/udp-miniupnpd");
        let recognition = heard(&ROOT_DEVICES, &answer, answer.len(), false);
        let server = "Debian/6.18.44-fc-v669 UPnP/1.1 MiniUPnPd/2.3.1";
        assert_eq!(names(&recognition), ["MiniUPnPd", "2.3.1", server]);
    }

    #[test]
    fn servers_of_other_forms_name_their_product() {
        for (server, product, version) in [
            ("FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 154.07.29", "FRITZ!Box 7590", "154.07.29"),
            (
                "Linux/3.4.0, UPnP/1.0, Portable SDK for UPnP devices/1.6.19",
                "Portable SDK for UPnP devices",
                "1.6.19",
            ),
            ("Linux UPnP/1.0 Sonos/57.3-79060 (ZPS9)", "Sonos", "57.3-79060"),
            ("Microsoft-Windows/10.0 UPnP/1.0 UPnP-Device-Host/1.0", "UPnP-Device-Host", "1.0"),
            ("Synology/DSM/192.168.1.10", "", ""),
            ("UPnP/1.0", "", ""),
        ] {
            let recognition = device(Recognition::default(), server.as_bytes());
            assert_eq!(names(&recognition)[..2], [product, version], "{server}");
        }
    }

    #[test]
    fn a_page_is_no_device() {
        let page =
            b"HTTP/1.1 200 OK\r\nSERVER: Linux UPnP/1.0 x/1.0\r\nST: upnp:rootdevice\r\n\r\n";
        assert_eq!((ROOT_DEVICES.read)(&TOKEN, page), None);
    }
}
