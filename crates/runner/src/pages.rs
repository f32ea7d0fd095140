//! Counts the pages that a call changes: each costs a page fault, or a copy when the memory is made fresh again.

use wasmtime::{AsContext, AsContextMut, Instance, Memory};

use crate::stack::{self, LinearStack};

/// The size of a page of the host's memory, not of WebAssembly's.
pub const PAGE_SIZE: usize = 4096;

/// How much of its memory a call has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Pages of which the content differs from the beginning. A page that was written and restored does not count.
    pub changed: u64,
    /// Of these, pages that the module did not begin with.
    pub grown: u64,
    /// All pages at the end.
    pub total: u64,
}

/// The memories of an instance as they were when it began.
pub(crate) struct Before(Vec<(Memory, Vec<u8>)>);

impl Before {
    pub(crate) fn new(store: &mut impl AsContextMut, instance: &Instance) -> Before {
        let exports: Vec<Memory> = instance
            .exports(&mut *store)
            .filter_map(wasmtime::Export::into_memory)
            .collect();
        Before(
            exports
                .into_iter()
                .map(|memory| (memory, memory.data(&*store).to_vec()))
                .collect(),
        )
    }

    /// The stack that begins at `top` in the only memory.
    pub(crate) fn stack(&self, store: &impl AsContext, top: usize) -> Option<LinearStack> {
        let [(memory, before)] = &self.0[..] else {
            return None;
        };
        stack::used(before, memory.data(store), top)
    }

    pub(crate) fn count(&self, store: &impl AsContext) -> Pages {
        let mut pages = Pages::default();
        for (memory, before) in &self.0 {
            let after = memory.data(store);
            let (kept, grown) = after.split_at(before.len());
            let differs = |(then, now): &(&[u8], &[u8])| then != now;
            let kept = before.chunks(PAGE_SIZE).zip(kept.chunks(PAGE_SIZE));
            let grown = grown
                .chunks(PAGE_SIZE)
                .filter(|page| page.iter().any(|byte| *byte != 0));
            let grown = grown.count() as u64;
            pages.changed += kept.filter(differs).count() as u64 + grown;
            pages.grown += grown;
            pages.total += after.len().div_ceil(PAGE_SIZE) as u64;
        }
        pages
    }
}
