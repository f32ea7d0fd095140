//! Bytecode as text, and what the engine's opcodes are.
//!
//! `listings/*.js` are programs, the `.txt` file beside each is the listing of its functions; `opcodes.txt` lists the engine's
//! opcodes. `JSC_BLESS=1 cargo test -p bytecode` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bytecode::{Atom, Function, Heap, Layout, Operand, Value};
use engine::EngineImage;
use preinit::{Evaluator, Exports, Module, ModuleKind, Options, Program, Snapshot, Strip};

fn layout() -> Layout {
    let image = EngineImage::bundled();
    Layout::read(&image.sections().unwrap(), &image.facts().unwrap()).unwrap()
}

fn evaluate(name: &str, text: &str) -> Snapshot {
    let options = Options {
        strip: Strip::Names,
        cache_directory: Some(concat!(env!("CARGO_TARGET_TMPDIR"), "/cache").into()),
        ..Options::default()
    };
    let program = Program {
        modules: vec![Module {
            name: name.into(),
            text: text.into(),
            kind: ModuleKind::EcmaScript,
        }],
        resolutions: Vec::new(),
        exports: Exports::Any,
    };
    let evaluator = Evaluator::new(&EngineImage::bundled(), options).unwrap();
    evaluator.evaluate(&program).unwrap().snapshot
}

/// The functions of one file, in the order of their places in it.
fn functions_of(heap: &Heap<'_>, file: &str) -> Vec<Function> {
    let mut functions = heap.functions().unwrap();
    functions.retain(|function| heap.atom(function.file) == file);
    functions.sort_by_key(|function| (function.position, function.address));
    functions
}

fn check_golden(path: &Path, actual: &str) {
    if std::env::var_os("JSC_BLESS").is_some() {
        fs::write(path, actual).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        actual == expected,
        "{}: expected\n{expected}\ngot\n{actual}",
        path.display()
    );
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

#[test]
fn listings_are_as_recorded() {
    let layout = layout();
    let mut count = 0;
    for entry in fs::read_dir(tests().join("listings")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "js") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let snapshot = evaluate(name, &fs::read_to_string(&path).unwrap());
        let heap = Heap::new(&layout, &snapshot.memory, snapshot.runtime);
        let texts: Vec<String> = functions_of(&heap, name)
            .iter()
            .map(|function| bytecode::list(&heap, function).unwrap())
            .collect();
        check_golden(&path.with_extension("txt"), &texts.join("\n"));
        count += 1;
    }
    assert!(count >= 3, "{count} programs");
}

#[test]
fn opcodes_are_as_recorded() {
    let mut text = String::new();
    for (opcode, info) in layout().opcodes().iter() {
        writeln!(
            text,
            "{:>3} {} {:?}: {} bytes, {} → {}",
            opcode.0, info.name, info.format, info.size, info.pops, info.pushes
        )
        .unwrap();
    }
    check_golden(&tests().join("opcodes.txt"), &text);
}

/// The engine tells by itself which opcodes its bytecode has; decoding everything must find the same.
#[test]
fn decoding_finds_the_opcodes_that_the_engine_finds() {
    let layout = layout();
    let snapshot = evaluate(
        "index.js",
        "export default function* (n) { try { yield* [n, ...n]; } finally { await_(n?.x ?? 1n); } }\n\
         const await_ = async (n) => { for await (const x of n) console.log(`${x}`, /x/u, { [x]: 1 }); };\n",
    );
    let heap = Heap::new(&layout, &snapshot.memory, snapshot.runtime);
    let functions = heap.functions().unwrap();
    assert!(functions.len() > 20, "{} functions", functions.len());
    let mut found = [false; 256];
    for function in &functions {
        let instructions = function.instructions(&heap).unwrap();
        let starts: BTreeSet<u32> = instructions.iter().map(|each| each.offset).collect();
        for instruction in &instructions {
            found[usize::from(instruction.opcode.0)] = true;
            for operand in &instruction.operands {
                let is_sound = match *operand {
                    Operand::Label(target) => starts.contains(&target),
                    Operand::Local(index) => (index as usize) < function.locals.len(),
                    Operand::Argument(index) => (index as usize) < function.arguments.len(),
                    Operand::ClosureVariable(index) => {
                        (index as usize) < function.closure_variables.len()
                    }
                    Operand::Constant(index) => (index as usize) < function.constants.len(),
                    Operand::Atom(atom) => atom == Atom(0) || !heap.atom(atom).is_empty(),
                    Operand::Number(_) => true,
                };
                assert!(is_sound, "{instruction:?} of {function:?}");
            }
        }
    }
    assert_eq!(Some(found), snapshot.opcodes);
}

#[test]
fn constants_and_names_are_read() {
    let layout = layout();
    let snapshot = evaluate(
        "index.js",
        "export default (o) => [o.text, o.schön, o['日本語'], 0.5, -1e300];\n",
    );
    let heap = Heap::new(&layout, &snapshot.memory, snapshot.runtime);
    let function = functions_of(&heap, "index.js")
        .into_iter()
        .find(|function| !function.arguments.is_empty())
        .unwrap();
    assert_eq!(function.constants, [Value::Float(0.5), Value::Float(1e300)]);
    let instructions = function.instructions(&heap).unwrap();
    let names: Vec<String> = instructions
        .iter()
        .flat_map(|instruction| &instruction.operands)
        .filter_map(|operand| match operand {
            Operand::Atom(atom) => Some(heap.atom(*atom)),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["text", "schön", "日本語"]);
}
