//! Makes programs from templates whose capitals stand for expressions of a kind.
//!
//! What engines may do in their own way is left out: the source text of functions, the messages and own properties of errors,
//! the last digits of Math's functions, for … in over proxies that are prototypes.

use super::Files;
use crate::Choices;

/// What every program begins with: `show` writes what a function gives or throws.
const PRELUDE: &str = "\
const render = (value, depth = 0) => {
  switch (typeof value) {
    case 'string': return `'${value}'`;
    case 'number': return 1 / value === -Infinity ? '-0' : `${value}`;
    case 'bigint': return `${value}n`;
    case 'object': {
      if (value === null) return 'null';
      if (depth > 3) return '…';
      const parts = [];
      for (const key in value) parts[parts.length] = `${key}: ${render(value[key], depth + 1)}`;
      return `{${parts}}`;
    }
    case 'function': return 'function';
    case 'symbol': return 'symbol';
  }
  return `${value}`;
};
const show = (label, body) => {
  let text;
  try {
    text = render(body());
  } catch (error) {
    text = `throws ${error.name}`;
  }
  console.log(`${label}: ${text}`);
};
";

/// Numbers.
const N: &[&str] = &[
    "(N + N)",
    "(N - N)",
    "(N * N)",
    "(N / N)",
    "(N % N)",
    "(N | N)",
    "(N & N)",
    "(N ^ N)",
    "(N << 3)",
    "(N >> 1)",
    "(N >>> 28)",
    "-N",
    "~N",
    "+S",
    "(B ? N : N)",
    "(N ** 2)",
    "Math.floor(N)",
    "Math.max(N, N)",
    "Math.min(N, ...A)",
    "Math.abs(N)",
    "Math.trunc(N)",
    "Math.sign(N)",
    "Math.round(N)",
    "Math.imul(N, N)",
    "Math.clz32(N)",
    "Math.fround(N)",
    "S.length",
    "S.indexOf(S)",
    "S.lastIndexOf('a')",
    "S.charCodeAt(1)",
    "S.codePointAt(0)",
    "S.search(/[b-d]/)",
    "A.length",
    "A.indexOf(N)",
    "A.at(-1)",
    "A.findIndex((x) => x > N)",
    "A.reduce((a, b) => a + b, N)",
    "A.reduceRight((a, b) => a - b, N)",
    "A.findLast((x) => x < N)",
    "parseInt(S, 16)",
    "parseFloat(S)",
    "Number(B)",
    "Number(I)",
    "O.a",
    "(O?.missing ?? N)",
    "O['b' + 'c']",
    "new Map([[S, N]]).size",
    "new Set(A).size",
    "new Uint8Array(A)[0]",
    "new Float32Array([N])[0]",
    "new DataView(new ArrayBuffer(8)).getInt16(2)",
    "Date.UTC(2020, 1, 29)",
    "new Date(86400000).getUTCDate()",
    "((a, b = N) => a + b)(N)",
    "((...rest) => rest.length)(...A)",
    "(function () { return arguments.length; })(N, N)",
    "JSON.parse('[1, 2]').length",
    "Object.keys(O).length",
    "[...'héllo'].length",
    "Reflect.ownKeys({ x: N, [S]: N }).length",
    "(() => { let t = 0; for (const x of A) t += x; return t; })()",
    "(() => { let t = 0; for (let i = 0; i < 5; i++) { if (i === 3) continue; t += i; } return t; })()",
    "(() => { outer: for (;;) { for (;;) { break outer; } } return N; })()",
    "(() => { try { return N; } finally { N; } })()",
    "(() => { do { var n = N; } while (false); return n; })()",
    "new (class { #n = N; get n() { return this.#n; } })().n",
    "new (class extends Array { get two() { return 2; } })(3).length",
    "(function f(n) { return n < 2 ? 1 : n * f(n - 1); })(6)",
    "Number.parseFloat('1e3x')",
    "Number.MAX_SAFE_INTEGER",
];

