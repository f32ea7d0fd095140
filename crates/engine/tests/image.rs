//! The engine's surface, and the linker's facts about it.
//!
//! `image.txt` records what a compiled module may import, what the host calls at build time, and how large the sections
//! are. `JSC_BLESS=1 cargo test -p engine` records them anew.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fmt::Write as _;
use std::path::Path;

use engine::{Definition, EngineImage, RelocationKind};
use wasmparser::{Operator, Parser, Payload};

/// By how much a section may differ from its record: compilers of one version differ a little between systems.
const TOLERANCE: f64 = 0.02;

/// The names, one a line, and the sizes of the sections in bytes.
fn surface(wasm: &[u8]) -> (String, Vec<(&'static str, usize)>) {
    let (mut names, mut sizes) = (String::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::ImportSection(reader) => {
                for import in reader.into_imports() {
                    let import = import.unwrap();
                    writeln!(names, "import {} {}", import.module, import.name).unwrap();
                }
            }
            Payload::ExportSection(reader) => {
                for export in reader {
                    let export = export.unwrap();
                    writeln!(names, "export {:?} {}", export.kind, export.name).unwrap();
                }
            }
            Payload::CodeSectionStart { range, .. } => sizes.push(("code", range.len())),
            Payload::DataSection(reader) => sizes.push(("data", reader.range().len())),
            Payload::ElementSection(reader) => sizes.push(("elements", reader.range().len())),
            _ => {}
        }
    }
    (names, sizes)
}

#[test]
fn surface_is_as_recorded() {
    let (names, sizes) = surface(EngineImage::bundled().wasm());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/image.txt");
    if std::env::var_os("JSC_BLESS").is_some() {
        let mut text = names.clone();
        for (section, size) in &sizes {
            writeln!(text, "section {section} {size}").unwrap();
        }
        std::fs::write(&path, text).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap();
    let (recorded_sizes, recorded_names): (Vec<&str>, Vec<&str>) = recorded
        .lines()
        .partition(|line| line.starts_with("section "));
    assert_eq!(names.lines().collect::<Vec<_>>(), recorded_names);
    for (line, (section, size)) in recorded_sizes.iter().zip(sizes) {
        let before: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        let ratio = size as f64 / before as f64;
        assert!(
            (ratio - 1.0).abs() <= TOLERANCE,
            "section {section}: {size} bytes, {before} recorded; JSC_BLESS=1 records it"
        );
    }
}

#[test]
fn relocations_of_code_name_the_functions_that_are_called() {
    let image = EngineImage::bundled();
    let facts = image.facts().unwrap();
    let mut checked = 0;
    let mut code_start = 0;
    for payload in Parser::new(0).parse_all(image.wasm()) {
        match payload.unwrap() {
            Payload::CodeSectionStart { range, .. } => code_start = range.start,
            Payload::CodeSectionEntry(body) => {
                for operator in body
                    .get_operators_reader()
                    .unwrap()
                    .into_iter_with_offsets()
                {
                    let (operator, offset) = operator.unwrap();
                    let Operator::Call { function_index } = operator else {
                        continue;
                    };
                    let place = (offset + 1 - code_start) as u32;
                    // Functions that the linker makes have no relocations.
                    let Ok(found) = facts.code.binary_search_by_key(&place, |entry| entry.place)
                    else {
                        continue;
                    };
                    let relocation = facts.code[found];
                    assert_eq!(relocation.kind, RelocationKind::Function);
                    let symbol = facts.symbol(&relocation).unwrap();
                    assert_eq!(
                        symbol.definition,
                        Definition::Function(function_index),
                        "{}",
                        symbol.name
                    );
                    checked += 1;
                }
            }
            _ => {}
        }
    }
    assert!(checked > 5_000, "{checked} calls");
}

#[test]
fn relocations_of_data_lie_in_symbols() {
    let facts = EngineImage::bundled().facts().unwrap();
    let mut ranges: Vec<_> = facts
        .symbols
        .iter()
        .filter_map(|symbol| match &symbol.definition {
            Definition::Data(range) => Some(range.clone()),
            _ => None,
        })
        .collect();
    ranges.sort_by_key(|range| range.start);
    assert!(facts.data.len() > 500);
    for relocation in &facts.data {
        assert!(
            ranges.iter().any(|range| range.contains(&relocation.place)),
            "address {} is in no symbol",
            relocation.place
        );
    }
}

#[test]
fn facts_are_missing_from_other_modules() {
    let error = engine::Facts::read(b"\0asm\x01\0\0\0").unwrap_err();
    assert!(matches!(error, engine::Error::NoFacts), "{error}");
    assert!(matches!(
        engine::Facts::read(b"no wasm").unwrap_err(),
        engine::Error::Damaged(_)
    ));
}
