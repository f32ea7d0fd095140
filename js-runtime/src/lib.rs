//! The guest: QuickJS and the runtime library that every compiled module carries.
//!
//! The host drives it in two lives. At build time it calls the `jsc_build_*` exports in the order
//! `boot`, `define`…, `evaluate`, `seal`, and then takes a snapshot of the memory. In the module that
//! is shipped only the exports of [`start`] are left, and they find the world as `seal` left it.
//!
//! | file | what it holds |
//! |---|---|
//! | `boot.rs` | the engine's own context, its globals and the natives behind them |
//! | `define.rs` | the modules of the program, as the host hands them over |
//! | `commonjs.rs` | what `require` does, with `js/commonjs.js` |
//! | `evaluate.rs` | runs their top level, up to the first touch of the outside world |
//! | `seal.rs` | picks the handlers, collects garbage, closes the build |
//! | `start.rs` | what a compiled module does when it is called |
//! | `uncaught.rs` | what is said of an error that nothing caught |
//! | `say.rs` | puts messages together |
//! | `world.rs` | which life this is, and what happens when a program reaches outside |
#![no_std]

extern crate alloc;

mod allocator;
mod boot;
mod commonjs;
mod define;
mod engine;
mod evaluate;
mod json_error;
mod natives;
mod report;
mod say;
mod seal;
mod start;
mod uncaught;
mod wasi;
mod world;

/// There is nobody to unwind to: a panic of ours is a trap, which the host reports as a fault of jsc.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
