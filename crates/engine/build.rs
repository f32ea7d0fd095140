//! Builds the engine (`js-runtime`) for wasm32-wasip1 from source.
//!
//! Two toolchains will do (see `toolchain.rs`): Debian's packages, or rustup's wasm32-wasip1 target with a WASI SDK.
//! `JSC_ENGINE_WASM` names a ready engine to use instead.

#[path = "build/link.rs"]
mod link;
#[path = "build/toolchain.rs"]
mod toolchain;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Every line a `cargo::error`, so that cargo shows just these.
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let image = out.join("engine.wasm");
    println!("cargo::rerun-if-env-changed=JSC_ENGINE_WASM");
    if let Some(ready) = env::var_os("JSC_ENGINE_WASM") {
        println!("cargo::rerun-if-changed={}", Path::new(&ready).display());
        fs::copy(&ready, &image).map_err(|error| {
            format!("JSC_ENGINE_WASM: {}: {error}", Path::new(&ready).display())
        })?;
        return Ok(());
    }
    for variable in ["WASI_SDK_PATH", "PATH"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    // Not by `env!`: a checkout elsewhere may share the compiled script.
    let crate_directory =
        env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets CARGO_MANIFEST_DIR")?;
    let runtime = Path::new(&crate_directory).join("../../js-runtime");
    for source in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "hot.txt",
        "apart.txt",
        "src",
        "c",
        "js",
        "patches",
    ] {
        println!("cargo::rerun-if-changed={}", runtime.join(source).display());
    }
    let toolchain = toolchain::detect()?;
    let quickjs = quickjs_sources(&runtime)?;
    let archives = compile(&runtime, &out, &toolchain, &quickjs)?;
    link::link(&toolchain, &archives, &image)
}

/// The directory of QuickJS's sources: inside the package rquickjs-sys, which cargo has downloaded.
fn quickjs_sources(runtime: &Path) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").ok_or("cargo sets CARGO")?;
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--filter-platform=wasm32-wasip1",
        ])
        .current_dir(runtime)
        .output()
        .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "cargo metadata failed in js-runtime:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    // The one manifest path of that package: not worth a JSON parser among the build dependencies.
    let text = String::from_utf8_lossy(&output.stdout);
    text.split('"')
        .find(|part| part.contains("rquickjs-sys-") && part.ends_with("Cargo.toml"))
        .and_then(|manifest| Path::new(manifest).parent())
        .map(|package| package.join("quickjs"))
        .ok_or_else(|| "js-runtime does not depend on rquickjs-sys".to_string())
}

/// What the compilers leave for the linker.
struct Archives {
    /// The C unit, QuickJS included.
    engine: PathBuf,
    /// The Rust half, with the other C files of rquickjs-sys.
    runtime: PathBuf,
}

fn compile(
    runtime: &Path,
    out: &Path,
    toolchain: &toolchain::Toolchain,
    quickjs: &Path,
) -> Result<Archives, String> {
    let target = out.join("guest");
    let mut cargo = Command::new(&toolchain.cargo);
    // The outer build's settings are not the guest's.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO") && name != "CARGO_HOME" && name != "CARGO_NET_OFFLINE"
            || name.starts_with("RUST")
        {
            cargo.env_remove(name.as_ref());
        }
    }
    let profile_flags = "-ffunction-sections -fdata-sections";
    cargo
        .current_dir(runtime)
        .args(["build", "--release", "--locked", "--target=wasm32-wasip1"])
        .args(&toolchain.cargo_arguments)
        .envs(
            toolchain
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        )
        .env("CARGO_TARGET_DIR", &target)
        .env("CC_wasm32_wasip1", &toolchain.clang)
        .env("AR_wasm32_wasip1", &toolchain.ar)
        .env(
            "CFLAGS_wasm32_wasip1",
            format!("{} {profile_flags}", toolchain.c_flags.join(" ")),
        )
        .env("RQUICKJS_SYS_NO_WASI_SDK", "1")
        .env("JSC_QUICKJS_DIR", quickjs)
        .env("JSC_ENGINE_OUT", out);
    let output = cargo
        .output()
        .map_err(|error| format!("cannot run {}: {error}", toolchain.cargo.display()))?;
    if !output.status.success() {
        return Err(format!(
            "js-runtime does not compile:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(Archives {
        engine: out.join("libengine.a"),
        runtime: target.join("wasm32-wasip1/release/libjs_runtime.a"),
    })
}
