//! What the language allows is compiled, in whatever form: as it is, and printed anew where a constant is put in.

use crate::check;
use crate::support::Project;

/// The program that answers with `answer` gives `expected`, also where its text is printed from a syntax tree.
fn check_text(name: &str, text: &str, expected: &str) {
    check(&[(name, text)], "", expected);
    let printed = text.replace("/* printed */", "process.env.NODE_ENV;");
    assert_ne!(printed, text);
    check(&[(name, &printed)], "", expected);
}

#[test]
fn sloppy_code_is_sloppy() {
    for (text, expected) in [
        (
            "if (true) function g() { return 1 }\nelse function h() {}\nmodule.exports = () => g();",
            "1",
        ),
        ("for (var a = 7 in {});\nmodule.exports = () => a;", "7"),
        (
            "for (var a = 'b' in { c: 1 }, { d: 1 });\nmodule.exports = () => a;",
            "\"d\"",
        ),
        (
            "for (var a = (1 in [1, 2]) in {});\nmodule.exports = () => a;",
            "true",
        ),
        (
            "a: function f() { return 1 }\nmodule.exports = () => f();",
            "1",
        ),
        (
            "var let = 1, yield = 2, await = 3, static = 4, async = 5;\nmodule.exports = () => [let, yield, await, static, async];",
            "[1,2,3,4,5]",
        ),
        (
            "var async; for (async in { a: 1 });\nmodule.exports = () => async;",
            "\"a\"",
        ),
        (
            "module.exports = () => [010, 08, \"\\07\".length];",
            "[8,8,1]",
        ),
        (
            "<!-- a comment\nvar a = 1;\n--> another\nmodule.exports = () => a;",
            "1",
        ),
        ("with ({ a: 1 }) module.exports = () => a;", "1"),
        (
            "b = 1; delete b; arguments = 2;\nmodule.exports = () => [typeof b, arguments];",
            "[\"undefined\",2]",
        ),
        ("var v\\u0061lue = 1;\nmodule.exports = () => value;", "1"),
    ] {
        let text = text.replace("=> a;", "=> { /* printed */ return a; }");
        let printed = match text.contains("/* printed */") {
            true => text,
            false => format!("{text}\n/* printed */"),
        };
        check_text("index.cjs", &printed, expected);
    }
}

#[test]
fn a_script_that_is_no_module_is_an_entry() {
    let text = "if (true) function g() { return 1 }\nfor (var a = 2 in {});\nx = 010;\nconsole.log(g(), a, x);\n";
    let project = Project::new(&[("index.js", text)]);
    let compiled = project.jsc(&["compile", "index.js", "-o", "fn.wasm"], "");
    assert_eq!(compiled.code, 0, "{compiled:?}");
    let ran = project.succeed(&["run", "fn.wasm"], "");
    assert_eq!(compiled.stderr + &ran, "1 2 8\n");
}

#[test]
fn resources_of_loops_are_disposed_of() {
    let text = "const log = [];\nconst resource = (name) => ({ [Symbol.dispose]() { log.push(name) } });\n\
                let i = 0;\n\
                outer: for (using a = resource('a'), b = resource('b'); i < 3; i++) { if (i === 1) continue outer; log.push(i); }\n\
                for (using a = null; false;) {}\n\
                for (await using a = null, b = resource('c'); false;) {}\n\
                { using a = resource('d'), b = null; }\n/* printed */\nexport default () => log;\n";
    let expected = r#"[0,2,"b","a","c","d"]"#;
    check_text("index.mjs", text, expected);
    let typed = text
        .replace("log =", "log: unknown[] =")
        .replace("(name) =>", "(name: string) =>");
    check_text("index.ts", &typed, expected);
}

#[test]
fn texts_have_any_character() {
    let text = "/* printed */\nexport default () => ['a\0b'.length, `\0`.length, /\0/.source.length, '\u{2028}'.length, \
                '\\uD83D\\u{1F438}'.length, `\\uD83D\\u{1F438}`.length, /[\\u{1F418}]/u.exec('\\uD83D\\u{1F418}').index];\n";
    check_text("index.js", text, "[3,1,1,1,3,3,1]");
}

#[test]
fn decorators_are_for_javascript_too() {
    let text = "const log = [];\nconst note = (value, context) => { log.push(context.kind); };\n\
                @note class A { @note accessor a = 1; @note b() {} @note c = 2; accessor #d = 3; get d() { return this.#d; } }\n\
                const a = new A(); a.a = 5;\n/* printed */\n\
                export default () => [log, a.a, a.c, a.d, (@note class {}).length];\n";
    let expected = r#"[["accessor","method","field","class","class"],5,2,3,0]"#;
    check_text("index.mjs", text, expected);
}
