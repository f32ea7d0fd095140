//! What is no file where one is expected: it is neither waited for nor read without an end.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::check;
use crate::support::{Finished, Project, finish};

fn make_pipe(project: &Project, name: &str) {
    let path = project.path(name);
    fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo runs").success());
}

/// Runs a command to its end, which must come soon.
fn soon(command: &mut Command) -> Finished {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("jsc starts");
    let begun = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if begun.elapsed() > Duration::from_secs(30) {
            child.kill().expect("a child");
            panic!("{command:?} hangs");
        }
        sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("jsc ends").into()
}

#[test]
fn imports() {
    let project = Project::new(&[(
        "index.js",
        "import './pipe.js';\nimport './zeros.js';\nimport './circle.js';\nimport './nowhere.js';\nimport 'circle';\n",
    )]);
    make_pipe(&project, "pipe.js");
    symlink("/dev/zero", project.path("zeros.js")).expect("a link");
    symlink("circle.js", project.path("circle.js")).expect("a link");
    symlink("gone.js", project.path("nowhere.js")).expect("a link");
    fs::create_dir(project.path("node_modules")).expect("a directory");
    symlink("../gone", project.path("node_modules/circle")).expect("a link");
    let finished = soon(&mut project.command(&["compile", "index.js"]));
    assert_eq!(finished.code, 1);
    crate::compare("pipes_imports", &finished.stderr);
}

#[test]
fn settings() {
    for (files, name) in [
        (
            &[("index.js", "export default () => 1;\n")][..],
            "package.json",
        ),
        (
            &[("index.ts", "export default () => 1;\n")],
            "tsconfig.json",
        ),
        (
            &[
                ("index.js", "import 'a';\nexport default () => 1;\n"),
                ("node_modules/a/index.js", "1;\n"),
            ],
            "node_modules/a/package.json",
        ),
        (
            &[
                ("index.ts", "export default () => 1;\n"),
                ("tsconfig.json", "{ \"extends\": \"./base.json\" }"),
            ],
            "base.json",
        ),
    ] {
        for kind in ["pipe", "device"] {
            let project = Project::new(files);
            match kind {
                "pipe" => make_pipe(&project, name),
                _ => symlink("/dev/zero", project.path(name)).expect("a link"),
            }
            let finished = soon(&mut project.command(&["compile", files[0].0, "-o", "fn.wasm"]));
            assert!(finished.code <= 1, "{name}, {kind}: {}", finished.stderr);
        }
    }
}

/// What lies beside a module, and in the cache, is taken only if it is a file.
#[test]
fn beside_modules_and_in_caches() {
    let project = Project::compiled("export default () => 1;\n");
    make_pipe(&project, "index.cwasm");
    make_pipe(&project, "index.wasm.map");
    let cache = project.path("cache");
    let run = || {
        let mut command = project.command(&["run", "index.wasm"]);
        let finished = soon(command.env("JSC_CACHE_DIR", &cache));
        let told = (finished.stdout.as_str(), finished.stderr.as_str());
        assert_eq!((finished.code, told), (0, ("1", "")));
    };
    run();
    let entries = fs::read_dir(cache.join("code")).expect("a directory");
    let names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(names.len() > 1, "{names:?}");
    for name in &names {
        fs::remove_file(cache.join("code").join(name)).expect("a file");
        make_pipe(&project, &format!("cache/code/{name}"));
    }
    run();
    for name in names {
        let path = cache.join("code").join(name);
        let _ = fs::remove_file(&path);
        symlink("/dev/zero", path).expect("a link");
    }
    run();
    project.succeed(&["compile", "index.js", "-q"], "");
}

/// Named by the user, they are what is meant, up to a bound.
#[test]
fn named_ones() {
    let project = Project::new(&[]);
    let script = "exec \"$0\" compile /dev/stdin -q -o fn.wasm";
    let jsc = project.command(&[]);
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .arg(jsc.get_program())
        .env(
            "JSC_CACHE_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"),
        )
        .current_dir(project.path(""));
    assert_eq!(finish(&mut command, b"export default () => 2;\n").code, 0);
    let finished = project.jsc(&["run", "fn.wasm", "--input", "/dev/stdin"], "3");
    assert_eq!(finished.stdout, "2");
    let finished = project.jsc(&["run", "/dev/stdin"], project.read("fn.wasm"));
    assert_eq!(finished.stdout, "2");
    for arguments in [
        &["compile", "/dev/zero", "-o", "z.wasm"][..],
        &["run", "/dev/zero", "--limits", "shopify"],
        &["run", "fn.wasm", "--limits", "/dev/zero"],
    ] {
        let finished = soon(&mut project.command(arguments));
        assert_ne!(finished.code, 0, "{arguments:?}");
    }
}

#[test]
fn closed_standard_output() {
    let project = Project::compiled("export default (input) => input;\n");
    let run = |arguments: &str| {
        let script = format!("exec \"$0\" {arguments} >&-");
        let jsc = project.command(&[]);
        let mut command = Command::new("sh");
        command
            .args(["-c", &script])
            .arg(jsc.get_program())
            .env(
                "JSC_CACHE_DIR",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"),
            )
            .current_dir(project.path(""));
        finish(&mut command, b"1").code
    };
    assert_eq!(run("run index.wasm"), 1);
    assert_eq!(run("run index.js"), 1);
    assert_eq!(run("compile index.js -o -"), 1);
    assert_eq!(run("check index.wasm"), 1);
    // Here nothing of importance is lost.
    assert_eq!(run("compile index.js"), 0);
    project.write("index.js", "export default () => {};\n");
    assert_eq!(run("run index.js"), 0);
}

/// A file of a terabyte that takes no room.
#[test]
fn too_large() {
    let project = Project::new(&[("index.js", "import './huge.js';\n"), ("huge.js", "")]);
    let huge = fs::File::options()
        .write(true)
        .open(project.path("huge.js"));
    huge.and_then(|huge| huge.set_len(1 << 40)).expect("a hole");
    let begun = Instant::now();
    for arguments in [&["compile", "index.js"][..], &["run", "huge.js"]] {
        let finished = soon(&mut project.command(arguments));
        assert!(finished.stderr.contains("more than"), "{}", finished.stderr);
    }
    let huge = project.path("huge.js");
    fs::rename(huge, project.path("huge.wasm")).expect("a file");
    let finished = soon(&mut project.command(&["run", "huge.wasm", "--limits", "shopify"]));
    assert_eq!(finished.code, 118);
    let finished = soon(&mut project.command(&["run", "huge.wasm"]));
    assert_eq!(finished.code, 3);
    assert!(begun.elapsed() < Duration::from_secs(20));
    fs::remove_file(project.path("huge.wasm")).expect("a file");
    fs::write(project.path("huge.js"), "").expect("a file");
    check("pipes_missing", &project, &["run", "huge.wasm"], "");
}
