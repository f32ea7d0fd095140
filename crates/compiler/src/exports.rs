//! Names the functions that a module exports.
//!
//! ```text
//! export default …      →  (export "_start" …)
//! export function cartRun →  (export "cart-run" …)
//! ```

use std::collections::HashSet;

use engine::Sections;
use preinit::Mode;

/// A function that the module exports, and what it does.
pub(crate) struct Entry {
    pub(crate) export: String,
    pub(crate) action: Action,
}

/// What an exported function does. They all have the type `[] -> []`.
pub(crate) enum Action {
    /// Calls the handler of this number.
    Call(u32),
    /// Goes on with the program.
    Continue,
    /// Says that it has to be called by another name.
    NoDefault,
    /// Nothing.
    Return,
}

impl Action {
    /// The engine's export that does it, and the argument that it is given; `None` where there is nothing to do.
    pub(crate) fn target(&self) -> Option<(&'static str, Option<u32>)> {
        match self {
            Action::Call(index) => Some(("jsc_call", Some(*index))),
            Action::Continue => Some(("jsc_continue", None)),
            Action::NoDefault => Some(("jsc_no_default", None)),
            Action::Return => None,
        }
    }
}

/// Why a module cannot have an export.
#[derive(Debug)]
pub(crate) enum Unnameable {
    /// It has one of that name.
    Taken {
        /// The name in JavaScript.
        name: String,
        /// The name in the module.
        export: String,
    },
    /// The name has more bytes than engines take; it has so many.
    TooLong {
        /// The name in JavaScript.
        name: String,
        /// Its bytes in the module.
        bytes: usize,
    },
    /// There are more exports than engines take.
    TooMany(usize),
}

/// The most bytes of a name, which the JavaScript interface of WebAssembly sets and all engines keep to.
pub(crate) const MOST_BYTES: usize = 100_000;

/// The most exports of a module. Each is a function, too, and the engine has some thousands.
pub(crate) const MOST_EXPORTS: usize = 900_000;

/// The engine's functions that the entries call, by index.
pub(crate) fn roots(entries: &[Entry], sections: &Sections<'_>) -> Result<Vec<u32>, engine::Error> {
    entries
        .iter()
        .filter_map(|entry| entry.action.target())
        .map(|(function, _)| sections.exported(function))
        .collect()
}

/// The functions that a module of this mode exports.
pub(crate) fn name(mode: &Mode) -> Result<Vec<Entry>, Unnameable> {
    let start = |action| {
        vec![Entry {
            export: "_start".to_string(),
            action,
        }]
    };
    let handlers = match mode {
        Mode::Program => return Ok(start(Action::Continue)),
        Mode::Ended => return Ok(start(Action::Return)),
        Mode::Function(handlers) => handlers,
    };
    if handlers.len() > MOST_EXPORTS {
        return Err(Unnameable::TooMany(handlers.len()));
    }
    let mut entries = Vec::new();
    let mut taken = HashSet::from(["memory".to_string(), "_start".to_string()]);
    if !handlers.iter().any(|handler| handler.name == "default") {
        entries.push(Entry {
            export: "_start".to_string(),
            action: Action::NoDefault,
        });
    }
    for handler in handlers {
        let is_default = handler.name == "default";
        let export = if is_default {
            "_start".to_string()
        } else {
            export_name(&handler.name)
        };
        let name = &handler.name;
        if export.len() > MOST_BYTES {
            let (name, bytes) = (name.clone(), export.len());
            return Err(Unnameable::TooLong { name, bytes });
        }
        if !is_default && !taken.insert(export.clone()) {
            let name = name.clone();
            return Err(Unnameable::Taken { name, export });
        }
        entries.push(Entry {
            export,
            action: Action::Call(handler.index),
        });
    }
    Ok(entries)
}

/// The name that a module has for a named export.
///
/// ```
/// let names = ["cartRun", "parseJSON", "run_2"].map(compiler::export_name);
/// assert_eq!(names, ["cart-run", "parse-json", "run-2"]);
/// ```
#[must_use]
pub fn export_name(name: &str) -> String {
    let mut kebab = String::new();
    let mut characters = name.trim_matches(['_', '$']).chars().peekable();
    let mut previous = '-';
    while let Some(character) = characters.next() {
        let next_is_lower = characters.peek().is_some_and(|next| next.is_lowercase());
        let starts_word = character.is_uppercase()
            && (!previous.is_uppercase() || next_is_lower)
            && previous.is_alphanumeric();
        if starts_word {
            kebab.push('-');
        }
        match character {
            '_' | '$' if kebab.ends_with('-') => {}
            '_' | '$' => kebab.push('-'),
            _ => kebab.extend(character.to_lowercase()),
        }
        previous = character;
    }
    if kebab.is_empty() {
        name.to_string()
    } else {
        kebab
    }
}

#[cfg(test)]
mod tests {
    use super::export_name;

    #[test]
    fn names_become_kebab_case() {
        let check = |name: &str, expected: &str| assert_eq!(export_name(name), expected);
        check("run", "run");
        check("cartRun", "cart-run");
        check("parseJSON", "parse-json");
        check("XMLParser", "xml-parser");
        check("run_2", "run-2");
        check("_private", "private");
        check("a$b", "a-b");
        check("version2Beta", "version2-beta");
        check("$", "$");
    }
}
