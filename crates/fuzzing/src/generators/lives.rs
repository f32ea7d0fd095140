//! Makes functions with state that lives from the build to the run: whatever the top level leaves in the heap, a call uses.

use super::Files;
use crate::Choices;

/// Names of the exports, which are called in this order; the last is the default export.
pub const EXPORTS: [&str; 3] = ["first", "second", "default"];

/// What the top level makes, under the name `sK`, and what a call does with it.
const STATES: &[(&str, &[&str])] = &[
    (
        "new Map([['a', 1], [NaN, 2], [{}, 3]])",
        &[
            "S.get('a')",
            "S.get(NaN)",
            "[...S.keys()].length",
            "S.set('b', S.size).size",
            "[...S].flat().length",
        ],
    ),
    (
        "new Set([1, '1', 1n])",
        &[
            "S.has(1n)",
            "[...S].map(String)",
            "S.delete(1)",
            "[...S.keys()].length",
        ],
    ),
    (
        "new WeakMap([[Object, 1]])",
        &["S.get(Object)", "S.has({})"],
    ),
    (
        "new Date(86400000)",
        &[
            "S.toISOString()",
            "S.getUTCDate()",
            "+S",
            "JSON.stringify(S)",
        ],
    ),
    (
        "/(?<y>\\d+)-(\\w)/g",
        &[
            "S.exec('12-a 13-b')?.groups.y",
            "S.lastIndex",
            "'1-a 2-b'.replace(S, '$2')",
            "S.source",
            "S.flags",
            "[...'1-x'.matchAll(S)].length",
        ],
    ),
    (
        "new Uint8Array([1, 2, 3]).subarray(1)",
        &[
            "S[0]",
            "S.length",
            "S.byteOffset",
            "[...S.map((x) => x * 100)]",
            "S.buffer.byteLength",
        ],
    ),
    (
        "new DataView(new Float64Array([1.5]).buffer)",
        &["S.getFloat64(0, true)", "S.getUint8(7)"],
    ),
    (
        "(function* () { let x = 1; while (true) { x += yield x; } })()",
        &[
            "S.next(2).value",
            "S.next(3)",
            "S.return(5)",
            "S.toString()",
        ],
    ),
    (
        "(() => { const g = (function* () { try { yield 1; yield 2; } finally { yield 'f'; } })(); g.next(); return g; })()",
        &["S.next().value", "S.return(9)", "[...S]"],
    ),
    (
        "Promise.resolve(5)",
        &["S instanceof Promise", "typeof S.then"],
    ),
    (
        "(() => { let r; const p = new Promise((x) => { r = x; }); return { p, r }; })()",
        &["(S.r(1), typeof S.p)"],
    ),
    (
        "class { static #n = 1; #m = 2; static get n() { return this.#n++; } get m() { return this.#m += 1; } static has(o) { return #m in o; } }",
        &["S.n", "new S().m", "S.has(new S())", "S.has({})", "S.name"],
    ),
    (
        "new (class Base { constructor() { this.v = new.target.name; } toString() { return `<${this.v}>`; } })()",
        &[
            "`${S}`",
            "S.v",
            "S.constructor.name",
            "new S.constructor().v",
        ],
    ),
    (
        "new (class extends Array { sum() { return this.reduce((a, b) => a + b, 0); } })(1, 2, 3)",
        &[
            "S.sum()",
            "S.map((x) => x + 1).sum()",
            "S.length",
            "S.constructor[Symbol.species] === S.constructor",
        ],
    ),
    (
        "new (class extends Map { get(k) { return super.get(k) ?? 'none'; } })([[1, 2]])",
        &["S.get(1)", "S.get(2)"],
    ),
    (
        "new Proxy({ a: 1 }, { get: (t, k) => k === 'b' ? 'proxied' : Reflect.get(t, k), has: () => true, ownKeys: () => ['a'] })",
        &["S.a", "S.b", "'z' in S", "Object.keys(S)", "({ ...S })"],
    ),
    (
        "Object.freeze({ a: [1, { b: 2 }] })",
        &[
            "S.a[1].b",
            "Object.isFrozen(S)",
            "S.a.push(3)",
            "Reflect.set(S, 'a', 1)",
        ],
    ),
    (
        "Object.create({ inherited: 1 }, { own: { value: 2 }, seen: { value: 3, enumerable: true } })",
        &[
            "S.inherited + S.own",
            "Object.keys(S)",
            "JSON.stringify(S)",
            "(() => { const k = []; for (const x in S) k.push(x); return k; })()",
        ],
    ),
    (
        "((a, b = 2, ...c) => [a, b, c.length]).bind(null, 1)",
        &["S()", "S(5, 6, 7)", "S.name", "S.length"],
    ),
    (
        "(() => { let n = 0; return { up: () => ++n, get n() { return n; } }; })()",
        &["S.up()", "S.n", "(S.up(), S.up())"],
    ),
    (
        "(function () { return arguments; })(1, 2)",
        &[
            "S[1]",
            "S.length",
            "[...S]",
            "Object.prototype.toString.call(S)",
        ],
    ),
    (
        "[1, , 3]",
        &[
            "S.length",
            "1 in S",
            "S.indexOf(undefined)",
            "S.flat()",
            "S.sort((a, b) => b - a)",
        ],
    ),
    (
        "Symbol('own')",
        &[
            "S.description",
            "S.toString()",
            "typeof S",
            "({ [S]: 1 })[S]",
        ],
    ),
    (
        "{ [Symbol.iterator]: function* () { yield* [4, 5]; }, [Symbol.toPrimitive]: (h) => h, [Symbol.toStringTag]: 'Tag' }",
        &[
            "[...S]",
            "`${S}`",
            "S + 1",
            "Object.prototype.toString.call(S)",
            "Math.max(...S)",
        ],
    ),
    (
        "123456789012345678901234567890n",
        &[
            "String(S)",
            "String(S * 2n)",
            "S > 5",
            "String(BigInt.asUintN(8, S))",
            "S.toLocaleString().length > 3",
        ],
    ),
    (
        "new Error('made at build', { cause: 7 })",
        &[
            "S.message",
            "S.cause",
            "S.name",
            "S instanceof Error",
            "typeof S.stack",
        ],
    ),
    ("[1, 2, 3].values()", &["S.next().value", "[...S]"]),
    (
        "new Map([[1, 2]]).entries()",
        &["S.next()", "[...S].length"],
    ),
    (
        "'a-b-c'[Symbol.iterator]()",
        &["S.next().value", "[...S].join('')"],
    ),
    ("new TextEncoder()", &["S.encode('é').length"]),
    (
        "new TextDecoder()",
        &["S.decode(new Uint8Array([195, 169]))"],
    ),
    (
        "((strings, ...values) => ({ strings, values }))`a${1}b${2}`",
        &[
            "S.strings.raw.join()",
            "S.values",
            "Object.isFrozen(S.strings)",
        ],
    ),
    (
        "{ get lazy() { delete this.lazy; return this.lazy = 'computed'; } }",
        &["S.lazy", "(S.lazy, Object.keys(S))"],
    ),
    ("new WeakRef({ a: 1 })", &["typeof S.deref()"]),
    (
        "Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, i]))",
        &[
            "S.k7",
            "Object.keys(S).length",
            "(delete S.k7, S.k7)",
            "Object.entries(S)[3]",
        ],
    ),
    (
        "'x'.repeat(3) + 'é'.normalize('NFD') + '\\ud800'",
        &[
            "S.length",
            "S.isWellFormed?.() ?? false",
            "S.codePointAt(0)",
            "S.at(-1).charCodeAt(0)",
        ],
    ),
    (
        "async () => { await null; return 'later'; }",
        &["typeof S()"],
    ),
    (
        "Function.prototype.call.bind(Array.prototype.slice)",
        &["S([1, 2, 3], 1)"],
    ),
    (
        "[Object.prototype.hasOwnProperty, Array.prototype.map, Math.max, JSON.stringify, String]",
        &[
            "S[0].call({ a: 1 }, 'a')",
            "S[1].call('ab', (c) => c + c)",
            "S[2](1, 5)",
            "S[3]({ a: [1] })",
            "S[4](12)",
        ],
    ),
    (
        "globalThis.kept ??= { by: 'globalThis' }",
        &["globalThis.kept.by", "(S.more = 1, globalThis.kept.more)"],
    ),
    (
        "(Array.prototype.ownMethod ??= function () { return this.length; })",
        &["[1, 2].ownMethod()", "S.call('abc')"],
    ),
    ("-0", &["Object.is(S, -0)", "1 / S"]),
    (
        "new Int32Array(new ArrayBuffer(16, { maxByteLength: 64 }))",
        &["S.length", "(S.buffer.resize?.(32), S.length)"],
    ),
];

