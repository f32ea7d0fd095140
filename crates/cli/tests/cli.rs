//! What the commands do when all is well: what they print and where, and what they hand on.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::LazyLock;

use support::{Finished, Project};

const ECHO: &str = "export default (input) => ({ got: input });\n";

/// Functions to be called by name.
static FUNCTIONS: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::compiled(
        "console.log('at build time');\n\
         export default (input) => { console.log('log'); console.error('error'); return input; };\n\
         export const cartRun = (input) => ['cart', input];\n\
         export const nothing = () => {};\n\
         export const fail = () => { throw new TypeError('no luck'); };\n",
    );
    project.write("input.json", "{\"from\": \"a file\"}");
    project
});

fn check(finished: &Finished, code: i32, stdout: &str, stderr: &str) {
    let (out, err) = (finished.stdout.as_str(), finished.stderr.as_str());
    assert_eq!((finished.code, out, err), (code, stdout, stderr));
}

#[test]
fn compile_prints_one_line() {
    let project = Project::new(&[("src/cart.js", ECHO)]);
    let finished = project.jsc(&["compile", "src/cart.js"], "");
    assert_eq!((finished.code, finished.stderr.as_str()), (0, ""));
    // cart.wasm  1.20 MB  0.06 s
    let words: Vec<&str> = finished.stdout.split_whitespace().collect();
    let [path, size, unit, time, "s"] = words[..] else {
        panic!("{:?}", finished.stdout);
    };
    assert_eq!(finished.stdout.matches('\n').count(), 1);
    assert_eq!(path, "cart.wasm");
    let bytes = project.read("cart.wasm").len() as f64;
    let scale = match unit {
        "kB" => 1e3,
        "MB" => 1e6,
        other => panic!("a unit: {other}"),
    };
    let size: f64 = size.parse().expect("a size");
    assert!(
        (size * scale - bytes).abs() <= bytes / 100.0,
        "{size} {unit} of {bytes}"
    );
    assert!(time.parse::<f64>().expect("a time") < 60.0);
}

#[test]
fn quiet_compile_prints_nothing() {
    let project = Project::new(&[(
        "index.js",
        "console.log('hello', Math.random());\nexport default () => 1;\n",
    )]);
    check(&project.jsc(&["compile", "-q", "index.js"], ""), 0, "", "");
    let loud = project.jsc(&["compile", "index.js"], "");
    assert!(loud.stderr.starts_with("hello 0."), "{}", loud.stderr);
    assert!(
        loud.stderr.contains("warning[frozen-random]"),
        "{}",
        loud.stderr
    );
}

#[test]
fn output_goes_where_it_is_told() {
    let project = Project::new(&[("index.js", ECHO)]);
    project.write("deep/out/old.wasm", "the module of the last time");
    let first = project.succeed(&["compile", "index.js", "-o", "deep/out/old.wasm"], "");
    assert!(first.starts_with("deep/out/old.wasm  "), "{first}");
    project.succeed(&["compile", "index.js", "--output", "fn.wasm", "-q"], "");
    let module = project.read("fn.wasm");
    assert!(module.starts_with(b"\0asm\x01\0\0\0"));
    assert!(project.read("deep/out/old.wasm") == module);

    // To standard output goes the module and nothing else.
    let output = project
        .command(&["compile", "index.js", "-o", "-"])
        .output()
        .expect("jsc runs");
    assert!(output.stdout == module && output.stderr.is_empty() && output.status.success());
    assert_eq!(project.files().len(), 3);
}

#[test]
fn source_comes_from_stdin() {
    let project = Project::new(&[("rate.js", "export const rate = 3;\n")]);
    project.succeed(
        &["compile", "-", "-o", "fn.wasm", "-q"],
        "import { rate } from './rate.js';\nexport default (n) => n * rate;\n",
    );
    assert_eq!(project.succeed(&["run", "fn.wasm"], "14"), "42");
}

