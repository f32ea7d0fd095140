//! What is tried against jsc: each [`Target`] makes something from an input (a program, files, a module, limits) and checks
//! what must hold for it.
//!
//! ```text
//! bytes of an input ─ Choices ─► generators: a program, a module … ─► targets: compile, run, compare ─► nothing, or a Fault
//! ```
//!
//! The targets are functions of a library, so that they run in three ways: under libFuzzer (`fuzz/`, by
//! `cargo xtask fuzz TARGET`), over every input that once failed and over some seeds (`cargo test -p fuzzing`), and over as
//! many seeds as one likes (`JSC_SEED=1000 JSC_PROGRAMS=500 cargo test -p fuzzing --test seeds`).

mod choices;
mod differential;
mod fault;
pub mod generators;
mod node;
mod patience;
mod target;
pub mod targets;

pub use choices::{Choices, bytes_of_seed};
pub use fault::Fault;
pub use target::{TARGETS, Target};
