//! What JSON.parse says.

mod support;

use support::Project;

/// V8's words and places, but for what V8 quotes of the text.
#[test]
fn json_that_is_none_is_refused_with_its_place() {
    let program = r#"export default (texts) => texts.map((text) => {
  try { return JSON.parse(text) } catch (error) { return `${error.name}: ${error.message}` }
});"#;
    let cases = [
        ("", "Unexpected end of JSON input"),
        (
            "{",
            "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
        ),
        (
            "[1,]",
            "Unexpected token ']' in JSON at position 3 (line 1 column 4)",
        ),
        (
            "[1,\n 2\n 3]",
            "Expected ',' or ']' after array element in JSON at position 8 (line 3 column 2)",
        ),
        (
            "{\"a\":1,}",
            "Expected double-quoted property name in JSON at position 7 (line 1 column 8)",
        ),
        (
            "{\"a\" 1}",
            "Expected ':' after property name in JSON at position 5 (line 1 column 6)",
        ),
        (
            "{\"a\":1",
            "Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)",
        ),
        (
            "\"ab",
            "Unterminated string in JSON at position 3 (line 1 column 4)",
        ),
        (
            "\"a\nb\"",
            "Bad control character in string literal in JSON at position 2 (line 1 column 3)",
        ),
        (
            "\"\\x\"",
            "Bad escaped character in JSON at position 2 (line 1 column 3)",
        ),
        (
            "\"\\u12g4\"",
            "Bad Unicode escape in JSON at position 5 (line 1 column 6)",
        ),
        ("\"\\", "Unexpected end of JSON input"),
        (
            "-x",
            "No number after minus sign in JSON at position 1 (line 1 column 2)",
        ),
        (
            "01",
            "Unexpected number in JSON at position 1 (line 1 column 2)",
        ),
        (
            "1.",
            "Unterminated fractional number in JSON at position 2 (line 1 column 3)",
        ),
        (
            "1e+",
            "Exponent part is missing a number in JSON at position 3 (line 1 column 4)",
        ),
        ("nul", "Unexpected end of JSON input"),
        (
            "trux",
            "Unexpected token 'x' in JSON at position 3 (line 1 column 4)",
        ),
        (
            "[1]x",
            "Unexpected non-whitespace character after JSON at position 3 (line 1 column 4)",
        ),
        (
            "¬",
            "Unexpected token '¬' in JSON at position 0 (line 1 column 1)",
        ),
        (
            "[\"ā\", ¬]",
            "Unexpected token '¬' in JSON at position 7 (line 1 column 8)",
        ),
    ];
    let texts: Vec<&str> = cases.iter().map(|(text, _)| *text).collect();
    let said: Vec<String> = cases
        .iter()
        .map(|(_, message)| format!("SyntaxError: {message}"))
        .collect();
    let project = Project::compiled_with(program, &[]);
    let input = serde_json::to_string(&texts).expect("texts are JSON");
    let finished = project.jsc(&["run", "index.wasm"], &input);
    let heard: Vec<String> = serde_json::from_str(&finished.stdout).expect("an array of texts");
    assert_eq!(heard, said, "{}", finished.stderr);
}
