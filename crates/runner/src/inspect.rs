//! What can be said of a module without running it.

use wasmparser::{ExternalKind, FuncType, Parser, Payload, TypeRef, Validator};

use crate::diagnose::{self, bytes_of_pages};
use crate::error::Error;
use crate::wasi;

/// What a module wants and offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Bytes.
    pub size: u64,
    /// All imports, as `module.name`, in their order.
    pub imports: Vec<String>,
    /// Those of them that nobody here provides.
    pub unknown_imports: Vec<String>,
    /// The exports that [`Call::export`](crate::Call::export) can be.
    pub functions: Vec<String>,
    /// Whether a memory is exported by the name that WASI asks for.
    pub exports_memory: bool,
    /// The bytes of all memories at the beginning.
    pub initial_memory: u64,
    /// The most bytes that all memories can grow to by the module's own declaration, if each declares it.
    pub maximum_memory: Option<u64>,
    /// Whether a function runs before any export is called.
    pub has_start_function: bool,
}

/// Looks at a module.
///
/// # Errors
///
/// That of [`Runtime::load`](crate::Runtime::load) for what is no valid module.
pub fn inspect(wasm: &[u8]) -> Result<Inspection, Error> {
    diagnose::check_header(wasm)?;
    if let Err(error) = Validator::new().validate_all(wasm) {
        return Err(diagnose::invalid(wasm, &error));
    }
    // It is valid, so that nothing below can fail.
    read(wasm).map_err(|error| diagnose::invalid(wasm, &error))
}

fn read(wasm: &[u8]) -> Result<Inspection, wasmparser::BinaryReaderError> {
    let mut inspection = Inspection {
        size: wasm.len() as u64,
        maximum_memory: Some(0),
        ..Inspection::default()
    };
    let mut types: Vec<Option<FuncType>> = Vec::new();
    let mut functions: Vec<u32> = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section {
                    for ty in group?.into_types() {
                        types.push(match ty.composite_type.inner {
                            wasmparser::CompositeInnerType::Func(ty) => Some(ty),
                            _ => None,
                        });
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let name = format!("{}.{}", import.module, import.name);
                    let is_function = match import.ty {
                        TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                            functions.push(ty);
                            true
                        }
                        _ => false,
                    };
                    if !is_function || !wasi::is_function(import.module, import.name) {
                        inspection.unknown_imports.push(name.clone());
                    }
                    inspection.imports.push(name);
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    functions.push(ty?);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    let memory = memory?;
                    let initial = bytes_of_pages(memory.initial);
                    inspection.initial_memory = inspection.initial_memory.saturating_add(initial);
                    let maximum = memory.maximum.map(bytes_of_pages);
                    inspection.maximum_memory = inspection
                        .maximum_memory
                        .zip(maximum)
                        .map(|(a, b)| a.saturating_add(b));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    match export.kind {
                        ExternalKind::Func | ExternalKind::FuncExact => {
                            let ty = functions.get(export.index as usize);
                            let ty = ty.and_then(|ty| types.get(*ty as usize)?.as_ref());
                            let is_runnable = ty.is_some_and(|ty| {
                                ty.params().is_empty() && ty.results().is_empty()
                            });
                            if is_runnable && export.name != "_initialize" {
                                inspection.functions.push(export.name.to_owned());
                            }
                        }
                        ExternalKind::Memory => {
                            inspection.exports_memory |= export.name == "memory";
                        }
                        _ => {}
                    }
                }
            }
            Payload::StartSection { .. } => inspection.has_start_function = true,
            _ => {}
        }
    }
    Ok(inspection)
}
