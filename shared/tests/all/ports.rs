//! Sets of ports and their written form.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use klinke_shared::{Port, PortSet, PortSetError, Ports, Transport};

#[test]
fn a_set_is_written_as_ranges_and_reads_back() {
    for (written, shortest) in [
        ("", ""),
        ("22", "22"),
        ("80,81,82,443", "80-82,443"),
        ("443, 80 - 82 ,81", "80-82,443"),
        ("1-65535", "1-65535"),
        ("65535,1", "1,65535"),
    ] {
        let set: PortSet = written.parse().unwrap();
        assert_eq!(set.to_string(), shortest, "{written}");
        assert_eq!(shortest.parse::<PortSet>().unwrap(), set);
    }
}

#[test]
fn what_is_no_port_is_named_in_the_error() {
    for text in ["0", "65536", "ssh", "-5", "5-", "1-2-3", "０", "22;23"] {
        assert_eq!(text.parse::<PortSet>(), Err(PortSetError::NotAPort(text.to_owned())), "{text}");
    }
    assert_eq!("89-80".parse::<PortSet>(), Err(PortSetError::Backwards("89-80".to_owned())));
}

#[test]
fn ports_of_both_transports_are_kept_apart() {
    let tcp = Port::new(Transport::Tcp, 53).unwrap();
    let udp = Port::new(Transport::Udp, 53).unwrap();
    let mut ports = Ports::default();
    assert!(ports.insert(tcp) && !ports.insert(tcp));
    assert!(ports.contains(tcp) && !ports.contains(udp));
    assert_eq!(serde_json::to_string(&ports).unwrap(), r#"{"tcp":"53"}"#);
}

#[test]
fn port_zero_cannot_be_named() {
    assert_eq!(Port::new(Transport::Tcp, 0), None);
    assert!(serde_json::from_str::<Port>(r#"{"transport":"tcp","port":0}"#).is_err());
}

#[cfg(not(target_arch = "wasm32"))]
proptest::proptest! {
    #[test]
    fn any_set_reads_back_what_it_writes(numbers in proptest::collection::vec(1..=u16::MAX, 0..200)) {
        let set: PortSet = numbers.iter().filter_map(|number| std::num::NonZeroU16::new(*number)).collect();
        proptest::prop_assert_eq!(set.to_string().parse::<PortSet>().unwrap(), set);
    }

    #[test]
    fn a_set_is_the_same_as_a_list_of_its_ports(changes in proptest::collection::vec((1..=40_u16, proptest::bool::ANY), 0..200)) {
        let (mut set, mut list) = (PortSet::default(), std::collections::BTreeSet::new());
        for (number, comes) in changes {
            let port = std::num::NonZeroU16::new(number).unwrap();
            if comes {
                proptest::prop_assert_eq!(set.insert(port), list.insert(port));
            } else {
                proptest::prop_assert_eq!(set.remove(port), list.remove(&port));
            }
            proptest::prop_assert_eq!(set.contains(port), comes);
            proptest::prop_assert!(set.iter().eq(list.iter().copied()));
            proptest::prop_assert_eq!(set.len(), list.len());
            proptest::prop_assert_eq!(set.to_string().parse::<PortSet>().unwrap(), set.clone());
        }
    }

    #[test]
    fn any_text_is_a_set_or_a_clear_error(text in ".{0,40}") {
        match text.parse::<PortSet>() {
            Ok(set) => proptest::prop_assert!(set.iter().count() <= 65_535),
            Err(error) => proptest::prop_assert!(!error.to_string().is_empty()),
        }
    }
}