/// Strings.
const S: &[&str] = &[
    "`${N}`",
    "(S + S)",
    "(S + N)",
    "`<${S}|${B}>`",
    "typeof X",
    "String(N)",
    "String(X)",
    "(N | 0).toString(36)",
    "N.toFixed(2)",
    "S.slice(1, 4)",
    "S.substring(2)",
    "S.toUpperCase()",
    "S.toLowerCase()",
    "S.padStart(6, '*')",
    "S.padEnd(6)",
    "S.repeat(2)",
    "S.trim()",
    "S.charAt(1)",
    "S.at(-1)",
    "S.replace('a', 'b')",
    "S.replaceAll('a', S)",
    "S.replace(/[aeiou]/g, (c) => `(${c})`)",
    "S.replace(/(\\w)(\\w)/, '$2$1')",
    "S.split('').join('-')",
    "S.split(/[ ,]/).join('|')",
    "S.concat(S)",
    "S.normalize('NFD')",
    "String.fromCharCode(72, 105)",
    "String.raw`a\\n${N}`",
    "A.join()",
    "A.join(S)",
    "A.toString()",
    "JSON.stringify(O)",
    "JSON.stringify(A, null, 1)",
    "JSON.stringify(X)",
    "Object.keys(O).join()",
    "I.toString(16)",
    "encodeURIComponent(S)",
    "decodeURIComponent('%C3%A9')",
    "(S.match(/[a-c]+/) ?? ['none'])[0]",
    "[...S.matchAll(/o/g)].length + ''",
    "/(?<first>\\w)/.exec('xy').groups.first",
    "(B ? S : S)",
    "(S || S)",
    "(S && S)",
    "Symbol('s').toString()",
    "Symbol.for('k').description",
    "new Error(S).message",
    "Object.prototype.toString.call(X)",
    "new Date(0).toISOString()",
    "((strings, ...values) => strings.join('_') + values.length)`a${N}b`",
    "(() => { switch (N % 3) { case 0: return 'zero'; default: return 'other'; } })()",
    "(() => { try { null.x; } catch ({ name }) { return name; } })()",
    "new (class { static s = S; toString() { return S; } })() + ''",
    "[3, 1, 2].sort().join('')",
    "[...S].reverse().join('')",
    "Array.from(S, (c) => c + c).join('')",
    "(void 0)?.x + ''",
];

/// Booleans.
const B: &[&str] = &[
    "(N < N)",
    "(N >= N)",
    "(N === N)",
    "(N == S)",
    "(S < S)",
    "(S !== S)",
    "!B",
    "!X",
    "(B && B)",
    "(B || B)",
    "A.includes(N)",
    "A.some((x) => x > N)",
    "A.every((x) => x < N)",
    "S.includes('a')",
    "S.startsWith('a')",
    "S.endsWith(S)",
    "/^a.c/.test(S)",
    "/(.)\\1/u.test(S)",
    "Array.isArray(X)",
    "Number.isInteger(N)",
    "Number.isNaN(N)",
    "isFinite(N)",
    "('a' in O)",
    "(X instanceof Array)",
    "Object.is(N, N)",
    "Reflect.has(O, 'a')",
    "Object.hasOwn(O, 'b')",
    "Object.isFrozen(Object.freeze(O))",
    "new Set(A).has(N)",
    "new WeakMap([[O, 1]]).has({})",
    "delete O.a",
    "(I > 5n)",
    "(I == N)",
    "(null ?? B)",
    "('#' in {})",
];

