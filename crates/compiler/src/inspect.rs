//! Compiles a program and tells what has become of it: where the module's bytes are, and the program's bytecode.

use bytecode::{Heap, Layout};
use engine::Reference;
use optimize::{Explanation, Subject};
use report::Report;

use crate::renumber::Indices;
use crate::{Artifact, Built, Compilation, Error, Options, Session, build};

/// A compiled module and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// The module.
    pub artifact: Artifact,
    /// Where its bytes are, and why.
    pub report: Report,
    /// The functions of its heap, the program's before those of the runtime library.
    pub functions: Vec<Listing>,
}

/// A function as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The function's name; empty for none.
    pub name: String,
    /// The file that it was written in.
    pub file: String,
    /// The line where it starts.
    pub line: u32,
    /// Its bytecode.
    pub text: String,
}

/// Compiles a program as [`crate::compile`] does, and looks at the result.
///
/// # Errors
/// Those of [`crate::compile`].
pub fn inspect(options: &Options) -> Result<Inspection, Error> {
    inspected(options, &mut Session::default()).result
}

pub(crate) fn inspected(options: &Options, session: &mut Session) -> Compilation<Inspection> {
    build(options, session).map(|built| look(built, options))
}

fn look(built: Built, options: &Options) -> Result<Inspection, Error> {
    let layout = Layout::read(&built.sections, &built.facts).map_err(failed)?;
    let snapshot = &built.snapshot;
    let heap = Heap::new(&layout, &snapshot.memory, snapshot.runtime);
    let report = report(&built, heap, &options.keep)?;
    let functions = listings(&built, heap)?;
    Ok(Inspection {
        artifact: built.artifact,
        report,
        functions,
    })
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Engine(error.to_string())
}

fn explanation(built: &Built, heap: Heap<'_>) -> Result<Explanation<'static>, Error> {
    let snapshot = &built.snapshot;
    let trimmed = built.trimmed.as_ref().zip(snapshot.opcodes.as_ref());
    Ok(optimize::explain(&Subject {
        sections: &built.sections,
        facts: &built.facts,
        memory: &snapshot.memory,
        references: &references(built, heap)?,
        gates: &snapshot.gates,
        roots: &built.roots,
        trimmed,
    })?)
}

fn report(built: &Built, heap: Heap<'_>, keep: &[String]) -> Result<Report, Error> {
    let explanation = explanation(built, heap)?;
    let trimmed = built.trimmed.as_ref();
    let indices = Indices::new(&built.sections, &built.facts, &built.live, trimmed);
    let files: Vec<String> = built
        .graph
        .modules
        .iter()
        .map(|module| module.name.clone())
        .collect();
    report::report(&report::Input {
        wasm: &built.artifact.wasm,
        sections: &built.sections,
        facts: &built.facts,
        functions: indices.order(),
        explanation: &explanation,
        heap,
        files: &files,
        keep,
    })
    .map_err(failed)
}

/// The heap's references to the engine: those of objects, which are there for the program's sake, and then those of the
/// engine's own structures.
fn references(built: &Built, heap: Heap<'_>) -> Result<[Vec<Reference>; 2], Error> {
    let mut own = heap.runtime_blocks().to_vec();
    own.extend(heap.contexts().map_err(failed)?);
    let is_own = |reference: &Reference| own.iter().any(|block| block.contains(&reference.address));
    let references = built.snapshot.references.iter().cloned();
    let (of_engine, of_objects) = references.partition(is_own);
    Ok([of_objects, of_engine])
}

fn listings(built: &Built, heap: Heap<'_>) -> Result<Vec<Listing>, Error> {
    let modules = &built.graph.modules;
    let mut listings = Vec::new();
    for function in heap.functions().map_err(failed)? {
        let file = heap.atom(function.file);
        let order = modules.iter().position(|module| module.name == file);
        let listing = Listing {
            name: heap.atom(function.name),
            file,
            line: function.position.line,
            text: bytecode::list(&heap, &function).map_err(failed)?,
        };
        let key = (
            order.unwrap_or(usize::MAX),
            function.position,
            function.address,
        );
        listings.push((key, listing));
    }
    listings.sort_by_key(|(key, _)| *key);
    Ok(listings.into_iter().map(|(_, listing)| listing).collect())
}

#[cfg(test)]
mod tests {
    use optimize::Item;

    use super::*;
    use crate::{Entry, Session, Strip};

    fn built(strip: Strip) -> Built {
        let mut options = Options::new(Entry::Source {
            name: "index.js".into(),
            text: b"export default (n) => [n.map((x) => x ** 2n), /x/.test(n), new Map(n)];"
                .to_vec(),
            directory: ".".into(),
        });
        options.strip = strip;
        build(&options, &mut Session::default())
            .result
            .expect("it compiles")
    }

    /// What is said to be kept is what the module has.
    #[test]
    fn reasons_are_given_for_what_is_there() {
        for strip in [Strip::Safe, Strip::Names] {
            let built = built(strip);
            let layout = Layout::read(&built.sections, &built.facts).expect("a layout");
            let heap = Heap::new(&layout, &built.snapshot.memory, built.snapshot.runtime);
            let explanation = explanation(&built, heap).expect("an explanation");
            let mut kept = vec![false; built.live.functions.len()];
            for (_, item) in explanation.kept() {
                if let Item::Function(index) = item {
                    kept[*index as usize] = true;
                }
            }
            // A stub stands for a function that never runs.
            let live = built.live.functions.iter().zip(&built.live.stubs);
            let live: Vec<bool> = live.map(|(live, stub)| *live && !stub).collect();
            assert!(kept == live, "{strip:?}");
        }
    }

    /// What the module's memory holds reaches all of what was left in, and nothing more.
    #[test]
    fn stripping_twice_changes_nothing() {
        for strip in [Strip::Safe, Strip::Names] {
            let built = built(strip);
            let mut memory = built.snapshot.memory.clone();
            for range in &built.live.dead_memory {
                memory[range.start as usize..range.end as usize].fill(0);
            }
            for (address, word) in &built.live.replaced {
                memory[*address as usize..][..4].copy_from_slice(&word.to_le_bytes());
            }
            assert!(memory != built.snapshot.memory, "{strip:?}");
            let again = optimize::reach(
                &built.sections,
                &built.facts,
                &memory,
                &built.snapshot.references,
                &built.snapshot.gates,
                built.trimmed.as_ref(),
                built.roots.iter().copied(),
            )
            .expect("it is read as before");
            assert!(again.functions == built.live.functions, "{strip:?}");
            assert!(again.slots == built.live.slots, "{strip:?}");
            assert!(again.dead_memory == built.live.dead_memory, "{strip:?}");
        }
    }
}
