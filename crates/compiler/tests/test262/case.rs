//! One test: the text, and what its front matter says of it.

/// A test that can be compared.
pub(crate) struct Case {
    /// Its program, as it stands.
    pub(crate) text: String,
    /// Files of the suite's harness that it needs.
    pub(crate) includes: Vec<String>,
    /// It calls `$DONE` when it has ended.
    pub(crate) is_async: bool,
    pub(crate) is_module: bool,
}

/// What a program says that makes code from strings, or asks for what only a test runner has.
const FOREIGN: [&str; 6] = [
    "eval",
    "Function(",
    "$262",
    "GeneratorFunction",
    "AsyncFunction",
    "Intl",
];

/// Flags of tests that are no modules, or need a certain host.
const UNFIT_FLAGS: [&str; 4] = ["noStrict", "raw", "CanBlockIsFalse", "CanBlockIsTrue"];

impl Case {
    /// Reads a test; none where it does not run as a module, has to fail, or needs more than the harness has.
    pub(crate) fn read(text: &str) -> Option<Case> {
        let (_, rest) = text.split_once("/*---")?;
        let (front, body) = rest.split_once("---*/")?;
        let flags = list(front, "flags:");
        let includes = list(front, "includes:");
        let is_unfit = front.contains("\nnegative:")
            || flags
                .iter()
                .any(|flag| UNFIT_FLAGS.contains(&flag.as_str()))
            || FOREIGN.iter().any(|word| body.contains(word))
            || !includes.iter().all(|file| crate::harness::has(file));
        (!is_unfit).then(|| Case {
            text: text.to_owned(),
            includes,
            is_async: flags.iter().any(|flag| flag == "async"),
            is_module: flags.iter().any(|flag| flag == "module"),
        })
    }
}

/// The list at a key of the front matter, written as `key: [a, b]` or with an item a line.
fn list(front: &str, key: &str) -> Vec<String> {
    let Some((_, rest)) = front.split_once(&format!("\n{key}")) else {
        return Vec::new();
    };
    let items: Vec<&str> = match rest.trim_start_matches(' ').strip_prefix('[') {
        Some(inline) => inline.split(']').next().unwrap_or("").split(',').collect(),
        None => {
            let lines = rest.lines().skip(1).map(str::trim);
            lines.map_while(|line| line.strip_prefix("- ")).collect()
        }
    };
    let items = items.into_iter().map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}
