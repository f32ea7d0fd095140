//! What builtins that were left out of a module can still do, and how they say what keeps them.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use compiler::{Entry, Start, Strip};
use interpreter::run;
use rayon::prelude::*;
use support::compile_entry;

const MAX_MEMORY: usize = 1 << 28;

/// What the program writes when it is compiled so and run.
fn output(program: &str, strip: Strip, allow_eval: bool, keep: &[&str]) -> String {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("left_out");
    fs::create_dir_all(&directory).expect("a directory");
    fs::write(directory.join("other.js"), "export const a = 1;").expect("a module");
    let entry = Entry::Source {
        name: "index.js".into(),
        text: program.into(),
        directory,
    };
    let keep: Vec<String> = keep.iter().map(|path| (*path).to_string()).collect();
    let artifact = compile_entry(entry, Start::Eager, strip, allow_eval, &keep)
        .unwrap_or_else(|error| panic!("{program}: {keep:?}: {error}"));
    let finished = run(&artifact.wasm, "_start", MAX_MEMORY);
    assert_ne!(finished.exit_code, 134, "{program}: {}", finished.stderr);
    finished.stdout + &finished.stderr
}

fn stripped(program: &str) -> String {
    output(program, Strip::Names, false, &[])
}

fn whole(program: &str) -> String {
    output(program, Strip::Off, false, &[])
}

/// A function of no input that gives what the expression does, or the error; `join` hides a name.
fn program(expression: &str) -> String {
    format!(
        "const join = (...parts) => parts.join('');
export default () => {{ try {{ return [{expression}]; }} catch (error) {{ return String(error); }} }};"
    )
}

#[test]
fn what_needs_no_builtin_is_as_ever() {
    let names = "['constructor', join('to', 'String'), join('value', 'Of'), join('has', 'OwnProperty'),
      join('is', 'PrototypeOf'), join('__define', 'Getter__'), join('property', 'IsEnumerable'), join('to', 'LocaleString')]";
    let expressions: Vec<String> = vec![
        // Data as keys.
        format!("{names}.map((word) => {{ const counts = {{}}; counts[word] = 1; return Object.keys(counts); }})"),
        format!("{names}.map((word) => {{ const counts = []; counts[word] = 1; return counts[word]; }})"),
        format!("{names}.map((word) => {{ const counts = {{}}; counts[word] = (counts[word] || 0) + 1; return counts; }})"),
        format!("{names}.map((word) => {{ const {{ name, length }} = {{}}[word]; return [typeof {{}}[word], name, length]; }})"),
        format!("{names}.map((word) => [word in {{}}, Object.hasOwn(Object.prototype, word), {{}}[word] === {{}}[word]])"),
        format!("{names}.map((word) => Object.getOwnPropertyDescriptor(Object.prototype, word).writable)"),
        format!("{names}.map((word) => delete Object.prototype[word] && word in {{}})"),
        "((key) => new Map()[key] === Map)('constructor')".into(),
        "((key) => new Map()[key].name)(join('const', 'ructor'))".into(),
        // A class's field, an inherited write, a write to the builtin itself.
        "Object.keys(new (class { [join('to', 'String')] = 1; })())".into(),
        "((key) => { const o = Object.create([]); o[key] = 1; return Object.keys(o); })(join('flat', 'Map'))".into(),
        "((key) => { Array.prototype[key] = () => 5; return [][key](); })(join('flat', 'Map'))".into(),
        "((key) => { Math[key] = () => 5; return Math[key](); })(join('hyp', 'ot'))".into(),
        "((key) => { globalThis[key] = 5; return globalThis[key]; })(join('Weak', 'Set'))".into(),
        "((key) => Object.defineProperty(Math, key, { value: 1 })[key])(join('hyp', 'ot'))".into(),
        "((key) => Object.defineProperty(Math, key, { get: () => 1 })[key])(join('hyp', 'ot'))".into(),
        "((key) => Object.defineProperty(globalThis, key, { value: 1 })[key])(join('Weak', 'Set'))".into(),
        // An accessor without a setter.
        "((key) => { 'use strict'; new Map()[key] = 1; })(join('si', 'ze'))".into(),
        "((key) => Reflect.set(new Map(), key, 1))(join('si', 'ze'))".into(),
        "(({ get, set }) => [get.name, get.length, typeof set])(Object.getOwnPropertyDescriptor(Map.prototype, join('si', 'ze')))".into(),
        // All of an object.
        "Object.isFrozen(Object.freeze(Array.prototype)), Object.isFrozen(Object.freeze(Map.prototype))".into(),
        "Object.isSealed(Object.seal(Math)), Object.isFrozen(Object.freeze(Object.freeze(Math)))".into(),
        "Object.isFrozen(Object.freeze(Symbol)), Object.isFrozen(Object.freeze(String.prototype))".into(),
        "Object.keys(Object.getOwnPropertyDescriptors(Math)).length, typeof Object.getOwnPropertyDescriptors(Map.prototype)".into(),
        "Object.getOwnPropertyNames(Array.prototype).filter((name) => typeof Array.prototype[name] !== 'function')".into(),
        "Object.keys({ ...console }).join(), Object.values(console).length".into(),
        "[1, 2].map((n) => n, Object.preventExtensions(Array.prototype))".into(),
        "(() => { class List extends Array {} return new List(3)[join('const', 'ructor')].name; })()".into(),
        "`${[1][join('fl', 'at')]}`, [[1][join('fl', 'at')]].length".into(),
        "Object.getOwnPropertyNames(Function.prototype)".into(),
    ];
    expressions.par_iter().for_each(|expression| {
        let program = program(expression);
        assert_eq!(stripped(&program), whole(&program), "{expression}");
    });
}

