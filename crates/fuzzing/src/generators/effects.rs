//! Makes programs that touch the outside world for the first time in each kind of statement, in each kind of module.
//!
//! ```text
//! choices ─► a graph of modules, in one of which one of the FORMS has the first effect
//! ```
//!
//! Wherever it lies, what ran before it runs once, and everything after it runs when the module does, in order.

use super::Files;
use crate::Choices;

/// Statements with an effect, an expression that `@` stands for. What they declare ends in `%`, which becomes a number.
const FORMS: &[&str] = &[
    "@;",
    ";;@;;",
    "'use strict'; @;",
    "const a% = @;",
    "let b% = 1, c% = @, d% = n++;",
    "var { e% = @ } = {};",
    "const [f% = @, ...g%] = [];",
    "export const h% = @;",
    "export let i% = (n++, @), j% = @;",
    "export const { k% = @ } = {};",
    "class L% { static { @; } }",
    "export class M% { static #p = @; static q = n++; }",
    "class N% { [(@, 'k')]() {} }",
    "class O% extends (@, Object) {}",
    "void new (class { constructor() { @; } })();",
    "void new (class { f = @; })();",
    "label: { @; break label; }",
    "outer: for (const i of [1, 2, 3]) { for (;;) { if (i < 2) continue outer; @; break outer; } }",
    "for (let i = (@, 0); i < 2; i++) n++;",
    "for (let i = 0; i < 2; @, i++) n++;",
    "for (const p% in { x: 1, y: 2 }) { n++; @; }",
    "while (n++ < 0 || @) break;",
    "do { n++; @; } while (false);",
    "if (@) n++; else n += 2;",
    "if (n > 1e9) @; else { @; }",
    "switch (@) { case 1: n++; default: n += 2; }",
    "try { throw @; } catch { n++; } finally { @; }",
    "try { n++; } finally { @; }",
    "(function () { @; })();",
    ";(function () { n++; @; })();;(() => @)();",
    "void function q%(x = @) { return x; }();",
    "function r%({ x = @ } = {}) {} r%();",
    "(async () => { @; await 0; @; })();",
    "(async () => { await 0; @; })();",
    "[...(function* () { n++; yield @; })()];",
    "(({ get x() { return @; } })).x;",
    "`${{ toString() { @; return 's'; } }}`;",
    "+{ valueOf() { @; return 1; } };",
    "((s) => @)`a${n++}b`;",
    "[3, 1].sort((a, b) => (@, a - b));",
    "'ab'.replace(/b/, () => { @; return ''; });",
    "JSON.stringify({ toJSON() { @; return 1; } });",
    "new Proxy({}, { get() { return @; } }).x;",
    "Promise.resolve().then(() => @);",
    "queueMicrotask(() => { n++; @; });",
    "Promise.resolve({ then(resolve) { @; resolve(); } });",
    "new Promise((resolve) => { @; resolve(); }).then(() => { n++; });",
    "n++, @, n++;",
    "n > 1e9 || @;",
    "void (undefined ?? @);",
    "({ a: @, [@]: n++ });",
    "[n++, @, ...[@]];",
    "hoisted%(); function hoisted%() { n++; @; }",
    "import.meta.x% = @;",
    "{ let s% = @; { @; } }",
    "var t%; t% = t% ?? @;",
    "debugger; @;",
    "/* a comment */ @; // and another",
    "export { u% as default% }; var u% = @;",
    "export function v%() { return @; } v%();",
];

/// The same with `await`.
const AWAITING: &[&str] = &[
    "await @;",
    "await 0; @;",
    "const a% = await Promise.resolve(n++), b% = @;",
    "for await (const c% of [n++, Promise.resolve(2)]) { @; }",
    "for (const d% of [1, 2]) { await d%; @; }",
    "try { await Promise.reject(n++); } catch { @; }",
    "await (async () => { n++; await 0; @; })();",
    "export const e% = await (n++, @);",
    "class F% { static g = @; static h = n++; } await 0;",
    "await new Promise((resolve) => { queueMicrotask(() => { @; resolve(); }); });",
    "await import('./late.mjs');",
    "import('./late.mjs').then(() => { @; });",
    "await { then(resolve) { @; resolve(n++); } };",
    "if (await n) { @; }",
    "await Promise.all([(async () => { await 0; @; })(), (async () => { @; })()]);",
];

/// Statements without one.
const PURE: &[&str] = &[
    "n++;",
    ";;",
    "const a% = n++;",
    "export const b% = [n++];",
    "class C% { static d = n++; static { n *= 2; } }",
    "for (let i = 0; i < 3; i++) n += i;",
    "queueMicrotask(() => { n += 3; });",
    "Promise.resolve(1).then((x) => { n += x; }).then(() => { n *= 2; });",
    "(async () => { n++; await 0; n += 2; })();",
    "function e%() { n++; } e%();",
    "export let f% = 1; f% += n++;",
    "try { null.x; } catch { n++; }",
    "'use strict';",
];

/// What stands between statements.
const BETWEEN: &[&str] = &["\n", " ", ";", ";;\n", "\n;", " /* … */ ", "\n\n"];

/// How the file `@` can be imported.
const IMPORTS: &[&str] = &[
    "import './@';",
    "import * as ns% from './@'; if (typeof ns% !== 'object') n++;",
    "export * as all% from './@';",
    "import {} from './@';",
];

