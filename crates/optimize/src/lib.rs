//! Finds what of the engine a snapshot can still reach. Pure: bytes and facts in, a plan out; it runs nothing.
//!
//! ```text
//! engine: jsc_call → … → js_math_random     (elem js_regexp_exec js_map_set …)   data: js_regexp_funcs, js_map_funcs …
//! heap:   a Map, no RegExp
//! live:   jsc_call → … , js_map_set                                              data: the entries of js_map_funcs in use
//! ```

mod blocks;
mod explain;
mod gates;
mod graph;
mod reach;
mod trim;

pub use explain::{Cause, Explanation, Item, ItemId, Subject, explain};
pub use reach::{Live, reach};
pub use trim::{Edit, Trimmed, trim};
