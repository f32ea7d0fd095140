//! What is left out of a module says so where it is used, and can be kept.

mod support;

use support::Project;

/// What the program writes to standard output and error when it is compiled with `arguments` and run.
fn outcome(program: &str, arguments: &[&str]) -> (String, String) {
    run(&Project::compiled_with(program, arguments))
}

fn run(project: &Project) -> (String, String) {
    let finished = project.jsc(&["run", "index.wasm"], "");
    (finished.stdout, finished.stderr)
}

/// A name that is put together at run time is found in no bytecode.
const COMPUTED: &str = "export default () => {
  const name = ['flat', 'Map'].join('');
  const errors = [];
  for (let i = 0; i < 2; i++)
    try { errors.push([1, 2][name]((n) => [n, n])) } catch (error) { errors.push(String(error)) }
  return errors;
}";

#[test]
fn a_builtin_that_is_left_out_says_so_each_time() {
    let said = "TypeError: Array.prototype.flatMap was left out of this module, which nowhere names it; compile it \
                with --keep Array.prototype.flatMap";
    let (stdout, _) = outcome(COMPUTED, &[]);
    assert_eq!(stdout, format!("[\"{said}\",\"{said}\"]"));
}

#[test]
fn a_builtin_can_be_kept() {
    for arguments in [
        &["--keep", "Array.prototype.flatMap"][..],
        &["--keep", "Array"],
        &["--keep", "all"],
        &["--strip", "safe"],
        &["--strip", "off"],
    ] {
        let (stdout, stderr) = outcome(COMPUTED, arguments);
        assert_eq!(stdout, "[[1,1,2,2],[1,1,2,2]]", "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_global_can_be_kept() {
    let program = "export default () => new globalThis[['M', 'ap'].join('')]([[1, 2]]).get(1);";
    assert_eq!(outcome(program, &["--keep", "Map"]).0, "2");
    let (_, stderr) = outcome(program, &[]);
    assert!(
        stderr.starts_with("TypeError: Map was left out of this module"),
        "{stderr}"
    );
}

#[test]
fn what_is_left_out_is_still_listed() {
    let program = "export default () => [
  Object.getOwnPropertyNames(Array.prototype).length,
  Object.getOwnPropertyNames(Math).length,
  Object.getOwnPropertyNames(globalThis).filter((name) => !/^(Javy|console)$/.test(name)).length,
];";
    assert_eq!(outcome(program, &[]), outcome(program, &["--strip", "off"]));
}

#[test]
fn a_name_in_a_string_is_kept() {
    let program = "const names = ['toSorted', 'at'];
export default () => names.map((name) => typeof [][name]).concat(typeof globalThis['structured' + 'Clone' && 'WeakRef']);";
    assert_eq!(
        outcome(program, &[]).0,
        r#"["function","function","function"]"#
    );
}

#[test]
fn what_does_not_exist_cannot_be_kept() {
    let project = Project::new(&[("index.js", "export default () => 1;")]);
    let finished = project.jsc(
        &["compile", "index.js", "--keep", "Array.prototype.flatmap"],
        "",
    );
    assert_eq!(finished.code, 1);
    assert!(
        finished
            .stderr
            .contains("there is no builtin `Array.prototype.flatmap` to keep"),
        "{}",
        finished.stderr
    );
}

#[test]
fn code_from_strings_is_refused_unless_it_is_allowed() {
    let program = "const code = ['1', '+', '1'].join(' ');
export default () => {
  const ways = [() => eval(code), () => new Function('return ' + code)(), () => (0, eval)(code)];
  return ways.map((way) => { try { return way() } catch (error) { return String(error) } });
}";
    let refused = "\"EvalError: code cannot be made from strings in this module; compile it with --allow-eval\"";
    assert_eq!(
        outcome(program, &[]).0,
        format!("[{refused},{refused},{refused}]")
    );
    assert_eq!(outcome(program, &["--allow-eval"]).0, "[2,2,2]");
    // At build time nothing is left out.
    let early = "const sum = new Function('return 1 + 1')(); export default () => sum;";
    assert_eq!(outcome(early, &[]).0, "2");
}

#[test]
fn a_program_that_has_ended_leaves_nothing() {
    let program = "const doubled = [1, 2].map((n) => n * 2);
if (doubled[1] !== 4) console.log('never');
await Promise.resolve();";
    for text in ["", program] {
        let project = Project::compiled_with(text, &[]);
        let size = project.read("index.wasm").len();
        assert!(size < 200, "{size} bytes");
        let finished = project.jsc(&["run", "index.wasm"], "");
        let outcome = (finished.code, finished.stdout, finished.stderr);
        assert_eq!(outcome, (0, String::new(), String::new()));
    }
}

#[test]
fn more_is_left_out_at_each_level() {
    let size = |level| {
        let project = Project::compiled_with("export default (n) => n + 1;", &["--strip", level]);
        project.read("index.wasm").len()
    };
    let (off, safe, names) = (size("off"), size("safe"), size("names"));
    assert!(names < safe && safe < off, "{names}, {safe}, {off}");
}

#[test]
fn names_that_were_packed_are_names_like_others() {
    let program = "export default () => {
  const name = ['copy', 'Within'].join(''), object = { [name]: 1, ...JSON.parse(`{\"${name}\":2,\"Infinity\":3}`) };
  let error;
  try { [][name] } catch ({ message }) { error = message.slice(0, 43) }
  return [Object.keys(object), object[name], name in [], Symbol(name).description, error,
    Object.getOwnPropertyNames([].__proto__).filter((other) => other.startsWith('copy')), String(Symbol.for(name))];
}";
    for arguments in [&[][..], &["--strip", "off"]] {
        let (stdout, stderr) = outcome(program, arguments);
        let stdout = stdout.replace("null", "\"Array.prototype.copyWithin was left out of \"");
        assert_eq!(
            stdout,
            "[[\"copyWithin\",\"Infinity\"],2,true,\"copyWithin\",\"Array.prototype.copyWithin was left out of \",\
             [\"copyWithin\"],\"Symbol(copyWithin)\"]",
            "{arguments:?}: {stderr}"
        );
    }
}

