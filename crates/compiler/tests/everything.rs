//! The ends of the scale: a program that names every builtin keeps every builtin, and costs no more than the whole engine.

mod support;

use compiler::{Artifact, Entry, Start, Strip};
use interpreter::run;
use support::compile_entry;

const MAX_MEMORY: usize = 1 << 28;

/// Lists every builtin by its path: what stands on the global object, on what that holds, and so on, prototypes included.
const WALK: &str = "
function walk(read) {
  const seen = new Set();
  const paths = [];
  const visit = (path, object) => {
    if (seen.has(object)) return;
    seen.add(object);
    for (const key of Reflect.ownKeys(object)) {
      const name = `${path}.${String(key)}`;
      const value = read(object, key, name);
      paths.push(`${name}: ${typeof value}`);
      if ((typeof value === 'object' && value !== null) || typeof value === 'function') visit(name, value);
    }
    const prototype = Object.getPrototypeOf(object);
    if (prototype) visit(`${path}.__proto__`, prototype);
  };
  visit('globalThis', globalThis);
  return paths;
}
// Accessors are not called: most of them want another `this`.
const read = (object, key) => {
  const { get, value } = Object.getOwnPropertyDescriptor(object, key);
  return get ?? value;
};
";

/// What uses the engine's syntax: an opcode that nothing has is left out of the interpreter.
const SYNTAX: &str = "
export const syntax = async (o) => {
  class A { #p = 1; static s = 2; get p() { return this.#p; } has(x) { return #p in x; } }
  class B extends A { constructor(...rest) { super(...rest); } get p() { return super.p + 1; } }
  const all = [];
  for (const k in { a: 1 }) all.push(k);
  for await (const v of (async function* () { yield* [1, 2]; })()) all.push(v);
  label: for (const [x, { y = 3 } = {}] of [[1], [2]]) { if (x) continue label; all.push(y); }
  const { a, ...rest } = { a: 1, b: 2n ** 3n, ...o };
  try { all.push(`${a}`, /x/u.test('x'), typeof rest, new B().p, delete rest.b); } finally { all.push(void 0 ?? a?.b); }
  return [...all, new B() instanceof A].map(String);
};
";

fn compile(text: &str, strip: Strip, allow_eval: bool, keep: &[String]) -> Artifact {
    let entry = Entry::Source {
        name: "index.js".into(),
        text: text.into(),
        directory: env!("CARGO_TARGET_TMPDIR").into(),
    };
    compile_entry(entry, Start::Eager, strip, allow_eval, keep).expect("it compiles")
}

/// What the default export writes, which must not fail.
fn output(artifact: &Artifact) -> String {
    let run = run(&artifact.wasm, "_start", MAX_MEMORY);
    assert_eq!(run.exit_code, 0, "{}", run.stderr);
    run.stdout
}

/// The names in a list of paths, each as a string of its own.
fn names(paths: &str) -> String {
    let mut names: Vec<&str> = paths
        .split(['"', '.', ':', ',', '[', ']', ' '])
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    format!("{names:?}")
}

#[test]
fn who_names_everything_keeps_everything() {
    let lister = format!("{WALK}{SYNTAX}export default () => walk(read);\n");
    let whole = compile(&lister, Strip::Off, false, &[]);
    let paths = output(&whole);
    assert!(paths.matches("\",\"").count() > 800, "{paths}");

    // Names that are not said are enumerated, but throw when they are read.
    let stripped = compile(&lister, Strip::Names, false, &[]);
    let refused = run(&stripped.wasm, "_start", MAX_MEMORY);
    assert!(
        refused.stderr.contains("compile it with --keep"),
        "{}",
        refused.stderr
    );

    let named = format!(
        "{lister}const names = {};\nexport const count = () => names.length;\n",
        names(&paths)
    );
    let whole = compile(&named, Strip::Off, true, &[]);
    for (strip, keep) in [
        (Strip::Names, &[][..]),
        (Strip::Names, &["all".to_string()]),
    ] {
        let all = compile(&named, strip, true, keep);
        assert_eq!(output(&all), paths, "{keep:?}");
        let syntax = run(&all.wasm, "syntax", MAX_MEMORY);
        assert_eq!(syntax, run(&whole.wasm, "syntax", MAX_MEMORY), "{keep:?}");
        assert_eq!(syntax.exit_code, 0, "{}", syntax.stderr);
        assert!(
            all.wasm.len() <= whole.wasm.len(),
            "{} bytes with {keep:?}, {} of the whole engine",
            all.wasm.len(),
            whole.wasm.len()
        );
    }
}
