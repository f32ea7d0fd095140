//! Names that are made to do something to a terminal, or to look like messages: they are shown and do nothing.

use crate::support::{Finished, Project};

/// Clears the screen, begins a line, turns the direction of writing, and begins a sequence in one character.
const EVIL: &str = "x\u{1b}[2J\nerror: all is well\u{202e}evil\u{9b}31m\u{7f}";

/// [`EVIL`] in the text format of modules, and in JavaScript.
fn quoted() -> String {
    EVIL.bytes().map(|byte| format!("\\{byte:02x}")).collect()
}

fn check_shown(finished: &Finished, what: &str) {
    for text in [&finished.stdout, &finished.stderr] {
        let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(hidden), "{what}: {text:?}");
        let forged = text.lines().any(|line| line.starts_with("error: all"));
        assert!(!forged, "{what}: {text:?}");
    }
    let all = format!("{}{}", finished.stdout, finished.stderr);
    assert!(all.contains("\\u{1b}[2J"), "{what}: {all:?}");
}

#[test]
fn of_modules() {
    let evil = quoted();
    for (wat, commands) in [
        (
            format!("(module (func (export \"{evil}\")))"),
            &["run", "run --invoke x", "check", "inspect"][..],
        ),
        (
            format!("(module (import \"{evil}\" \"{evil}\" (func)))"),
            &["run", "check", "inspect"],
        ),
        (
            format!("(module (import \"wasi_snapshot_preview1\" \"{evil}\" (func)))"),
            &["run", "check", "inspect"],
        ),
        (format!("(module (@custom \"{evil}\" \"\"))"), &["inspect"]),
        (
            format!("(module (func (@name \"{evil}\") (export \"_start\") unreachable))"),
            &["run"],
        ),
        (
            format!("(module (memory (export \"{evil}\") 1) (func (export \"{evil}\")))"),
            &["run", "check"],
        ),
    ] {
        let project = Project::new(&[]);
        project.write("fn.wasm", wat::parse_str(&wat).expect("it parses"));
        for command in commands {
            let mut arguments: Vec<&str> = command.split(' ').collect();
            arguments.insert(1, "fn.wasm");
            check_shown(&project.jsc(&arguments, ""), &format!("{command} {wat}"));
        }
    }
}

#[test]
fn of_programs() {
    let json = serde_json::to_string(EVIL).expect("JSON");
    let name = json.replace("\\n", " ");
    for (name, program) in [
        ("index.js", format!("throw new Error({json});")),
        ("index.js", format!("throw {json};")),
        (
            "index.js",
            format!("const o = {{ [{name}]() {{ throw new Error(); }} }}; o[{name}]();"),
        ),
        (
            "index.js",
            // Both become the same name.
            format!(
                "function f() {{}} export {{ f as {json}, f as \"_{} }};",
                &json[1..]
            ),
        ),
        ("x\u{1b}[2J\u{202e}.js", "nope(;".to_owned()),
    ] {
        let project = Project::new(&[(name, &program)]);
        let finished = project.jsc(&["compile", name, "-o", "fn.wasm"], "");
        check_shown(&finished, &program);
    }
    let project = Project::new(&[]);
    check_shown(&project.jsc(&["run", "x\u{1b}[2J.wasm"], ""), "a file");
    check_shown(&project.jsc(&["compile", "x\u{1b}[2J.js"], ""), "a file");
}
