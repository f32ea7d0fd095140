//! Where errors say that they come from.

use super::support::Project;

/// The first frame of the error that a program ends with, as `line:column`, and what is shown of its source. The program runs
/// after the snapshot, as `name`.
fn thrown_by(name: &str, program: &str) -> (String, String) {
    let project = Project::new(&[(name, program)]);
    let finished = project.jsc(&["run", "--start=lazy", name], "");
    assert_eq!(finished.code, 1, "{finished:?}");
    let frame = finished
        .stderr
        .lines()
        .find(|line| line.starts_with("    at ") && line.contains(name))
        .unwrap_or_else(|| panic!("no frame: {finished:?}"));
    let (_, place) = frame.split_once(&format!("{name}:")).expect("a place");
    let shown = finished
        .stderr
        .split_once(" --> ")
        .map(|(_, shown)| shown.to_string());
    (
        place.trim_end_matches(')').to_string(),
        shown.unwrap_or_default(),
    )
}

fn check(program: &str, place: &str) {
    for name in ["index.mjs", "index.mts"] {
        let (found, shown) = thrown_by(name, program);
        assert_eq!(found, place, "{name}: {program}");
        assert!(
            shown.starts_with(&format!("{name}:{place}\n")),
            "{name}: {program}: {shown}"
        );
    }
}

#[test]
fn a_call_is_where_its_function_is_named() {
    check("null.f;", "1:1");
    check(
        "const o = {};\no.f(\n  String(1),\n  String(2),\n);\n",
        "2:3",
    );
    check("const f = 1;\nf(\n  String(1),\n  String(2),\n);\n", "2:1");
    check("const f = 1;\nf(...[\n  String(1),\n]);\n", "2:1");
    check("const f = 1;\nf`${\n  String(1)}`;\n", "2:1");
    check("const a = [];\na[0](\n  String(1),\n);\n", "2:4");
    check(
        "const x = String(1),\n  y = String(\n    2),\n  z = null.z;\n",
        "4:12",
    );
    check("const x = [\n  String(1),\n  null\n    .y,\n];\n", "4:6");
    check("const x = [\n  String(1),\n  null\n    [2],\n];\n", "4:5");
}

#[test]
fn new_objects_are_where_their_class_is_named() {
    check(
        "throw new RangeError(\n  String(1) +\n  String(2),\n);\n",
        "1:11",
    );
    check(
        "throw new AggregateError([\n  new Error('a'),\n  new Error('b'),\n], 'all');\n",
        "1:11",
    );
    check("const C = 1;\nnew C(\n  String(1),\n);\n", "2:5");
    check("const C = 1;\nnew C;\n", "2:5");
    check("const C = 1;\nnew C(...[\n  String(1),\n]);\n", "2:5");
}

#[test]
fn errors_of_classes_come_from_where_they_are_made() {
    check(
        "class A extends Error {\n  constructor(m) {\n    super(m);\n  }\n}\nthrow new A('a');\n",
        "6:11",
    );
    check(
        "class A extends TypeError {}\nclass B extends A {\n  constructor() {\n    super(\n      String(1),\n    );\n  }\n}\n\
         const make = () => new B();\nthrow make();\n",
        "9:24",
    );
    check(
        "class A extends AggregateError {}\nthrow new A([], 'a');\n",
        "2:11",
    );
    check("throw Error(\n  String(1),\n);\n", "1:7");
}

#[test]
fn patterns_are_where_they_stand() {
    check("const x = 1;\nconst {\n  a: { b },\n} = {};\n", "3:6");
    check("const x = 1;\nconst [\n  [a],\n] = [x];\n", "3:3");
    check("const x = 1;\nlet a;\n({\n  b: { a },\n} = {});\n", "4:6");
    check(
        "const f = (\n  a,\n  { b: { c } },\n) => {};\nf(1, {});\n",
        "3:8",
    );
    check("for (const\n  { a: { b } } of [{}]) {}\n", "2:8");
}

#[test]
fn private_names_are_where_they_stand() {
    check(
        "class A {\n  #x;\n  static f(o) {\n    return String(1) + o\n      .#x;\n  }\n}\nA.f({});\n",
        "5:8",
    );
}

#[test]
fn columns_count_utf16_units() {
    check("const a = 'é'; null.x;\n", "1:16");
    check("const a = '😀'; a.b.c;\n", "1:17");
    check("/* 日本語 */ const 変数 = null; 変数.x;\n", "1:28");
    check("`\n😀`; const a = `😀${1}😀`; a.b.c;\n", "2:28");
    check(
        "const f = () => { 'é😀é'; throw Error(''); };\n\tf();\n",
        "1:33",
    );
}

#[test]
fn the_caret_is_below_what_it_points_at() {
    let (_, shown) = thrown_by("index.mjs", "const a = '日😀'; a.b.c;\n");
    let lines: Vec<&str> = shown.lines().collect();
    // Two cells for each of both.
    assert_eq!(lines[2], "1 | const a = '日😀'; a.b.c;");
    assert_eq!(lines[3].trim_end(), "  |                   ^");
}