#[test]
fn a_reviver_is_kept_where_one_may_be_passed() {
    for (call, expected) in [
        ("JSON.parse(text, revive)", "{\"a\":2}"),
        ("JSON.parse(text, ...[revive])", "{\"a\":2}"),
        ("JSON.parse.call(0, text, revive)", "{\"a\":2}"),
        ("JSON.parse?.(text, revive)", "{\"a\":2}"),
        ("JSON.parse(text ? text : 0, revive)", "{\"a\":2}"),
        ("JSON['parse'](text, revive)", "{\"a\":2}"),
        ("(({ parse }) => parse(text, revive))(JSON)", "{\"a\":2}"),
        ("((parse) => parse(text, revive))(JSON.parse)", "{\"a\":2}"),
        ("JSON.parse(JSON.stringify(JSON.parse(text)))", "{\"a\":1}"),
        (
            "(() => { try { return JSON[['pa', 'rse'].join('')](JSON.parse('2') && text, revive) } catch (error) { \
             return error.message } })()",
            "\"JSON.parse with a reviver was left out of this module, which nowhere passes one; compile it with --keep \
             JSON.parse\"",
        ),
    ] {
        let program = format!(
            "const text = '{{\"a\":1}}', revive = (key, value) => key ? value + 1 : value;
export default () => {call};"
        );
        let (stdout, stderr) = outcome(&program, &[]);
        assert_eq!(stdout, expected, "{call}: {stderr}");
        if expected.starts_with('"') {
            let (stdout, stderr) = outcome(&program, &["--keep", "JSON.parse"]);
            assert_eq!(stdout, "{\"a\":2}", "{call}: {stderr}");
        }
    }
}

