//! Any module, valid or damaged, that asks for anything of WASI, ends within its limits in one of the ways that the runner
//! has a name for.

use std::sync::OnceLock;
use std::time::Duration;

use runner::{Config, Error, Excess, Limits, LogLimit, Runtime};

use crate::patience::within;
use crate::{Choices, Fault};

/// What every module may import, under the types that WASI preview 1 has for them.
const WASI: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_read" (func (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_seek" (func (param i32 i64 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_close" (func (param i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_fdstat_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_prestat_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_prestat_dir_name" (func (param i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_readdir" (func (param i32 i32 i32 i64 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_open" (func (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "clock_time_get" (func (param i32 i64 i32) (result i32)))
    (import "wasi_snapshot_preview1" "clock_res_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "random_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "args_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "args_sizes_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "environ_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "environ_sizes_get" (func (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "poll_oneoff" (func (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
)"#;

/// What a call may take beyond its limit of time: the machine does other things, too.
const PATIENCE: Duration = Duration::from_secs(20);

const FUEL: u64 = 2_000_000;

/// Checks the module of an input.
///
/// # Errors
/// Where a limit does not hold.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let is_damaged = choices.once_in(4);
    let Ok(mut wasm) = module(&mut choices) else {
        return Ok(());
    };
    if is_damaged {
        for _ in 0..1 + choices.below(4) {
            let index = choices.below(wasm.len());
            wasm[index] = choices.any().unwrap_or(0);
        }
    }
    let input = vec![b'x'; choices.below(100_000)];
    let limits = Limits {
        fuel: Some(FUEL),
        time: Some(Duration::from_millis(500)),
        memory: Some(1 << 24),
        input: Some(1 << 16),
        output: Some(1 << 12),
        log: Some(LogLimit {
            bytes: 1 << 10,
            excess: [Excess::Stop, Excess::Truncate][choices.below(2)],
        }),
        ..Limits::default()
    };
    within(PATIENCE, "running", || run(&wasm, &input, &limits))?
}

fn run(wasm: &[u8], input: &[u8], limits: &Limits) -> Result<(), Fault> {
    let runtime = runtime()?;
    let Ok(function) = runtime.load(wasm) else {
        return Ok(());
    };
    for export in function.exports() {
        let call = runner::Call {
            export: Some(export.to_string()),
            stdin: runner::Stdin::Bytes(input.to_vec()),
            ..runner::Call::default()
        };
        let outcome = match function.call(call, limits) {
            Ok(outcome) => outcome,
            Err(Error::Engine(message)) => return Err(Fault::new(message)),
            Err(_) => continue,
        };
        let used = [
            ("instructions", outcome.fuel.unwrap_or(0), FUEL),
            ("bytes of input", outcome.input, 1 << 16),
            ("bytes of output", outcome.stdout.len() as u64, 1 << 12),
            ("bytes of log", outcome.stderr.len() as u64, 1 << 10),
            ("bytes of memory", outcome.peak_memory, 1 << 24),
        ];
        for (what, used, limit) in used {
            if used > limit {
                let message = format!("`{export}` used {used} {what}, the limit is {limit}");
                return Err(Fault::new(message));
            }
        }
    }
    Ok(())
}

fn module(choices: &mut Choices<'_>) -> arbitrary::Result<Vec<u8>> {
    static IMPORTS: OnceLock<Vec<u8>> = OnceLock::new();
    let imports = IMPORTS.get_or_init(|| wat::parse_str(WASI).unwrap_or_default());
    let config = wasm_smith::Config {
        available_imports: Some(imports.clone()),
        export_everything: true,
        min_memories: 1,
        max_memories: 2,
        min_funcs: 1,
        // What the runner does not offer, or lies in no module of the field.
        memory64_enabled: false,
        threads_enabled: false,
        gc_enabled: false,
        exceptions_enabled: false,
        shared_everything_threads_enabled: false,
        custom_page_sizes_enabled: false,
        wide_arithmetic_enabled: false,
        ..wasm_smith::Config::default()
    };
    let module = wasm_smith::Module::new(config, choices.unstructured())?;
    Ok(module.to_bytes())
}

fn runtime() -> Result<&'static Runtime, Fault> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        let config = Config {
            fuel: true,
            interruption: true,
            max_memory: 1 << 24,
            ..Config::default()
        };
        Runtime::new(&config).map_err(|error| error.to_string())
    });
    runtime.as_ref().map_err(|error| Fault::new(error.clone()))
}