#[test]
fn the_line_shown_is_that_of_the_uncaught_error() {
    let (_, shown) = thrown_by(
        "index.mjs",
        "console.error('    at f (index.mjs:2:1)');\n\
         console.log(1);\n\
         try { null.x; } catch (error) { console.error(error.stack); }\n\
         console.error(new Error('only told').stack);\n\
         throw new Error('thrown:\\n    at f (index.mjs:2:1)');\n",
    );
    assert!(shown.starts_with("index.mjs:5:11\n"), "{shown}");
    let project = Project::new(&[(
        "index.mjs",
        "console.error('    at f (index.mjs:1:1)');\nconsole.log(1);\nthrow 5;\n",
    )]);
    let finished = project.jsc(&["run", "index.mjs"], "");
    assert_eq!(
        (finished.code, finished.stderr.as_str()),
        (1, "    at f (index.mjs:1:1)\nUncaught 5\n")
    );
}

#[test]
fn causes_and_inner_errors_are_told() {
    let project = Project::new(&[(
        "index.mjs",
        "console.log(1);\n\
         const inner = [new Error('one'), 'two', new TypeError('three', { cause: new Error('four') })];\n\
         throw new AggregateError(inner, 'all', { cause: 'why' });\n",
    )]);
    let finished = project.jsc(&["run", "index.mjs"], "");
    let told: Vec<&str> = finished
        .stderr
        .lines()
        .filter(|line| !line.starts_with("    at "))
        .take(6)
        .collect();
    assert_eq!(
        told,
        [
            "AggregateError: all",
            "  [cause]: why",
            "  [errors]: Error: one",
            "  [errors]: two",
            "  [errors]: TypeError: three",
            "  [cause]: Error: four",
        ]
    );
    // An error can be its own cause.
    let endless = Project::new(&[(
        "index.mjs",
        "console.log(1);\nconst error = new AggregateError([], 'e');\nerror.cause = error;\nerror.errors = [error, error];\nthrow error;\n",
    )]);
    let finished = endless.jsc(&["run", "index.mjs"], "");
    assert!(
        finished.stderr.matches("AggregateError: e").count() == 17,
        "{}",
        finished.stderr
    );
}

#[test]
fn every_syntax_error_has_a_place() {
    for (line, column) in [
        ("let r = /(/;", 11),
        ("let é = '😀', r = /(/;", 21),
        ("let r = 1, q = /[b-a]/u;", 18),
        ("let r = /(?<a>x)(?<a>y)/;", 11),
        ("let r = /\\p{Foo}/u;", 11),
        ("class A { f() { return this.#x; } }", 31),
        ("class A { #x; f() { return 1 + o.#y; } }", 36),
        ("class A { f() { return #x in this; } }", 26),
        ("export { nope };", 12),
        ("export { a, nope as b };", 15),
        ("const x = new import('');", 17),
        ("let x = 1; let x = 2;", 18),
    ] {
        for name in ["index.mjs", "index.mts"] {
            let project = Project::new(&[(name, &format!("const a = 1;\n  {line}\n"))]);
            let finished = project.jsc(&["compile", name], "");
            assert_eq!(finished.code, 1, "{line}: {finished:?}");
            assert!(
                finished.stderr.starts_with("error[syntax-error]: "),
                "{line}: {}",
                finished.stderr
            );
            let place = format!(" --> {name}:2:");
            let (_, place) = finished
                .stderr
                .split_once(&place)
                .unwrap_or_else(|| panic!("{line}: {}", finished.stderr));
            let found = place.lines().next().unwrap_or_default();
            if !line.starts_with("let x") {
                assert_eq!(
                    found,
                    column.to_string(),
                    "{name}: {line}: {}",
                    finished.stderr
                );
            }
            assert!(
                finished.stderr.contains("2 |   "),
                "{line}: {}",
                finished.stderr
            );
        }
    }
}

#[test]
fn stacks_begin_with_what_the_error_says() {
    super::check(
        "const first = (error) => console.log(JSON.stringify(error.stack.split('\\n    at ')[0]));\n\
         first(new Error('a'));\n\
         first(new Error(''));\n\
         first(new TypeError('two\\nlines'));\n\
         class A extends Error { constructor(m) { super(m); this.name = 'Own'; } }\n\
         first(new A('x'));\n\
         class B extends Error { get name() { return 'Got'; } }\n\
         first(new B('x'));\n\
         try { null.x; } catch (error) { first(new Error('wrapped', { cause: error })); }\n\
         const late = new Error('early'); late.message = 'late'; first(late); late.message = 'later'; first(late);\n\
         const plain = { name: 'N', message: 'M' }; Error.captureStackTrace(plain); first(plain);\n\
         const own = new Error('o'); own.stack = 'mine'; first(own);\n\
         console.log(/\\n$/.test(new Error('e').stack), new Error('e').stack.split('\\n').length > 1);\n\
         console.log(String(new AggregateError([], 'm').stack).startsWith('AggregateError: m\\n    at '));\n",
    );
}
