//! Writes the module: what is live of the engine's code over the snapshot's memory, with the exports of a compiled module.
//!
//! ```text
//! engine: (data …initial…)   (export "jsc_build_boot" …) … (export "jsc_call" …)
//! module: (data …snapshot…)  (export "memory" …) (export "_start" …) (export "cart-run" …)
//! ```

use engine::{Facts, Sections};
use optimize::{Live, Trimmed};
use preinit::{Mode, Snapshot};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    IndirectNameMap, MemorySection, MemoryType, Module, NameMap, NameSection, RefType,
    TableSection, TableType, TypeSection, ValType,
};

use crate::Error;
use crate::constants::Constants;
use crate::exports::Entry;
use crate::renumber::{self, Indices};
use crate::segments::segments;

/// Bytes in a page of linear memory.
const PAGE: usize = 64 * 1024;

/// Writes the module for `snapshot`, with the memory and `entries` as its exports; `keep_names` for profilers.
pub(crate) fn emit(
    sections: &Sections<'_>,
    facts: &Facts<'_>,
    live: &Live,
    trimmed: Option<&Trimmed>,
    snapshot: &Snapshot,
    entries: &[Entry],
    keep_names: bool,
) -> Result<Vec<u8>, Error> {
    let indices = Indices::new(sections, facts, live, trimmed);
    let order = indices.order();
    let (imported, defined) =
        order.split_at(order.partition_point(|index| (*index as usize) < sections.imports.len()));

    let mut module = Module::new();
    let mut types = TypeSection::new();
    for (_, ty) in sections
        .types
        .iter()
        .enumerate()
        .filter(|(index, _)| indices.has_type(*index))
    {
        let convert = |types: &[wasmparser::ValType]| {
            let converted: Result<Vec<_>, _> =
                types.iter().map(|ty| ValType::try_from(*ty)).collect();
            converted.map_err(|error| Error::Engine(format!("it has an unknown type: {error}")))
        };
        types
            .ty()
            .function(convert(ty.params())?, convert(ty.results())?);
    }
    let entry_type = types.len();
    types.ty().function([], []);
    module.section(&types);

    let mut imports = ImportSection::new();
    for import in imported
        .iter()
        .map(|index| &sections.imports[*index as usize])
    {
        imports.import(
            import.module,
            import.name,
            EntityType::Function(indices.ty(import.ty)?),
        );
    }
    module.section(&imports);

    let mut functions = FunctionSection::new();
    for index in defined {
        functions.function(indices.ty(renumber::type_of(sections, *index as usize))?);
    }
    for _ in entries {
        functions.function(entry_type);
    }
    module.section(&functions);

    let mut tables = TableSection::new();
    let end = live
        .slots
        .iter()
        .rposition(|live| *live)
        .map_or(0, |last| last as u32 + 1);
    let size = u64::from(sections.first_slot + end);
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: size,
        maximum: Some(size),
        table64: false,
        shared: false,
    });
    module.section(&tables);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: match snapshot.mode {
            Mode::Ended => 1,
            Mode::Program | Mode::Function(_) => (snapshot.memory.len() / PAGE) as u64,
        },
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&memories);
    let mut bodies = Vec::new();
    for index in defined {
        bodies.push(if live.stubs[*index as usize] {
            stub().into_raw_body()
        } else {
            let edits = trimmed
                .filter(|trimmed| trimmed.function == *index)
                .map_or(&[][..], |trimmed| &trimmed.edits);
            renumber::body(sections, facts, &indices, *index, edits)?
        });
    }
    let constants = Constants::pick(&bodies, 1)?;
    let mut globals = GlobalSection::new();
    let stack_pointer = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    globals.global(stack_pointer, &ConstExpr::i32_const(snapshot.stack_pointer));
    constants.declare(&mut globals);
    module.section(&globals);

    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0);
    for (index, entry) in (order.len() as u32..).zip(entries) {
        exports.export(&entry.export, ExportKind::Func, index);
    }
    module.section(&exports);
    module.section(&elements(sections, live, &indices)?);

    let mut code = CodeSection::new();
    for body in &bodies {
        code.raw(&constants.rewrite(body)?);
    }
    for entry in entries {
        code.function(&entry_body(entry, sections, &indices)?);
    }
    module.section(&code);

    let mut memory = snapshot.memory.clone();
    for range in &live.dead_memory {
        memory[range.start as usize..range.end as usize].fill(0);
    }
    for (address, word) in &live.replaced {
        memory[*address as usize..][..4].copy_from_slice(&word.to_le_bytes());
    }
    let mut data = DataSection::new();
    for (address, bytes) in segments(&memory) {
        data.active(
            0,
            &ConstExpr::i32_const(address as i32),
            bytes.iter().copied(),
        );
    }
    module.section(&data);
    if keep_names {
        module.section(&names(facts, &indices));
    }
    Ok(module.finish())
}

/// The table's functions; runs of dead slots stay empty.
fn elements(
    sections: &Sections<'_>,
    live: &Live,
    indices: &Indices,
) -> Result<ElementSection, Error> {
    let mut elements = ElementSection::new();
    let mut slot = 0;
    while slot < live.slots.len() {
        let start = slot;
        while slot < live.slots.len() && live.slots[slot] {
            slot += 1;
        }
        if start < slot {
            let functions: Result<Vec<u32>, Error> = sections.slots[start..slot]
                .iter()
                .map(|function| indices.function(*function))
                .collect();
            elements.active(
                None,
                &ConstExpr::i32_const((sections.first_slot as usize + start) as i32),
                Elements::Functions(functions?.into()),
            );
        }
        slot += 1;
    }
    Ok(elements)
}

/// The body of a function that is named, but never runs.
fn stub() -> Function {
    let mut function = Function::new([]);
    function.instructions().unreachable().end();
    function
}

/// An exported function: a call of the engine's.
fn entry_body(
    entry: &Entry,
    sections: &Sections<'_>,
    indices: &Indices,
) -> Result<Function, Error> {
    let mut function = Function::new([]);
    let mut instructions = function.instructions();
    let Some((name, argument)) = entry.action.target() else {
        instructions.end();
        return Ok(function);
    };
    let target = indices.function(sections.exported(name)?)?;
    if let Some(argument) = argument {
        instructions.i32_const(argument as i32);
    }
    instructions.call(target).end();
    Ok(function)
}

/// The names of the functions, for profilers.
fn names(facts: &Facts<'_>, indices: &Indices) -> NameSection {
    let mut by_index: Vec<(u32, &str)> = facts
        .symbols
        .iter()
        .filter_map(|symbol| match symbol.definition {
            engine::Definition::Function(index) => {
                Some((indices.function(index).ok()?, symbol.name))
            }
            _ => None,
        })
        .collect();
    by_index.sort_unstable();
    by_index.dedup_by_key(|(index, _)| *index);
    let mut functions = NameMap::new();
    for (index, name) in by_index {
        functions.append(index, name);
    }
    let mut names = NameSection::new();
    names.functions(&functions);
    names.locals(&IndirectNameMap::new());
    names
}
