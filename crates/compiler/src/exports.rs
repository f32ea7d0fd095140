//! Names the functions that a module exports.
//!
//! ```text
//! export default …      →  (export "_start" …)
//! export function cartRun →  (export "cart-run" …)
//! ```

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

/// A named export whose name in the module is not free.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Its name in JavaScript.
    pub(crate) name: String,
    /// Its name in the module.
    pub(crate) export: String,
}

/// The engine's functions that the entries call, by index.
pub(crate) fn roots(entries: &[Entry], sections: &Sections<'_>) -> Result<Vec<u32>, engine::Error> {
    entries
        .iter()
        .filter_map(|entry| entry.action.target())
        .map(|(function, _)| sections.exported(function))
        .collect()
}

/// The functions that a module of this mode exports.
pub(crate) fn name(mode: &Mode) -> Result<Vec<Entry>, Taken> {
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
    let mut entries = Vec::new();
    if !handlers.iter().any(|handler| handler.name == "default") {
        entries.push(Entry {
            export: "_start".to_string(),
            action: Action::NoDefault,
        });
    }
    for handler in handlers {
        let export = if handler.name == "default" {
            "_start".to_string()
        } else {
            export_name(&handler.name)
        };
        if entries.iter().any(|entry| entry.export == export) || export == "memory" {
            return Err(Taken {
                name: handler.name.clone(),
                export,
            });
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
