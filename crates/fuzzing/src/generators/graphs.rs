//! Makes programs of several modules, with cycles, top-level await and effects in every kind of statement.
//!
//! `E` stands for an effect, which prints, `V` for a pure value, `K` for a number of which every name is made once.

use super::Files;
use crate::Choices;

/// Statements around effects. All are valid in a module, in any order.
const STATEMENTS: &[&str] = &[
    "E;",
    ";E;",
    "E;;",
    "const cK = E;",
    "let lK = V, mK = E;",
    "var vK = E, wK = V;",
    "export const eK = E;",
    "export let fK = V, gK = E;",
    "export const { a: hK = E, ...iK } = { b: V };",
    "const [jK = E, ...kK] = [, V];",
    "(function () { E })();",
    "(() => E)(), E;",
    "!function () { E }();",
    "(async () => { E; await V; E; })();",
    "(async function () { for await (const x of [V, V]) E; })();",
    "{ E }",
    "{ { ; } E }",
    "label: { E; break label; }",
    "outer: for (;;) { for (;;) { E; break outer; } }",
    "if (E) ; else E;",
    "if (V) E; else ;",
    "for (let i = E; i < 2; i++) E;",
    "for (let i = 0; i < 2; E, i++) ;",
    "for (const x of [V, V]) E;",
    "for (const k in { a: V, b: V }) E;",
    "while (!E) break;",
    "do E; while (false);",
    "switch (E) { case V: E; default: E; }",
    "try { E; throw V; } catch (e) { E } finally { E }",
    "try { throw E } catch { }",
    "try { null.x } catch { E }",
    "class aK { static x = E; static { E } static [(E, 'k')]() {} }",
    "export class bK extends (E, Object) { static #p = E; }",
    "(class { static [E]; });",
    "new (class { constructor() { E } })();",
    "new (class { field = E; get g() { return E } })().g;",
    "function nK(a = E) { return a; } nK();",
    "export function oK() { return E; } oK();",
    "var pK = qK(); function qK() { return E; }",
    "[...(function* () { yield E; E })()];",
    "const rK = (function* () { yield V; E; yield V; })(); rK.next(); rK.next();",
    "Promise.resolve(V).then(() => E);",
    "Promise.reject(V).catch(() => E).finally(() => E);",
    "new Promise((resolve) => { E; resolve(V); }).then((v) => E);",
    "`${E}`;",
    "((s, v) => v)`a${E}b`;",
    "({ a: E, [E]: V, get b() { return E } }).b;",
    "[E, ...[E]];",
    "String({ toString() { E; return 's'; } });",
    "+{ valueOf: () => E };",
    "[3, 1, 2].sort((a, b) => (E, a - b));",
    "'ab'.replace(/./g, () => E);",
    "JSON.stringify({ toJSON: () => E });",
    "new Proxy({}, { get: () => E }).x;",
    "Object.defineProperty({}, 'x', { get: () => E }).x;",
    "Array.from({ length: 2 }, () => E);",
    "delete {}[E];",
    "void E, E;",
    "V || E;",
    "V && E;",
    "null ?? E;",
    "undefined?.[E];",
    "V ? E : E;",
    "'use strict';",
    "'a directive';\nE;",
    "/* E */ E // E",
    "const sK = V; sK; E;",
    "let tK; tK = E; tK += E; tK ??= E;",
    "export { uK as xK }; const uK = V; E;",
    "debugger; E;",
    "count.n += 1; E;",
    "console.log('effect', V), console.log('another');",
    "console.log(Date.now() > 0, Math.random() < 1); E;",
];

/// Statements that only the last of a module can be.
const DEFAULTS: &[&str] = &[
    "export default E;",
    "export default (E, V);",
    "export default function () { return E }",
    "export default class { static { E } }",
    "export default await E;",
];

/// Statements with top-level await.
const AWAITS: &[&str] = &[
    "await E;",
    "await V; E;",
    "const cK = await V; E;",
    "for await (const x of [V, Promise.resolve(V)]) E;",
    "await Promise.all([E, (async () => { await V; E })()]);",
    "await new Promise((resolve) => Promise.resolve().then(() => { E; resolve(); }));",
    "export const eK = await (E, V);",
    "if (V) { await V; E }",
    "try { await Promise.reject(V) } catch (e) { E }",
];

/// Statements about another module, `M`.
const IMPORTS: &[&str] = &[
    "import './M';",
    "import { call as cK } from './M'; cK();",
    "import * as nK from './M'; E; nK.call();",
    "import * as nK from './M'; nK.number();",
    "import { number as iK } from './M';",
    "export * from './M';",
    "export { number as jK } from './M';",
    "export * as nK from './M';",
    "export { call as kK } from './M'; E;",
];

