//! Programs whose modules do not fit together.

use std::fmt::Write;

use crate::support::Project;
use crate::{check, check_compile, check_program, compare, transcript};

/// Compiles a program that has a module in spite of what is said about it.
fn check_warnings(name: &str, files: &[(&str, &str)], arguments: &[&str]) {
    let project = Project::new(files);
    let arguments = [&["compile", files[0].0, "-o", "fn.wasm"], arguments].concat();
    let mut finished = project.jsc(&arguments, "");
    assert_eq!(finished.code, 0, "{finished:?}");
    // Size and time.
    finished.stdout.clear();
    compare(name, &transcript(&arguments, &finished));
}

#[test]
fn a_cycle_that_reads_too_early() {
    check_program(
        "cycle_reads_too_early",
        &[
            (
                "index.js",
                "import { b } from './b.js';\nexport const a = 1;\nexport default () => b;\n",
            ),
            (
                "b.js",
                "import { a } from './index.js';\nexport const b = a + 1;\n",
            ),
        ],
    );
}

#[test]
fn packages_without_an_entry() {
    check_program(
        "package_without_entry",
        &[
            (
                "index.js",
                "import a from 'a';\nimport b from 'b';\nimport c from 'c';\n",
            ),
            ("node_modules/a/package.json", r#"{ "types": "a.d.ts" }"#),
            (
                "node_modules/b/package.json",
                r#"{ "exports": { "node": "./b.js" } }"#,
            ),
            ("node_modules/c/package.json", r#"{ "main": "gone.js" }"#),
        ],
    );
}

#[test]
fn exports_that_forbid_a_deep_import() {
    check_program(
        "path_not_exported",
        &[
            ("index.js", "import a from 'a/lib/inner.js';\n"),
            (
                "node_modules/a/package.json",
                r#"{ "exports": { ".": "./index.js" } }"#,
            ),
            ("node_modules/a/lib/inner.js", "export default 1;"),
        ],
    );
}

#[test]
fn a_package_json_that_is_not_json() {
    check_program(
        "package_json_is_not_json",
        &[
            ("index.js", "import a from 'a';\n"),
            ("node_modules/a/package.json", "{ name: 'a' }"),
            ("node_modules/a/index.js", ""),
        ],
    );
}

#[test]
fn imports_in_commonjs() {
    check_program(
        "import_in_cjs",
        &[
            ("index.js", "import './a.cjs';\n"),
            ("a.cjs", "import b from './b.js';\nmodule.exports = b;\n"),
            ("b.js", ""),
        ],
    );
}

#[test]
fn a_native_addon() {
    check_program(
        "native_addon",
        &[
            ("index.js", "import './lib/a.js';\n"),
            ("lib/a.js", "const addon = require('./build/addon.node');\n"),
            ("lib/build/addon.node", "\u{7f}ELF"),
        ],
    );
}

#[test]
fn a_binary_file_as_a_module() {
    check_program(
        "binary_import",
        &[
            ("index.js", "import './a.js';\n"),
            ("a.js", "\0asm\u{1}\0\0\0"),
        ],
    );
}

#[test]
fn a_source_map_as_a_module() {
    check_program(
        "unknown_file_types",
        &[
            (
                "index.js",
                "import './a.css';\nimport map from './a.js.map';\n",
            ),
            ("a.css", ""),
            ("a.js.map", "{}"),
        ],
    );
}

#[test]
fn a_tsconfig_with_an_error() {
    let files = |config: &'static str| {
        [
            ("index.ts", "import './a';\n"),
            ("a.ts", ""),
            ("tsconfig.json", config),
        ]
    };
    let project = Project::new(&files("{ \"compilerOptions\": { \"jsx\": } }"));
    check(
        "tsconfig_is_not_json",
        &project,
        &["compile", "index.ts"],
        "",
    );
    let project = Project::new(&files(r#"{ "extends": "./gone.json" }"#));
    check(
        "tsconfig_extends_nothing",
        &project,
        &["compile", "index.ts"],
        "",
    );
}

#[test]
fn missing_exports() {
    check_program(
        "missing_exports",
        &[
            (
                "index.js",
                "import { totl } from './all.js';\nexport { gone as default } from './all.js';\nimport none from './all.js';\n",
            ),
            (
                "all.js",
                "export * from './a.js';\nexport const other = 1;\n",
            ),
            ("a.js", "export const total = 1;\nexport default 2;\n"),
        ],
    );
}

#[test]
fn a_missing_export_of_commonjs() {
    check_program(
        "missing_export_of_commonjs",
        &[
            ("index.js", "import { a } from './a.cjs';\n"),
            ("a.cjs", "exports.b = 1;\n"),
        ],
    );
}

#[test]
fn unresolved_imports_of_a_package() {
    check_program(
        "unresolved_in_package",
        &[
            ("index.js", "import './lib/a.js';\n"),
            ("lib/a.js", "import 'pack';\n"),
            (
                "node_modules/pack/index.js",
                "const a = require('./a.js');\nrequire('missing-peer');\n",
            ),
            (
                "node_modules/pack/a.js",
                "export { x } from './hepler.js';\n",
            ),
            ("node_modules/pack/helper.js", ""),
        ],
    );
}

#[test]
fn a_package_that_is_spelt_wrong() {
    check_program(
        "package_spelt_wrong",
        &[
            (
                "index.js",
                "import a from 'lodahs/map.js';\nimport b from '@scope/on';\n",
            ),
            ("node_modules/lodash/map.js", ""),
            ("node_modules/@scope/one/index.js", ""),
        ],
    );
}

#[test]
fn types_in_javascript() {
    check_program(
        "types_in_javascript",
        &[(
            "index.js",
            "const a: number = 1;\ninterface B { c: string }\n",
        )],
    );
}

#[test]
fn errors_in_typescript() {
    check(
        "errors_in_typescript",
        &Project::new(&[(
            "index.ts",
            "let a: = 1;\nenum {}\nexport default () => <b>a;\n",
        )]),
        &["compile", "index.ts"],
        "",
    );
}

#[test]
fn defines_that_are_no_constants() {
    let files = [("index.js", "export default () => 1;\n")];
    check_compile("define_is_no_constant", &files, &["--define", "A=it's"]);
    check_compile("define_is_no_name", &files, &["--define", "a-b=1"]);
    check_compile("define_without_value", &files, &["--define", "A"]);
}

#[test]
fn watching_what_cannot_be_watched() {
    let project = Project::new(&[]);
    check(
        "watch_standard_input",
        &project,
        &["compile", "-", "-o", "a.wasm", "--watch"],
        "",
    );
    check(
        "watch_a_module",
        &project,
        &["run", "a.wasm", "--watch"],
        "",
    );
}

#[test]
fn a_dynamic_import_of_a_computed_name() {
    let files = [("index.js", "export default async (name) => import(name);\n")];
    check_warnings("computed_import", &files, &[]);
    let project = Project::new(&files);
    project.succeed(&["compile", "index.js", "-q"], "");
    check(
        "computed_import_fails",
        &project,
        &["run", "index.wasm"],
        "\"./a.js\"",
    );
}

#[test]
fn globals_that_do_not_exist() {
    check_warnings(
        "missing_globals",
        &[(
            "index.js",
            "const delay = (ms) => new Promise((done) => setTimeout(done, ms));\nif (typeof window !== 'undefined') window.a = 1;\n\
             export default async (input, Buffer) => {\n  await delay(1);\n  const answer = await fetch(input.url);\n  \
             return [process.argv, Buffer, require('a'), __dirname];\n};\n",
        )],
        &[],
    );
}

#[test]
fn globals_that_do_not_exist_at_build_time() {
    for (name, program) in [
        (
            "missing_url",
            "import { host } from './host.js';\nexport default () => host;\n",
        ),
        (
            "missing_timer",
            "setTimeout(() => {}, 1);\nexport default () => 1;\n",
        ),
        (
            "missing_name",
            "export const half = total / 2;\nexport default () => half;\n",
        ),
    ] {
        check_program(
            name,
            &[
                ("index.js", program),
                (
                    "host.js",
                    "export const host = new URL('https://a.b/c').host;\n",
                ),
            ],
        );
    }
}

#[test]
fn locales_that_change_nothing() {
    check_warnings(
        "ignored_locales",
        &[(
            "index.js",
            "const price = (n) => n.toLocaleString('de', { style: 'currency', currency: 'EUR' });\n\
             const sort = (names) => names.sort((a, b) => a.localeCompare(b, 'sv'));\n\
             const day = (time) => new Date(time)?.toLocaleDateString(undefined, { timeZone: 'UTC' });\n\
             const plain = (n) => n.toLocaleString() + 'a'.localeCompare('b');\n\
             export default (input) => [price(input.n), sort(input.names), day(input.time), plain(1), 'ı'.toLocaleUpperCase('tr')];\n",
        )],
        &[],
    );
}

#[test]
fn modules_of_node_that_are_called() {
    let package = [
        (
            "index.js",
            "import { read } from 'reader';\nexport default (name) => read(name);\n",
        ),
        (
            "node_modules/reader/package.json",
            "{ \"main\": \"index.js\" }",
        ),
        (
            "node_modules/reader/index.js",
            "const fs = require('fs');\n\nexports.read = (name) => {\n  return fs.readFileSync(name, 'utf8');\n};\n",
        ),
    ];
    let project = Project::new(&package);
    project.succeed(&["compile", "index.js", "-q"], "");
    check(
        "node_module_is_called",
        &project,
        &["run", "index.wasm"],
        "\"a\"",
    );
    let mut early = package;
    early[0].1 =
        "import { read } from 'reader';\nconst text = read('a');\nexport default () => text;\n";
    check_program("node_module_is_called_at_build_time", &early);
    let project = Project::new(&[(
        "index.cjs",
        "module.exports = (name) => {\n  const fs = require('fs');\n  return fs.readFileSync(name);\n};\n",
    )]);
    project.succeed(&["compile", "index.cjs", "-q"], "");
    check(
        "node_module_is_required",
        &project,
        &["run", "index.wasm"],
        "\"a\"",
    );
}

#[test]
fn modules_of_node() {
    check_warnings(
        "node_modules_of_node",
        &[
            (
                "index.js",
                "import fs from 'node:fs';\nimport './a.cjs';\nexport default () => fs.readFileSync('a');\n",
            ),
            (
                "a.cjs",
                "const path = require('path');\ntry { require('os'); } catch {}\n",
            ),
        ],
        &[],
    );
}

#[test]
fn external_modules() {
    check_warnings(
        "external_module",
        &[(
            "index.js",
            "import a from 'a';\nexport default () => a();\n",
        )],
        &["--external", "a"],
    );
}

#[test]
fn a_large_generated_file() {
    let mut table = String::from("export const table = [\n");
    for number in 0..150_000 {
        let _ = writeln!(table, "  {{ id: {number}, name: \"name {number}\" }},");
    }
    table.push_str("];\n");
    assert!(table.len() > 5_000_000);
    let project = Project::new(&[
        (
            "index.js",
            "import { table } from './table.js';\nconst { length } = table;\nexport default () => length;\n",
        ),
        ("table.js", &table),
    ]);
    project.succeed(&["compile", "index.js", "-q"], "");
    assert_eq!(project.succeed(&["run", "index.wasm"], ""), "150000");
    // And what is wrong at its end is shown without the rest.
    project.write("table.js", table + "export const x = ;\n");
    check(
        "large_file_with_an_error",
        &project,
        &["compile", "index.js"],
        "",
    );
}

#[test]
fn a_deep_syntax_tree() {
    let deep = format!(
        "export default () => {}1{};\n",
        "(".repeat(3000),
        ")".repeat(3000)
    );
    let project = Project::new(&[("index.ts", &deep)]);
    let finished = project.jsc(&["compile", "index.ts", "-q"], "");
    assert!(matches!(finished.code, 0 | 1), "{finished:?}");
}

#[test]
fn files_that_change_during_the_build() {
    // Whatever a build sees of a file that is being written, it says so or it makes a module of it.
    let project = Project::new(&[
        (
            "index.js",
            "import { v } from './v.js'; export default () => v;",
        ),
        ("v.js", "export const v = 1;"),
    ]);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..200 {
                project.write(
                    "v.js",
                    format!("export const v = {round}{};", " ".repeat(round * 50)),
                );
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        });
        while !writer.is_finished() {
            let finished = project.jsc(&["compile", "index.js", "-q"], "");
            assert!(matches!(finished.code, 0 | 1), "{finished:?}");
        }
    });
    project.succeed(&["compile", "index.js", "-q"], "");
    assert_eq!(project.succeed(&["run", "index.wasm"], ""), "199");
}
