//! CommonJS modules, and what they and ECMAScript modules are to each other.

use crate::support::Project;
use crate::{check, check_with, thrown};

#[test]
fn the_wrapper_has_what_node_gives() {
    check(
        &[
            (
                "index.cjs",
                "module.exports = () => [typeof require, module.exports === require.main.exports, __filename, __dirname, \
                 this === undefined, typeof module.id, require('./lib/a').name, require.resolve('./lib/a')];",
            ),
            (
                "lib/a.js",
                "exports.name = [__filename, __dirname, this === exports];",
            ),
        ],
        "",
        r#"["function",true,"/index.cjs","/",false,"string",["/lib/a.js","/lib",true],"/lib/a.js"]"#,
    );
}

#[test]
fn a_function_may_be_exported_in_each_way() {
    check(&[("index.cjs", "module.exports = (n) => n + 1;")], "1", "2");
    check(&[("index.js", "module.exports = (n) => n + 1;")], "1", "2");
    check(
        &[(
            "index.js",
            "exports.default = (n) => n + 1; Object.defineProperty(exports, '__esModule', { value: true });",
        )],
        "1",
        "2",
    );
    let project = Project::new(&[("index.cjs", "exports.cartRun = (n) => n + 1;")]);
    project.succeed(&["compile", "index.cjs", "-q"], "");
    assert_eq!(
        project.succeed(&["run", "index.wasm", "--invoke", "cart-run"], "1"),
        "2"
    );
}

#[test]
fn a_program_may_require() {
    check(
        &[
            (
                "index.cjs",
                "const { write } = require('./write');\nconst input = new Uint8Array(8);\nconst n = Javy.IO.readSync(0, input);\n\
                 write(`${n} ${require.main === module}`);\n",
            ),
            (
                "write.js",
                "exports.write = (text) => Javy.IO.writeSync(1, new TextEncoder().encode(text));",
            ),
        ],
        "four",
        "4 true",
    );
}

