//! What must hold, one file a target.

pub mod builtins;
pub mod cache;
pub mod configuration;
pub mod effects;
pub mod graphs;
pub mod json;
pub mod libraries;
pub mod limits;
pub mod lives;
pub mod modules;
pub mod optimizer;
pub mod programs;
pub mod source;
pub mod typescript;
