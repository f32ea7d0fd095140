//! `jsc run` under limits, and `jsc check`.

mod support;

use std::process::Stdio;
use std::time::{Duration, Instant};

use support::Project;

/// A command with the imports that the tests need; `body` is its `_start`.
fn wat(body: &str) -> String {
    format!(
        r#"(module
            (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 2)
            (data (i32.const 0) "\08\00\00\00\0a\00\00\000123456789")
            (func $write (param $fd i32)
                (drop (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 100))))
            (func $deeper (call $write (i32.const 2)) (call $deeper) (call $deeper))
            (func (export "_start") {body}))"#
    )
}

fn project(body: &str) -> Project {
    let project = Project::new(&[]);
    project.write("fn.wasm", wat::parse_str(wat(body)).expect("it parses"));
    project
}

const FOR_EVER: &str = "(loop $more (br $more))";

fn check(body: &str, arguments: &[&str], code: i32, stdout: &str, stderr: &str) {
    let finished = project(body).jsc(&[&["run", "fn.wasm"], arguments].concat(), "some input");
    assert_eq!(
        (
            finished.code,
            finished.stdout.as_str(),
            finished.stderr.as_str()
        ),
        (code, stdout, stderr),
        "{arguments:?}"
    );
}

#[test]
fn each_limit_has_its_exit_code_and_message() {
    let write_then = |body: &str| format!("(call $write (i32.const 1)) {body}");
    let writes = "(loop $more (call $write (i32.const 1)) (br $more))";
    let allocates = "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) unreachable";
    let stopped = |why: &str| format!("error: fn.wasm: the module was stopped: {why}\n");
    check(
        &write_then(FOR_EVER),
        &["--fuel", "1_000"],
        111,
        "0123456789",
        &stopped("it takes more than the limit of 1,000 instructions"),
    );
    check(
        &write_then(FOR_EVER),
        &["--timeout", "50ms"],
        112,
        "0123456789",
        &stopped("it takes longer than the limit of 50ms"),
    );
    check(
        &write_then(allocates),
        &["--max-memory", "1MB"],
        113,
        "0123456789",
        "error: fn.wasm: the module needs more memory than the limit of 1,000,000 bytes\n",
    );
    check(
        "(call $deeper)",
        &["--max-stack", "4kB", "--max-log", "0"],
        114,
        "",
        &stopped("its stack grew beyond the limit of 4,000 bytes, probably by endless recursion"),
    );
    check(
        "(loop $more
            (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 100)))
            (br_if $more (i32.load (i32.const 100))))",
        &["--max-input", "9"],
        115,
        "",
        "error: fn.wasm: the input is larger than the limit of 9 bytes\n",
    );
    check(
        writes,
        &["--max-output", "25"],
        116,
        "0123456789012345678901234",
        &stopped("its output is larger than the limit of 25 bytes"),
    );
    check(
        "(call $write (i32.const 2)) (call $write (i32.const 2))",
        &["--max-log", "15"],
        0,
        "",
        "012345678901234",
    );
}

#[test]
fn what_a_module_does_by_itself_is_no_limit() {
    check(
        "(call $exit (i32.const 3))",
        &["--limits", "shopify"],
        3,
        "",
        "",
    );
    check(
        "unreachable",
        &["--timeout", "5s", "--fuel", "100"],
        134,
        "",
        "error: fn.wasm: the module was stopped: it reached an `unreachable` instruction\n",
    );
}

/// Whoever has no time gets nothing done, however fast it would be.
#[test]
fn no_time_is_too_little() {
    let project = project("(call $write (i32.const 1))");
    for more in [&[][..], &["--report=json"]] {
        let arguments = [&["run", "fn.wasm", "--timeout", "0s"], more].concat();
        let finished = project.jsc(&arguments, "");
        assert_eq!(finished.code, 112, "{}", finished.stderr);
        let told = "it takes longer than the limit of 0ns\n";
        assert!(finished.stderr.contains(told), "{}", finished.stderr);
    }
}

