//! Compiles the C unit (`c/engine.c`) against a patched copy of QuickJS's sources.
//!
//! The sources are those of the rquickjs-sys package, whose directory the build script of `crates/engine` passes in
//! `JSC_QUICKJS_DIR`. The copy and the patches (`patches/`, one purpose each) meet in `OUT_DIR`.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=JSC_QUICKJS_DIR");
    println!("cargo:rerun-if-env-changed=JSC_ENGINE_OUT");
    println!("cargo:rerun-if-changed=c");
    println!("cargo:rerun-if-changed=patches");
    let sources = PathBuf::from(
        env::var_os("JSC_QUICKJS_DIR").expect("JSC_QUICKJS_DIR names QuickJS's sources"),
    );
    let copy = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("quickjs");
    copy_sources(&sources, &copy);
    apply_patches(Path::new("patches"), &copy);
    cc::Build::new()
        .file("c/engine.c")
        .file("c/memory.c")
        .file("c/blocks.c")
        .include(&copy)
        // `quickjs.c` includes `allocator.c`.
        .include("c")
        .define("_GNU_SOURCE", None)
        .define("NDEBUG", None)
        // As the rquickjs-sys package compiles for WASI.
        .define("EMSCRIPTEN", "1")
        .define("FE_DOWNWARD", "0")
        .define("FE_UPWARD", "0")
        // One section a function and a data symbol: the optimizer's unit.
        .flag("-ffunction-sections")
        .flag("-fdata-sections")
        // A quarter smaller than -O2, at a twentieth more instructions.
        .opt_level_str("s")
        .warnings(false)
        // The build script of `crates/engine` links, so cargo is not told of the archive.
        .cargo_metadata(false)
        .out_dir(env::var_os("JSC_ENGINE_OUT").expect("JSC_ENGINE_OUT says where the archive goes"))
        .compile("engine");
}

fn copy_sources(sources: &Path, copy: &Path) {
    fs::create_dir_all(copy).expect("cannot make a directory in OUT_DIR");
    for entry in fs::read_dir(sources).expect("JSC_QUICKJS_DIR cannot be read") {
        let path = entry.expect("JSC_QUICKJS_DIR cannot be read").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "c" || extension == "h")
        {
            let name = path.file_name().expect("a listed file has a name");
            fs::copy(&path, copy.join(name)).expect("cannot copy QuickJS's sources");
        }
    }
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
