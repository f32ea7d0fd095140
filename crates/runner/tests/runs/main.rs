//! The runner on small modules.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod errors;
mod exact;
mod in_time;
mod inherited;
mod limits;
mod modules;
mod pages;
mod running;
mod sharing;
mod waiting;
mod world;
