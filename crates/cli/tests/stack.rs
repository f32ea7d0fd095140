//! Endless recursion, by whatever way, is a `RangeError` that a program can catch, and never a trap: on the smallest
//! stack that hosts are known to give, wasmtime's 512 KiB, which `jsc run` gives too.

mod support;

use std::sync::LazyLock;

use support::Project;

static RECURSIONS: LazyLock<Project> = LazyLock::new(|| recursions(&[]));

static DEPTHS: LazyLock<Project> = LazyLock::new(|| depths(&[]));

fn recursions(options: &[&str]) -> Project {
    // Some of them are deep sources.
    let options = [&["--allow-eval"], options].concat();
    Project::compiled_with(include_str!("stack/recursions.js"), &options)
}

fn depths(options: &[&str]) -> Project {
    Project::compiled_with(include_str!("stack/depths.js"), options)
}

fn call(export: &str, input: &str) -> support::Finished {
    RECURSIONS.jsc(&["run", "index.wasm", "--invoke", export], input)
}

fn names() -> Vec<String> {
    let list = call("names", "").stdout;
    let names: Vec<String> = list
        .trim_matches(['[', ']'])
        .split(',')
        .map(|name| name.trim_matches('"').to_string())
        .collect();
    assert!(names.len() > 60, "{list}");
    names
}

/// Runs `check` on every recursion, and reports all that fail.
fn check_all(check: impl Fn(&str) -> Result<(), String>) {
    check_each(&names(), check);
}