#[test]
fn options_of_stringify_are_kept_where_they_may_be_passed() {
    for (call, expected) in [
        ("JSON.stringify({ a: 1 }, null, 1)", "{\n \"a\": 1\n}"),
        (
            "JSON.stringify({ a: 1 }, (key, value) => key ? 2 : value)",
            "{\"a\":2}",
        ),
        ("JSON.stringify.call(0, { a: 1, b: 2 }, ['b'])", "{\"b\":2}"),
        (
            "(({ stringify }) => stringify({ a: 1 }, null, 1))(JSON)",
            "{\n \"a\": 1\n}",
        ),
        (
            "JSON.stringify({ a: { toJSON: () => 3 }, b() {} })",
            "{\"a\":3}",
        ),
        (
            "JSON[['string', 'ify'].join('')](JSON.stringify(1), null, 1)",
            "TypeError: JSON.stringify with a replacer or an indentation was left out of this module, which nowhere \
             passes one; compile it with --keep JSON.stringify",
        ),
    ] {
        let program = format!(
            "let text; try {{ text = (() => {call})() }} catch (error) {{ text = String(error) }}
Javy.IO.writeSync(1, new TextEncoder().encode(text));"
        );
        let program = program.replace(
            "let text;",
            "Javy.IO.readSync(0, new Uint8Array(1)); let text;",
        );
        let (stdout, stderr) = outcome(&program, &[]);
        assert_eq!(stdout, expected, "{call}: {stderr}");
        if expected.starts_with('T') {
            let (stdout, stderr) = outcome(&program, &["--keep", "JSON.stringify"]);
            assert_eq!(stdout, "\"1\"", "{call}: {stderr}");
        }
    }
}

#[test]
fn what_only_ran_at_build_time_goes() {
    let size = |program| {
        Project::compiled_with(program, &[])
            .read("index.wasm")
            .len()
    };
    // A builtin that was read is made, and one that was made is an object of its own.
    let read = "const p = Array.prototype;
const count = [p.flatMap, p.copyWithin, p.toSorted, String.prototype.match, Symbol.iterator, Math.hypot].length;
export default (n) => n + count;";
    let (read, plain) = (size(read), size("export default (n) => n + 6;"));
    assert!(read < plain + 1500, "{read} bytes, {plain} without");
}

#[test]
fn one_symbol_keeps_what_it_names() {
    let size = |program| {
        Project::compiled_with(program, &[])
            .read("index.wasm")
            .len()
    };
    let tag = "export default (o) => [typeof o[Symbol.toStringTag], /a/.test(o.text)];";
    let all = "export default (o) => [typeof Object.getOwnPropertySymbols(o), /a/.test(o.text)];";
    let (tag, all) = (size(tag), size(all));
    assert!(tag + 20_000 < all, "{tag} bytes, {all} with all symbols");
}

#[test]
fn symbols_work_however_they_are_had() {
    for program in [
        "const S = Symbol; export default () => [[1, 2][S.iterator]().next().value, [...new Set([2])]];",
        "const key = Symbol.split; export default () => /-/[key]('a-b');",
        "const o = Object(Symbol.split); export default () => /-/[o.valueOf()]('a-b');",
        "export default () => Reflect.ownKeys(RegExp.prototype).filter((k) => typeof k === 'symbol')
           .map((k) => typeof /a/[k]);",
        "export default () => [...new Proxy([1, 2], { get: (target, key) => target[key] })];",
        "export default () => { class A { static [Symbol.hasInstance](x) { return x === 1; } } return 1 instanceof A; }",
    ] {
        let whole = outcome(program, &["--strip", "off"]);
        assert_eq!(outcome(program, &[]), whole, "{program}");
        assert!(!whole.0.is_empty(), "{program}");
    }
    let computed = "export default () => {
  try { return typeof Symbol[['spl', 'it'].join('')]; } catch (error) { return String(error); }
}";
    let (stdout, _) = outcome(computed, &[]);
    assert!(stdout.contains("--keep Symbol.split"), "{stdout}");
    assert_eq!(outcome(computed, &["--keep", "Symbol"]).0, "\"symbol\"");
}

