//! TypeScript and JSX.

use std::fs;
use std::path::Path;

use crate::support::Project;
use crate::{check, thrown};

/// A program, and what it prints when TypeScript's own compiler has compiled it and Node runs it
/// (`typescript/record.mjs`).
struct Recorded {
    name: String,
    options: serde_json::Map<String, serde_json::Value>,
    files: Vec<(String, String)>,
    output: String,
}

impl Recorded {
    fn read(part: &str) -> Recorded {
        let (name, rest) = part.split_once('\n').expect("a name");
        let (program, output) = rest.split_once("\n---\n").expect("an output");
        let mut recorded = Recorded {
            name: name.to_string(),
            options: serde_json::Map::new(),
            files: Vec::new(),
            output: output.to_string(),
        };
        for line in program.lines() {
            let option = line
                .strip_prefix("// @")
                .and_then(|option| option.split_once(": "));
            match option {
                Some(("filename", file)) => {
                    recorded.files.push((file.to_string(), String::new()));
                }
                Some((option, value)) if recorded.files.is_empty() => {
                    let value = value.parse().map_or_else(|_| value.into(), bool::into);
                    recorded.options.insert(option.to_string(), value);
                }
                _ => {
                    if recorded.files.is_empty() {
                        recorded.files.push(("index.ts".to_string(), String::new()));
                    }
                    if let Some((_, text)) = recorded.files.last_mut() {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
            }
        }
        recorded
    }

    /// What is wrong with the program compiled.
    fn fault(&self) -> Option<String> {
        let files: Vec<(&str, &str)> = self
            .files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let project = Project::new(&files);
        if !self.options.is_empty() {
            let config = serde_json::json!({ "compilerOptions": self.options });
            project.write("tsconfig.json", config.to_string());
        }
        let finished = project.jsc(&["run", files[0].0], "");
        (finished.code != 0 || finished.stdout != self.output).then(|| {
            format!(
                "{}: it prints\n{}{}and not\n{}",
                self.name, finished.stdout, finished.stderr, self.output
            )
        })
    }
}

/// Compares what the programs of a file print with what is recorded.
fn check_recorded(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/modules/typescript")
        .join(name)
        .with_extension("txt");
    let text = fs::read_to_string(path).expect("the recorded programs");
    let faults: Vec<String> = format!("\n{text}")
        .split("\n=== ")
        .skip(1)
        // The line break in front of the next program is this one's.
        .map(|part| Recorded::read(&format!("{}\n", part.trim_end_matches('\n'))))
        .filter_map(|recorded| recorded.fault())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn fields_as_recorded() {
    check_recorded("fields");
}

#[test]
fn namespaces_as_recorded() {
    check_recorded("namespaces");
}

#[test]
fn enums_as_recorded() {
    check_recorded("enums");
}

#[test]
fn decorators_of_old_as_recorded() {
    check_recorded("decorators");
}

#[test]
fn decorators_of_the_standard_as_recorded() {
    check_recorded("decorators_of_the_standard");
}

#[test]
fn imports_and_exports_as_recorded() {
    check_recorded("modules");
}

#[test]
fn syntax_as_recorded() {
    check_recorded("syntax");
}

#[test]
fn types_leave_no_trace() {
    check(
        &[
            (
                "index.ts",
                "import type { A } from './types';\nimport { B, value, type C } from './types.js';\n\
                 export type { A };\ninterface I<T> { a: T }\ndeclare const nothing: I<string>;\nabstract class S<T> { abstract f(): T; declare g: T; h?: T }\n\
                 class K extends S<B> implements I<number> { a = 1; f(): B { return this.a! } }\n\
                 function over(a: string): string;\nfunction over(a: number): number;\nfunction over(a: any) { return a; }\n\
                 const s = { a: 1 } satisfies I<number> as I<number>;\nexport default (input: { n: number } & C): unknown => [new K().f(), over(input.n), s, value<number>(<any>2), 'h' in new K()];\n",
            ),
            (
                "types.ts",
                "export interface A { a: number }\nexport type B = number;\nexport type C = object;\nexport const value = <T>(t: T): T => t;\n",
            ),
        ],
        r#"{"n":3}"#,
        r#"[1,3,{"a":1},2,true]"#,
    );
}

#[test]
fn what_typescript_adds_runs() {
    check(
        &[(
            "index.ts",
            "enum Color { Red, Green = 'ab'.length, Blue = Green + 2 }\nconst enum Fixed { A = 1 << 3 }\n\
             namespace N { export const x = 1; export namespace M { export const y = x + 1; } }\n\
             class P { constructor(private readonly a: number, public b = 2, protected c?: string) {} sum() { return this.a + this.b; } }\n\
             export default () => [Color.Blue, Color[0], Fixed.A, N.M.y, new P(1).sum()];\n",
        )],
        "",
        r#"[4,"Red",8,2,3]"#,
    );
}

#[test]
fn decorators_of_the_standard() {
    check(
        &[(
            "index.ts",
            "const log: string[] = [];\nfunction named(value: any, context: any) { log.push(`${context.kind} ${String(context.name)}`); return value; }\n\
             function twice(value: (n: number) => number, context: any) { return function (this: any, n: number) { return value.call(this, n) * 2; }; }\n\
             @named class A { @twice f(n: number) { return n; } @named accessor g = 1; @named static h = 2; }\n\
             export default () => [new A().f(4), new A().g, log];\n",
        )],
        "",
        r#"[8,1,["accessor g","field h","class A"]]"#,
    );
}

#[test]
fn decorators_of_old() {
    check(
        &[
            (
                "index.ts",
                "const log: string[] = [];\nconst note = (target: any, key: string, d?: PropertyDescriptor) => { log.push(`${key} ${typeof d}`); };\n\
                 class A { @note f() {} @note g = 1; }\nexport default () => [log, new A().g];\n",
            ),
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "experimentalDecorators": true, "target": "ES2020" } }"#,
            ),
        ],
        "",
        r#"[["f object","g undefined"],1]"#,
    );
}

