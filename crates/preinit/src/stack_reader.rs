//! Reads the JavaScript stack out of the memory of a compiled module that is running.
//!
//! A compiled module has neither names for its data nor code that tells where the program is. But it has the memory
//! layout of the engine it was made from: the whole engine, given a copy of that memory, tells its own stack as it does
//! at build time.

use budget::{Budget, Meter};
use engine::EngineImage;

use crate::guest::Guest;
use crate::{Error, Evaluator};

/// A function that was running, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Frame {
    /// Its name, `<anonymous>` if it has none.
    pub function: String,
    /// The file that it is in; empty where it stands for functions that are not known.
    pub file: String,
    /// The line of the call that it is at, or was at last.
    pub line: u32,
}

/// An instance of the engine that tells the stacks of other instances.
pub struct StackReader {
    guest: Guest,
    /// The engine's own data, of which compiled modules have only what they use.
    data: Vec<(u32, &'static [u8])>,
    /// The parts of it that the module in question lacks, once one was looked at.
    missing: Option<Vec<(usize, &'static [u8])>>,
}

/// Where the reader's own stack begins: below all frames of the sample but the deepest possible, whose place at the
/// bottom is reserved for functions that call nothing.
const STACK_POINTER: i32 = 32 * 1024;

impl StackReader {
    /// A reader for modules that were made from this engine.
    ///
    /// # Errors
    /// [`Error::Engine`] if the engine does not boot.
    pub fn new(evaluator: &Evaluator, image: &EngineImage) -> Result<StackReader, Error> {
        let sections = image
            .sections()
            .map_err(|error| Error::Engine(error.to_string()))?;
        Ok(StackReader {
            guest: evaluator.empty_guest(&Meter::new(Budget::default()))?,
            data: sections.data,
            missing: None,
        })
    }

    /// Whether a module with this memory can have been made from this engine: what it has of the engine's data is the
    /// same.
    #[must_use]
    pub fn fits(&self, memory: &[u8]) -> bool {
        let (mut same, mut different) = (0_usize, 0_usize);
        for (address, bytes) in &self.data {
            let Some(there) = memory.get(*address as usize..) else {
                return false;
            };
            for (a, b) in bytes.iter().zip(there).filter(|(_, there)| **there != 0) {
                if a == b {
                    same += 1;
                } else {
                    different += 1;
                }
            }
        }
        same > 100 && same > different * 2
    }

    /// The stack in `memory`, the innermost function first. Empty when no JavaScript runs. All memories that a reader is
    /// given are of the same module.
    ///
    /// # Errors
    /// [`Error::Engine`] when there is no room for a copy of the memory.
    pub fn read(&mut self, memory: &[u8]) -> Result<Vec<Frame>, Error> {
        const PAGE: usize = 64 * 1024;
        let missing = self
            .missing
            .get_or_insert_with(|| missing(&self.data, memory));
        let guest = &mut self.guest;
        let grown = memory
            .len()
            .saturating_sub(guest.memory.data_size(&guest.store));
        guest
            .memory
            .grow(&mut guest.store, grown.div_ceil(PAGE) as u64)?;
        let copy = &mut guest.memory.data_mut(&mut guest.store)[..memory.len()];
        copy.copy_from_slice(memory);
        for (address, bytes) in missing.iter() {
            copy[*address..*address + bytes.len()].copy_from_slice(bytes);
        }
        guest.set_stack_pointer(STACK_POINTER)?;
        let told = guest.stack();
        let mut frames: Vec<Frame> = told.lines().filter_map(frame).collect();
        if told.ends_with(MORE) {
            frames.push(Frame {
                function: "(calls that are too deep to be shown)".to_owned(),
                file: String::new(),
                line: 0,
            });
        }
        Ok(frames)
    }
}

/// The engine's last line where a stack is deeper than it can tell.
const MORE: &str = "    ...\n";

/// The engine's data where a module's memory has zeros instead: constants that the module does not use are left out of
/// it. Where the engine begins with zeros, too, a module may write later, such as the frames of its functions.
fn missing(data: &[(u32, &'static [u8])], memory: &[u8]) -> Vec<(usize, &'static [u8])> {
    let mut missing = Vec::new();
    for (address, bytes) in data {
        let begin = *address as usize;
        let Some(there) = memory.get(begin..begin + bytes.len()) else {
            continue;
        };
        let is_missing = |at: usize| there[at] == 0 && bytes[at] != 0;
        let mut at = 0;
        while at < bytes.len() {
            let end = at + (at..bytes.len()).take_while(|at| is_missing(*at)).count();
            if end > at {
                missing.push((begin + at, &bytes[at..end]));
            }
            at = end + (end..bytes.len()).take_while(|at| !is_missing(*at)).count();
        }
    }
    missing
}

/// Reads `    at name (file:line:column)`.
fn frame(line: &str) -> Option<Frame> {
    let (function, place) = line.trim().strip_prefix("at ")?.rsplit_once(" (")?;
    let mut place = place.strip_suffix(')')?.rsplitn(3, ':');
    let _column = place.next()?;
    let line = place.next()?.parse().ok()?;
    Some(Frame {
        function: function.to_owned(),
        file: place.next()?.to_owned(),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::{Frame, frame};

    #[test]
    fn zeros_are_filled() {
        let data: [(u32, &'static [u8]); 2] = [(1, &[1, 2, 3, 4]), (6, &[0, 0, 5, 0])];
        let memory = [9, 1, 0, 0, 4, 0, 0, 0, 0, 0];
        assert_eq!(
            super::missing(&data, &memory),
            [(2, &[2, 3][..]), (8, &[5][..])]
        );
    }

    #[test]
    fn frames_are_read() {
        let expected = Frame {
            function: "a (b)".into(),
            file: "src/x:y.js".into(),
            line: 12,
        };
        assert_eq!(frame("    at a (b) (src/x:y.js:12:7)"), Some(expected));
        assert_eq!(frame("no frame"), None);
        assert_eq!(frame("    at f (native)"), None);
    }
}
