//! The descriptors 0, 1 and 2, which are all there are.

use wasmtime::Caller;

use super::guest::{Errno, parts};
use super::{Done, Failure};
use crate::fuel;
use crate::host::{Host, Stream};
use crate::stop::Stop;

/// The stream that a descriptor stands for.
fn stream(host: &Host, fd: u32) -> Result<Stream, Errno> {
    let open = host.descriptors.get(fd as usize).copied().flatten();
    open.ok_or(Errno::BADF)
}

/// Ends a call that goes through its vectors when the time is over.
fn look_at_clock(host: &Host, index: u32) -> Result<(), Stop> {
    const VECTORS_PER_LOOK: u32 = 1024;
    match index % VECTORS_PER_LOOK {
        0 => host.deadline.left().map(drop),
        _ => Ok(()),
    }
}

pub(super) fn read(
    caller: &mut Caller<'_, Host>,
    fd: u32,
    vectors: u32,
    count: u32,
    length: u32,
) -> Done {
    let (mut guest, host) = parts(caller);
    if stream(host, fd)? != Stream::Stdin {
        return Err(Errno::BADF.into());
    }
    let mut read = 0;
    // One buffer at a time, as programs expect that read from a pipe or a terminal: what there is, not more.
    for index in 0..count {
        look_at_clock(host, index)?;
        let buffer = guest.vector(vectors, index)?;
        if !buffer.is_empty() {
            // At most the length of a buffer in a 32-bit memory.
            read = host.streams.stdin.lock().read(buffer)? as u32;
            break;
        }
    }
    Ok(guest.set_u32(length, read)?)
}

pub(super) fn write(
    caller: &mut Caller<'_, Host>,
    fd: u32,
    vectors: u32,
    count: u32,
    length: u32,
) -> Done {
    // What is written behind the limit is not written.
    fuel::check(&*caller)?;
    let (mut guest, host) = parts(caller);
    let sink = match stream(host, fd)? {
        Stream::Stdin => return Err(Errno::BADF.into()),
        Stream::Stdout => &host.streams.stdout,
        Stream::Stderr => &host.streams.stderr,
    };
    let mut sink = sink.lock();
    let mut written = 0_u32;
    for index in 0..count {
        look_at_clock(host, index)?;
        let buffer = guest.vector(vectors, index)?;
        // Buffers may overlap, so that their sum is more than an address.
        written = written.saturating_add(buffer.len() as u32);
        sink.write(buffer)?;
    }
    drop(sink);
    Ok(guest.set_u32(length, written)?)
}

pub(super) fn close(caller: &mut Caller<'_, Host>, fd: u32) -> Done {
    let host = caller.data_mut();
    stream(host, fd)?;
    host.descriptors[fd as usize] = None;
    Ok(())
}

pub(super) fn renumber(caller: &mut Caller<'_, Host>, from: u32, to: u32) -> Done {
    let host = caller.data_mut();
    let moved = stream(host, from)?;
    stream(host, to)?;
    host.descriptors[from as usize] = None;
    host.descriptors[to as usize] = Some(moved);
    Ok(())
}

/// The type of file, which tells terminals from pipes: C libraries buffer the one by lines.
fn file_type(host: &Host, stream: Stream) -> u8 {
    const UNKNOWN: u8 = 0;
    const CHARACTER_DEVICE: u8 = 2;
    let is_terminal = match stream {
        Stream::Stdin => host.streams.stdin.lock().is_terminal(),
        Stream::Stdout => host.streams.stdout.lock().is_terminal(),
        Stream::Stderr => host.streams.stderr.lock().is_terminal(),
    };
    if is_terminal {
        CHARACTER_DEVICE
    } else {
        UNKNOWN
    }
}

/// `fdstat`: type of file u8, flags u16 at 2, rights u64 at 8, rights to inherit u64 at 16.
pub(super) fn status(caller: &mut Caller<'_, Host>, fd: u32, to: u32) -> Done {
    const MAY_READ: u64 = 1 << 1;
    const MAY_WRITE: u64 = 1 << 6;
    let (mut guest, host) = parts(caller);
    let stream = stream(host, fd)?;
    let rights = match stream {
        Stream::Stdin => MAY_READ,
        Stream::Stdout | Stream::Stderr => MAY_WRITE,
    };
    let mut status = [0; 24];
    status[0] = file_type(host, stream);
    status[8..16].copy_from_slice(&rights.to_le_bytes());
    *guest.array(to)? = status;
    Ok(())
}

/// `filestat`: the type of file at 16 is all that is known of a stream.
pub(super) fn file_status(caller: &mut Caller<'_, Host>, fd: u32, to: u32) -> Done {
    let (mut guest, host) = parts(caller);
    let stream = stream(host, fd)?;
    let mut status = [0; 64];
    status[16] = file_type(host, stream);
    *guest.array(to)? = status;
    Ok(())
}

/// What functions that want a file or a directory answer when they are given the descriptor `fd`.
pub(super) fn refuse(host: &Host, fd: u32, otherwise: Errno) -> Failure {
    match stream(host, fd) {
        Ok(_) => otherwise.into(),
        Err(errno) => errno.into(),
    }
}
