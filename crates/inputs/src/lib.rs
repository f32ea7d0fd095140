//! Opens what is to be read: regular files, within a bound.
//!
//! A path can lead to anything: a pipe that nobody writes to, a device without an end, a file of a terabyte. Who names one on
//! the command line means it (`jsc compile <(…)`), and it is read up to the bound. What a package, a link or a cache names
//! is a regular file or an error.
//!
//! ```
//! let error = inputs::read("/dev/zero".as_ref(), inputs::SOURCE).expect_err("no file");
//! assert_eq!(error.to_string(), "it is a device and not a file");
//! ```

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of a source text, a source map, or anything else that is read as text.
pub const SOURCE: u64 = 256 << 20;

/// The most bytes of a module, which is what engines take.
pub const MODULE: u64 = 1 << 30;

/// The most bytes of a file that people write by hand.
pub const SETTINGS: u64 = 16 << 20;

/// Opens a regular file.
///
/// # Errors
/// Those of the system; and of [`io::ErrorKind::InvalidInput`] for what is no regular file, which is not waited for.
pub fn open(path: &Path) -> io::Result<File> {
    // Opening alone has effects on some devices.
    check(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // By now it may have become a pipe.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    let file = options.open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

/// Opens what the user names: a regular file, a pipe or a device, but no directory.
///
/// # Errors
/// Those of the system.
pub fn open_named(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    match file.metadata()?.is_dir() {
        true => Err(is_a_directory()),
        false => Ok(file),
    }
}

/// The bytes of a regular file of at most `most`.
///
/// # Errors
/// Those of [`open`] and of reading; [`io::ErrorKind::FileTooLarge`] for what has more.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    bounded(open(path)?, most)
}

/// The bytes of what the user names, if there are at most `most`.
///
/// # Errors
/// Those of [`open_named`] and of reading; [`io::ErrorKind::FileTooLarge`] for what has more.
pub fn read_named(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    bounded(open_named(path)?, most)
}

/// The text of a regular file of at most `most` bytes.
///
/// # Errors
/// Those of [`read`]; [`io::ErrorKind::InvalidData`] for what is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    text(read(path, most)?)
}

/// The text of what the user names, if it has at most `most` bytes.
///
/// # Errors
/// Those of [`read_named`]; [`io::ErrorKind::InvalidData`] for what is not UTF-8.
pub fn read_named_text(path: &Path, most: u64) -> io::Result<String> {
    text(read_named(path, most)?)
}

/// All that a reader gives, if that is at most `most` bytes.
///
/// # Errors
/// Those of reading; [`io::ErrorKind::FileTooLarge`] when there is more.
pub fn read_all(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more shows that it is too large.
    reader
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(too_large(most)),
        false => Ok(bytes),
    }
}

fn bounded(file: File, most: u64) -> io::Result<Vec<u8>> {
    // Only regular files know their length; nothing of one that is too large is read.
    match file.metadata()?.len() > most {
        true => Err(too_large(most)),
        false => read_all(file, most),
    }
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not text in UTF-8"))
}

fn too_large(most: u64) -> io::Error {
    let message = format!("it has more than {most} bytes");
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

fn is_a_directory() -> io::Error {
    io::Error::new(io::ErrorKind::IsADirectory, "it is a directory")
}

fn check(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    if metadata.is_dir() {
        return Err(is_a_directory());
    }
    let message = format!("it is {} and not a file", kind(metadata));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(_: &Metadata) -> &'static str {
    "something else"
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::ErrorKind;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::{open, read, read_all, read_named, read_text};

    /// What reading does not wait for and does not fill memory with.
    #[test]
    fn no_files() {
        let home = tempfile::tempdir().expect("a directory");
        let path = |name: &str| home.path().join(name);
        mknodat(CWD, path("pipe"), FileType::Fifo, Mode::RWXU, 0).expect("a pipe");
        let _socket = UnixListener::bind(path("socket")).expect("a socket");
        symlink("pipe", path("link")).expect("a link");
        symlink("/dev/zero", path("zeros")).expect("a link");
        symlink("circle", path("circle")).expect("a link");
        for (name, kind, message) in [
            (
                "pipe",
                ErrorKind::InvalidInput,
                "it is a pipe and not a file",
            ),
            (
                "link",
                ErrorKind::InvalidInput,
                "it is a pipe and not a file",
            ),
            (
                "socket",
                ErrorKind::InvalidInput,
                "it is a socket and not a file",
            ),
            (
                "zeros",
                ErrorKind::InvalidInput,
                "it is a device and not a file",
            ),
            (".", ErrorKind::IsADirectory, "it is a directory"),
        ] {
            let error = open(&path(name)).expect_err(name);
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
        }
        assert!(open(&path("circle")).is_err());
        assert_eq!(
            open(&path("missing")).expect_err("none").kind(),
            ErrorKind::NotFound
        );
    }

    #[test]
    fn bounds() {
        let home = tempfile::tempdir().expect("a directory");
        let path = home.path().join("file");
        fs::write(&path, "12345").expect("a file");
        let kind = |path: &Path, most| read(path, most).map_err(|error| error.kind());
        assert_eq!(kind(&path, 5), Ok(b"12345".to_vec()));
        assert_eq!(kind(&path, 4), Err(ErrorKind::FileTooLarge));
        // A terabyte that takes no room.
        let file = fs::File::options().write(true).open(&path);
        file.and_then(|file| file.set_len(1 << 40)).expect("a hole");
        assert_eq!(kind(&path, 1 << 20), Err(ErrorKind::FileTooLarge));
        // Without a length, but an end.
        let about = Path::new("/proc/self/status");
        if about.exists() {
            assert!(read_text(about, 1 << 20).expect("a text").contains("Pid:"));
        }
        let zeros = read_named(Path::new("/dev/zero"), 1000).expect_err("no end");
        assert_eq!(zeros.to_string(), "it has more than 1000 bytes");
        assert_eq!(read_all(&b"123"[..], 3).expect("three bytes"), b"123");
    }
}
