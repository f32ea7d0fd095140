//! `jsc test`: every fixture of a function, its output compared with what is expected.

mod diff;
mod fixture;
mod project;
mod walk;
mod watch;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use figures::grouped;
use runner::{Allocation, Call, Config, Function, Limits, Outcome, Runtime, Stdin};

use self::fixture::Fixture;
use self::project::Project;
use crate::exit;
use crate::limits::{LimitArguments, Profile};
use crate::messages::say;

#[derive(Args)]
#[command(after_help = "Fixtures are found in DIR and below:
  NAME.input.json and NAME.expected.json    (or .txt; NAME. may be missing)
  tests/**/*.json, fixtures/**/*.json       { \"payload\": { \"export\": …, \"input\": …, \"output\": … } }
The latter may also have \"exitCode\" and \"limits\", the former a file limits.toml beside them.
A fixture may take a minute, unless its limits or --timeout say otherwise.

Examples:
  jsc test                                  the function in this directory
  jsc test examples/shopify-extension --watch
  jsc test . --update                       take today's outputs for the expected ones")]
pub(crate) struct Test {
    /// The directory of the function
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) directory: PathBuf,
    /// The program or module [default: what shopify.extension.toml builds, index.* or src/index.*]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) entry: Option<PathBuf>,
    /// Run only fixtures whose names contain this
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
    /// Write the outputs into the fixtures instead of comparing them
    #[arg(long)]
    pub(crate) update: bool,
    /// Run again whenever a file changes
    #[arg(short, long)]
    pub(crate) watch: bool,
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
}

/// How long a fixture may take where nothing else is said: none waits for a loop without an end.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn test(arguments: &Test) -> Result<ExitCode> {
    // A directory that is not there is no typing mistake in a file, which could be mended while it is watched.
    if !arguments.watch || !arguments.directory.is_dir() {
        return once(arguments);
    }
    loop {
        let seen = watch::state(&arguments.directory);
        if let Err(error) = once(arguments) {
            say(format_args!("error: {error:#}"));
        }
        if writeln!(io::stdout(), "waiting for changes; ^C ends\n").is_err() {
            // Nobody reads any more.
            return Ok(ExitCode::from(exit::PROGRAM));
        }
        watch::wait(&arguments.directory, seen);
    }
}

fn once(arguments: &Test) -> Result<ExitCode> {
    let project = Project::find(&arguments.directory, arguments.entry.as_deref())?;
    let Some(wasm) = project.build()? else {
        // The compiler has said why.
        return Ok(ExitCode::from(exit::PROGRAM));
    };
    let mut fixtures = fixture::find(&arguments.directory)?;
    if fixtures.is_empty() {
        bail!(
            "{} has no fixtures; make tests/NAME.input.json, then run `jsc test --update`",
            arguments.directory.display()
        );
    }
    if let Some(filter) = &arguments.filter {
        let names: Vec<String> = fixtures
            .iter()
            .map(|fixture| fixture.name.clone())
            .collect();
        fixtures.retain(|fixture| fixture.name.contains(filter.as_str()));
        if fixtures.is_empty() {
            let names = names.join(", ");
            bail!("no fixture has `{filter}` in its name; there are: {names}");
        }
    }
    let mut ordinary = match (&arguments.limits.limits, project.is_shopify) {
        (None, true) => arguments.limits.over(Profile::shopify())?,
        _ => arguments.limits.profile()?,
    };
    // A module that is too large is one fault, not one of every fixture.
    let size = ordinary
        .limits
        .module
        .take()
        .map(|limit| (limit, wasm.len() as u64));
    let mut failed = 0;
    for fixture in &fixtures {
        let mut profile = match fixture.profile()? {
            Some(profile) => arguments.limits.over(profile)?,
            None => ordinary.clone(),
        };
        profile.limits.time.get_or_insert(PATIENCE);
        let ran = run(&wasm, fixture, &profile, &project.path)?;
        let verdict = if arguments.update {
            fixture.update(&ran)?
        } else {
            fixture.judge(&ran)
        };
        failed += usize::from(verdict.is_err());
        show(fixture, &ran, verdict);
    }
    let passed = fixtures.len() - failed;
    let mut text = format!("\n{passed} passed, {failed} failed\n");
    let is_too_large = size.filter(|(limit, actual)| actual > limit);
    if let Some((limit, actual)) = is_too_large {
        text += &format!(
            "FAILED  the module has {} bytes, more than the limit of {}\n",
            grouped(actual),
            grouped(limit)
        );
    }
    let written = exit::write_result(text.as_bytes())?;
    let is_good = failed == 0 && is_too_large.is_none();
    Ok(if is_good {
        written
    } else {
        ExitCode::from(exit::PROGRAM)
    })
}

/// What a fixture came to.
pub(crate) struct Ran {
    pub(crate) outcome: Outcome,
    /// The limit or the trap that ended it.
    pub(crate) failure: Option<String>,
    limits: Limits,
}

fn run(wasm: &[u8], fixture: &Fixture, profile: &Profile, module: &Path) -> Result<Ran> {
    let config = Config {
        cache_directory: runner::default_cache_directory(),
        allocation: Allocation::OnDemand,
        fuel: true,
        ..Config::default()
    };
    let runtime = Runtime::new(&config.enforcing(&profile.limits))?;
    let function: Function = runtime
        .load(wasm)
        .with_context(|| module.display().to_string())?;
    let limits = profile.limits_for(Some(&fixture.input));
    let is_export = |name: &&String| function.exports().any(|export| export == name.as_str());
    let namesake = fixture.namesake.as_ref().filter(is_export);
    let call = Call {
        export: fixture.export.as_ref().or(namesake).cloned(),
        stdin: Stdin::Bytes(fixture.input.clone()),
        world: profile.world(),
        own_thread: true,
        ..Call::default()
    };
    match function.call(call, &limits) {
        Ok(outcome) => Ok(Ran {
            outcome,
            failure: None,
            limits,
        }),
        Err(error) => {
            let failure = Some(error.to_string());
            let outcome = error
                .into_outcome()
                .map_err(|error| anyhow::Error::new(error).context(fixture.name.clone()))?;
            Ok(Ran {
                outcome,
                failure,
                limits,
            })
        }
    }
}

/// One line for each fixture, and more for one that fails.
fn show(fixture: &Fixture, ran: &Ran, verdict: Result<&'static str, String>) {
    let fuel = ran.outcome.fuel;
    let share = fuel.zip(ran.limits.fuel).map(|(fuel, limit)| {
        let percent = fuel as f64 / limit.max(1) as f64 * 100.0;
        format!(" ({percent:.1} % of the limit)")
    });
    let figures = format!(
        "{} instructions{}",
        fuel.map_or_else(|| "?".to_owned(), grouped),
        share.unwrap_or_default()
    );
    let mut text = match &verdict {
        Ok(verdict) => format!("{verdict:<7} {}  {figures}\n", fixture.name),
        Err(why) => format!("FAILED  {}  {figures}\n{}", fixture.name, indent(why)),
    };
    if verdict.is_err() && !ran.outcome.stderr.is_empty() {
        let log = String::from_utf8_lossy(&ran.outcome.stderr);
        text += &indent(&format!("log:\n{}", log.trim_end()));
    }
    let _ = io::stdout().write_all(figures::lines(&text).as_bytes());
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
