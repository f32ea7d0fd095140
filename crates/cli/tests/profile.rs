//! `jsc run --profile`.

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::Project;

const PROGRAM: &str = "\
function slow(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += Math.abs(i);
  }
  return sum;
}
function quick(n) {
  return Math.abs(n);
}
export default (n) => [slow(n), quick(n)];
";

/// The instructions of each innermost frame, by name, in one of the profiles of a file.
fn own(profile: &Value, index: usize) -> BTreeMap<String, u64> {
    let frames = profile["shared"]["frames"].as_array().expect("frames");
    let samples = profile["profiles"][index]["samples"]
        .as_array()
        .expect("samples");
    let weights = profile["profiles"][index]["weights"]
        .as_array()
        .expect("weights");
    let mut own = BTreeMap::new();
    for (stack, weight) in samples.iter().zip(weights) {
        let innermost = stack.as_array().and_then(|stack| stack.last());
        let number = innermost.and_then(Value::as_u64).expect("a frame") as usize;
        let name = frames[number]["name"].as_str().expect("a name");
        *own.entry(name.to_owned()).or_default() += weight.as_u64().expect("a weight");
    }
    own
}

#[test]
fn instructions_belong_to_functions_and_lines() {
    let project = Project::compiled(PROGRAM);
    let arguments = [
        "run",
        "index.wasm",
        "--profile",
        "out.json",
        "--report=json",
    ];
    let finished = project.jsc(&arguments, "500");
    assert_eq!(
        (finished.code, finished.stdout.as_str()),
        (0, "[124750,500]")
    );
    let bytes = project.read("out.json");
    let profile: Value = serde_json::from_slice(&bytes).expect("JSON");
    let functions = own(&profile, 0);
    let total: u64 = functions.values().sum();
    assert!(functions["slow"] > total / 2, "{functions:?}");
    let lines = own(&profile, 1);
    assert!(lines["slow (index.js:4)"] > total / 3, "{lines:?}");
    // All instructions are there, and as many as without a profile.
    let report: Value =
        serde_json::from_str(finished.stderr.lines().last().unwrap_or_default()).expect("JSON");
    assert_eq!(report["figures"][1]["used"], total);
    assert_eq!(profile["profiles"][0]["endValue"], total);
    let plain = project.jsc(&["run", "index.wasm", "--report=json"], "500");
    assert!(
        plain
            .stderr
            .contains(&format!("\"fuel\",\"used\":{total},"))
    );
    // The picture.
    let svg = String::from_utf8(project.read("out.svg")).expect("text");
    assert!(svg.contains("<title>slow index.js: "));
    // What was written is said, each with its size.
    let told: Vec<String> = [("out.json", "profile"), ("out.svg", "flame graph")]
        .map(|(file, what)| {
            let size = figures::size(project.read(file).len() as u64);
            format!("{file}  {size}  {what}")
        })
        .to_vec();
    let lines: Vec<&str> = finished.stderr.lines().collect();
    assert_eq!(lines[..lines.len() - 1], told);
    // And all the same the next time.
    project.jsc(&arguments, "500");
    assert!(project.read("out.json") == bytes);
}

/// Functions that are no declarations have their names from where they were put, and stacks have a base however deep they are.
#[test]
fn all_functions_have_their_names() {
    let count = "{ let sum = 0; for (let i = 0; i < 300; i++) sum += i; return sum; }";
    let project = Project::compiled(&format!(
        "const arrow = () => {count};\n\
         class Box {{ method() {count} static make() {count} get size() {count} ['\u{e9}\u{1f600}']() {count} }}\n\
         const nested = {{ deeper(n) {{ return n ? this.deeper(n - 1) : arrow(); }} }};\n\
         export default () => {{\n\
           const box = new Box();\n\
           return [arrow(), box.method(), Box.make(), box.size, box['\u{e9}\u{1f600}'](), nested.deeper(400)];\n\
         }};\n"
    ));
    project.succeed(&["run", "index.wasm", "--profile", "out.json"], "");
    let profile: Value = serde_json::from_slice(&project.read("out.json")).expect("JSON");
    let functions = own(&profile, 0);
    for name in [
        "arrow",
        "method",
        "make",
        "get size",
        "\u{e9}\u{1f600}",
        "deeper",
    ] {
        assert!(functions.get(name) > Some(&1000), "{name}: {functions:?}");
    }
    let frames = &profile["shared"]["frames"];
    let bases = |stack: &Value| {
        frames[stack[0].as_u64()? as usize]["name"]
            .as_str()
            .map(str::to_owned)
    };
    let samples = profile["profiles"][0]["samples"]
        .as_array()
        .expect("samples");
    let mut bases: Vec<String> = samples.iter().filter_map(bases).collect();
    bases.sort();
    bases.dedup();
    let expected = [
        "(calls that are too deep to be shown)",
        "(outside of JavaScript)",
        "default",
    ];
    assert_eq!(bases, expected);
}

