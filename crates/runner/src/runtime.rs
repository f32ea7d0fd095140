//! The engine and its settings.

use std::fmt;
use std::path::PathBuf;

use code_cache::CodeCache;
use wasmtime::{Enabled, Engine, InstanceAllocationStrategy, Linker, PoolingAllocationConfig};
use wasmtime_wasi::{I32Exit, p1};

use crate::diagnose;
use crate::error::Error;
use crate::function::{Function, State};

/// How a [`Runtime`] works.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where compiled code is kept, for example [`default_cache_directory`](crate::default_cache_directory); `None`
    /// compiles every module anew.
    pub cache_directory: Option<PathBuf>,
    /// Where instances live.
    pub allocation: Allocation,
    /// Whether to count executed instructions, which makes code slower.
    pub fuel: bool,
    /// The most bytes of linear memory that a call may have, all its memories together.
    pub max_memory: u64,
    /// The most bytes of stack for WebAssembly. The thread that calls must have so much, and some 256 KiB for the host
    /// besides.
    pub max_wasm_stack: usize,
}

/// Where instances live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// Each in memory of its own: nothing is prepared, which is best for a process that runs one module once.
    OnDemand,
    /// In slots that are reserved once and used again, which makes calls cheaper in a process that serves many.
    Pooled {
        /// How many calls may run at once; further ones get [`Error::Busy`].
        instances: u32,
    },
}

impl Default for Config {
    fn default() -> Config {
        Config {
            cache_directory: None,
            allocation: Allocation::OnDemand,
            fuel: false,
            // All that a 32-bit memory can have.
            max_memory: 1 << 32,
            // Shopify's limit, which is also wasmtime's default.
            max_wasm_stack: 512 * 1024,
        }
    }
}

/// An engine that loads and runs modules, from any number of threads.
pub struct Runtime {
    linker: Linker<State>,
    cache: CodeCache,
    max_memory: u64,
    fuel: bool,
}

impl Runtime {
    /// A runtime with these settings.
    ///
    /// # Errors
    ///
    /// [`Error::Engine`] when the settings contradict each other.
    pub fn new(config: &Config) -> Result<Runtime, Error> {
        let engine = engine(config).map_err(|error| Error::Engine(format!("{error:#}")))?;
        let linker = linker(&engine).map_err(|error| Error::Engine(format!("{error:#}")))?;
        Ok(Runtime {
            linker,
            cache: CodeCache::new(config.cache_directory.clone()),
            max_memory: config.max_memory,
            fuel: config.fuel,
        })
    }

    /// Makes a module ready to be called: compiles it or finds its code in the cache, and resolves its imports.
    ///
    /// # Errors
    ///
    /// Each says what is wrong with the module; none of them is about the cache.
    pub fn load(&self, wasm: &[u8]) -> Result<Function, Error> {
        diagnose::check_header(wasm)?;
        let module = self
            .cache
            .module(self.linker.engine(), wasm)
            .map_err(|error| diagnose::explain(wasm, &error, self.max_memory))?;
        Function::link(&self.linker, &module, self.max_memory, self.fuel)
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime")
            .field("cache", &self.cache)
            .field("max_memory", &self.max_memory)
            .field("fuel", &self.fuel)
            .finish_non_exhaustive()
    }
}

fn engine(config: &Config) -> wasmtime::Result<Engine> {
    let mut settings = wasmtime::Config::new();
    settings
        .consume_fuel(config.fuel)
        .max_wasm_stack(config.max_wasm_stack)
        // Nothing runs on such stacks, but wasmtime wants them to be the larger ones.
        .async_stack_size(config.max_wasm_stack.saturating_mul(2))
        // For components only.
        .concurrency_support(false)
        // A tenth of the code's size, for positions that no message shows.
        .generate_address_map(false);
    if let Allocation::Pooled { instances } = config.allocation {
        settings.allocation_strategy(pool(instances, config.max_memory));
        if let Ok(engine) = Engine::new(&settings) {
            return Ok(engine);
        }
        // Where the address space is limited (`ulimit -v`, some containers) there is no room to reserve.
        settings.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    }
    Engine::new(&settings)
}

fn pool(instances: u32, max_memory: u64) -> PoolingAllocationConfig {
    /// Nearly all modules have one memory and one table. What is not used costs address space only.
    const PER_MODULE: u32 = 4;
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(instances)
        .max_core_instance_size(16 * 1024 * 1024)
        .max_memories_per_module(PER_MODULE)
        .max_tables_per_module(PER_MODULE)
        .total_memories(instances.saturating_mul(PER_MODULE))
        .total_tables(instances.saturating_mul(PER_MODULE))
        .total_component_instances(0)
        .total_stacks(0)
        .max_unused_warm_slots(instances)
        .max_memory_size(usize::try_from(max_memory.min(1 << 32)).unwrap_or(usize::MAX))
        // A large module has a table of some ten thousand functions.
        .table_elements(100_000)
        // Pages that a call has written are reset by copying rather than given back, so that the next call does not
        // fault them in again; where the kernel can tell which pages those are (Linux 6.7), only those are copied.
        .linear_memory_keep_resident(1024 * 1024)
        .table_keep_resident(64 * 1024)
        .pagemap_scan(Enabled::Auto);
    pool
}

fn linker(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    p1::add_to_linker_sync(&mut linker, |state: &mut State| &mut state.wasi)?;
    // wasmtime-wasi turns exit codes above 125 into traps; ours are the program's own affair.
    linker.allow_shadowing(true);
    linker.func_wrap(
        "wasi_snapshot_preview1",
        "proc_exit",
        |code: i32| -> wasmtime::Result<()> { Err(I32Exit(code).into()) },
    )?;
    Ok(linker)
}
