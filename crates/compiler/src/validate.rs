//! The last check of every module: what it finds is our fault.

use wasmparser::{Validator, WasmFeatures};

/// The features of WebAssembly 2.0 that a module may use; engines without any later proposal run it.
const FEATURES: WasmFeatures = WasmFeatures::WASM2.difference(WasmFeatures::SIMD);

/// Checks that `wasm` is a valid module.
///
/// # Panics
/// If it is not. The module is then in the directory for temporary files, to go with a report.
pub(crate) fn validate(wasm: &[u8]) {
    if let Err(error) = Validator::new_with_features(FEATURES).validate_all(wasm) {
        let path = std::env::temp_dir().join("jsc-invalid.wasm");
        let dump = match std::fs::write(&path, wasm) {
            Ok(()) => format!("the module is in {}", path.display()),
            Err(error) => format!("the module could not be kept: {error}"),
        };
        panic!("jsc wrote an invalid module, which is a fault of jsc: {error}; {dump}");
    }
}
