//! `import()`: what is loaded in advance, and what becomes of the rest.

use crate::support::Project;
use crate::{check, check_with};

const OTHERS: [(&str, &str); 2] = [
    ("a.mjs", "export const name = 'a';"),
    ("b.mjs", "export const name = 'b';"),
];

/// A program in the file index.mjs with these others prints this.
fn prints(text: &str, others: &[(&str, &str)], expected: &str) {
    check(&[&[("index.mjs", text)], others].concat(), "", expected);
}

#[test]
fn names_that_constants_tell_are_loaded() {
    for name in [
        "n",
        "(n)",
        "`./${m}.mjs`",
        "'./' + m + '.mjs'",
        "`./a${''}.mjs`",
        "Date.now() ? n : './b.mjs'",
        "`./${Date.now() ? m : 'b'}.mjs`",
    ] {
        let text = format!(
            "const n = './a.mjs', m = 'a';\nconsole.log('start');\nconsole.log((await import({name})).name);"
        );
        prints(&text, &OTHERS, "start\na\n");
    }
}

#[test]
fn a_member_of_a_cycle_that_awaits_settles() {
    prints(
        "import './a.mjs'; const b = await import('./b.mjs'); console.log(b.v);",
        &[
            ("a.mjs", "import './b.mjs'; export const z = 1;"),
            ("b.mjs", "import './a.mjs'; await 0; export const v = 2;"),
        ],
        "2\n",
    );
}

/// As in Node, which reads the file meanwhile.
#[test]
fn it_comes_after_the_jobs_that_wait() {
    prints(
        "import('./m.mjs').then(() => console.log('loaded'));\n\
         const steps = async () => { for (const step of [1, 2, 3, 4, 5]) { await 0; console.log(step); } };\n\
         steps(); console.log('end');",
        &[("m.mjs", "console.log('runs');")],
        "end\n1\n2\n3\n4\n5\nruns\nloaded\n",
    );
    // One that was imported before is there.
    prints(
        "import './a.mjs'; let a; import('./a.mjs').then((ns) => { a = ns; });\n\
         while (!a) await 0; console.log(a.name);",
        &OTHERS,
        "a\n",
    );
}

#[test]
fn modules_of_node_and_external_ones_settle() {
    let text = "import('fs').then((fs) => { try { fs.readFileSync('x'); } catch (e) { console.log(e.message); } });\n\
                const { readFile } = await import('node:fs/promises');\n\
                try { readFile('x'); } catch (e) { console.log(e.message); }\n\
                try { (await import('other')).default.made.by(); } catch (e) { console.log(e.message); }\n";
    check_with(
        &[("index.mjs", text)],
        &["--external", "other"],
        "",
        "readFileSync: fs is a module of Node, which a WebAssembly module does not have\n\
         readFile: node:fs/promises is a module of Node, which a WebAssembly module does not have\n\
         made.by: other was left out of this module by --external\n",
    );
}

#[test]
fn what_is_not_there_is_rejected() {
    prints(
        "console.log('start');\n\
         try { await import('./no.mjs'); } catch (e) { console.log(e.code); }\n\
         import('nopackage').catch((e) => console.log('caught', e.code));\n\
         const f = () => import('./no.mjs');\nf().then(null, (e) => console.log('again', e instanceof Error));\n\
         try { await import('./needs.mjs'); } catch (e) { console.log('needs', e.code); }\n",
        &[
            (
                "needs.mjs",
                "import './a.mjs'; import 'nopackage'; console.log('never');",
            ),
            OTHERS[0],
        ],
        "start\nERR_MODULE_NOT_FOUND\ncaught ERR_MODULE_NOT_FOUND\nagain true\nneeds ERR_MODULE_NOT_FOUND\n",
    );
    // At build time, too.
    prints(
        "let code; try { await import('./no.mjs'); } catch (e) { code = e.code; } console.log(code);",
        &[],
        "ERR_MODULE_NOT_FOUND\n",
    );
}

