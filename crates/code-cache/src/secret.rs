//! The secret that tells code which this user's jsc wrote from everything else.

use std::io::{self, Read, Write};
use std::path::Path;

use crate::entry::{create_private_directory, is_private};

/// The name of its file, beside the entries.
const FILE: &str = "secret";

/// What the digests of entries are keyed with. Who cannot read it cannot make an entry that is taken.
#[derive(Clone, Copy)]
pub(crate) struct Secret([u8; blake3::KEY_LEN]);

impl Secret {
    /// The secret of `directory`, if there is one that others can neither have written nor read.
    pub(crate) fn read(directory: &Path) -> Option<Secret> {
        let mut file = inputs::open(&directory.join(FILE)).ok()?;
        let metadata = file.metadata().ok()?;
        if !metadata.is_file() || !is_private(&metadata) || metadata.len() != blake3::KEY_LEN as u64
        {
            return None;
        }
        let mut secret = [0; blake3::KEY_LEN];
        file.read_exact(&mut secret).ok()?;
        Some(Secret(secret))
    }

    /// The secret of `directory`, made now if there is none.
    pub(crate) fn create(directory: &Path) -> io::Result<Secret> {
        if let Some(secret) = Secret::read(directory) {
            return Ok(secret);
        }
        create_private_directory(directory)?;
        let mut secret = [0; blake3::KEY_LEN];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        let mut file = tempfile::Builder::new()
            .prefix(".writing-")
            .tempfile_in(directory)?;
        file.write_all(&secret)?;
        let path = directory.join(FILE);
        // Of processes that come here at once, one wins and all take its secret.
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(Secret(secret)),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(failed) => return Err(failed.error),
        }
        if let Some(secret) = Secret::read(directory) {
            return Ok(secret);
        }
        // What is there was not written by us whole, or others have had access; entries under it are worth nothing.
        std::fs::remove_file(&path)?;
        let mut file = tempfile::Builder::new()
            .prefix(".writing-")
            .tempfile_in(directory)?;
        file.write_all(&secret)?;
        file.persist(&path).map_err(|failed| failed.error)?;
        Ok(Secret(secret))
    }

    pub(crate) fn as_bytes(&self) -> &[u8; blake3::KEY_LEN] {
        &self.0
    }
}
