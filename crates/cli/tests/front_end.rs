//! Reading a program ends within its budget, whatever the program looks like: with a module or with an error, never by a
//! signal.

mod support;

use std::fmt::Write as _;

use support::{Finished, Project};

/// Compiles a file with this name and text.
fn compile(name: &str, text: &str, arguments: &[&str]) -> Finished {
    let project = Project::new(&[(name, text)]);
    let arguments = [&["compile", name, "-o", "fn.wasm"], arguments].concat();
    project.jsc(&arguments, "")
}

/// Text that is `depth` levels deep must be refused where it becomes too deep.
fn check_refused(name: &str, text: &str) {
    let Finished { code, stderr, .. } = compile(name, text, &[]);
    let start: String = text.chars().take(40).collect();
    assert_eq!(code, 1, "{start}: {stderr}");
    let expected = "error[syntax-error]: this is nested too deep: more than ";
    assert!(stderr.starts_with(expected), "{start}: {stderr}");
    assert!(
        stderr.contains(&format!(" --> {name}:1:")),
        "{start}: {stderr}"
    );
}

fn nested(before: &str, open: &str, within: &str, close: &str, depth: usize) -> String {
    let (open, close) = (open.repeat(depth), close.repeat(depth));
    format!("{before}{open}{within}{close}\n")
}

#[test]
fn deep_texts_are_refused_with_a_position() {
    const DEPTH: usize = 400_000;
    for (before, open, within, close) in [
        ("x = ", "(", "1", ")"),
        ("x = ", "a => ", "1", ""),
        ("x = ", "class extends ", "a", " {}"),
        ("x = ", "a ? b : ", "1", ""),
        ("x = a", ".a", "", ""),
        ("x = a", "+a", "", ""),
        ("x = ", "`${", "1", "}`"),
        ("", "{", "", "}"),
        ("", "if (a) b; else ", ";", ""),
    ] {
        check_refused("index.js", &nested(before, open, within, close, DEPTH));
    }
    check_refused("index.jsx", &nested("x = ", "<a>", "", "</a>", DEPTH));
    for (before, open, within, close) in [
        ("let x: ", "A<", "B", ">"),
        ("let x: ", "() => ", "B", ""),
        ("", "namespace a {", "", "}"),
        ("x = a", " as T", "", ""),
    ] {
        check_refused("index.ts", &nested(before, open, within, close, DEPTH));
    }
}

#[test]
fn depth_takes_no_time() {
    // Twice the time for each level once made these take hours.
    let classes = nested("export const A = ", "class extends ", "Object", " {}", 100);
    let finished = compile("index.js", &(classes + "export default () => 1;\n"), &[]);
    assert_eq!(finished.code, 0, "{finished:?}");
    let casts = nested("export const a = ", "<any>(", "1", ")", 10);
    let finished = compile("index.ts", &(casts + "export default () => 1;\n"), &[]);
    assert_eq!(finished.code, 0, "{finished:?}");
    check_refused("index.ts", &nested("x = ", "<T>(", "1", ")", 28));
    check_refused("index.ts", &nested("x = ", "<T>[", "1", "]", 28));
    check_refused("index.ts", &nested("x = ", "a<", "1", "", 2_000));
}

/// A module of JSON can be as deep as it likes, a package.json cannot.
#[test]
fn deep_json_is_data_or_an_error() {
    let deep = nested("", "[", "1", "]", 100_000);
    let in_package = format!("{{ \"type\": \"module\", \"main\": \"a.js\", \"deep\": {deep} }}");
    let project = Project::new(&[
        (
            "index.js",
            "import deep from './deep.json'; export default () => deep;",
        ),
        ("deep.json", &deep),
        ("other.js", "import a from 'a'; export default () => a;"),
        ("node_modules/a/package.json", &in_package),
        ("node_modules/a/a.js", "export default 1;"),
    ]);
    project.succeed(&["compile", "index.js", "-q", "-o", "fn.wasm"], "");
    let finished = project.jsc(&["compile", "other.js", "-o", "fn.wasm"], "");
    assert_eq!(finished.code, 1, "{finished:?}");
    assert!(finished.stderr.starts_with("error["), "{finished:?}");
}

/// A file that takes some time and memory to read.
fn large() -> String {
    let mut text = String::from("export const table = [\n");
    for number in 0..400_000 {
        let _ = writeln!(text, "[{number}, a + b],");
    }
    text + "];\nexport default () => table.length;\n"
}

#[test]
fn reading_is_kept_to_the_budget() {
    let text = large();
    let check = |arguments: &[&str], message: &str| {
        let finished = compile("index.js", &text, arguments);
        assert_eq!(finished.code, 1, "{finished:?}");
        assert!(finished.stderr.starts_with(message), "{finished:?}");
    };
    check(
        &["--build-memory", "32"],
        "error[out-of-memory]: reading index.js takes more than 32 MiB of memory\n",
    );
    check(
        &["--build-time", "0.1"],
        "error[out-of-time]: reading index.js takes more than the 0.1 s of processor time",
    );
}
