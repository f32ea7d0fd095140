//! `jsc inspect`, `--size-report` and `--max-size`: what they say agrees with the module, and with what happens when the
//! program changes.

mod support;

use serde_json::Value;
use support::Project;

/// A program whose helper keeps the compiler of regular expressions.
const FILES: [(&str, &str); 2] = [
    (
        "index.js",
        "import { words } from './src/parse.js';\n\
         const prices = new Map([['a', [1, 2, 3]], ['b', { deep: 'text that only the program has' }]]);\n\
         export default function handler(input) {\n  return [words('some text', input), new Map(prices).size];\n}\n",
    ),
    (
        "src/parse.js",
        "export function words(text, pattern) {\n  return text.match(pattern);\n}\n",
    ),
];

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn bytes(value: &Value) -> u64 {
    value.as_u64().expect("a number of bytes")
}

fn list<'v>(report: &'v Value, name: &str) -> &'v [Value] {
    report[name].as_array().expect("a list")
}

/// The bytes that `gzip -9` makes of these.
fn gzipped(bytes: &[u8]) -> u64 {
    figures::gzipped(bytes) as u64
}

/// The entry of a list with this name.
fn named<'v>(report: &'v Value, name: &str, entry: &str) -> &'v Value {
    let found = list(report, name)
        .iter()
        .find(|value| value["name"] == entry || value["what"] == entry);
    found.unwrap_or_else(|| panic!("no {entry} among {name}"))
}

#[test]
fn sizes_add_up_to_the_module() {
    let project = Project::new(&FILES);
    for strip in ["names", "safe", "off"] {
        let output = project.succeed(
            &[
                "compile",
                "index.js",
                "--size-report=json",
                "--strip",
                strip,
            ],
            "",
        );
        let report = json(&output);
        let sum = |name: &str| -> u64 {
            let sizes = list(&report, name).iter().map(|part| bytes(&part["bytes"]));
            sizes.sum()
        };
        let wasm = project.read("index.wasm");
        let module = wasm.len() as u64;
        assert_eq!((bytes(&report["bytes"]), sum("parts")), (module, module));
        assert_eq!(bytes(&report["gzip_bytes"]), gzipped(&wasm), "{strip}");
        let features: u64 = list(&report, "features")
            .iter()
            .map(|feature| bytes(&feature["code"]) + bytes(&feature["data"]))
            .sum();
        let part = |name| bytes(&named(&report, "parts", name)["bytes"]);
        let engine = part("engine code") + part("engine data");
        assert_eq!(features, engine, "{strip}");
        let modules = list(&report, "modules").iter();
        let modules: u64 = modules
            .map(|module| bytes(&module["bytecode"]) + bytes(&module["heap"]))
            .sum();
        assert_eq!(modules, part("program") + part("runtime library"));
    }
}

#[test]
fn reasons_lead_to_the_program() {
    let project = Project::new(&FILES);
    let report = json(&project.succeed(&["inspect", "index.js", "--format", "json"], ""));
    let why = &named(&report, "features", "RegExp compiler")["why"];
    assert_eq!(why["through"], "String.prototype.match");
    assert_eq!(why["used"], "src/parse.js:2:10");
    let path = list(why, "path");
    let compiler = path.last().and_then(Value::as_str).expect("a path");
    assert!(
        compiler.starts_with("lre_") || compiler.starts_with("re_"),
        "{compiler}"
    );
    let map = named(&report, "builtins", "Map");
    assert_eq!(map["why"]["used"], "index.js:4:42");
    let interpreter = named(&report, "features", "interpreter");
    assert_eq!(interpreter["why"]["used"], "every module");

    let text = project.succeed(&["inspect", "index.js"], "");
    let reason = "← String.prototype.match ← src/parse.js:2:10";
    assert!(
        text.lines()
            .any(|line| line.contains("RegExp compiler") && line.ends_with(reason)),
        "{text}"
    );
}

