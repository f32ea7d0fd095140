//! Writes the module: the engine's code over the snapshot's memory, with the exports of a compiled module.
//!
//! ```text
//! engine: (data …initial…)   (export "jsc_build_boot" …) … (export "jsc_call" …)
//! module: (data …snapshot…)  (export "memory" …) (export "_start" …) (export "cart-run" …)
//! ```

use engine::EngineImage;
use preinit::Snapshot;
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, MemorySection, MemoryType, Module, RawSection,
    TypeSection, ValType,
};
use wasmparser::{Parser, Payload};

use crate::Error;
use crate::exports::{Action, Entry};

/// Bytes in a page of linear memory.
const PAGE: usize = 64 * 1024;

/// What an active data segment costs besides its bytes: its flag (1), the `i32.const` with its address (1 + at most 5),
/// `end` (1) and its length (at most 4). A gap of zeros up to this long is cheaper as bytes of one segment.
const SEGMENT_OVERHEAD: usize = 10;

/// The most data segments that engines accept (the limit of the JavaScript API is 100,000).
const MAX_SEGMENTS: usize = 50_000;

/// Writes the module for `snapshot`, with the memory and `entries` as its exports; `keep_names` for profilers.
pub(crate) fn emit(
    image: &EngineImage,
    snapshot: &Snapshot,
    entries: &[Entry],
    keep_names: bool,
) -> Result<Vec<u8>, Error> {
    let engine = Sections::of(image.wasm())?;
    let mut module = Module::new();

    let mut types = engine.types;
    let entry_type = types.len();
    types.ty().function([], []);
    module.section(&types);
    let mut functions = FunctionSection::new();
    module.section(&RawSection {
        id: wasm_encoder::SectionId::Import as u8,
        data: engine.imports,
    });
    for index in &engine.functions {
        functions.function(*index);
    }
    for _ in entries {
        functions.function(entry_type);
    }
    module.section(&functions);
    module.section(&RawSection {
        id: wasm_encoder::SectionId::Table as u8,
        data: engine.tables,
    });

    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: (snapshot.memory.len() / PAGE) as u64,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&memories);
    let mut globals = GlobalSection::new();
    let stack_pointer = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    globals.global(stack_pointer, &ConstExpr::i32_const(snapshot.stack_pointer));
    module.section(&globals);

    let first = engine.imported_functions + engine.functions.len() as u32;
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0);
    for (index, entry) in (first..).zip(entries) {
        exports.export(&entry.export, ExportKind::Func, index);
    }
    module.section(&exports);
    module.section(&RawSection {
        id: wasm_encoder::SectionId::Element as u8,
        data: engine.elements,
    });

    let mut code = CodeSection::new();
    for body in &engine.bodies {
        code.raw(body);
    }
    for entry in entries {
        code.function(&body(&entry.action, &engine.exports)?);
    }
    module.section(&code);
    let mut data = DataSection::new();
    for (address, bytes) in segments(&snapshot.memory) {
        data.active(
            0,
            &ConstExpr::i32_const(address as i32),
            bytes.iter().copied(),
        );
    }
    module.section(&data);
    if let Some(names) = engine.names.filter(|_| keep_names) {
        module.section(&CustomSection {
            name: "name".into(),
            data: names.into(),
        });
    }
    Ok(module.finish())
}

fn body(action: &Action, exports: &[(String, u32)]) -> Result<Function, Error> {
    let (name, argument) = match action {
        Action::Call(index) => ("jsc_call", Some(*index)),
        Action::Continue => ("jsc_continue", None),
        Action::NoDefault => ("jsc_no_default", None),
    };
    let target = exports
        .iter()
        .find(|(export, _)| export == name)
        .map(|(_, index)| *index)
        .ok_or_else(|| Error::Engine(format!("it does not export {name}")))?;
    let mut function = Function::new([]);
    let mut instructions = function.instructions();
    if let Some(argument) = argument {
        instructions.i32_const(argument as i32);
    }
    instructions.call(target).end();
    Ok(function)
}

