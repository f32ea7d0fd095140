//! `jsc test`, `jsc init` and `jsc bench`.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{Finished, Project};

fn examples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name)
}

fn copy(from: &Path, project: &Project, to: &str) {
    for entry in fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let to = format!("{to}/{name}");
        if entry.path().is_dir() {
            if name != "dist" {
                copy(&entry.path(), project, &to);
            }
        } else {
            project.write(&to, fs::read(entry.path()).expect("a file"));
        }
    }
}

/// All fixtures pass; so does the whole if the module is within Shopify's limit of size.
fn check_shopify(project: &Project, directory: &str, fixtures: usize) {
    let finished = project.jsc(&["test", directory], "");
    let passed = finished
        .stdout
        .lines()
        .filter(|line| line.starts_with("ok "))
        .count();
    assert_eq!(passed, fixtures, "{}{}", finished.stdout, finished.stderr);
    assert!(
        finished
            .stdout
            .contains(&format!("{fixtures} passed, 0 failed"))
    );
    assert!(finished.stdout.contains("% of the limit"));
    let size = project
        .read(&format!("{directory}/dist/function.wasm"))
        .len();
    assert_eq!(finished.code, i32::from(size > 256_000));
}

#[test]
fn the_shopify_extension_passes() {
    let project = Project::new(&[]);
    copy(&examples("shopify-extension"), &project, "extension");
    check_shopify(&project, "extension", 8);
    // Targets' exports are called by their names.
    let finished = project.jsc(
        &[
            "check",
            "extension/dist/function.wasm",
            "--invoke",
            "cart-delivery-options-discounts-generate-run",
        ],
        "",
    );
    assert_eq!(finished.code, 0, "{}", finished.stdout);
}

#[test]
fn examples_are_tested_as_they_are() {
    let project = Project::new(&[]);
    for (name, fixtures) in [("exports", 4), ("word-count", 1)] {
        copy(&examples(name), &project, name);
        let finished = project.jsc(&["test", name], "");
        assert_eq!(finished.code, 0, "{}", finished.stdout);
        assert!(
            finished
                .stdout
                .ends_with(&format!("\n{fixtures} passed, 0 failed\n"))
        );
    }
}

fn greeter() -> Project {
    let project = Project::new(&[(
        "index.js",
        "export default ({ name }) => { console.log('greeting', name); return { greeting: `Hi ${name}`, n: [1, 2] }; };\n",
    )]);
    project.write("tests/a.input.json", "{\"name\": \"A\"}");
    project
}

fn outcome(finished: &Finished) -> (i32, &str) {
    (finished.code, finished.stdout.as_str())
}

#[test]
fn differences_are_shown() {
    let project = greeter();
    project.write(
        "tests/a.expected.json",
        "{\"n\": [1, 3],\n  \"greeting\": \"Hi A\"}",
    );
    let finished = project.jsc(&["test"], "");
    let text: Vec<&str> = finished.stdout.lines().skip(1).collect();
    assert_eq!(finished.code, 1);
    assert_eq!(
        text.join("\n"),
        "      …\n        \"greeting\": \"Hi A\",\n        \"n\": [\n          1,\n    -     3\n    +     2\n        \
         ]\n      }\n    log:\n    greeting A\n\n0 passed, 1 failed"
    );
}

/// `2.0` and `2` are one number in JavaScript, and text has ends of lines.
#[test]
fn what_is_no_difference_is_none() {
    let project = Project::new(&[(
        "index.js",
        "export default ({ n }) => ({ n, list: [1.5, 2 * n, 1e21] });\n",
    )]);
    project.write("tests/a.input.json", "{\"n\": 1.0}");
    let expected = "{\"list\": [1.50, 2.0, 1000000000000000000000], \"n\": 1.0}\n";
    project.write("tests/a.expected.json", expected);
    let finished = project.jsc(&["test"], "");
    assert_eq!(finished.code, 0, "{}", finished.stdout);

    let echo = "const text = new Uint8Array(10); const length = Javy.IO.readSync(0, text);\n\
        Javy.IO.writeSync(1, text.subarray(0, length));\n";
    let project = Project::new(&[("index.js", echo)]);
    project.write("tests/a.input.txt", "abc\n");
    project.write("tests/a.expected.txt", "abc");
    let finished = project.jsc(&["test"], "");
    assert_eq!(finished.code, 1);
    let told = "    line 1 ends with \"\\n\" where \"\" is expected\n";
    assert!(finished.stdout.contains(told), "{}", finished.stdout);
    project.write("tests/a.input.txt", [0xff]);
    project.write("tests/a.expected.txt", [0xfe]);
    let finished = project.jsc(&["test"], "");
    assert!(finished.stdout.contains("bytes that are no UTF-8"));
}

