//! The makers behind some private enterprise numbers (IANA: Private Enterprise Numbers), which SNMP
//! and IPMI use. Only those that are met at offices and homes.

/// The numbers and their makers, by number.
const MAKERS: &[(u32, &str)] = &[
    (2, "IBM"),
    (9, "Cisco"),
    (11, "HP"),
    (42, "Sun Microsystems"),
    (171, "D-Link"),
    (232, "Compaq"),
    (253, "Xerox"),
    (311, "Microsoft"),
    (318, "APC"),
    (343, "Intel"),
    (367, "Ricoh"),
    (534, "Eaton"),
    (641, "Lexmark"),
    (674, "Dell"),
    (890, "Zyxel"),
    (1248, "Epson"),
    (1347, "Kyocera"),
    (1602, "Canon"),
    (1916, "Extreme Networks"),
    (2011, "Huawei"),
    (2356, "LANCOM"),
    (2435, "Brother"),
    (2604, "Sophos"),
    (2620, "Check Point"),
    (2636, "Juniper"),
    (3097, "WatchGuard"),
    (3375, "F5"),
    (4526, "Netgear"),
    (6574, "Synology"),
    (6876, "VMware"),
    (8072, "Net-SNMP"),
    (8741, "SonicWall"),
    (10_876, "Supermicro"),
    (11_863, "TP-Link"),
    (12_356, "Fortinet"),
    (14_823, "Aruba"),
    (14_988, "MikroTik"),
    (19_046, "Lenovo"),
    (24_681, "QNAP"),
    (25_461, "Palo Alto Networks"),
    (25_506, "H3C"),
    (30_065, "Arista"),
    (41_112, "Ubiquiti"),
    (47_196, "HPE"),
];

/// The maker with this number.
pub(super) fn by_number(number: u32) -> Option<&'static str> {
    let place = MAKERS.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    MAKERS.get(place).map(|(_, maker)| *maker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_in_order_so_that_each_is_found() {
        assert!(MAKERS.is_sorted_by_key(|(number, _)| *number));
        assert_eq!(by_number(9), Some("Cisco"));
        assert_eq!(by_number(0), None);
    }
}
