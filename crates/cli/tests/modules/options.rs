//! Options that change what a program is made of.

use std::fs;

use crate::check_with;
use crate::support::Project;

#[test]
fn names_are_defined() {
    let entry = "const local = (DEBUG) => DEBUG;\n\
                 export default () => [DEBUG, a.b.c, VERSION, { DEBUG }, local(1), process.env.MODE, typeof OTHER];";
    check_with(
        &[("index.js", entry)],
        &[
            "--define",
            "DEBUG=false",
            "--define",
            "a.b.c=[1,{\"d\":null}]",
            "--define",
            "VERSION=\"1.0\"",
            "--define",
            "process.env.MODE=\"m\"",
            "--define",
            "OTHER=globalThis",
        ],
        "",
        r#"[false,[1,{"d":null}],"1.0",{"DEBUG":false},1,"m","object"]"#,
    );
}

const MODE: [&str; 2] = ["--define", "process.env.MODE=\"m\""];

/// An entry that answers with these expressions.
fn answers(before: &str, expressions: &[&str]) -> String {
    format!(
        "{before}\nexport default () => [{}];",
        expressions.join(", ")
    )
}

#[test]
fn the_environment_is_constant_in_every_form() {
    let expressions = [
        "process?.env?.MODE",
        "process.env?.MODE",
        "process?.env.MODE",
        "process[\"env\"].MODE",
        "process?.[\"env\"]?.[\"MODE\"]",
        "process.env[`MODE`]",
        "(process.env).MODE",
        "globalThis.process.env.MODE",
        "globalThis?.process?.env?.MODE",
        "process.env?.MODE?.at(0)",
        "process.env[key]",
        "process?.env?.[key]",
        "MODE",
        "nested",
        "assigned",
        "inDefault()",
    ];
    let before = "const { MODE, NOTHING, ...rest } = process.env;\nconst { env: { MODE: nested } } = process;\n\
                  let assigned; ({ MODE: assigned } = process.env);\n\
                  const inDefault = ({ env: { MODE } } = process) => MODE;\nconst key = ['MODE'][0];";
    let expected = format!("[{}]", vec!["\"m\""; expressions.len()].join(","));
    check_with(
        &[("index.js", &answers(before, &expressions))],
        &MODE,
        "",
        &expected,
    );
    let expressions = [
        "NOTHING",
        "rest",
        "process?.env?.NOTHING?.length",
        "process.env?.hasOwnProperty('MODE')",
        "String(process?.env)",
        "write()",
        "local({ env: { MODE: 1 } })",
        "typeof process",
    ];
    // What is assigned to is no constant.
    let before = format!(
        "{before}\nfunction write() {{ process.env.A = 1; process.env.B++; (process.env.C) = 1; [process.env.D] = [1]; \
         for (process.env.E of [1]); return delete process.env.F; }}\nconst local = (process) => process?.env?.MODE;"
    );
    let expected =
        r#"[null,{"NODE_ENV":"production"},null,true,"[object Object]",true,1,"undefined"]"#;
    check_with(
        &[("index.js", &answers(&before, &expressions))],
        &MODE,
        "",
        expected,
    );
}

#[test]
fn the_module_process_has_the_environment() {
    let expressions = [
        "env.MODE",
        "process.env.MODE",
        "again.env.MODE",
        "all.env.MODE",
        "all.default.env.MODE",
        "passedOn.MODE",
        "[env.NOTHING]",
        "Object.keys(env)",
    ];
    let before = "import { env } from 'node:process';\nimport process, { env as other } from 'process';\n\
                  import again from 'node:process';\nimport * as all from 'process';\n\
                  import { passedOn } from './other.js';";
    let files = [
        ("index.js", &*answers(before, &expressions)),
        (
            "other.js",
            "export { env as passedOn } from 'node:process';",
        ),
    ];
    let expected = r#"["m","m","m","m","m","m",[null],["MODE","NODE_ENV"]]"#;
    check_with(&files, &MODE, "", expected);
    let required = "const { env } = require('node:process'); const process = require('process');\n\
                    module.exports = () => [env.MODE, process.env.MODE, require('process').env.MODE, [env.NOTHING]];";
    check_with(
        &[("index.cjs", required)],
        &MODE,
        "",
        r#"["m","m","m",[null]]"#,
    );
}

#[test]
fn names_of_modules_are_defined() {
    let expressions = [
        "import.meta.env.MODE",
        "import.meta.env?.MODE",
        "import.meta?.env?.[\"MODE\"]",
        "env.MODE",
        "url",
        "a?.b?.c",
    ];
    let before = "const { env, url } = import.meta;";
    check_with(
        &[("index.js", &answers(before, &expressions))],
        &[
            "--define",
            "import.meta.env.MODE=\"m\"",
            "--define",
            "a.b.c=1",
        ],
        "",
        r#"["m","m","m","m","file:///index.js",1]"#,
    );
}

#[test]
fn code_behind_a_constant_is_left_out() {
    // `require` of what does not exist is an error unless it is left out.
    let entry = "if (process?.env?.NODE_ENV !== 'production') require('nowhere');\n\
                 module.exports = () => globalThis.process.env.NODE_ENV === 'production' ? 1 : require('nowhere');";
    check_with(&[("index.cjs", entry)], &[], "", "1");
}

