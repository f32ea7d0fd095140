//! Compiles the C unit (`c/engine.c`) against a patched copy of QuickJS's sources.
//!
//! The sources are those of the rquickjs-sys package, whose directory the build script of `crates/engine` passes in
//! `JSC_QUICKJS_DIR`. The copy and the patches (`patches/`, one purpose each) meet in `OUT_DIR`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=JSC_QUICKJS_DIR");
    println!("cargo:rerun-if-env-changed=JSC_ENGINE_OUT");
    println!("cargo:rerun-if-changed=c");
    println!("cargo:rerun-if-changed=patches");
    println!("cargo:rerun-if-changed=hot.txt");
    println!("cargo:rerun-if-changed=apart.txt");
    let sources = PathBuf::from(
        env::var_os("JSC_QUICKJS_DIR").expect("JSC_QUICKJS_DIR names QuickJS's sources"),
    );
    let copy = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("quickjs");
    copy_sources(&sources, &copy);
    apply_patches(Path::new("patches"), &copy);
    let ours = copy.join("jsc");
    copy_sources(Path::new("c"), &ours);
    let gates = fs::read_to_string("c/gates.c").expect("c/gates.c cannot be read");
    let apart = fs::read_to_string("apart.txt").expect("apart.txt cannot be read");
    let hot = fs::read_to_string("hot.txt").expect("hot.txt cannot be read");
    let mut missing: BTreeSet<&str> = listed(&hot).chain(listed(&apart)).collect();
    let names: Vec<&str> = gated_functions(&gates).chain(listed(&apart)).collect();
    for source in ["quickjs.c", "libregexp.c", "libunicode.c"] {
        keep_functions_apart(&names, &copy.join(source), &mut missing);
    }
    for directory in [&copy, &ours] {
        let files = fs::read_dir(directory).expect("the copy cannot be read");
        let paths = files.map(|file| file.expect("the copy cannot be read").path());
        for path in paths.filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "c" || extension == "h")
        }) {
            keep_functions_small(&path, &listed(&hot).collect(), &mut missing);
        }
    }
    assert!(
        missing.is_empty(),
        "hot.txt or apart.txt names no functions: {missing:?}"
    );
    cc::Build::new()
        .file(ours.join("engine.c"))
        .file(ours.join("memory.c"))
        .file(ours.join("blocks.c"))
        .file(ours.join("format.c"))
        .file(ours.join("arithmetic.c"))
        // Instead of the package's own, which would be compiled otherwise.
        .file(copy.join("dtoa.c"))
        .file(copy.join("libregexp.c"))
        .file(copy.join("libunicode.c"))
        .include(&copy)
        // `quickjs.c` includes `allocator.c`.
        .include(&ours)
        .define("_GNU_SOURCE", None)
        .define("NDEBUG", None)
        // As the rquickjs-sys package compiles for WASI.
        .define("EMSCRIPTEN", "1")
        .define("FE_DOWNWARD", "0")
        .define("FE_UPWARD", "0")
        // One section a function and a data symbol: the optimizer's unit.
        .flag("-ffunction-sections")
        .flag("-fdata-sections")
        // A quarter smaller than -O2, at a twentieth more instructions; most functions are made smaller still.
        .opt_level_str("s")
        .warnings(false)
        // The build script of `crates/engine` links, so cargo is not told of the archive.
        .cargo_metadata(false)
        .out_dir(env::var_os("JSC_ENGINE_OUT").expect("JSC_ENGINE_OUT says where the archive goes"))
        .compile("engine");
}

fn copy_sources(sources: &Path, copy: &Path) {
    fs::create_dir_all(copy).expect("cannot make a directory in OUT_DIR");
    for entry in fs::read_dir(sources).expect("the sources cannot be read") {
        let path = entry.expect("the sources cannot be read").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "c" || extension == "h")
        {
            let name = path.file_name().expect("a listed file has a name");
            fs::copy(&path, copy.join(name)).expect("cannot copy QuickJS's sources");
        }
    }
}

/// The functions that `c/gates.c` names in strings, `*` standing for any end of a name: the optimizer has to find them.
fn gated_functions(gates: &str) -> impl Iterator<Item = &str> {
    gates
        .lines()
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .flat_map(str::split_whitespace)
}

/// Marks the functions of these names as never to be inlined, and takes them out of `missing`.
fn keep_functions_apart(names: &[&str], path: &Path, missing: &mut BTreeSet<&str>) {
    let is_named = |function: &str| {
        names.iter().any(|name| match name.strip_suffix('*') {
            Some(start) => function.starts_with(start),
            None => function == *name,
        })
    };
    let source = fs::read_to_string(path).expect("a copied source cannot be read");
    let mut marked = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        if let Some(name) = defined_function(line)
            && is_named(name)
            && !line.contains("inline")
        {
            missing.remove(name);
            marked.push_str("no_inline ");
        }
        marked.push_str(line);
    }
    fs::write(path, marked).expect("cannot write to OUT_DIR");
}

/// The function that a line of C starts to declare or define: the word in front of the first parenthesis.
fn defined_function(line: &str) -> Option<&str> {
    let (before, _) = line.split_once('(')?;
    let (kind, name) = before.rsplit_once([' ', '*'])?;
    let is_declaration = kind.starts_with(|first: char| first.is_ascii_alphabetic())
        && !["return", "else", "typedef", "case"].contains(&kind.split_whitespace().next()?);
    is_declaration.then_some(name)
}

/// The functions that a file lists.
fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|name| !name.is_empty())
}

/// Has the functions that a file defines compiled as small as can be, but for those of `hot`, which it takes out of
/// `missing`.
fn keep_functions_small(path: &Path, hot: &BTreeSet<&str>, missing: &mut BTreeSet<&str>) {
    let source = fs::read_to_string(path).expect("a copied source cannot be read");
    let mut marked = String::with_capacity(source.len());
    let mut position = 0;
    for line in source.split_inclusive('\n') {
        if let Some(name) = defined_function(line)
            && has_body(&source[position..])
        {
            missing.remove(name);
            if !hot.contains(name) {
                marked.push_str("__attribute__((minsize)) ");
            }
        }
        marked.push_str(line);
        position += line.len();
    }
    fs::write(path, marked).expect("cannot write to OUT_DIR");
}

/// Whether the declaration of a function that `text` starts with is followed by its body.
fn has_body(text: &str) -> bool {
    let mut depth = 0;
    for (index, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return text[index + 1..].trim_start().starts_with('{');
                }
            }
            _ => {}
        }
    }
    false
}

fn apply_patches(patches: &Path, copy: &Path) {
    let mut paths: Vec<PathBuf> = fs::read_dir(patches)
        .expect("patches/ cannot be read")
        .map(|entry| entry.expect("patches/ cannot be read").path())
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a patch cannot be read");
        let patch = diffy::Patch::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = patch
            .original()
            .and_then(|name| name.strip_prefix("a/"))
            .expect("a patch names its file");
        let target = copy.join(name);
        let before = fs::read_to_string(&target).expect("a patch names a file that does not exist");
        let after = diffy::apply(&before, &patch).unwrap_or_else(|error| {
            panic!("{} does not fit this QuickJS: {error}", path.display())
        });
        fs::write(&target, after).expect("cannot write to OUT_DIR");
    }
}
