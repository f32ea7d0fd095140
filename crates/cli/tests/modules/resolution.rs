//! Which file an import means, and what the modules of a graph are to each other.

use crate::check;
use crate::support::Project;

const MAIN: &str = "export { default } from 'pack';";

#[test]
fn exports_of_packages() {
    let conditions = |conditions: &str| {
        let manifest = format!(r#"{{ "exports": {{ ".": {conditions} }} }}"#);
        let files = [
            ("index.js", MAIN),
            ("node_modules/pack/package.json", manifest.as_str()),
            ("node_modules/pack/a.mjs", "export default () => 'a';"),
            ("node_modules/pack/b.mjs", "export default () => 'b';"),
        ];
        check(&files, "", "\"a\"");
    };
    conditions(r#""./a.mjs""#);
    conditions(r#"{ "jsc": "./a.mjs", "import": "./b.mjs" }"#);
    conditions(r#"{ "node": "./b.mjs", "worker": "./a.mjs", "default": "./b.mjs" }"#);
    conditions(r#"{ "browser": "./b.mjs", "require": "./b.mjs", "default": "./a.mjs" }"#);
    conditions(
        r#"{ "import": { "types": "./a.d.ts", "default": "./a.mjs" }, "require": "./b.mjs" }"#,
    );
}

#[test]
fn main_fields_of_packages() {
    let main = |manifest: &str| {
        let files = [
            ("index.js", MAIN),
            ("node_modules/pack/package.json", manifest),
            (
                "node_modules/pack/index.js",
                "module.exports = () => 'index';",
            ),
            (
                "node_modules/pack/lib/main.js",
                "module.exports = () => 'main';",
            ),
            (
                "node_modules/pack/module.mjs",
                "export default () => 'module';",
            ),
        ];
        let project = Project::new(&files);
        project.succeed(&["compile", "index.js", "-q"], "");
        project.succeed(&["run", "index.wasm"], "")
    };
    assert_eq!(main("{}"), "\"index\"");
    assert_eq!(main(r#"{ "main": "lib/main" }"#), "\"main\"");
    // Node does not know `module`.
    assert_eq!(
        main(r#"{ "main": "./lib", "module": "module.mjs" }"#),
        "\"module\""
    );
    assert_eq!(
        main(r#"{ "main": "./lib/main.js", "module": "module.mjs" }"#),
        "\"main\""
    );
}

#[test]
fn imports_within_a_package() {
    check(
        &[
            (
                "src/index.js",
                "import { v } from '#v'; import w from 'own/w'; export default () => v + w;",
            ),
            (
                "package.json",
                r##"{ "name": "own", "type": "module", "imports": { "#v": "./src/v.js" }, "exports": { "./w": "./src/w.js" } }"##,
            ),
            ("src/v.js", "export const v = 1;"),
            ("src/w.js", "export default 2;"),
        ],
        "",
        "3",
    );
}

#[test]
fn two_versions_of_a_package() {
    check(
        &[
            (
                "index.js",
                "import a from 'a'; import v from 'v'; export default () => [a, v];",
            ),
            (
                "node_modules/a/index.js",
                "module.exports = 'a with ' + require('v');",
            ),
            (
                "node_modules/a/node_modules/v/index.js",
                "module.exports = 'v1';",
            ),
            ("node_modules/v/index.js", "module.exports = 'v2';"),
        ],
        "",
        r#"["a with v1","v2"]"#,
    );
}

#[cfg(unix)]
#[test]
fn packages_behind_symbolic_links() {
    // As pnpm lays them: a package finds its dependencies beside the place that the link leads to.
    let project = Project::new(&[
        (
            "index.js",
            "import a from 'a'; import b from 'b'; export default () => [a, b];",
        ),
        (
            "store/a@1/node_modules/a/index.js",
            "module.exports = 'a uses ' + require('b');",
        ),
        ("store/a@1/node_modules/b/index.js", "module.exports = 'b';"),
        ("packages/b/index.mjs", "export default 'workspace';"),
        ("packages/b/package.json", r#"{ "exports": "./index.mjs" }"#),
        ("node_modules/.keep", ""),
    ]);
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(project.path(to), project.path(at)).expect("a link");
    };
    link("store/a@1/node_modules/a", "node_modules/a");
    link("packages/b", "node_modules/b");
    project.succeed(&["compile", "index.js", "-q"], "");
    assert_eq!(
        project.succeed(&["run", "index.wasm"], ""),
        r#"["a uses b","workspace"]"#
    );
}

#[test]
fn files_without_their_extensions() {
    check(
        &[
            (
                "index.ts",
                "import a from './a'; import b from './b'; import c from './c.js'; import d from './d'; export default () => [a, b, c, d.e];",
            ),
            ("a.ts", "export default 1 as number;"),
            ("b/index.js", "export default 2;"),
            ("c.ts", "export default 3;"),
            ("d.json", r#"{ "e": 4 }"#),
        ],
        "",
        "[1,2,3,4]",
    );
}

#[test]
fn paths_of_tsconfig() {
    check(
        &[
            (
                "src/index.ts",
                "import { v } from '@/v'; export default () => v;",
            ),
            ("src/lib/v.ts", "export const v: string = 'by path';"),
            (
                "tsconfig.json",
                "{ \"extends\": \"./base.json\" } // with a comment",
            ),
            (
                "base.json",
                r#"{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/lib/*"] } } }"#,
            ),
        ],
        "",
        "\"by path\"",
    );
}

#[test]
fn json_modules() {
    check(
        &[
            (
                "index.js",
                "import t from './t.json' with { type: 'json' };\nconst u = await import('./t.json', { with: { type: 'json' } });\n\
                 export default async () => [t.a, u.default === t, (await import('./t.json', { with: { type: 'json' } })).default === t];",
            ),
            ("t.json", r#"{ "a": [1] }"#),
        ],
        "",
        "[[1],true,true]",
    );
}

#[test]
fn known_modules_are_imported_while_the_program_runs() {
    check(
        &[
            (
                "index.js",
                "export default async (n) => { const { f } = await import('./lib/f.js'); const { default: c, g } = \
                 await import(`./c.cjs`); return [f(n), c.g, g, (await import('./lib/f.js')).count]; };",
            ),
            (
                "lib/f.js",
                "import { one } from './one.js'; export let count = 0; export const f = (n) => { count++; return n + one; };",
            ),
            ("lib/one.js", "export const one = 1;"),
            ("c.cjs", "exports.g = require('./d.cjs');"),
            ("d.cjs", "module.exports = 'd';"),
        ],
        "41",
        r#"[42,"d","d",1]"#,
    );
}

#[test]
fn names_are_passed_on() {
    check(
        &[
            (
                "index.js",
                "import * as all from './all.js'; export default () => [Object.keys(all), all.ns.a, all.b];",
            ),
            (
                "all.js",
                "export * from './a.js'; export * as ns from './a.js'; export { default as b } from './b.js';",
            ),
            ("a.js", "export const a = 1; export default 2;"),
            ("b.js", "export default 3;"),
        ],
        "",
        r#"[["a","b","ns"],1,3]"#,
    );
}

#[test]
fn cycles_and_live_bindings() {
    check(
        &[
            (
                "index.js",
                "import { count, even } from './even.js'; export default (n) => [even(n), count];",
            ),
            (
                "even.js",
                "import { odd } from './odd.js'; export let count = 0; export function even(n) { count++; return n === 0 || odd(n - 1); }",
            ),
            (
                "odd.js",
                "import { even } from './even.js'; export const odd = (n) => n !== 0 && even(n - 1);",
            ),
        ],
        "10",
        "[true,6]",
    );
}

#[test]
fn top_level_await_and_import_meta() {
    check(
        &[
            (
                "src/index.js",
                "import { v } from '../v.js'; const w = await v; export default () => [w, import.meta.url, import.meta.filename, import.meta.dirname];",
            ),
            ("v.js", "export const v = Promise.resolve(await 1);"),
        ],
        "",
        r#"[1,"file:///index.js","/index.js","/"]"#,
    );
}

#[test]
fn a_body_is_suspended_in_the_entry_only() {
    check(
        &[
            (
                "index.js",
                "import { write } from './write.js';\nconst a = 1;\nconst b = 2;\nwrite('a');\nwrite('b');\n",
            ),
            (
                "write.js",
                "const e = new TextEncoder();\n\n\n\n\nexport const write = (t) => {\n  Javy.IO.writeSync(1, e.encode(t));\n};\nconst c = 3;\n",
            ),
        ],
        "",
        "ab",
    );
}

#[test]
fn what_is_not_used_is_not_in_the_module() {
    let size = |import: &str| {
        let entry =
            format!("import {{ {import} }} from './all.js'; export default (n) => {import}(n);");
        let long = "x".repeat(1000);
        let many: Vec<String> = (0..200)
            .map(|n| {
                format!(
                    "export const f{n} = (a) => {{ if (a === {n}) return '{n}{long}'; return a; }};"
                )
            })
            .collect();
        let project = Project::new(&[
            ("index.js", entry.as_str()),
            (
                "all.js",
                "export * from './many.js'; export const none = (n) => n;",
            ),
            ("many.js", many.join("\n").as_str()),
        ]);
        project.succeed(&["compile", "index.js", "-q"], "");
        project.read("index.wasm").len()
    };
    let (none, one) = (size("none"), size("f7"));
    assert!(one > none + 1000, "what is used is there: {none}, {one}");
    assert!(one < none + 4000, "and nothing else: {none}, {one}");
    let project = Project::new(&[(
        "index.js",
        "const none = (n) => n; export default (n) => none(n);",
    )]);
    project.succeed(&["compile", "index.js", "-q"], "");
    let alone = project.read("index.wasm").len();
    assert!(
        none < alone + 8000,
        "200 kB of dead code leave {none} bytes of {alone}"
    );
}