#[test]
fn profiles_come_from_files() {
    let project = project(&format!("(call $write (i32.const 2)) {FOR_EVER}"));
    project.write(
        "own.toml",
        "fuel = \"5k\"\nlog = 4\nlog-excess = \"stop\"\nmemory = \"1 MiB\"\n",
    );
    let finished = project.jsc(&["run", "fn.wasm", "--limits", "own.toml"], "");
    assert_eq!((finished.code, &finished.stderr[..5]), (117, "0123e"));
    // An option is over the profile.
    let finished = project.jsc(
        &["run", "fn.wasm", "--limits", "own.toml", "--max-log", "1kB"],
        "",
    );
    assert_eq!(finished.code, 111);
    for (file, text) in [
        ("bad.toml", "fule = 1\n"),
        ("worse.toml", "fuel = \"ten\"\n"),
        (
            "endless.toml",
            "time = 1\n[scale]\npath = \"a\"\nrate = inf\nmaximum = inf\nlimits = [\"time\"]\n",
        ),
    ] {
        project.write(file, text);
        let finished = project.jsc(&["run", "fn.wasm", "--limits", file], "");
        assert_eq!(finished.code, 2, "{}", finished.stderr);
        assert!(
            finished
                .stderr
                .contains(&format!("the profile {file} is wrong"))
        );
    }
    let finished = project.jsc(&["run", "fn.wasm", "--limits", "shopfy"], "");
    assert_eq!(
        (finished.code, finished.stderr.as_str()),
        (
            2,
            "error: there is no profile `shopfy`: neither `shopify` nor a file of that name\n"
        )
    );
}

#[test]
fn nonsense_is_wrong_usage() {
    let project = project("");
    for option in [
        ["--fuel", "-1"],
        ["--fuel", "many"],
        ["--timeout", "soon"],
        ["--timeout", "NaN"],
        ["--max-memory", "10 megabytes"],
        ["--max-stack", "0"],
        ["--max-stack", "1TB"],
        ["--max-output", "1.5"],
    ] {
        let arguments = ["run", "fn.wasm", option[0], option[1]];
        assert_eq!(project.jsc(&arguments, "").code, 2, "{option:?}");
    }
    // Above the hardware, but no nonsense.
    let arguments = [
        "run",
        "fn.wasm",
        "--fuel",
        "18446744073709551615",
        "--max-memory",
        "100GB",
        "--timeout",
        "1000000000s",
        "--max-stack",
        "64MB",
    ];
    assert_eq!(project.jsc(&arguments, "").code, 0);
}

#[test]
fn a_large_stack_is_really_there() {
    let project = project("(call $deeper)");
    let depth = |stack| {
        let arguments = [
            "run",
            "fn.wasm",
            "--max-stack",
            stack,
            "--max-log",
            "0",
            "--report=json",
        ];
        let finished = project.jsc(&arguments, "");
        assert_eq!(finished.code, 114, "{}", finished.stderr);
        let report = finished
            .stderr
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned();
        let log = report.split("\"log\",\"used\":").nth(1).unwrap_or_default();
        let digits: String = log.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u64>().expect("a number")
    };
    assert!(depth("64MB") > 10 * depth("1MB"));
}

#[test]
fn modules_that_are_too_large_are_not_compiled() {
    let project = project("");
    let mut wasm = project.read("fn.wasm");
    // A custom section of 100 MB, its length in LEB128.
    wasm.extend([0, 0x80, 0x80, 0x80, 0x32]);
    wasm.resize(wasm.len() + (100 << 20), 0);
    project.write("fn.wasm", wasm);
    let finished = project.jsc(&["run", "fn.wasm", "--limits", "shopify"], "");
    assert_eq!(finished.code, 118);
    let finished = project.jsc(&["check", "fn.wasm", "--limits", "shopify"], "");
    assert_eq!(finished.code, 1);
    assert!(
        finished
            .stdout
            .starts_with("FAIL size 104.86 MB, limit 256.0 kB\n")
    );
}