#[test]
fn promises_have_their_species() {
    for (program, expected) in [
        (
            "const f = async (x) => x; export default () => f(1).then(() => Reflect.ownKeys({ a: 1 }));",
            r#"["a"]"#,
        ),
        (
            "const f = async () => { throw 1; };
export default () => f().catch(() => Object.getOwnPropertySymbols({}).length).finally(() => {});",
            "0",
        ),
        (
            "const f = async (x) => x; export default () => f(2).finally(() => Object.getOwnPropertyDescriptors({}));",
            "2",
        ),
        (
            "export default () => import('./other.js').then((ns) => Reflect.ownKeys(ns).length);",
            "2",
        ),
        (
            "const f = async (x) => x; const key = ['const', 'ructor'].join('');
export default () => { const p = f(3); Object.defineProperty(p, key, { value: undefined }); return p.then((x) => [x, Reflect.ownKeys({})]); };",
            "[3,[]]",
        ),
    ] {
        assert_eq!(stripped(program), expected, "{program}");
    }
}

#[test]
fn a_message_names_what_keeps_the_builtin() {
    let builtins = [
        (
            "[1][join('flat', 'Map')]((n) => n)",
            "Array.prototype.flatMap",
        ),
        ("[1][join('flat', 'Map')].length", "Array.prototype.flatMap"),
        ("new Map()[join('si', 'ze')]", "Map.prototype.size"),
        (
            "new Uint8Array(1)[join('fi', 'll')](1)",
            "Uint8Array.prototype.fill",
        ),
        ("Uint8Array[join('fr', 'om')]([1])", "TypedArray.from"),
        ("new (globalThis[join('Weak', 'Set')])()", "WeakSet"),
        ("console[join('wa', 'rn')](1)", "console.warn"),
        (
            "Javy.IO[join('write', 'Sync')](1, new Uint8Array(0))",
            "Javy.IO.writeSync",
        ),
        (
            "{}[join('__look', 'upGetter__')]('a')",
            "Object.prototype.__lookupGetter__",
        ),
        (
            "new ([][join('const', 'ructor')])(2)",
            "Array.prototype.constructor",
        ),
        (
            "(async () => 1)()[join('const', 'ructor')][join('all', 'Settled')]([])",
            "Promise.allSettled",
        ),
        ("Symbol[join('spl', 'it')].description", "Symbol.split"),
        ("Error[join('is', 'Error')](1)", "Error.isError"),
    ];
    builtins.par_iter().for_each(|(expression, path)| {
        let program = program(expression);
        let said = stripped(&program);
        assert!(
            said.contains(&format!("compile it with --keep {path}\"")),
            "{expression}: {said}"
        );
        let kept = output(&program, Strip::Names, false, &[path]);
        assert_eq!(kept, whole(&program), "{expression}");
    });
}