/// How a CommonJS module can require it.
const COMMONJS: &[&str] = &[
    "const c% = require('./@');",
    "try { require('./@'); } finally { n++; }",
    "(() => require('./@'))();",
];

struct Maker<'a, 'b> {
    random: &'a mut Choices<'b>,
    /// How many statements and effects were made.
    count: usize,
}

impl Maker<'_, '_> {
    fn pick(&mut self, choices: &[&'static str]) -> &'static str {
        self.random.pick(choices)
    }

    /// An effect that shows how far the program has come.
    fn effect(&mut self) -> String {
        self.count += 1;
        match self.random.below(5) {
            // Clocks stand at 1970 at build time.
            0 => format!("(times.push(Date.now() > 1e10), {})", self.count),
            _ => format!("console.log('{}', n++)", self.count),
        }
    }

    /// What stands for `@` is made anew each time.
    fn fill(&mut self, form: &str, mut insert: impl FnMut(&mut Self) -> String) -> String {
        self.count += 1;
        let form = form.replace('%', &self.count.to_string());
        let mut parts = form.split('@');
        let mut text = parts.next().unwrap_or_default().to_string();
        for part in parts {
            text += &insert(self);
            text += part;
        }
        text
    }

    /// The statements of a module: pure ones, `first`, and what comes after it, with effects of its own where it may have
    /// some.
    fn body(&mut self, kind: Kind, first: Option<&str>, has_effects: bool) -> Vec<String> {
        let mut forms: Vec<&str> = Vec::new();
        for _ in 0..self.random.below(4) {
            forms.push(self.pick(PURE));
        }
        forms.extend(first);
        for _ in 0..self.random.below(3) {
            let choices = if has_effects { FORMS } else { PURE };
            forms.push(self.pick(choices));
        }
        forms.retain(|form| kind.can_have(form));
        forms
            .into_iter()
            .map(|form| self.fill(form, Self::effect))
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Entry,
    EcmaScript,
    CommonJs,
}

impl Kind {
    fn can_have(self, form: &str) -> bool {
        match self {
            // With a function among its exports a program is none.
            Kind::Entry => !form.starts_with("export function"),
            Kind::EcmaScript => true,
            Kind::CommonJs => {
                !form.starts_with("export ")
                    && !form.starts_with("import.")
                    && !AWAITING.contains(&form)
            }
        }
    }

    fn file(self, index: usize) -> String {
        match self {
            Kind::Entry => "index.mjs".to_string(),
            Kind::EcmaScript => format!("m{index}.mjs"),
            Kind::CommonJs => format!("m{index}.cjs"),
        }
    }
}

/// A program with its first effect anywhere.
#[must_use]
pub fn program(random: &mut Choices<'_>) -> Files {
    let mut maker = Maker { random, count: 0 };
    let forms = match maker.random.once_in(4) {
        true => AWAITING,
        false => FORMS,
    };
    let form = maker.pick(forms);
    let mut kinds = vec![Kind::Entry];
    for _ in 0..maker.random.below(4) {
        kinds.push(match maker.random.below(4) {
            0 => Kind::CommonJs,
            _ => Kind::EcmaScript,
        });
    }
    let first = maker.random.below(kinds.len());
    if !kinds[first].can_have(form) {
        kinds[first] = if first == 0 {
            Kind::Entry
        } else {
            Kind::EcmaScript
        };
    }
    let are_others_pure = maker.random.below(2) == 0;
    let state = "globalThis.n = 0; globalThis.times = [];\n".to_string();
    let late = "n++; console.log('late', n);\n".to_string();
    let mut files = vec![
        ("state.cjs".to_string(), state),
        ("late.mjs".to_string(), late),
    ];
    for (index, kind) in kinds.iter().copied().enumerate() {
        let is_first = index == first;
        let mut body = maker.body(kind, is_first.then_some(form), is_first || !are_others_pure);
        if kind == Kind::Entry {
            body.push("Promise.resolve().then(() => { console.log('job', n); });".to_string());
            body.push("console.log('end', n, String(times));".to_string());
        }
        for (other, target) in kinds.iter().copied().enumerate() {
            let is_cycle = other <= index && target != Kind::CommonJs && kind != Kind::CommonJs;
            let chance = match (other > index, index == 0) {
                (true, true) => 4,
                (true, false) => 2,
                (false, _) => usize::from(is_cycle && other != index),
            };
            if (kind == Kind::CommonJs && target != Kind::CommonJs)
                || maker.random.below(5) >= chance
            {
                continue;
            }
            let forms = if kind == Kind::CommonJs {
                COMMONJS
            } else {
                IMPORTS
            };
            let form = maker.pick(forms);
            let import = maker.fill(form, |_| target.file(other));
            let place = maker.random.below(body.len() + 1);
            body.insert(place, import);
        }
        let state = match kind {
            Kind::CommonJs => "require('./state.cjs');\n",
            _ => "import './state.cjs';\n",
        };
        let mut text = state.to_string();
        for statement in body {
            text += &statement;
            text += maker.pick(BETWEEN);
        }
        text.push('\n');
        files.push((kind.file(index), text));
    }
    files
}