#[test]
fn what_could_go_does_go() {
    let project = Project::new(&FILES);
    let report = json(&project.succeed(&["inspect", "index.js", "--format", "json"], ""));
    let promised = bytes(&named(&report, "savings", "all of RegExp")["bytes"]);
    project.write(
        "src/parse.js",
        "export function words(text, pattern) {\n  return [text, pattern];\n}\n",
    );
    let without = json(&project.succeed(&["inspect", "index.js", "--format", "json"], ""));
    let gone = bytes(&report["bytes"]) - bytes(&without["bytes"]);
    // Objects of the heap go, too.
    assert!(
        promised > 20_000 && (promised..promised * 5 / 4).contains(&gone),
        "{promised} promised, {gone} gone"
    );
    // Unicode's own methods share a few functions with it.
    let compiler = |report: &Value| {
        let mut features = list(report, "features").iter();
        let compiler = features.find(|feature| feature["name"] == "RegExp compiler");
        compiler.map_or(0, |compiler| bytes(&compiler["code"]))
    };
    assert!(compiler(&without) * 10 < compiler(&report));
}

#[test]
fn the_program_has_its_bytes() {
    let project = Project::new(&FILES);
    let report = |project: &Project| {
        json(&project.succeed(&["inspect", "index.js", "--format", "json"], ""))
    };
    let before = report(&project);
    let functions = list(named(&before, "modules", "src/parse.js"), "functions");
    assert!(
        functions
            .iter()
            .any(|function| function["name"] == "words" && function["line"] == 1)
    );
    // A table of 2,000 texts belongs to the file that holds it.
    let table = "const table = Array.from({ length: 2000 }, (_, i) => 'entry ' + i);\n\
                 export function words(text, pattern) {\n  return [text.match(pattern), table];\n}\n";
    project.write("src/parse.js", table);
    let after = report(&project);
    let heap = |report: &Value, file: &str| bytes(&named(report, "modules", file)["heap"]);
    let grown = heap(&after, "src/parse.js") - heap(&before, "src/parse.js");
    assert!((40_000..150_000).contains(&grown), "{grown}");
    // Whose a text or a shape is that both files use depends on the order of things.
    let others = heap(&after, "index.js").abs_diff(heap(&before, "index.js"));
    assert!(others < 250, "{others}");
}

#[test]
fn bytecode_that_runs_no_more_is_not_listed() {
    let program = "function library() { return library.second; }
for (let i = 0; i < 9; i++) library['p' + i] = i;
library.second = 'read';
console.log(library.second);
console.log(typeof library);
";
    let project = Project::new(&[("index.js", program)]);
    let body = project.succeed(&["inspect", "--bytecode=<eval>", "index.js"], "");
    let lines: Vec<&str> = body.lines().collect();
    assert!(lines[3].ends_with("bytes that run no more)"), "{body}");
    assert!(body.contains("get_var \"console\""), "{body}");
    assert!(!body.contains("invalid") && !body.contains("add"), "{body}");
    let library = project.succeed(&["inspect", "--bytecode=library", "index.js"], "");
    assert!(library.ends_with("bytes that run no more)\n"), "{library}");
    assert!(!library.contains("get_field"), "{library}");
}

#[test]
fn bytecode_is_listed() {
    let project = Project::new(&FILES);
    let all = project.succeed(&["inspect", "--bytecode", "index.js"], "");
    assert!(all.contains("function handler (index.js:3:"), "{all}");
    assert!(!all.contains("jsc:"), "{all}");
    let one = project.succeed(&["inspect", "index.js", "--bytecode=words"], "");
    assert!(one.starts_with("function words (src/parse.js:1:"), "{one}");
    assert!(
        one.contains("get_field2 \"match\"") && !one.contains("handler"),
        "{one}"
    );
    let none = project.jsc(&["inspect", "index.js", "--bytecode=nobody"], "");
    assert_eq!(none.code, 2);
    assert!(
        none.stderr.contains("no function `nobody`"),
        "{}",
        none.stderr
    );
}