#[test]
fn build_output_goes_to_stderr() {
    let project = Project::new(&[(
        "index.js",
        "console.log('out');\nconsole.error('error');\nexport default () => 1;\n",
    )]);
    let finished = project.jsc(&["compile", "index.js"], "");
    assert_eq!(finished.stderr, "out\nerror\n");
}

#[test]
fn function_mode_keeps_stdout_for_the_result() {
    let finished = FUNCTIONS.jsc(&["run", "index.wasm"], "[1]");
    check(&finished, 0, "[1]", "log\nerror\n");
}

#[test]
fn program_mode_writes_to_both_streams() {
    let project =
        Project::compiled("console.log('out');\nconsole.error('error');\nconsole.warn('warn');\n");
    check(
        &project.jsc(&["run", "index.wasm"], ""),
        0,
        "out\n",
        "error\nwarn\n",
    );
}

#[test]
fn exports_are_invoked_by_name() {
    let invoke = |export: &str, input: &str| {
        FUNCTIONS.jsc(&["run", "index.wasm", "--invoke", export], input)
    };
    check(&invoke("cart-run", "7"), 0, "[\"cart\",7]", "");
    check(&invoke("nothing", "7"), 0, "", "");
    check(&invoke("_start", ""), 0, "", "log\nerror\n");
}

#[test]
fn input_comes_from_a_file() {
    let finished = FUNCTIONS.jsc(
        &[
            "run",
            "index.wasm",
            "--input",
            "input.json",
            "--invoke",
            "cart-run",
        ],
        "not read",
    );
    check(&finished, 0, "[\"cart\",{\"from\":\"a file\"}]", "");
}

#[test]
fn failure_is_exit_code_1() {
    let finished = FUNCTIONS.jsc(&["run", "index.wasm", "--invoke", "fail"], "");
    let stderr = "TypeError: no luck\n    at fail (index.js:5:";
    assert_eq!((finished.code, finished.stdout.as_str()), (1, ""));
    assert!(finished.stderr.starts_with(stderr), "{}", finished.stderr);
}

#[test]
fn exit_codes_pass_through() {
    let project = Project::new(&[]);
    for code in [0, 1, 3, 42, 255] {
        let module = format!(
            r#"(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                (memory (export "memory") 1) (func (export "_start") (call $exit (i32.const {code}))))"#
        );
        project.write("fn.wasm", wat::parse_str(module).expect("it parses"));
        check(&project.jsc(&["run", "fn.wasm"], ""), code, "", "");
    }
}

/// A module that writes its arguments or its environment as WASI lays them out: each with a NUL behind it.
fn writes_texts(kind: &str) -> Vec<u8> {
    wat::parse_str(format!(
        r#"(module
            (import "wasi_snapshot_preview1" "{kind}_get" (func $get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "{kind}_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "_start")
                (drop (call $sizes (i32.const 0) (i32.const 12)))
                (drop (call $get (i32.const 1024) (i32.const 4096)))
                (i32.store (i32.const 8) (i32.const 4096))
                (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))))"#
    ))
    .expect("it parses")
}

#[test]
fn environment_is_what_is_given() {
    let project = Project::new(&[]);
    project.write("fn.wasm", writes_texts("environ"));
    assert_eq!(project.succeed(&["run", "fn.wasm"], ""), "");
    let arguments = ["run", "fn.wasm", "--env", "MODE=test", "--env", "EMPTY="];
    assert_eq!(project.succeed(&arguments, ""), "MODE=test\0EMPTY=\0");
}

#[test]
fn arguments_are_what_is_given() {
    let project = Project::new(&[]);
    project.write("fn.wasm", writes_texts("args"));
    let arguments = ["run", "fn.wasm", "--", "one", "--two"];
    assert_eq!(project.succeed(&arguments, ""), "fn.wasm\0one\0--two\0");
}

