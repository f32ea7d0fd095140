//! Damaged engines and snapshots are errors of the optimizer, never panics, and never take long.

use std::sync::OnceLock;
use std::time::Duration;

use engine::{EngineImage, Facts, Sections};
use preinit::{Evaluator, Exports, Module, ModuleKind, Options, Program, Snapshot};

use crate::patience::within;
use crate::{Choices, Fault};

const PATIENCE: Duration = Duration::from_secs(20);

/// What the snapshot is taken of: a heap with a bit of everything.
const PROGRAM: &str = "\
const kept = [new Map([[1, /a/g]]), 5n, new Date(0), new Uint8Array(3), class { #x = 1; }, Promise.resolve(1)];
export default (input) => [kept.length, String(input), JSON.stringify(input)];
";

/// Checks the damage of an input.
///
/// # Errors
/// Where it takes long; anything worse is a panic.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let mut snapshot = snapshot()?.clone();
    let mut wasm = EngineImage::bundled().wasm().to_vec();
    for _ in 0..1 + choices.below(6) {
        match choices.below(8) {
            0 | 1 => damage(&mut wasm, &mut choices),
            2 | 3 => damage(&mut snapshot.memory, &mut choices),
            4 => damage_references(&mut snapshot, &mut choices),
            5 => damage_gates(&mut snapshot, &mut choices),
            6 => damage_opcodes(&mut snapshot, &mut choices),
            _ => snapshot.memory.truncate(choices.below(1 << 20)),
        }
    }
    within(PATIENCE, "optimizing", || {
        let _ = optimize(&wasm, &snapshot);
    })
}

/// The optimizer's passes, in the order of the compiler.
fn optimize(wasm: &[u8], snapshot: &Snapshot) -> Result<(), engine::Error> {
    let (sections, facts) = (Sections::read(wasm)?, Facts::read(wasm)?);
    engine::check(&sections, &facts)?;
    let trimmed = match &snapshot.opcodes {
        Some(opcodes) => Some(optimize::trim(&sections, &facts, opcodes)?),
        None => None,
    };
    let roots = sections.exports.iter().map(|(_, function)| *function);
    let roots: Vec<u32> = roots.take(1).collect();
    optimize::reach(
        &sections,
        &facts,
        &snapshot.memory,
        &snapshot.references,
        &snapshot.gates,
        trimmed.as_ref(),
        roots,
    )?;
    Ok(())
}

/// Some bytes become others, most often not far from each other.
fn damage(bytes: &mut [u8], choices: &mut Choices<'_>) {
    if bytes.is_empty() {
        return;
    }
    let start = choices.below(bytes.len());
    for _ in 0..1 + choices.below(8) {
        let index = (start + choices.below(64)).min(bytes.len() - 1);
        bytes[index] = choices.any().unwrap_or(0xFF);
    }
}

fn damage_references(snapshot: &mut Snapshot, choices: &mut Choices<'_>) {
    let count = snapshot.references.len();
    let gates = snapshot.gates.len() + 2;
    let reference = &mut snapshot.references[choices.below(count)];
    match choices.below(3) {
        0 => reference.address = choices.any().unwrap_or(u32::MAX),
        1 => reference.gate = choices.below(gates),
        _ => reference.instead = vec![choices.any().unwrap_or(u32::MAX)],
    }
}

fn damage_gates(snapshot: &mut Snapshot, choices: &mut Choices<'_>) {
    let count = snapshot.gates.len();
    let gate = &mut snapshot.gates[choices.below(count)];
    match choices.below(3) {
        0 => gate.is_open = !gate.is_open,
        1 => gate
            .openers
            .push(["*", "", "no_function", "JS_*"][choices.below(4)].into()),
        _ => gate
            .guarded
            .push(["JS_CallInternal", "", "no_function"][choices.below(3)].into()),
    }
}

fn damage_opcodes(snapshot: &mut Snapshot, choices: &mut Choices<'_>) {
    if let Some(opcodes) = &mut snapshot.opcodes {
        for _ in 0..choices.below(64) {
            let opcode = choices.below(opcodes.len());
            opcodes[opcode] = !opcodes[opcode];
        }
    }
}

fn snapshot() -> Result<&'static Snapshot, Fault> {
    static SNAPSHOT: OnceLock<Result<Snapshot, String>> = OnceLock::new();
    let snapshot = SNAPSHOT.get_or_init(|| {
        let options = Options {
            cache_directory: code_cache::default_directory(),
            ..Options::default()
        };
        let program = Program {
            modules: vec![Module {
                name: "index.js".into(),
                text: PROGRAM.into(),
                kind: ModuleKind::EcmaScript,
            }],
            resolutions: Vec::new(),
            exports: Exports::Any,
        };
        Evaluator::new(&EngineImage::bundled(), options)
            .and_then(|evaluator| evaluator.evaluate(&program))
            .map(|evaluated| evaluated.snapshot)
            .map_err(|error| error.to_string())
    });
    snapshot.as_ref().map_err(|error| Fault::new(error.clone()))
}
