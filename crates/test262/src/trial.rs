//! Tries tests on columns, one after the other or several at once.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Error;
use crate::column::Column;
use crate::mode::Mode;
use crate::native::Native;
use crate::program;
use crate::records::{Key, Row};
use crate::shipped::Shipped;
use crate::suite::{Script, Suite, Test};
use crate::verdict::{Outcome, Verdict};

/// How reasons begin of tests that a host would have to do more for.
pub const WANTS_HOST: &str = "wants its host: ";
/// How reasons begin of tests that pass with `--allow-eval`, and name what it allows.
pub const WANTS_EVAL: &str = "wants eval: ";

/// What to try tests on.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The columns. Those with `--allow-eval` are tried where the same without fails.
    pub columns: Vec<Column>,
    /// The program that [`Column::Native`] is; without it that column is left out.
    pub native: Option<PathBuf>,
    /// Whether to go on with tests that fail natively.
    pub go_on: bool,
    /// Where the engine's code is kept.
    pub cache_directory: Option<PathBuf>,
    /// How many are tried at once.
    pub threads: usize,
}

/// Tries the tests at `paths` in all their modes. `skip` tells which have been tried already, `done` is given the verdicts.
///
/// # Errors
/// If a test cannot be read, a program not started, or `done` fails.
pub fn run(
    suite: &Suite,
    paths: &[String],
    plan: &Plan,
    skip: impl Fn(&Key) -> bool + Sync,
    done: impl Fn(&Key, &Row) -> std::io::Result<()> + Sync,
) -> Result<(), Error> {
    let layout = tempfile::tempdir().map_err(|error| Error::File(std::env::temp_dir(), error))?;
    suite.lay_out(layout.path())?;
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    let work = || -> Result<(), Error> {
        let mut trier = Trier::new(suite, plan, layout.path());
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let test = suite.test(path)?;
            let harness = program::harness(suite, &test);
            for mode in test.modes() {
                let key = Key {
                    path: path.clone(),
                    mode,
                };
                if !skip(&key) {
                    let row = trier.row(&test, mode, &harness)?;
                    done(&key, &row).map_err(|error| Error::File(path.into(), error))?;
                }
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        for _ in 0..plan.threads.max(1) {
            scope.spawn(|| {
                if let Err(error) = work() {
                    next.store(paths.len(), Ordering::Relaxed);
                    *failed
                        .lock()
                        .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(error);
                }
            });
        }
    });
    let failed = failed.into_inner();
    failed
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .map_or(Ok(()), Err)
}

/// What tests are tried on, by one thread.
struct Trier<'a> {
    suite: &'a Suite,
    plan: &'a Plan,
    layout: &'a Path,
    native: Option<Native>,
    shipped: Shipped,
}

impl<'a> Trier<'a> {
    fn new(suite: &'a Suite, plan: &'a Plan, layout: &'a Path) -> Trier<'a> {
        Trier {
            suite,
            plan,
            layout,
            native: plan.native.as_deref().map(Native::new),
            shipped: Shipped::new(plan.cache_directory.clone()),
        }
    }

    fn row(&mut self, test: &Test, mode: Mode, harness: &[Script]) -> Result<Row, Error> {
        let mut row = Row::new();
        let judge = |outcome: &Outcome| Verdict::of(outcome, &test.frontmatter, test.is_raw());
        if let Some(native) = &mut self.native {
            let place = self.suite.root.join(&test.path);
            let place = place.canonicalize().unwrap_or(place);
            let mut verdict = judge(&native.outcome(test, mode, harness, &place)?);
            if let Verdict::Fail(reason) = &mut verdict
                && program::needs_host(test, harness)
            {
                reason.insert_str(0, WANTS_HOST);
            }
            let fails = verdict != Verdict::Pass;
            row.insert(Column::Native, verdict);
            if fails && !self.plan.go_on {
                return Ok(row);
            }
        }
        for &column in &self.plan.columns {
            let Some(shipped) = column.shipped() else {
                continue;
            };
            let without = match column {
                Column::BuildEval => Some(Column::Build),
                Column::RunEval => Some(Column::Run),
                _ => None,
            };
            if without.is_some_and(|without| row.get(&without) == Some(&Verdict::Pass)) {
                continue;
            }
            let outcome = self
                .shipped
                .outcome(test, mode, harness, shipped, self.layout)?;
            let verdict = judge(&outcome);
            if verdict == Verdict::Pass
                && program::names_eval(test, harness)
                && let Some(without) = without
                && let Some(Verdict::Fail(reason)) = row.get_mut(&without)
            {
                reason.insert_str(0, WANTS_EVAL);
            }
            row.insert(column, verdict);
        }
        Ok(row)
    }
}
