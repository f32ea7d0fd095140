//! What shows objects is left out of modules that print none (`console.c`), and of no others.

mod support;

use compiler::{Entry, Start, Strip};
use interpreter::run;
use rayon::prelude::*;
use support::compile_entry;

/// Programs that print but texts and other primitive values, one by one.
const PRIMITIVES: [&str; 12] = [
    "console.log('text');",
    "console.log(); console.info(-0); console.warn(null); console.error(undefined); console.debug(true);",
    "let n = 0; const later = () => console.log(n++ + 1); later(); later();",
    "console.log(JSON.stringify({ list: [1, 'two'] }));",
    "console.log(`${[1, 2]} and ${{}}`);",
    "console.log(String(Symbol('x')) + String(function f() {}).slice(0, 12));",
    "console.log('a' + { toString: () => 'b' }); console.log(2n ** 64n); console.log(typeof {});",
    "if (typeof console === 'undefined') throw 1; console.log('there' in { there: 1 });",
    "class A { log(value) { console.log('A ' + value); } } new A().log({}); const other = { log() {} }; other.log({});",
    "async function f() { await null; console.log('later'); } f(); console.log('now');",
    "function* g() { console.log('g'); yield 1; } for (const n of g()) console.log(-n);",
    "export default (input) => { console.log('got ' + input); return { input }; };",
];

/// Programs that print objects, by whatever way.
const OBJECTS: [&str; 37] = [
    "console.log({ a: 1 });",
    "console.log('a', { a: 1 });",
    "console.log('%o %O %s', 'a', {}, []); console.log('b');",
    "const { log } = console; log({ a: 1 });",
    "const log = console.log; export default () => { log({ a: 1 }); };",
    "const c = console; export default () => { c.log({ a: 1 }); console.log('b'); };",
    "export default () => { const c = console; c.log({ a: 1 }); };",
    "console['log']({ a: 1 });",
    "console.log.call(console, { a: 1 });",
    "(0, console.log)({ a: 1 });",
    "console.log.bind(console)([1]);",
    "const bound = console.log.bind(console, { a: 1 }); export default () => bound();",
    "[{ a: 1 }, 2].forEach(console.log);",
    "const list = [{ a: 1 }]; console.log(...list);",
    "console?.log({ a: 1 });",
    "console.log?.({ a: 1 });",
    "globalThis.console.log({ a: 1 });",
    "globalThis['console'].log({ a: 1 });",
    "console.log(globalThis ? { a: 1 } : 'a');",
    "console.log('' || { a: 1 });",
    "console.log(new String('a'));",
    "console.log(Object('a'));",
    "let a; console.log(a = { a: 1 });",
    "console.log((1, { a: 1 }));",
    "console.log([1].concat(2));",
    "console.log(await { a: 1 });",
    "const put = (value) => console.log(value); put('a'); put({ a: 1 });",
    "JSON.stringify = (value) => value; console.log(JSON.stringify({ a: 1 }));",
    "export default () => { JSON.stringify = (value) => value; console.log(JSON.stringify({ a: 1 })); };",
    "Object.assign(JSON, { stringify: (value) => value }); console.log(JSON.stringify({ a: 1 }));",
    "String.prototype.concat = () => ({ a: 1 }); console.log(`${1}b`);",
    "Number.prototype.concat = () => ({ a: 1 }); console.log((1).concat());",
    "globalThis.String = (value) => value; console.log(String({ a: 1 }));",
    "export default () => { String = (value) => value; console.log(String({ a: 1 })); };",
    "const own = { console: { log(value) { console.dir(value); } } }; own.console.log({ a: 1 }); console.log('b');",
    "console.log = (value) => console.error('mine', value); console.log('a');",
    "console.group({ a: 1 }); console.log('inside'); console.groupEnd(); console.assert(false, {}); console.table([{ a: 1 }]);",
];

/// More than a module that shows no objects has.
const LARGE: usize = 200_000;

fn size_after_comparing(program: &str) -> Result<usize, String> {
    let compile = |strip| {
        let entry = Entry::Source {
            name: "index.js".into(),
            text: program.into(),
            directory: env!("CARGO_TARGET_TMPDIR").into(),
        };
        compile_entry(entry, Start::Eager, strip, false, &[])
            .map_err(|error| format!("{program}: {error}"))
    };
    let runs = |wasm: &[u8]| {
        let export = "_start";
        run(wasm, export, 1 << 30)
    };
    let (stripped, whole) = (compile(Strip::Names)?.wasm, compile(Strip::Off)?.wasm);
    let (run, expected) = (runs(&stripped), runs(&whole));
    if run != expected || run.exit_code != 0 || run.stdout.len() + run.stderr.len() == 0 {
        return Err(format!("{program}: {expected:?}, stripped {run:?}"));
    }
    Ok(stripped.len())
}

fn check(programs: &[&str], has_the_size: impl Fn(usize) -> bool + Sync) {
    let faults: Vec<String> = programs
        .par_iter()
        .filter_map(|program| match size_after_comparing(program) {
            Ok(size) if has_the_size(size) => None,
            Ok(size) => Some(format!("{program}: {size} bytes")),
            Err(fault) => Some(fault),
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_shows_objects_where_none_is_printed() {
    check(&PRIMITIVES, |size| size < LARGE);
}

#[test]
fn objects_are_shown_where_one_may_be_printed() {
    check(&OBJECTS, |size| size > 0);
}

/// What is reached by a name that is nowhere in the program throws an error that names the remedy.
#[test]
fn by_a_name_that_is_put_together_objects_are_refused() {
    let program = "console.log('a'); globalThis[['con', 'sole'].join('')].log({ a: 1 });";
    let compile = |keep: &[String]| {
        let entry = Entry::Source {
            name: "index.js".into(),
            text: program.into(),
            directory: env!("CARGO_TARGET_TMPDIR").into(),
        };
        compile_entry(entry, Start::Eager, Strip::Names, false, keep)
            .unwrap_or_else(|error| panic!("{error}"))
            .wasm
    };
    let refused = run(&compile(&[]), "_start", 1 << 30);
    assert_eq!((refused.exit_code, refused.stdout.as_str()), (1, "a\n"));
    assert!(
        refused.stderr.contains("compile it with --keep console"),
        "{refused:?}"
    );
    let kept = run(&compile(&["console".to_owned()]), "_start", 1 << 30);
    assert_eq!((kept.exit_code, kept.stdout.as_str()), (0, "a\n{ a: 1 }\n"));
}
