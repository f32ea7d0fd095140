//! No file that was read is written over, nor one output by another; and what fails writes nothing.

use crate::check;
use crate::support::Project;

const LIB: &str = "export const a = 1;\n";

fn project() -> Project {
    Project::new(&[
        (
            "index.js",
            "import { a } from './lib.js';\nexport default () => a;\n",
        ),
        ("lib.js", LIB),
        ("package.json", "{ \"type\": \"module\" }\n"),
    ])
}

#[test]
fn modules_are_not_outputs() {
    for (name, arguments) in [
        ("module", &["-o", "lib.js"][..]),
        ("by_other_path", &["-o", "./none/../lib.js"]),
        ("entry_by_metafile", &["--metafile", "index.js"]),
        ("settings", &["--metafile", "package.json"]),
    ] {
        let arguments = [&["compile", "index.js"], arguments].concat();
        check(&format!("overwrite_{name}"), &project(), &arguments, "");
    }
}

#[test]
fn outputs_are_different_files() {
    for (name, arguments) in [
        ("metafile", &["--metafile", "fn.wasm"][..]),
        ("map", &["--source-map", "--metafile", "./fn.wasm.map"]),
        ("code", &["--precompile", "--metafile", "fn.cwasm"]),
        ("in_new_directory", &["--metafile", "new/../fn.wasm"]),
    ] {
        let arguments = [&["compile", "index.js", "-o", "fn.wasm"], arguments].concat();
        check(&format!("outputs_{name}"), &project(), &arguments, "");
    }
    check(
        "outputs_code_is_module",
        &project(),
        &["compile", "index.js", "-o", "fn.cwasm", "--precompile"],
        "",
    );
}

/// Everything that fails before it is written leaves no directory either.
#[test]
fn failures_write_nothing() {
    for arguments in [
        &["-o", "new/deep/fn.wasm", "--metafile", "none/meta.json"][..],
        &["-o", "new/fn.wasm", "--max-size", "1kB"],
        &["-o", "new/fn.wasm", "--metafile", "lib.js"],
        &["-o", "fn.wasm", "--metafile", "."],
    ] {
        let project = project();
        let finished = project.jsc(&[&["compile", "index.js"], arguments].concat(), "");
        assert_ne!(finished.code, 0, "{arguments:?}");
        let names: Vec<_> = std::fs::read_dir(project.path(""))
            .expect("a directory")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(names.len(), 3, "{arguments:?}: {names:?}");
        assert_eq!(project.read("lib.js"), LIB.as_bytes());
    }
}

#[test]
fn all_outputs_come_together() {
    let project = project();
    let arguments = [
        "compile",
        "index.js",
        "-o",
        "new/fn.wasm",
        "--metafile",
        "new/meta.json",
    ];
    project.succeed(
        &[&arguments[..], &["--precompile", "--source-map"]].concat(),
        "",
    );
    for name in [
        "new/fn.wasm",
        "new/fn.cwasm",
        "new/fn.wasm.map",
        "new/meta.json",
    ] {
        assert!(!project.read(name).is_empty(), "{name}");
    }
    // One of them has no room: the others stay as they are.
    #[cfg(target_os = "linux")]
    {
        let before = project.files();
        let arguments = [
            "compile",
            "lib.js",
            "-o",
            "new/fn.wasm",
            "--metafile",
            "/dev/full",
        ];
        assert_eq!(project.jsc(&arguments, "").code, 3);
        assert!(project.files() == before);
    }
}

#[cfg(unix)]
#[test]
fn links_are_seen_through() {
    use std::fs;
    use std::os::unix::fs::symlink;
    let project = project();
    fs::hard_link(project.path("lib.js"), project.path("hard.wasm")).expect("a link");
    symlink("lib.js", project.path("soft.wasm")).expect("a link");
    symlink("lib.js", project.path("fn.wasm.map")).expect("a link");
    for (arguments, both) in [
        (&["-o", "hard.wasm"][..], ["hard.wasm", "lib.js"]),
        (&["-o", "soft.wasm"], ["soft.wasm", "lib.js"]),
        (
            &["-o", "fn.wasm", "--source-map"],
            ["fn.wasm.map", "lib.js"],
        ),
    ] {
        let before = project.files();
        let finished = project.jsc(&[&["compile", "index.js"], arguments].concat(), "");
        assert_eq!(finished.code, 2, "{arguments:?}");
        assert!(
            both.iter().all(|name| finished.stderr.contains(name)),
            "{}",
            finished.stderr
        );
        assert!(project.files() == before);
    }
    // What a link leads to is what is written, also where that is new.
    symlink("new.wasm", project.path("dangling")).expect("a link");
    let both = [
        "compile",
        "index.js",
        "-o",
        "new.wasm",
        "--metafile",
        "dangling",
    ];
    assert_eq!(project.jsc(&both, "").code, 2);
    project.succeed(&["compile", "index.js", "-o", "dangling"], "");
    assert!(project.read("new.wasm").starts_with(b"\0asm"));
}

