//! Why something is kept, in words: `RegExp compiler ← String.prototype.match ← src/parse.js:14:3`.

use std::collections::BTreeMap;

use engine::{Definition, Facts};
use optimize::{Cause, Explanation, Item, ItemId};

use crate::builtins::Names;
use crate::captures::Captures;
use crate::mentions::Mentions;
use crate::{Input, Reason, syntax};

/// Data that the linker has no symbol for.
pub(crate) const NAMELESS: &str = "data without a symbol";

/// Who uses what nothing in the program names.
const LANGUAGE: &str = "the language itself";

/// Builtins that keep an object without naming it, as in `js-runtime/c/strip.c`: the object, and who makes it.
const MAKERS: &[(&str, &[&str])] = &[
    (
        "RegExp",
        &[
            "String.prototype.match",
            "String.prototype.matchAll",
            "String.prototype.search",
        ],
    ),
    ("Map", &["Object.groupBy"]),
    ("DOMException", &["structuredClone", "atob", "btoa"]),
    ("CallSite", &["Error.prepareStackTrace"]),
];

/// Syntax that keeps an object.
const SYNTAX_MAKERS: &[(&str, &str)] = &[("RegExp", "regexp"), ("BigInt", "push_bigint_i32")];

/// What answers the question.
pub(crate) struct Reasons<'s, 'w> {
    pub(crate) explanation: &'s Explanation<'w>,
    pub(crate) names: Names,
    pub(crate) mentions: Mentions,
    captures: Captures,
    /// The names of functions in C, by index.
    symbols: BTreeMap<u32, &'w str>,
    opcodes: Vec<String>,
    keep: &'s [String],
}

impl<'s, 'w> Reasons<'s, 'w> {
    pub(crate) fn new(
        input: &Input<'s, 'w>,
        mentions: Mentions,
        captures: Captures,
        opcodes: Vec<String>,
    ) -> Reasons<'s, 'w> {
        Reasons {
            explanation: input.explanation,
            names: Names::read(input.sections, input.facts),
            mentions,
            captures,
            symbols: symbols(input.facts),
            opcodes,
            keep: input.keep,
        }
    }

    /// Why an item is kept.
    pub(crate) fn of(&self, id: ItemId) -> Reason {
        let (path, cause) = self.explanation.path(id);
        let shown: Vec<String> = path.iter().rev().map(|item| self.show(*item)).collect();
        if cause == Cause::Always {
            return Reason {
                through: None,
                used: "every module".to_string(),
                path: shown,
            };
        }
        let through = path.iter().rev().find_map(|item| self.builtin(*item));
        let (through, used) = match through {
            Some(builtin) => {
                let captured = || match cause {
                    Cause::Reference(address) => self.captures.of_word(address),
                    _ => None,
                };
                let used = self
                    .named_use_of(&builtin)
                    .or_else(|| captured().map(str::to_string))
                    .unwrap_or_else(|| LANGUAGE.to_string());
                let made = (!self.is_named(&builtin)).then(|| self.maker(first(&builtin)));
                made.flatten().map_or_else(
                    || (Some(builtin.clone()), used),
                    |(maker, used)| (Some(maker), used),
                )
            }
            None => match path.last().map(|item| self.explanation.item(*item)) {
                Some(Item::Opcode(opcode)) => {
                    let used = self.mentions.of_opcode(*opcode);
                    let used = used.unwrap_or_else(|| "the engine".to_string());
                    (Some(self.opcode(*opcode)), used)
                }
                _ => (None, "the engine's objects".to_string()),
            },
        };
        Reason {
            through,
            used,
            path: shown,
        }
    }

    /// What an opcode is for, or its name.
    fn opcode(&self, opcode: u8) -> String {
        let name = self.opcode_name(opcode);
        syntax::of_opcode(name).map_or_else(|| format!("opcode {name}"), str::to_string)
    }

    /// QuickJS's name of an opcode.
    pub(crate) fn opcode_name(&self, opcode: u8) -> &str {
        self.opcodes
            .get(usize::from(opcode))
            .map_or("", String::as_str)
    }

    /// The builtin that an item is: of several, one that the program names.
    pub(crate) fn builtin(&self, id: ItemId) -> Option<String> {
        let builtins: Vec<&String> = match self.explanation.item(id) {
            Item::Function(index) => self.names.of_function(*index).iter().collect(),
            Item::Object { range, .. } => self.names.of_entry(range.start).into_iter().collect(),
            _ => Vec::new(),
        };
        let said = builtins
            .iter()
            .find(|builtin| self.mentions.program_says(last(builtin)));
        said.or(builtins.first()).map(|name| (*name).clone())
    }

