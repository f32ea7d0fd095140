//! One entry: how it is written so that nobody sees half of it, and what it must pass before it is executed.

use std::fs::{DirBuilder, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use wasmtime::{Engine, Module};

use crate::bound::record_use;
use crate::content::{Content, read};
use crate::deserialize::deserialize;
use crate::key::Key;
use crate::secret::Secret;

/// The module stored under `key`, or `None` when there is none that can be trusted.
pub(crate) fn load(directory: &Path, key: &Key, engine: &Engine) -> Option<Module> {
    let file = inputs::open(&directory.join(key.file_name())).ok()?;
    let secret = Secret::read(directory)?;
    record_use(&file);
    open(file, key, &secret, engine)
}

/// The module that `file` holds, or `None` when it cannot be trusted.
pub(crate) fn open(file: File, key: &Key, secret: &Secret, engine: &Engine) -> Option<Module> {
    let verified = verify(file, key, secret).ok()??;
    deserialize(engine, verified)
}

/// Puts `code` under `key`: into a file of its own first, which then takes the entry's name in one step. Whoever
/// else stores or loads the same entry sees the old file or the new one, whole. Pages of zeros, of which the image of a
/// module's memory has many, are left out where the file system can.
pub(crate) fn store(directory: &Path, key: &Key, code: &[u8]) -> io::Result<()> {
    let secret = Secret::create(directory)?;
    // `tempfile` creates with mode 0600 and removes the file when a write fails.
    let mut file = tempfile::Builder::new()
        .prefix(".writing-")
        .tempfile_in(directory)?;
    let content = Content::of(&secret, code);
    for run in content.runs() {
        let bytes = &code[run.start as usize..run.end as usize];
        file.seek(SeekFrom::Start(run.start))?;
        file.write_all(bytes)?;
    }
    file.seek(SeekFrom::Start(code.len() as u64))?;
    file.write_all(content.digest(key).as_bytes())?;
    file.persist(directory.join(key.file_name()))
        .map_err(|error| error.error)?;
    Ok(())
}

/// What [`store`] writes.
pub(crate) fn sealed(key: &Key, secret: &Secret, mut code: Vec<u8>) -> Vec<u8> {
    let digest = Content::of(secret, &code).digest(key);
    code.extend_from_slice(digest.as_bytes());
    code
}

/// An open entry whose content is what [`store`] wrote under the same key.
pub(crate) struct Verified(pub(crate) File);

fn verify(mut file: File, key: &Key, secret: &Secret) -> io::Result<Option<Verified>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() || !is_own(&metadata) {
        return Ok(None);
    }
    let Some(code_len) = metadata.len().checked_sub(blake3::OUT_LEN as u64) else {
        return Ok(None);
    };
    let computed = read(&mut file, secret, code_len)?.digest(key);
    let mut stored = [0; blake3::OUT_LEN];
    file.seek(SeekFrom::Start(code_len))?;
    file.read_exact(&mut stored)?;
    file.seek(SeekFrom::Start(0))?;
    Ok((computed == stored).then_some(Verified(file)))
}

pub(crate) fn create_private_directory(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Whether only this user can write the file: it must not change while its code is mapped, and an entry in a shared
/// directory, or one of the invoking user when running under sudo, is not ours.
#[cfg(unix)]
fn is_own(metadata: &Metadata) -> bool {
    const WRITABLE_BY_OTHERS: u32 = 0o022;
    has_owner_and_not(metadata, WRITABLE_BY_OTHERS)
}

/// Whether only this user can read and write the file.
#[cfg(unix)]
pub(crate) fn is_private(metadata: &Metadata) -> bool {
    const OPEN_TO_OTHERS: u32 = 0o077;
    has_owner_and_not(metadata, OPEN_TO_OTHERS)
}

#[cfg(unix)]
fn has_owner_and_not(metadata: &Metadata, mode: u32) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & mode == 0
}

#[cfg(not(unix))]
fn is_own(_: &Metadata) -> bool {
    true
}

#[cfg(not(unix))]
pub(crate) fn is_private(_: &Metadata) -> bool {
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use wasmtime::{Config, Engine, Module, ModuleVersionStrategy};

    use super::{load, store};
    use crate::key::Key;

    /// Code that is sealed as ours is, but that another version of wasmtime has made: the last to refuse it is wasmtime.
    #[test]
    fn code_of_another_version() {
        const WASM: &[u8] = b"\0asm\x01\0\0\0";
        let home = tempfile::tempdir().unwrap();
        let engine = Engine::default();
        let key = Key::new(&engine, WASM);
        let mut config = Config::new();
        let version = ModuleVersionStrategy::Custom("0.1.0".to_owned());
        config.module_version(version).unwrap();
        for (maker, is_taken) in [
            (Engine::new(&config).unwrap(), false),
            (engine.clone(), true),
        ] {
            let code = Module::new(&maker, WASM).unwrap().serialize().unwrap();
            store(home.path(), &key, &code).unwrap();
            assert_eq!(load(home.path(), &key, &engine).is_some(), is_taken);
        }
    }
}