/// Arrays of numbers.
const A: &[&str] = &[
    "[N, N, N]",
    "[N, ...A]",
    "A.map((x) => x * 2)",
    "A.filter((x) => x > 1)",
    "A.slice(1)",
    "A.concat(A)",
    "A.flatMap((x) => [x, x])",
    "[A, A].flat()",
    "A.toSorted((a, b) => a - b)",
    "A.toReversed()",
    "A.with(0, N)",
    "A.toSpliced(0, 1)",
    "A.fill(N, 1)",
    "A.copyWithin(0, 1)",
    "Array.from({ length: 3 }, (_, i) => i + N)",
    "Array.of(N, N)",
    "Object.values({ x: N, y: N })",
    "[...new Set(A)]",
    "[...new Map([[N, N]]).values()]",
    "[...(function* () { yield N; yield* A; })()]",
    "[...A.keys()]",
    "(([first, ...rest]) => rest)(A)",
    "(([a, b = N] = A) => [a, b])()",
    "[...new Uint16Array(A)]",
    "[...new Int8Array(A).map((x) => x + 1)]",
    "[...{ *[Symbol.iterator]() { yield N; } }]",
    "(() => { const a = A; a.push(N); a.unshift(N); a.pop(); a.shift(); return a; })()",
    "(() => { const a = A; a.splice(1, 1, N); a.reverse(); return a; })()",
    "(() => { const a = []; for (const k in O) a.push(k.length); return a; })()",
    "(() => { const a = A; [a[0], a[1]] = [a[1], a[0]]; return a; })()",
    "JSON.parse('[1.5, -2e3]')",
    "A.sort((a, b) => b - a)",
    "[N, , N]",
    "new Array(N % 4)",
    "S.split('').map((c) => c.charCodeAt(0))",
    "Array.from(new Map([[1, 2]]).keys())",
    "Object.entries({ a: N }).flat().filter((x) => typeof x === 'number')",
    "A.entries().next().value",
];

/// Objects.
const O: &[&str] = &[
    "{ a: N, b: S }",
    "{ ...O, c: N }",
    "{ [S]: N, a: B }",
    "{ a: N, get b() { return N; }, set b(x) {} }",
    "Object.assign({}, O, { d: N })",
    "Object.fromEntries([['a', N], ['b', S]])",
    "JSON.parse(JSON.stringify(O))",
    "(({ a, ...rest }) => rest)(O)",
    "Object.create({ a: N })",
    "new (class { constructor() { this.a = N; } method() {} })()",
    "new (class extends class { a = N; } { constructor() { super(); this.b = S; } })()",
    "new Proxy(O, { get: (t, k) => t[k] ?? 0 })",
    "Object.defineProperty({}, 'a', { value: N, enumerable: B })",
    "Object.freeze({ a: N })",
    "structuredCloneOf(O)",
    "new Error(S)",
    "/b(?<x>c)?/.exec('abc').groups",
    "Reflect.construct(Object, [])",
    "Object.getOwnPropertyDescriptor({ a: N }, 'a')",
    "(function () { return { a: new.target === undefined }; })()",
    "new (function F() { this.a = N; })()",
    "{ __proto__: { z: N }, e: N }",
];

/// BigInts.
const I: &[&str] = &[
    "(I + I)",
    "(I - I)",
    "(I * I)",
    "(I / 3n)",
    "(I % 7n)",
    "-I",
    "(I << 5n)",
    "(I >> 2n)",
    "(I & 255n)",
    "BigInt(N | 0)",
    "BigInt.asUintN(16, I)",
    "BigInt('123456789012345678901234567890')",
    "(2n ** 70n)",
    "new BigInt64Array([I])[0]",
];

/// Anything.
const X: &[&str] = &[
    "N",
    "S",
    "B",
    "A",
    "O",
    "I",
    "null",
    "undefined",
    "[A, O]",
    "new Map([[S, A]])",
    "Symbol.iterator",
    "[I]",
    "NaN",
    "-0",
];