#[test]
fn fields_are_assigned_where_the_project_says_so() {
    let source = "const log: number[] = [];\nconst v = 3;\nclass A { set x(n: number) { log.push(n); } }\n\
                  class B extends A { x = v; y: number; z = this.p + v; constructor(public p: number, v: string) { super(); log.push(v.length); } }\n\
                  class C extends A { x = v; }\nexport default () => [new B(1, 'ab').z, new C() && log, 'y' in new B(1, '')];\n";
    check(&[("index.ts", source)], "", "[null,[2,0],true]");
    let assign = r#"{ "compilerOptions": { "useDefineForClassFields": false } }"#;
    check(
        &[("index.ts", source), ("tsconfig.json", assign)],
        "",
        "[4,[3,2,3,3,0],false]",
    );
}

#[test]
fn fields_wait_for_super_wherever_it_is_called() {
    check(
        &[
            (
                "index.ts",
                "const log: unknown[] = [];\nclass P { constructor(public a: number) { log.push('P' + a); } }\n\
                 class C extends P { x = (log.push('x' + this.a), this.a); #y = this.x + 1; constructor(flag: boolean, readonly z = 9) { if (flag) { super(1); } else { super(2); } log.push(this.x + this.#y + this.z); } }\n\
                 class D extends P { x = 3; constructor() { const self = super(5); log.push(self === this, this.x); } }\n\
                 class E extends P { x = 4; constructor() { const f = () => super(7); f(); log.push(this.x); } }\n\
                 class F extends P { x = v; constructor(v: string) { super(8); log.push(this.x, v); } }\nconst v = 'outer';\n\
                 export default () => { new C(true); new C(false); new D(); new E(); new F('inner'); return log; };\n",
            ),
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "target": "ES2019" } }"#,
            ),
        ],
        "",
        r#"["P1","x1",12,"P2","x2",14,"P5",true,3,"P7",4,"P8","outer","inner"]"#,
    );
}

#[test]
fn commonjs_in_typescript() {
    check(
        &[
            (
                "index.cts",
                "import a = require('./a.cjs');\nconst f = (n: number): number => n + a.one;\nexport = f;\n",
            ),
            ("a.cjs", "exports.one = 1;"),
        ],
        "1",
        "2",
    );
}

const JSX: &str = "const name = 'x';\nexport default () => <p class={name} {...{ id: 1 }}>a {1 + 1}<b/><>c</></p>;\n";

#[test]
fn jsx_of_the_automatic_kind() {
    check(
        &[
            ("index.jsx", JSX),
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "view", "allowJs": true } }"#,
            ),
            (
                "node_modules/view/package.json",
                r#"{ "exports": { "./jsx-runtime": "./runtime.mjs" } }"#,
            ),
            (
                "node_modules/view/runtime.mjs",
                "export const jsx = (type, { children, ...props }) => [type, props, children]; export const jsxs = jsx; export const Fragment = 'F';",
            ),
        ],
        "",
        r#"["p",{"class":"x","id":1},["a ",2,["b",{},null],["F",{},"c"]]]"#,
    );
}

#[test]
fn jsx_of_the_classic_kind() {
    let factory = "const h = (type: any, props: any, ...children: any[]) => [typeof type === 'function' ? 'F' : type, props, children];\nconst F = () => {};\n";
    let source =
        format!("/** @jsx h */\n/** @jsxFrag F */\n/** @jsxRuntime classic */\n{factory}{JSX}");
    let expected = r#"["p",{"class":"x","id":1},["a ",2,["b",null,[]],["F",null,["c"]]]]"#;
    check(&[("index.tsx", source.as_str())], "", expected);
    let source = format!("{factory}{JSX}");
    let options = r#"{ "compilerOptions": { "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "F" } }"#;
    check(
        &[("index.tsx", source.as_str()), ("tsconfig.json", options)],
        "",
        expected,
    );
}

#[test]
fn positions_are_those_of_the_file() {
    let check = |name: &str, source: &str, place: &str| {
        let message = thrown(&[(name, source)]);
        assert_eq!(
            message.lines().last(),
            Some(format!("    at {place}").as_str()),
            "{message}"
        );
    };
    check(
        "index.ts",
        "enum E { A }\ninterface I {\n  a: string;\n}\n\nexport default function run(input: I): never {\n  const a: E = E.A; throw new TypeError(`${a}`);\n}\n",
        "run (index.ts:7:31)",
    );
    check(
        "index.ts",
        "namespace N { export function f<T>(g: () => T) { return g(); } }\nexport default () => {\n  N.f<number>(\n    (): number => {\n      const o = null as any; return o.x;\n    });\n};\n",
        "<anonymous> (index.ts:5:37)",
    );
    check(
        "index.tsx",
        "/** @jsx h */\n/** @jsxRuntime classic */\nconst h = (...a: unknown[]) => a;\nexport default () => {\n  const text = `é ${'a'}`; return <p>\n    {text}\n    {(() => { throw new Error('in JSX'); })()}\n  </p>;\n};\n",
        "<anonymous> (index.tsx:7:25)",
    );
}