#[test]
fn outputs_are_taken_over() {
    let project = greeter();
    let missing = project.jsc(&["test"], "");
    assert_eq!(missing.code, 1);
    assert!(missing.stdout.contains("`jsc test --update` writes it"));
    project.write(
        "tests/b.json",
        r#"{"payload": {"input": {"name": "B"}, "output": null, "target": "kept"}}"#,
    );
    let updated = project.jsc(&["test", "--update"], "");
    assert_eq!(updated.code, 0, "{}", updated.stdout);
    assert_eq!(updated.stdout.matches("updated ").count(), 2);
    assert_eq!(project.jsc(&["test"], "").code, 0);
    let fixture = String::from_utf8(project.read("tests/b.json")).expect("text");
    assert!(
        fixture.contains("Hi B") && fixture.contains("\"kept\""),
        "{fixture}"
    );
}

#[test]
fn fixtures_may_expect_failure_and_have_limits() {
    let project = Project::new(&[(
        "index.js",
        "export default (n) => { if (n < 0) throw new RangeError('no'); while (n-- > 0); return 'done'; };\n",
    )]);
    project.write(
        "tests/throws.json",
        r#"{"payload": {"input": -1, "exitCode": 1}}"#,
    );
    project.write(
        "tests/long.json",
        r#"{"payload": {"input": 1000000, "exitCode": 111, "limits": {"fuel": "100k"}}}"#,
    );
    project.write(
        "tests/short.json",
        r#"{"payload": {"input": 1, "output": "done"}}"#,
    );
    assert_eq!(project.jsc(&["test"], "").code, 0);
    let finished = project.jsc(&["test", "--fuel", "10", "--filter", "short"], "");
    assert_eq!(finished.code, 1);
    assert!(
        finished
            .stdout
            .contains("more than the limit of 10 instructions")
    );
    assert!(finished.stdout.ends_with("0 passed, 1 failed\n"));
}

