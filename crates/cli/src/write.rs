//! Writes a file whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

/// Writes `bytes` to a temporary file beside `path`, then renames it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let cannot = || format!("cannot write {}", path.display());
    if path.is_dir() {
        return Err(anyhow::anyhow!("it is a directory")).with_context(cannot);
    }
    let mut file = tempfile::Builder::new()
        .prefix(".jsc-")
        .permissions(permissions())
        .tempfile_in(directory)
        .with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    file.persist(path)
        .map_err(|failed| failed.error)
        .with_context(cannot)?;
    Ok(())
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
