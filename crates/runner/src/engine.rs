//! wasmtime's settings.

use std::path::PathBuf;

use wasmtime::{Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::limits::Limits;

/// How a [`Runtime`](crate::Runtime) works.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where compiled code is kept, for example [`default_cache_directory`](crate::default_cache_directory); `None`
    /// compiles every module anew.
    pub cache_directory: Option<PathBuf>,
    /// How many bytes of compiled code are kept there. What was not used for longest goes first, and is compiled again when
    /// it is loaded; so it should be more than all functions that are wanted at once have together.
    pub cache_bound: u64,
    /// Where instances live.
    pub allocation: Allocation,
    /// Whether to count executed instructions, which makes code slower: an interpreter's loop by half.
    pub fuel: bool,
    /// Whether running code can be stopped when its time is over, which makes code slower: an interpreter's loop by half.
    /// A process that ends with the call needs nothing of it: it can end at any time.
    pub interruption: bool,
    /// Whether modules are refused that are made to take long to compile. It is on for those of limited calls: nothing
    /// interrupts a compiler.
    pub bounded_compilation: bool,
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
        /// How many calls may run at once; further ones get [`Error::Busy`](crate::Error::Busy).
        instances: u32,
    },
}

impl Default for Config {
    fn default() -> Config {
        Config {
            cache_directory: None,
            cache_bound: code_cache::DEFAULT_BOUND,
            allocation: Allocation::OnDemand,
            fuel: false,
            interruption: false,
            bounded_compilation: false,
            // All that a 32-bit memory can have.
            max_memory: 1 << 32,
            // Shopify's limit, which is also wasmtime's default.
            max_wasm_stack: 512 * 1024,
        }
    }
}

impl Config {
    /// The same with all that is needed to enforce `limits`.
    #[must_use]
    pub fn enforcing(mut self, limits: &Limits) -> Config {
        self.fuel |= limits.fuel.is_some();
        self.interruption |= limits.time.is_some();
        self.bounded_compilation |= limits.fuel.is_some() || limits.time.is_some();
        if let Some(stack) = limits.stack {
            self.max_wasm_stack = usize::try_from(stack).unwrap_or(usize::MAX);
        }
        self
    }
}

/// For the host's part of a call.
pub(crate) const HOST_STACK: usize = 1 << 20;

/// No thread has more; on a smaller one the host itself would overflow.
const MAX_STACK: usize = 1 << 30;

pub(crate) fn engine(config: &Config) -> wasmtime::Result<Engine> {
    if config.max_wasm_stack > MAX_STACK {
        let stack = config.max_wasm_stack;
        return Err(wasmtime::format_err!(
            "a stack of {stack} bytes is more than threads have ({MAX_STACK})"
        ));
    }
    let mut settings = wasmtime::Config::new();
    settings
        .consume_fuel(config.fuel)
        .epoch_interruption(config.interruption)
        .max_wasm_stack(config.max_wasm_stack)
        // Calls with a limit of fuel have such stacks.
        .async_stack_size(config.max_wasm_stack + HOST_STACK)
        // For components only.
        .concurrency_support(false)
        // A tenth of the code's size, for positions that no message shows.
        .generate_address_map(false);
    if cfg!(not(windows)) {
        // For native debuggers; wasmtime's own backtraces go by frame pointers. It is a fifth of the code's size.
        settings.native_unwind_info(false);
    }
    if let Allocation::Pooled { instances } = config.allocation {
        settings.allocation_strategy(pool(instances, config));
        if let Ok(engine) = Engine::new(&settings) {
            return Ok(engine);
        }
        // Where the address space is limited (`ulimit -v`, some containers) there is no room to reserve.
        settings.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    }
    Engine::new(&settings)
}

fn pool(instances: u32, config: &Config) -> PoolingAllocationConfig {
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
        .total_stacks(if config.fuel { instances } else { 0 })
        .max_unused_warm_slots(instances)
        .max_memory_size(usize::try_from(config.max_memory.min(1 << 32)).unwrap_or(usize::MAX))
        // A large module has a table of some ten thousand functions.
        .table_elements(100_000)
        // Pages that a call has written are reset by copying rather than given back, so that the next call does not
        // fault them in again; where the kernel can tell which pages those are (Linux 6.7), only those are copied.
        .linear_memory_keep_resident(1024 * 1024)
        .table_keep_resident(64 * 1024)
        .pagemap_scan(Enabled::Auto);
    pool
}