#[test]
fn what_does_not_parse_is_rejected() {
    let text = "console.log('start');\nfor (const load of [() => import('./syntax.mjs'), () => import('./early.mjs'),\n\
                () => import('./names.mjs'), () => import('./pattern.mjs'), () => import('./common.cjs'),\n\
                () => import('./data.json')]) {\n\
                try { await load(); } catch (e) { console.log(e.name, e instanceof SyntaxError); }\n}\n";
    let files = [
        ("index.mjs", text),
        ("syntax.mjs", "let x = ;"),
        ("early.mjs", "let x; let x;"),
        ("names.mjs", "import { nope } from './a.mjs';"),
        ("pattern.mjs", "export const x = /(?<a>x)(?<a>y)/;"),
        ("common.cjs", "exports.x = /(?<a>x)(?<a>y)/;"),
        ("data.json", "{ a: 1 }"),
        OTHERS[0],
    ];
    check(
        &files,
        "",
        &format!("start\n{}", "SyntaxError true\n".repeat(6)),
    );
    let project = Project::new(&files);
    let compiled = project.jsc(&["compile", "index.mjs"], "");
    for place in [
        "--> syntax.mjs:1:9",
        "--> early.mjs:1:",
        "--> names.mjs:1:10",
        "--> data.json:1:3",
        "pattern.mjs",
    ] {
        assert!(
            compiled.stderr.contains(place),
            "{place} in {}",
            compiled.stderr
        );
    }
    assert!(!compiled.stderr.contains("error["), "{}", compiled.stderr);
}

/// What the program needs at once is an error, though something imports it later as well.
#[test]
fn what_is_needed_at_once_is_an_error() {
    let project = Project::new(&[
        (
            "index.mjs",
            "import './a.mjs'; import('./b.mjs').catch(() => {});",
        ),
        ("a.mjs", "import './b.mjs';"),
        ("b.mjs", "let x = ;"),
    ]);
    let compiled = project.jsc(&["compile", "index.mjs"], "");
    assert_eq!(compiled.code, 1);
    assert!(
        compiled.stderr.starts_with("error[syntax-error]"),
        "{}",
        compiled.stderr
    );
}

#[test]
fn files_can_be_imported_as_text_and_bytes() {
    let project = Project::new(&[
        (
            "index.mjs",
            "import text from './t.txt' with { type: 'text' };\nimport bytes from './t.txt' with { type: 'bytes' };\n\
             import source from './a.mjs' with { type: 'text' };\nimport { name } from './a.mjs';\n\
             export { default as again } from './t.txt' with { 'type': 'text' };\n\
             console.log(JSON.stringify(text), bytes instanceof Uint8Array, String(bytes), source, name);\n\
             const later = await import('./later.bin', { with: { type: 'bytes' } });\nconsole.log(String(later.default));\n\
             const same = await import('./t.txt', { with: { type: 'text' } });\nconsole.log(same.default === text);\n\
             try { bytes[0] = 1; } catch (e) { console.log(e.name); }\nconsole.log(bytes[0]);\n\
             console.log((await import('./d.json', { with: { type: 'json' } })).default.a);\n",
        ),
        OTHERS[0],
        ("d.json", "{ \"a\": 8 }"),
    ]);
    project.write("t.txt", b"\xEF\xBB\xBFx\xFF\n");
    project.write("later.bin", b"\x00\xFE");
    project.succeed(&["compile", "index.mjs", "-o", "fn.wasm"], "");
    let printed = project.succeed(&["run", "fn.wasm"], "");
    let mut lines: Vec<&str> = printed.lines().collect();
    // Whether writing to an immutable buffer throws is for strict code to see; the byte stays in any case.
    lines.retain(|line| *line != "TypeError");
    assert_eq!(
        lines,
        [
            "\"x\u{FFFD}\\n\" true 239,187,191,120,255,10 export const name = 'a'; a",
            "0,254",
            "true",
            "239",
            "8"
        ]
    );
}
