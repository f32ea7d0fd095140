//! The one place that turns bytes from disk into code that will run.
#![expect(
    unsafe_code,
    reason = "wasmtime cannot check machine code; `Verified` is the promise that it wrote it"
)]

use wasmtime::{Engine, Module};

use crate::entry::Verified;

/// Maps a verified entry. `None` when this engine does not take it.
pub(crate) fn deserialize(engine: &Engine, entry: Verified) -> Option<Module> {
    // SAFETY: the file must hold what `Module::serialize` returned, and must not change while it is mapped. The
    // first is what `Verified` stands for: the keyed digest was computed over this open file, not over whatever has
    // its name now. The second holds because entries are only ever replaced by rename, never written to, and because
    // nobody but this user may write to the file. The digest that follows the ELF image is read by neither wasmtime's
    // ELF reader, which goes by the section table, nor by its loader.
    unsafe { Module::deserialize_open_file(engine, entry.0) }.ok()
}

/// Maps the code of a component. `None` when this engine does not take it.
#[cfg(feature = "component")]
pub(crate) fn deserialize_component(
    engine: &Engine,
    compiled: &crate::CompiledComponent,
) -> Option<wasmtime::component::Component> {
    // SAFETY: the file holds what `Component::serialize` returned in this process, in a directory of which only this user
    // knows the name and may write to it, and nothing writes to it again.
    unsafe { wasmtime::component::Component::deserialize_file(engine, compiled.path()) }.ok()
}
