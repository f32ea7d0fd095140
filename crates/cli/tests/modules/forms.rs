//! Packages that have one form for Node and another for browsers, and conditions.

use crate::support::Project;

/// The notes of a compilation with these arguments, and what the program answers.
fn noted(files: &[(&str, &str)], arguments: &[&str]) -> (Vec<String>, String) {
    let project = Project::new(files);
    let all = [
        &[
            "compile",
            files[0].0,
            "-o",
            "fn.wasm",
            "--message-format",
            "json",
        ],
        arguments,
    ]
    .concat();
    let finished = project.jsc(&all, "");
    assert_eq!(finished.code, 0, "{finished:?}");
    let lines = finished
        .stderr
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON"));
    let notes = lines.filter(|line| line["severity"] == "note");
    let messages = notes.map(|note| note["message"].as_str().unwrap_or_default().to_string());
    (messages.collect(), project.succeed(&["run", "fn.wasm"], ""))
}

#[test]
fn the_form_for_browsers_is_handed_on_and_noted() {
    const ENTRY: &str = "import { name } from 'outer'; export default () => name;";
    const NODE: &str =
        "import { createRequire } from 'module'; createRequire('/'); export const name = 'node';";
    let outer = r#"{ "type": "module", "exports": "./index.js", "browser": { "./version.js": "./browser.js" } }"#;
    let inner = r#"{ "type": "module", "exports": "./index.js", "browser": { "./data.js": "./browser.js" } }"#;
    let files = [
        ("index.js", ENTRY),
        ("node_modules/outer/package.json", outer),
        (
            "node_modules/outer/index.js",
            "import './version.js'; export * from 'inner';",
        ),
        ("node_modules/outer/version.js", NODE),
        ("node_modules/outer/browser.js", ""),
        ("node_modules/inner/package.json", inner),
        ("node_modules/inner/index.js", "export * from './data.js';"),
        ("node_modules/inner/data.js", NODE),
        (
            "node_modules/inner/browser.js",
            "export const name = 'browser';",
        ),
    ];
    let (notes, answer) = noted(&files, &[]);
    assert_eq!(notes, ["of `outer` the form for browsers is used"]);
    assert_eq!(answer, "\"browser\"");
}

#[test]
fn all_of_a_family_have_the_same_form() {
    // The client alone works with Node's form; what it imports does not, and its form for browsers lacks `load`.
    let client = r#"{ "main": "./cjs.js", "module": "./es.js", "browser": { "./config.js": "./config.browser.js" } }"#;
    let core = r#"{ "main": "./node.js", "browser": "./browser.js" }"#;
    let files = [
        (
            "index.js",
            "import { name } from '@family/client'; export default () => name;",
        ),
        ("node_modules/@family/client/package.json", client),
        (
            "node_modules/@family/client/cjs.js",
            "exports.name = require('@family/core').load();",
        ),
        (
            "node_modules/@family/client/es.js",
            "export { name } from './config.js';",
        ),
        (
            "node_modules/@family/client/config.js",
            "import { load } from '@family/core'; export const name = load();",
        ),
        (
            "node_modules/@family/client/config.browser.js",
            "export { name } from '@family/core';",
        ),
        ("node_modules/@family/core/package.json", core),
        (
            "node_modules/@family/core/node.js",
            "const os = require('node:os'); exports.load = () => os.hostname();",
        ),
        (
            "node_modules/@family/core/browser.js",
            "exports.name = 'browser';",
        ),
    ];
    let (notes, answer) = noted(&files, &[]);
    assert_eq!(notes, ["of `@family/client` the form for browsers is used"]);
    assert_eq!(answer, "\"browser\"");
}

#[test]
fn packages_for_node_and_browsers_only_are_used() {
    let check = |node: &str, arguments: &[&str], note: &str, answer: &str| {
        let exports =
            r#"{ "exports": { ".": { "node": "./node.js", "browser": "./browser.js" } } }"#;
        let files = [
            (
                "index.js",
                "import name from 'p'; export default () => name;",
            ),
            ("node_modules/p/package.json", exports),
            ("node_modules/p/node.js", node),
            ("node_modules/p/browser.js", "module.exports = 'browser';"),
        ];
        let notes: Vec<&str> = note.split_terminator('\n').collect();
        let expected = (
            notes.into_iter().map(str::to_string).collect(),
            format!("\"{answer}\""),
        );
        assert_eq!(noted(&files, arguments), expected);
    };
    let pure = "module.exports = 'node';";
    let impure = "require('os'); module.exports = 'node';";
    check(pure, &[], "of `p` the form for Node is used", "node");
    check(
        impure,
        &[],
        "of `p` the form for browsers is used",
        "browser",
    );
    check(impure, &["--conditions", "node"], "", "node");
    check(pure, &["--conditions", "browser"], "", "browser");
}

#[test]
fn conditions_are_added() {
    let exports = r##"{ "exports": { "development": "./a.js", "special": "./b.js", "default": "./c.js" }, "imports": { "#own": { "special": "./d.js", "default": "./c.js" } } }"##;
    let files = [
        (
            "index.js",
            "import name from 'p'; import own from '#own'; export default () => [name, own];",
        ),
        ("package.json", exports),
        ("c.js", "export default 'c';"),
        ("d.js", "export default 'd';"),
        ("node_modules/p/package.json", exports),
        ("node_modules/p/a.js", "module.exports = 'a';"),
        ("node_modules/p/b.js", "module.exports = 'b';"),
        ("node_modules/p/c.js", "module.exports = 'c';"),
    ];
    let check = |arguments: &[&str], answer: &str| assert_eq!(noted(&files, arguments).1, answer);
    check(&[], r#"["c","c"]"#);
    check(&["--conditions", "special"], r#"["b","d"]"#);
    check(
        &["--conditions", "special", "--conditions", "development"],
        r#"["a","d"]"#,
    );
}
