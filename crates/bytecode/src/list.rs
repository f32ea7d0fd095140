//! A function as text.

use std::fmt::Write as _;

use crate::heap::{Atom, Heap};
use crate::instruction::{Instruction, Operand};
use crate::lines::Position;
use crate::{Error, Function, FunctionKind, Value};

/// Long texts are cut off here, in characters.
const MAX_TEXT: usize = 60;

/// Lists a function: what it says of itself, and its instructions with the names of what they name. The first column is
/// the place in the source where it changes.
///
/// # Errors
/// Where its bytecode cannot be decoded.
pub fn list(heap: &Heap<'_>, function: &Function) -> Result<String, Error> {
    let mut text = String::new();
    head(heap, function, &mut text);
    let mut last = None;
    let mut cleared = None;
    let note_cleared = |start: Option<u32>, end: u32, text: &mut String| {
        if let Some(start) = start {
            let size = end - start;
            let _ = writeln!(
                text,
                "          {start:>5}  ({size} bytes that run no more)"
            );
        }
    };
    for instruction in function.instructions(heap)? {
        // What has run of a body (`js-runtime/c/remainder.c`), and what nothing calls.
        if name_of(heap, &instruction) == "invalid" {
            cleared.get_or_insert(instruction.offset);
            continue;
        }
        note_cleared(cleared.take(), instruction.offset, &mut text);
        let position = function.position_at(instruction.offset);
        let place = if last == Some(position) {
            String::new()
        } else {
            show_position(position)
        };
        last = Some(position);
        line(heap, function, &instruction, &place, &mut text);
    }
    note_cleared(cleared, function.code.len() as u32, &mut text);
    Ok(text)
}

fn head(heap: &Heap<'_>, function: &Function, text: &mut String) {
    let name = match heap.atom(function.name) {
        name if name.is_empty() => "(anonymous)".to_string(),
        name => name,
    };
    let kind = match function.kind {
        FunctionKind::Normal => "function",
        FunctionKind::Generator => "function*",
        FunctionKind::Async => "async function",
        FunctionKind::AsyncGenerator => "async function*",
    };
    let place = show_position(function.position);
    let file = heap.atom(function.file);
    let size = function.code.len();
    let _ = writeln!(text, "{kind} {name} ({file}:{place}), {size} bytes");
    let mut names = |what: &str, names: Vec<Atom>| {
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().map(|name| heap.atom(name)).collect();
            let _ = writeln!(text, "  {what}: {}", names.join(" "));
        }
    };
    let of = |variables: &[crate::Variable]| variables.iter().map(|each| each.name).collect();
    names("arguments", of(&function.arguments));
    names("locals", of(&function.locals));
    let closure = function.closure_variables.iter();
    names("closure", closure.map(|each| each.name).collect());
}

fn name_of<'a>(heap: &'a Heap<'_>, instruction: &Instruction) -> &'a str {
    let info = heap.layout.opcodes.get(instruction.opcode);
    info.map_or("?", |info| info.name.as_str())
}

fn line(
    heap: &Heap<'_>,
    function: &Function,
    instruction: &Instruction,
    place: &str,
    text: &mut String,
) {
    let name = name_of(heap, instruction);
    let mut operands = Vec::new();
    let mut notes = Vec::new();
    for operand in &instruction.operands {
        let (shown, note) = show(heap, function, *operand);
        operands.push(shown);
        notes.extend(note);
    }
    let code = format!("{name} {}", operands.join(" "));
    let code = code.trim_end();
    let offset = instruction.offset;
    let _ = if notes.is_empty() {
        writeln!(text, "  {place:<8}{offset:>5}  {code}")
    } else {
        let notes = notes.join(" ");
        writeln!(text, "  {place:<8}{offset:>5}  {code:<24}; {notes}")
    };
}

/// An operand, and what it stands for.
fn show(heap: &Heap<'_>, function: &Function, operand: Operand) -> (String, Option<String>) {
    let named = |name: Option<Atom>| name.map(|name| heap.atom(name));
    match operand {
        Operand::Number(number) => (number.to_string(), None),
        Operand::Label(target) => (format!("→{target}"), None),
        Operand::Atom(atom) if heap.is_symbol(atom) => {
            (format!("Symbol({})", heap.atom(atom)), None)
        }
        Operand::Atom(atom) => (quote(&heap.atom(atom)), None),
        Operand::Local(index) => {
            let variable = function.locals.get(index as usize);
            (
                index.to_string(),
                named(variable.map(|variable| variable.name)),
            )
        }
        Operand::Argument(index) => {
            let variable = function.arguments.get(index as usize);
            (
                index.to_string(),
                named(variable.map(|variable| variable.name)),
            )
        }
        Operand::ClosureVariable(index) => {
            let variable = function.closure_variables.get(index as usize);
            (
                index.to_string(),
                named(variable.map(|variable| variable.name)),
            )
        }
        Operand::Constant(index) => {
            let value = function.constants.get(index as usize);
            (
                index.to_string(),
                value.map(|value| show_value(heap, value)),
            )
        }
    }
}

fn show_value(heap: &Heap<'_>, value: &Value) -> String {
    match value {
        Value::Undefined => "undefined".to_string(),
        Value::Null => "null".to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::ShortBigInt(value) => format!("{value}n"),
        Value::BigInt(_) => "a BigInt".to_string(),
        Value::String(text) => quote(text),
        Value::Symbol(_) => "a symbol".to_string(),
        Value::Object(_) => "an object".to_string(),
        Value::Function(address) => match Function::read(heap, *address) {
            Ok(function) => {
                let (name, place) = (heap.atom(function.name), show_position(function.position));
                format!("function {name} ({place})").replace("  ", " ")
            }
            Err(_) => "a function".to_string(),
        },
        Value::Internal(tag) => format!("tag {tag}"),
    }
}

fn quote(text: &str) -> String {
    let quoted = format!("{text:?}");
    match quoted.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", &quoted[..end]),
        None => quoted,
    }
}

fn show_position(position: Position) -> String {
    format!("{}:{}", position.line, position.column)
}
