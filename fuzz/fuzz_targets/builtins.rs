//! See `crates/fuzzing/src/targets/builtins.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jsc_fuzz::check("builtins", input));