/// Values without further expressions, in the order of the kinds.
const SIMPLE: [(char, &[&str]); 6] = [
    (
        'N',
        &[
            "0",
            "1",
            "-7",
            "2.5",
            "1e21",
            "255",
            "0.1",
            "n0",
            "n1",
            "(2 ** 31)",
        ],
    ),
    (
        'S',
        &[
            "''", "'abc'", "'a b,c'", "'héé'", "'12'", "s0", "'ABBA'", "'日本'",
        ],
    ),
    ('B', &["true", "false", "(n0 > 1)"]),
    ('A', &["[]", "[1, 2, 3]", "[5, -1, 5, 0]", "a0.slice()"]),
    ('O', &["{}", "{ a: 1, b: 'x' }", "{ ...o0 }"]),
    ('I', &["0n", "1n", "-12n", "9007199254740993n"]),
];

const KINDS: [(char, &[&str]); 7] = [
    ('N', N),
    ('S', S),
    ('B', B),
    ('A', A),
    ('O', O),
    ('I', I),
    ('X', X),
];

/// Lines in each program.
const LINES: usize = 70;

/// How deep expressions are.
const DEPTH: usize = 3;

/// A program that shows seventy random expressions.
#[must_use]
pub fn program(random: &mut Choices<'_>) -> Files {
    let kinds = KINDS.map(|(kind, templates)| {
        // A third of the templates, so that the programs differ in what they use.
        let some: Vec<&str> = templates
            .iter()
            .filter(|_| random.below(3) == 0)
            .copied()
            .collect();
        (kind, some)
    });
    let mut text = PRELUDE.to_string();
    text.push_str("const structuredCloneOf = (o) => ({ ...o });\nlet n0 = 3, s0 = 'caab', a0 = [4, 4, 1], o0 = { a: 2 };\n");
    for line in 0..LINES {
        let kind = ['N', 'S', 'B', 'A', 'O', 'I', 'X'][random.below(7)];
        let expression = expand(kind, DEPTH, &kinds, random);
        let body = match random.below(8) {
            0 => format!("{{ const f = () => ({expression}); return f(); }}"),
            1 => format!("{{ n0 += 1; return ({expression}); }}"),
            2 => format!("{{ let v; {{ v = ({expression}); }} return [v, typeof v]; }}"),
            _ => format!("({expression})"),
        };
        text.push_str(&format!("show({line}, () => {body});\n"));
    }
    let later = expand('X', DEPTH, &kinds, random);
    text.push_str(&format!(
        "(async () => {{ for (const v of [1, Promise.resolve(2)]) show('awaited', ((x) => () => x)(await v)); return ({later}); }})()\n  \
         .then((v) => show('later', () => v), (e) => show('later', () => e.name));\n"
    ));
    vec![("index.mjs".into(), text)]
}

/// An expression of a kind: a template with its capitals replaced.
fn expand(
    kind: char,
    depth: usize,
    kinds: &[(char, Vec<&str>)],
    random: &mut Choices<'_>,
) -> String {
    let templates = kinds.iter().find(|(other, _)| *other == kind);
    let templates = templates.map_or(&[][..], |(_, templates)| templates.as_slice());
    let template = if depth == 0 || templates.is_empty() {
        let simple = SIMPLE.iter().find(|(other, _)| *other == kind);
        let simple = simple.map_or(&["null"][..], |(_, simple)| simple);
        simple[random.below(simple.len())]
    } else {
        templates[random.below(templates.len())]
    };
    let mut text = String::new();
    let mut characters = template.chars().peekable();
    let mut previous = ' ';
    while let Some(character) = characters.next() {
        let is_word = |other: char| other.is_alphanumeric() || "_'$".contains(other);
        let is_alone = !is_word(previous) && !characters.peek().is_some_and(|next| is_word(*next));
        if is_alone && KINDS.iter().any(|(kind, _)| *kind == character) {
            let inner = expand(character, depth.saturating_sub(1), kinds, random);
            // An object literal in front of a statement would be a block; a number has a dot of its own.
            text.push_str(&format!("({inner})"));
        } else {
            text.push(character);
        }
        previous = character;
    }
    text
}