#[test]
fn profiles_are_not_what_was_read() {
    let project = Project::compiled("export default () => 1;\n");
    project.write("input.svg", "1");
    project.write("limits.json", "fuel = 1_000_000\n");
    for arguments in [
        &["run", "index.wasm", "--profile", "index.wasm"][..],
        &["run", "index.js", "--profile", "index.js"],
        &[
            "run",
            "index.wasm",
            "--input",
            "input.svg",
            "--profile",
            "input.json",
        ],
        &[
            "run",
            "index.wasm",
            "--limits",
            "limits.json",
            "--profile",
            "limits.json",
        ],
        &[
            "bench",
            "index.wasm",
            "--time",
            "10ms",
            "--svg",
            "index.wasm",
        ],
    ] {
        let before = project.files();
        let finished = project.jsc(arguments, "");
        assert_eq!(
            (finished.code, finished.stdout.as_str()),
            (2, ""),
            "{arguments:?}"
        );
        assert!(
            finished.stderr.contains("which was read"),
            "{}",
            finished.stderr
        );
        assert!(project.files() == before);
    }
}

/// Signals that come while files get their names leave none of another name, whenever they come.
#[cfg(target_os = "linux")]
#[test]
fn signals_leave_nothing() {
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::{Duration, Instant};
    let project = project();
    let arguments = ["compile", "index.js", "-q", "--source-map", "-o", "fn.wasm"];
    project.succeed(&arguments, "");
    let begun = Instant::now();
    project.succeed(&arguments, "");
    let took = begun.elapsed();
    for (number, signal) in (0..24).zip(["INT", "TERM", "HUP", "KILL"].into_iter().cycle()) {
        let mut child = project
            .command(&arguments)
            .stdin(Stdio::null())
            .spawn()
            .expect("jsc starts");
        // Most in the last quarter, where it writes.
        sleep(took.mul_f64(0.7 + 0.4 * f64::from(number) / 24.0));
        let kill = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        kill.expect("kill runs");
        child.wait().expect("jsc ends");
        let names = std::fs::read_dir(project.path("")).expect("a directory");
        let mut names = names.map(|entry| entry.expect("an entry").file_name());
        let temporary = names.find(|name| name.to_string_lossy().starts_with('.'));
        assert_eq!(temporary, None, "{signal}");
        assert!(project.read("fn.wasm").starts_with(b"\0asm"), "{signal}");
        sleep(Duration::from_millis(1));
    }
}

/// A limit of the sizes of files is an error that names the file, and no end by a signal.
#[cfg(unix)]
#[test]
fn limited_files() {
    use std::process::Command;
    let project = project();
    let command = project.command(&["compile", "index.js", "-o", "fn.wasm"]);
    let finished = crate::support::finish(
        Command::new("sh")
            .args(["-c", "ulimit -f 8; exec \"$@\"", "sh"])
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(project.path(""))
            .env(
                "JSC_CACHE_DIR",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"),
            ),
        b"",
    );
    let expected = "error: cannot write fn.wasm: File too large (os error 27)\n";
    assert_eq!((finished.code, finished.stderr.as_str()), (3, expected));
    assert_eq!(project.files().len(), 3);
}

/// A file that is no part of the program, but was looked at to tell which form of its package is.
#[test]
fn other_forms_of_packages_are_not_outputs() {
    let project = Project::new(&[
        ("index.js", "import p from 'p';\nexport default () => p;\n"),
        (
            "node_modules/p/package.json",
            r#"{ "name": "p", "main": "node.js", "browser": "browser.js" }"#,
        ),
        (
            "node_modules/p/node.js",
            "require('fs'); module.exports = 1;\n",
        ),
        ("node_modules/p/browser.js", "module.exports = 2;\n"),
    ]);
    for name in ["node.js", "browser.js", "package.json"] {
        let before = project.files();
        let output = format!("node_modules/p/{name}");
        let finished = project.jsc(&["compile", "index.js", "-q", "-o", &output], "");
        assert_eq!(finished.code, 2, "{}", finished.stderr);
        assert!(project.files() == before);
    }
}
