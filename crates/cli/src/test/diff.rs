//! The difference of two texts, line by line.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// Unchanged lines that are shown around changed ones.
const CONTEXT: usize = 3;

/// How long a better difference is looked for; a worse one does, too.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Same,
    Missing,
    Extra,
}

/// What of a line is compared.
type Part = fn(&str) -> &str;

/// How two JSON texts differ. A comma behind a line is no difference of that line, but says that another one follows.
pub(crate) fn diff_json(expected: &str, actual: &str) -> String {
    diff_by(expected, actual, |line| {
        line.strip_suffix(',').unwrap_or(line)
    })
}

/// How two texts differ. Lines that `actual` lacks are marked with `-`, lines that it has too many with `+`.
pub(crate) fn diff(expected: &str, actual: &str) -> String {
    if expected.lines().eq(actual.lines()) {
        return ends(expected, actual);
    }
    diff_by(expected, actual, |line| line)
}

fn diff_by(expected: &str, actual: &str, of: Part) -> String {
    let lines = |text| str::lines(text).collect::<Vec<&str>>();
    let (a, b) = (lines(expected), lines(actual));
    render(&changes(&a, &b, of))
}

/// How texts of the same lines differ.
fn ends(expected: &str, actual: &str) -> String {
    let lines = expected
        .split_inclusive('\n')
        .zip(actual.split_inclusive('\n'));
    let same = lines.take_while(|(a, b)| a == b).count();
    let end = |text: &str| {
        let line = text.split_inclusive('\n').nth(same).unwrap_or_default();
        format!("{:?}", &line[line.trim_end_matches(['\r', '\n']).len()..])
    };
    format!(
        "line {} ends with {} where {} is expected",
        same + 1,
        end(actual),
        end(expected)
    )
}

fn changes<'a>(a: &[&'a str], b: &[&'a str], of: Part) -> Vec<(Change, &'a str)> {
    let parts = |lines: &[&'a str]| lines.iter().map(|line| of(line)).collect::<Vec<_>>();
    let deadline = Instant::now() + PATIENCE;
    let operations =
        capture_diff_slices_deadline(Algorithm::Myers, &parts(a), &parts(b), Some(deadline));
    let marked = |change, lines: &[&'a str]| {
        let lines = lines.iter().map(|line| (change, *line));
        lines.collect::<Vec<_>>()
    };
    let mut changes = Vec::new();
    for operation in operations {
        let (old, new) = (operation.old_range(), operation.new_range());
        if let DiffOp::Equal { .. } = operation {
            changes.extend(marked(Change::Same, &a[old]));
        } else {
            changes.extend(marked(Change::Missing, &a[old]));
            changes.extend(marked(Change::Extra, &b[new]));
        }
    }
    changes
}

fn render(changes: &[(Change, &str)]) -> String {
    let is_near = |index: usize| {
        let from = index.saturating_sub(CONTEXT);
        let to = (index + CONTEXT + 1).min(changes.len());
        changes[from..to]
            .iter()
            .any(|(change, _)| *change != Change::Same)
    };
    let mut text = String::new();
    let mut is_cut = false;
    for (index, (change, line)) in changes.iter().enumerate() {
        if !is_near(index) {
            if !is_cut {
                text += "  …\n";
            }
            is_cut = true;
            continue;
        }
        is_cut = false;
        let mark = match change {
            Change::Same => ' ',
            Change::Missing => '-',
            Change::Extra => '+',
        };
        text += format!("{mark} {line}").trim_end();
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{diff, diff_json};

    #[test]
    fn changed_lines_are_marked() {
        assert_eq!(diff("a\nb\nc", "a\nx\nc"), "  a\n- b\n+ x\n  c\n");
        assert_eq!(diff("a\nb", "a\nb\nc"), "  a\n  b\n+ c\n");
        assert_eq!(diff("", "new"), "+ new\n");
        assert_eq!(diff("a\nb\nc\nd", "b\nd\ne"), "- a\n  b\n- c\n  d\n+ e\n");
    }

    #[test]
    fn commas_are_no_difference() {
        assert_eq!(
            diff_json("[\n  1,\n  2\n]", "[\n  1\n]"),
            "  [\n    1,\n-   2\n  ]\n"
        );
    }

    #[test]
    fn ends_of_lines_are_told() {
        assert_eq!(
            diff("a\nb\n", "a\nb"),
            "line 2 ends with \"\" where \"\\n\" is expected"
        );
        assert_eq!(
            diff("a\r\nb", "a\nb"),
            "line 1 ends with \"\\n\" where \"\\r\\n\" is expected"
        );
    }

    #[test]
    fn a_difference_far_down_is_found() {
        let lines: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
        let before = lines.join("\n");
        let after = before.replace("\n9000\n", "\n");
        assert_eq!(
            diff(&before, &after),
            "  …\n  8997\n  8998\n  8999\n- 9000\n  9001\n  9002\n  9003\n  …\n"
        );
    }

    #[test]
    fn far_lines_are_left_out() {
        let lines: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let before = lines.join("\n");
        let after = before.replace("\n10\n", "\nten\n");
        assert_eq!(
            diff(&before, &after),
            "  …\n  7\n  8\n  9\n- 10\n+ ten\n  11\n  12\n  13\n  …\n"
        );
    }
}