/// Code that named what is used may have run at build time.
#[test]
fn what_code_that_has_run_named_is_there() {
    for (program, expected) in [
        (
            "class Query { then(resolve) { resolve(5) } } export default () => new Query();",
            "5",
        ),
        (
            "const all = new Proxy({}, { get: () => (resolve) => resolve(6) }); export default () => all;",
            "6",
        ),
        (
            "class It extends Iterator { n = 0; next() { return { done: this.n > 1, value: this.n++ } } }
export default () => new It().map((n) => n + 1).toArray();",
            "[1,2]",
        ),
        (
            "const prototype = Iterator.prototype;
export default () => ({ __proto__: prototype, next: () => ({ done: true }) }).map(String).toArray();",
            "[]",
        ),
        (
            "const list = [1, 2].values(); export default () => list.map((n) => n + 1).toArray();",
            "[2,3]",
        ),
        (
            "globalThis.list = [].values; export default () => list.call([1]).map((n) => n + 1).toArray();",
            "[2]",
        ),
        (
            "Math.large = 5n; export default () => String(Math.large * Math.large);",
            r#""25""#,
        ),
        (
            "globalThis.power = Math.pow; export default () => power(2, 3);",
            "8",
        ),
        (
            "Math.sign = Symbol('x'); export default () => Math.sign.description;",
            r#""x""#,
        ),
        (
            "Math.way = ['to', 'Upper', 'Case'].join(''); export default () => 'x'[Math.way]();",
            r#""X""#,
        ),
    ] {
        let (stdout, stderr) = outcome(program, &[]);
        assert_eq!(stdout, expected, "{program}: {stderr}");
    }
}

#[test]
fn accessors_of_the_program_stay_on_builtins() {
    let program = "Object.defineProperty(Array.prototype, 'last', { get() { return this[this.length - 1]; } });
export default (name) => [1, 2][name];";
    let project = Project::compiled_with(program, &[]);
    let finished = project.jsc(&["run", "index.wasm"], "\"last\"");
    assert_eq!(finished.stdout, "2", "{}", finished.stderr);
}

#[test]
fn parts_of_patterns_go_where_no_text_has_such_a_pattern() {
    // No text of this program has a backslash or flags.
    let program = "export default () => {
  const [backslash, i, accented] = [92, 105, 233].map((code) => String.fromCharCode(code));
  const attempts = [['§p{L}+', 'u'], ['[§P{Lu}§d]+', 'u'], ['[§q{β1}x]', 'v'], ['β', 'u' + i], [`(?${i}:a)β`, 'u'],
    [`(?<${accented}>.)`, 'u'], ['(?<name>.)', 'u'], ['[A-Z§s]', 'v']];
  return attempts.map(([text, flags]) => {
    try { return 'Aβ1'.match(new RegExp(text.replaceAll('§', backslash), flags))[0] } catch (error) { return error.message }
  });
}";
    let size = |arguments: &[&str], expected: &[&str]| {
        let project = Project::compiled_with(program, arguments);
        let finished = project.jsc(&["run", "index.wasm"], "");
        let expected = format!("[\"{}\"]", expected.join("\",\""));
        assert_eq!(finished.stdout, expected, "{arguments:?}");
        project.read("index.wasm").len()
    };
    let said = |what: &str| {
        format!(
            "{what} was left out of this module, which nowhere names it; compile it with --keep RegExp"
        )
    };
    let (property, string, case) = (said(r"\\p{}"), said(r"\\q{}"), said("the flag i"));
    let name =
        "group names beyond ASCII were left out of this module; compile it with --keep RegExp";
    let stripped = size(
        &[],
        &[&property, &property, &string, &case, &case, name, "A", "A"],
    );
    let all = ["Aβ", "β1", "β1", "β", "Aβ", "A", "A", "A"];
    for arguments in [
        &["--keep", "RegExp"][..],
        &["--keep", "all"],
        &["--strip", "safe"],
    ] {
        let whole = size(arguments, &all);
        assert!(stripped + 30_000 < whole, "{arguments:?}: {whole}");
    }
}

