//! What programs do to the outside world happens when the module runs, wherever it stands. `crates/fuzzing` has
//! more of them.

use crate::support::Project;

/// The program, the entry first, prints this however it is started, with `input`; and nothing at build time.
fn prints(files: &[(&str, &str)], input: &str, expected: &str) {
    let project = Project::new(files);
    for start in ["--start=eager", "--start=lazy"] {
        let compiled = project.jsc(&["compile", files[0].0, "-q", "-o", "fn.wasm", start], "");
        assert_eq!(
            (compiled.code, compiled.stdout + &compiled.stderr),
            (0, String::new()),
            "{start}"
        );
        let printed = project.succeed(&["run", "fn.wasm"], input);
        assert_eq!(printed, expected, "{start}: {}", files[0].1);
    }
}

#[test]
fn the_first_effect_may_stand_anywhere() {
    for text in [
        "console.log(1);;console.log(2);",
        ";;console.log(1)\n;console.log(2)",
        "export const a = console.log(1);\nconsole.log(2);",
        "(function(){console.log(1)})();;(function(){console.log(2)})();",
        "export { a as b }; const a = console.log(1); console.log(2);",
        "class A { static { console.log(1); } } console.log(2);",
        "using a = { [Symbol.dispose]() { console.log(2); } }; console.log(1);",
        "{ using a = { [Symbol.dispose]() { console.log(1); } }; } console.log(2);",
        "await using a = { async [Symbol.asyncDispose]() { console.log(2); } }; console.log(1);",
        "const f = function (x = console.log(1)) {}; f(); console.log(2);",
        "for await (const x of [0]) console.log(1); console.log(2);",
        "queueMicrotask(() => console.log(2)); console.log(1);",
    ] {
        prints(&[("index.js", text)], "", "1\n2\n");
    }
}

#[test]
fn decorators_may_have_it() {
    let text = "const log = (x: unknown) => { console.log(1); };\n\
                @log class A { @log method() {} }\nconsole.log(2);\n";
    prints(&[("index.ts", text)], "", "1\n1\n2\n");
}

#[test]
fn an_export_may_be_read() {
    let text = "const bytes = new Uint8Array(9);\nexport const length = Javy.IO.readSync(0, bytes);\n\
                export const value = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length)));\n\
                console.log(value.a);\n";
    prints(&[("index.js", text)], "{\"a\":5}", "5\n");
}

#[test]
fn imported_modules_may_have_it() {
    let library = ("lib.mjs", "console.log('library'); export const v = 1;");
    prints(
        &[
            (
                "index.mjs",
                "import { v } from './lib.mjs';\nconsole.log(v);",
            ),
            library,
        ],
        "",
        "library\n1\n",
    );
    // Jobs come after all modules, and modules in the order of their imports.
    prints(
        &[
            (
                "index.mjs",
                "import { table } from './table.mjs'; import './deep.mjs'; import c from './c.cjs'; import './lib.mjs';\n\
                 import data from './data.json';\nconsole.log(table.length, c.n, data.d);",
            ),
            library,
            (
                "table.mjs",
                "export const table = Array.from({ length: 9 }, (_, i) => i);",
            ),
            ("deep.mjs", "import './deeper.mjs'; console.log('deep');"),
            (
                "deeper.mjs",
                "Promise.resolve().then(() => console.log('job')); console.log('deeper');",
            ),
            (
                "c.cjs",
                "console.log('commonjs'); exports.n = require('./d.cjs');",
            ),
            ("d.cjs", "console.log('required'); module.exports = 4;"),
            ("data.json", "{ \"d\": 7 }"),
        ],
        "",
        "deeper\ndeep\ncommonjs\nrequired\nlibrary\n9 4 7\njob\n",
    );
}

#[test]
fn imported_modules_may_await() {
    prints(
        &[
            (
                "index.mjs",
                "import { a } from './a.mjs'; import './b.mjs'; console.log('index', a);",
            ),
            (
                "a.mjs",
                "console.log('a'); await 0; console.log('a later'); export const a = 1;",
            ),
            ("b.mjs", "console.log('b');"),
        ],
        "",
        "a\nb\na later\nindex 1\n",
    );
}

