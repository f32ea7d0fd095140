//! The name of an entry: a digest of the wasm bytes and of all that their machine code depends on.

use std::hash::{Hash, Hasher};

use wasmtime::Engine;

/// Changes when the layout of an entry's file changes, so that old entries are not even looked at.
const FORMAT: &[u8] = b"jsc code cache, format 3";

/// What an entry is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(blake3::Hash);

impl Key {
    pub(crate) fn new(engine: &Engine, wasm: &[u8]) -> Key {
        let mut digest = Digest(blake3::Hasher::new());
        digest.0.update(FORMAT);
        engine.precompile_compatibility_hash().hash(&mut digest);
        // The wasm is digested on its own so that its bytes cannot pass for the engine's.
        digest.0.update(blake3::hash(wasm).as_bytes());
        Key(digest.0.finalize())
    }

    pub(crate) fn as_bytes(&self) -> &[u8; blake3::KEY_LEN] {
        self.0.as_bytes()
    }

    pub(crate) fn file_name(&self) -> String {
        format!("{}.cwasm", self.0.to_hex())
    }
}

/// Lets the engine's [`Hash`] feed all of a 256-bit digest; [`Hasher::finish`] has only 64 bits.
struct Digest(blake3::Hasher);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the digest is read by its owner")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use wasmtime::{Config, Engine};

    use super::Key;

    #[test]
    fn same_content_same_key() {
        let engine = || Engine::new(&Config::new()).unwrap();
        assert_eq!(Key::new(&engine(), b"wasm"), Key::new(&engine(), b"wasm"));
    }

    #[test]
    fn content_and_engine_change_the_key() {
        let engine = Engine::new(&Config::new()).unwrap();
        let metered = Engine::new(Config::new().consume_fuel(true)).unwrap();
        let key = Key::new(&engine, b"wasm");
        assert_ne!(key, Key::new(&engine, b"wasn"));
        assert_ne!(key, Key::new(&metered, b"wasm"));
    }
}
