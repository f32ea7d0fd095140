//! The world at build time: output is collected, input is empty, clocks and randomness are fixed.
//!
//! The guest asks before it touches any of it (`js-runtime/src/world.rs`); this host is what it gets when it was let.

use wasmtime::{Caller, Engine, Linker, Memory, Module};

/// WASI's `errno` for success, a bad file and a function that is not supported.
const SUCCESS: i32 = 0;
const BADF: i32 = 8;
const NOTSUP: i32 = 58;

/// Build output beyond this many bytes is dropped.
const MAX_OUTPUT: usize = 1 << 20;

/// The state of one guest's world.
pub(crate) struct World {
    /// What the program wrote to standard output and error, in order.
    pub(crate) output: Vec<u8>,
    /// Nanoseconds since 1970.
    pub(crate) clock: u64,
    /// State of the random numbers.
    pub(crate) random: u64,
    /// Most bytes of linear memory.
    pub(crate) memory_limit: u64,
    /// How often memory was refused because of it.
    pub(crate) refusals: u32,
}

impl wasmtime::ResourceLimiter for World {
    fn memory_growing(
        &mut self,
        _: usize,
        desired: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        /// Once the program has been refused memory, the error that says so and its stack need some.
        const FOR_THE_ERROR: u64 = 1 << 20;
        /// `malloc` asks a second time before it gives up.
        const REFUSALS: u32 = 2;
        let limit = if self.refusals < REFUSALS {
            self.memory_limit
        } else {
            self.memory_limit + FOR_THE_ERROR
        };
        let granted = desired as u64 <= limit;
        self.refusals += u32::from(!granted);
        Ok(granted)
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

/// Links the imports of `module` to a sealed world.
pub(crate) fn link(engine: &Engine, module: &Module) -> wasmtime::Result<Linker<World>> {
    const WASI: &str = "wasi_snapshot_preview1";
    let mut linker = Linker::new(engine);
    linker.func_wrap(WASI, "fd_write", write)?;
    linker.func_wrap(WASI, "fd_read", read)?;
    linker.func_wrap(WASI, "clock_time_get", read_clock)?;
    linker.func_wrap(WASI, "random_get", read_random)?;
    linker.func_wrap(WASI, "poll_oneoff", wait)?;
    // Asked by libc's streams, which write nothing while a build goes well.
    linker.func_wrap(WASI, "fd_fdstat_get", |_: i32, _: i32| NOTSUP)?;
    linker.func_wrap(WASI, "fd_close", |_: i32| SUCCESS)?;
    linker.func_wrap(WASI, "fd_seek", |_: i32, _: i64, _: i32, _: i32| NOTSUP)?;
    linker.define_unknown_imports_as_traps(module)?;
    Ok(linker)
}

fn memory(caller: &mut Caller<'_, World>) -> wasmtime::Result<Memory> {
    caller
        .get_export("memory")
        .and_then(wasmtime::Extern::into_memory)
        .ok_or_else(|| wasmtime::Error::msg("the engine exports no memory"))
}

fn read_u32(data: &[u8], address: usize) -> wasmtime::Result<usize> {
    let bytes = data
        .get(address..address + 4)
        .ok_or_else(|| wasmtime::Error::msg("an address out of bounds"))?;
    Ok(bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

fn write(
    mut caller: Caller<'_, World>,
    file: i32,
    vectors: i32,
    count: i32,
    written: i32,
) -> wasmtime::Result<i32> {
    if file != 1 && file != 2 {
        return Ok(BADF);
    }
    let memory = memory(&mut caller)?;
    let (data, world) = memory.data_and_store_mut(&mut caller);
    let mut total = 0;
    for index in 0..count as usize {
        let address = read_u32(data, vectors as usize + index * 8)?;
        let length = read_u32(data, vectors as usize + index * 8 + 4)?;
        let bytes = data
            .get(address..address + length)
            .ok_or_else(|| wasmtime::Error::msg("output out of bounds"))?;
        let room = MAX_OUTPUT.saturating_sub(world.output.len());
        world.output.extend_from_slice(&bytes[..length.min(room)]);
        total += length;
    }
    memory.write(&mut caller, written as usize, &(total as u32).to_le_bytes())?;
    Ok(SUCCESS)
}

/// Reading is an error or left to the run, but known to be so only when the program has ended.
fn read(mut caller: Caller<'_, World>, _: i32, _: i32, _: i32, read: i32) -> wasmtime::Result<i32> {
    memory(&mut caller)?.write(&mut caller, read as usize, &0u32.to_le_bytes())?;
    Ok(SUCCESS)
}

/// Clocks move on by a millisecond a reading, so that a program that waits for time to pass ends.
fn read_clock(mut caller: Caller<'_, World>, _: i32, _: i64, time: i32) -> wasmtime::Result<i32> {
    let now = caller.data().clock;
    caller.data_mut().clock += 1_000_000;
    memory(&mut caller)?.write(&mut caller, time as usize, &now.to_le_bytes())?;
    Ok(SUCCESS)
}

/// Waiting takes no time but what the clock shows afterwards. The guest waits for one timer at a time.
fn wait(
    mut caller: Caller<'_, World>,
    timer: i32,
    _: i32,
    _: i32,
    _: i32,
) -> wasmtime::Result<i32> {
    /// Where a WASI `subscription` has its timeout.
    const TIMEOUT: usize = 24;
    let mut timeout = [0; 8];
    memory(&mut caller)?.read(&caller, timer as u32 as usize + TIMEOUT, &mut timeout)?;
    let clock = &mut caller.data_mut().clock;
    *clock = clock.saturating_add(u64::from_le_bytes(timeout));
    Ok(SUCCESS)
}

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014) from a fixed seed.
fn read_random(mut caller: Caller<'_, World>, buffer: i32, length: i32) -> wasmtime::Result<i32> {
    let mut bytes = Vec::with_capacity(length as usize + 8);
    while bytes.len() < length as usize {
        let state = caller.data().random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        caller.data_mut().random = state;
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bytes.extend_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
    }
    memory(&mut caller)?.write(&mut caller, buffer as usize, &bytes[..length as usize])?;
    Ok(SUCCESS)
}