#[test]
fn modules_are_replaced() {
    let files = [
        (
            "index.js",
            "import a from 'a'; import b from 'a/b.js'; export default () => [a, b];",
        ),
        (
            "node_modules/other/package.json",
            r#"{ "main": "main.js" }"#,
        ),
        ("node_modules/other/main.js", "module.exports = 'other';"),
        ("node_modules/other/b.js", "module.exports = 'b of other';"),
    ];
    check_with(
        &files,
        &["--alias", "a=other"],
        "",
        r#"["other","b of other"]"#,
    );
}

#[test]
fn modules_are_left_out() {
    let entry = "import { f } from 'nowhere'; import g from '@scope/nowhere/deep';\n\
                 const message = (f) => { try { f(); } catch (error) { return error.message; } };\n\
                 export default () => [message(f), message(g)];";
    let expected = r#"["f: nowhere was left out of this module by --external","@scope/nowhere/deep was left out of this module by --external"]"#;
    check_with(
        &[("index.js", entry)],
        &["--external", "nowhere", "--external", "@scope/nowhere"],
        "",
        expected,
    );
}

#[test]
fn the_metafile_says_what_is_there_and_why() {
    let project = Project::new(&[
        (
            "index.js",
            "import { used } from './lib/a.js'; export default () => used();",
        ),
        (
            "lib/a.js",
            "export const used = () => 1;\nimport './b.cjs';\n",
        ),
        ("lib/b.cjs", "exports.unused = () => 2;"),
    ]);
    project.succeed(
        &["compile", "index.js", "-q", "--metafile", "meta.json"],
        "",
    );
    let meta: serde_json::Value =
        serde_json::from_slice(&project.read("meta.json")).expect("it is JSON");
    assert_eq!(meta["bytes"], project.read("index.wasm").len());
    let modules = meta["modules"].as_array().expect("an array");
    let paths: Vec<_> = modules
        .iter()
        .map(|module| (&module["path"], &module["format"]))
        .collect();
    assert_eq!(
        serde_json::json!(paths),
        serde_json::json!([
            ["index.js", "esm"],
            ["lib/a.js", "esm"],
            ["lib/b.cjs", "commonjs"]
        ])
    );
    assert!(modules[1]["bytecodeBytes"].as_u64() > Some(0), "{meta}");
    assert_eq!(modules[2]["bytecodeBytes"], 0, "{meta}");
    assert_eq!(
        modules[2]["importedBy"],
        serde_json::json!({ "path": "lib/a.js", "specifier": "./b.cjs" })
    );
    assert_eq!(modules[0]["importedBy"], serde_json::Value::Null);
}

#[test]
fn messages_are_lines_of_json() {
    let project = Project::new(&[(
        "index.js",
        "console.log('built');\nexport default () => fetch('a');\n",
    )]);
    let finished = project.jsc(&["compile", "index.js", "--message-format", "json"], "");
    let lines: Vec<serde_json::Value> = finished
        .stderr
        .lines()
        .chain(finished.stdout.lines())
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert_eq!(
        lines[0],
        serde_json::json!({ "type": "output", "text": "built\n" })
    );
    assert_eq!(lines[1]["code"], "missing-global");
    assert_eq!(lines[1]["labels"][0]["line"], 2);
    assert_eq!(lines[1]["labels"][0]["column"], 22);
    assert_eq!(lines[2]["type"], "module");
    assert_eq!(lines[2]["path"], "index.wasm");
}

const THROWS: &str = "export default (input: number): void => {\n  if (input) throw new RangeError('too much');\n};\n";

#[test]
fn the_throwing_line_is_shown_where_there_is_a_map() {
    let project = Project::new(&[("src/index.ts", THROWS)]);
    project.succeed(&["compile", "src/index.ts", "-q", "--source-map"], "");
    let map: serde_json::Value =
        serde_json::from_slice(&project.read("index.wasm.map")).expect("it is JSON");
    assert_eq!(map["version"], 3);
    assert_eq!(map["sources"], serde_json::json!(["index.ts"]));
    assert_eq!(map["sourcesContent"], serde_json::json!([THROWS]));
    let stack = "RangeError: too much\n    at default (index.ts:2:24)\n";
    let frame = " --> index.ts:2:24\n  |\n2 |   if (input) throw new RangeError('too much');\n  |                        ^\n";
    assert_eq!(
        project.jsc(&["run", "index.wasm"], "1").stderr,
        format!("{stack}{frame}")
    );
    // A map of something else shows nothing.
    let lie = r#"{"version":3,"sources":["index.ts"],"sourcesContent":["short"],"mappings":""}"#;
    project.write("index.wasm.map", lie);
    assert_eq!(project.jsc(&["run", "index.wasm"], "1").stderr, stack);
    project.write("index.wasm.map", "{ no map");
    assert_eq!(project.jsc(&["run", "index.wasm"], "1").stderr, stack);
    // The next module has none.
    project.write("index.wasm.map", lie);
    project.succeed(&["compile", "src/index.ts", "-q"], "");
    assert!(!project.path("index.wasm.map").exists());
}

#[test]
fn sources_are_run() {
    let project = Project::new(&[
        ("src/index.ts", THROWS),
        ("double.mjs", "export default (n) => n * 2;"),
    ]);
    assert_eq!(project.succeed(&["run", "double.mjs"], "21"), "42");
    let finished = project.jsc(&["run", "src/index.ts"], "1");
    assert_eq!(finished.code, 1);
    assert!(
        finished.stderr.ends_with(
            "2 |   if (input) throw new RangeError('too much');\n  |                        ^\n"
        ),
        "{finished:?}"
    );
    let left: Vec<_> = fs::read_dir(project.path("src"))
        .expect("it is there")
        .collect();
    assert_eq!(left.len(), 1, "running leaves no files");
}
