//! Rows as an aligned table.

use crate::measure::Row;

const NOTES: &str = "
Times are medians. fuel: wasmtime's count of instructions. compile, process: from start to end of `jsc compile` and of
`jsc run`, their caches warm. start, run: one call in a process that has loaded the module; every call gets a new
instance. node: the same source on Node, a run in a process that is warm, and a whole process. x: Node's
time divided by jsc's.
";

const HEAD: [&str; 13] = [
    "example", "bytes", "gzip", "fuel", "memory", "compile", "start", "run", "node", "x",
    "process", "node", "x",
];

/// The table and what its columns mean.
pub(crate) fn render(rows: &[Row]) -> String {
    let mut lines = vec![HEAD.map(str::to_owned).to_vec()];
    lines.extend(rows.iter().map(|row| cells(row).to_vec()));
    align(&lines) + NOTES
}

/// Lines of cells in columns, the first to the left and the others to the right.
pub(crate) fn align(lines: &[Vec<String>]) -> String {
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let cells = lines.iter().filter_map(|line| line.get(column));
            let width = cells.map(|cell| cell.chars().count()).max();
            let width = width.unwrap_or_default();
            if column == 0 {
                text += &format!("{cell:<width$}");
            } else {
                text += &format!("  {cell:>width$}");
            }
        }
        text.push('\n');
    }
    text
}

fn cells(row: &Row) -> [String; HEAD.len()] {
    [
        row.example.clone(),
        grouped(row.bytes as u64),
        grouped(row.gzip_bytes as u64),
        grouped(row.fuel),
        format!("{} KiB", row.peak_memory >> 10),
        time(row.compile_us),
        time(row.instantiate_us),
        time(row.run_us),
        time(row.node_run_us),
        ratio(row.node_run_us, row.instantiate_us + row.run_us),
        time(row.process_us),
        time(row.node_process_us),
        ratio(row.node_process_us, row.process_us),
    ]
}

fn ratio(node: f64, jsc: f64) -> String {
    let ratio = node / jsc;
    if ratio < 0.995 {
        format!("{ratio:.2}")
    } else {
        format!("{ratio:.1}")
    }
}

/// `12.3 µs`, `4.56 ms`: three digits.
pub(crate) fn time(microseconds: f64) -> String {
    let (number, unit) = match microseconds {
        ..1e3 => (microseconds, "µs"),
        1e3..1e6 => (microseconds / 1e3, "ms"),
        _ => (microseconds / 1e6, "s"),
    };
    let decimals = match number {
        ..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{number:.decimals$} {unit}")
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(
            [999, 1000, 1234567].map(grouped),
            ["999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [1.234, 45.67, 999.4, 4567.0, 45_600_000.0].map(time),
            ["1.23 µs", "45.7 µs", "999 µs", "4.57 ms", "45.6 s"]
        );
        assert_eq!(
            [0.05, 1.0, 12.34].map(|node| ratio(node, 1.0)),
            ["0.05", "1.0", "12.3"]
        );
    }
}