#[test]
fn parts_of_patterns_stay_where_a_text_has_such_a_pattern() {
    for (pattern, expected) in [
        // A literal, which splitting compiles once more.
        ("/\\p{L}/gu", "1--2"),
        ("new RegExp('[\\\\p{L}--[a-b]]', 'v')", "1--2"),
        (
            "new RegExp(Object.keys({ '\\\\p{L}': 1 })[0], 'gu')",
            "1--2",
        ),
        ("new RegExp(String.raw`\\p{L}`, 'gu')", "1--2"),
        ("new RegExp(long, 'gu')", "1--2"),
        ("new RegExp('[\\\\q{β}]', 'v')", "1-c2"),
        ("/Β/iu", "1-c2"),
        ("new RegExp('Β', 'iu')", "1-c2"),
        ("new RegExp('Β', ['i', 'g', 'u'].join(''))", "1-c2"),
        ("new RegExp('(?i:Β)', 'u')", "1-c2"),
        ("new RegExp(Object.keys({ '(?i:Β)': 1 })[0], 'u')", "1-c2"),
        ("new RegExp('Β', /x/iu.flags)", "1-c2"),
        (
            "((literal) => new RegExp(literal, literal.flags))(/Β/iu)",
            "1-c2",
        ),
    ] {
        let program = format!(
            "const long = 'x'.repeat(9000) + '|' + '\\\\' + 'p{{L}}' + '|' + 'y'.repeat(9000);
export default () => '1βc2'.split({pattern}).join('-');"
        );
        assert_eq!(
            outcome(&program, &[]).0,
            format!("\"{expected}\""),
            "{pattern}"
        );
    }
    let program = "export default () => 'é'.match(new RegExp('(?<é>.)')).groups.é;";
    assert_eq!(outcome(program, &[]).0, "\"é\"");
}

#[test]
fn powers_are_there_where_they_can_be_asked_for() {
    let size = |body: &str, expected: &str| {
        let project =
            Project::compiled_with(&format!("export default (n = 3) => {{ {body} }}"), &[]);
        assert_eq!(project.jsc(&["run", "index.wasm"], "").stdout, expected);
        project.read("index.wasm").len()
    };
    let without = size("return (n / 2) % 0.7 - 5 * n", "-14.9");
    for (body, expected) in [
        ("return n ** 0.5 - 5 * n", "-13.267949192431123"),
        ("n **= 2.5; return n / 7", "2.226922466874271"),
        ("return Math.pow(n, 0.5) - n", "-1.2679491924311228"),
        ("return Math['pow'](n, 0.5) - n", "-1.2679491924311228"),
    ] {
        let with = size(body, expected);
        assert!(without + 6_000 < with, "{body}: {without}, {with}");
    }
}

/// Whether a program's module has this text in its memory.
fn has_text(project: &Project, text: &str) -> bool {
    let wasm = project.read("index.wasm");
    wasm.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn what_has_run_of_a_program_is_left_out() {
    let program = "const parts = ['a part that has been used', 'another'];
const count = parts.map((part) => part.length + 'only here'.length).length;
console.log(count, 'and this is still to come');
try { console.log(parts.at(-1)); } catch { console.log('this may yet be needed'); }";
    let project = Project::compiled(program);
    for (text, stays) in [
        ("only here", false),
        ("and this is still to come", true),
        ("this may yet be needed", true),
        ("another", true),
    ] {
        assert_eq!(has_text(&project, text), stays, "{text}");
    }
    let (stdout, stderr) = run(&project);
    assert_eq!(stdout, "2 and this is still to come\nanother\n", "{stderr}");
}

/// A program that uses `first` of a library, and does `use` with it.
fn with_library(used: &str) -> String {
    format!(
        "const library = {{
  first: (x) => 'the first of all' + x, second: (x) => 'what is second' + x, third: () => 3, fourth: () => 4,
  fifth() {{ return this.sixth; }}, sixth: 6, seventh: {{ of: 'the seventh' }}, eighth: null,
}};
function read(from) {{ return from.third(); }}
export default (input) => [library.first(input), {used}];"
    )
}

