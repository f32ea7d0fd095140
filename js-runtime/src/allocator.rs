//! Rust's allocations come from the same blocks as the engine's (`c/allocator.c`), which are erased before the snapshot:
//! what libc's allocator leaves of the texts and names of a program's modules would be part of it.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn free(pointer: *mut c_void);
    fn jsc_allocate(size: usize) -> *mut c_void;
    fn jsc_reallocate(block: *mut c_void, size: usize) -> *mut c_void;
    fn jsc_release(block: *mut c_void);
}

/// The alignment of the engine's blocks.
const ALIGNMENT: usize = 8;

struct BlockAllocator;

// SAFETY: the engine's blocks are aligned to 8 bytes, and those of wasi-libc's `malloc` to 16, more than anything the guest
// allocates asks for.
unsafe impl GlobalAlloc for BlockAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe {
            match layout.align() > ALIGNMENT {
                true => malloc(layout.size()).cast(),
                false => jsc_allocate(layout.size()).cast(),
            }
        }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe {
            match layout.align() > ALIGNMENT {
                true => free(pointer.cast()),
                false => jsc_release(pointer.cast()),
            }
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if layout.align() <= ALIGNMENT {
            return unsafe { jsc_reallocate(pointer.cast(), size).cast() };
        }
        unsafe {
            let moved: *mut u8 = malloc(size).cast();
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(pointer, layout.size().min(size));
                free(pointer.cast());
            }
            moved
        }
    }
}

#[global_allocator]
static ALLOCATOR: BlockAllocator = BlockAllocator;
