//! What `jsc run` runs: a module from a file, or one that it makes of a source file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use compiler::{Options, STACKS, Session};

use runner::{Bound, LimitKind};

use super::Run;
use super::load;
use crate::build;
use crate::exit;
use crate::limits::Profile;
use crate::messages::Messages;
use crate::sources::{self, Sources};

/// A module and the texts that it was made of, as far as they are known.
pub(crate) struct Program {
    pub(crate) wasm: Vec<u8>,
    pub(crate) sources: Sources,
    /// Where it was read from; native code may lie beside it.
    pub(crate) path: Option<PathBuf>,
}

/// What comes of preparing a program.
pub(crate) enum Prepared {
    Ready(Program),
    /// The module is larger than the limit: it is not even compiled to native code, which takes long for one that is far too
    /// large.
    TooLarge(Bound),
    /// Its author has been told why it does not compile; this is the exit code.
    Failed(ExitCode),
}

impl Program {
    /// The program that the arguments name, and the files that were read for it.
    pub(crate) fn prepare(
        arguments: &Run,
        profile: &Profile,
        session: &mut Session,
    ) -> (Result<Prepared>, Vec<PathBuf>) {
        let limit = profile.limits.module;
        if build::is_source(&arguments.module) {
            return compile(arguments, limit, session);
        }
        let module = &arguments.module;
        let files = vec![module.clone(), sources::map_path(module)];
        (read(module, limit), files)
    }
}

fn read(module: &Path, limit: Option<u64>) -> Result<Prepared> {
    Ok(match load::read_module(module, limit)? {
        Ok(wasm) => Prepared::Ready(Program {
            wasm,
            sources: Sources::beside(module),
            path: Some(module.to_owned()),
        }),
        Err(bound) => Prepared::TooLarge(bound),
    })
}

/// What the source is compiled with: for the stack that it will have.
fn options(arguments: &Run) -> Result<Options> {
    let mut options = build::options(&arguments.module, &arguments.build)?;
    if let (None, Some(stack)) = (
        arguments.build.stack,
        arguments.limits.profile()?.limits.stack,
    ) {
        options.stack = stack.clamp(*STACKS.start(), *STACKS.end());
    }
    Ok(options)
}

fn compile(
    arguments: &Run,
    limit: Option<u64>,
    session: &mut Session,
) -> (Result<Prepared>, Vec<PathBuf>) {
    let options = match options(arguments) {
        Ok(options) => options,
        Err(error) => return (Err(error), Vec::new()),
    };
    let compilation = session.compile(&options);
    let messages = Messages::new(arguments.build.message_format, false);
    let program = match compilation.result {
        Ok(artifact) => {
            messages.build(&artifact.output, &artifact.warnings);
            let size = artifact.wasm.len() as u64;
            Ok(match limit.filter(|limit| size > *limit) {
                Some(amount) => Prepared::TooLarge(Bound {
                    kind: LimitKind::Module,
                    amount,
                }),
                None => Prepared::Ready(Program {
                    sources: Sources::of(&artifact),
                    wasm: artifact.wasm,
                    path: None,
                }),
            })
        }
        Err(compiler::Error::Program(diagnostics)) => {
            messages.failure(&diagnostics);
            Ok(Prepared::Failed(exit::of_program(&diagnostics)))
        }
        Err(error) => Err(error).context("this is a fault of jsc; please report it"),
    };
    (program, compilation.files)
}
