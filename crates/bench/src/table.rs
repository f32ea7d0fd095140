//! Rows as an aligned table.

use figures::{align, grouped, time};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_readable() {
        assert_eq!(
            [0.05, 1.0, 12.34].map(|node| ratio(node, 1.0)),
            ["0.05", "1.0", "12.3"]
        );
    }
}