/// A module with exports.
#[must_use]
pub fn program(choices: &mut Choices<'_>) -> Files {
    let mut text = String::new();
    let count = 1 + choices.below(6);
    let states: Vec<&[&str]> = (0..count)
        .map(|number| {
            let (make, uses) = choices.pick(STATES);
            let value = match make.starts_with('{') {
                true => format!("({make})"),
                false => make.to_string(),
            };
            text.push_str(&format!("let s{number} = {value};\n"));
            // What the top level did to it before has happened.
            if choices.once_in(2) {
                let touched = expression(uses, number, choices);
                text.push_str(&format!("try {{ {touched}; }} catch {{}}\n"));
            }
            uses
        })
        .collect();
    if choices.once_in(3) {
        text.push_str("const together = [s0, { s0 }, () => s0];\nlet settled = 0;\nPromise.resolve(1).then((v) => { settled += v; });\n");
    } else {
        text.push_str("let together = null, settled = null;\n");
    }
    text.push_str(
        "const safe = (f) => { try { return f(); } catch (e) { return `throws ${e.name}`; } };\n",
    );
    for export in EXPORTS {
        let mut results = vec!["settled".to_string()];
        for _ in 0..1 + choices.below(5) {
            let number = choices.below(count);
            results.push(expression(states[number], number, choices));
        }
        if choices.once_in(3) {
            results.push("together?.[2]() === s0".into());
        }
        let shown: Vec<String> = results
            .iter()
            .map(|result| format!("safe(() => ({result}))"))
            .collect();
        let head = match (export, choices.once_in(3)) {
            ("default", false) => "export default function".to_string(),
            ("default", true) => "export default async function".to_string(),
            (name, false) => format!("export function {name}"),
            (name, true) => format!("export async function {name}"),
        };
        text.push_str(&format!("{head}() {{ return [{}]; }}\n", shown.join(", ")));
    }
    vec![("index.mjs".into(), text)]
}

fn expression(uses: &[&str], number: usize, choices: &mut Choices<'_>) -> String {
    let characters: Vec<char> = choices.pick(uses).chars().collect();
    let is_word = |index: usize| characters.get(index).is_some_and(|c| c.is_alphanumeric());
    let letters = characters.iter().enumerate().map(|(index, letter)| {
        if *letter == 'S' && !is_word(index.wrapping_sub(1)) && !is_word(index + 1) {
            format!("s{number}")
        } else {
            letter.to_string()
        }
    });
    letters.collect()
}
