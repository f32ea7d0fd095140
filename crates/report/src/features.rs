//! Which feature of the engine a symbol belongs to, by its name in C or Rust.

use crate::reasons::NAMELESS;

/// A line for each feature: its name, and how the names of its symbols begin.
const RULES: &str = include_str!("features.txt");

/// What else there is.
const OTHER: &str = "other";

/// The engine's Rust half, and Rust's own library.
const RUST: &[(&str, &str)] = &[
    ("10js_runtime10json_error", "JSON"),
    ("10js_runtime7natives", "console"),
    ("10js_runtime", "input and output"),
    ("17compiler_builtins", "Math"),
    ("", "Rust library"),
];

/// The feature of a symbol; `None` for a text or table without a name of its own.
pub(crate) fn of_symbol(name: &str) -> Option<&'static str> {
    if name == NAMELESS || name.starts_with('.') || name.starts_with("switch.table") {
        return None;
    }
    // Mangled names of Rust.
    if name.starts_with("_R") || name.starts_with("_ZN") {
        let rule = RUST.iter().find(|(part, _)| name.contains(part));
        return rule.map(|(_, feature)| *feature);
    }
    let mut rules = rules();
    let fitting = rules.find(|(_, starts)| {
        let mut starts = starts.split_whitespace();
        starts.any(|start| name.starts_with(start))
    });
    Some(fitting.map_or(OTHER, |(feature, _)| feature))
}

/// Features and the beginnings of names, separated by spaces.
fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = RULES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':'))
}

/// The feature of what has no name and is not needed by anything that has one.
pub(crate) const UNNAMED: &str = OTHER;

#[cfg(test)]
mod tests {
    use super::{RULES, of_symbol, rules};

    #[test]
    fn every_line_is_a_rule() {
        let lines = RULES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), rules().count());
        assert!(rules().all(|(feature, starts)| !feature.is_empty() && !starts.trim().is_empty()));
    }

    #[test]
    fn symbols_have_features() {
        let check =
            |name: &str, feature: &str| assert_eq!(of_symbol(name), Some(feature), "{name}");
        check("lre_compile", "RegExp compiler");
        check("lre_exec_backtrack", "RegExp");
        check("js_string_match", "String");
        check("js_async_generator_next", "generators");
        check("js_async_function_resume", "async functions");
        check("JS_CallInternal", "interpreter");
        check("JS_GetPropertyInternal", "objects and properties");
        check("_RNvNtCs8CgVuxOzyyD_10js_runtime7natives5print", "console");
        assert_eq!(of_symbol(".L.str.12"), None);
    }
}
