//! Figures as a table and as a picture.

use chart::{Bar, Panel};
use figures::{align, grouped, size, time};

use super::measure::{ModuleFigures, Row};
use super::statistics::Percentiles;

/// The name of a line, its figure, and how that is written.
type Line<'a> = (
    &'static str,
    fn(&ModuleFigures) -> f64,
    &'a dyn Fn(f64) -> String,
);

/// One column for each subject, with its ratio to the first.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut lines: Vec<Vec<String>> = vec![
        std::iter::once(String::new())
            .chain(rows.iter().map(|row| row.name.clone()))
            .collect(),
    ];
    let mut line =
        |name: &str, figure: &dyn Fn(&Row) -> Option<f64>, show: &dyn Fn(f64) -> String| {
            let first = figure(&rows[0]);
            let cells = rows
                .iter()
                .enumerate()
                .map(|(index, row)| match figure(row) {
                    None => "-".to_owned(),
                    Some(value) => match first.filter(|first| index > 0 && *first > 0.0) {
                        Some(first) => format!("{} ({})", show(value), ratio(value / first)),
                        None => show(value),
                    },
                });
            lines.push(std::iter::once(name.to_owned()).chain(cells).collect());
        };
    let count = |value: f64| grouped(value.round() as u64);
    let bytes = |value: f64| size(value as u64);
    let module: [Line; 13] = [
        ("size", |it| it.bytes as f64, &bytes),
        ("fuel", |it| it.fuel as f64, &count),
        ("memory", |it| it.peak_memory as f64, &bytes),
        ("pages changed", |it| it.pages_changed as f64, &count),
        ("compile", |it| it.compile_us, &time),
        ("load, cached", |it| it.load_us, &time),
        ("first call", |it| it.first_call_us, &time),
        ("instantiate", |it| it.instantiate_us.p50, &time),
        ("call p50", |it| it.call_us.p50, &time),
        ("call p90", |it| it.call_us.p90, &time),
        ("call p99", |it| it.call_us.p99, &time),
        ("calls/s, one core", |it| it.calls_per_second, &count),
        (
            "calls/s, all cores",
            |it| it.calls_per_second_on_all_cores,
            &count,
        ),
    ];
    for (name, pick, show) in module {
        line(name, &|row| row.module.as_ref().map(pick), show);
    }
    line("process p50", &|row| Some(row.process_us.p50), &time);
    line("process p90", &|row| Some(row.process_us.p90), &time);
    line("process p99", &|row| Some(row.process_us.p99), &time);
    align(&lines)
}

fn ratio(ratio: f64) -> String {
    match ratio {
        ..10.0 => format!("{ratio:.2}x"),
        _ => format!("{ratio:.1}x"),
    }
}

/// The times of calls and of processes.
pub(crate) fn svg(rows: &[Row]) -> String {
    let bar = |row: &Row, figure: &Percentiles| Bar {
        label: row.name.clone(),
        value: figure.p50,
        spread: Some((figure.p50, figure.p99)),
        text: time(figure.p50),
    };
    let calls = rows
        .iter()
        .filter_map(|row| Some(bar(row, &row.module.as_ref()?.call_us)));
    let processes = rows.iter().map(|row| bar(row, &row.process_us));
    chart::svg(
        "jsc bench",
        &[
            Panel {
                title: "a call in a warm process: median, and to the 99th percentile".to_owned(),
                bars: calls.collect(),
            },
            Panel {
                title: "a whole process: median, and to the 99th percentile".to_owned(),
                bars: processes.collect(),
            },
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::super::measure::Row;
    use super::super::statistics::Percentiles;
    use super::{svg, table};

    fn row(name: &str, process: f64) -> Row {
        Row {
            name: name.to_owned(),
            module: None,
            process_us: Percentiles {
                p50: process,
                p90: process * 2.0,
                p99: process * 3.0,
                samples: 3,
            },
        }
    }

    #[test]
    fn others_are_compared_with_the_first() {
        let rows = [row("a", 1000.0), row("node b", 2500.0)];
        let table = table(&rows);
        let line = table.lines().find(|line| line.starts_with("process p50"));
        let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
        assert_eq!(
            words,
            ["process", "p50", "1.00", "ms", "2.50", "ms", "(2.50x)"]
        );
        assert_eq!(svg(&rows).matches("<rect").count(), 2);
    }
}
