//! Text that others have made up, for a terminal: it shows what is in it and cannot do anything else.
//!
//! Names in a module can be any text. One with escape sequences could clear the screen, one with line breaks could look like
//! a message of ours, and one that turns the direction of writing could show another name.

use std::borrow::Cow;

/// Longer names are cut.
const MOST: usize = 200;

/// A name, as a part of a line: what is no visible character is written as in source text, and what is long is cut.
///
/// ```
/// assert_eq!(figures::name("run"), "run");
/// assert_eq!(figures::name("a\x1b[2J\nerror: b"), "a\\u{1b}[2J\\nerror: b");
/// assert_eq!(figures::name("sum\u{202e}mus"), "sum\\u{202e}mus");
/// ```
#[must_use]
pub fn name(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(escaped(&text[..end], |_| false).into_owned() + "…"),
        None => escaped(text, |_| false),
    }
}

/// A text of several lines, in which only the ends of lines and tabs are what they are.
///
/// ```
/// assert_eq!(figures::lines("a\n\tb"), "a\n\tb");
/// assert_eq!(figures::lines("a\r\x1b[1Ab\u{9b}c"), "a\\r\\u{1b}[1Ab\\u{9b}c");
/// ```
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character| matches!(character, '\n' | '\t'))
}

fn escaped(text: &str, is_plain: impl Fn(char) -> bool) -> Cow<'_, str> {
    let does_more = |character: char| does_more(character) && !is_plain(character);
    if !text.contains(does_more) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match does_more(character) {
            true => escaped.extend(character.escape_default()),
            false => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// Whether a character is not seen, but changes how others are. The joiners, without which some languages cannot be
/// written, only change their neighbours.
fn does_more(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{lines, name};

    #[test]
    fn ordinary_names_stay() {
        for text in [
            "",
            "cart-run",
            "größe",
            "合計",
            "می\u{200c}روم",
            "a b",
            "👩\u{200d}🚀",
            "`'\"\\",
        ] {
            assert_eq!((name(text), lines(text)), (text.into(), text.into()));
        }
    }

    #[test]
    fn nothing_of_terminals_is_left() {
        for character in (0..0x11_0000).filter_map(char::from_u32) {
            let text = character.to_string();
            if character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character) {
                assert!(name(&text).is_ascii() && !name(&text).contains(character));
            }
        }
        assert_eq!(name(&"n".repeat(100_000)).chars().count(), 201);
    }
}
