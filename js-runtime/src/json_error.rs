//! Finds where a text stops being JSON. The engine's own messages do not always say, and some say it in odd terms.
//!
//! ```text
//! {"lines": [1, 2, oops]}  →  expected a value, found `o` (line 1, column 18)
//! ```

use crate::say::Say;
use alloc::string::String;

use alloc::vec::Vec;

/// Says what is wrong with `text` and where; `false` if nothing is.
pub fn explain(text: &[u8], message: &mut String) -> bool {
    let mut scanner = Scanner { text, position: 0 };
    let Err(fault) = scanner.document() else {
        return false;
    };
    let before = &text[..scanner.position];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    // Bytes that continue a character of UTF-8 are no columns.
    let is_start = |byte: &&u8| **byte & 0xC0 != 0x80;
    let column = before[line_start..].iter().filter(is_start).count() + 1;
    match fault {
        Fault::Expected(what) => {
            message.say("expected ");
            message.say(what);
            message.say(", found ");
            describe(&text[scanner.position..], message);
        }
        Fault::InText(what) => message.say(what),
    }
    message.say(" (line ");
    push_number(message, line);
    message.say(", column ");
    push_number(message, column);
    message.say(")");
    true
}

/// Appends a number in decimal. The formatting of Rust's library is a tenth of a small module.
pub fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

enum Fault {
    /// Something else had to be here.
    Expected(&'static str),
    /// This is wrong within a string.
    InText(&'static str),
}

const VALUE: Fault = Fault::Expected("a value");
const KEY: Fault = Fault::Expected("a name in double quotes");
const KEY_OR_END: Fault = Fault::Expected("a name in double quotes or `}`");
const DIGIT: Fault = Fault::Expected("a digit");

struct Scanner<'a> {
    text: &'a [u8],
    /// Where the scanner is; after a fault, where that is.
    position: usize,
}

impl Scanner<'_> {
    /// One value with nothing behind it. Not recursive: the stack may be what the text is too deep for.
    fn document(&mut self) -> Result<(), Fault> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            // In front of a value.
            match self.next() {
                Some(bracket @ (b'[' | b'{')) => {
                    self.position += 1;
                    open.push(bracket + 2);
                    if self.next() != Some(bracket + 2) {
                        if bracket == b'{' {
                            self.key(KEY_OR_END)?;
                        }
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(_) => self.word()?,
                None => return Err(VALUE),
            }
            // Behind a value, or in front of the bracket that closes an empty one.
            loop {
                let next = self.next();
                match open.last() {
                    None if next.is_none() => return Ok(()),
                    None => return Err(Fault::Expected("the end of the input")),
                    Some(close) if next == Some(*close) => {
                        self.position += 1;
                        open.pop();
                    }
                    Some(close) if next == Some(b',') => {
                        self.position += 1;
                        if *close == b'}' {
                            self.key(KEY)?;
                        }
                        break;
                    }
                    Some(b'}') => return Err(Fault::Expected("`,` or `}`")),
                    Some(_) => return Err(Fault::Expected("`,` or `]`")),
                }
            }
        }
    }

    /// The byte that is next after white space.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.position += 1;
        }
        self.peek()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.position).copied()
    }

    fn key(&mut self, fault: Fault) -> Result<(), Fault> {
        if self.next() != Some(b'"') {
            return Err(fault);
        }
        self.string()?;
        if self.next() != Some(b':') {
            return Err(Fault::Expected("`:`"));
        }
        self.position += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), Fault> {
        let start = self.position;
        self.position += 1;
        loop {
            match self.peek() {
                None => return Err(Fault::Expected("the closing `\"` of a string")),
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(0..0x20) => {
                    return Err(Fault::InText(
                        "a control character in a string must be escaped",
                    ));
                }
                Some(_) => self.position += 1,
            }
        }
        let end = self.position;
        self.position = start;
        while self.position < end {
            match character(&self.text[self.position..]) {
                Some((_, length)) => self.position += length,
                None => return Err(Fault::InText("a string is not valid UTF-8")),
            }
        }
        self.position += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let digits = match self.text.get(self.position + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 0,
            Some(b'u') => 4,
            _ => {
                return Err(Fault::InText(
                    "a string has an escape that JSON does not know",
                ));
            }
        };
        let end = self.position + 2 + digits;
        match self.text.get(self.position + 2..end) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => self.position = end,
            _ => {
                return Err(Fault::InText(
                    "`\\u` in a string needs four hexadecimal digits",
                ));
            }
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Fault> {
        if self.peek() == Some(b'-') {
            self.position += 1;
        }
        if self.peek() == Some(b'0') {
            self.position += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.position += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.position += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.position += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.position;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.position += 1;
        }
        if self.position == start {
            return Err(DIGIT);
        }
        Ok(())
    }

    fn word(&mut self) -> Result<(), Fault> {
        for word in [&b"true"[..], b"false", b"null"] {
            if self.text[self.position..].starts_with(word) {
                self.position += word.len();
                return Ok(());
            }
        }
        Err(VALUE)
    }
}

/// Names the first character of `rest`.
fn describe(rest: &[u8], message: &mut String) {
    match (character(rest), rest.first()) {
        (_, None) => message.say("the end of the input"),
        (Some((character, _)), _) if !is_control(character) => {
            message.say("`");
            message.push(character);
            message.say("`");
        }
        (_, Some(byte)) => {
            message.say("the byte 0x");
            for digit in [byte >> 4, byte & 15] {
                message.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
}

/// Whether it is of the category Cc.
fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\x1F' | '\x7F'..='\u{9F}')
}

/// The character that UTF-8 text starts with, and its length in bytes.
fn character(text: &[u8]) -> Option<(char, usize)> {
    let first = u32::from(*text.first()?);
    let (length, least) = match first {
        0..0x80 => return char::from_u32(first).map(|character| (character, 1)),
        0xC0..0xE0 => (2, 0x80),
        0xE0..0xF0 => (3, 0x800),
        0xF0..0xF8 => (4, 0x10000),
        _ => return None,
    };
    let mut code = first & (0x7F >> length);
    for byte in text.get(1..length)? {
        if byte & 0xC0 != 0x80 {
            return None;
        }
        code = code << 6 | u32::from(byte & 0x3F);
    }
    let character = char::from_u32(code).filter(|_| code >= least)?;
    Some((character, length))
}
