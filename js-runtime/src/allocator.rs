//! Rust's allocations come from the same `malloc` as the engine's.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn realloc(pointer: *mut c_void, size: usize) -> *mut c_void;
    fn free(pointer: *mut c_void);
    fn jsc_erase(pointer: *mut c_void, size: usize) -> bool;
}

struct LibcAllocator;

// SAFETY: `malloc` of wasi-libc aligns to 16 bytes, more than anything the guest allocates asks for.
unsafe impl GlobalAlloc for LibcAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { malloc(layout.size()).cast() }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe {
            // The texts of the program's modules would be part of the snapshot.
            jsc_erase(pointer.cast(), layout.size());
            free(pointer.cast());
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe {
            // With no bytes to erase this only asks whether it would.
            if !jsc_erase(pointer.cast(), 0) {
                return realloc(pointer.cast(), size).cast();
            }
            let moved: *mut u8 = malloc(size).cast();
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(pointer, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
            moved
        }
    }
}

#[global_allocator]
static ALLOCATOR: LibcAllocator = LibcAllocator;
