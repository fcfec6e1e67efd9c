//! The one question to a web server: GET of its first page, or of the page where a known interface
//! tells its version. No password, no form, no method but GET.

use crate::Context;
use std::net::IpAddr;

/// Where HTTP comes first, the more usual first (IANA's registry of service names; for devices and
/// applications their makers' documentation). Never a printer's raw port, which would print it.
pub(super) const PORTS: &[u16] = &[
    80, 8080, 443, 8443, 8000, 8081, 8888, 5000, 8008, 8088, 3000, 9000, 9090, 81, 82, 88, 591,
    631, 1400, 1880, 2375, 2379, 3001, 3128, 4040, 4443, 5001, 5080, 5357, 5601, 5984, 5985, 7001,
    7547, 7080, 8001, 8006, 8009, 8010, 8020, 8042, 8060, 8082, 8083, 8084, 8085, 8086, 8087, 8089,
    8090, 8096, 8100, 8118, 8123, 8161, 8180, 8181, 8200, 8280, 8383, 8500, 8765, 8834, 8880, 8983,
    9001, 9080, 9091, 9200, 9443, 9981, 10000, 10080, 15672, 16992, 32400, 49000, 50000,
];

/// Pages that tell what an interface is, without a password where it asks for none: Docker
/// (“Engine API”, `SystemVersion`), Kubernetes (“Kubernetes API”, /version), etcd (“etcd API”,
/// versioning), Windows Remote Management (MS-WSMV, 2.1), FRITZ!Box (AVM “TR-064 First Steps”).
const PAGES: &[(u16, &str)] = &[
    (2375, "/version"),
    (2376, "/version"),
    (6443, "/version"),
    (10250, "/version"),
    (2379, "/version"),
    (5985, "/wsman"),
    (5986, "/wsman"),
    (49000, "/tr64desc.xml"),
];

/// The request (RFC 9112, 3 and 3.2; RFC 9110, 10.1.5 and 12.5.1). It accepts no compression, and no
/// second request on the connection.
pub(super) fn request(context: &Context, tls: bool) -> Vec<u8> {
    let page = PAGES.iter().find(|(port, _)| *port == context.port).map_or("/", |(_, page)| page);
    let usual = if tls { 443 } else { 80 };
    let port = match context.port {
        port if port == usual => String::new(),
        port => format!(":{port}"),
    };
    let host = match context.address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    format!(
        "GET {page} HTTP/1.1\r\n\
         Host: {host}{port}\r\n\
         User-Agent: Klinke (port check requested from this address)\r\n\
         Accept: */*\r\n\
         Connection: close\r\n\
         \r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(address: &str, port: u16, tls: bool) -> String {
        let address = address.parse().unwrap();
        String::from_utf8(request(&Context { address, port, token: [7; 16], now: 0 }, tls)).unwrap()
    }

    #[test]
    fn the_question_is_one_get_to_the_address() {
        assert_eq!(
            asked("192.0.2.7", 80, false),
            "GET / HTTP/1.1\r\nHost: 192.0.2.7\r\nUser-Agent: Klinke (port check requested from this \
             address)\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        );
    }

    #[test]
    fn an_address_of_version_6_stands_in_brackets_and_an_unusual_port_after_it() {
        assert!(asked("2001:db8::1", 80, false).contains("\r\nHost: [2001:db8::1]\r\n"));
        assert!(asked("2001:db8::1", 8443, true).contains("\r\nHost: [2001:db8::1]:8443\r\n"));
        assert!(asked("192.0.2.7", 443, true).contains("\r\nHost: 192.0.2.7\r\n"));
        assert!(asked("192.0.2.7", 443, false).contains("\r\nHost: 192.0.2.7:443\r\n"));
    }

    #[test]
    fn a_known_interface_is_asked_for_its_version_at_its_own_port_only() {
        assert!(asked("192.0.2.7", 2375, false).starts_with("GET /version HTTP/1.1\r\n"));
        assert!(asked("192.0.2.7", 2377, false).starts_with("GET / HTTP/1.1\r\n"));
    }

    #[test]
    fn no_question_goes_to_a_port_that_prints() {
        assert!((9100..=9107).all(|port| !PORTS.contains(&port)));
    }
}