    /// What in the program keeps an object that it does not name, and where it says so.
    pub(crate) fn maker(&self, object: &str) -> Option<(String, String)> {
        if self.mentions.program_says(object) {
            return None;
        }
        let makers = MAKERS.iter().filter(|(made, _)| *made == object);
        let maker = makers
            .flat_map(|(_, makers)| *makers)
            .find(|maker| self.is_named(maker));
        if let Some(maker) = maker {
            return Some(((*maker).to_string(), self.use_of(maker)));
        }
        let opcodes = SYNTAX_MAKERS.iter().filter(|(made, _)| *made == object);
        opcodes
            .filter_map(|(_, name)| self.opcodes.iter().position(|other| other == name))
            .filter_map(|opcode| u8::try_from(opcode).ok())
            .filter(|opcode| self.mentions.program_has(*opcode))
            .find_map(|opcode| Some((self.opcode(opcode), self.mentions.of_opcode(opcode)?)))
    }

    /// Whether an item is there whatever the program does.
    pub(crate) fn is_always(&self, id: ItemId) -> bool {
        self.explanation.path(id).1 == Cause::Always
    }

    /// Whether the program itself names the builtin.
    pub(crate) fn is_named(&self, builtin: &str) -> bool {
        self.mentions.program_says(last(builtin))
    }

    /// Who uses a builtin.
    fn use_of(&self, builtin: &str) -> String {
        let named = self.named_use_of(builtin);
        named.unwrap_or_else(|| LANGUAGE.to_string())
    }

    /// Who names a builtin.
    fn named_use_of(&self, builtin: &str) -> Option<String> {
        let (object, name) = (first(builtin), last(builtin));
        if let Some(path) = self.keep.iter().find(|path| covers(path, builtin)) {
            return Some(format!("--keep {path}"));
        }
        let place = if self.mentions.program_says(name) || !self.mentions.program_says(object) {
            self.mentions.of_name(name)
        } else {
            None
        };
        place.or_else(|| self.mentions.of_name(object))
    }

    /// What an item is called in C.
    pub(crate) fn show(&self, id: ItemId) -> String {
        match self.explanation.item(id) {
            Item::Function(index) => self.symbol(*index),
            Item::Slot(slot) => format!("slot {slot}"),
            Item::Object { name: "", .. } => NAMELESS.to_string(),
            Item::Object { name, .. } => (*name).to_string(),
            Item::Opcode(opcode) => self.opcode(*opcode),
        }
    }

    /// A function's name in C.
    pub(crate) fn symbol(&self, index: u32) -> String {
        self.symbols
            .get(&index)
            .map_or_else(|| format!("function {index}"), |name| (*name).to_string())
    }
}

fn symbols<'w>(facts: &Facts<'w>) -> BTreeMap<u32, &'w str> {
    let functions = facts
        .symbols
        .iter()
        .filter_map(|symbol| match symbol.definition {
            Definition::Function(index) => Some((index, symbol.name)),
            _ => None,
        });
    functions.collect()
}

/// Whether `--keep path` keeps a builtin: itself, or what is on it.
fn covers(path: &str, builtin: &str) -> bool {
    let rest = builtin.strip_prefix(path);
    path == "all" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// `String.prototype.match` → `match`, `get size` → `size`, `Array.prototype[Symbol.iterator]` → `iterator`.
pub(crate) fn last(builtin: &str) -> &str {
    let name = builtin.trim_end_matches(']');
    name.rsplit(['.', ' ']).next().unwrap_or(name)
}

/// `String.prototype.match` → `String`.
pub(crate) fn first(builtin: &str) -> &str {
    builtin.split(['.', '[']).next().unwrap_or(builtin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtins_have_an_object_and_a_name() {
        let check = |builtin: &str, expected: (&str, &str)| {
            assert_eq!((first(builtin), last(builtin)), expected);
        };
        check("String.prototype.match", ("String", "match"));
        check("Math.max", ("Math", "max"));
        check("Map", ("Map", "Map"));
        check("Array.prototype[Symbol.iterator]", ("Array", "iterator"));
    }
}
