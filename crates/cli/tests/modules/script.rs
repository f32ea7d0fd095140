//! `--script`: an entry that is no module.

use crate::support::Project;

/// The script prints this, whatever is done at build time and whatever is stripped.
fn prints(files: &[(&str, &str)], expected: &str) {
    for arguments in [
        &["--start=eager"][..],
        &["--start=lazy"],
        &["--strip=off"],
        &["--allow-eval"],
    ] {
        let project = Project::new(files);
        let compile = ["compile", files[0].0, "-q", "-o", "fn.wasm", "--script"];
        let compiled = project.jsc(&[&compile[..], arguments].concat(), "");
        assert_eq!(
            (compiled.code, compiled.stdout + &compiled.stderr),
            (0, String::new()),
            "{arguments:?}: {}",
            files[0].1
        );
        let printed = project.succeed(&["run", "fn.wasm"], "");
        assert_eq!(printed, expected, "{arguments:?}: {}", files[0].1);
    }
}

#[test]
fn its_variables_are_global() {
    for text in [
        "var a = 1; function f() {} let b = 2; print('');
         print([globalThis.a, typeof globalThis.f, 'b' in globalThis, this === globalThis, b].join());",
        "print(''); var a = 1; function f() {} let b = 2;
         print([globalThis.a, typeof this.f, 'b' in this, this === globalThis, b].join());",
        "'use strict'; print(''); var a = 1; function f() {} const b = 2;
         print([this.a, typeof this.f, 'b' in this, this === globalThis, b].join());",
    ] {
        let text = format!("{text}\nfunction print(text) {{ console.log(`${{text}}`); }}\n");
        prints(&[("index.js", &text)], "\n1,function,false,true,2\n");
    }
}

#[test]
fn it_is_sloppy_unless_it_says_otherwise() {
    for (text, expected) in [
        (
            "x = 5; console.log(x); delete x; console.log(typeof x);",
            "5\nundefined\n",
        ),
        ("console.log(1); x = 5; console.log(x);", "1\n5\n"),
        (
            "console.log(010 + 1); with ({ a: 1 }) console.log(a);",
            "9\n1\n",
        ),
        (
            "function f() { return this === globalThis; } console.log(f());",
            "true\n",
        ),
        (
            "'use strict'; try { x = 5; } catch (e) { console.log(e.name); }",
            "ReferenceError\n",
        ),
        ("var await = 1; console.log(await + 1);", "2\n"),
        (
            "console.log(1); var await = 2, arguments = 3; console.log(await);",
            "1\n2\n",
        ),
        ("var x = 1;\n<!-- x = 2\nconsole.log(x);", "1\n"),
        (
            "console.log(typeof require, typeof module);",
            "undefined undefined\n",
        ),
    ] {
        prints(&[("index.js", text)], expected);
    }
}

#[test]
fn the_first_effect_may_stand_anywhere() {
    for text in [
        "console.log(1);;console.log(2);",
        "{ console.log(1); } console.log(2);",
        "if (true) console.log(1); label: console.log(2);",
        "for (var i = 1; i < 3; i++) console.log(i);",
        "f(1); function f(i) { console.log(i); if (i < 2) f(i + 1); }",
        "{ using a = { [Symbol.dispose]() { console.log(2); } }; console.log(1); }",
        "var log = (x) => console.log(x); try { log(1); throw 2; } catch (e) { log(e); }",
        "queueMicrotask(() => console.log(2)); console.log(1);",
        "Promise.resolve(2).then((x) => console.log(x)); var a = console.log(1);",
    ] {
        prints(&[("index.js", text)], "1\n2\n");
    }
}

#[test]
fn it_imports_modules_by_import() {
    let module = (
        "lib.mjs",
        "console.log('lib'); export const v = this === undefined;",
    );
    prints(
        &[
            (
                "index.js",
                "import('./lib.mjs').then((lib) => console.log(lib.v));",
            ),
            module,
        ],
        "lib\ntrue\n",
    );
}

#[test]
fn what_it_throws_ends_it() {
    let project = Project::new(&[(
        "index.js",
        "console.log(1);\nf();\nfunction f() { throw new RangeError('no'); }\n",
    )]);
    project.succeed(
        &["compile", "index.js", "-q", "-o", "fn.wasm", "--script"],
        "",
    );
    let finished = project.jsc(&["run", "fn.wasm"], "");
    assert_eq!((finished.code, finished.stdout.as_str()), (1, "1\n"));
    assert!(
        finished
            .stderr
            .starts_with("RangeError: no\n    at f (index.js:3:"),
        "{}",
        finished.stderr
    );
}

#[test]
fn it_has_no_syntax_of_modules() {
    for text in [
        "import './lib.mjs';",
        "export var a;",
        "await 1;",
        "import.meta;",
        "let a; var a;",
        "return;",
    ] {
        let project = Project::new(&[("index.js", text), ("lib.mjs", "")]);
        let compiled = project.jsc(
            &["compile", "index.js", "-q", "-o", "fn.wasm", "--script"],
            "",
        );
        assert_eq!(compiled.code, 1, "{text}: {compiled:?}");
        assert!(
            compiled.stderr.contains("index.js:1:"),
            "{text}: {}",
            compiled.stderr
        );
    }
}
