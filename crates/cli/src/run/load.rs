//! From the path of a module to a function that is ready.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use runner::{Error, Function, Runtime};

/// A function and how long it took to load.
pub(crate) struct Loaded {
    pub(crate) function: Function,
    pub(crate) took: Duration,
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

/// Opens a file to be read.
pub(crate) fn open(path: &Path) -> Result<File> {
    let shown = path.display();
    if path.is_dir() {
        bail!("cannot read {shown}: it is a directory");
    }
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!("there is no file {shown}"),
        _ => anyhow!(error).context(format!("cannot read {shown}")),
    })
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
                let _ = writeln!(io::stderr(), "warning: {shown} is not used: {reason}");
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