/// The parts of memory that are not zero, as address and bytes: merged where a gap is cheaper than a segment.
fn segments(memory: &[u8]) -> Vec<(usize, &[u8])> {
    let mut gap = SEGMENT_OVERHEAD;
    loop {
        let segments = segments_with_gap(memory, gap);
        if segments.len() <= MAX_SEGMENTS {
            return segments;
        }
        gap *= 4;
    }
}

fn segments_with_gap(memory: &[u8], gap: usize) -> Vec<(usize, &[u8])> {
    let mut segments: Vec<std::ops::Range<usize>> = Vec::new();
    let mut position = 0;
    while let Some(offset) = memory[position..].iter().position(|byte| *byte != 0) {
        let start = position + offset;
        let end = memory[start..]
            .iter()
            .position(|byte| *byte == 0)
            .map_or(memory.len(), |length| start + length);
        match segments.last_mut() {
            Some(last) if start - last.end <= gap => last.end = end,
            _ => segments.push(start..end),
        }
        position = end;
    }
    segments
        .into_iter()
        .map(|range| (range.start, &memory[range]))
        .collect()
}

/// The engine's module, taken apart as far as emission needs it.
struct Sections<'a> {
    types: TypeSection,
    imports: &'a [u8],
    imported_functions: u32,
    functions: Vec<u32>,
    tables: &'a [u8],
    exports: Vec<(String, u32)>,
    elements: &'a [u8],
    bodies: Vec<&'a [u8]>,
    names: Option<&'a [u8]>,
}

impl<'a> Sections<'a> {
    fn of(wasm: &'a [u8]) -> Result<Sections<'a>, Error> {
        let mut sections = Sections {
            types: TypeSection::new(),
            imports: &[],
            imported_functions: 0,
            functions: Vec::new(),
            tables: &[],
            exports: Vec::new(),
            elements: &[],
            bodies: Vec::new(),
            names: None,
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(reader) => {
                    for group in reader.into_iter_err_on_gc_types() {
                        let function = group?;
                        let convert = |ty: &wasmparser::ValType| ValType::try_from(*ty);
                        let parameters: Result<Vec<_>, _> =
                            function.params().iter().map(convert).collect();
                        let results: Result<Vec<_>, _> =
                            function.results().iter().map(convert).collect();
                        let (Ok(parameters), Ok(results)) = (parameters, results) else {
                            return Err(Error::Engine(
                                "a type that wasm 1.0 does not have".to_string(),
                            ));
                        };
                        sections.types.ty().function(parameters, results);
                    }
                }
                Payload::ImportSection(reader) => {
                    sections.imports = &wasm[reader.range()];
                    sections.imported_functions = reader.count();
                }
                Payload::FunctionSection(reader) => {
                    sections.functions = reader.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::TableSection(reader) => sections.tables = &wasm[reader.range()],
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export?;
                        if export.kind == wasmparser::ExternalKind::Func {
                            sections
                                .exports
                                .push((export.name.to_string(), export.index));
                        }
                    }
                }
                Payload::ElementSection(reader) => sections.elements = &wasm[reader.range()],
                Payload::CustomSection(section) if section.name() == "name" => {
                    sections.names = Some(section.data());
                }
                Payload::CodeSectionEntry(body) => sections.bodies.push(&wasm[body.range()]),
                _ => {}
            }
        }
        Ok(sections)
    }
}

#[cfg(test)]
mod tests {
    use super::segments_with_gap;

    #[test]
    fn short_gaps_are_merged() {
        let check = |memory: &[u8], expected: &[(usize, &[u8])]| {
            assert_eq!(segments_with_gap(memory, 2), expected);
        };
        check(&[0, 0, 0], &[]);
        check(&[1, 0, 0, 2], &[(0, &[1, 0, 0, 2])]);
        check(&[1, 0, 0, 0, 2, 0], &[(0, &[1]), (4, &[2])]);
    }
}
