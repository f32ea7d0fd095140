//! The names that the engine's functions have in JavaScript.

use std::collections::BTreeMap;

use engine::{Definition, Facts, RelocationKind, Sections};

/// Bytes of an entry of a table of builtins. It starts with the address of the name.
const ENTRY: u32 = 16;

/// The objects whose tables in C are not called like them.
const OBJECTS: &[(&str, &str)] = &[
    ("array_buffer", "ArrayBuffer"),
    ("array_iterator", "ArrayIterator"),
    ("async_from_sync_iterator", "AsyncFromSyncIterator"),
    ("async_disposable_stack", "AsyncDisposableStack"),
    ("async_function", "AsyncFunction"),
    ("async_generator", "AsyncGenerator"),
    ("async_generator_function", "AsyncGeneratorFunction"),
    ("async_iterator", "AsyncIterator"),
    ("base64", ""),
    ("bigint", "BigInt"),
    ("callsite", "CallSite"),
    ("dataview", "DataView"),
    ("disposable_stack", "DisposableStack"),
    ("domexception", "DOMException"),
    ("finrec", "FinalizationRegistry"),
    ("generator_function", "GeneratorFunction"),
    ("global", ""),
    ("iterator_concat", "Iterator"),
    ("iterator_helper", "Iterator"),
    ("iterator_wrap", "Iterator"),
    ("json", "JSON"),
    ("map_iterator", "MapIterator"),
    ("math", "Math"),
    ("perf", "performance"),
    ("regexp", "RegExp"),
    ("regexp_string_iterator", "RegExpStringIterator"),
    ("set_iterator", "SetIterator"),
    ("shared_array_buffer", "SharedArrayBuffer"),
    ("string_iterator", "StringIterator"),
    ("typed_array", "TypedArray"),
    ("typed_array_base", "TypedArray"),
    ("weak_map", "WeakMap"),
    ("weak_set", "WeakSet"),
    ("weakref", "WeakRef"),
];

/// Functions that are no entries of tables.
const FUNCTIONS: &[(&str, &str)] = &[
    ("jsc_json_parse", "JSON.parse"),
    ("jsc_json_stringify", "JSON.stringify"),
    ("jsc_math_random", "Math.random"),
    ("js_global_eval", "eval"),
    ("__JS_EvalInternal", "eval"),
    ("js_function_constructor", "Function"),
    ("js_map_constructor", "Map"),
    ("js_error_constructor", "Error"),
    ("js_typed_array_constructor", "TypedArray"),
];

/// The names of builtins by what implements them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// By function index.
    functions: BTreeMap<u32, Vec<String>>,
    /// By the address of the table's entry.
    entries: BTreeMap<u32, String>,
}

impl Names {
    pub(crate) fn read(sections: &Sections<'_>, facts: &Facts<'_>) -> Names {
        let mut names = Names::default();
        for symbol in &facts.symbols {
            match &symbol.definition {
                Definition::Function(index) => {
                    if let Some(name) = constructor(symbol.name) {
                        names.functions.entry(*index).or_default().push(name);
                    }
                }
                Definition::Data(range) => {
                    let Some(object) = object_of_table(symbol.name) else {
                        continue;
                    };
                    for entry in range.clone().step_by(ENTRY as usize) {
                        names.add_entry(sections, facts, &object, entry);
                    }
                }
                _ => {}
            }
        }
        names
    }

    fn add_entry(&mut self, sections: &Sections<'_>, facts: &Facts<'_>, object: &str, entry: u32) {
        let Some(text) = address(sections, entry).and_then(|address| text(sections, address))
        else {
            return;
        };
        let name = match (object, text.strip_prefix('[')) {
            ("", _) => text,
            (object, Some(_)) => format!("{object}{text}"),
            (object, None) => format!("{object}.{text}"),
        };
        for relocation in facts.data_between(&(entry..entry + ENTRY)) {
            let function = facts.symbol(relocation).map(|symbol| &symbol.definition);
            if let (RelocationKind::TableSlot, Some(Definition::Function(index))) =
                (relocation.kind, function)
            {
                self.functions.entry(*index).or_default().push(name.clone());
            }
        }
        self.entries.insert(entry, name);
    }

    /// The builtins that a function implements.
    pub(crate) fn of_function(&self, index: u32) -> &[String] {
        self.functions.get(&index).map_or(&[], Vec::as_slice)
    }

    /// The builtin that the table's entry at this address is.
    pub(crate) fn of_entry(&self, address: u32) -> Option<&String> {
        self.entries.get(&address)
    }
}

/// `js_array_proto_funcs` → `Array.prototype`, `js_math_funcs` → `Math`.
fn object_of_table(symbol: &str) -> Option<String> {
    let stem = symbol.strip_prefix("js_")?;
    let (stem, suffix) = if let Some(stem) = stem.strip_suffix("_proto_funcs") {
        (stem, ".prototype")
    } else if let Some(stem) = stem.strip_suffix("_funcs") {
        (stem, "")
    } else {
        return None;
    };
    match object(stem) {
        object if object.is_empty() || object == "performance" => Some(object),
        object => Some(format!("{object}{suffix}")),
    }
}

fn object(stem: &str) -> String {
    if let Some((_, object)) = OBJECTS.iter().find(|(other, _)| *other == stem) {
        return (*object).to_string();
    }
    let mut characters = stem.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// `js_date_constructor` → `Date`.
fn constructor(symbol: &str) -> Option<String> {
    if let Some((_, name)) = FUNCTIONS.iter().find(|(other, _)| *other == symbol) {
        return Some((*name).to_string());
    }
    let stem = symbol.strip_prefix("js_")?.strip_suffix("_constructor")?;
    Some(object(stem))
}

/// The word of the engine's initial data at `place`.
fn address(sections: &Sections<'_>, place: u32) -> Option<u32> {
    let bytes = data(sections, place)?.get(..4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// The text of the engine's initial data at `address`.
fn text(sections: &Sections<'_>, address: u32) -> Option<String> {
    let bytes = data(sections, address)?;
    let end = bytes.iter().position(|byte| *byte == 0)?;
    String::from_utf8(bytes[..end].to_vec()).ok()
}

fn data<'w>(sections: &Sections<'w>, address: u32) -> Option<&'w [u8]> {
    sections
        .data
        .iter()
        .find_map(|(start, bytes)| bytes.get(address.checked_sub(*start)? as usize..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_like_their_objects() {
        let check = |symbol: &str, name: Option<&str>| {
            assert_eq!(object_of_table(symbol).as_deref(), name, "{symbol}");
        };
        check("js_array_proto_funcs", Some("Array.prototype"));
        check("js_weak_map_proto_funcs", Some("WeakMap.prototype"));
        check("js_math_funcs", Some("Math"));
        check("js_global_funcs", Some(""));
        check("js_atom_init", None);
    }
}
