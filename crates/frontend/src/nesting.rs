//! Reads a text token by token and counts how deep it is nested (`depth.rs`). It knows no grammar, only which tokens can
//! nest, and what ends a statement.

use crate::depth::Depth;
use crate::parse::Language;

/// What a level is closed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    /// `)`, and what follows is a statement: of `if (…)`.
    Header,
    /// `}`, and what follows is a template's text.
    Template,
    /// A closing tag.
    Element,
    /// Any bracket.
    Other,
}

/// An open bracket, and how deep what stands directly within it may be nested.
struct Level {
    bracket: Bracket,
    depth: Depth,
}

impl Level {
    fn new(bracket: Bracket) -> Level {
        Level {
            bracket,
            depth: Depth::default(),
        }
    }
}

/// What the last token was, as far as it matters to the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// `;`, or nothing.
    Separator,
    /// `}`
    Brace,
    /// What may end an expression.
    Operand,
    /// The `)` of `if (…)` and others.
    Header,
    /// A word that something must follow.
    Keyword,
    /// `.`
    Dot,
    /// Any other.
    Operator,
}

pub(crate) struct Nesting<'a> {
    bytes: &'a [u8],
    at: usize,
    language: Language,
    levels: Vec<Level>,
    /// Of all levels but the innermost.
    depth: Depth,
    last: Last,
    /// Whether there is a line break behind the last token.
    on_new_line: bool,
    /// Whether a `(` opens the header of a statement.
    is_header: bool,
    /// No regular expression begins before this.
    regexp_from: usize,
}

