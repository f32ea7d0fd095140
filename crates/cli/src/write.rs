//! Writes a file whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Writes `bytes` to a temporary file beside `path`, then renames it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let cannot = || format!("cannot write {}", path.display());
    check(path, directory).with_context(cannot)?;
    let mut file = tempfile::Builder::new()
        .prefix(".jsc-")
        .permissions(permissions())
        .tempfile_in(directory)
        .map_err(without_path)
        .with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    file.persist(path)
        .map_err(|failed| failed.error)
        .with_context(cannot)?;
    Ok(())
}

/// Finds the mistakes that the system's errors do not explain well.
fn check(path: &Path, directory: &Path) -> Result<()> {
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
