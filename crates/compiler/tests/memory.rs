//! A module that uses up its memory throws, as long as there is any JavaScript to catch it, and never traps.

mod support;

use std::sync::LazyLock;

use interpreter::{Run, run};
use support::compile_text;

const MAX_MEMORY: usize = 2 << 20;

const PROGRAM: &str = "
const fill = {
  objects() { const all = []; for (;;) all.push({ n: all.length }); },
  texts() { const all = []; for (;;) all.push(all.length + 'text'); },
  largeTexts() { const all = []; for (;;) all.push((all.length + 'text').repeat(1000)); },
  buffers() { const all = []; for (;;) all.push(new Uint8Array(4096)); },
  oneBuffer() { return new Uint8Array(1e9); },
  oneText() { return 'x'.repeat(1e9); },
  doubled() { let text = 'text'; for (;;) text = text + text + 'x'; },
  maps() { const all = new Map(); for (;;) all.set(all.size, {}); },
  closures() { let f = () => 0; for (;;) { const g = f; f = () => g; } },
  promises() { const all = []; for (;;) all.push(Promise.resolve(all.length)); },
  properties() { const all = {}; for (let n = 0; ; n++) all['p' + n] = n; },
};
function caught(name) {
  let error = null;
  try {
    fill[name]();
  } catch (thrown) {
    error = thrown;
  }
  // What was filled is gone, and all works again.
  return [error?.name, error?.message, [...'alive'].map((c) => c.toUpperCase()).join('')];
}
";

/// `caughtObjects` and `uncaughtObjects` for every way.
static MODULE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let exports: String = NAMES
        .iter()
        .map(|name| {
            format!(
                "export const caught_{name} = () => caught('{name}');\n\
                 export const uncaught_{name} = () => fill.{name}();\n"
            )
        })
        .collect();
    compile_text(&format!("{PROGRAM}{exports}"))
        .expect("it compiles")
        .wasm
});

const NAMES: [&str; 11] = [
    "objects",
    "texts",
    "largeTexts",
    "buffers",
    "oneBuffer",
    "oneText",
    "doubled",
    "maps",
    "closures",
    "promises",
    "properties",
];

fn runs(prefix: &str) -> impl Iterator<Item = (&'static str, Run)> {
    NAMES.iter().map(move |name| {
        let words: String = name
            .chars()
            .flat_map(|c| {
                let dash = c.is_uppercase().then_some('-');
                dash.into_iter().chain(c.to_lowercase())
            })
            .collect();
        let export = format!("{prefix}-{words}");
        (*name, run(&MODULE, &export, MAX_MEMORY))
    })
}

/// What the engine says about it: sizes have limits of their own.
const ERRORS: [[&str; 2]; 3] = [
    ["InternalError", "out of memory"],
    ["InternalError", "string too long"],
    ["RangeError", "invalid string length"],
];

#[test]
fn exhausted_memory_is_caught() {
    for (name, run) in runs("caught") {
        let fits = |[error, message]: [&str; 2]| {
            run.stdout == format!(r#"["{error}","{message}","ALIVE"]"#)
        };
        assert!(
            run.exit_code == 0 && ERRORS.into_iter().any(fits),
            "{name}: {run:?}"
        );
    }
}

#[test]
fn exhausted_memory_is_reported() {
    for (name, run) in runs("uncaught") {
        let first = run.stderr.lines().next().unwrap_or_default();
        let fits = |error: [&str; 2]| first == error.join(": ");
        assert!(
            run.exit_code == 1 && ERRORS.into_iter().any(fits),
            "{name}: {run:?}"
        );
    }
}
