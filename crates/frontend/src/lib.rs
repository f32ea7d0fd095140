//! The front end: from files to a [`ModuleGraph`].
//!
//! ```text
//! Entry ─ load ─► read, analyze, resolve each module ─► ModuleGraph, or all that is wrong with the program
//!                       parse ─ transform ─ define ─ scan, exports ─ print
//! ```

mod absent;
mod analyze;
mod browser;
mod cache;
mod define;
mod depth;
mod diagnostic;
mod entry;
mod exports;
mod file_system;
mod fold;
mod follow;
mod graph;
mod heritage;
mod link;
mod load;
mod make;
mod members;
mod nesting;
mod package;
mod parallel;
mod parse;
mod print;
mod read;
mod resolve;
mod say;
mod scan;
mod source;
mod stand_in;
mod task;
mod texts;
mod transform;
mod types;
mod typescript;
mod values;
mod warn;

pub use absent::remedy;
pub use cache::Cache;
pub use diagnostic::{Diagnostic, Label, Severity, render_frame};
pub use entry::Entry;
pub use graph::{Form, Import, ImportKind, Loaded, Module, ModuleGraph, ModuleId, ModuleKind};
pub use load::{Options, load, load_again};
pub use source::SourceFile;
