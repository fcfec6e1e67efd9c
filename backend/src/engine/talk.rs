//! Carries out one conversation over one connection: bounded in time and bytes, whatever the other
//! side does. Knows no protocol.

use klinke_protocols::{Act, Ended, MOST_HEARD, Talk};
use klinke_shared::Recognition;
use std::io;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

/// No conversation takes longer, so that one byte a minute holds nothing up.
const LONGEST: Duration = Duration::from_secs(6);
/// No conversation reads more: a page's head and its title are in the first few packets, and who
/// sends without an end is cut off.
const MOST_READ: usize = 64 * 1024;
/// What fits into a few packets.
const PIECE: usize = 4 * 1024;

/// Has the conversation to its end. `rtt` is the time there and back, as far as it is known.
pub(super) async fn converse(stream: TcpStream, talk: Talk, rtt: Duration) -> Ended {
    let patience = talk.patience + rtt * 2;
    let mut line = Line { stream, end: Instant::now() + LONGEST, heard: Vec::new(), read: 0 };
    let known = line.follow(talk, patience).await;
    Ended { known, heard: line.heard, connected: true }
}

struct Line {
    stream: TcpStream,
    end: Instant,
    heard: Vec<u8>,
    read: usize,
}

impl Line {
    async fn follow(&mut self, mut talk: Talk, patience: Duration) -> Option<Box<Recognition>> {
        let mut act = talk.conversation.start();
        loop {
            match act {
                Act::Known(recognition) => return Some(recognition),
                Act::Other => return None,
                Act::Listen => {}
                Act::Say(words) => {
                    if self.say(&words).await.is_err() {
                        return last_word(talk.conversation.over());
                    }
                }
            }
            let mut piece = [0; PIECE];
            act = match self.hear(&mut piece, patience).await {
                Heard::Bytes(count) => talk.conversation.hear(piece.get(..count).unwrap_or(&piece)),
                Heard::Nothing => talk.conversation.over(),
                Heard::End => return last_word(talk.conversation.over()),
            };
        }
    }

    async fn say(&mut self, mut words: &[u8]) -> io::Result<()> {
        while !words.is_empty() {
            timeout_at(self.end, self.stream.writable()).await??;
            match self.stream.try_write(words) {
                Ok(count) => words = words.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn hear(&mut self, piece: &mut [u8], patience: Duration) -> Heard {
        if self.read >= MOST_READ {
            return Heard::End;
        }
        let deadline = self.end.min(Instant::now() + patience);
        loop {
            match timeout_at(deadline, self.stream.readable()).await {
                Err(_) if Instant::now() >= self.end => return Heard::End,
                Err(_) => return Heard::Nothing,
                Ok(Err(_)) => return Heard::End,
                Ok(Ok(())) => {}
            }
            match self.stream.try_read(piece) {
                Ok(0) => return Heard::End,
                Ok(count) => {
                    self.read += count;
                    let room = MOST_HEARD.saturating_sub(self.heard.len()).min(count);
                    self.heard.extend_from_slice(piece.get(..room).unwrap_or_default());
                    return Heard::Bytes(count);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return Heard::End,
            }
        }
    }
}

enum Heard {
    Bytes(usize),
    /// For as long as patience lasts.
    Nothing,
    /// Nothing more will be heard.
    End,
}

fn last_word(act: Act) -> Option<Box<Recognition>> {
    if let Act::Known(recognition) = act { Some(recognition) } else { None }
}
