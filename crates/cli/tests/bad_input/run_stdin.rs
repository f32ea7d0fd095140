//! Standard input that a handler cannot take, and hard input that it can.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::check;
use crate::support::Project;

static ECHO: LazyLock<Project> =
    LazyLock::new(|| Project::compiled("export default (input) => ({ got: input });\n"));

static LENGTH: LazyLock<Project> = LazyLock::new(|| {
    Project::compiled(
        "export default (input) => [typeof input, input?.length];\n\
         export const codes = (input) => [...input].map((text) => [...text].map((c) => c.codePointAt(0)));\n\
         export const escape = () => ['\\ud800', 'a\\udc00b', '\\ud83d\\ude00', '\\udc00\\ud800'];\n\
         export const depth = (input) => { let n = 0; while (input.length) { input = input[0]; n++ } return n };\n",
    )
});

fn check_stdin(name: &str, stdin: impl AsRef<[u8]>) {
    check(
        &format!("stdin_{name}"),
        &ECHO,
        &["run", "index.wasm"],
        stdin,
    );
}

#[track_caller]
fn check_echo(stdin: impl AsRef<[u8]>, expected: &str) {
    assert_eq!(ECHO.succeed(&["run", "index.wasm"], stdin), expected);
}

#[test]
fn no_json() {
    check_stdin("no_json", "{\n  \"lines\": [1, 2, oops]\n}\n");
    check_stdin("text", "hello\n");
    check_stdin("truncated", "{\"lines\": [1, 2");
    check_stdin("two_values", "{\"a\": 1}\n{\"a\": 2}\n");
    check_stdin("trailing_comma", "[1, 2,]");
    check_stdin("single_quotes", "{'a': 1}");
    check_stdin("comment", "// none\n{}");
    check_stdin("control_character", "[\"a\tb\"]");
    check_stdin("bad_escape", "[\"\\x41\"]");
    check_stdin("nul", "[1]\0");
    check_stdin("leading_zero", "[01]");
    check_stdin("not_a_number", "[NaN]");
}

#[test]
fn invalid_utf8() {
    check_stdin("invalid_utf8", b"{\"name\": \"caf\xe9\"}");
    check_stdin("invalid_utf8_alone", b"\xff\xfe{\0}\0");
}

#[test]
fn surrogates_in_utf8_are_lone_surrogates() {
    check_echo(b"[\"\xed\xa0\x80\"]", r#"{"got":["\ud800"]}"#);
}

#[test]
fn too_deep() {
    check_stdin("too_deep", "[".repeat(1_000_000));
}

#[test]
fn deep() {
    let text = "[".repeat(400) + &"]".repeat(400);
    assert_eq!(
        LENGTH.succeed(&["run", "index.wasm", "--invoke", "depth"], text),
        "399"
    );
}

#[test]
fn empty() {
    check_echo("", "{}");
    check_echo(" \n\t\r\n", "{}");
}

#[test]
fn byte_order_mark() {
    check_echo("\u{feff}[1]", r#"{"got":[1]}"#);
}

#[test]
fn large_numbers_and_texts() {
    check_echo(
        "[1e400, -0, 0.1, 9007199254740993]",
        r#"{"got":[null,0,0.1,9007199254740992]}"#,
    );
    check_echo(
        "\"\\u0000\\n\\u2028é😀\"",
        "{\"got\":\"\\u0000\\n\u{2028}é😀\"}",
    );
}

#[test]
fn prototypes_are_not_polluted() {
    check_echo(
        r#"{"__proto__": {"admin": true}, "constructor": 1}"#,
        r#"{"got":{"__proto__":{"admin":true},"constructor":1}}"#,
    );
}

#[test]
fn lone_surrogates() {
    check_echo(
        r#"["\ud800", "a\udc00b", "\ud83d\ude00", "\udc00\ud800"]"#,
        r#"{"got":["\ud800","a\udc00b","😀","\udc00\ud800"]}"#,
    );
    assert_eq!(
        LENGTH.succeed(
            &["run", "index.wasm", "--invoke", "codes"],
            r#"["\ud800", "\ud83d\ude00"]"#
        ),
        "[[55296],[128512]]"
    );
    assert_eq!(
        LENGTH.succeed(&["run", "index.wasm", "--invoke", "escape"], ""),
        r#"["\ud800","a\udc00b","😀","\udc00\ud800"]"#
    );
}

#[test]
fn fifty_megabytes() {
    const SIZE: usize = 50_000_000;
    let line = r#"{"id":12345,"name":"a line","tags":["a","b"],"cost":{"amount":"19.99"}},"#;
    let count = SIZE / line.len() + 1;
    let text = format!("[{}null]", line.repeat(count));
    let begun = Instant::now();
    let length = LENGTH.succeed(&["run", "index.wasm"], &text);
    assert_eq!(length, format!(r#"["object",{}]"#, count + 1));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(30), "50 MB took {took:?}");
}

#[test]
fn fifty_megabytes_of_text() {
    let text = format!("\"{}\"", "ü".repeat(25_000_000));
    let length = LENGTH.succeed(&["run", "index.wasm"], &text);
    assert_eq!(length, r#"["string",25000000]"#);
}

#[test]
fn fifty_megabytes_with_a_mistake_at_the_end() {
    let text = format!("[{}oops]", "1,\n".repeat(16_700_000));
    check_stdin("large_and_no_json", text);
}

#[test]
fn missing_input_file() {
    check(
        "input_file_missing",
        &ECHO,
        &["run", "index.wasm", "--input", "input.json"],
        "",
    );
    check(
        "input_file_is_a_directory",
        &ECHO,
        &["run", "index.wasm", "--input", "."],
        "",
    );
}
