//! The WASI preview 1 functions that the guest calls itself, without libc's buffered streams.

/// Standard input, output and error.
pub const STDIN: u32 = 0;
pub const STDOUT: u32 = 1;
pub const STDERR: u32 = 2;

/// `clockid` of the wall clock and of the monotonic clock.
pub const CLOCK_REALTIME: u32 = 0;
pub const CLOCK_MONOTONIC: u32 = 1;

/// `errno` of a pipe that nobody reads any more.
const PIPE: u16 = 64;

/// Appends what `errno` means, as far as it tells something.
pub fn push_reason(errno: u16, text: &mut alloc::string::String) {
    use crate::say::Say;
    let known = match errno {
        8 => "it is not open",
        29 => "the device has failed",
        31 => "it is a directory",
        51 => "no space is left",
        PIPE => "the other end has closed it",
        _ => {
            text.say("the host refuses (errno ");
            crate::json_error::push_number(text, errno.into());
            ")"
        }
    };
    text.say(known);
}

mod import {
    #[repr(C)]
    pub struct IoVec {
        pub pointer: *const u8,
        pub length: usize,
    }

    /// A `subscription` to a clock.
    #[repr(C)]
    pub struct Timer {
        pub userdata: u64,
        /// `eventtype`, a byte: 0 is a clock.
        pub kind: u64,
        pub clock: u32,
        pub timeout: u64,
        pub precision: u64,
        pub flags: u16,
    }

    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    unsafe extern "C" {
        pub fn fd_read(fd: u32, vectors: *const IoVec, count: usize, read: *mut usize) -> u16;
        pub fn fd_write(fd: u32, vectors: *const IoVec, count: usize, written: *mut usize) -> u16;
        pub fn clock_time_get(clock: u32, precision: u64, time: *mut u64) -> u16;
        pub fn random_get(buffer: *mut u8, length: usize) -> u16;
        pub fn poll_oneoff(
            subscriptions: *const Timer,
            events: *mut [u64; 4],
            count: usize,
            happened: *mut usize,
        ) -> u16;
        pub fn proc_exit(code: u32) -> !;
    }
}

/// Reads at most `length` bytes to `buffer`; 0 at the end. The error is WASI's `errno`.
///
/// # Safety
/// `buffer` must be valid for writes of `length` bytes.
pub unsafe fn read(fd: u32, buffer: *mut u8, length: usize) -> Result<usize, u16> {
    let vector = import::IoVec {
        pointer: buffer,
        length,
    };
    let mut read = 0;
    match unsafe { import::fd_read(fd, &vector, 1, &mut read) } {
        0 => Ok(read),
        errno => Err(errno),
    }
}

/// Writes some of `bytes` and says how many.
pub fn write(fd: u32, bytes: &[u8]) -> Result<usize, u16> {
    let vector = import::IoVec {
        pointer: bytes.as_ptr(),
        length: bytes.len(),
    };
    let mut written = 0;
    match unsafe { import::fd_write(fd, &vector, 1, &mut written) } {
        0 => Ok(written),
        // A reader that has seen enough ends the program without a word, as SIGPIPE does for other programs.
        PIPE if fd == STDOUT => exit(1),
        errno => Err(errno),
    }
}

/// Writes all of `bytes`, however many calls that takes.
pub fn write_all(fd: u32, mut bytes: &[u8]) -> Result<(), u16> {
    while !bytes.is_empty() {
        let written = write(fd, bytes)?;
        bytes = &bytes[written..];
    }
    Ok(())
}

/// Nanoseconds on `clock`; 0 where the host has no such clock.
pub fn clock(clock: u32) -> u64 {
    let mut time = 0;
    unsafe { import::clock_time_get(clock, 1000, &mut time) };
    time
}

/// Waits for as many nanoseconds; not at all where the host cannot.
pub fn sleep(nanoseconds: u64) {
    let timer = import::Timer {
        userdata: 0,
        kind: 0,
        clock: CLOCK_MONOTONIC,
        timeout: nanoseconds,
        precision: 0,
        flags: 0,
    };
    let (mut event, mut happened) = ([0; 4], 0);
    unsafe { import::poll_oneoff(&timer, &mut event, 1, &mut happened) };
}

/// Eight bytes from the host's random source.
pub fn random() -> u64 {
    let mut bytes = [0; 8];
    unsafe { import::random_get(bytes.as_mut_ptr(), bytes.len()) };
    u64::from_le_bytes(bytes)
}

/// Ends the program.
pub fn exit(code: u32) -> ! {
    unsafe { import::proc_exit(code) }
}
