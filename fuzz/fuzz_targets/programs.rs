//! See `crates/fuzzing/src/targets/programs.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jsc_fuzz::check("programs", input));
