//! Finds the compilers for wasm32-wasip1.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What compiles and links the guest.
pub(crate) struct Toolchain {
    /// The cargo that can build for the target.
    pub(crate) cargo: PathBuf,
    /// What it needs besides `--target`.
    pub(crate) cargo_arguments: Vec<String>,
    /// Its environment.
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) clang: PathBuf,
    pub(crate) ar: PathBuf,
    pub(crate) linker: PathBuf,
    pub(crate) c_flags: Vec<String>,
    /// Where wasi-libc's `libc.a` and `crt1-reactor.o` lie.
    pub(crate) libc: PathBuf,
    /// The compiler's builtins for wasm32.
    pub(crate) builtins: PathBuf,
}

const REMEDY: &str = "run `cargo xtask setup`, or install `rustup target add wasm32-wasip1` and a WASI SDK \
    (set WASI_SDK_PATH to its directory)";

/// The first toolchain that is complete.
pub(crate) fn detect() -> Result<Toolchain, String> {
    let c = match env::var_os("WASI_SDK_PATH") {
        Some(path) => wasi_sdk(Path::new(&path))?,
        None => debian()?,
    };
    let rust = rust()?;
    Ok(Toolchain {
        cargo: rust.cargo,
        cargo_arguments: rust.arguments,
        environment: rust.environment,
        clang: c.clang,
        ar: c.ar,
        linker: c.linker,
        c_flags: c.flags,
        libc: c.libc,
        builtins: c.builtins,
    })
}

struct C {
    clang: PathBuf,
    ar: PathBuf,
    linker: PathBuf,
    flags: Vec<String>,
    libc: PathBuf,
    builtins: PathBuf,
}

fn wasi_sdk(path: &Path) -> Result<C, String> {
    let clang = path.join("bin/clang");
    let sysroot = path.join("share/wasi-sysroot");
    let libc = ["wasm32-wasip1", "wasm32-wasi"]
        .iter()
        .map(|target| sysroot.join("lib").join(target))
        .find(|directory| directory.join("libc.a").exists())
        .ok_or_else(|| format!("WASI_SDK_PATH: {} holds no WASI SDK", path.display()))?;
    Ok(C {
        builtins: builtins(&clang)?,
        ar: path.join("bin/llvm-ar"),
        linker: path.join("bin/wasm-ld"),
        flags: vec![
            "--target=wasm32-wasip1".into(),
            format!("--sysroot={}", sysroot.display()),
        ],
        clang,
        libc,
    })
}

fn debian() -> Result<C, String> {
    let libc = PathBuf::from("/usr/lib/wasm32-wasi");
    let include = PathBuf::from("/usr/include/wasm32-wasi");
    let versions = (14..40).rev();
    let found = versions.filter_map(|version| {
        Some((
            on_path(&format!("clang-{version}"))?,
            on_path(&format!("wasm-ld-{version}"))?,
            on_path(&format!("llvm-ar-{version}"))?,
        ))
    });
    let mut missing = Vec::new();
    if !libc.join("libc.a").exists() || !include.exists() {
        missing.push("wasi-libc");
    }
    for (clang, linker, ar) in found {
        if let (Ok(builtins), []) = (builtins(&clang), missing.as_slice()) {
            let flags = vec![
                "--target=wasm32-wasi".into(),
                "-isystem".into(),
                include.display().to_string(),
            ];
            return Ok(C {
                clang,
                ar,
                linker,
                flags,
                libc,
                builtins,
            });
        }
    }
    missing.push("a clang with lld and the compiler builtins for wasm32");
    Err(format!(
        "the engine cannot be built: {} not found\n{REMEDY}",
        missing.join(" and ")
    ))
}

/// The archive of compiler builtins that belongs to `clang`.
fn builtins(clang: &Path) -> Result<PathBuf, String> {
    let directory = text_of(Command::new(clang).arg("--print-resource-dir"))
        .ok_or_else(|| format!("cannot run {}\n{REMEDY}", clang.display()))?;
    let library = Path::new(&directory).join("lib");
    [
        "wasi",
        "wasip1",
        "wasm32-unknown-wasip1",
        "wasm32-unknown-wasi",
    ]
    .iter()
    .flat_map(|target| {
        ["libclang_rt.builtins-wasm32.a", "libclang_rt.builtins.a"]
            .map(|name| library.join(target).join(name))
    })
    .find(|path| path.exists())
    .ok_or_else(|| format!("{} has no builtins for wasm32\n{REMEDY}", clang.display()))
}

struct Rust {
    cargo: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

fn rust() -> Result<Rust, String> {
    let cargo = PathBuf::from(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let rustc = PathBuf::from(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = text_of(Command::new(&rustc).args(["--print", "sysroot"])).unwrap_or_default();
    if Path::new(&sysroot)
        .join("lib/rustlib/wasm32-wasip1/lib")
        .exists()
    {
        return Ok(Rust {
            cargo,
            arguments: Vec::new(),
            environment: vec![("RUSTC".into(), rustc.display().to_string())],
        });
    }
    // A distribution's Rust that brings the library's sources (Debian: rustc-web, cargo-web, rust-web-src).
    let (cargo, rustc) = (
        PathBuf::from("/usr/bin/cargo"),
        PathBuf::from("/usr/bin/rustc"),
    );
    let sysroot = text_of(Command::new(&rustc).args(["--print", "sysroot"])).unwrap_or_default();
    if cargo.exists()
        && fs::exists(Path::new(&sysroot).join("lib/rustlib/src/rust/library/core"))
            .unwrap_or(false)
    {
        return Ok(Rust {
            cargo,
            arguments: vec!["-Zbuild-std=core,alloc,panic_abort".into()],
            environment: vec![
                ("RUSTC".into(), rustc.display().to_string()),
                ("RUSTC_BOOTSTRAP".into(), "1".into()),
            ],
        });
    }
    Err(format!(
        "the engine cannot be built: no Rust that compiles for wasm32-wasip1 was found\n{REMEDY}"
    ))
}

/// What a command prints, if it succeeds.
fn text_of(command: &mut Command) -> Option<String> {
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_string())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(name))
        .find(|file| file.exists())
}
