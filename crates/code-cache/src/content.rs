//! The digest of an entry's code, and where its zeros are.
//!
//! Half of an entry is the image of the module's memory, and most of that are zeros. They are not digested, and where they
//! fill pages neither written nor read: the digest is of the blocks that hold something, one after the other, and then of
//! their places. From these all bytes follow, and they are the same however a file system stores the file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use crate::key::Key;
use crate::secret::Secret;

/// What file systems leave out.
const PAGE: usize = 4096;

/// What the digest leaves out. A page's blocks are the bits of a [`u16`].
const BLOCK: usize = PAGE / 16;

/// What is gone through at once: not more than a core caches.
const BUFFER: usize = 64 * 1024;

/// What is digested at once. BLAKE3 is fastest with powers of two that fill all lanes of a vector unit.
const STEP: usize = 16 * 1024;

/// Code that is gone through from its beginning to its end.
pub(crate) struct Content {
    hasher: blake3::Hasher,
    /// The first `filled` bytes are blocks that are still to be digested.
    buffer: Vec<u8>,
    filled: usize,
    /// Which blocks of each page hold something.
    pages: Vec<u16>,
    length: u64,
}

impl Content {
    fn new(secret: &Secret) -> Content {
        Content {
            hasher: blake3::Hasher::new_keyed(secret.as_bytes()),
            buffer: vec![0; BUFFER],
            filled: 0,
            pages: Vec::new(),
            length: 0,
        }
    }

    pub(crate) fn of(secret: &Secret, mut code: &[u8]) -> Content {
        let mut content = Content::new(secret);
        let length = code.len() as u64;
        match content.data(&mut code, length) {
            Ok(()) => content,
            Err(_) => unreachable!("memory can be read"),
        }
    }

    /// The next `length` bytes, of which all but the last are whole pages.
    fn data(&mut self, source: &mut impl Read, length: u64) -> io::Result<()> {
        let end = self.length + length;
        while self.length < end {
            if self.buffer.len() - self.filled < PAGE {
                self.flush();
            }
            let room = (self.buffer.len() - self.filled) / PAGE * PAGE;
            let size = usize::try_from(end - self.length).map_or(room, |left| left.min(room));
            let begin = self.filled;
            source.read_exact(&mut self.buffer[begin..begin + size])?;
            for page in (begin..begin + size).step_by(PAGE) {
                self.squeeze(page..(page + PAGE).min(begin + size));
            }
            self.length += size as u64;
        }
        Ok(())
    }

    /// The next `length` bytes are zeros.
    fn zeros(&mut self, length: u64) {
        let pages = length.div_ceil(PAGE as u64) as usize;
        self.pages.resize(self.pages.len() + pages, 0);
        self.length += length;
    }

    /// Moves the blocks of a page of the buffer to those before, without the ones that are zeros.
    fn squeeze(&mut self, page: Range<usize>) {
        let mut blocks = 0;
        for (number, begin) in page.clone().step_by(BLOCK).enumerate() {
            let block = begin..(begin + BLOCK).min(page.end);
            if self.buffer[block.clone()] == [0; BLOCK][..block.len()] {
                continue;
            }
            blocks |= 1 << number;
            let length = block.len();
            if begin != self.filled {
                self.buffer.copy_within(block, self.filled);
            }
            self.filled += length;
        }
        self.pages.push(blocks);
    }

    fn flush(&mut self) {
        let whole = self.filled / STEP * STEP;
        self.hasher.update(&self.buffer[..whole]);
        self.buffer.copy_within(whole..self.filled, 0);
        self.filled -= whole;
    }

    /// The pages that hold something, as stretches of bytes.
    pub(crate) fn runs(&self) -> Vec<Range<u64>> {
        let mut runs: Vec<Range<u64>> = Vec::new();
        let page = PAGE as u64;
        for (number, blocks) in (0..).zip(&self.pages) {
            let (begin, end) = (number * page, (number * page + page).min(self.length));
            match runs.last_mut() {
                _ if *blocks == 0 => {}
                Some(run) if run.end == begin => run.end = end,
                _ => runs.push(begin..end),
            }
        }
        runs
    }

    /// The key is part of the digest, so an intact entry under another entry's name is refused as well; and so is what
    /// anybody wrote who does not know the secret. What follows the blocks can be told apart from its end: the key, the
    /// length of the code, and two bytes for each page of it.
    pub(crate) fn digest(mut self, key: &Key) -> blake3::Hash {
        let mut places: Vec<u8> = self
            .pages
            .iter()
            .flat_map(|page| page.to_le_bytes())
            .collect();
        places.extend(self.length.to_le_bytes());
        places.extend(key.as_bytes());
        self.hasher.update(&self.buffer[..self.filled]);
        self.hasher.update(&places).finalize()
    }
}

