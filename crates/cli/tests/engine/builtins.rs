//! Builtins that QuickJS lacks or gets wrong.

use super::check;
use super::support::Project;

/// Calls `f`; the name of what it throws.
const TRY: &str =
    "const t = (f) => { try { return f(); } catch (error) { return error.name; } };\n";

fn check_values(values: &[&str]) {
    let lines: Vec<String> = values
        .iter()
        .map(|value| format!("console.log(t(() => {value}));\n"))
        .collect();
    check(&(TRY.to_string() + &lines.concat()));
}

#[test]
fn strings_are_spread_into_objects() {
    check_values(&[
        "JSON.stringify({ ...'abc' })",
        "JSON.stringify({ ...'😀', a: 1 })",
        "JSON.stringify({ a: 1, ...'', b: 2 })",
        "JSON.stringify({ ...5, ...true, ...null, ...undefined, ...Symbol.iterator, ...1n })",
        "JSON.stringify({ ...new String('xy') })",
        "JSON.stringify((({ ...rest }) => rest)('xy'))",
        "JSON.stringify((({ 0: first, ...rest }) => rest)('xyz'))",
        "JSON.stringify((({ length, ...rest }) => [length, rest])('xyz'))",
        "JSON.stringify({ ...('a' + 'b'.repeat(3)) })",
    ]);
}

#[test]
fn strings_make_html() {
    check_values(&[
        "'a'.anchor() + 'a'.anchor('\"') + 'a'.anchor(null)",
        "'a'.big() + 'a'.blink() + 'a'.bold() + 'a'.fixed() + 'a'.italics()",
        "'a'.fontcolor() + 'a'.fontcolor('red') + 'a'.fontsize() + 'a'.fontsize(7)",
        "'a'.link() + 'a'.link('x') + 'a'.link({ toString: () => 'y' })",
        "'a'.small() + 'a'.strike() + 'a'.sub() + 'a'.sup()",
        "String.prototype.link.call(5, 6)",
        "String.prototype.link.call(null, 6)",
        "'a'.link(Symbol())",
    ]);
}

#[test]
fn the_last_match_is_known() {
    check(
        r#"
        const parts = () => console.log(JSON.stringify([
          RegExp.$1, RegExp.$2, RegExp.$9, RegExp.input, RegExp.$_, RegExp.lastMatch, RegExp["$&"], RegExp.lastParen, RegExp["$+"],
          RegExp.leftContext, RegExp["$`"], RegExp.rightContext, RegExp["$'"],
        ]));
        parts();
        /(a)(b)?/.exec("xxabyy"); parts();
        /(z)/.exec("q"); parts();
        /(é)|(x)/u.test("😀é"); parts();
        "a-b_c".split(/([-_])/); parts();
        "2024-05-06".replace(/(\d+)-(\d+)/, "$2/$1"); parts();
        console.log("abc".replace(/(.)/g, () => RegExp.$1)); parts();
        "abc".match(/(.)/g); parts();
        [..."abc".matchAll(/([ab])/g)]; parts();
        "xyz".search(/(y)/); parts();
        /(1)(2)(3)(4)(5)(6)(7)(8)(9)(a)/.exec("123456789a"); parts();
        "abc".replaceAll(/b/g, ""); parts();
        "xbx".replace(/x/g, ""); parts();
        class Sub extends RegExp {}
        new Sub("(s)").exec("sss"); parts();
        console.log(Sub.$1, Object.getOwnPropertyDescriptor(RegExp, "$1").get.call(undefined));
        RegExp.$1 = 5; RegExp.input = 5; parts();
        RegExp.$_ = { toString: () => "set" }; parts();
        /x/.test("axb"); parts();
        for (const name of ["$1", "input", "$'"]) {
          const { get, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(RegExp, name);
          console.log(get.name, set.name, enumerable, configurable);
        }
        "#,
    );
}

#[test]
fn atomics_work_without_threads() {
    check_values(&[
        "(() => { const a = new Int32Array(new SharedArrayBuffer(8)); return [Atomics.add(a, 0, 5), Atomics.sub(a, 0, 1), \
         Atomics.or(a, 0, 3), Atomics.and(a, 0, 6), Atomics.xor(a, 0, 1), Atomics.exchange(a, 0, 9), \
         Atomics.compareExchange(a, 0, 9, 2), Atomics.load(a, 0), Atomics.store(a, 1, 3.7), a].join(); })()",
        "[Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array].map((Kind) => { const a = new Kind(2); \
         Atomics.sub(a, 1, 1); return Atomics.add(a, 1, 3) + ',' + a; }).join('|')",
        "(() => { const a = new BigInt64Array(2); return [Atomics.sub(a, 0, 5n), Atomics.load(a, 0)].join(); })()",
        "Atomics.notify(new Int32Array(new SharedArrayBuffer(8)), 0)",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 1)",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0, 3)",
        "Atomics.wait(new BigInt64Array(new SharedArrayBuffer(8)), 0, 0n, 0)",
        "Atomics.wait(new Int32Array(2), 0, 0, 0)",
        "Atomics.add(new Float64Array(2), 0, 0)",
        "Atomics.add(new Int8Array(2), 2, 0)",
        "[1, 2, 3, 4, 8].map(Atomics.isLockFree).join()",
        "Object.prototype.toString.call(Atomics)",
    ]);
}

