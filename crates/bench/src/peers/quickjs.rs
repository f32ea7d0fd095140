//! QuickJS as a library of a native program, without a snapshot: the engine that compiled modules have inside, with the
//! source read anew by every instance.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use rquickjs::promise::MaybePromise;
use rquickjs::{CatchResultExt, Context, Ctx, Function, Module, Runtime};

use super::{First, Peer};
use crate::measure::microseconds;

/// An example's source.
pub(crate) struct QuickJs {
    source: String,
}

impl QuickJs {
    pub(crate) fn new(source: &Path) -> Result<QuickJs> {
        let source = fs::read_to_string(source)
            .with_context(|| format!("cannot read {}", source.display()))?;
        Ok(QuickJs { source })
    }

    pub(crate) fn size(&self) -> usize {
        self.source.len()
    }
}

impl Peer for QuickJs {
    /// Machine code there is only of the engine.
    fn compile(&mut self) -> Result<Option<f64>> {
        Ok(None)
    }

    fn first(&self, input: &str) -> Result<First> {
        let begun = Instant::now();
        let runtime = Runtime::new()?;
        let context = Context::full(&runtime)?;
        let instantiate = microseconds(begun.elapsed());
        context.with(|ctx| {
            let (load, call, output) = answer(&ctx, &self.source, input)
                .catch(&ctx)
                .map_err(|error| anyhow!("{error}"))?;
            Ok(First {
                load,
                instantiate,
                call,
                output: output.into_bytes(),
            })
        })
    }
}

/// The times of reading the source, and of running its top level and the call.
fn answer(ctx: &Ctx<'_>, source: &str, input: &str) -> rquickjs::Result<(f64, f64, String)> {
    let begun = Instant::now();
    let module = Module::declare(ctx.clone(), "index.js", source)?;
    let loaded = Instant::now();
    let (module, evaluated) = module.eval()?;
    evaluated.finish::<()>()?;
    let run: Function<'_> = module.get("run")?;
    let output: MaybePromise<'_> = run.call((input,))?;
    let output = output.finish::<String>()?;
    let load = microseconds(loaded - begun);
    Ok((load, microseconds(loaded.elapsed()), output))
}

#[cfg(test)]
mod tests {
    use super::{Peer, QuickJs};

    fn first(source: &str, input: &str) -> anyhow::Result<Vec<u8>> {
        let source = source.to_owned();
        Ok(QuickJs { source }.first(input)?.output)
    }

    #[test]
    fn promises_are_settled() -> anyhow::Result<()> {
        let source = "let n = 40; await null; n++;
            export async function run(input) { await null; return String(n + JSON.parse(input)); }";
        assert_eq!(first(source, "1")?, b"42");
        Ok(())
    }

    #[test]
    fn errors_are_told() {
        let error = first("export function run() { throw new RangeError('no'); }", "1");
        assert!(error.is_err_and(|error| error.to_string().contains("no")));
    }
}