/// Statements about the entry, by modules that it imports.
const OF_ENTRY: &[&str] = &[
    "import './M';",
    "import * as nK from './M'; E; typeof nK;",
    "import('./M').then((ns) => typeof ns);",
];

const DYNAMIC_IMPORTS: &[&str] = &[
    "import('./M').then((ns) => E);",
    "import('./M').then((ns) => ns.call(), () => E);",
    "(async () => { const ns = await import('./M'); E; ns.call(); })();",
];

const AWAITED_IMPORTS: &[&str] = &["(await import('./M')).call();", "await import('./M'); E;"];

const EFFECTS: &[&str] = &[
    "console.log('@')",
    "console.log('@', count.n++)",
    "say('@')",
    "(say('@'), 1)",
    "console.log(`@ ${typeof V}`)",
];

const VALUES: &[&str] = &[
    "1",
    "0",
    "'s'",
    "null",
    "undefined",
    "count.n",
    "[1].map((x) => x)",
    "(() => 2)()",
    "number()",
];

/// A program of up to six modules.
#[must_use]
pub fn program(choices: &mut Choices<'_>) -> Files {
    let modules = 1 + choices.below(6);
    let has_await = choices.once_in(3);
    let names: Vec<String> = (0..modules)
        .map(|number| match number {
            0 => "index.mjs".to_string(),
            number => format!("m{number}.mjs"),
        })
        .collect();
    let texts = (0..modules).map(|number| module(number, &names, has_await, choices));
    names.iter().cloned().zip(texts).collect()
}

fn module(number: usize, names: &[String], has_await: bool, choices: &mut Choices<'_>) -> String {
    // Effects of functions that cycles call before the module has begun go without its variables.
    let mut text = "\
const count = { n: 0 };
function say(text) { console.log('says', text); return text; }
export function number() { return 7; }
export function call() { say('call @'); }
"
    .replace('@', &names[number]);
    let mut maker = Maker {
        module: &names[number],
        made: 0,
        choices,
    };
    for _ in 0..maker.choices.below(6) {
        let kinds = match has_await && maker.choices.once_in(4) {
            true => AWAITS,
            false => STATEMENTS,
        };
        maker.append(kinds, &mut text);
        // Mostly later modules, sometimes an earlier one, which makes a cycle.
        let first = match maker.choices.once_in(6) {
            true => 0,
            false => number + 1,
        };
        if first < names.len() && maker.choices.once_in(2) {
            let other = &names[first + maker.choices.below(names.len() - first)];
            let kinds = match maker.choices.below(8) {
                // A program's entry exports no function.
                _ if other == &names[0] => OF_ENTRY,
                0 => DYNAMIC_IMPORTS,
                1 if has_await => AWAITED_IMPORTS,
                _ if number == 0 => &IMPORTS[..5],
                _ => IMPORTS,
            };
            let mut statement = String::new();
            maker.append(kinds, &mut statement);
            text.push_str(&statement.replace("./M", &format!("./{other}")));
        }
    }
    if maker.choices.once_in(6) && number > 0 {
        maker.append(
            &DEFAULTS[..DEFAULTS.len() - usize::from(!has_await)],
            &mut text,
        );
    }
    match number {
        0 => text
            .replace("export function", "function")
            .replace("export class", "class"),
        _ => text,
    }
}

struct Maker<'a, 'b, 'c> {
    module: &'a str,
    made: usize,
    choices: &'b mut Choices<'c>,
}

impl Maker<'_, '_, '_> {
    fn append(&mut self, kinds: &[&str], text: &mut String) {
        let template = self.choices.pick(kinds);
        self.expand(template, text);
        text.push('\n');
    }

    fn expand(&mut self, template: &str, text: &mut String) {
        self.made += 1;
        let number = self.made;
        let characters: Vec<char> = template.chars().collect();
        for (index, character) in characters.iter().enumerate() {
            let is_word = |index: usize| characters.get(index).is_some_and(|c| c.is_alphanumeric());
            let is_alone = !is_word(index.wrapping_sub(1)) && !is_word(index + 1);
            match character {
                'E' if is_alone => self.value(EFFECTS, text),
                'V' if is_alone => self.value(VALUES, text),
                'K' if !is_word(index + 1) => text.push_str(&number.to_string()),
                '@' => text.push_str(&format!("{} {number}", self.module)),
                other => text.push(*other),
            }
        }
    }

    fn value(&mut self, kinds: &[&str], text: &mut String) {
        let template = self.choices.pick(kinds);
        self.expand(template, text);
    }
}
