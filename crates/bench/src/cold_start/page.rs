//! Puts the figures where the project publishes them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Row, render};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What the README shows; the page has all.
const IN_README: [&str; 2] = ["discount", "bundle"];

/// Between these lines the pages are generated.
const BEGIN: &str = "<!-- written by `cargo xtask bench cold-start --publish` -->\n";
const END: &str = "<!-- end -->\n";

pub(super) fn publish(rows: &[Row]) -> Result<()> {
    let shown = |row: &&Row| IN_README.contains(&row.example.as_str());
    let tables = |rows: &mut dyn Iterator<Item = &Row>| {
        rows.map(render::markdown).collect::<Vec<_>>().join("\n")
    };
    let root = Path::new(ROOT);
    replace(
        &root.join("README.md"),
        &tables(&mut rows.iter().filter(shown)),
    )?;
    replace(&root.join("docs/cold-start.md"), &tables(&mut rows.iter()))?;
    let svg = root.join("docs/cold-start.svg");
    let pictured: Vec<Row> = rows.iter().filter(shown).cloned().collect();
    fs::write(&svg, render::svg(&pictured))
        .with_context(|| format!("cannot write {}", svg.display()))
}

fn replace(page: &Path, text: &str) -> Result<()> {
    let old =
        fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let new = replaced(&old, text)
        .with_context(|| format!("{} has no lines `{}`", page.display(), BEGIN.trim_end()))?;
    fs::write(page, new).with_context(|| format!("cannot write {}", page.display()))
}

/// The page with `text` where it is generated.
fn replaced(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{text}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, replaced};

    #[test]
    fn only_what_is_generated_changes() {
        let page = format!("a\n{BEGIN}old\n{END}b\n");
        let new = format!("a\n{BEGIN}\nnew\n\n{END}b\n");
        assert_eq!(replaced(&page, "new\n").as_ref(), Some(&new));
        assert_eq!(replaced(&new, "new\n"), Some(new));
        assert_eq!(replaced("none", "new"), None);
    }

    #[test]
    fn the_pages_have_a_place_for_it() {
        for page in [
            include_str!("../../../../README.md"),
            include_str!("../../../../docs/cold-start.md"),
        ] {
            assert!(replaced(page, "").is_some());
        }
    }
}
