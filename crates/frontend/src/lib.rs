//! The front end: from files to a [`ModuleGraph`].
//!
//! ```text
//! Entry ─ load ─► read, parse, resolve each module ─► ModuleGraph, or all that is wrong with the program
//! ```

mod diagnostic;
mod graph;
mod link;
mod load;
mod parse;
mod resolve;
mod source;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use graph::{Import, Module, ModuleGraph, ModuleId, ModuleKind};
pub use load::{Entry, load};
pub use source::SourceFile;
