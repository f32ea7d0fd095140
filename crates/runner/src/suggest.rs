//! Names in messages: lists of them, and the one that was probably meant.

/// `a`, `b` and 3 more.
pub(crate) fn list(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut list = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{}`", figures::name(name)))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        list += &format!(" and {} more", names.len() - SHOWN);
    }
    list
}

/// The candidate that `name` is a slip of, if there is one: the same word spelled in another case style
/// (`cartRun`, `cart-run`), or at most one edit in three characters away.
pub(crate) fn closest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = plain(name);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= wanted.len().div_ceil(3))
        .min()
        .map(|(_, candidate)| candidate)
}

fn plain(name: &str) -> Vec<char> {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Levenshtein's distance, one row at a time.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, list};

    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(closest(name, candidates.iter().copied()), expected);
    }

    #[test]
    fn slips_are_recognised() {
        check("cartRun", &["cart-fetch", "cart-run"], Some("cart-run"));
        check("cart_run", &["cart-run"], Some("cart-run"));
        check("strat", &["start", "stop"], Some("start"));
        check("ru", &["run"], Some("run"));
    }

    #[test]
    fn other_words_are_not() {
        check("checkout", &["cart-run"], None);
        check("", &["run"], None);
        check("run", &[], None);
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (0..14).map(|n| n.to_string()).collect();
        assert_eq!(list(&names[..2]), "`0`, `1`");
        assert!(list(&names).ends_with("`11` and 2 more"));
    }
}
