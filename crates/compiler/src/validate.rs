//! The last check of every module: what it finds is our fault.

use std::io::{self, Write};
use std::path::PathBuf;

use wasmparser::{Validator, WasmFeatures};

/// The features of WebAssembly 2.0 that a module may use; engines without any later proposal run it.
const FEATURES: WasmFeatures = WasmFeatures::WASM2.difference(WasmFeatures::SIMD);

/// Checks that `wasm` is a valid module.
///
/// # Panics
/// If it is not. The module is then in the directory for temporary files, to go with a report.
pub(crate) fn validate(wasm: &[u8]) {
    if let Err(error) = Validator::new_with_features(FEATURES).validate_all(wasm) {
        let dump = match keep(wasm) {
            Ok(path) => format!("the module is in {}", path.display()),
            Err(error) => format!("the module could not be kept: {error}"),
        };
        panic!("jsc wrote an invalid module, which is a fault of jsc: {error}; {dump}");
    }
}

/// Writes the module to a new file, whose name nobody can know in advance: others may write to that directory, too.
fn keep(wasm: &[u8]) -> io::Result<PathBuf> {
    let mut file = tempfile::Builder::new()
        .prefix("jsc-invalid-")
        .suffix(".wasm")
        .tempfile()?;
    file.write_all(wasm)?;
    Ok(file.keep()?.1)
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn what_is_kept_is_a_new_file() {
        let paths = [super::keep(b"1"), super::keep(b"2")].map(|kept| kept.expect("a file"));
        assert_ne!(paths[0], paths[1]);
        for (path, content) in paths.iter().zip(["1", "2"]) {
            assert_eq!(fs::read_to_string(path).expect("a file"), content);
            fs::remove_file(path).expect("a file");
        }
    }
}
