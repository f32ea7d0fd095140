//! Makes programs that use objects with many properties, in ways of which some can be seen through at build time and some
//! cannot: `L` stands for such an object, `P` for the name of a property, `V` for an expression with them.

use super::Files;
use crate::Choices;

/// `show` writes what a function gives or throws, and is the first that touches the outside world.
const PRELUDE: &str = "\
const render = (value, depth = 0) => {
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || value === null) return `${String(value)}`;
  if (depth > 2) return '…';
  const parts = [];
  for (const key in value) parts.push(`${key}: ${render(value[key], depth + 1)}`);
  return `{${parts}}`;
};
const show = (label, body) => {
  let text;
  try {
    text = render(body());
  } catch (error) {
    text = `throws ${error?.name}`;
  }
  console.log(`${label}: ${text}`);
};
let kept, number = 2;
function get2(x) { return x.p2; }
function pass(x, y) { return y ? pass(x) : get2(x); }
function computed(x) { return x['p' + number]; }
function keep(x) { kept = x; return kept; }
function second(x) { return arguments[1]; }
function same(x, y) { return x === y; }
function inner(x) { return () => x.p3; }
function local(x) { const y = x; let z; z = y; return z.p4; }
function choose(x, y) { return (number > 1 ? x : y).p5; }
function call(x) { return x.p0(1) + x.p1(2); }
function method(x) { return x.self().p1; }
function spread(...xs) { return xs[0].p1; }
function defaulted(x = l0) { return x.p2; }
function loop(x) { for (let i = 0; i < 2; i++) { if (i) return x.p6; else x = l1; } }
function caught(x) { try { return x.p7.none.more; } catch { return x.p0; } finally { number = 2; } }
function switched(x) { switch (x) { case l0: return 'l0'; case l1: return x.p1; default: return x.p2; } }
";

/// What the libraries are made of, with `I` for their number; they have the properties `p0` to `p9` and some more.
const LIBRARIES: &[&str] = &[
    "const lI = {};\nfill(lI, I);",
    "const lI = { own: I };\nfill(lI, I);",
    "function lI(x) { return x ? lI.p1 : 'lI'; }\nfill(lI, I);",
    "const lI = (x) => [x, lI.p2];\nfill(lI, I);",
    "function lI() { if (!(this instanceof lI)) return new lI(); this.made = lI; }\nlI.prototype.p0 = () => I;\nlI.prototype.way = 1;\n\
     fill(lI, I); fill(lI.prototype, I);",
    "class lI { static make() { return new this(); } p1() { return 'I'; } }\nfill(lI, I);",
    "const lI = { get accessor() { return this.p3; }, self() { return this; } };\nfill(lI, I);",
    "const lI = { via(k) { return this[k]; }, third() { return this.p3; }, self: () => lI, p8: 1 };\nfill(lI, I);",
    "const lI = Object.create(null);\nfill(lI, I);",
    "const lI = Object.freeze(fill({}, I));",
    "const lI = Object.defineProperty(fill({}, I), 'p1', { get: () => get2(lI) });",
    "const lI = fill({}, I);\nlI.self = lI;\nlI.sub = [lI, l0][I && 1];",
    "const lI = fill(Object.assign(() => lI, { third() { return (() => this)().p3; } }), I);",
    "let lI = fill({}, I);",
];

/// The text of a module that takes the place of a library.
const MODULE: &str = "\
export const p0 = { of: 'I' };
export const p1 = (x) => `I.1(${typeof x})`;
export function p2(x) { return `I.2(${typeof x})`; }
export let p3 = 3;
export async function p4() { return this?.p3; }
export function* p5() { yield this?.p6; }
export const p6 = [1, 2];
export let p7 = () => 7, p8 = 8, p9 = () => p8;
export function third() { p3 += 1; p7 = (x) => p2(x); return this?.p3; }
export function self() { return this; }
export function via(k) { return this[k]; }
export default 'I';
";

const FILL: &str = "\
function fill(o, n) {
  for (let i = 0; i < 10; i++) o[`p${i}`] = i % 3 ? (x) => `${n}.${i}(${typeof x})` : i % 2 ? i * 10 + n : { of: n };
  o.self ??= function () { return this; };
  o.third ??= () => n;
  return o;
}
";

