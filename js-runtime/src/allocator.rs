//! Rust's allocations come from the same `malloc` as the engine's.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn realloc(pointer: *mut c_void, size: usize) -> *mut c_void;
    fn free(pointer: *mut c_void);
}

struct LibcAllocator;

// SAFETY: `malloc` of wasi-libc aligns to 16 bytes, more than anything the guest allocates asks for.
unsafe impl GlobalAlloc for LibcAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { malloc(layout.size()).cast() }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, _: Layout) {
        unsafe { free(pointer.cast()) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, _: Layout, size: usize) -> *mut u8 {
        unsafe { realloc(pointer.cast(), size).cast() }
    }
}

#[global_allocator]
static ALLOCATOR: LibcAllocator = LibcAllocator;