#[test]
fn a_fixture_without_an_end_fails_and_others_run() {
    let project = Project::new(&[(
        "index.js",
        "export default (n) => { while (n < 0); return n; };\n",
    )]);
    project.write("tests/a.json", r#"{"payload": {"input": -1}}"#);
    project.write("tests/b.json", r#"{"payload": {"input": 1, "output": 1}}"#);
    let finished = project.jsc(&["test", "--timeout", "100ms"], "");
    assert_eq!(finished.code, 1);
    assert!(
        finished.stdout.contains("limit of 100ms"),
        "{}",
        finished.stdout
    );
    assert!(finished.stdout.ends_with("1 passed, 1 failed\n"));
}

#[test]
fn what_cannot_be_tested() {
    let check = |files: &[(&str, &str)], code: i32, expected: &str| {
        let finished = Project::new(files).jsc(&["test", "."], "");
        assert_eq!(finished.code, code, "{}", finished.stderr);
        assert!(finished.stderr.contains(expected), "{}", finished.stderr);
    };
    check(&[], 3, "neither shopify.extension.toml nor index.js");
    check(
        &[("index.js", "export default () => 1;\n")],
        3,
        "has no fixtures",
    );
    check(&[("index.js", "export default (;\n")], 1, "syntax-error");
    check(
        &[
            ("index.js", "export default () => 1;\n"),
            ("tests/a.json", "{"),
        ],
        3,
        "is no JSON",
    );
    check(
        &[("shopify.extension.toml", "[[extensions]]\n")],
        3,
        "has no [extensions.build]",
    );
    let finished = Project::new(&[]).jsc(&["test", "missing"], "");
    assert_eq!(finished.stderr, "error: there is no directory missing\n");
    // Nobody would wait for that to change.
    let finished = Project::new(&[]).jsc(&["test", "missing", "--watch"], "");
    assert_eq!(finished.stderr, "error: there is no directory missing\n");
    let project = greeter();
    let finished = project.jsc(&["test", "index.js"], "");
    assert_eq!(
        finished.stderr,
        "error: index.js is a file; give its directory, and name the file by --entry\n"
    );
    let finished = project.jsc(&["test", "--filter", "b"], "");
    assert_eq!(
        finished.stderr,
        "error: no fixture has `b` in its name; there are: tests/a\n"
    );
}

#[test]
fn new_projects_pass_their_tests() {
    let project = Project::new(&[]);
    let made = project.jsc(&["init", "My Greeter", "--template", "javascript"], "");
    assert_eq!(
        outcome(&made),
        (
            0,
            "My Greeter is ready; next:\n\n  cd \"My Greeter\"\n  jsc test\n"
        )
    );
    let finished = project.jsc(&["test", "My Greeter"], "");
    assert_eq!(finished.code, 0, "{}", finished.stdout);
    let package = String::from_utf8(project.read("My Greeter/package.json")).expect("text");
    assert!(package.contains("\"name\": \"my-greeter\""));

    project.succeed(&["init", "discount", "--template", "shopify"], "");
    // What its scripts do works at once, before anything has made the directory of what is built.
    let build = [
        "compile",
        "discount/src/index.js",
        "-o",
        "discount/dist/function.wasm",
    ];
    project.succeed(&build, "");
    check_shopify(&project, "discount", 2);

    // What is made when nobody says otherwise is in TypeScript.
    project.succeed(&["init", "typed"], "");
    let entry = String::from_utf8(project.read("typed/index.ts")).expect("text");
    assert!(entry.contains("interface Input"));
    let finished = project.jsc(&["test", "typed"], "");
    assert_eq!(finished.code, 0, "{}{}", finished.stdout, finished.stderr);
    assert!(
        finished.stdout.ends_with("\n2 passed, 0 failed\n"),
        "{}",
        finished.stdout
    );
}

#[test]
fn nothing_is_written_over() {
    let project = Project::new(&[("f/package.json", "mine")]);
    let finished = project.jsc(&["init", "f"], "");
    assert_eq!(finished.code, 2);
    assert_eq!(
        finished.stderr,
        "error: f/package.json exists already; give another directory\n"
    );
    let finished = project.jsc(&["init", "f/package.json"], "");
    assert_eq!(finished.code, 2);
    assert_eq!(
        finished.stderr,
        "error: f/package.json is a file; give another directory\n"
    );
    assert_eq!(project.files().len(), 1);
}

#[test]
fn benchmarks_compare() {
    let project = Project::compiled("export default (n) => n + 1;\n");
    project.write("input.json", "41");
    project.write("other.js", "console.log(42)");
    let arguments = [
        "bench",
        "index.wasm",
        "--input",
        "input.json",
        "--time",
        "100ms",
        "--vs",
        "index.wasm",
        "--vs",
        "node other.js",
        "--svg",
        "figures.svg",
    ];
    let table = project.succeed(&arguments, "");
    for name in [
        "size",
        "fuel",
        "compile",
        "call p99",
        "calls/s, all cores",
        "process p50",
    ] {
        assert!(
            table.lines().any(|line| line.starts_with(name)),
            "{name}: {table}"
        );
    }
    let svg = String::from_utf8(project.read("figures.svg")).expect("text");
    assert_eq!(svg.matches("<rect").count(), 5);
    // However little time there is, all is measured once.
    let hurried = ["--time", "0s", "--format", "json"];
    let json = project.succeed(&[&arguments[..4], &hurried].concat(), "");
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let module = &rows[0]["module"];
    assert!(module["fuel"].as_u64() > Some(100) && module["call_us"]["p50"].as_f64() > Some(0.0));
    assert!(module["calls_per_second_on_all_cores"].as_f64() > Some(0.0));
}

#[test]
fn benchmarks_that_cannot_run() {
    let project = Project::compiled("export default (n) => { if (n) throw new Error('no'); };\n");
    project.write("input.json", "1");
    let check = |arguments: &[&str], expected: &str| {
        let finished = project.jsc(&[&["bench"], arguments].concat(), "");
        assert_eq!(finished.code, 3, "{}", finished.stderr);
        assert!(finished.stderr.contains(expected), "{}", finished.stderr);
    };
    check(
        &["index.wasm", "--input", "input.json"],
        "it exits with 1: Error: no",
    );
    check(
        &["index.wasm", "--vs", "no-such-program"],
        "there is no program `no-such-program`; name a module (.wasm), or a command",
    );
    check(
        &["index.wasm", "--svg", "missing/figures.svg"],
        "cannot write missing/figures.svg: there is no directory missing; make it first",
    );
    check(&["index.wasm", "--vs", "false"], "`false` failed");
    check(&["missing.wasm"], "there is no file missing.wasm");
    for nonsense in ["", "node \"x"] {
        let finished = project.jsc(&["bench", "index.wasm", "--vs", nonsense], "");
        assert_eq!(finished.code, 2, "{}", finished.stderr);
    }
}

#[test]
fn watching_runs_again() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let project = greeter();
    project.write(
        "tests/a.expected.json",
        r#"{"greeting": "Hi A", "n": [1, 2]}"#,
    );
    let mut child = project
        .command(&["test", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("jsc starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut verdict = || {
        let mut lines = lines.by_ref().map(|line| line.expect("text"));
        let verdict = lines.find(|line| line.contains(" passed, "));
        lines.find(|line| line.starts_with("waiting for changes"));
        verdict.expect("a verdict")
    };
    assert_eq!(verdict(), "1 passed, 0 failed");
    project.write("tests/a.input.json", r#"{"name": "Someone else"}"#);
    assert_eq!(verdict(), "0 passed, 1 failed");
    project.write(
        "index.js",
        "export default () => ({ greeting: 'Hi A', n: [1, 2] });\n",
    );
    assert_eq!(verdict(), "1 passed, 0 failed");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}
