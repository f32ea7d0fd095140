//! `jsc check`: what can be said of a module and a profile of limits without running anything.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, ValueHint};
use figures::size;
use runner::{Inspection, Limits};

use crate::exit;
use crate::limits::LimitArguments;
use crate::run::read;

#[derive(Args)]
#[command(after_help = "Examples:
  jsc check fn.wasm --limits shopify
  jsc check fn.wasm --max-memory 10MB --invoke cart-run

Exit code 0 when all is well, 1 when something is not, 3 when the file is no module.")]
pub(crate) struct Check {
    /// The module
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) module: PathBuf,
    /// An exported function that must be there [default: _start]
    #[arg(long, value_name = "EXPORT")]
    pub(crate) invoke: Vec<String>,
    /// Print nothing but what is wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
}

/// One line of the answer.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    is_good: bool,
    text: String,
}

pub(crate) fn check(arguments: &Check) -> Result<ExitCode> {
    let module = arguments.module.display().to_string();
    let profile = arguments.limits.profile()?;
    let wasm = read(&arguments.module)?;
    let inspection = runner::inspect(&wasm).context(module)?;
    let findings = findings(&inspection, &profile.limits, &arguments.invoke);
    let mut text = String::new();
    for finding in &findings {
        if !finding.is_good || !arguments.quiet {
            let mark = if finding.is_good { "ok   " } else { "FAIL " };
            text += &format!("{mark}{}\n", finding.text);
        }
    }
    if findings.iter().all(|finding| finding.is_good) {
        return exit::write_result(text.as_bytes());
    }
    exit::write_result(text.as_bytes())?;
    Ok(ExitCode::from(exit::PROGRAM))
}

fn findings(module: &Inspection, limits: &Limits, wanted: &[String]) -> Vec<Finding> {
    let mut findings = vec![
        bounded("size", module.size, limits.module),
        bounded("initial memory", module.initial_memory, limits.memory),
        imports(module),
    ];
    let start = ["_start".to_owned()];
    for name in if wanted.is_empty() { &start } else { wanted } {
        findings.push(export(module, name));
    }
    let uses_memory = !module.imports.is_empty();
    if uses_memory && !module.exports_memory {
        findings.push(Finding {
            is_good: false,
            text: "it imports WASI but exports no `memory`, which WASI needs".to_owned(),
        });
    }
    findings.push(Finding {
        is_good: true,
        text: if module.has_start_function {
            "a start function, which runs at every call".to_owned()
        } else {
            "no start function".to_owned()
        },
    });
    findings
}

fn bounded(what: &str, amount: u64, limit: Option<u64>) -> Finding {
    Finding {
        is_good: limit.is_none_or(|limit| amount <= limit),
        text: match limit {
            Some(limit) => format!("{what} {}, limit {}", size(amount), size(limit)),
            None => format!("{what} {}", size(amount)),
        },
    }
}

fn imports(module: &Inspection) -> Finding {
    if module.unknown_imports.is_empty() {
        return Finding {
            is_good: true,
            text: match module.imports.len() {
                0 => "no imports".to_owned(),
                1 => "1 import, of WASI preview 1".to_owned(),
                count => format!("{count} imports, all of WASI preview 1"),
            },
        };
    }
    Finding {
        is_good: false,
        text: format!(
            "imports that only its own host provides: {}",
            names(&module.unknown_imports)
        ),
    }
}

fn export(module: &Inspection, name: &str) -> Finding {
    let is_good = module.functions.iter().any(|function| function == name);
    let name = figures::name(name);
    let text = if is_good {
        format!("export `{name}`")
    } else if module.functions.is_empty() {
        format!("no export `{name}`, and none that can be run")
    } else {
        format!(
            "no export `{name}` that can be run; there are: {}",
            names(&module.functions)
        )
    };
    Finding { is_good, text }
}

fn names(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().map(|name| figures::name(name)).collect();
    shown.join(", ")
}
