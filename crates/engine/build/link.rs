//! Links the guest to one module that keeps the linker's symbols and relocations.

use std::path::Path;
use std::process::Command;

use crate::Archives;
use crate::toolchain::Toolchain;

/// What the host calls at build time.
const BUILD_EXPORTS: [&str; 25] = [
    "_initialize",
    "jsc_build_boot",
    "jsc_build_allocate",
    "jsc_build_define",
    "jsc_build_define_export",
    "jsc_build_resolve",
    "jsc_build_keep",
    "jsc_build_evaluate",
    "jsc_build_without_compiler",
    "jsc_build_deferred",
    "jsc_build_exports",
    "jsc_build_seal",
    "jsc_build_references",
    "jsc_build_reference_count",
    "jsc_build_gates",
    "jsc_build_gate_count",
    "jsc_build_opcodes",
    "jsc_build_sizes",
    "jsc_build_runtime",
    "jsc_build_close",
    "jsc_build_fit_stack",
    "jsc_build_report",
    "jsc_build_report_length",
    "jsc_build_stack",
    "jsc_build_touches",
];

/// What a compiled module calls.
const RUN_EXPORTS: [&str; 3] = ["jsc_call", "jsc_continue", "jsc_no_default"];

/// Bytes of the stack in linear memory. It lies at the bottom, so that an overflow traps instead of running into data.
const STACK_SIZE: usize = 400 * 1024;

/// The first slot of the function table. `crates/optimize` takes words of the engine's mutable data from here on for function
/// pointers, so it should be no likely number, such as a class or the size of something small; but all slots below it are
/// made, and looked through after each call, by who runs a module.
const TABLE_BASE: usize = 0x200;

pub(crate) fn link(toolchain: &Toolchain, archives: &Archives, image: &Path) -> Result<(), String> {
    let mut linker = Command::new(&toolchain.linker);
    linker
        .arg("--no-entry")
        .arg("--stack-first")
        .arg("--gc-sections")
        .arg("--emit-relocs")
        // Those of libc and of Rust's library; names and relocations stay.
        .arg("--strip-debug")
        .arg(format!("--table-base={TABLE_BASE}"))
        .args(["-z", &format!("stack-size={STACK_SIZE}")])
        .arg("--export=__stack_pointer");
    for export in BUILD_EXPORTS.iter().chain(&RUN_EXPORTS) {
        linker.arg(format!("--export={export}"));
    }
    linker
        .arg(toolchain.libc.join("crt1-reactor.o"))
        // Whole and first: its QuickJS is the one that counts.
        .arg("--whole-archive")
        .arg(&archives.engine)
        .arg("--no-whole-archive")
        .arg(&archives.runtime)
        .arg("-L")
        .arg(&toolchain.libc)
        .arg("-lc")
        .arg(&toolchain.builtins)
        .arg("-o")
        .arg(image);
    let output = linker
        .output()
        .map_err(|error| format!("cannot run {}: {error}", toolchain.linker.display()))?;
    if !output.status.success() {
        return Err(format!(
            "the engine does not link:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(())
}
