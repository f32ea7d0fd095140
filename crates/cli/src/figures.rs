//! Figures as people read them.

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

/// Bytes in the unit that keeps them short: `1.23 MB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.2} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// Microseconds in the unit that keeps them short: `45.7 µs`, `4.57 ms`.
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

#[cfg(test)]
mod tests {
    use super::{grouped, size, time};

    #[test]
    fn numbers_are_readable() {
        assert_eq!(
            [999, 1000, 1_234_567].map(grouped),
            ["999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [7, 1_234, 10_000_000, 4 << 30].map(size),
            ["7 B", "1.2 kB", "10.00 MB", "4.29 GB"]
        );
        assert_eq!(
            [1.234, 45.67, 999.4, 4567.0, 45_600_000.0].map(time),
            ["1.23 µs", "45.7 µs", "999 µs", "4.57 ms", "45.6 s"]
        );
    }
}
