//! Reads JSON (RFC 8259) for the page: a text comes in as a whole, where the browser's own reader would have to be
//! asked for every word by itself. What is JSON is read as serde reads it in the server. What is none may be read
//! too, because whoever takes a message from a tree refuses what has another form.

use crate::tree::Tree;

/// Lists and records may hold so many others in each other; serde allows one less.
const DEEPEST: u8 = 127;

impl Tree {
    /// JSON as a tree; nothing where it is none, or lists and records lie more than 128 deep in each other.
    #[must_use]
    pub fn parse(json: &str) -> Option<Self> {
        let mut reader = Reader { rest: json };
        let tree = reader.value(DEEPEST)?;
        reader.next().is_none().then_some(tree)
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: u8) -> Option<Tree> {
        let before = self.rest;
        match self.next()? {
            b'"' => self.text().map(Tree::Text),
            b'[' => {
                let mut list = Vec::new();
                while self.goes_on()? {
                    list.push(self.value(depth.checked_sub(1)?)?);
                }
                Some(Tree::List(list))
            }
            b'{' => {
                let mut fields = Vec::new();
                while self.goes_on()? {
                    // The mark before a name, and the colon after it.
                    self.next()?;
                    let name = self.text()?;
                    self.next()?;
                    fields.push((name, self.value(depth.checked_sub(1)?)?));
                }
                Some(Tree::record(fields))
            }
            _ => {
                self.rest = before.trim_ascii_start();
                self.word()
            }
        }
    }

    /// Whether there is one more item, or else the end.
    fn goes_on(&mut self) -> Option<bool> {
        let before = self.rest;
        Some(match self.next()? {
            b',' => true,
            b']' | b'}' => false,
            _ => {
                self.rest = before;
                true
            }
        })
    }

    /// The next byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        loop {
            match *self.take(1)?.as_bytes() {
                [b' ' | b'\n' | b'\r' | b'\t'] => {}
                [byte] => return Some(byte),
                _ => return None,
            }
        }
    }

    /// A number, or one of the three words.
    fn word(&mut self) -> Option<Tree> {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let bytes = self.rest.bytes().take_while(|byte| is_part(*byte)).count();
        Some(match self.take(bytes)? {
            "null" => Tree::Nothing,
            "true" => Tree::Truth(true),
            "false" => Tree::Truth(false),
            "" => return None,
            number => number.parse().map_or(Tree::Other, Tree::Number),
        })
    }

    /// What stands up to the next quotation mark.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let plain = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
            text.push_str(self.take(plain)?);
            if self.take(1)? == "\"" {
                return Some(text);
            }
            text.push(match *self.take(1)?.as_bytes() {
                [b'b'] => '\u{8}',
                [b'f'] => '\u{c}',
                [b'n'] => '\n',
                [b'r'] => '\r',
                [b't'] => '\t',
                [b'u'] => self.numbered()?,
                [itself] => char::from(itself),
                _ => return None,
            });
        }
    }

    /// A character by its number. One that needs more than 16 bits is written as two (RFC 8259, section 7).
    fn numbered(&mut self) -> Option<char> {
        let high = self.unit()?;
        if high & 0xfc00 != 0xd800 {
            return char::from_u32(high);
        }
        self.take("\\u".len())?;
        let low = self.unit()?.checked_sub(0xdc00)?;
        char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + low)
    }

    fn unit(&mut self) -> Option<u32> {
        self.take(4)?.chars().try_fold(0, |unit, digit| Some(16 * unit + digit.to_digit(16)?))
    }

    fn take(&mut self, bytes: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde reads, and whether it is the same to us.
    fn is_read_alike(json: &str) -> bool {
        let known = serde_json::from_str::<Tree>(json).unwrap();
        Tree::parse(json) == Some(known)
    }

    #[test]
    fn json_is_read_as_serde_reads_it() {
        let all = [
            "null",
            " true\n",
            "[false]",
            "0",
            "18446744073709551615",
            "[18446744073709551616, -1, -0, 0.5, 1e2, 1E+2]",
            "[]",
            "[ ]",
            "{}",
            "\t{ }\r\n",
            r#"{"a": [1, {"b": null}], "a": "twice", "": []}"#,
            r#""Tür \" \\ \/ \b\f\n\r\t \u00fc\u00FC \ud83d\udeaa 🚪""#,
            r#"["a]", "b}", ",", ":"]"#,
        ];
        for json in all {
            assert!(is_read_alike(json), "{json}");
        }
        let deep = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(is_read_alike(&deep(127)));
        assert!(Tree::parse(&deep(129)).is_none() && Tree::parse(&deep(100_000)).is_none());
    }

    #[test]
    fn what_breaks_off_is_nothing() {
        let whole = r#"{"a": [1, {"b": null}], "c": "\u00fc \ud83d\udeaa 🚪", "d": true}"#;
        assert!(is_read_alike(whole));
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert!(Tree::parse(&whole[..end]).is_none(), "{}", &whole[..end]);
        }
        for json in [
            "",
            " ",
            "1 2",
            "[1] ]",
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\udeaa""#,
            r#""\u00g0""#,
            "ü",
        ] {
            assert!(Tree::parse(json).is_none(), "{json}");
        }
    }

    /// With `proptest`, which the host alone has.
    #[cfg(not(target_arch = "wasm32"))]
    mod any {
        use super::*;
        use proptest::prelude::*;
        use serde_json::Value;

        fn any_json() -> impl Strategy<Value = Value> {
            let leaf = prop_oneof![
                Just(Value::Null),
                any::<bool>().prop_map(Value::from),
                any::<u64>().prop_map(Value::from),
                any::<i64>().prop_map(Value::from),
                any::<f64>().prop_map(Value::from),
                any::<String>().prop_map(Value::from),
            ];
            leaf.prop_recursive(6, 64, 8, |inner| {
                prop_oneof![
                    prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                    prop::collection::hash_map(any::<String>(), inner, 0..8)
                        .prop_map(|fields| fields.into_iter().collect::<Value>()),
                ]
            })
        }

        proptest! {
            #[test]
            fn any_json_is_read_as_serde_reads_it(value in any_json()) {
                prop_assert!(is_read_alike(&value.to_string()));
                prop_assert!(is_read_alike(&serde_json::to_string_pretty(&value).unwrap()));
            }

            #[test]
            fn what_serde_reads_of_any_text_we_read_alike(text in r#"[\[\]{},:"\\u0-9a-f+.eE \-üd]{0,24}"#) {
                if serde_json::from_str::<Tree>(&text).is_ok() {
                    prop_assert!(is_read_alike(&text), "{text}");
                }
                prop_assert!(Tree::parse(&text).is_none() || !text.trim_ascii().is_empty());
            }
        }
    }
}
