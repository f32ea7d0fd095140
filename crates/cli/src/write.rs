//! Writes a file whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Writes `bytes` to a temporary file beside `path`, then renames it. What `path` links to is what is written; a device or a
/// pipe is written to and stays what it is.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    check(path)?;
    let cannot = || format!("cannot write {}", path.display());
    let target = path.canonicalize();
    let path = target.as_deref().unwrap_or(path);
    if path.exists() && !path.is_file() {
        let file = fs::File::options().write(true).open(path);
        return file
            .and_then(|mut file| file.write_all(bytes))
            .with_context(cannot);
    }
    let mut file = tempfile::Builder::new()
        .prefix(".jsc-")
        .permissions(permissions())
        .tempfile_in(directory_of(path))
        .map_err(without_path)
        .with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    file.persist(path)
        .map_err(|failed| failed.error)
        .with_context(cannot)?;
    Ok(())
}

/// Makes the directory of a file that is to be written, if it is not there: what is built often has one of its own, which is
/// not in the repository.
pub(crate) fn make_directory(path: &Path) -> Result<()> {
    let directory = directory_of(path);
    if directory.exists() {
        return Ok(());
    }
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot make the directory {}", directory.display()))
}

/// Finds the mistakes that the system's errors do not explain well.
pub(crate) fn check(path: &Path) -> Result<()> {
    find_mistake(path).with_context(|| format!("cannot write {}", path.display()))
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
