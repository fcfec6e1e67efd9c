//! Two protocols of power and water works: IEC 60870-5-104 (5.2: the test frame) and DNP3
//! (IEEE 1815-2012, 9.2.4: the request for the link's status). Both ask whether the line is alive;
//! no transmission is started, nothing is read and nothing is switched.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// IEC 60870-5-104.
pub(super) const IEC104: Step = Step {
    protocol: Protocol::Iec104,
    ports: &[2404],
    listens: false,
    begin: |_| Box::new(Exchange::ask(TEST_FRAME.to_vec(), iec104)),
};

/// DNP3.
pub(super) const DNP3: Step = Step {
    protocol: Protocol::Dnp3,
    ports: &[20000],
    listens: false,
    begin: |_| Box::new(Exchange::ask(requests(), dnp3)),
};

/// TESTFR, activated and confirmed.
const TEST_FRAME: [u8; 6] = [0x68, 4, 0x43, 0, 0, 0];
const CONFIRMED: [u8; 6] = [0x68, 4, 0x83, 0, 0, 0];

const START: &[u8] = b"\x05\x64";
/// From the master, primary: request link status.
const REQUEST_STATUS: u8 = 0xc9;
/// The bit of messages of the side that asks, and the functions of answers: acknowledged, not
/// acknowledged, link status, not supported.
const PRIMARY: u8 = 0x40;
const ANSWERS: [u8; 4] = [0, 1, 11, 15];
/// The usual address of a master.
const MASTER: u16 = 1;
/// “Whoever you are” (IEEE 1815-2012, 9.2.2.3), and addresses with which stations are delivered.
const STATIONS: [u16; 4] = [0xfffc, 10, 4, 3];

fn iec104(heard: &[u8], over: bool) -> Reading {
    match heard {
        _ if heard == CONFIRMED => Reading::known(Recognition::of(Protocol::Iec104)),
        _ if !over && heard.len() < CONFIRMED.len() && CONFIRMED.starts_with(heard) => {
            Reading::More
        }
        _ => Reading::Other,
    }
}

fn requests() -> Vec<u8> {
    STATIONS.into_iter().flat_map(|station| frame(REQUEST_STATUS, station, MASTER)).collect()
}

/// Start, length, control, receiver, sender, check.
fn frame(control: u8, to: u16, from: u16) -> Vec<u8> {
    let mut frame = [START, &[5, control], &to.to_le_bytes(), &from.to_le_bytes()].concat();
    frame.extend(check(&frame).to_le_bytes());
    frame
}

/// The check of IEEE 1815-2012, 9.2.4.3: the polynomial 0x3d65 from the lowest bit on.
fn check(bytes: &[u8]) -> u16 {
    let step = |sum: u16, _| if sum & 1 == 0 { sum >> 1 } else { sum >> 1 ^ 0xa6bc };
    !bytes.iter().fold(0, |sum, byte| (0..8).fold(sum ^ u16::from(*byte), step))
}

fn dnp3(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let Some(frame) = bytes.take(8) else {
        let begins = heard.starts_with(START) || START.starts_with(heard);
        return if begins && !over { Reading::More } else { Reading::Other };
    };
    let Some(sum) = bytes.u16_le() else {
        return if frame.starts_with(START) && !over { Reading::More } else { Reading::Other };
    };
    match *frame {
        [5, 0x64, 5..=255, control, to, 0, low, high]
            if u16::from(to) == MASTER
                && sum == check(frame)
                && control & PRIMARY == 0
                && ANSWERS.contains(&(control & 0x0f)) =>
        {
            let station = u16::from_le_bytes([low, high]);
            Reading::known(Recognition::of(Protocol::Dnp3).detail(format!("station {station}")))
        }
        _ => Reading::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_questions_are_as_documented() {
        assert_eq!(question(&IEC104), [0x68, 4, 0x43, 0, 0, 0]);
        // The check of this frame, with which DNP3 is usually shown.
        assert_eq!(frame(0xc0, 1, 1024), [5, 0x64, 5, 0xc0, 1, 0, 0, 4, 0xe9, 0x21]);
        assert_eq!(question(&DNP3).len(), 40);
    }

    #[test]
    fn a_confirmed_test_frame_is_iec_104() {
        known(&IEC104, &[&CONFIRMED]);
        assert_eq!(tells(&IEC104, &[&TEST_FRAME]), None, "an echo is no answer");
    }

    #[test]
    fn a_link_status_is_dnp3() {
        let recognition = known(&DNP3, &[&frame(0x0b, MASTER, 10)]);
        assert_eq!(names(&recognition).2, "station 10");
    }

    #[test]
    fn an_echo_a_wrong_check_or_receiver_is_refused() {
        assert_eq!(tells(&DNP3, &[&requests()]), None);
        let mut wrong = frame(0x0b, MASTER, 10);
        wrong[8] ^= 1;
        assert_eq!(tells(&DNP3, &[&wrong]), None);
        assert_eq!(tells(&DNP3, &[&frame(0x0b, 2, 10)]), None);
    }
}