/// Touches every builtin that can be got at and gives the messages of those that are left out.
const TOUCH: &str = "const seen = new Set(), messages = new Set();
function attempt(act) {
  try { return act(); } catch (error) { if (error.message.includes('left out')) messages.add(error.message); }
}
function visit(object) {
  if ((typeof object !== 'object' || object === null) && typeof object !== 'function') return;
  if (seen.has(object)) return;
  seen.add(object);
  for (const key of Reflect.ownKeys(object)) {
    const { value, get, set } = attempt(() => Reflect.getOwnPropertyDescriptor(object, key)) ?? {};
    attempt(() => value.length);
    attempt(() => get.call());
    attempt(() => set.call());
    [value, get, set].forEach(visit);
  }
  if (object === Object.prototype) for (const key of Object.getOwnPropertyNames(object)) attempt(() => object[key].call(null));
  visit(Object.getPrototypeOf(object));
}
const roots = [[].values(), ''[Symbol.iterator](), new Map().entries(), new Uint8Array(1), (function* () {})(), async () => {}, /x/];
export default () => { [globalThis, ...roots].forEach(visit); return [...messages]; };";

#[test]
fn every_message_names_what_can_be_kept() {
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for _ in 0..6 {
        let keep: Vec<&str> = kept.iter().map(String::as_str).collect();
        let said = output(TOUCH, Strip::Names, false, &keep);
        let paths: Vec<&str> = said
            .split("compile it with --keep ")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        if paths.is_empty() {
            assert_eq!(said, "[]");
            assert!(kept.len() > 100, "{kept:?}");
            return;
        }
        for path in paths {
            assert!(
                kept.insert(path.to_string()),
                "--keep {path} does not keep it"
            );
        }
    }
    panic!("{kept:?} is not enough");
}

#[test]
fn names_in_code_in_strings_count() {
    for code in [
        "Reflect.ownKeys({ a: 1 }).join()",
        "[[1]].flatMap((x) => x).join()",
        "new WeakSet() instanceof WeakSet",
        "'ä'.padStart(4, 'é')",
    ] {
        let program = format!("const code = {code:?}; export default () => eval(code);");
        let whole = output(&program, Strip::Off, true, &[]);
        let stripped = output(&program, Strip::Names, true, &[]);
        assert_eq!(stripped, whole, "{code}");
        assert!(!whole.contains("Error"), "{whole}");
    }
}

#[test]
fn functions_have_their_texts_at_build_time() {
    let program = "function add(a, b) { return a + b; }
class Shape { static area() {} get size() { return 1; } }
const all = [add, Shape, class {}, async () => 1, function* numbers() {}, { async *list() {} }.list, Shape.area,
  Object.getOwnPropertyDescriptor(Shape.prototype, 'size').get, [].map, add.bind(), (x) => x];
const parameters = /\\(([^)]*)/.exec(String(add))[1];
export default () => [parameters, ...all.map(String)];";
    let native = r#"["a, b","function add() { [native code] }","class Shape { [native code] }","class { [native code] }","async function () { [native code] }","function* numbers() { [native code] }","async function* list() { [native code] }","function area() { [native code] }","function get size() { [native code] }","function map() { [native code] }","function () { [native code] }","function () { [native code] }"]"#;
    let source = r#"["a, b","function add(a, b) { return a + b; }","class Shape { static area() {} get size() { return 1; } }","class {}","async () => 1","function* numbers() {}","async *list() {}","area() {}","get size() { return 1; }","function map() { [native code] }","function () { [native code] }","(x) => x"]"#;
    for (strip, keep, expected) in [
        (Strip::Names, &[][..], native),
        (Strip::Safe, &[], native),
        (Strip::Names, &["source"], source),
        (Strip::Names, &["source", "Map"], source),
        (Strip::Off, &[], source),
    ] {
        assert_eq!(
            output(program, strip, false, keep),
            expected,
            "{strip:?}, {keep:?}"
        );
    }
}