/// Standard input that is never closed; the time ends it.
#[test]
fn input_that_never_ends() {
    let reads = "(drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 100)))";
    let project = project(reads);
    for limits in [
        &["--timeout", "100ms"][..],
        &["--limits", "shopify", "--timeout", "100ms"],
    ] {
        let begun = Instant::now();
        let mut child = project
            .command(&[&["run", "fn.wasm"], limits].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("jsc starts");
        let pipe = child.stdin.take();
        let output = child.wait_with_output().expect("jsc ends");
        drop(pipe);
        assert_eq!(output.status.code(), Some(112));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn deterministic_runs_are_alike() {
    let project = Project::compiled("export default () => [Date.now(), Math.random()];\n");
    let run = |more: &[&str]| project.succeed(&[&["run", "index.wasm"], more].concat(), "");
    let first = run(&["--deterministic"]);
    assert!(first.starts_with("[946684800000,"), "{first}");
    assert_eq!(run(&["--deterministic"]), first);
    assert_ne!(run(&[]), first);
}

#[test]
fn reports_show_figures_and_limits() {
    let project = project("(call $write (i32.const 1))");
    let finished = project.jsc(&["run", "fn.wasm", "--report", "--max-output", "20"], "");
    assert_eq!((finished.code, finished.stdout.as_str()), (0, "0123456789"));
    let line = finished
        .stderr
        .lines()
        .find(|line| line.starts_with("output"));
    assert_eq!(
        line,
        Some("output             10 B  ██████████··········  50.0 % of 20 B")
    );
    for name in [
        "module", "fuel", "memory", "time", "input", "log", "pages", "load", "start", "run",
    ] {
        assert!(finished.stderr.contains(&format!("\n{name} ")), "{name}");
    }
    // Also of a run that was stopped; one line, for programs.
    let finished = project.jsc(
        &["run", "fn.wasm", "--report", "json", "--max-output", "3"],
        "",
    );
    let report: serde_json::Value =
        serde_json::from_str(finished.stderr.lines().last().unwrap_or_default()).expect("JSON");
    assert_eq!(report["exitCode"], 116);
    assert_eq!(report["exceeded"], "output");
    let figures = report["figures"].as_array().expect("an array");
    let output = figures
        .iter()
        .find(|figure| figure["name"] == "output")
        .expect("output");
    assert_eq!((&output["used"], &output["limit"]), (&10.into(), &3.into()));
}

/// A module's stack in linear memory begins as zeros, so that a report can tell how deep it was.
#[test]
fn reports_tell_the_depth_of_the_stack() {
    let project = Project::compiled(
        // Calls by way of a builtin take of it, and those between functions do not.
        "const deep = (n) => n && 1 + [n - 1].map(deep)[0];\nexport default (n) => deep(n);\n",
    );
    let depth = |n: &str| {
        let finished = project.jsc(&["run", "index.wasm", "--report=json"], n);
        assert_eq!((finished.code, finished.stdout.as_str()), (0, n));
        let report: serde_json::Value =
            serde_json::from_str(finished.stderr.lines().last().unwrap_or_default()).expect("JSON");
        let figure = |name: &str| report["linearStack"][name].as_u64().expect("a number");
        assert!(figure("used") <= figure("size"), "{report}");
        figure("used")
    };
    let (little, much) = (depth("10"), depth("110"));
    assert!(
        little > 100 && much > little + 100 * 100,
        "{little}, {much}"
    );
}

#[test]
fn checks() {
    let project = project("");
    let finished = project.jsc(&["check", "fn.wasm", "--limits", "shopify"], "");
    assert_eq!(finished.code, 0);
    assert!(
        finished
            .stdout
            .contains("ok   3 imports, all of WASI preview 1\n")
    );
    let check = |wat: &str, arguments: &[&str], expected: &str| {
        project.write("other.wasm", wat::parse_str(wat).expect("it parses"));
        let finished = project.jsc(&[&["check", "-q", "other.wasm"], arguments].concat(), "");
        assert_eq!((finished.code, finished.stdout.as_str()), (1, expected));
    };
    check(
        "(module)",
        &[],
        "FAIL no export `_start`, and none that can be run\n",
    );
    check(
        "(module (func (export \"_start\")) (func (export \"run\")))",
        &["--invoke", "cart-run"],
        "FAIL no export `cart-run` that can be run; there are: _start, run\n",
    );
    check(
        "(module (import \"env\" \"log\" (func)) (memory (export \"memory\") 1) (func (export \"_start\")))",
        &[],
        "FAIL imports that only its own host provides: env.log\n",
    );
    check(
        "(module (memory 200) (func (export \"_start\")))",
        &["--limits", "shopify"],
        "FAIL initial memory 13.11 MB, limit 10.00 MB\n",
    );
    project.write("text.wasm", "export default 1");
    assert_eq!(project.jsc(&["check", "text.wasm"], "").code, 3);
}

/// To the last instruction, and the figure is what was used.
#[test]
fn instructions_are_exact() {
    let project = project(&"(drop (i32.const 1))".repeat(120_000));
    let run = |fuel: &str| {
        let finished = project.jsc(&["run", "fn.wasm", "--fuel", fuel, "--report=json"], "");
        let line = finished
            .stderr
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned();
        let report: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        (finished.code, report["figures"][1]["used"].as_u64())
    };
    assert_eq!(run("10"), (111, Some(120_001)));
    assert_eq!(run("120000"), (111, Some(120_001)));
    assert_eq!(run("120001"), (0, Some(120_001)));
}

/// A module of ours passes the limit that it takes, and no smaller one.
#[test]
fn instructions_of_compiled_modules_are_exact() {
    let project = Project::compiled("export default (input) => input.map((it) => it * 2);\n");
    let run = |fuel: u64| {
        let fuel = fuel.to_string();
        let arguments = ["run", "index.wasm", "--fuel", &fuel, "--report=json"];
        let finished = project.jsc(&arguments, "[1,2,3]");
        let line = finished
            .stderr
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned();
        let report: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        (
            finished.code,
            report["figures"][1]["used"].as_u64().expect("a figure"),
        )
    };
    let (code, needed) = run(1_000_000_000);
    assert_eq!(code, 0);
    assert_eq!(run(needed), (0, needed));
    for less in [1, 2, 10, 31, 32, 33, 100] {
        let (code, used) = run(needed - less);
        assert!(
            code == 111 && used > needed - less,
            "{less}: {used} of {needed}"
        );
    }
}

/// Whatever counts, reports or samples: what cannot be interrupted is left behind.
#[cfg(target_os = "linux")]
#[test]
fn time_is_kept_with_reports() {
    let opens = r#"(module
        (import "wasi_snapshot_preview1" "path_open"
            (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 32) "data/pipe")
        (func (export "_start")
            (drop (call $open (i32.const 3) (i32.const 1) (i32.const 37) (i32.const 4) (i32.const 0)
                (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))))"#;
    let project = Project::new(&[("data/file", "")]);
    project.write("fn.wasm", wat::parse_str(opens).expect("it parses"));
    project.write(
        "loop.wasm",
        wat::parse_str(wat(FOR_EVER)).expect("it parses"),
    );
    let made = std::process::Command::new("mkfifo")
        .arg(project.path("data/pipe"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    for arguments in [
        &["fn.wasm", "--dir", "data"][..],
        &["fn.wasm", "--dir", "data", "--fuel", "1M"],
        &["fn.wasm", "--dir", "data", "--report"],
        &["loop.wasm", "--report"],
        &["loop.wasm", "--fuel", "1000000M"],
        &["loop.wasm", "--profile", "out.json"],
    ] {
        let begun = Instant::now();
        let finished = project.jsc(&[&["run", "--timeout", "50ms"], arguments].concat(), "");
        let told = "it takes longer than the limit of 50ms";
        assert!(
            finished.stderr.contains(told),
            "{arguments:?}: {}",
            finished.stderr
        );
        assert!(begun.elapsed() < Duration::from_secs(20), "{arguments:?}");
    }
}

/// A module that takes long to compile is not compiled where its calls are limited.
#[test]
fn compiling_is_bounded() {
    let project = project(&"(loop)".repeat(70_000));
    let begun = Instant::now();
    for limits in [
        &["--limits", "shopify"][..],
        &["--timeout", "1s"],
        &["--fuel", "1M", "--report"],
    ] {
        let finished = project.jsc(&[&["run", "fn.wasm"], limits].concat(), "");
        assert_eq!((finished.code, finished.stdout.as_str()), (3, ""));
        let told = "error: fn.wasm: the module takes too long to compile: function 2";
        assert!(finished.stderr.starts_with(told), "{}", finished.stderr);
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
}
