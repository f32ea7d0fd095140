//! Any package.json and tsconfig.json are followed or refused, in time, wherever they lie.

use std::time::Duration;

use frontend::{Entry, Options};

use crate::differential::Directory;
use crate::patience::within;
use crate::{Choices, Fault};

const PATIENCE: Duration = Duration::from_secs(20);

/// What stands in such files, besides what JSON is made of.
const WORDS: &[&str] = &[
    "name",
    "version",
    "type",
    "module",
    "commonjs",
    "main",
    "exports",
    "imports",
    "browser",
    "default",
    "node",
    "import",
    "require",
    "types",
    ".",
    "./*",
    "./index.mjs",
    "./missing.js",
    "../index.mjs",
    "./",
    "",
    "*",
    "./dist/*.js",
    "#x",
    "sideEffects",
    "compilerOptions",
    "paths",
    "baseUrl",
    "target",
    "ES5",
    "ES2022",
    "ESNext",
    "extends",
    "./tsconfig.json",
    "../tsconfig.json",
    "package",
    "package/tsconfig.json",
    "references",
    "path",
    "files",
    "include",
    "jsx",
    "react-jsx",
    "jsxFactory",
    "jsxImportSource",
    "h",
    "experimentalDecorators",
    "emitDecoratorMetadata",
    "useDefineForClassFields",
    "isolatedModules",
    "verbatimModuleSyntax",
    "preserveConstEnums",
    "/",
    "//",
    "\\u0000",
    "__proto__",
    "file:///x",
    "http://x/",
    "%2e%2e/",
    "C:\\\\x",
];

/// Checks the files of an input.
///
/// # Errors
/// Where it takes long; anything worse is a panic.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let entry = choices.pick(&[
        "index.mjs",
        "index.js",
        "index.ts",
        "index.tsx",
        "index.cjs",
    ]);
    let mut files = vec![
        (
            entry.to_string(),
            "import * as a from 'package';\nimport b from '#x';\nimport 'package/sub';\nimport './package.json';\nconsole.log(a, b);\n".to_string(),
        ),
        ("node_modules/package/index.js".into(), "exports.x = require('./sub');\n".into()),
        ("node_modules/package/sub.mjs".into(), "export default 1;\n".into()),
    ];
    for name in [
        "package.json",
        "tsconfig.json",
        "node_modules/package/package.json",
        "node_modules/package/tsconfig.json",
    ] {
        if choices.once_in(2) {
            let mut text = String::new();
            append(&mut choices, 5, &mut text);
            if choices.once_in(8) {
                let depth = choices.below(20_000);
                text = "[".repeat(depth) + &text;
            }
            files.push((name.into(), text));
        }
    }
    let directory = Directory::with(&files)?;
    let entry = Entry::File(directory.path().join(entry));
    within(PATIENCE, "loading", || {
        let _ = frontend::load(&entry, &Options::default());
    })
    .map_err(|fault| directory.keep(fault))
}

fn append(choices: &mut Choices<'_>, depth: usize, text: &mut String) {
    match choices.below(if depth == 0 { 3 } else { 8 }) {
        0 => text.push_str(choices.pick(&[
            "null",
            "true",
            "false",
            "0",
            "{}",
            "[]",
            "/* c */ 1",
            "1,",
            "",
        ])),
        1 | 2 => text.push_str(&format!("\"{}\"", choices.pick(WORDS))),
        3 => {
            text.push('[');
            for _ in 0..choices.below(4) {
                append(choices, depth - 1, text);
                text.push(',');
            }
            text.push_str("null]");
        }
        _ => {
            text.push('{');
            for _ in 0..choices.below(6) {
                text.push_str(&format!("\"{}\":", choices.pick(WORDS)));
                append(choices, depth - 1, text);
                text.push(',');
            }
            text.push_str("\"end\":0}");
        }
    }
}
