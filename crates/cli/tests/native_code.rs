//! Native code: beside a module, and in the cache.

mod support;

use std::fs;
use std::process::Command;
use std::thread;

use support::Project;

/// A module that writes ten digits, with `more` functions.
fn project(more: &str) -> Project {
    let project = Project::new(&[]);
    let text = format!(
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 2)
            (data (i32.const 0) "\08\00\00\00\0a\00\00\000123456789")
            (func (export "_start")
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 100))))
            {more})"#
    );
    project.write("fn.wasm", wat::parse_str(text).expect("it parses"));
    project
}

#[test]
fn precompiled_code_is_used_only_if_it_is_ours() {
    let project = Project::new(&[("index.js", "export default () => 'good';\n")]);
    project.succeed(&["compile", "index.js", "-q", "--precompile"], "");
    let code = project.read("index.cwasm");
    let run = || {
        let finished = project.jsc(&["run", "index.wasm"], "");
        assert_eq!((finished.code, finished.stdout.as_str()), (0, "\"good\""));
        finished.stderr
    };
    assert_eq!(run(), "");
    let refused =
        "warning: index.cwasm is not used: the precompiled code was not made from this module";
    let mut tampered = code.clone();
    let middle = tampered.len() / 2;
    tampered[middle] ^= 1;
    for bad in [&tampered[..], &code[..code.len() - 1], b"", b"#!/bin/sh\n"] {
        project.write("index.cwasm", bad);
        assert!(run().starts_with(refused));
    }
    // Code that counts instructions, or can be interrupted, is other code: nothing is wrong with what lies there.
    for option in [
        &["--fuel", "1M"][..],
        &["--limits", "shopify"],
        &["--report=json"],
    ] {
        let finished = project.jsc(&[&["run", "index.wasm"], option].concat(), "");
        assert_eq!((finished.code, finished.stdout.as_str()), (0, "\"good\""));
        assert!(!finished.stderr.contains("warning"), "{}", finished.stderr);
    }
    // Of another module.
    project.write("index.cwasm", &code);
    let other = Project::new(&[("index.js", "export default () => 'evil';\n")]);
    other.succeed(&["compile", "index.js", "-q", "--precompile"], "");
    fs::write(project.path("index.cwasm"), other.read("index.cwasm")).expect("a file");
    assert!(run().starts_with(refused));
    // Of another user, who has another secret.
    project.write("index.cwasm", &code);
    let finished = support::finish(
        project
            .command(&["run", "index.wasm"])
            .env("JSC_CACHE_DIR", project.path("their-cache")),
        b"",
    );
    assert!(finished.stderr.starts_with(refused), "{}", finished.stderr);
    assert_eq!(finished.stdout, "\"good\"");
    let finished = project.jsc(&["compile", "index.js", "-o", "-", "--precompile"], "");
    assert_eq!(finished.code, 2);
}

/// Processes that share a cache which is empty at first.
#[test]
fn many_processes_with_one_cache() {
    let project = project("");
    let cache = project.path("cache");
    thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                let mut command = project.command(&["run", "fn.wasm"]);
                let finished = support::finish(command.env("JSC_CACHE_DIR", &cache), b"");
                assert_eq!((finished.code, finished.stdout.as_str()), (0, "0123456789"));
            });
        }
    });
}

/// The code finds no room.
#[cfg(unix)]
#[test]
fn a_cache_on_a_full_disk() {
    // Much code and little memory: what wasmtime has in memory under a file's name is under the same limit.
    let calls = "(call $nothing)".repeat(1000);
    let functions: String = (0..200)
        .map(|number| format!("(func (export \"f{number}\") {calls})"))
        .collect();
    let project = project(&format!("(func $nothing){functions}"));
    let entry_of = |cache: &str| {
        let entries = fs::read_dir(project.path(cache)).expect("a directory");
        let mut paths = entries.map(|entry| entry.expect("an entry").path());
        paths.find(|path| path.extension().is_some_and(|it| it == "cwasm"))
    };
    let run = |cache: &str, blocks: &str| {
        let command = project.command(&["run", "fn.wasm"]);
        let script = format!("ulimit -f {blocks}; exec \"$@\"");
        let finished = support::finish(
            Command::new("sh")
                .args(["-c", &script, "sh"])
                .arg(command.get_program())
                .args(command.get_args())
                .current_dir(project.path(""))
                .env("JSC_CACHE_DIR", project.path(cache)),
            b"",
        );
        let told = (finished.stdout.as_str(), finished.stderr.as_str());
        assert_eq!((finished.code, told), (0, ("0123456789", "")));
    };
    run("empty", "unlimited");
    let entry = entry_of("empty/code").expect("an entry");
    let bytes = fs::metadata(entry).expect("a file").len();
    assert!(bytes > 500_000, "{bytes}");
    // Some shells count blocks of 512 bytes, others of 1,024.
    run("full", &((bytes - 1) / 1024).to_string());
    assert_eq!(entry_of("full/code"), None);
}

#[test]
fn caches_that_cannot_be_used() {
    let project = project("");
    project.write("file", "");
    for cache in ["/dev/null/cache", "/proc/cache", "file", ""] {
        let mut command = project.command(&["run", "fn.wasm"]);
        let finished = support::finish(command.env("JSC_CACHE_DIR", cache), b"");
        assert_eq!(
            (
                finished.code,
                finished.stdout.as_str(),
                finished.stderr.as_str()
            ),
            (0, "0123456789", ""),
            "{cache}"
        );
    }
}
