//! Writes files: each whole or not at all, and several together.
//!
//! What is written has no name until it is complete (`O_TMPFILE`), so that a process that is killed leaves nothing. Only a
//! file that takes the place of another has a second name for the moment between two system calls, and signals wait for its
//! end.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::overlap::place;
use crate::signals;

/// Writes `bytes` to the file at `path`. What `path` links to is what is written; a device or a pipe is written to and stays
/// what it is.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    write_all(&[(path, bytes)], || Ok(ExitCode::SUCCESS)).map(drop)
}

/// Writes all of these files, or none where one of them cannot be written. When what can fail for want of room is done, and
/// nothing has its name yet, `before` is called; where that fails nothing is written either. Gives what `before` gave.
pub(crate) fn write_all(
    files: &[(&Path, &[u8])],
    before: impl FnOnce() -> Result<ExitCode>,
) -> Result<ExitCode> {
    let mut staged = Vec::new();
    let mut streams = Vec::new();
    for (path, bytes) in files {
        check(path)?;
        if path.exists() && !path.is_file() {
            streams.push((path, bytes));
        } else {
            let staging = Staged::new(place(path), bytes);
            staged.push((path, staging.with_context(|| cannot_write(path))?));
        }
    }
    for (path, bytes) in streams {
        let stream = File::options().write(true).open(path);
        stream
            .and_then(|mut stream| stream.write_all(bytes))
            .with_context(|| cannot_write(path))?;
    }
    let code = before()?;
    if code != ExitCode::SUCCESS {
        return Ok(code);
    }
    let mut made = Vec::new();
    for (path, staging) in staged {
        let target = staging.target.clone();
        let is_new = fs::symlink_metadata(&target).is_err();
        let published = signals::held(|| staging.publish());
        if published.is_err() {
            // What is new goes again; what was written over is lost.
            for target in &made {
                let _ = fs::remove_file(target);
            }
        }
        published.with_context(|| cannot_write(path))?;
        made.extend(is_new.then_some(target));
    }
    Ok(code)
}

/// Directories that were made, which go again unless they are kept.
#[must_use]
pub(crate) struct NewDirectories(Vec<PathBuf>);

impl NewDirectories {
    pub(crate) fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewDirectories {
    fn drop(&mut self) {
        for directory in &self.0 {
            // One that is not empty any more is somebody's.
            let _ = fs::remove_dir(directory);
        }
    }
}

/// Makes the directory of a file that is to be written, if it is not there: what is built often has one of its own, which is
/// not in the repository.
pub(crate) fn make_directory(path: &Path) -> Result<NewDirectories> {
    let directory = directory_of(path);
    if directory.exists() {
        return Ok(NewDirectories(Vec::new()));
    }
    let is_missing = |directory: &&Path| !directory.as_os_str().is_empty() && !directory.exists();
    let missing = directory.ancestors().take_while(is_missing);
    let new = NewDirectories(missing.map(Path::to_owned).collect());
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot make the directory {}", directory.display()))?;
    Ok(new)
}

/// Finds the mistakes that the system's errors do not explain well.
pub(crate) fn check(path: &Path) -> Result<()> {
    find_mistake(path).with_context(|| cannot_write(path))
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

fn find_mistake(path: &Path) -> Result<()> {
    let directory = directory_of(path);
    let shown = directory.display();
    if path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/') {
        bail!("it is a directory; name a file in it");
    }
    if !directory.exists() {
        bail!("there is no directory {shown}; make it first");
    }
    if !directory.is_dir() {
        bail!("{shown} is not a directory");
    }
    Ok(())
}

fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A file that is complete but for its name.
struct Staged<'a> {
    target: PathBuf,
    content: Content<'a>,
}

enum Content<'a> {
    /// A file without a name.
    #[cfg(target_os = "linux")]
    Written(File),
    /// What is to be written, where there are no such files.
    Bytes(&'a [u8]),
}

impl<'a> Staged<'a> {
    fn new(target: PathBuf, bytes: &'a [u8]) -> io::Result<Staged<'a>> {
        #[cfg(target_os = "linux")]
        if let Some(mut file) = unnamed(directory_of(&target)) {
            file.write_all(bytes)?;
            let content = Content::Written(file);
            return Ok(Staged { target, content });
        }
        let content = Content::Bytes(bytes);
        Ok(Staged { target, content })
    }

    /// Gives the file its name, in one step, whatever had it before.
    fn publish(self) -> io::Result<()> {
        let mut named = tempfile::Builder::new();
        named.prefix(PREFIX);
        let directory = directory_of(&self.target);
        let path = match self.content {
            #[cfg(target_os = "linux")]
            Content::Written(file) => match link(&file, &self.target) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => named
                    .make_in(directory, |path| link(&file, path))
                    .map_err(without_path)?
                    .into_temp_path(),
                linked => return linked,
            },
            Content::Bytes(bytes) => {
                named.permissions(permissions());
                let named = named.tempfile_in(directory).map_err(without_path)?;
                // The error of a bare file does not name it.
                let (mut file, path) = named.into_parts();
                file.write_all(bytes)?;
                path
            }
        };
        path.persist(self.target).map_err(|failed| failed.error)
    }
}

/// What names of files begin with that are not what they will be.
const PREFIX: &str = ".jsc-";

/// A file without a name in a directory, where its file system has such files and they can be given one.
#[cfg(target_os = "linux")]
fn unnamed(directory: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    // What a new file gets before the user's umask is applied.
    let file = rustix::fs::open(directory, flags, Mode::from_raw_mode(0o666)).ok()?;
    let file = File::from(file);
    by_descriptor(&file).exists().then_some(file)
}

#[cfg(target_os = "linux")]
fn by_descriptor(file: &File) -> PathBuf {
    use std::os::fd::AsRawFd;
    PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()))
}

#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD};
    let linked = rustix::fs::linkat(CWD, by_descriptor(file), CWD, path, AtFlags::SYMLINK_FOLLOW);
    Ok(linked?)
}

/// The system's own error, without the name of the temporary file, which means nothing to the user.
fn without_path(error: io::Error) -> io::Error {
    let code = error
        .get_ref()
        .and_then(|error| error.source()?.downcast_ref::<io::Error>()?.raw_os_error());
    code.map_or(error, io::Error::from_raw_os_error)
}

/// What a new file gets before the user's umask is applied; a temporary file would be the user's alone.
fn permissions() -> fs::Permissions {
    #[cfg(unix)]
    {
        std::os::unix::fs::PermissionsExt::from_mode(0o666)
    }
    #[cfg(not(unix))]
    {
        // Other systems take a file's permissions from its directory.
        fs::metadata(".").map_or_else(
            |_| unreachable!("the current directory exists"),
            |metadata| metadata.permissions(),
        )
    }
}
