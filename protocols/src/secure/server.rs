//! Product and version from the words with which a web server introduces itself (RFC 9110, 10.2.4).

/// Between operating system and product in the field of a `UPnP` device (`UPnP` Device Architecture 1.1,
/// 1.2.2: `OS/version UPnP/1.1 product/version`).
const UPNP: &str = " UPnP/1.";

/// Product and version; the version is empty where none is told.
pub(super) fn product(field: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(field);
    let after = text.find(UPNP).and_then(|place| text.get(place + UPNP.len() + 1..));
    let after = after.map(|rest| rest.trim_start_matches([' ', ',']));
    let text = after.filter(|rest| !rest.is_empty()).unwrap_or(&text);
    let end = text.find(['/', '(', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let version = rest.get(1..).unwrap_or_default();
    let version = version.split([' ', '(', ')', ',', ';']).next().unwrap_or_default();
    let begins = version.trim_start_matches(['v', 'V']);
    let is_version = begins.starts_with(|first: char| first.is_ascii_digit());
    (name.trim().to_owned(), if is_version { version.to_owned() } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_introduce_themselves_in_many_forms() {
        for (field, name, version) in [
            ("nginx/1.22.1", "nginx", "1.22.1"),
            ("Apache/2.4.62 (Debian)", "Apache", "2.4.62"),
            ("lighttpd/1.4.69", "lighttpd", "1.4.69"),
            ("Microsoft-IIS/10.0", "Microsoft-IIS", "10.0"),
            ("Jetty(9.4.43.v20210629)", "Jetty", "9.4.43.v20210629"),
            ("Caddy", "Caddy", ""),
            ("HP HTTP Server; HP LaserJet", "HP HTTP Server; HP LaserJet", ""),
            ("Apache-Coyote/1.1", "Apache-Coyote", "1.1"),
            ("Linux/3.4 UPnP/1.0 Sonos/57.3-77280", "Sonos", "57.3-77280"),
            ("Debian/12 UPnP/1.1, MiniUPnPd/2.2.1", "MiniUPnPd", "2.2.1"),
            ("RomPager/4.07 UPnP/1.0", "RomPager", "4.07"),
            ("CouchDB/3.3.1 (Erlang OTP/24)", "CouchDB", "3.3.1"),
            ("thing (embedded)", "thing", ""),
            ("", "", ""),
        ] {
            assert_eq!(product(field.as_bytes()), (name.to_owned(), version.to_owned()));
        }
    }
}
