//! Builtins that were saved when the program was compiled do, with any receiver and arguments, what they do in the whole
//! engine: code that a module lacks, since nothing seems to need it, throws what the language throws.

use std::sync::OnceLock;

use compiler::{Start, Strip};

use crate::differential::{self, Directory, MAX_MEMORY, Way};
use crate::node::Answer;
use crate::{Choices, Fault};

/// Prints an expression for each function that the global object leads to, `ROOTS` being further places to begin.
const WALK: &str = r#"
const seen = new Set([globalThis, console, Javy]);
const paths = [];
const walk = (path, value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  if (typeof value === 'function') paths.push(path);
  for (const key of Reflect.ownKeys(value)) {
    const name = typeof key === 'symbol' ? key.description : JSON.stringify(key);
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    const step = /^"[A-Za-z_$][\w$]*"$/.test(name) ? `.${key}` : `[${name}]`;
    walk(path + step, descriptor.value);
    for (const half of ['get', 'set']) {
      walk(`Object.getOwnPropertyDescriptor(${path}, ${name}).${half}`, descriptor[half]);
    }
  }
};
for (const name of Object.getOwnPropertyNames(globalThis)) walk(name, globalThis[name]);
for (const [path, value] of [ROOTS]) walk(path, value);
console.log(paths.join('\n'));
"#;

/// Expressions for objects that no path of names leads to.
const ROOTS: &[&str] = &[
    "Object.getPrototypeOf(Int8Array)",
    "Object.getPrototypeOf(function* () {})",
    "Object.getPrototypeOf(async function () {})",
    "Object.getPrototypeOf(async function* () {})",
    "Object.getPrototypeOf([].values())",
    "Object.getPrototypeOf(new Map().values())",
    "Object.getPrototypeOf(new Set().values())",
    "Object.getPrototypeOf(''[Symbol.iterator]())",
    "Object.getPrototypeOf('a'.matchAll(/a/g))",
    "Object.getPrototypeOf([].values().map((x) => x))",
    "Object.getPrototypeOf(Iterator.from({ next() {} }))",
];

/// Receivers and arguments.
const VALUES: &[&str] = &[
    "undefined",
    "null",
    "0",
    "-1.5",
    "NaN",
    "'text'",
    "''",
    "true",
    "10n",
    "Symbol.iterator",
    "{}",
    "[1, 2]",
    "() => 1",
    "function () { return this; }",
    "class { }",
    "/a(b)/",
    "new Date(0)",
    "new Map([[1, 2]])",
    "new Set([1])",
    "new WeakMap()",
    "new Error('e')",
    "new Uint8Array(4)",
    "new ArrayBuffer(8)",
    "new DataView(new ArrayBuffer(8))",
    "Promise.resolve(1)",
    "(function* () { yield 1; })()",
    "new Proxy({}, {})",
    "Object(1n)",
    "Object('s')",
    "Object(Symbol.iterator)",
    "{ length: 2, 0: 'a' }",
    "{ valueOf() { throw new RangeError(); } }",
    "{ [Symbol.toPrimitive]: () => 1n }",
    "{ then(f) { f(1); } }",
    "Object.create(null)",
    "globalThis",
];

/// How often a program calls something.
const CALLS: usize = 12;

/// Checks the calls of an input.
///
/// # Errors
/// Where a module does other than the whole engine.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let paths = paths()?;
    let mut text = String::new();
    let mut calls = String::from(
        "const show = (f) => { try { const v = f(); return typeof v === 'object' ? Object.prototype.toString.call(v) : `${typeof v}`; } \
         catch (e) { return `throws ${e?.name}`; } };\n",
    );
    let functions = 1 + choices.below(3);
    for number in 0..functions {
        let path = &paths[choices.below(paths.len())];
        text.push_str(&format!("const f{number} = {path};\n"));
    }
    for number in 0..CALLS {
        let function = choices.below(functions);
        let values: Vec<&str> = (0..4).map(|_| choices.pick(VALUES)).collect();
        let call = match choices.below(4) {
            0 => format!("new f{function}({})", values[1..].join(", ")),
            1 => format!("f{function}.call({})", values[0]),
            2 => format!("Reflect.construct(f{function}, [{}], f0)", values[1]),
            _ => format!("f{function}.call({})", values.join(", ")),
        };
        calls.push_str(&format!("console.log({number}, show(() => {call}));\n"));
    }
    let directory = Directory::with(&vec![(differential::ENTRY.into(), text + &calls)])?;
    check_against_whole_engine(&directory).map_err(|fault| directory.keep(fault))
}

fn check_against_whole_engine(directory: &Directory) -> Result<(), Fault> {
    let expected = run(directory, (Start::Eager, Strip::Off))?;
    let ways = [(Start::Eager, Strip::Names), (Start::Eager, Strip::Safe)];
    differential::check(directory.path(), &ways, &[("_start", expected)])
}

fn run(directory: &Directory, way: Way) -> Result<Answer, Fault> {
    let artifact = differential::compile(directory.path(), way)?;
    let run = interpreter::run(&artifact.wasm, "_start", MAX_MEMORY);
    Ok(Answer {
        is_success: run.exit_code == 0,
        output: run.stdout,
    })
}

/// Expressions for all builtins that are functions.
fn paths() -> Result<&'static [String], Fault> {
    static PATHS: OnceLock<Vec<String>> = OnceLock::new();
    if let Some(paths) = PATHS.get() {
        return Ok(paths);
    }
    let roots: Vec<String> = ROOTS
        .iter()
        .map(|root| format!("[\"{root}\", {root}]"))
        .collect();
    let walk = WALK.replace("ROOTS", &roots.join(", "));
    let directory = Directory::with(&vec![(differential::ENTRY.into(), walk)])?;
    let answer = run(&directory, (Start::Lazy, Strip::Off))?;
    // What makes code of strings throws an EvalError in modules that do without a compiler.
    let makes_code =
        |path: &&str| ["eval", "Function"].contains(path) || path.ends_with(").constructor");
    let paths = answer.output.lines().filter(|path| !makes_code(path));
    let paths: Vec<String> = paths.map(str::to_string).collect();
    if !answer.is_success || paths.len() < 400 {
        return Err(Fault::new(format!(
            "only {} builtins were found",
            paths.len()
        )));
    }
    Ok(PATHS.get_or_init(|| paths))
}