/// What is done to them.
const USES: &[&str] = &[
    "L.P",
    "L.P",
    "L.P()",
    "L.P(V)",
    "L.P?.(1)",
    "L?.P",
    "L.P.of",
    "typeof L.P",
    "typeof L",
    "L.missing",
    "L.third()",
    "L.self().P",
    "L.via('P')",
    "L.accessor",
    "L.sub.P",
    "L.self?.P",
    "L['P']",
    "L['p' + number]",
    "Object.keys(L).length",
    "(() => { let t = ''; for (const k in L) t += k; return t; })()",
    "({ ...L }).P",
    "'P' in L",
    "delete L.P",
    "Object.hasOwn(L, 'P')",
    "L.hasOwnProperty?.('P')",
    "((x) => x.P)(L)",
    "(function () { return this.P; }).call(L)",
    "(() => L)().P",
    "(() => { const { P } = L; return P; })()",
    "(() => { const { P, ...rest } = L; return Object.keys(rest).length; })()",
    "(() => { let x = L; if (number > 5) x = 1; return x.P; })()",
    "(() => { const x = L; return () => x.P; })()()",
    "(() => { const x = L; { const f = () => x; return f()['P']; } })()",
    "[L][0].P",
    "({ x: L }).x.P",
    "new Map([[1, L]]).get(1).P",
    "(L.P = 7)",
    "(() => { L.P = V; return L.P; })()",
    "(L.P = L.P === 1)",
    "(L.extra = V)",
    "(L.extra ??= 5)",
    "L.length",
    "L.name",
    "L()",
    "L(1)",
    "new L().P",
    "new L().made.P",
    "L.make().p1()",
    "L.prototype?.P",
    "L.prototype?.constructor.P",
    "({}) instanceof L",
    "(L instanceof Object)",
    "(L === L)",
    "(L == null)",
    "(!L)",
    "(L ? 1 : 2)",
    "(L || L).P",
    "(L && L.P)",
    "(0, L).P",
    "(number > 1 ? L : L).P",
    "JSON.stringify(L)",
    "String(L).length > 3",
    "(() => { try { throw L; } catch (e) { return e.P; } })()",
    "[...(function* () { yield L; })()][0].P",
    "Reflect.get(L, 'P')",
    "Object.create(L).P",
    "({ __proto__: L }).P",
    "(class extends L {}).P",
    "L.P.call?.(L)",
    "L.P.bind?.(L)()",
    "L.toString?.name",
    "L.__proto__ === Object.prototype",
    "L.constructor?.name",
    "L.P`text`",
    "get2(L)",
    "pass(L, 1)",
    "computed(L)",
    "keep(L).P",
    "kept?.P",
    "second(1, L).P",
    "same(L, L)",
    "inner(L)()",
    "local(L)",
    "choose(L, L)",
    "call(L)",
    "method(L)",
    "spread(L)",
    "defaulted()",
    "defaulted(L)",
    "loop(L)",
    "caught(L)",
    "switched(L)",
    "get2(get2(L))",
    "(get2 = (x) => x.p9, get2(L))",
    "[L, L].map((x) => x.P).length",
    "Array.from({ length: 2 }, function () { return this.P; }, L).length",
    "new Proxy(L, {}).P",
    "Object.entries(L).length",
    "globalThis.L?.P",
];

const VALUES: &[&str] = &["1", "'x'", "L", "L.P", "() => L", "() => L.P", "null"];

/// A program that uses objects with many properties, and the module that it imports.
#[must_use]
pub fn program(random: &mut Choices<'_>) -> Files {
    let mut text = PRELUDE.to_string() + FILL;
    for number in 0..4 {
        if random.below(4) == 0 {
            text.push_str(&format!("import * as l{number} from './module.mjs';\n"));
            continue;
        }
        let library = LIBRARIES[random.below(LIBRARIES.len())];
        let library = library.replace("lI", &format!("l{number}"));
        let library = library.replace('I', &number.to_string());
        text.push_str(&library);
        text.push('\n');
    }
    text.push_str("console.log('begins');\n");
    for line in 0..1 + random.below(9) {
        let expression = expand(USES[random.below(USES.len())], random);
        text.push_str(&format!("show({line}, () => {expression});\n"));
    }
    vec![
        ("index.mjs".into(), text),
        ("module.mjs".into(), MODULE.into()),
    ]
}

/// Each `L`, `P` and `V` of its own.
fn expand(template: &str, random: &mut Choices<'_>) -> String {
    let characters: Vec<char> = template.chars().collect();
    let mut text = String::new();
    for (index, character) in characters.iter().enumerate() {
        let is_word = |index: usize| characters.get(index).is_some_and(|c| c.is_alphanumeric());
        if is_word(index.wrapping_sub(1)) || is_word(index + 1) {
            text.push(*character);
            continue;
        }
        match character {
            'L' => text.push_str(&format!("l{}", random.below(4))),
            'P' => text.push_str(&format!("p{}", random.below(10))),
            'V' => text.push_str(&expand(VALUES[random.below(VALUES.len())], random)),
            _ => text.push(*character),
        }
    }
    text
}
