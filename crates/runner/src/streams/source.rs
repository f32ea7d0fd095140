//! A call's standard input.

use std::io::{self, IsTerminal, Read};

use super::worker::Worker;
use super::{CHUNK, Failure};
use crate::call::Stdin;
use crate::deadline::Deadline;
use crate::limits::{Bound, LimitKind};
use crate::stop::Stop;

/// Where a module's standard input comes from, and how much of it there was.
pub(crate) struct Source {
    origin: Origin,
    /// Bytes that have been read.
    length: u64,
    limit: Option<u64>,
    deadline: Deadline,
    is_terminal: bool,
}

enum Origin {
    Bytes { bytes: Vec<u8>, at: usize },
    Reader(Box<dyn Read + Send>),
    Worker(Worker<usize, Vec<u8>>),
}

impl Source {
    pub(crate) fn new(
        stdin: Stdin,
        limit: Option<u64>,
        deadline: Deadline,
    ) -> Result<Source, Failure> {
        let is_terminal = matches!(stdin, Stdin::Inherit) && io::stdin().is_terminal();
        let (origin, known) = match stdin {
            Stdin::Empty => (Origin::bytes(Vec::new()), Some(0)),
            Stdin::Bytes(bytes) => {
                let length = bytes.len() as u64;
                (Origin::bytes(bytes), Some(length))
            }
            Stdin::File(file) => {
                let metadata = file.metadata().ok().filter(|metadata| metadata.is_file());
                let blocks = metadata.is_none();
                let origin = Origin::reader(Box::new(file), blocks && deadline.exists())?;
                (origin, metadata.map(|metadata| metadata.len()))
            }
            Stdin::Inherit => (
                Origin::reader(Box::new(io::stdin()), deadline.exists())?,
                None,
            ),
            Stdin::Reader(reader) => (Origin::reader(reader, deadline.exists())?, None),
        };
        let source = Source {
            origin,
            length: 0,
            limit,
            deadline,
            is_terminal,
        };
        // Where the size is known, no instruction is spent on what is too large.
        source.check(known.unwrap_or(0))?;
        Ok(source)
    }

    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// How many bytes the module has read.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Reads into `buffer`; 0 at the end.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Failure> {
        let size = buffer.len().min(CHUNK);
        let length = match &mut self.origin {
            Origin::Bytes { bytes, at } => {
                let rest = &bytes[*at..];
                let length = rest.len().min(buffer.len());
                buffer[..length].copy_from_slice(&rest[..length]);
                *at += length;
                length
            }
            Origin::Reader(reader) => read(reader, &mut buffer[..size])?,
            Origin::Worker(worker) => {
                let bytes = worker.run(size, self.deadline)?;
                buffer[..bytes.len()].copy_from_slice(&bytes);
                bytes.len()
            }
        };
        self.length += length as u64;
        self.check(self.length)?;
        Ok(length)
    }

    fn check(&self, length: u64) -> Result<(), Stop> {
        match self.limit {
            Some(amount) if length > amount => Err(Stop::Limit(Bound {
                kind: LimitKind::Input,
                amount,
            })),
            _ => Ok(()),
        }
    }
}

impl Origin {
    fn bytes(bytes: Vec<u8>) -> Origin {
        Origin::Bytes { bytes, at: 0 }
    }

    fn reader(mut reader: Box<dyn Read + Send>, is_bounded: bool) -> io::Result<Origin> {
        if !is_bounded {
            return Ok(Origin::Reader(reader));
        }
        let worker = Worker::start(move |size| {
            let mut buffer = vec![0; size];
            let length = read(&mut reader, &mut buffer)?;
            buffer.truncate(length);
            Ok(buffer)
        })?;
        Ok(Origin::Worker(worker))
    }
}

fn read(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
