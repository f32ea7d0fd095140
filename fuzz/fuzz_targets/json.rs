//! See `crates/fuzzing/src/targets/json.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jsc_fuzz::check("json", input));
