//! The text of a file, and where its lines are.

/// A file of the program.
#[derive(Debug)]
pub struct SourceFile {
    /// How messages and stack traces call it.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// Where each line starts, in bytes.
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file with this name and text.
    #[must_use]
    pub fn new(name: String, text: String) -> SourceFile {
        let newlines = text
            .bytes()
            .zip(1..)
            .filter(|(byte, _)| *byte == b'\n')
            .map(|(_, next)| next);
        let line_starts = std::iter::once(0).chain(newlines).collect();
        SourceFile {
            name,
            text,
            line_starts,
        }
    }

    /// Line and column of a byte offset, both from 1; columns count UTF-16 units, as everywhere in JavaScript.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let column = self
            .text
            .get(start..offset)
            .map_or(offset - start, utf16_units);
        (line, column + 1)
    }

    /// The byte offset of a line and a column, both from 1; a column behind the line's end is the line's end.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let text = self.line(line);
        let mut left = column.saturating_sub(1);
        let within = text.char_indices().find(|(_, character)| {
            let is_there = left == 0;
            left = left.saturating_sub(character.len_utf16());
            is_there
        });
        Some(start + within.map_or(text.len(), |(offset, _)| offset))
    }

    /// The text of a line, counted from 1, without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = line
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index))
        else {
            return "";
        };
        let end = self
            .line_starts
            .get(line)
            .copied()
            .unwrap_or(self.text.len());
        self.text[*start..end].trim_end_matches(['\n', '\r'])
    }

    /// Where a line, counted from 1, starts.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        self.line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len())
    }
}

/// The length of a text as JavaScript has it.
#[must_use]
pub(crate) fn utf16_units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    #[test]
    fn offsets_and_positions_agree() {
        let check = |text: &str, offset: usize, position: (usize, usize)| {
            let file = SourceFile::new("a.js".into(), text.into());
            assert_eq!(file.position(offset), position);
            assert_eq!(file.offset(position.0, position.1), Some(offset));
        };
        check("", 0, (1, 1));
        check("ab\ncd", 1, (1, 2));
        check("ab\ncd", 3, (2, 1));
        check("ab\ncd", 5, (2, 3));
        check("é=1\nx", 3, (1, 3));
        check("'😀'+x", 7, (1, 6));
        check("a\n", 2, (2, 1));
    }
}