impl<'a> Nesting<'a> {
    /// At the beginning of `text`.
    pub(crate) fn of(text: &'a str, language: Language) -> Nesting<'a> {
        Nesting {
            bytes: text.as_bytes(),
            at: 0,
            language,
            levels: vec![Level::new(Bracket::Other)],
            depth: Depth::default(),
            last: Last::Separator,
            on_new_line: false,
            is_header: false,
            regexp_from: 0,
        }
    }

    /// The first place that is too deep, and beyond which limit.
    pub(crate) fn too_deep(&mut self) -> Option<(usize, String)> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            let start = self.at;
            self.token(byte);
            let depth = self.depth.plus(self.top().depth);
            if let Some(excess) = depth.excess(self.language) {
                return Some((start, excess));
            }
        }
        None
    }

    fn top(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::new(Bracket::Other));
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or_default()
    }

    fn token(&mut self, byte: u8) {
        match byte {
            b'\n' | b'\r' => {
                self.on_new_line = true;
                self.at += 1;
                return;
            }
            b' ' | b'\t' => {
                self.at += 1;
                return;
            }
            b'/' if self.peek(1) == b'/' => return self.skip_behind(b"\n"),
            b'/' if self.peek(1) == b'*' => return self.skip_behind(b"*/"),
            b'\'' | b'"' => {
                self.begin_operand();
                self.string(byte);
            }
            b'`' => {
                self.call();
                self.at += 1;
                self.template();
            }
            b'(' | b'[' => {
                self.call();
                let is_header = std::mem::take(&mut self.is_header) && byte == b'(';
                self.open(if is_header {
                    Bracket::Header
                } else {
                    Bracket::Other
                });
            }
            b'{' => self.open(Bracket::Other),
            b')' | b']' | b'}' => self.close(byte),
            b';' => {
                self.at += 1;
                self.last = Last::Separator;
            }
            b',' => {
                self.at += 1;
                let depth = &mut self.top().depth;
                (depth.expressions, depth.operators, depth.casts) = (0, 0, 0);
                self.last = Last::Operator;
            }
            b'/' if self.begins_regexp() => self.regexp(),
            b'<' if self.language.jsx && self.begins_tag() => self.tag(),
            b'/' if self.peek(1) == b'>' && self.top().bracket == Bracket::Element => {
                self.at += 1;
                self.close(b'>');
            }
            _ if is_word(byte) => self.word(),
            _ => self.operator(byte),
        }
        self.on_new_line = false;
    }

    fn skip_behind(&mut self, end: &[u8]) {
        let rest = &self.bytes[self.at..];
        // Not within the two bytes that begin the comment.
        let found = rest.windows(end.len()).skip(2).position(|part| part == end);
        let skipped = found.map_or(rest.len(), |found| found + 2 + end.len());
        let (skipped, _) = rest.split_at(skipped);
        self.on_new_line |= skipped.contains(&b'\n');
        self.at += skipped.len();
    }

    /// Skips a string, which ends with its line at the latest.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b'\\' => self.at += 1,
                b'\n' => break,
                _ if byte == quote => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.last = Last::Operand;
    }

    /// Skips the text of a template, to its end or to an expression in it.
    fn template(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => break,
                b'$' if self.peek(0) == b'{' => return self.open(Bracket::Template),
                _ => {}
            }
        }
        self.last = Last::Operand;
    }

    /// Whether a slash begins a regular expression, and does not divide.
    fn begins_regexp(&self) -> bool {
        if self.at < self.regexp_from {
            return false;
        }
        match self.last {
            Last::Operand | Last::Dot => false,
            Last::Brace => self.on_new_line,
            _ => !self.bytes[..self.at].ends_with(b"<"),
        }
    }

    fn regexp(&mut self) {
        let mut in_class = false;
        let mut length = 1;
        loop {
            match self.peek(length) {
                // It was none, and nor is what comes before this.
                b'\n' | 0 => {
                    self.regexp_from = self.at + length;
                    return self.operator(b'/');
                }
                b'\\' => length += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                _ => {}
            }
            length += 1;
        }
        self.begin_operand();
        self.at += length + 1;
        self.last = Last::Operand;
    }

    /// Whether `<` begins a tag: where it compares, there is something in front of it.
    fn begins_tag(&mut self) -> bool {
        let is_in_element = self.top().bracket == Bracket::Element;
        let next = self.peek(1);
        let is_name = next == b'>' || is_word(next);
        (is_in_element && (is_name || next == b'/'))
            || (is_name && self.last != Last::Operand && self.last != Last::Dot)
    }

    fn tag(&mut self) {
        if self.peek(1) == b'/' {
            let rest = &self.bytes[self.at..];
            let end = rest.iter().position(|byte| *byte == b'>');
            self.at += end.unwrap_or(rest.len() - 1);
            self.close(b'>');
        } else {
            self.open(Bracket::Element);
        }
    }

    fn open(&mut self, bracket: Bracket) {
        if self.last == Last::Separator && bracket != Bracket::Template {
            self.begin_statement();
        }
        self.at += 1;
        let top = self.top().depth;
        self.depth = self.depth.plus(top);
        self.depth.brackets += 1;
        self.levels.push(Level::new(bracket));
        self.last = Last::Separator;
    }

    fn close(&mut self, byte: u8) {
        self.at += 1;
        let bracket = self.top().bracket;
        self.levels.pop();
        let outer = self.top().depth;
        self.depth = self.depth.minus(outer);
        self.depth.brackets = self.levels.len() - 1;
        self.last = match (bracket, byte) {
            (Bracket::Header, b')') => Last::Header,
            (Bracket::Template, b'}') => return self.template(),
            (_, b'}') => Last::Brace,
            _ => Last::Operand,
        };
    }

    fn word(&mut self) {
        let rest = &self.bytes[self.at..];
        let is_number = rest[0].is_ascii_digit();
        let is_part = |byte: &u8| is_word(*byte) || (is_number && *byte == b'.');
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        if self.last == Last::Dot {
            self.at += length;
            self.last = Last::Operand;
            return;
        }
        let continues = CONTINUES.contains(&word);
        let begins = word == "case"
            || match self.last {
                Last::Separator | Last::Brace => !continues,
                Last::Operand => self.on_new_line && !continues,
                _ => false,
            };
        if begins {
            self.begin_statement();
        }
        if STATEMENTS.contains(&word) {
            self.top().depth.statements += 1;
        } else if INFIX.contains(&word) {
            // `a as T` is a loop to a parser, `typeof typeof a` is not.
            self.top().depth.operators += 1;
        } else if matches!(
            self.last,
            Last::Operand | Last::Keyword | Last::Header | Last::Brace
        ) {
            self.top().depth.expressions += 1;
        }
        let is_header = matches!(word, "if" | "for" | "while" | "with");
        self.is_header = is_header || (self.is_header && word == "await");
        self.at += length;
        self.last = if INFIX.contains(&word) {
            Last::Operator
        } else if continues || KEYWORDS.contains(&word) {
            Last::Keyword
        } else {
            Last::Operand
        };
    }

    /// What a string or a regular expression that stands behind something does.
    fn begin_operand(&mut self) {
        let is_new = match self.last {
            Last::Separator | Last::Brace => true,
            Last::Operand => self.on_new_line,
            _ => false,
        };
        if is_new {
            self.begin_statement();
        }
    }

    /// What a bracket or a template that stands behind something does: it calls it.
    fn call(&mut self) {
        match self.last {
            Last::Operand | Last::Brace | Last::Header => self.top().depth.operators += 1,
            Last::Separator => self.begin_statement(),
            _ => {}
        }
    }

    fn begin_statement(&mut self) {
        self.top().depth = Depth::default();
    }

    fn operator(&mut self, byte: u8) {
        let rest = &self.bytes[self.at..];
        let length = match byte {
            // Each of these may be an operator of its own.
            b'!' | b'~' | b'+' | b'-' => 1,
            b'<' => rest.iter().take_while(|byte| **byte == b'<').count(),
            _ => {
                let is_part = |byte: &&u8| b"=&|?>.*^%:".contains(byte);
                rest.iter().take_while(is_part).count().max(1)
            }
        };
        let run = &self.bytes[self.at..self.at + length];
        let count = |wanted: u8| run.iter().filter(|byte| **byte == wanted).count();
        let (opened, closed) = (count(b'<'), count(b'>'));
        let is_dot = run.ends_with(b".");
        let is_arrow = run.ends_with(b"=>");
        if self.last == Last::Separator && byte != b':' {
            self.begin_statement();
        }
        let has_operand = matches!(self.last, Last::Operand | Last::Brace | Last::Header);
        let is_infix =
            has_operand && !is_arrow && !matches!(run, [.., b'=' | b'?' | b':'] | [b'*', b'*'])
                || matches!(run, [b'=' | b'!', b'=', ..]);
        let behind_type = self.bytes[..self.at].trim_ascii_end().ends_with(b">");
        let is_cast = run == b"<" && (!has_operand || behind_type);
        let depth = &mut self.top().depth;
        depth.angles += opened;
        depth.casts += usize::from(is_cast);
        if !is_arrow {
            depth.angles = depth.angles.saturating_sub(closed);
        }
        match is_infix {
            true => depth.operators += 1,
            false => depth.expressions += 1,
        }
        self.at += length;
        self.last = match run {
            _ if is_dot => Last::Dot,
            // The end of a type's arguments.
            [b'>', ..] if self.language.typescript && closed == length => Last::Operand,
            _ => Last::Operator,
        };
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'\\') || byte >= 0x80
}

/// Words with a statement at their end, which may be of the same kind.
const STATEMENTS: [&str; 6] = ["if", "else", "for", "while", "with", "do"];

/// Words that go on with what is in front of them.
const CONTINUES: [&str; 10] = [
    "else",
    "in",
    "instanceof",
    "of",
    "as",
    "is",
    "satisfies",
    "extends",
    "implements",
    "asserts",
];

/// Words between an expression and something.
const INFIX: [&str; 6] = ["in", "instanceof", "of", "as", "is", "satisfies"];

/// Words that something follows, in the same statement.
const KEYWORDS: [&str; 29] = [
    "if", "for", "while", "with", "do", "typeof", "void", "delete", "await", "yield", "new",
    "class", "async", "function", "return", "throw", "keyof", "infer", "unique", "readonly",
    "import", "export", "var", "let", "const", "static", "abstract", "declare", "case",
];