#[test]
fn modules_import_names_from_commonjs() {
    let import = |text: &str, expected: &str| {
        let entry = "import all, * as names from './c.cjs'; export default () => [Object.keys(names).sort(), all];";
        check(
            &[
                ("index.js", entry),
                ("c.cjs", text),
                ("d.cjs", "exports.d = 1;"),
            ],
            "",
            expected,
        );
    };
    import("exports.a = 1;", r#"[["a","default"],{"a":1}]"#);
    import("module.exports = { a: 1 };", r#"[["a","default"],{"a":1}]"#);
    import(
        "module.exports = require('./d.cjs');",
        r#"[["d","default"],{"d":1}]"#,
    );
    import("module.exports = 5;", r#"[["default"],5]"#);
}

#[test]
fn names_that_do_not_show_can_be_imported() {
    let entry = "import { a } from './c.cjs'; export default () => a;";
    let make = "for (const name of ['a', 'b']) exports[name] = name + '!';";
    check(&[("index.js", entry), ("c.cjs", make)], "", "\"a!\"");
}

#[test]
fn commonjs_requires_modules() {
    check(
        &[
            (
                "index.cjs",
                "const m = require('./m.mjs'); const f = require('./f.mjs'); module.exports = () => [m.default, m.named, f()];",
            ),
            ("m.mjs", "export default 1; export const named = 2;"),
            (
                "f.mjs",
                "export { f as 'module.exports' }; const f = () => 3;",
            ),
        ],
        "",
        "[1,2,3]",
    );
}

#[test]
fn cycles_see_what_is_there() {
    check(
        &[
            (
                "index.cjs",
                "const a = require('./a.cjs'); module.exports = () => [a.done, a.b.seen];",
            ),
            (
                "a.cjs",
                "exports.done = false; exports.b = require('./b.cjs'); exports.done = true;",
            ),
            ("b.cjs", "exports.seen = require('./a.cjs').done;"),
        ],
        "",
        "[true,false]",
    );
}

#[test]
fn the_environment_decides_what_is_loaded() {
    let files = [
        (
            "index.js",
            "import mode from './mode.js'; export default () => [mode, process.env.NODE_ENV, process.env.OTHER];",
        ),
        (
            "mode.js",
            "if (process.env.NODE_ENV === 'production') {\n  module.exports = require('./production.js');\n} else {\n  \
             module.exports = require('./missing.js');\n}",
        ),
        ("production.js", "module.exports = 'fast';"),
    ];
    // `undefined` in an array is null in JSON.
    check(&files, "", r#"["fast","production",null]"#);
    let project = Project::new(&files);
    let finished = project.jsc(
        &[
            "compile",
            "index.js",
            "--define",
            "process.env.NODE_ENV=\"development\"",
        ],
        "",
    );
    assert!(
        finished.stderr.contains("cannot find `./missing.js`"),
        "{finished:?}"
    );
}

#[test]
fn what_is_missing_throws_where_it_is_required() {
    check(
        &[(
            "index.cjs",
            "let code; try { require('nowhere'); } catch (error) { code = error.code; }\n\
             const late = () => require('./nowhere.js');\n\
             module.exports = () => { try { late(); } catch (error) { return [code, error.message]; } };",
        )],
        "",
        r#"["MODULE_NOT_FOUND","cannot find module './nowhere.js' from index.cjs: it was not found at build time, or its name is computed"]"#,
    );
}

#[test]
fn modules_of_node_throw_when_they_are_used() {
    check(
        &[(
            "index.js",
            "import { readFileSync } from 'node:fs'; import util from 'util';\n\
                 const message = (f) => { try { f(); } catch (error) { return error.message; } };\n\
                 export default () => [message(() => readFileSync('a')), message(() => new util.TextDecoder())];",
        )],
        "",
        r#"["readFileSync: node:fs is a module of Node, which a WebAssembly module does not have","TextDecoder: util is a module of Node, which a WebAssembly module does not have"]"#,
    );
}

#[test]
fn packages_may_do_without_modules_of_node() {
    check(
        &[
            ("index.js", "import p from 'p'; export default () => p;"),
            (
                "node_modules/p/package.json",
                r#"{ "browser": { "fs": false, "crypto": "./crypto.js" } }"#,
            ),
            (
                "node_modules/p/index.js",
                "module.exports = [Object.keys(require('fs')), require('crypto')];",
            ),
            ("node_modules/p/crypto.js", "module.exports = 'own';"),
        ],
        "",
        r#"[[],"own"]"#,
    );
}

#[test]
fn the_form_for_browsers_serves_where_that_for_node_cannot() {
    let package = |manifest: &'static str, expected: &str| {
        check(
            &[
                ("index.js", "import p from 'p'; export default () => p;"),
                ("node_modules/p/package.json", manifest),
                (
                    "node_modules/p/node.js",
                    "module.exports = 'node ' + require('./deep.js');",
                ),
                (
                    "node_modules/p/deep.js",
                    "module.exports = require('fs') && 'deep';",
                ),
                ("node_modules/p/browser.js", "module.exports = 'browser';"),
                ("node_modules/p/pure.js", "module.exports = 'pure';"),
                ("node_modules/p/shallow.js", "module.exports = 'shallow';"),
            ],
            "",
            &format!("\"{expected}\""),
        );
    };
    package(
        r#"{ "main": "node.js", "browser": "browser.js" }"#,
        "browser",
    );
    package(r#"{ "main": "pure.js", "browser": "browser.js" }"#, "pure");
    package(
        r#"{ "main": "node.js", "browser": { "./deep.js": "./shallow.js" } }"#,
        "node shallow",
    );
    package(
        r#"{ "exports": { "browser": "./browser.js", "default": "./node.js" } }"#,
        "browser",
    );
    package(
        r#"{ "exports": { "browser": "./browser.js", "default": "./pure.js" } }"#,
        "pure",
    );
    package(r#"{ "main": "node.js" }"#, "node deep");
}

#[test]
fn positions_are_those_of_the_file() {
    let broken = "/* one */ 'use strict';\n  exports.f = () => {\n    throw new Error('no');\n  };";
    let message = thrown(&[
        (
            "index.cjs",
            "const { f } = require('./f'); module.exports = () => f();",
        ),
        ("f.js", broken),
    ]);
    assert_eq!(message, "Error: no\n    at <anonymous> (f.js:3:15)");
    // Also where constants have been put in.
    let folded = "if (process.env.NODE_ENV !== 'production') { f() }  exports.f = () => {\n  const a = process.env.A || 1, b = (() => { throw new Error('no') })();\n};";
    let message = thrown(&[
        (
            "index.cjs",
            "const { f } = require('./f'); module.exports = () => f();",
        ),
        ("f.js", folded),
    ]);
    assert_eq!(message, "Error: no\n    at <anonymous> (f.js:2:56)");
}

#[test]
fn browserified_files_have_their_own_require() {
    check_with(
        &[
            (
                "index.js",
                "import f from './bundle.js'; export default () => f();",
            ),
            (
                "bundle.js",
                "module.exports = (function (modules) { function load(id) { const m = { exports: {} }; modules[id][0](\
                 (name) => load(modules[id][1][name]), m, m.exports); return m.exports; } return load(1); })({\
                 1: [function (require, module, exports) { const b = require('./b'); module.exports = () => b; }, { './b': 2 }],\
                 2: [function (require, module, exports) { module.exports = 'b'; }, {}] });",
            ),
        ],
        &[],
        "",
        "\"b\"",
    );
}

#[test]
fn a_cjs_entry_without_exports_is_sloppy() {
    check(
        &[(
            "index.cjs",
            "x = 5;\nconsole.log(x, this === module.exports, arguments.length);\n\
             console.log((function () { return this === globalThis; })(), typeof await);\nvar await;\n",
        )],
        "",
        "5 true 5\ntrue undefined\n",
    );
    check(
        &[
            (
                "index.cjs",
                "console.log(1);\nb = require('./b.cjs').b;\nconsole.log(b);\n",
            ),
            ("b.cjs", "console.log('in b'); exports.b = 2;\n"),
        ],
        "",
        "1\nin b\n2\n",
    );
    check(
        &[(
            "index.cjs",
            "/* strict */ 'other'; \"use strict\";\ntry { x = 5; } catch (error) { console.log(error.name); }\n",
        )],
        "",
        "ReferenceError\n",
    );
}

/// A file with `import` is a module, whatever its package says, which is told; one without is what the package says.
#[test]
fn module_syntax_in_a_commonjs_package_is_told() {
    const PACKAGE: (&str, &str) = ("package.json", r#"{ "type": "commonjs" }"#);
    const CODE: &str = "module-in-commonjs-package";
    let told = |entry: &str, files: &[(&str, &str)]| {
        let files = [&[PACKAGE], files].concat();
        let project = Project::new(&files);
        let finished = project.jsc(&["compile", entry, "--message-format", "json"], "");
        assert_eq!(finished.code, 0, "{}", finished.stderr);
        finished.stderr.contains(CODE)
    };
    const LIBRARY: (&str, &str) = ("lib.mjs", "export const one = 1;");
    assert!(told(
        "index.js",
        &[
            (
                "index.js",
                "import { one } from './lib.mjs'; console.log(one);"
            ),
            LIBRARY
        ]
    ));
    assert!(told("index.js", &[("index.js", "export default () => 1;")]));
    assert!(told(
        "index.js",
        &[
            ("index.js", "export * from './lib.mjs'; console.log(1);"),
            LIBRARY
        ]
    ));
    assert!(!told(
        "index.js",
        &[("index.js", "module.exports = () => 1;")]
    ));
    assert!(!told("index.js", &[("index.js", "console.log(1);")]));
    assert!(!told(
        "index.js",
        &[("index.js", "import('./lib.mjs').then(() => {});"), LIBRARY]
    ));
    assert!(!told(
        "index.mjs",
        &[("index.mjs", "export default () => 1;")]
    ));
    assert!(!told(
        "index.ts",
        &[("index.ts", "export default () => 1;")]
    ));
}
