//! Installs what the project needs, quietly and only if it is missing.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Result, bail};

use crate::root;
use crate::run::Step;

#[expect(
    dead_code,
    reason = "the build script of `engine` uses all of it, this crate only `detect`"
)]
#[path = "../../engine/build/toolchain.rs"]
mod toolchain;

/// A directory with a `package-lock.json` whose packages the tests use.
struct NpmFixture {
    directory: &'static str,
    /// What `npm run build` makes of `src`.
    built: Option<&'static str>,
}

const NPM_FIXTURES: [NpmFixture; 2] = [
    NpmFixture {
        directory: "tests/bundle",
        built: Some("dist/bundle.js"),
    },
    NpmFixture {
        directory: "tests/packages",
        built: None,
    },
];

/// Brings the machine to the state that the build and the tests need.
pub(crate) fn setup() -> Result<()> {
    if toolchain::detect().is_err() {
        install_toolchain()?;
    }
    if Step::new("npm")
        .arguments(&["--version"])
        .run_quietly()
        .is_err()
    {
        install(&["nodejs", "npm"])?;
    }
    for fixture in NPM_FIXTURES {
        install_packages(fixture.directory)?;
        if let Some(built) = fixture.built {
            build(fixture.directory, built)?;
        }
    }
    Ok(())
}

/// The compilers of the guest, as Debian packages them.
fn install_toolchain() -> Result<()> {
    if Step::new("apt-get")
        .arguments(&["--version"])
        .run_quietly()
        .is_err()
    {
        let reason = toolchain::detect().err().unwrap_or_default();
        bail!("{reason}");
    }
    eprintln!("setup: installing the compilers for wasm32-wasip1");
    apt(&["update", "-qq"])?;
    let Some(version) = newest_clang()? else {
        bail!(
            "this distribution packages no clang with builtins for wasm32; install a WASI SDK and set WASI_SDK_PATH"
        );
    };
    let c = [
        format!("clang-{version}"),
        format!("lld-{version}"),
        format!("llvm-{version}"),
    ];
    let builtins = format!("libclang-rt-{version}-dev-wasm32");
    let mut packages: Vec<&str> = c.iter().map(String::as_str).collect();
    packages.extend([
        builtins.as_str(),
        "wasi-libc",
        "rustc-web",
        "cargo-web",
        "rust-web-src",
    ]);
    install(&packages)?;
    if let Err(reason) = toolchain::detect() {
        bail!("{reason}");
    }
    Ok(())
}

/// The newest version of clang that comes with builtins for wasm32.
fn newest_clang() -> Result<Option<u32>> {
    let names = Step::new("apt-cache")
        .arguments(&["pkgnames", "libclang-rt-"])
        .run_quietly()?;
    let versions = names.lines().filter_map(|name| {
        name.strip_prefix("libclang-rt-")?
            .strip_suffix("-dev-wasm32")?
            .parse::<u32>()
            .ok()
    });
    Ok(versions.max())
}

fn install(packages: &[&str]) -> Result<()> {
    let mut arguments = vec!["install", "--yes", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

fn apt(arguments: &[&str]) -> Result<()> {
    // Only root installs packages; `sudo -n` fails instead of asking for a password in the middle of a build.
    let is_root = Step::new("id").arguments(&["-u"]).run_quietly()?.trim() == "0";
    let step = if is_root {
        Step::new("apt-get")
    } else {
        Step::new("sudo").arguments(&["-n", "apt-get"])
    };
    step.arguments(arguments)
        .environment("DEBIAN_FRONTEND", "noninteractive")
        .run_quietly()?;
    Ok(())
}

/// `npm ci`, if the lock file has changed since the last one.
fn install_packages(directory: &str) -> Result<()> {
    let path = root().join(directory);
    let lock = fs::read(path.join("package-lock.json"))?;
    let installed = path.join("node_modules/.installed-lock");
    if fs::read(&installed).is_ok_and(|done| done == lock) {
        return Ok(());
    }
    eprintln!("setup: installing the packages of {directory}");
    Step::new("npm")
        .arguments(&["ci", "--no-audit", "--no-fund"])
        .inside(directory)
        .run_quietly()?;
    fs::write(installed, lock)?;
    Ok(())
}

/// `npm run build`, if what it makes is missing or older than what it is made of.
fn build(directory: &str, built: &str) -> Result<()> {
    let path = root().join(directory);
    let mut sources = vec![
        path.join("package.json"),
        path.join("node_modules/.installed-lock"),
    ];
    for entry in fs::read_dir(path.join("src"))? {
        sources.push(entry?.path());
    }
    if let Ok(built) = modified(&path.join(built)) {
        let times: Result<Vec<SystemTime>> = sources.iter().map(|file| modified(file)).collect();
        if times?.iter().all(|time| *time <= built) {
            return Ok(());
        }
    }
    Step::new("npm")
        .arguments(&["run", "build"])
        .inside(directory)
        .run_quietly()?;
    Ok(())
}

fn modified(file: &Path) -> Result<SystemTime> {
    Ok(fs::metadata(file)?.modified()?)
}
