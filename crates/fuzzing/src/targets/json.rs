//! What a function is given and returns as JSON is what serde_json takes it for.

use std::sync::OnceLock;

use compiler::{Entry, Options};
use runner::{Config, Function, Limits, Runtime};
use serde_json::Value;

use crate::{Choices, Fault};

/// Checks the text of an input.
///
/// # Errors
/// Where the function takes it for something else.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let mut text = Vec::new();
    append(&mut choices, 6, &mut text);
    if choices.once_in(4) && !text.is_empty() {
        let index = choices.below(text.len());
        match choices.below(3) {
            0 => text[index] = choices.any().unwrap_or(0),
            1 => text.truncate(index),
            _ => text.insert(index, choices.pick(b",:]}[{\"\\e.-+0 \t\x01\xc3")),
        }
    }
    if text.iter().all(u8::is_ascii_whitespace) {
        // No input is `undefined`.
        return Ok(());
    }
    let shown: String = String::from_utf8_lossy(&text).chars().take(2000).collect();
    // serde_json goes down by recursion, and so do the destructors of its values.
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(STACK);
        let check = deep.spawn_scoped(scope, || check_text(&text));
        check.map_or_else(
            |error| Err(Fault::new(error.to_string())),
            |check| check.join().unwrap_or_else(|_| Err(Fault::new("a panic"))),
        )
    })
    .map_err(|fault| fault.of(&shown))
}

/// Bytes of stack for the values of texts that are nested some thousand times.
const STACK: usize = 1 << 28;

fn check_text(text: &[u8]) -> Result<(), Fault> {
    let expected = parse(text);
    let outcome = identity()?
        .call(text, &Limits::default())
        .map_err(|error| Fault::new(error.to_string()))?;
    let actual = match outcome.exit_code {
        0 => Some(parse(&outcome.stdout).ok_or_else(|| Fault::new("its result is no JSON"))?),
        _ => None,
    };
    // Half a surrogate pair is a string in JavaScript, and none in Rust.
    let is_text = !contains_ignoring_case(text, b"\\ud");
    match (expected, actual) {
        (Some(expected), Some(actual)) if expected == actual => Ok(()),
        (Some(expected), Some(actual)) => {
            Err(Fault::new(format!("expected {expected}, got {actual}")))
        }
        (Some(_), None) => Err(Fault::new(format!(
            "it is refused: {}",
            String::from_utf8_lossy(&outcome.stderr)
        ))),
        (None, Some(actual)) if is_text && std::str::from_utf8(text).is_ok() => {
            Err(Fault::new(format!("it is taken for {actual}")))
        }
        (None, _) => Ok(()),
    }
}

fn contains_ignoring_case(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len())
        .any(|window| window.eq_ignore_ascii_case(part))
}

/// The value of a text, with numbers as JavaScript has them.
fn parse(text: &[u8]) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    reader.disable_recursion_limit();
    let value: Value = serde::Deserialize::deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(as_doubles(value))
}

fn as_doubles(value: Value) -> Value {
    match value {
        // JSON has no infinity, and -0 is written as 0.
        Value::Number(number) => match number.as_f64() {
            Some(number) if number.is_finite() => (number + 0.0).into(),
            _ => Value::Null,
        },
        Value::Array(items) => items.into_iter().map(as_doubles).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, as_doubles(value)))
            .collect(),
        other => other,
    }
}

fn append(choices: &mut Choices<'_>, depth: usize, text: &mut Vec<u8>) {
    let space = choices.pick(&["", "", "", " ", "\n", "\t "]);
    text.extend(space.bytes());
    let kinds = if depth == 0 { 4 } else { 7 };
    match choices.below(kinds) {
        0 => text.extend(
            choices
                .pick(&["null", "true", "false", "0", "-0", "1"])
                .bytes(),
        ),
        1 => append_string(choices, text),
        2 => {
            let number: f64 = choices.any().unwrap_or(0.5);
            let number = if number.is_finite() { number } else { 1e300 };
            text.extend(format!("{number:e}").bytes());
        }
        3 => {
            let integer: i64 = choices.any().unwrap_or(-1);
            let ending = choices.pick(&[
                "",
                "",
                "e3",
                "E-400",
                ".25",
                "e+280",
                ".0",
                "000000000000000000001",
            ]);
            text.extend(format!("{integer}{ending}").bytes());
        }
        4 => {
            text.push(b'[');
            for index in 0..choices.below(5) {
                if index > 0 {
                    text.push(b',');
                }
                append(choices, depth - 1, text);
            }
            text.push(b']');
        }
        5 => {
            text.push(b'{');
            for index in 0..choices.below(5) {
                if index > 0 {
                    text.push(b',');
                }
                append_string(choices, text);
                text.push(b':');
                append(choices, depth - 1, text);
            }
            text.push(b'}');
        }
        _ => {
            // Six of these in each other are within what modules take (`crates/cli/tests/stack.rs`).
            let times = choices.below(800);
            text.extend(b"[".repeat(times));
            append(choices, depth - 1, text);
            text.extend(b"]".repeat(times));
        }
    }
    text.extend(space.bytes());
}

fn append_string(choices: &mut Choices<'_>, text: &mut Vec<u8>) {
    const PARTS: &[&str] = &[
        "a",
        "key",
        "1",
        "__proto__",
        "constructor",
        "toJSON",
        "length",
        "é",
        "日本",
        "😀",
        "\\n",
        "\\u0041",
        "\\\"",
        "\\\\",
        "\\/",
        "\\ud83d\\ude00",
        "\\u0000",
        "\u{2028}",
        "\u{7f}",
        "4294967295",
        "-1",
        "0",
    ];
    text.push(b'"');
    for _ in 0..choices.below(4) {
        text.extend(choices.pick(PARTS).bytes());
    }
    text.push(b'"');
}

/// A function that returns what it is given.
fn identity() -> Result<&'static Function, Fault> {
    static IDENTITY: OnceLock<Result<Function, String>> = OnceLock::new();
    let function = IDENTITY.get_or_init(|| {
        let options = Options::new(Entry::Source {
            name: "index.js".into(),
            text: b"export default (input) => input;".to_vec(),
            directory: std::env::temp_dir(),
        });
        let artifact = compiler::compile(&options).map_err(|error| error.to_string())?;
        let runtime = Runtime::new(&Config::default()).map_err(|error| error.to_string())?;
        runtime
            .load(&artifact.wasm)
            .map_err(|error| error.to_string())
    });
    function.as_ref().map_err(|error| Fault::new(error.clone()))
}