/// An error of an imported module ends the program as it does at once.
#[test]
fn an_imported_module_may_throw_after_it() {
    let project = Project::new(&[
        (
            "index.mjs",
            "import './a.mjs'; import './b.mjs'; console.log('index');",
        ),
        ("a.mjs", "console.log('a'); throw new RangeError('no');"),
        ("b.mjs", "console.log('b');"),
    ]);
    project.succeed(&["compile", "index.mjs", "-o", "fn.wasm"], "");
    let finished = project.jsc(&["run", "fn.wasm"], "");
    assert_eq!((finished.code, finished.stdout.as_str()), (1, "a\n"));
    assert!(
        finished.stderr.starts_with("RangeError: no\n"),
        "{}",
        finished.stderr
    );
}

#[test]
fn a_program_that_exports_values_may_throw_after_it() {
    let text = "export const a = 1;\nconsole.log(a);\nthrow new RangeError('no');\n";
    let project = Project::compiled(text);
    let finished = project.jsc(&["run", "index.wasm"], "");
    assert_eq!((finished.code, finished.stdout.as_str()), (1, "1\n"));
}

/// What comes before it is done at build time: its code is not in the module.
#[test]
fn what_precedes_it_is_done_in_advance() {
    let size = |index: &str| {
        let project = Project::new(&[
            ("index.mjs", index),
            (
                "a.mjs",
                "export const text = [1, 2].flatMap((x) => [x, x]).join().padStart(40).normalize();",
            ),
            ("b.mjs", "console.log('b');"),
        ]);
        project.succeed(&["compile", "index.mjs", "-o", "fn.wasm"], "");
        assert_eq!(project.succeed(&["run", "fn.wasm"], ""), "b\n");
        project.read("fn.wasm").len()
    };
    let with = size("import './a.mjs';\nimport './b.mjs';\n");
    let without = size("import './b.mjs';\n");
    assert!(with < without + 1000, "{with} and {without} bytes");
}

#[test]
fn input_is_left_to_functions_that_cannot_see_it() {
    let read = "const read = () => { const bytes = new Uint8Array(99); const length = Javy.IO.readSync(0, bytes);\n\
                return new TextDecoder().decode(bytes.subarray(0, length)); };\n";
    for (function, expected) in [
        ("function () { return read(); }", "\"no JSON\""),
        ("() => read()", "\"no JSON\""),
        (
            "async function () { await 0; return read(); }",
            "\"no JSON\"",
        ),
        ("read.bind(null)", "\"no JSON\""),
    ] {
        let project = Project::compiled(&format!("{read}export default {function};"));
        assert_eq!(
            project.succeed(&["run", "index.wasm"], "no JSON"),
            expected,
            "{function}"
        );
    }
    for (function, expected) in [
        ("function (x) { return [x, read()]; }", "[5,\"\"]"),
        ("function (x = 1) { return [x, read()]; }", "[5,\"\"]"),
        ("(...x) => [...x, read()]", "[5,\"\"]"),
        ("({ a }) => [a, read()]", "[null,\"\"]"),
        ("function () { return [arguments[0], read()]; }", "[5,\"\"]"),
        (
            "function () { return (() => [arguments[0], read()])(); }",
            "[5,\"\"]",
        ),
    ] {
        let project = Project::compiled(&format!("{read}export default {function};"));
        assert_eq!(
            project.succeed(&["run", "index.wasm"], "5"),
            expected,
            "{function}"
        );
        assert_eq!(
            project.jsc(&["run", "index.wasm"], "no JSON").code,
            1,
            "{function}"
        );
    }
    let project = Project::compiled("export default () => Javy.JSON.fromStdin().a;");
    assert_eq!(project.succeed(&["run", "index.wasm"], "{\"a\":1}"), "1");
}
