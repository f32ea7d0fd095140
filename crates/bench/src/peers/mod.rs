//! Other ways to run the examples' sources: what the registries provide. Each gets an example as one JavaScript module
//! that exports `run`, from a text of JSON to another.

mod component;
mod packages;
mod quickjs;

use std::path::Path;

use anyhow::{Result, bail};
use examples::Example;

pub(crate) use self::component::Component;
pub(crate) use self::packages::{Packages, Tool};
pub(crate) use self::quickjs::QuickJs;

/// What the first answer took, in microseconds.
pub(crate) struct First {
    pub(crate) load: f64,
    pub(crate) instantiate: f64,
    pub(crate) call: f64,
    pub(crate) output: Vec<u8>,
}

/// An example as a peer has it.
pub(crate) trait Peer {
    /// From what the developer ships to machine code, where that is done in advance.
    fn compile(&mut self) -> Result<Option<f64>>;
    /// From what is there before the first call to its answer. Nothing is left of it.
    fn first(&self, input: &str) -> Result<First>;
}

/// The module that gives an example the peers' contract.
fn adapter(example: &Example, entry: &Path) -> Result<String> {
    if std::fs::read_to_string(&example.entry)?.contains("Javy.") {
        bail!("it is written for Javy's API");
    }
    let entry = serde_json::to_string(&entry.to_string_lossy())?;
    // Who cannot wait for a promise needs none for most examples.
    Ok(format!(
        "import handler from {entry};\n\
         export function run(input) {{\n  \
           const result = handler(JSON.parse(input));\n  \
           return result instanceof Promise ? result.then(JSON.stringify) : JSON.stringify(result);\n\
         }}\n"
    ))
}