/// The extension says what is written: for V8's tools, or the picture alone.
#[test]
fn profiles_have_other_formats() {
    let project = Project::compiled(PROGRAM);
    let arguments = [
        "run",
        "index.wasm",
        "--profile",
        "out.cpuprofile",
        "--report=json",
    ];
    let finished = project.jsc(&arguments, "500");
    assert_eq!(finished.code, 0, "{}", finished.stderr);
    let profile: Value = serde_json::from_slice(&project.read("out.cpuprofile")).expect("JSON");
    let gaps = profile["timeDeltas"].as_array().expect("an array");
    let total: u64 = gaps.iter().filter_map(Value::as_u64).sum();
    let report: Value =
        serde_json::from_str(finished.stderr.lines().last().unwrap_or_default()).expect("JSON");
    assert_eq!(report["figures"][1]["used"], total);
    assert_eq!(profile["endTime"], total);
    let nodes = profile["nodes"].as_array().expect("an array");
    let slow = nodes
        .iter()
        .find(|node| node["callFrame"]["functionName"] == "slow");
    let ticks = slow.map(|node| node["positionTicks"].to_string());
    assert!(ticks.is_some_and(|ticks| ticks.contains("\"line\":4")));

    let finished = project.jsc(&["run", "index.wasm", "--profile", "only.svg"], "500");
    assert!(
        finished.stderr.starts_with("only.svg  "),
        "{}",
        finished.stderr
    );
    assert_eq!(finished.stderr.lines().count(), 1);
    assert!(project.read("only.svg").starts_with(b"<svg"));
}

#[test]
fn a_run_that_is_stopped_has_a_profile() {
    let project = Project::compiled("export default () => { for (;;) Math.abs(1); };\n");
    let finished = project.jsc(
        &[
            "run",
            "index.wasm",
            "--profile",
            "out.json",
            "--fuel",
            "200k",
        ],
        "",
    );
    assert_eq!(finished.code, 111);
    let profile: Value = serde_json::from_slice(&project.read("out.json")).expect("JSON");
    let end = profile["profiles"][0]["endValue"].as_u64();
    // All that was used, up to the first place behind the limit.
    assert!(
        end.is_some_and(|end| (200_001..201_000).contains(&end)),
        "{end:?}"
    );
    let finished = project.jsc(
        &[
            "run",
            "index.wasm",
            "--profile",
            "out.json",
            "--timeout",
            "200ms",
        ],
        "",
    );
    assert_eq!(finished.code, 112, "{}", finished.stderr);
}

#[test]
fn other_modules_have_no_profile() {
    let project = Project::new(&[]);
    let wat = r#"(module (memory (export "memory") 40)
        (func (export "_start") (local $n i32)
            (memory.fill (i32.const 0) (i32.const 7) (i32.const 2000000))
            (loop $more
                (local.set $n (i32.add (local.get $n) (i32.const 1)))
                (br_if $more (i32.lt_u (local.get $n) (i32.const 10000))))
            (call $f))
        (func $f (local $n i32) (call $g) (call $g)) (func $g))"#;
    project.write("fn.wasm", wat::parse_str(wat).expect("it parses"));
    let finished = project.jsc(&["run", "fn.wasm", "--profile", "out.json"], "");
    assert_eq!(
        (finished.code, finished.stderr.as_str()),
        (
            3,
            "error: cannot profile fn.wasm: it was not compiled by this version of jsc; compile it again\n"
        )
    );
    assert_eq!(project.files().len(), 1);
}
