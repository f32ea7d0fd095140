//! The sizes of a module's parts, read from the module itself.

use std::ops::Range;

use serde::Serialize;
use wasmparser::{DataKind, ExternalKind, Operator, Parser, Payload, TypeRef};

/// A section of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its contents, in bytes.
    pub bytes: usize,
    /// How many entries it has.
    pub count: u32,
}

/// What can be seen of any module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Anatomy {
    /// All of it.
    pub bytes: usize,
    /// All of it after `gzip -9`.
    pub gzip_bytes: usize,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The imports, as `module name`.
    pub imports: Vec<String>,
    /// The exports.
    pub exports: Vec<String>,
    /// The pages of 64 KiB that its memory starts with.
    pub memory_pages: u64,
    /// Who made it, if it says so.
    pub producers: Vec<String>,
    /// The sizes of the functions that it defines, in order.
    #[serde(skip)]
    pub(crate) functions: Vec<usize>,
    /// How many functions it imports.
    #[serde(skip)]
    pub(crate) imported: usize,
    /// What its data segments put in memory.
    #[serde(skip)]
    pub(crate) data: Vec<Range<u32>>,
}

/// Takes a module apart.
///
/// # Errors
/// Where it cannot be read.
pub fn anatomy(wasm: &[u8]) -> Result<Anatomy, wasmparser::BinaryReaderError> {
    let mut anatomy = Anatomy {
        bytes: wasm.len(),
        gzip_bytes: figures::gzipped(wasm),
        ..Anatomy::default()
    };
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let mut add = |name: &str, range: &Range<usize>, count: u32| {
            anatomy.sections.push(Section {
                name: name.to_string(),
                bytes: range.len(),
                count,
            });
        };
        match payload {
            Payload::TypeSection(reader) => add("types", &reader.range(), reader.count()),
            Payload::ImportSection(reader) => {
                add("imports", &reader.range(), reader.count());
                for import in reader.into_imports() {
                    let import = import?;
                    anatomy.imported += usize::from(matches!(import.ty, TypeRef::Func(_)));
                    anatomy
                        .imports
                        .push(format!("{} {}", import.module, import.name));
                }
            }
            Payload::FunctionSection(reader) => add("functions", &reader.range(), reader.count()),
            Payload::TableSection(reader) => add("tables", &reader.range(), reader.count()),
            Payload::MemorySection(reader) => {
                add("memories", &reader.range(), reader.count());
                for memory in reader {
                    anatomy.memory_pages += memory?.initial;
                }
            }
            Payload::GlobalSection(reader) => add("globals", &reader.range(), reader.count()),
            Payload::ExportSection(reader) => {
                add("exports", &reader.range(), reader.count());
                for export in reader {
                    let export = export?;
                    let kind = match export.kind {
                        ExternalKind::Func | ExternalKind::FuncExact => "function",
                        ExternalKind::Memory => "memory",
                        ExternalKind::Table => "table",
                        ExternalKind::Global => "global",
                        ExternalKind::Tag => "tag",
                    };
                    anatomy.exports.push(format!("{kind} {}", export.name));
                }
            }
            Payload::ElementSection(reader) => add("elements", &reader.range(), reader.count()),
            Payload::CodeSectionStart { count, range, .. } => add("code", &range, count),
            Payload::CodeSectionEntry(body) => anatomy.functions.push(body.range().len()),
            Payload::DataSection(reader) => {
                add("data", &reader.range(), reader.count());
                for segment in reader {
                    let segment = segment?;
                    if let DataKind::Active { offset_expr, .. } = &segment.kind
                        && let Operator::I32Const { value } =
                            offset_expr.get_operators_reader().read()?
                    {
                        let start = value.cast_unsigned();
                        anatomy.data.push(start..start + segment.data.len() as u32);
                    }
                }
            }
            Payload::CustomSection(custom) => {
                let name = format!("custom `{}`", custom.name());
                add(&name, &custom.range(), 1);
                if let wasmparser::KnownCustom::Producers(fields) = custom.as_known() {
                    for field in fields {
                        let field = field?;
                        for value in field.values {
                            let value = value?;
                            anatomy
                                .producers
                                .push(format!("{} {}", value.name, value.version));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    anatomy.data.sort_by_key(|range| range.start);
    Ok(anatomy)
}

impl Anatomy {
    /// How many bytes of the data segments lie in `range`.
    pub(crate) fn data_in(&self, range: &Range<u32>) -> usize {
        let first = self
            .data
            .partition_point(|segment| segment.end <= range.start);
        self.data[first..]
            .iter()
            .take_while(|segment| segment.start < range.end)
            .map(|segment| (segment.end.min(range.end) - segment.start.max(range.start)) as usize)
            .sum()
    }

    /// How many bytes the data segments put in memory.
    pub(crate) fn data_bytes(&self) -> usize {
        self.data.iter().map(Range::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Anatomy;

    #[test]
    fn segments_are_counted_where_they_overlap() {
        let anatomy = Anatomy {
            data: vec![10..20, 30..40],
            ..Anatomy::default()
        };
        assert_eq!(anatomy.data_in(&(0..100)), 20);
        assert_eq!(anatomy.data_in(&(15..35)), 10);
        assert_eq!(anatomy.data_in(&(20..30)), 0);
    }
}
