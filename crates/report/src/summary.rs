//! Puts the report together.

use std::collections::BTreeMap;
use std::ops::Range;

use bytecode::{Function, Heap};
use optimize::{Item, ItemId};

use crate::captures::Captures;
use crate::measure::{Anatomy, anatomy};
use crate::mentions::Mentions;
use crate::owners::{Owner, owners};
use crate::reasons::Reasons;
use crate::{Error, Feature, FunctionSize, Input, ModuleSize, Part, Report, features, savings};

/// What a body's own size costs in front of it, and the function's type.
fn overhead(body: usize) -> usize {
    1 + if body < 0x80 {
        1
    } else if body < 0x4000 {
        2
    } else {
        3
    }
}

/// Makes the report of a module.
///
/// # Errors
/// Where the module or the heap cannot be read.
pub fn report(input: &Input<'_, '_>) -> Result<Report, Error> {
    let anatomy = anatomy(input.wasm)?;
    let functions = input.heap.functions()?;
    let mentions = Mentions::read(&input.heap, &functions, input.files)?;
    let captures = Captures::read(&input.heap, &functions, input.files)?;
    let opcodes = input.heap.opcodes();
    let opcodes = opcodes.iter().map(|(_, info)| info.name.clone()).collect();
    let reasons = Reasons::new(input, mentions, captures, opcodes);

    let code = code_sizes(&anatomy, input.functions);
    let mut sizes: BTreeMap<ItemId, usize> = BTreeMap::new();
    let mut data_end = 0;
    for (id, item) in input.explanation.items() {
        let size = match item {
            Item::Function(index) => code.get(index).copied().unwrap_or_default(),
            Item::Object { range, .. } => {
                data_end = data_end.max(range.end);
                anatomy.data_in(range)
            }
            Item::Opcode(opcode) => input.explanation.opcode_bytes(*opcode) as usize,
            Item::Slot(_) => 0,
        };
        sizes.insert(id, size);
    }
    let size = |id: ItemId| sizes.get(&id).copied().unwrap_or_default();

    let features = features(&reasons, &size);
    let claimed = owners(input.heap, &functions, input.files, data_end)?;
    let modules = modules(&input.heap, &functions, input.files, &claimed, &anatomy);
    Ok(Report {
        bytes: anatomy.bytes,
        gzip_bytes: anatomy.gzip_bytes,
        parts: parts(&anatomy, input, &code, &modules, data_end),
        builtins: savings::builtins(&reasons, &size),
        savings: savings::savings(&reasons, &modules, &size),
        features,
        modules,
    })
}

/// The size of each function of the engine that the module has, by its index in the engine.
fn code_sizes(anatomy: &Anatomy, functions: &[u32]) -> BTreeMap<u32, usize> {
    let defined = functions.iter().skip(anatomy.imported);
    defined
        .zip(&anatomy.functions)
        .map(|(index, body)| (*index, body + overhead(*body)))
        .collect()
}

/// The engine's code and data by feature. What has no name of its own goes with what needs it.
fn features(reasons: &Reasons<'_, '_>, size: &impl Fn(ItemId) -> usize) -> Vec<Feature> {
    let mut features = Features::new();
    for (id, item) in reasons.explanation.items() {
        let (bytes, is_code) = (size(id), matches!(item, Item::Function(_)));
        if bytes == 0 || matches!(item, Item::Slot(_) | Item::Opcode(_)) {
            continue;
        }
        // What nothing keeps is there where nothing is left out.
        let is_kept = reasons.explanation.is_kept(id);
        let (path, _) = reasons.explanation.path(id);
        let name = path
            .iter()
            .filter(|item| {
                !matches!(
                    reasons.explanation.item(**item),
                    Item::Slot(_) | Item::Opcode(_)
                )
            })
            .find_map(|item| features::of_symbol(&reasons.show(*item)))
            .unwrap_or(features::UNNAMED);
        let (feature, largest) = entry(&mut features, name);
        *(if is_code {
            &mut feature.code
        } else {
            &mut feature.data
        }) += bytes;
        feature.symbols.push((reasons.show(id), bytes));
        if is_kept && is_code && largest.is_none_or(|(other, _)| bytes > other) {
            *largest = Some((bytes, id));
        }
    }
    let mut features: Vec<Feature> = features
        .into_values()
        .map(|(mut feature, largest)| {
            feature.why = largest.map(|(_, id)| reasons.of(id));
            feature.symbols = merged(feature.symbols);
            feature
        })
        .collect();
    features.sort_by(|a, b| (b.bytes(), a.name).cmp(&(a.bytes(), b.name)));
    features
}

