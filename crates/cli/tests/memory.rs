//! What loaded functions take of the host's memory. A process of its own, in which nothing else happens.
#![cfg(target_os = "linux")]

mod support;

use std::fs;

use runner::{Config, Function, Limits, Runtime};
use support::Project;

/// KiB of this process that no file backs: what the kernel cannot drop and read again.
fn private() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let figure = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let digits = line.and_then(|line| line.trim().split(' ').next());
        digits.and_then(|digits| digits.parse::<u64>().ok())
    };
    figure("RssAnon:").expect("a figure") + figure("RssShmem:").expect("a figure")
}

/// Code and memory images stay in the cache's files, mapped: a thousand functions that are loaded at once are far from a
/// gigabyte.
#[test]
fn loaded_functions_take_little_memory() {
    /// KiB; measured 103.
    const EACH: u64 = 250;
    const FUNCTIONS: u32 = 12;
    let project = Project::compiled("export default ({ n }) => ({ n: n + 1 });\n");
    let variants: Vec<Vec<u8>> = (0..FUNCTIONS)
        .map(|number| {
            // They differ in a custom section: 0, its length, the length of its name, and its contents.
            let mut wasm = project.read("index.wasm");
            wasm.extend([0, 5, 0]);
            wasm.extend(number.to_le_bytes());
            wasm
        })
        .collect();
    // Other processes compile them, so that nothing of that is left in this one.
    for wasm in &variants {
        project.write("variant.wasm", wasm);
        let mut command = project.command(&["run", "variant.wasm"]);
        let finished = support::finish(
            command.env("JSC_CACHE_DIR", project.path("cache")),
            b"{\"n\": 1}",
        );
        assert_eq!(finished.stdout, "{\"n\":2}", "{}", finished.stderr);
    }
    let config = Config {
        cache_directory: Some(project.path("cache/code")),
        ..Config::default()
    };
    let runtime = Runtime::new(&config).expect("a runtime");
    let ready = |wasm: &Vec<u8>| {
        let function = runtime.load(wasm).expect("it loads");
        let outcome = function.call(&b"{\"n\": 1}"[..], &Limits::default());
        assert_eq!(outcome.expect("it runs").stdout, b"{\"n\":2}");
        function
    };
    // The first brings what all have in common.
    let first = ready(&variants[0]);
    let before = private();
    let functions: Vec<Function> = variants[1..].iter().map(ready).collect();
    let each = private().saturating_sub(before) / functions.len() as u64;
    assert!(each < EACH, "{each} KiB");
    drop((first, functions));
}