#[test]
fn what_nothing_reads_of_an_object_is_left_out() {
    let uses = [
        "library.eighth",
        "typeof library.second === library",
        "library.fifth()",
        "read(library)",
        "(() => { const { eighth, third } = library; return eighth ?? third(); })()",
        "(input ? library : null)?.third()",
        "(library.seventh = 7, library.sixth)",
    ];
    for used in uses {
        let program = with_library(used);
        let project = Project::compiled(&program);
        assert!(has_text(&project, "the first of all"), "{used}");
        assert_eq!(
            has_text(&project, "what is second"),
            used.contains("second"),
            "{used}"
        );
        assert_eq!(run(&project), outcome(&program, &["--strip=off"]));
    }
}

#[test]
fn an_object_that_others_get_keeps_everything() {
    let uses = [
        "library[input.key ?? 'eighth']",
        "Object.keys(library).length",
        "(() => { let n = 0; for (const key in library) n += key.length; return n; })()",
        "({ ...library }).third()",
        "(library.first = (x) => x, library.first(1))",
        "[library][0].third()",
        "((...all) => all[0].third())(library)",
        "(function () { return arguments[0].third(); })(library)",
        "(() => { const inner = library; return () => inner['third'](); })()()",
        "(() => { try { throw library; } catch (caught) { return caught.third(); } })()",
        "'second' in library",
        "delete library.third",
        "JSON.stringify(library)",
        "Object.create(library).third()",
        "(() => library)().third()",
        "`${library}`",
        "new Map([[library, 1]]).size",
    ];
    for used in uses {
        let program = with_library(used);
        let project = Project::compiled(&program);
        assert!(has_text(&project, "what is second"), "{used}");
        assert_eq!(run(&project), outcome(&program, &["--strip=off"]));
    }
}

#[test]
fn what_was_begun_at_build_time_ends_at_run_time() {
    for (program, expected) in [
        (
            "let target = { a: 1 }; const reference = new WeakRef(target);
export default () => { const before = reference.deref().a; target = null; return [before, reference.deref() === undefined]; };",
            "[1,true]",
        ),
        (
            "let target = {}; const map = new WeakMap([[target, { b: 2 }]]);
export default () => { const { b } = map.get(target); target = { b }; return [target.b, map.has(target)]; };",
            "[2,false]",
        ),
        (
            "let numbers = (function* () { try { yield 1; yield 2 } finally { done() } })(); let ended = 0;
const done = () => ended++; numbers.next();
export default () => { const { value } = numbers.next(); numbers = null; return [value, ended]; };",
            "[2,0]",
        ),
        (
            "let resolve, sum = 0; const first = new Promise((settle) => resolve = settle);
const waiting = (async () => { sum += await first; return sum })();
export default async () => { resolve(5); return [await waiting]; };",
            "[5]",
        ),
        (
            "const kinds = [Uint8ClampedArray, Float16Array].map((Kind) => new Kind(2));
export default () => kinds.map((kind) => { kind[0] = 1e3; kind['-1'] = 7; return [kind[0], '-1' in kind, kind['1.5'] ?? 0]; });",
            "[[255,false,0],[1000,false,0]]",
        ),
        (
            "export default () => [Math.f16round(1.1), new DataView(new ArrayBuffer(2)).getFloat16(0)];",
            "[1.099609375,0]",
        ),
    ] {
        for arguments in [&[][..], &["--strip", "off"]] {
            let (stdout, stderr) = outcome(program, arguments);
            assert_eq!(stdout, expected, "{arguments:?}: {program}: {stderr}");
        }
    }
}

#[test]
fn texts_of_functions_have_no_marks() {
    // A text that the front end changes has marks for positions.
    let program = "const text = String((a) => { return [DEBUG, a]; }); export default () => text;";
    let (stdout, stderr) = outcome(program, &["--define", "DEBUG=true"]);
    assert!(
        stdout.contains("true") && !stdout.contains("/*"),
        "{stdout}{stderr}"
    );
    let (stdout, stderr) = outcome(
        "export default (a) => 1; export { f as named }; function f() {}",
        &["--keep", "source"],
    );
    assert_eq!(stdout, "1", "{stderr}");
}
