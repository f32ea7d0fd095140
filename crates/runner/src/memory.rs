//! Watches and bounds a run's linear memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use wasmtime::{ResourceLimiter, Result};

/// Counts the bytes of all memories of one store. They only ever grow, so the count at the end is the peak.
pub(crate) struct MemoryMeter {
    limit: u64,
    /// Also seen by whoever waits for a call on another thread.
    used: Arc<AtomicU64>,
    refused: bool,
    limit_reached: bool,
}

impl MemoryMeter {
    pub(crate) fn new(limit: u64) -> MemoryMeter {
        MemoryMeter {
            limit,
            used: Arc::default(),
            refused: false,
            limit_reached: false,
        }
    }

    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    /// The bytes granted so far.
    pub(crate) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// The bytes granted so far, whenever they are looked at.
    pub(crate) fn watched(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.used)
    }

    /// Whether the module has asked for more than the limit.
    pub(crate) fn has_reached_limit(&self) -> bool {
        self.limit_reached
    }

    /// Whether the module has asked for more than it could get, for whatever reason.
    pub(crate) fn has_refused(&self) -> bool {
        self.refused
    }
}

impl ResourceLimiter for MemoryMeter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool> {
        let growth = desired.saturating_sub(current) as u64;
        let after = self.used().saturating_add(growth);
        self.limit_reached |= after > self.limit;
        let granted = after <= self.limit && maximum.is_none_or(|maximum| desired <= maximum);
        if granted {
            self.used.store(after, Ordering::Relaxed);
        } else {
            self.refused = true;
        }
        Ok(granted)
    }

    /// The operating system has no more memory. What was granted stays counted: this comes without the amount, and
    /// also for requests that were never granted.
    fn memory_grow_failed(&mut self, _: wasmtime::Error) -> Result<()> {
        self.refused = true;
        Ok(())
    }

    fn table_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        /// Tables are not linear memory, but a module could fill the host's memory with one all the same.
        const MAX_ELEMENTS: usize = 10_000_000;
        Ok(desired <= maximum.unwrap_or(usize::MAX).min(MAX_ELEMENTS))
    }
}
