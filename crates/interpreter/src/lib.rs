//! Runs modules that jsc compiled on wasmi, an interpreter: it starts a module in milliseconds, where making machine code
//! of it takes a tenth of a second or more; and it is not the engine that evaluated the program at build time.
//!
//! ```text
//! module ─ run ─► exit code, standard output, standard error
//! ```

use wasmi::{
    Caller, CompilationMode, Config, Engine, Linker, Memory, Module, Store, StoreLimits,
    StoreLimitsBuilder, TrapCode,
};

/// What a module did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// What it gave to `proc_exit`, 0, or [`TRAPPED`].
    pub exit_code: i32,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error, and how it trapped.
    pub stderr: String,
}

/// The exit code of a module that trapped, which none may.
pub const TRAPPED: i32 = 134;

/// How many calls wasmi lets lie inside each other. Other runtimes count bytes of their stack, which is what the guest's own
/// check keeps within (`crates/cli/tests/stack.rs`); by default, wasmi ends at a thousand.
const MAX_DEPTH: usize = 10_000;

/// The bytes of wasmi's stack, which holds all locals; by default, there are a million.
const MAX_STACK: usize = 16 << 20;

/// Runs an export of a module, which may use this many bytes of memory.
///
/// # Panics
/// If it is no module of jsc: it must be valid, ask for WASI only and write UTF-8.
#[must_use]
pub fn run(wasm: &[u8], export: &str, max_memory: usize) -> Run {
    run_within(wasm, export, max_memory, None).expect("there is no limit")
}

/// The same; none where it takes more fuel than that.
///
/// # Panics
/// As [`run`].
#[must_use]
pub fn run_within(wasm: &[u8], export: &str, max_memory: usize, fuel: Option<u64>) -> Option<Run> {
    let mut config = Config::default();
    config.consume_fuel(fuel.is_some());
    config.compilation_mode(CompilationMode::Lazy);
    config.set_max_recursion_depth(MAX_DEPTH);
    config.set_max_stack_height(MAX_STACK);
    let engine = Engine::new(&config);
    let module = Module::new(&engine, wasm).expect("a valid module");
    let limits = StoreLimitsBuilder::new().memory_size(max_memory).build();
    let mut store = Store::new(
        &engine,
        Host {
            stdout: Vec::new(),
            stderr: Vec::new(),
            limits,
        },
    );
    store.limiter(|host| &mut host.limits);
    if let Some(fuel) = fuel {
        store.set_fuel(fuel).expect("fuel is counted");
    }
    let instance = linker(&engine)
        .instantiate_and_start(&mut store, &module)
        .expect("a module that asks for WASI only");
    let function = instance
        .get_typed_func::<(), ()>(&store, export)
        .expect("an export");
    let mut trap = String::new();
    let exit_code = match function.call(&mut store, ()) {
        Ok(()) => 0,
        Err(error) if error.as_trap_code() == Some(TrapCode::OutOfFuel) => return None,
        Err(error) => error.i32_exit_status().unwrap_or_else(|| {
            trap = format!("a trap: {error}");
            TRAPPED
        }),
    };
    let host = store.into_data();
    let text = |bytes| String::from_utf8(bytes).expect("modules write UTF-8");
    Some(Run {
        exit_code,
        stdout: text(host.stdout),
        stderr: text(host.stderr) + &trap,
    })
}

struct Host {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    limits: StoreLimits,
}

const SUCCESS: i32 = 0;
const BADF: i32 = 8;

/// As much of WASI as compiled modules use: input is empty, clocks and randomness are the same in each run.
fn linker(engine: &Engine) -> Linker<Host> {
    const WASI: &str = "wasi_snapshot_preview1";
    let mut linker = Linker::new(engine);
    let defined = linker
        .func_wrap(WASI, "fd_write", write)
        .and_then(|linker| linker.func_wrap(WASI, "fd_read", read_nothing))
        .and_then(|linker| linker.func_wrap(WASI, "clock_time_get", read_clock))
        .and_then(|linker| linker.func_wrap(WASI, "random_get", read_random))
        // Waiting takes no time here.
        .and_then(|linker| {
            linker.func_wrap(WASI, "poll_oneoff", |_: i32, _: i32, _: i32, _: i32| {
                SUCCESS
            })
        })
        .and_then(|linker| linker.func_wrap(WASI, "proc_exit", exit))
        .and_then(|linker| linker.func_wrap(WASI, "fd_close", |_: i32| BADF))
        .and_then(|linker| linker.func_wrap(WASI, "fd_fdstat_get", |_: i32, _: i32| BADF))
        .and_then(|linker| {
            linker.func_wrap(WASI, "fd_seek", |_: i32, _: i64, _: i32, _: i32| BADF)
        });
    assert!(defined.is_ok(), "every function is defined once");
    linker
}

fn memory(caller: &Caller<'_, Host>) -> Memory {
    caller
        .get_export("memory")
        .and_then(wasmi::Extern::into_memory)
        .expect("a WASI module exports its memory")
}

fn number(data: &[u8], address: usize) -> usize {
    let bytes = data[address..address + 4].try_into().expect("four bytes");
    u32::from_le_bytes(bytes) as usize
}

fn write(mut caller: Caller<'_, Host>, file: i32, vectors: i32, count: i32, written: i32) -> i32 {
    let (data, host) = memory(&caller).data_and_store_mut(&mut caller);
    let target = match file {
        1 => &mut host.stdout,
        2 => &mut host.stderr,
        _ => return BADF,
    };
    let before = target.len();
    for vector in 0..count as usize {
        let address = vectors as usize + vector * 8;
        let (start, length) = (number(data, address), number(data, address + 4));
        target.extend_from_slice(&data[start..start + length]);
    }
    let length = (target.len() - before) as u32;
    data[written as usize..][..4].copy_from_slice(&length.to_le_bytes());
    SUCCESS
}

fn read_nothing(mut caller: Caller<'_, Host>, _: i32, _: i32, _: i32, read: i32) -> i32 {
    memory(&caller).data_mut(&mut caller)[read as usize..][..4].fill(0);
    SUCCESS
}

fn read_clock(mut caller: Caller<'_, Host>, _: i32, _: i64, time: i32) -> i32 {
    memory(&caller).data_mut(&mut caller)[time as usize..][..8].fill(1);
    SUCCESS
}

fn read_random(mut caller: Caller<'_, Host>, buffer: i32, length: i32) -> i32 {
    memory(&caller).data_mut(&mut caller)[buffer as usize..][..length as usize].fill(1);
    SUCCESS
}

fn exit(code: i32) -> Result<(), wasmi::Error> {
    Err(wasmi::Error::i32_exit(code))
}