#[test]
fn directories_are_what_is_given() {
    let project = Project::new(&[("data/a.txt", ""), ("data/b.txt", "")]);
    // Writes the name of the first directory that it was given; exits with 8 if there is none.
    let module = r#"(module
        (import "wasi_snapshot_preview1" "fd_prestat_get" (func $get (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_prestat_dir_name" (func $name (param i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (func (export "_start")
            (if (call $get (i32.const 3) (i32.const 0)) (then (call $exit (i32.const 8))))
            (drop (call $name (i32.const 3) (i32.const 64) (i32.load (i32.const 4))))
            (i32.store (i32.const 0) (i32.const 64))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))"#;
    project.write("fn.wasm", wat::parse_str(module).expect("it parses"));
    check(&project.jsc(&["run", "fn.wasm"], ""), 8, "", "");
    assert_eq!(
        project.succeed(&["run", "fn.wasm", "--dir", "data"], ""),
        "data"
    );
    assert_eq!(
        project.succeed(&["run", "fn.wasm", "--dir", "data::/in"], ""),
        "/in"
    );
}

#[test]
fn output_is_streamed() {
    let project = Project::compiled(
        "const byte = new Uint8Array(1);\nconsole.log('ready');\n\
         while (Javy.IO.readSync(0, byte)) console.log(String.fromCharCode(byte[0]));\n",
    );
    let mut child = project
        .command(&["run", "index.wasm"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("jsc starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || lines.next().map(|line| line.expect("a line"));
    // Every answer arrives while the program waits for more.
    assert_eq!(next().as_deref(), Some("ready"));
    for letter in ["a", "b"] {
        input.write_all(letter.as_bytes()).expect("jsc reads");
        assert_eq!(next().as_deref(), Some(letter));
    }
    drop(input);
    assert_eq!(next(), None);
    assert!(child.wait().expect("jsc ends").success());
}

#[test]
fn version_and_help() {
    let project = Project::new(&[]);
    let version = concat!("jsc ", env!("CARGO_PKG_VERSION"), "\n");
    check(&project.jsc(&["--version"], ""), 0, version, "");
    for (arguments, example) in [
        (&["--help"][..], "jsc run fn.wasm < input.json"),
        (&["compile", "--help"], "jsc compile src/main.js -o fn.wasm"),
        (&["run", "--help"], "jsc run fn.wasm --invoke cart-run"),
        (&["check", "--help"], "jsc check fn.wasm --limits shopify"),
        (&["test", "--help"], "jsc test . --update"),
        (
            &["bench", "--help"],
            "jsc bench fn.wasm --vs old.wasm --svg figures.svg",
        ),
        (
            &["init", "--help"],
            "jsc init volume-discount --template shopify",
        ),
    ] {
        let help = project.succeed(arguments, "");
        let (_, examples) = help.split_once("Examples:\n").expect("examples");
        assert!(examples.contains(example), "{help}");
    }
    assert!(
        project
            .succeed(&["--help"], "")
            .contains("Exit codes: 0 success")
    );
}

#[test]
fn shells_complete() {
    let project = Project::new(&[]);
    for (shell, start) in [
        ("bash", "_jsc() {"),
        ("zsh", "#compdef jsc"),
        ("fish", "# Print an optspec"),
    ] {
        let script = project.succeed(&["completions", shell], "");
        assert!(script.starts_with(start), "{shell}: {}", &script[..80]);
        for word in ["compile", "run", "invoke", "build-time"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
}

/// The script does what it is for, where there is a shell to ask.
#[cfg(target_os = "linux")]
#[test]
fn bash_completes() {
    let project = Project::new(&[]);
    project.write("jsc.bash", project.succeed(&["completions", "bash"], ""));
    let output = std::process::Command::new("bash")
        .args([
            "-c",
            "source ./jsc.bash; COMP_WORDS=(jsc compile --build); COMP_CWORD=2; _jsc jsc --build compile; \
             echo ${COMPREPLY[@]}",
        ])
        .current_dir(project.path("."))
        .output()
        .expect("bash runs");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "--build-time --build-memory\n"
    );
}
