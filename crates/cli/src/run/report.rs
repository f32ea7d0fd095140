//! What a run took, each figure against its limit.

use std::io::{self, Write};
use std::time::Duration;

use figures::{grouped, size, time};
use runner::{Error, Limits, Outcome, PAGE_SIZE};
use serde::Serialize;

use super::arguments::Format;
use super::load::Loaded;

/// A figure and what it may be.
#[derive(Serialize)]
pub(crate) struct Figure {
    name: &'static str,
    /// `None` where the call was ended before it could tell.
    used: Option<u64>,
    limit: Option<u64>,
    unit: Unit,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Bytes,
    Instructions,
    Nanoseconds,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    module: &'a str,
    exit_code: i32,
    /// What ended the call early, if something did.
    error: Option<String>,
    /// The limit that ended it.
    exceeded: Option<&'static str>,
    figures: Vec<Figure>,
    pages: Option<Pages>,
    linear_stack: Option<LinearStack>,
    load_microseconds: f64,
    instantiate_microseconds: f64,
    run_microseconds: f64,
}

#[derive(Serialize)]
struct Pages {
    changed: u64,
    grown: u64,
    total: u64,
}

#[derive(Serialize)]
struct LinearStack {
    used: u64,
    size: u64,
}

/// Prints the report to standard error.
pub(crate) fn print(
    format: Format,
    module: &str,
    outcome: &Outcome,
    limits: &Limits,
    loaded: &Loaded,
    failure: Option<&Error>,
) {
    let exceeded = match failure {
        Some(Error::Limit(exceeded)) => Some(exceeded.bound.kind.name()),
        _ => None,
    };
    let report = Report {
        module,
        exit_code: outcome.exit_code,
        error: failure.map(ToString::to_string),
        exceeded,
        figures: figures(outcome, limits, loaded.function.size()),
        pages: outcome.pages.map(|pages| Pages {
            changed: pages.changed,
            grown: pages.grown,
            total: pages.total,
        }),
        linear_stack: outcome.stack.map(|stack| LinearStack {
            used: stack.used,
            size: stack.size,
        }),
        load_microseconds: microseconds(loaded.took),
        instantiate_microseconds: microseconds(outcome.instantiate),
        run_microseconds: microseconds(outcome.run),
    };
    let text = match format {
        Format::Text => text(&report),
        Format::Json => {
            serde_json::to_string(&report).expect("a report has only texts and numbers") + "\n"
        }
    };
    let _ = io::stderr().write_all(text.as_bytes());
}

/// All figures that have limits.
pub(crate) fn figures(outcome: &Outcome, limits: &Limits, module: u64) -> Vec<Figure> {
    let figure = |name, used, limit, unit| Figure {
        name,
        used: Some(used),
        limit,
        unit,
    };
    let nanoseconds = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    let mut figures = vec![figure("module", module, limits.module, Unit::Bytes)];
    figures.push(Figure {
        name: "fuel",
        used: outcome.fuel,
        limit: limits.fuel,
        unit: Unit::Instructions,
    });
    let time = nanoseconds(outcome.instantiate + outcome.run);
    let log = limits.log.map(|log| log.bytes);
    figures.extend([
        figure("memory", outcome.peak_memory, limits.memory, Unit::Bytes),
        figure(
            "time",
            time,
            limits.time.map(nanoseconds),
            Unit::Nanoseconds,
        ),
        figure("input", outcome.input, limits.input, Unit::Bytes),
        figure("output", outcome.output, limits.output, Unit::Bytes),
        figure("log", outcome.log, log, Unit::Bytes),
    ]);
    figures
}

fn text(report: &Report) -> String {
    let mut text = String::from("\n");
    for figure in &report.figures {
        text += line(figure).trim_end();
        text.push('\n');
    }
    if let Some(stack) = &report.linear_stack {
        text += &format!(
            "stack   {:>15}  of {}, as far as its content tells\n",
            size(stack.used),
            size(stack.size)
        );
    }
    if let Some(pages) = &report.pages {
        text += &format!(
            "pages   {:>15}  changed of {} ({} of them new), {} B each\n",
            grouped(pages.changed),
            grouped(pages.total),
            grouped(pages.grown),
            PAGE_SIZE
        );
    }
    for (name, microseconds) in [
        ("load", report.load_microseconds),
        ("start", report.instantiate_microseconds),
        ("run", report.run_microseconds),
    ] {
        text += &format!("{name:<8}{:>15}\n", time(microseconds));
    }
    text
}

fn line(figure: &Figure) -> String {
    let amount = |amount: u64| match figure.unit {
        Unit::Bytes => size(amount),
        Unit::Instructions => grouped(amount),
        Unit::Nanoseconds => time(amount as f64 / 1e3),
    };
    let Some(used) = figure.used else {
        let limit = figure.limit.map(|limit| format!("  of {}", amount(limit)));
        let limit = limit.unwrap_or_default();
        return format!("{:<8}{:>15}{limit}", figure.name, "not known");
    };
    let mut line = format!("{:<8}{:>15}", figure.name, amount(used));
    if let Some(limit) = figure.limit {
        let percent = used as f64 / limit.max(1) as f64 * 100.0;
        line += &format!(
            "  {} {percent:>5.1} % of {}",
            bar(percent / 100.0),
            amount(limit)
        );
    }
    line
}

/// A bar of twenty places, full at 1.
fn bar(part: f64) -> String {
    const PLACES: usize = 20;
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part.clamp(0.0, 1.0) * (PLACES * 8) as f64).round() as usize;
    let bar = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    let length = eighths.div_ceil(8);
    bar + &"·".repeat(PLACES - length)
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

#[cfg(test)]
mod tests {
    use super::{Figure, Unit, bar, line};

    #[test]
    fn bars() {
        assert_eq!(bar(0.0), "····················");
        assert_eq!(bar(0.5), "██████████··········");
        assert_eq!(bar(0.51), "██████████▎·········");
        assert_eq!(bar(1.0), "████████████████████");
        assert_eq!(bar(7.0), bar(1.0));
    }

    #[test]
    fn lines() {
        let figure = |used, limit| Figure {
            name: "memory",
            used: Some(used),
            limit,
            unit: Unit::Bytes,
        };
        assert_eq!(line(&figure(1_310_720, None)), "memory          1.31 MB");
        assert_eq!(
            line(&figure(5_000_000, Some(10_000_000))),
            "memory          5.00 MB  ██████████··········  50.0 % of 10.00 MB"
        );
        assert!(line(&figure(1, Some(0))).contains("100.0 % of 0 B"));
    }
}