type Features = BTreeMap<&'static str, (Feature, Option<(usize, ItemId)>)>;

fn entry<'f>(
    features: &'f mut Features,
    name: &'static str,
) -> &'f mut (Feature, Option<(usize, ItemId)>) {
    features.entry(name).or_insert_with(|| {
        let feature = Feature {
            name,
            code: 0,
            data: 0,
            why: None,
            symbols: Vec::new(),
        };
        (feature, None)
    })
}

/// One line a name: a table's entries together, and all texts.
fn merged(symbols: Vec<(String, usize)>) -> Vec<(String, usize)> {
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for (name, bytes) in symbols {
        let name = if name.starts_with('.') {
            "texts and constants".to_string()
        } else {
            name
        };
        *by_name.entry(name).or_default() += bytes;
    }
    let mut symbols: Vec<(String, usize)> = by_name.into_iter().collect();
    symbols.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    symbols
}

fn modules(
    heap: &Heap<'_>,
    functions: &[Function],
    files: &[String],
    claimed: &BTreeMap<u32, (u32, Owner)>,
    anatomy: &Anatomy,
) -> Vec<ModuleSize> {
    let mut names = files.to_vec();
    names.push("the runtime library".to_string());
    let mut modules: Vec<ModuleSize> = names
        .into_iter()
        .map(|name| ModuleSize {
            name,
            bytecode: 0,
            heap: 0,
            functions: Vec::new(),
        })
        .collect();
    for (start, (end, owner)) in claimed {
        modules[*owner].heap += anatomy.data_in(&(*start..*end));
    }
    for function in functions {
        let blocks: Vec<Range<u32>> = function.blocks(heap);
        let Some((_, owner)) = claimed.get(&blocks[0].start) else {
            continue;
        };
        let bytes = blocks.iter().map(|block| anatomy.data_in(block)).sum();
        let module = &mut modules[*owner];
        module.bytecode += bytes;
        module.heap = module.heap.saturating_sub(bytes);
        module.functions.push(FunctionSize {
            name: heap.atom(function.name),
            line: function.position.line,
            bytes,
        });
    }
    for module in &mut modules {
        module
            .functions
            .sort_by_key(|function| (std::cmp::Reverse(function.bytes), function.line));
    }
    modules
}

fn parts(
    anatomy: &Anatomy,
    input: &Input<'_, '_>,
    code: &BTreeMap<u32, usize>,
    modules: &[ModuleSize],
    data_end: u32,
) -> Vec<Part> {
    let total = |modules: &[ModuleSize]| -> usize {
        let sizes = modules.iter().map(|module| module.bytecode + module.heap);
        sizes.sum()
    };
    let (program, library) = modules.split_at(input.files.len());
    let engine_code: usize = code.values().sum();
    let engine_data = anatomy.data_in(&(0..data_end));
    let objects = anatomy.data_bytes() - engine_data - total(modules);
    let parts = [
        ("engine code", engine_code),
        ("engine data", engine_data),
        ("program", total(program)),
        ("runtime library", total(library)),
        ("builtin objects and names", objects),
    ];
    let counted: usize = parts.iter().map(|(_, bytes)| bytes).sum();
    let rest = anatomy.bytes.saturating_sub(counted);
    parts
        .into_iter()
        .chain([("structure of the module", rest)])
        .map(|(name, bytes)| Part { name, bytes })
        .collect()
}
