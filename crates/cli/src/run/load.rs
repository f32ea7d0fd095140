//! From the path of a module to a function that is ready.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::messages::say;
use anyhow::{Result, anyhow};
use runner::{Bound, Error, Function, LimitKind, Runtime};

/// A function and how long it took to load.
pub(crate) struct Loaded {
    pub(crate) function: Function,
    pub(crate) took: Duration,
}

/// The bytes of a file that the user names.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    inputs::read_named(path, inputs::MODULE).map_err(|error| cannot_read(path, error))
}

/// Opens a file that the user names.
pub(crate) fn open(path: &Path) -> Result<File> {
    inputs::open_named(path).map_err(|error| cannot_read(path, error))
}

/// The bytes of a module, or the limit that it is larger than: then it is not even read.
pub(crate) fn read_module(path: &Path, limit: Option<u64>) -> Result<Result<Vec<u8>, Bound>> {
    let most = limit.unwrap_or(inputs::MODULE).min(inputs::MODULE);
    match inputs::read_named(path, most) {
        Ok(wasm) => Ok(Ok(wasm)),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge && limit == Some(most) => {
            Ok(Err(Bound {
                kind: LimitKind::Module,
                amount: most,
            }))
        }
        Err(error) => Err(cannot_read(path, error)),
    }
}

fn cannot_read(path: &Path, error: io::Error) -> anyhow::Error {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => anyhow!("there is no file {shown}"),
        _ => anyhow!(error).context(format!("cannot read {shown}")),
    }
}

/// Makes a module ready, with the precompiled code beside `path`, where one is given, if there is some and it is good.
pub(crate) fn load(runtime: &Runtime, wasm: &[u8], path: Option<&Path>) -> Result<Loaded, Error> {
    let begun = Instant::now();
    let beside = |path: &Path| {
        let precompiled = path.with_extension("cwasm");
        (precompiled != path && precompiled.is_file()).then_some(precompiled)
    };
    let function = if let Some(precompiled) = path.and_then(beside) {
        match runtime.load_precompiled(wasm, &precompiled) {
            Ok(function) => function,
            Err(Error::Precompiled(reason)) => {
                let shown = precompiled.display();
                say(format_args!("warning: {shown} is not used: {reason}"));
                runtime.load(wasm)?
            }
            Err(error) => return Err(error),
        }
    } else {
        runtime.load(wasm)?
    };
    Ok(Loaded {
        function,
        took: begun.elapsed(),
    })
}
