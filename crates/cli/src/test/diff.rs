//! The difference of two texts, line by line.

/// Unchanged lines that are shown around changed ones.
const CONTEXT: usize = 3;

/// Of more lines from the first difference on, only these are compared: the table below grows with their product.
const MOST_LINES: usize = 2000;

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
    let lines = expected.lines().zip(actual.lines());
    let same = lines.take_while(|(a, b)| of(a) == of(b)).count();
    // One line more than is shown, for the sign that there are more.
    let skipped = same.saturating_sub(CONTEXT + 1);
    render(&changes(
        &part(expected, skipped),
        &part(actual, skipped),
        of,
    ))
}

fn part(text: &str, skipped: usize) -> Vec<&str> {
    text.lines().skip(skipped).take(MOST_LINES).collect()
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

/// By the longest common subsequence of lines.
fn changes<'a>(a: &[&'a str], b: &[&'a str], of: Part) -> Vec<(Change, &'a str)> {
    // What begins and ends alike need not be in the table.
    let head = a.iter().zip(b).take_while(|(a, b)| of(a) == of(b)).count();
    let tail = a[head..]
        .iter()
        .rev()
        .zip(b[head..].iter().rev())
        .take_while(|(a, b)| of(a) == of(b))
        .count();
    let (middle_a, middle_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    // common[i][j]: the length for middle_a[i..] and middle_b[j..].
    let mut common = vec![vec![0_u32; middle_b.len() + 1]; middle_a.len() + 1];
    for i in (0..middle_a.len()).rev() {
        for j in (0..middle_b.len()).rev() {
            common[i][j] = if of(middle_a[i]) == of(middle_b[j]) {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let mut changes: Vec<_> = a[..head].iter().map(|line| (Change::Same, *line)).collect();
    let (mut i, mut j) = (0, 0);
    while i < middle_a.len() || j < middle_b.len() {
        let (has_a, has_b) = (i < middle_a.len(), j < middle_b.len());
        if has_a && has_b && of(middle_a[i]) == of(middle_b[j]) {
            changes.push((Change::Same, middle_a[i]));
            i += 1;
            j += 1;
        } else if has_a && (!has_b || common[i + 1][j] >= common[i][j + 1]) {
            changes.push((Change::Missing, middle_a[i]));
            i += 1;
        } else {
            changes.push((Change::Extra, middle_b[j]));
            j += 1;
        }
    }
    changes.extend(a[a.len() - tail..].iter().map(|line| (Change::Same, *line)));
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
