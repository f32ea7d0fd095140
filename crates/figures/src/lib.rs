//! Numbers, sizes, times, tables and names as people read them, the same wherever jsc shows them.

mod plain;

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
pub use plain::{lines, name};

/// `1234567` as `1,234,567`.
///
/// ```
/// assert_eq!([0, 999, 1000, 1_234_567].map(figures::grouped), ["0", "999", "1,000", "1,234,567"]);
/// ```
#[must_use]
pub fn grouped(number: u64) -> String {
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

/// Bytes in the unit that keeps them short.
///
/// ```
/// let sizes = [7, 1_234, 10_000_000, 4 << 30].map(figures::size);
/// assert_eq!(sizes, ["7 B", "1.2 kB", "10.00 MB", "4.29 GB"]);
/// ```
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.2} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// How many bytes these are when they have been through `gzip -9`, as they may be on their way.
///
/// ```
/// assert!(figures::gzipped(&[7; 10_000]) < 100);
/// ```
#[must_use]
pub fn gzipped(bytes: &[u8]) -> usize {
    let mut length = Length(0);
    let mut encoder = GzEncoder::new(&mut length, Compression::best());
    // Nothing fails that only counts.
    let _ = encoder.write_all(bytes).and_then(|()| encoder.try_finish());
    drop(encoder);
    length.0
}

/// Counts what it is given.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Microseconds in the unit that keeps them short, with three digits.
///
/// ```
/// let times = [1.234, 45.67, 999.4, 4567.0, 45_600_000.0].map(figures::time);
/// assert_eq!(times, ["1.23 µs", "45.7 µs", "999 µs", "4.57 ms", "45.6 s"]);
/// ```
#[must_use]
pub fn time(microseconds: f64) -> String {
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

/// Lines of cells in columns, the first to the left and the others to the right.
///
/// ```
/// let lines = [vec!["fuel".to_owned(), "7".to_owned()], vec!["µs".to_owned(), "1,234".to_owned()]];
/// assert_eq!(figures::align(&lines), "fuel      7\nµs    1,234\n");
/// ```
#[must_use]
pub fn align(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let width = widths[column];
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    /// A whole file of gzip is that large, header and checksum included.
    #[test]
    fn all_of_the_compressed_file_counts() {
        for bytes in [&b""[..], b"a", &[3; 100_000], include_bytes!("lib.rs")] {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            assert_eq!(super::gzipped(bytes), encoder.finish().unwrap().len());
        }
    }
}
