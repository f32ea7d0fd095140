//! The same input gives the same bytes: again, elsewhere, in another process, for another user.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use compiler::{Entry, Options, Start, Strip};
use support::compile;

const FILES: [(&str, &str); 4] = [
    (
        "src/index.js",
        "import { table } from './lib/table.js';\nimport rates from '../rates.json';\n\
         const drawn = [Math.random(), Date.now(), new Date().getTimezoneOffset(), performance.now()];\n\
         const cache = new WeakMap([[table, Symbol('cached')]]);\n\
         export default (input) => ({ input, drawn, rates, size: table.size, stack: new Error('here').stack });\n\
         export const parse = (text) => [new Set(text), cache.has(table), import.meta.url];\n",
    ),
    (
        "src/lib/table.js",
        "import { twice } from 'twice';\n\
         export const table = new Map(Array.from({ length: 500 }, (_, i) => [{ i }, 'k' + twice(i)]));\n",
    ),
    (
        "node_modules/twice/index.js",
        "export const twice = (n) => n * 2;\n",
    ),
    ("rates.json", "{ \"de\": 19, \"fr\": 20 }\n"),
];

/// What the other process of [`for_another_user`] is to compile, and where its module goes.
const ENTRY: &str = "JSC_TEST_ENTRY";
const OUTPUT: &str = "JSC_TEST_OUTPUT";

/// The project in a new directory somewhere below `parent`.
fn project(parent: &Path) -> PathBuf {
    for (name, text) in FILES {
        let path = parent.join(name);
        fs::create_dir_all(path.parent().expect("a file in a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }
    parent.join("src/index.js")
}

#[test]
fn again() {
    let directory = tempfile::tempdir().expect("a directory");
    let entry = project(directory.path());
    for start in [Start::Eager, Start::Lazy] {
        let first = compile(&entry, start, Strip::default())
            .expect("it compiles")
            .wasm;
        assert!(
            first
                == compile(&entry, start, Strip::default())
                    .expect("it compiles")
                    .wasm
        );
    }
}

#[test]
fn elsewhere() {
    let directory = tempfile::tempdir().expect("a directory");
    let here = project(&directory.path().join("a"));
    let there = project(
        &directory
            .path()
            .join("a much longer name/with spaces/ünïcode"),
    );
    let module = compile(&here, Start::Eager, Strip::default())
        .expect("it compiles")
        .wasm;
    assert!(
        module
            == compile(&there, Start::Eager, Strip::default())
                .expect("it compiles")
                .wasm
    );
    let text = String::from_utf8_lossy(&module);
    let path = directory.path().to_string_lossy();
    assert!(!text.contains(&*path), "the module holds the path {path}");
}

#[test]
fn for_another_user() {
    if let Some(output) = env::var_os(OUTPUT) {
        // The other process.
        let entry = env::var_os(ENTRY).expect("it comes with the output");
        let options = Options::new(Entry::File(entry.into()));
        let module = compiler::compile(&options).expect("it compiles").wasm;
        return fs::write(output, module).expect("the module is written");
    }
    let directory = tempfile::tempdir().expect("a directory");
    let entry = project(directory.path());
    let module = compile(&entry, Start::Eager, Strip::default())
        .expect("it compiles")
        .wasm;
    // This test again, in a process with another home and cache.
    for (home, cache) in [("home a", ""), ("b", "cache")] {
        let home = directory.path().join(home);
        let output = directory.path().join("other.wasm");
        let status = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", "for_another_user"])
            .env(ENTRY, &entry)
            .env(OUTPUT, &output)
            .env("HOME", &home)
            .env("JSC_CACHE_DIR", cache)
            .env("USER", "somebody")
            .env("TZ", "Asia/Kathmandu")
            .env("LC_ALL", "tr_TR.UTF-8")
            .current_dir(directory.path())
            .status()
            .expect("it starts");
        assert!(status.success());
        assert!(module == fs::read(&output).expect("a module"));
        fs::remove_file(&output).expect("it goes");
    }
}
