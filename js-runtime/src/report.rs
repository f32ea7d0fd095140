//! What the guest tells the host at build time: a list of texts, each behind its length as a little-endian `u32`.

use alloc::vec::Vec;

use crate::engine::Global;

static REPORT: Global<Vec<u8>> = Global::new(Vec::new());

/// Forgets the last report.
pub fn clear() {
    REPORT.get().clear();
}

/// Gives the report's memory back.
pub fn free() {
    *REPORT.get() = Vec::new();
}

/// Adds a text.
pub fn push(text: &str) {
    let report = REPORT.get();
    report.extend_from_slice(&(text.len() as u32).to_le_bytes());
    report.extend_from_slice(text.as_bytes());
}

/// Where the report begins.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_report() -> *const u8 {
    REPORT.get().as_ptr()
}

/// How many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_report_length() -> usize {
    REPORT.get().len()
}
