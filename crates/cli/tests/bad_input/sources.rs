//! Sources that are no program.

use crate::support::Project;
use crate::{check, check_program};

#[test]
fn missing_file() {
    let project = Project::new(&[("main.js", "")]);
    check("missing_file", &project, &["compile", "index.js"], "");
    check(
        "missing_file_in_missing_directory",
        &project,
        &["compile", "src/index.js", "-o", "out.wasm"],
        "",
    );
}

#[test]
fn directory() {
    let project = Project::new(&[("src/index.js", "")]);
    check("directory", &project, &["compile", "src"], "");
    check("this_directory", &project, &["compile", "."], "");
}

#[test]
fn empty_directory() {
    let project = Project::new(&[]);
    std::fs::create_dir(project.path("empty")).expect("a directory");
    check("empty_directory", &project, &["compile", "empty"], "");
}

#[test]
fn file_as_directory() {
    let project = Project::new(&[("index.js", "")]);
    check(
        "file_as_directory",
        &project,
        &["compile", "index.js/main.js"],
        "",
    );
}

#[test]
fn invalid_utf8() {
    let project = Project::new(&[]);
    project.write("index.js", b"// caf\xe9\nexport default () => 1;\n");
    check("invalid_utf8", &project, &["compile", "index.js"], "");
    project.write("main.js", b"import './index.js';\nconsole.log(1);\n");
    check(
        "invalid_utf8_in_import",
        &project,
        &["compile", "main.js"],
        "",
    );
}

#[test]
fn invalid_utf8_from_stdin() {
    check(
        "invalid_utf8_from_stdin",
        &Project::new(&[]),
        &["compile", "-", "-o", "out.wasm"],
        b"let a = '\xff';",
    );
}

#[test]
fn binary_file() {
    check_program("binary_file", &[("index.js", "\0asm\x01\0\0\0")]);
}

#[test]
fn syntax_errors() {
    check_program(
        "syntax_errors",
        &[(
            "index.js",
            "import { rate } from './rate.js';\n\nconst total = ;\n\nexport default function (cart) {\n  \
             return cart.lines.map((line) => line.cost * rate;\n}\n\nlet class = 1;\nvar café = \"open;\n",
        )],
    );
}

#[test]
fn syntax_errors_in_two_files() {
    check_program(
        "syntax_errors_in_two_files",
        &[
            ("index.js", "import './lib/a.js';\nlet x = 1;\nlet x = 2;\n"),
            ("lib/a.js", "export const a = (1;\n"),
        ],
    );
}

#[test]
fn early_errors() {
    // What only the engine's own parser finds. FIXME: it does not say where the regular expression, the private name
    // and the export are.
    check_program("early_error_regexp", &[("index.js", "let a = /(/;\n")]);
    // As sloppy code these two are right.
    let package = ("package.json", r#"{ "type": "module" }"#);
    check_program(
        "early_error_return",
        &[("index.js", "return 1;\n"), package],
    );
    check_program(
        "early_error_delete",
        &[("index.js", "let a;\ndelete a;\n"), package],
    );
    check_program(
        "early_error_import",
        &[(
            "index.js",
            "new import(\"\");\nimport defer * as a from \"./a.js\";\nimport.source(\"a\");\n",
        )],
    );
    check_program(
        "early_error_private",
        &[("index.js", "class A { f(o) { return o.#secret; } }\n")],
    );
    check_program(
        "early_error_break",
        &[("index.js", "while (true) { break out; }\n")],
    );
    check_program(
        "early_error_export",
        &[("index.js", "export { nothing };\n")],
    );
}

#[test]
fn missing_import() {
    check_program(
        "missing_import",
        &[
            (
                "index.js",
                "import { rate } from './lib/ratte.js';\nimport merge from 'lodash/merge.js';\n\
                 import fs from 'node:fs';\nimport path from 'path';\nimport web from 'https://example.com/a.js';\n\
                 export default () => rate;\n",
            ),
            ("lib/rate.js", "export const rate = 1;\n"),
        ],
    );
}

#[test]
fn missing_import_name() {
    check_program(
        "missing_import_name",
        &[
            (
                "index.js",
                "import { tax } from './rate.js';\nexport default () => tax;\n",
            ),
            ("rate.js", "export const rate = 1;\n"),
        ],
    );
}

#[test]
fn missing_dynamic_import() {
    check_program(
        "missing_dynamic_import",
        &[("index.js", "const a = await import('./a.js');\n")],
    );
}

#[test]
fn import_of_a_directory() {
    check_program(
        "import_of_a_directory",
        &[
            ("index.js", "import './lib';\n"),
            ("lib/a.js", "export const a = 1;\n"),
        ],
    );
}

#[test]
fn invalid_json_import() {
    check_program(
        "invalid_json_import",
        &[
            ("index.js", "import table from './table.json';\n"),
            ("table.json", "{\n  \"a\": 1,\n  b: 2\n}\n"),
        ],
    );
}

#[test]
fn unknown_file_type() {
    check_program(
        "unknown_file_type",
        &[
            ("index.js", "import './style.css';\n"),
            ("style.css", "b { color: red }\n"),
        ],
    );
}