/// The first `length` bytes of a file. They are read, not mapped, so that what is never executed takes no memory.
pub(crate) fn read(file: &mut File, secret: &Secret, length: u64) -> io::Result<Content> {
    let mut content = Content::new(secret);
    while content.length < length {
        let data = next_data(file, content.length..length);
        content.zeros(data.start - content.length);
        file.seek(SeekFrom::Start(data.start))?;
        content.data(file, data.end - data.start)?;
    }
    Ok(content)
}

/// The first stretch of a part of a file that may hold something; before it there is nothing. It begins and ends with pages.
#[cfg(target_os = "linux")]
fn next_data(file: &File, part: Range<u64>) -> Range<u64> {
    use rustix::fs::SeekFrom;
    let page = PAGE as u64;
    let begin = match rustix::fs::seek(file, SeekFrom::Data(part.start)) {
        Ok(begin) => begin / page * page,
        // Nothing but a hole follows.
        Err(rustix::io::Errno::NXIO) => return part.end..part.end,
        Err(_) => return part,
    };
    let end = match rustix::fs::seek(file, SeekFrom::Hole(begin)) {
        Ok(end) => end.div_ceil(page) * page,
        Err(_) => part.end,
    };
    begin.clamp(part.start, part.end)..end.min(part.end)
}

/// Nobody says where a file has holes.
#[cfg(not(target_os = "linux"))]
fn next_data(_: &File, part: Range<u64>) -> Range<u64> {
    part
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use std::io::{Seek, SeekFrom, Write};

    use wasmtime::{Config, Engine};

    use super::{BLOCK, BUFFER, Content, PAGE, read};
    use crate::key::Key;
    use crate::secret::Secret;

    fn key() -> Key {
        Key::new(&Engine::new(&Config::new()).unwrap(), b"wasm")
    }

    fn secret() -> Secret {
        let directory = tempfile::tempdir().unwrap();
        Secret::create(directory.path()).unwrap()
    }

    /// A file with holes, one without, and bytes in memory are the same.
    fn check(code: &[u8], runs: &[(usize, usize)]) {
        let (secret, key) = (secret(), key());
        let content = Content::of(&secret, code);
        let found: Vec<(usize, usize)> = content
            .runs()
            .iter()
            .map(|run| (run.start as usize, run.end as usize))
            .collect();
        assert_eq!(found, runs);
        let digest = content.digest(&key);
        let mut whole = tempfile::tempfile().unwrap();
        whole.write_all(code).unwrap();
        let mut holed = tempfile::tempfile().unwrap();
        holed.set_len(code.len() as u64).unwrap();
        for (begin, end) in runs {
            holed.seek(SeekFrom::Start(*begin as u64)).unwrap();
            holed.write_all(&code[*begin..*end]).unwrap();
        }
        for file in [&mut whole, &mut holed] {
            let content = read(file, &secret, code.len() as u64).unwrap();
            assert_eq!(content.length, code.len() as u64);
            assert_eq!(content.digest(&key), digest);
        }
    }

    #[test]
    fn zeros_are_left_out_by_pages() {
        check(&[], &[]);
        check(&[0; 3 * PAGE], &[]);
        check(&[1; 100], &[(0, 100)]);
        let mut code = vec![0; 5 * BUFFER + 10];
        check(&code, &[]);
        code[PAGE] = 1;
        code[BUFFER - 1] = 1;
        code[BUFFER] = 1;
        code[5 * BUFFER + 9] = 1;
        let last = 5 * BUFFER;
        check(
            &code,
            &[
                (PAGE, 2 * PAGE),
                (BUFFER - PAGE, BUFFER + PAGE),
                (last, last + 10),
            ],
        );
    }

    #[test]
    fn places_and_length_count() {
        let (secret, key) = (secret(), key());
        let mut digests = Vec::new();
        for (length, at) in [(4, 0), (4, 1), (4, 15), (4, 16), (4, 63), (5, 0), (5, 64)] {
            let mut code = vec![0; length * PAGE];
            code[at * BLOCK] = 1;
            digests.push(Content::of(&secret, &code).digest(&key).to_hex());
        }
        digests.push(Content::of(&secret, &[0; PAGE]).digest(&key).to_hex());
        digests.push(Content::of(&secret, &[0; 2 * PAGE]).digest(&key).to_hex());
        digests.sort();
        let all = digests.len();
        digests.dedup();
        assert_eq!(digests.len(), all);
    }
}
