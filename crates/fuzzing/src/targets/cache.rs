//! A damaged entry of the code cache is never executed: the module runs as if there were no cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use code_cache::CodeCache;
use wasmtime::{Config, Engine, Instance, Module, Store};

use crate::{Choices, Fault};

const ANSWER: i32 = 42;

/// Checks the damage of an input.
///
/// # Errors
/// Where the module does not run, or the entry is taken for a good one.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let failed = |error: std::io::Error| Fault::new(error.to_string());
    let home = tempfile::tempdir().map_err(failed)?;
    let cache = CodeCache::new(Some(home.path().into()));
    let (engine, wasm) = engine_and_module()?;
    expect_answer(cache.module(engine, wasm))?;
    let entry = entry(home.path()).ok_or_else(|| Fault::new("nothing was stored"))?;
    let good = fs::read(&entry).map_err(failed)?;

    let mut bad = good.clone();
    match choices.below(4) {
        0 => bad.truncate(choices.below(good.len())),
        1 => bad.extend(vec![0; 1 + choices.below(100)]),
        _ => {
            for _ in 0..1 + choices.below(8) {
                let index = choices.below(bad.len());
                bad[index] = choices.any().unwrap_or(0);
            }
        }
    }
    fs::write(&entry, &bad).map_err(failed)?;
    if bad != good && cache.find(engine, wasm).is_some() {
        return Err(Fault::new("a damaged entry was taken"));
    }
    expect_answer(cache.module(engine, wasm))?;
    // It has been replaced by a good one.
    match cache.find(engine, wasm) {
        Some(module) => expect_answer(Ok(module)),
        None => Err(Fault::new("the damaged entry was not replaced")),
    }
}

fn expect_answer(module: Result<Module, code_cache::Error>) -> Result<(), Fault> {
    let answer = module
        .map_err(|error| Fault::new(error.to_string()))
        .and_then(|module| {
            let mut store = Store::new(module.engine(), ());
            Instance::new(&mut store, &module, &[])
                .and_then(|instance| instance.get_typed_func::<(), i32>(&mut store, "f"))
                .and_then(|function| function.call(&mut store, ()))
                .map_err(|error| Fault::new(error.to_string()))
        })?;
    match answer {
        ANSWER => Ok(()),
        other => Err(Fault::new(format!("the module answered {other}"))),
    }
}

/// The only entry of a cache.
fn entry(directory: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(directory).ok()?.flatten();
    let mut paths = entries.map(|entry| entry.path());
    paths.find(|path| {
        path.extension()
            .is_some_and(|extension| extension == "cwasm")
    })
}

fn engine_and_module() -> Result<(&'static Engine, &'static [u8]), Fault> {
    static ENGINE: OnceLock<Result<(Engine, Vec<u8>), String>> = OnceLock::new();
    let both = ENGINE.get_or_init(|| {
        let text = format!(
            "(module (memory 1) (data (i32.const 40000) \"data\") (func (export \"f\") (result i32) i32.const {ANSWER}))"
        );
        let wasm = wat::parse_str(text).map_err(|error| error.to_string())?;
        let engine = Engine::new(&Config::new()).map_err(|error| error.to_string())?;
        Ok((engine, wasm))
    });
    match both {
        Ok((engine, wasm)) => Ok((engine, wasm)),
        Err(error) => Err(Fault::new(error.clone())),
    }
}
