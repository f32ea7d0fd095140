//! Amounts as people write them.

use std::time::Duration;

/// Instructions: `11_000_000`, `11M`.
pub(crate) fn number(text: &str) -> Result<u64, String> {
    let units = [
        ("", 1),
        ("k", 1_000),
        ("M", 1_000_000),
        ("G", 1_000_000_000),
    ];
    amount(text, &units).ok_or_else(|| "not a number such as 500000 or 11M".to_owned())
}

/// Bytes: `4096`, `10MB`, `64 KiB`.
pub(crate) fn bytes(text: &str) -> Result<u64, String> {
    let units = [
        ("", 1),
        ("B", 1),
        ("kB", 1_000),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
    ];
    amount(text, &units).ok_or_else(|| "not a size such as 4096, 128kB or 10MiB".to_owned())
}

/// The bytes of a stack, which a thread must be able to have.
pub(crate) fn stack(text: &str) -> Result<u64, String> {
    const MOST: u64 = 1 << 30;
    let size = bytes(text)?;
    if size == 0 {
        return Err("nothing runs without a stack".to_owned());
    }
    if size > MOST {
        return Err("more than 1GiB".to_owned());
    }
    Ok(size)
}

/// The stack that a module is compiled for.
pub(crate) fn module_stack(text: &str) -> Result<u64, String> {
    let size = stack(text)?;
    if compiler::STACKS.contains(&size) {
        return Ok(size);
    }
    let kibibytes = |size| size >> 10;
    Err(format!(
        "a module can be compiled for {}KiB to {}KiB",
        kibibytes(compiler::STACKS.start()),
        kibibytes(compiler::STACKS.end())
    ))
}

/// A time: `5s`, `250ms`, `2min`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "not a time such as 5s or 250ms".to_owned();
    let (number, unit) = split(text);
    let seconds = match unit {
        "us" | "µs" => 1e-6,
        "ms" => 1e-3,
        "" | "s" => 1.0,
        "min" => 60.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())
}

fn amount(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let (number, unit) = split(text);
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    if let Ok(number) = number.parse::<u64>() {
        return number.checked_mul(*factor);
    }
    let number: f64 = number.parse().ok()?;
    let amount = number * *factor as f64;
    // A fraction of a byte, or of an instruction, is a slip.
    (number >= 0.0 && amount.fract() == 0.0 && amount < 1e18).then_some(amount as u64)
}

/// The number, without its separators, and the unit.
fn split(text: &str) -> (String, &str) {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_' | ','))
        .unwrap_or(text.len());
    (text[..end].replace(['_', ','], ""), text[end..].trim())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    #[test]
    fn sizes() {
        let check = |text, expected| assert_eq!(super::bytes(text).ok(), expected, "{text}");
        check("0", Some(0));
        check("4096", Some(4096));
        check("10MB", Some(10_000_000));
        check("128 kB", Some(128_000));
        check("64KiB", Some(65_536));
        check("1.5 MB", Some(1_500_000));
        check("10,000 kB", Some(10_000_000));
        for nonsense in [
            "",
            "MB",
            "-1",
            "10 mb",
            "1e3",
            "0.5",
            "ten",
            "99999999999999999999",
            "20000000000GB",
        ] {
            check(nonsense, None);
        }
    }

    #[test]
    fn times() {
        let check = |text, expected| assert_eq!(super::duration(text).ok(), expected, "{text}");
        check("5s", Some(Duration::from_secs(5)));
        check("5", Some(Duration::from_secs(5)));
        check("250 ms", Some(Duration::from_millis(250)));
        check("0s", Some(Duration::ZERO));
        for nonsense in [
            "",
            "s",
            "-1s",
            "5 hours",
            "NaN",
            "inf",
            "99999999999999999999999999s",
        ] {
            check(nonsense, None);
        }
    }

    #[test]
    fn numbers_and_stacks() {
        assert_eq!(super::number("11_000_000"), Ok(11_000_000));
        assert_eq!(super::number("11M"), Ok(11_000_000));
        assert!(super::number("11MB").is_err());
        assert_eq!(super::stack("512kB"), Ok(512_000));
        assert!(super::stack("0").is_err() && super::stack("2GiB").is_err());
    }
}