#[test]
fn waiting_takes_time() {
    check(
        "const cell = new Int32Array(new SharedArrayBuffer(4));\n\
         const begun = performance.now();\n\
         console.log(Atomics.wait(cell, 0, 0, 30), performance.now() - begun >= 29);\n",
    );
}

#[test]
fn shared_buffers_grow() {
    check_values(&[
        "(() => { const buffer = new SharedArrayBuffer(4, { maxByteLength: 16 }), all = new Uint8Array(buffer), \
         some = new Uint8Array(buffer, 0, 4); buffer.grow(12); all[11] = 7; \
         return [buffer.byteLength, buffer.growable, buffer.maxByteLength, all.length, some.length, all].join(); })()",
        "new SharedArrayBuffer(4, { maxByteLength: 16 }).grow(17)",
        "new SharedArrayBuffer(4, { maxByteLength: 16 }).grow(2)",
        "new SharedArrayBuffer(4).grow(4)",
        "new SharedArrayBuffer(4, { maxByteLength: 2 })",
        "new SharedArrayBuffer(4).growable",
        "(() => { const buffer = new SharedArrayBuffer(0, { maxByteLength: 8 }); buffer.grow(8); \
         return buffer.slice(2).byteLength; })()",
    ]);
}

#[test]
fn regular_expressions_have_thousands_of_groups() {
    check_values(&[
        "new RegExp('^' + '(a)'.repeat(3000) + '\\\\3000$').exec('a'.repeat(3001)).length",
        "new RegExp('(a)'.repeat(255)).exec('a'.repeat(255)).length",
        "new RegExp('(?<n>a)' + '(a)'.repeat(300) + '\\\\k<n>').test('a'.repeat(302))",
        "new RegExp('(?:' + '(x)?'.repeat(500) + '){2}y').exec('xxxy').filter((part) => part).length",
        "new RegExp('(?<=' + '(b)'.repeat(300) + ')c').exec('b'.repeat(300) + 'c')[300]",
        "new RegExp('^(?:' + Array.from({ length: 2000 }, (_, i) => `(?<n${i}>x${i})`).join('|') + ')$').exec('x1999').groups.n1999",
        "Object.keys(new RegExp(Array.from({ length: 400 }, (_, i) => `(?<n${i}>x${i})`).join('|')).exec('x7').groups).length",
        "new RegExp('(a)'.repeat(32768))",
        "'abc'.replace(/(?:(a)|(b)|(c)){3}/, '[$1$2$3]')",
        "/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac').map(String).join()",
        "/(?<=(\\d+)(\\d+))$/.exec('1053').join()",
    ]);
}

#[test]
fn a_match_at_build_time_is_the_last_one() {
    let project = Project::compiled(
        "/(b+)/.exec('abbc');\n\
         export default () => [RegExp.$1, RegExp.leftContext];\n",
    );
    assert_eq!(
        project.succeed(&["run", "index.wasm"], ""),
        "[\"bb\",\"a\"]"
    );
}

#[test]
fn the_last_match_costs_only_who_asks_for_it() {
    let size = |program: &str| Project::compiled(program).read("index.wasm").len();
    let plain =
        size("export default (text) => text.replace(/(b)/, '$0') + text.match(/b/).inputs;\n");
    let named =
        size("export default (text) => text.replace(/(b)/, '$1') + text.match(/b/).input;\n");
    assert!(
        named <= plain + 32,
        "{named} bytes, {plain} without the names"
    );
}
