//! What `jsc run` runs: a module from a file, or one that it makes of a source file.

use std::path::PathBuf;

use anyhow::{Context, Result};
use compiler::Session;

use super::Run;
use super::load;
use crate::build;
use crate::messages::Messages;
use crate::sources::Sources;

/// A module and the texts that it was made of, as far as they are known.
pub(crate) struct Program {
    pub(crate) wasm: Vec<u8>,
    pub(crate) sources: Sources,
    /// Where it was read from; native code may lie beside it.
    pub(crate) path: Option<PathBuf>,
}

impl Program {
    /// The program that the arguments name; `None` where its author has been told why it does not compile. Also gives the
    /// files of its source.
    pub(crate) fn prepare(
        arguments: &Run,
        session: &mut Session,
    ) -> (Result<Option<Program>>, Vec<PathBuf>) {
        if build::is_source(&arguments.module) {
            compile(arguments, session)
        } else {
            (read(arguments).map(Some), Vec::new())
        }
    }
}

fn read(arguments: &Run) -> Result<Program> {
    Ok(Program {
        wasm: load::read(&arguments.module)?,
        sources: Sources::beside(&arguments.module),
        path: Some(arguments.module.clone()),
    })
}

fn compile(arguments: &Run, session: &mut Session) -> (Result<Option<Program>>, Vec<PathBuf>) {
    let options = match build::options(&arguments.module, &arguments.build) {
        Ok(options) => options,
        Err(error) => return (Err(error), Vec::new()),
    };
    let compilation = session.compile(&options);
    let messages = Messages::new(arguments.build.message_format, false);
    let program = match compilation.result {
        Ok(artifact) => {
            messages.build(&artifact.output, &artifact.warnings);
            Ok(Some(Program {
                sources: Sources::of(&artifact),
                wasm: artifact.wasm,
                path: None,
            }))
        }
        Err(compiler::Error::Program(diagnostics)) => {
            messages.failure(&diagnostics);
            Ok(None)
        }
        Err(error) => Err(error).context("this is a fault of jsc; please report it"),
    };
    (program, compilation.files)
}
