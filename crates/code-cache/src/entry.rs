//! One entry: how it is written so that nobody sees half of it, and what it must pass before it is executed.

use std::fs::{DirBuilder, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use wasmtime::{Engine, Module};

use crate::deserialize::deserialize;
use crate::key::Key;

/// The module stored under `key`, or `None` when there is none that can be trusted.
pub(crate) fn load(directory: &Path, key: &Key, engine: &Engine) -> Option<Module> {
    let file = File::open(directory.join(key.file_name())).ok()?;
    let verified = verify(file, key).ok()??;
    deserialize(engine, verified)
}

/// Puts `code` under `key`: into a file of its own first, which then takes the entry's name in one step. Whoever
/// else stores or loads the same entry sees the old file or the new one, whole.
pub(crate) fn store(directory: &Path, key: &Key, code: &[u8]) -> io::Result<()> {
    create_private_directory(directory)?;
    // `tempfile` creates with mode 0600 and removes the file when a write fails.
    let mut file = tempfile::Builder::new()
        .prefix(".writing-")
        .tempfile_in(directory)?;
    file.write_all(code)?;
    file.write_all(digest(key, code)?.as_bytes())?;
    file.persist(directory.join(key.file_name()))
        .map_err(|error| error.error)?;
    Ok(())
}

/// An open entry whose content is what [`store`] wrote under the same key.
pub(crate) struct Verified(pub(crate) File);

fn verify(mut file: File, key: &Key) -> io::Result<Option<Verified>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() || !is_private(&metadata) {
        return Ok(None);
    }
    let Some(code_len) = metadata.len().checked_sub(blake3::OUT_LEN as u64) else {
        return Ok(None);
    };
    let computed = digest(key, Read::by_ref(&mut file).take(code_len))?;
    let mut stored = [0; blake3::OUT_LEN];
    file.read_exact(&mut stored)?;
    file.seek(SeekFrom::Start(0))?;
    Ok((computed == stored).then_some(Verified(file)))
}

/// The key is part of the digest, so an intact entry under another entry's name is refused as well.
fn digest(key: &Key, code: impl Read) -> io::Result<blake3::Hash> {
    Ok(blake3::Hasher::new_keyed(key.as_bytes())
        .update_reader(code)?
        .finalize())
}

fn create_private_directory(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Whether only this user can have written the file: a digest that anybody can compute protects from accidents, not
/// from a neighbour in a shared directory or from the invoking user when running under sudo.
#[cfg(unix)]
fn is_private(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    const WRITABLE_BY_OTHERS: u32 = 0o022;
    metadata.uid() == rustix::process::geteuid().as_raw()
        && metadata.mode() & WRITABLE_BY_OTHERS == 0
}

#[cfg(not(unix))]
fn is_private(_: &Metadata) -> bool {
    true
}
