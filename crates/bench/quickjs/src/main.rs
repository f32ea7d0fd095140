//! Runs a module in QuickJS, without a snapshot: `quickjs-peer SOURCE < INPUT`. The module exports `run`, from a text to
//! another. It is run several times, each in a runtime of its own; of the last one the microseconds of making the
//! runtime, of reading the source, and of its top level and the call are printed on a line, and then its output.

use std::error::Error;
use std::io::Read;
use std::time::Instant;

use rquickjs::promise::MaybePromise;
use rquickjs::{CatchResultExt, Context, Function, Module, Runtime};

/// After so many the allocator has its pages, and the processor's caches the engine, as in a server.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let source = std::env::args_os().nth(1).ok_or("name a module")?;
    let source = std::fs::read_to_string(source)?;
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut text = String::new();
    for _ in 0..RUNS {
        text = answer(&source, &input)?;
    }
    print!("{text}");
    Ok(())
}

fn answer(source: &str, input: &str) -> Result<String, Box<dyn Error>> {
    let begun = Instant::now();
    let runtime = Runtime::new()?;
    let context = Context::full(&runtime)?;
    let instantiate = begun.elapsed();
    context.with(|ctx| {
        let begun = Instant::now();
        let module = Module::declare(ctx.clone(), "index.js", source).catch(&ctx);
        let module = module.map_err(|error| error.to_string())?;
        let load = begun.elapsed();
        let output = call(module, input).catch(&ctx);
        let output = output.map_err(|error| error.to_string())?;
        let call = begun.elapsed() - load;
        let times = [instantiate, load, call].map(|time| (time.as_secs_f64() * 1e6).to_string());
        Ok(format!("{}\n{output}", times.join(" ")))
    })
}

fn call(module: Module<'_>, input: &str) -> rquickjs::Result<String> {
    let (module, evaluated) = module.eval()?;
    evaluated.finish::<()>()?;
    let run: Function<'_> = module.get("run")?;
    let output: MaybePromise<'_> = run.call((input,))?;
    output.finish()
}
