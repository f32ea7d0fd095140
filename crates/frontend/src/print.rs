//! Writes a syntax tree as text that says where its tokens come from.
//!
//! ```text
//! enum A { B = 1 }      →   var A = …
//! f(A.B)                →   /*␁2:1*/f(1)
//! ```
//!
//! A mark, which the engine reads (`js-runtime/c/positions.c`), is only written where a token does not stand as far
//! from the one before as it did in the source.

use std::io;

use swc_common::{BytePos, SourceMap, Span, sync::Lrc};
use swc_ecma_ast::Program;
use swc_ecma_codegen::text_writer::WriteJs;
use swc_ecma_codegen::{Config, Emitter, Node as _};

use crate::source::{SourceFile, utf16_units};

/// Writes `program`, whose spans count the bytes of `source` from 1.
pub(crate) fn print(program: &Program, map: &Lrc<SourceMap>, source: &SourceFile) -> String {
    let mut writer = Writer {
        source,
        text: String::new(),
        next: None,
        pending: None,
        last: (0, (1, 1)),
    };
    let mut emitter = Emitter {
        cfg: Config::default(),
        cm: Lrc::clone(map),
        comments: None,
        wr: &mut writer,
    };
    // Writing to memory does not fail.
    let _ = program.emit_with(&mut emitter);
    writer.text
}

struct Writer<'a> {
    source: &'a SourceFile,
    text: String,
    /// The position that the engine would give what is written next; none in front of the first mark.
    next: Option<(usize, usize)>,
    /// Where the next token comes from.
    pending: Option<BytePos>,
    /// The last place that was asked for, as offset and position: in a file of one long line the next is found from it.
    last: (usize, (usize, usize)),
}

impl Writer<'_> {
    fn write(&mut self, text: &str) {
        self.text.push_str(text);
        if let Some((line, column)) = &mut self.next {
            match text.rfind('\n') {
                None => *column += utf16_units(text),
                Some(last) => {
                    *line += text.matches('\n').count();
                    *column = utf16_units(&text[last + 1..]) + 1;
                }
            }
        }
    }

    /// Writes a token that may have a mark in front of it.
    fn token(&mut self, span: Option<Span>, text: &str) {
        let is_real = |place: &BytePos| !place.is_dummy() && !place.is_reserved_for_comments();
        let own = span.map(|span| span.lo).filter(is_real);
        let place = own.or(self.pending.filter(is_real));
        self.pending = None;
        // The `#` of a private name is written on its own, and the engine knows the word `using` by what follows at once.
        let is_inside = self.text.ends_with('#') || self.text.ends_with("using ");
        if let Some(place) = place.filter(|_| !is_inside) {
            let offset = place.0 as usize - 1;
            if offset <= self.source.text.len() {
                let position = self.position(offset);
                if self.next != Some(position) {
                    let (line, column) = position;
                    self.text.push_str(&format!("/*\x01{line}:{column}*/"));
                    self.next = Some(position);
                }
            }
        }
        self.write(text);
    }

    fn position(&mut self, offset: usize) -> (usize, usize) {
        let (last, (line, column)) = self.last;
        let between = self.source.text.get(last..offset);
        let position = match between.filter(|text| !text.contains('\n')) {
            Some(text) => (line, column + utf16_units(text)),
            None => self.source.position(offset),
        };
        self.last = (offset, position);
        position
    }

    /// Writes what must not have a mark in front of it.
    fn bare(&mut self, text: &str) {
        self.pending = None;
        self.write(text);
    }
}

impl WriteJs for Writer<'_> {
    fn increase_indent(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn decrease_indent(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn write_semi(&mut self, _: Option<Span>) -> io::Result<()> {
        self.bare(";");
        Ok(())
    }

    fn write_space(&mut self) -> io::Result<()> {
        self.write(" ");
        Ok(())
    }

    fn write_keyword(&mut self, span: Option<Span>, text: &'static str) -> io::Result<()> {
        self.token(span, text);
        Ok(())
    }

    fn write_operator(&mut self, span: Option<Span>, text: &str) -> io::Result<()> {
        self.token(span, text);
        Ok(())
    }

    fn write_param(&mut self, text: &str) -> io::Result<()> {
        self.token(None, text);
        Ok(())
    }

    fn write_property(&mut self, text: &str) -> io::Result<()> {
        self.token(None, text);
        Ok(())
    }

    fn write_line(&mut self) -> io::Result<()> {
        if !self.text.ends_with('\n') {
            self.write("\n");
        }
        Ok(())
    }

    fn write_lit(&mut self, _: Span, text: &str) -> io::Result<()> {
        self.bare(text);
        Ok(())
    }

    fn write_comment(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    /// Strings, and the texts of templates, in which a mark would be text.
    fn write_str_lit(&mut self, _: Span, text: &str) -> io::Result<()> {
        self.bare(text);
        Ok(())
    }

    fn write_str(&mut self, text: &str) -> io::Result<()> {
        self.bare(text);
        Ok(())
    }

    fn write_symbol(&mut self, span: Span, text: &str) -> io::Result<()> {
        self.token(Some(span), text);
        Ok(())
    }

    fn write_punct(&mut self, span: Option<Span>, text: &'static str, _: bool) -> io::Result<()> {
        match text {
            // Behind the text of a template.
            "`" | "${" => self.bare(text),
            _ => self.token(span, text),
        }
        Ok(())
    }

    fn care_about_srcmap(&self) -> bool {
        true
    }

    fn add_srcmap(&mut self, position: BytePos) -> io::Result<()> {
        self.pending = Some(position);
        Ok(())
    }

    fn commit_pending_semi(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn can_ignore_invalid_unicodes(&mut self) -> bool {
        false
    }
}