#[test]
fn modules_are_taken_apart() {
    let project = Project::new(&FILES);
    project.succeed(&["compile", "index.js", "-q"], "");
    let text = project.succeed(&["inspect", "index.wasm"], "");
    for part in [
        "  code  ",
        "wasi_snapshot_preview1 fd_write",
        "function _start",
        "memory: ",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let anatomy = json(&project.succeed(&["inspect", "index.wasm", "--format", "json"], ""));
    let wasm = project.read("index.wasm");
    let (raw, gzip) = (wasm.len() as u64, gzipped(&wasm));
    assert_eq!(bytes(&anatomy["bytes"]), raw);
    assert_eq!(bytes(&anatomy["gzip_bytes"]), gzip);
    // The same sizes for people, of the module and of the program.
    let sizes = [raw, gzip].map(figures::grouped);
    let sizes = format!("{} bytes, {} gzipped", sizes[0], sizes[1]);
    assert_eq!(text.lines().next(), Some(sizes.as_str()));
    let report = project.succeed(&["inspect", "index.js"], "");
    assert_eq!(report.lines().next(), Some(sizes.as_str()));
    let page = project.succeed(&["inspect", "index.js", "--format", "html"], "");
    assert!(page.contains(&format!("<h1>index.js: {sizes}</h1>")));
    let refused = project.jsc(&["inspect", "index.wasm", "--bytecode"], "");
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("give the program"),
        "{}",
        refused.stderr
    );
    project.write("broken.wasm", &project.read("index.wasm")[..1000]);
    let broken = project.jsc(&["inspect", "broken.wasm"], "");
    assert_eq!(broken.code, 3);
    assert!(
        broken.stderr.contains("broken.wasm: the module is damaged"),
        "{}",
        broken.stderr
    );
    let missing = project.jsc(&["inspect", "missing.js"], "");
    assert_ne!(missing.code, 0);
    assert!(missing.stderr.contains("missing.js"), "{}", missing.stderr);
}

#[test]
fn the_map_is_a_page() {
    let project = Project::new(&FILES);
    let page = project.succeed(&["compile", "index.js", "--size-report=html"], "");
    assert!(page.starts_with("<!doctype html>"));
    for part in ["RegExp compiler", "src/parse.js", "lre_"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.matches("<div").count() > 200);
    // It loads nothing.
    assert!(!page.contains("src=") && !page.contains("href="));
}

#[test]
fn reports_change_nothing() {
    let project = Project::new(&FILES);
    project.succeed(&["compile", "index.js", "-q"], "");
    let plain = project.read("index.wasm");
    let text = project.succeed(&["compile", "index.js", "--size-report"], "");
    assert!(project.read("index.wasm") == plain);
    assert!(text.contains("the engine, by feature"), "{text}");
    // The module alone goes to standard output.
    let finished = project
        .command(&["compile", "index.js", "-o", "-", "--size-report"])
        .output()
        .expect("jsc runs");
    assert!(finished.stdout == plain);
    assert!(String::from_utf8_lossy(&finished.stderr).contains("the engine, by feature"));
}

#[test]
fn too_large_modules_are_not_written() {
    let project = Project::new(&FILES);
    let refused = project.jsc(&["compile", "index.js", "--max-size", "100kB"], "");
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    let lines: Vec<&str> = refused.stderr.lines().collect();
    assert!(
        lines[0].contains("more than --max-size 100000"),
        "{lines:?}"
    );
    assert!(
        lines[1].ends_with("all of RegExp  ← String.prototype.match ← src/parse.js:2:10"),
        "{lines:?}"
    );
    assert!((4..=7).contains(&lines.len()), "{lines:?}");
    assert_eq!(project.files().len(), 2);

    let size = project.succeed(&["compile", "index.js", "--max-size", "1MiB"], "");
    assert!(size.starts_with("index.wasm"), "{size}");
    let exact = project.read("index.wasm").len().to_string();
    project.succeed(&["compile", "index.js", "--max-size", &exact], "");
    for wrong in ["large", "-1", "0", "5 GB!"] {
        let finished = project.jsc(&["compile", "index.js", &format!("--max-size={wrong}")], "");
        assert_eq!(finished.code, 2, "{wrong}: {}", finished.stderr);
    }
}

#[test]
fn a_builtin_in_a_variable_is_found_where_it_is_used() {
    let files = [(
        "index.js",
        "const object = Math;\nconst nativeMin = object['min'];\nexport default (n) => [n,\n  nativeMin(n, 3)];\n",
    )];
    let project = Project::new(&files);
    let output = project.succeed(&["compile", "index.js", "--size-report=json"], "");
    let report = json(&output);
    let used = &named(&report, "builtins", "Math.min")["why"]["used"];
    assert_eq!(used, "nativeMin in index.js:4:3", "{report}");
}