fn check_each(names: &[String], check: impl Fn(&str) -> Result<(), String>) {
    let faults: Vec<String> = names
        .iter()
        .filter_map(|name| check(name).err().map(|fault| format!("{name}: {fault}")))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether the recursion ended with an error that the program caught, in a run with these options.
fn is_caught(project: &Project, name: &str, options: &[&str]) -> Result<(), String> {
    let arguments = [&["run", "index.wasm", "--invoke", "caught"], options].concat();
    let finished = project.jsc(&arguments, format!("\"{name}\""));
    let expected =
        r#"["RangeError: Maximum call stack size exceeded",2432902008176640000,1,"1,2,3"]"#;
    if finished.code == 0 && finished.stdout == expected {
        Ok(())
    } else {
        Err(format!("{finished:?}"))
    }
}

/// Shopify's limit is a little less than wasmtime's.
#[test]
fn recursion_is_caught() {
    check_all(|name| is_caught(&RECURSIONS, name, &["--max-stack", "512kB"]));
}

/// Code that counts instructions has other frames.
#[test]
fn recursion_is_caught_where_instructions_are_counted() {
    check_all(|name| is_caught(&RECURSIONS, name, &["--fuel", "100G"]));
}

#[test]
fn recursion_is_caught_on_other_stacks() {
    for stack in ["128KiB", "2MiB"] {
        let project = recursions(&["--stack", stack]);
        check_all(|name| match (name, stack) {
            // Not endless: a larger stack is enough for it.
            ("bind", "2MiB") => Ok(()),
            _ => is_caught(&project, name, &["--max-stack", stack]),
        });
    }
}

#[test]
fn recursion_is_reported() {
    check_all(|name| {
        let finished = call("uncaught", &format!("\"{name}\""));
        let first = finished.stderr.lines().next();
        if finished.code == 1 && first == Some("RangeError: Maximum call stack size exceeded") {
            Ok(())
        } else {
            Err(format!("{finished:?}"))
        }
    });
}

#[test]
fn deep_sources_are_refused() {
    let finished = call("refusals", "");
    assert_eq!(
        finished.stdout,
        r#"{"sourceArrows":true,"sourceFunctions":true,"regExpGroups":true,"regExpLookaheads":true}"#,
        "{}",
        finished.stderr
    );
}

#[test]
fn depth_without_recursion_is_no_error() {
    let finished = call("without", "");
    assert_eq!(
        finished.stdout,
        r#"{"parseArrays":1,"parseObjects":1,"stringifyArrays":200002,"stringifyObjects":1000002,"concatenation":10000,"prototypes":"undefined","freedList":true,"freedClosures":"function","promises":1001}"#,
        "{}",
        finished.stderr
    );
}

/// How deep calls are nested at least on the stack that wasmtime gives by default; of kinds that are not here, 5,000.
const LEAST_DEPTHS: [(&str, u64); 20] = [
    ("yieldStar", 4000),
    ("generatorInLoop", 4000),
    ("generatorNext", 4000),
    ("asyncFunction", 4000),
    ("asyncMethod", 4000),
    ("asyncWithoutAwait", 4000),
    // By way of builtins, which take stack.
    ("ownIterator", 400),
    ("asyncGenerator", 400),
    ("map", 500),
    ("mapOfItself", 500),
    ("forEach", 500),
    ("reduce", 480),
    ("mapForEach", 500),
    ("arrayFrom", 500),
    ("sort", 300),
    ("replace", 220),
    ("setter", 400),
    ("proxy", 380),
    ("toString", 300),
    ("toJson", 350),
];

fn depth(project: &Project, name: &str, options: &[&str]) -> Result<u64, String> {
    let arguments = [&["run", "index.wasm", "--invoke", "depth"], options].concat();
    let finished = project.jsc(&arguments, format!("\"{name}\""));
    let depth = finished.stdout.parse();
    depth.map_err(|_| format!("{finished:?}"))
}

fn least_depth(name: &str) -> u64 {
    LEAST_DEPTHS
        .iter()
        .find_map(|(kind, least)| (*kind == name).then_some(*least))
        .unwrap_or(5000)
}

fn kinds_of_depth() -> Vec<String> {
    let list = DEPTHS.jsc(&["run", "index.wasm", "--invoke", "names"], "");
    serde_json::from_str(&list.stdout).expect("a list of names")
}

#[test]
fn calls_are_nested_deeply() {
    check_each(&kinds_of_depth(), |name| {
        let depth = depth(&DEPTHS, name, &[])?;
        if depth >= least_depth(name) {
            Ok(())
        } else {
            Err(format!("{depth}"))
        }
    });
}

#[test]
fn calls_are_nested_deeper_on_larger_stacks() {
    let larger = depths(&["--stack", "2MiB"]);
    check_each(&kinds_of_depth(), |name| {
        let depth = depth(&larger, name, &["--max-stack", "2MiB"])?;
        if depth >= least_depth(name) * 4 {
            Ok(())
        } else {
            Err(format!("{depth}"))
        }
    });
}

#[test]
fn sources_are_run_on_the_stack_that_they_are_given() {
    let project = Project::new(&[("index.js", include_str!("stack/depths.js"))]);
    let arguments = [
        "run",
        "index.js",
        "--invoke",
        "depth",
        "--max-stack",
        "4MiB",
    ];
    let finished = project.jsc(&arguments, "\"map\"");
    let depth: u64 = finished
        .stdout
        .parse()
        .unwrap_or_else(|_| panic!("{finished:?}"));
    assert!(depth >= 4000, "{depth}");
}

#[test]
fn data_is_nested_deeply() {
    let finished = DEPTHS.jsc(&["run", "index.wasm", "--invoke", "data"], "20000");
    assert_eq!(finished.stdout, "[true,true,true]", "{}", finished.stderr);
    let input = "[".repeat(20000) + &"]".repeat(20000);
    let finished = DEPTHS.jsc(&["run", "index.wasm", "--invoke", "same"], &input);
    assert!(finished.stdout == input, "{}", finished.stderr);
}

#[test]
fn stacks_that_no_module_can_be_made_for_are_refused() {
    let finished = DEPTHS.jsc(&["compile", "index.js", "--stack", "100KiB"], "");
    assert_eq!(finished.code, 2);
    assert!(
        finished.stderr.contains("128KiB to 65536KiB"),
        "{}",
        finished.stderr
    );
}
