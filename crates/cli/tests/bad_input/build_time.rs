//! Programs whose top level fails while it is evaluated at build time.

use crate::support::Project;
use crate::{check_compile, check_program};

#[test]
fn throw_at_top_level() {
    check_program(
        "throw_at_top_level",
        &[
            (
                "index.js",
                "import { load } from './lib/load.js';\n\nexport const table = load('rates');\nexport default () => table;\n",
            ),
            (
                "lib/load.js",
                "export function load(name) {\n  throw new TypeError(`no table ${name}`);\n}\n",
            ),
        ],
    );
}

#[test]
fn throw_in_program() {
    check_program(
        "throw_in_program",
        &[("index.js", "const cart = null;\nconsole.log(cart.lines);\n")],
    );
}

#[test]
fn throw_of_no_error() {
    check_program(
        "throw_of_no_error",
        &[("index.js", "throw { code: 7 };\nexport default () => 1;\n")],
    );
    check_program(
        "throw_of_text",
        &[("index.js", "throw 'no luck';\nexport default () => 1;\n")],
    );
}

#[test]
fn throw_with_cause() {
    check_program(
        "throw_with_cause",
        &[(
            "index.js",
            "function parse(text) {\n  try {\n    return JSON.parse(text);\n  } catch (cause) {\n    \
             throw new Error('no rates', { cause });\n  }\n}\nparse('{');\nexport default () => 1;\n",
        )],
    );
}

#[test]
fn reference_error() {
    check_program(
        "reference_error",
        &[(
            "index.js",
            "const fs = require('fs');\nexport default () => fs;\n",
        )],
    );
}

#[test]
fn uninitialized() {
    check_program(
        "uninitialized",
        &[(
            "index.js",
            "const b = a + 1;\nconst a = 1;\nexport default () => b;\n",
        )],
    );
}

#[test]
fn rejection() {
    check_program(
        "rejection",
        &[(
            "index.js",
            "async function load() {\n  throw new RangeError('too far');\n}\nload();\nexport default () => 1;\n",
        )],
    );
    check_program(
        "rejection_of_await",
        &[(
            "index.js",
            "await Promise.reject(new Error('no luck'));\nexport default () => 1;\n",
        )],
    );
}

#[test]
fn top_level_never_settles() {
    check_program(
        "top_level_never_settles",
        &[(
            "index.js",
            "await new Promise(() => {});\nexport default () => 1;\n",
        )],
    );
}

#[test]
fn endless_loop() {
    check_compile(
        "endless_loop",
        &[(
            "index.js",
            "const limit = {};\nfunction search() {\n  while (!limit.reached);\n}\nconst found = search();\nexport default () => found;\n",
        )],
        &["--build-time", "1"],
    );
}

#[test]
fn endless_loop_in_builtin() {
    check_compile(
        "endless_loop_in_builtin",
        &[(
            "index.js",
            "const slow = /^(a+)+$/;\nexport const found = slow.test('a'.repeat(60) + 'b');\nexport default () => found;\n",
        )],
        &["--build-time", "0.5"],
    );
}

#[test]
fn endless_jobs() {
    let project = Project::new(&[(
        "index.js",
        "function again() {\n  return Promise.resolve().then(again);\n}\nagain();\nexport default () => 1;\n",
    )]);
    let arguments = [
        "compile",
        "index.js",
        "--build-time",
        "0.5",
        "--build-memory",
        "4096",
    ];
    let finished = project.jsc(&arguments, "");
    // Where it is stopped is chance, and between two jobs it is nowhere.
    let start = "error[out-of-time]: the program ran for more than 0.5 s at build time\n";
    assert!(finished.stderr.starts_with(start), "{}", finished.stderr);
    assert_eq!((finished.code, project.files().len()), (1, 1));
}

#[test]
fn unbounded_allocation() {
    check_compile(
        "unbounded_allocation",
        &[(
            "index.js",
            "const lines = [];\nfunction fill() {\n  while (true) lines.push({ line: lines.length });\n}\nfill();\n\
             export default () => lines.length;\n",
        )],
        &["--build-memory", "64"],
    );
    check_compile(
        "one_large_allocation",
        &[(
            "index.js",
            "const table = new Uint8Array(100e6);\nexport default () => table.length;\n",
        )],
        &["--build-memory", "64"],
    );
    check_compile(
        "one_large_text",
        &[(
            "index.js",
            "const text = 'ab'.repeat(50e6);\nexport default () => text.length;\n",
        )],
        &["--build-memory", "64"],
    );
}

#[test]
fn endless_recursion() {
    check_program(
        "endless_recursion",
        &[(
            "index.js",
            "function depth(n) {\n  return depth(n + 1) + 1;\n}\nexport const d = depth(0);\nexport default () => d;\n",
        )],
    );
}

#[test]
fn reading_stdin() {
    check_program(
        "reading_stdin",
        &[
            (
                "index.js",
                "import { input } from './input.js';\nexport default () => input;\n",
            ),
            (
                "input.js",
                "const bytes = new Uint8Array(100);\nfunction read() {\n  return Javy.IO.readSync(0, bytes);\n}\n\
                 export const input = read();\n",
            ),
        ],
    );
}

#[test]
fn default_export_is_no_function() {
    check_program(
        "default_export_is_a_number",
        &[("index.js", "const limit = 3;\nexport default limit * 2;\n")],
    );
    check_program(
        "default_export_is_a_class",
        &[("index.js", "export default class Cart {}\n")],
    );
    check_program(
        "default_export_is_undefined",
        &[("index.js", "let run;\nexport { run as default };\n")],
    );
}

#[test]
fn default_export_of_an_import_is_no_function() {
    check_program(
        "default_export_of_an_import_is_no_function",
        &[
            ("index.js", "export { default } from './config.json';\n"),
            ("config.json", "{ \"limit\": 3 }\n"),
        ],
    );
}

#[test]
fn taken_names() {
    check_program(
        "taken_names",
        &[(
            "index.js",
            "export function cartRun() {}\nexport function cart_run() {}\n",
        )],
    );
    check_program(
        "taken_name_memory",
        &[("index.js", "export function memory() {}\n")],
    );
}
