//! A test as a program.
//!
//! A script becomes one text: the harness that it includes, its own text, and a line that prints that the end was
//! reached. A module is imported by an entry behind a module that is the harness. Where the test is to run when the module is started,
//! output precedes it, at which the build stops.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::column::Moment;
use crate::mode::Mode;
use crate::suite::{Script, Suite, Test};

/// What a test prints when its body has come to its end.
pub(crate) const END: &str = "Test262:End";
/// What an asynchronous test prints when it has passed, or failed.
pub(crate) const COMPLETE: &str = "Test262:AsyncTestComplete";
/// The beginning of what an asynchronous test prints when it has failed.
pub(crate) const FAILURE: &str = "Test262:AsyncTestFailure";

/// What the suite's `INTERPRETING.md` asks of a host, as far as the language gives it. What is missing (realms, agents, a
/// second script) is missing natively, too.
const HOST: &str = "var $262 = {
  global: globalThis,
  gc: function () {},
  detachArrayBuffer: function (buffer) { buffer.transfer(); },
};
";

/// What natively is a function of the host.
const PRINT: &str = "function print(text) { console.log(`${text}`); }\n";

/// The members of `$262` that there are not.
const ABSENT: [&str; 5] = [
    "$262.createRealm",
    "$262.evalScript",
    "$262.agent",
    "$262.IsHTMLDDA",
    "$262.AbstractModuleSource",
];

/// The text of an entry, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    /// The whole text.
    pub(crate) text: String,
    /// Whether it is a script and no module.
    pub(crate) is_script: bool,
}

/// The harness of a test: scripts, in their order.
#[must_use]
pub(crate) fn harness(suite: &Suite, test: &Test) -> Vec<Script> {
    if test.is_raw() {
        return Vec::new();
    }
    let mut names = vec!["assert.js", "sta.js"];
    if test.is_async() {
        names.push("doneprintHandle.js");
    }
    names.extend(test.frontmatter.includes.iter().map(String::as_str));
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let files = names.iter().filter_map(|name| suite.harness.get(*name));
    let mut scripts: Vec<Script> = files.cloned().collect();
    let mentions = |text: &str| text.contains("$262");
    if mentions(&test.text) || scripts.iter().any(|script| mentions(&script.text)) {
        let host = Script {
            text: HOST.to_string(),
            defines: vec!["$262".to_string()],
        };
        scripts.insert(0, host);
    }
    scripts
}

/// Whether the test wants something of its host that no test is given.
#[must_use]
pub(crate) fn needs_host(test: &Test, harness: &[Script]) -> bool {
    let texts = || {
        harness
            .iter()
            .map(|script| &script.text)
            .chain([&test.text])
    };
    ABSENT
        .iter()
        .any(|name| texts().any(|text| text.contains(name)))
}

/// Whether the test, or a part of the harness that only some tests include, names what makes code from strings.
#[must_use]
pub(crate) fn names_eval(test: &Test, harness: &[Script]) -> bool {
    const MAKERS: [&str; 4] = ["eval", "Function(", "FunctionConstructor(", ".constructor("];
    let texts = || {
        harness
            .iter()
            .map(|script| &script.text)
            .chain([&test.text])
    };
    MAKERS
        .iter()
        .any(|name| texts().any(|text| text.contains(name)))
}

/// The test as a script.
#[must_use]
pub(crate) fn script(test: &Test, mode: Mode, harness: &[Script], moment: Moment) -> Program {
    let is_script = true;
    if test.is_raw() {
        let text = test.text.clone();
        return Program { text, is_script };
    }
    let mut text = String::new();
    if mode == Mode::Strict || begins_strict(&test.text) {
        text.push_str("\"use strict\";\n");
    }
    text.push_str(PRINT);
    for script in harness {
        text.push_str(&script.text);
        text.push('\n');
    }
    if moment == Moment::Run {
        text.push_str("print(\"Test262:Begin\");\n");
    }
    text.push_str(&test.text);
    text.push_str(&format!("\n;print(\"{END}\");\n"));
    Program { text, is_script }
}

/// The entry in front of a test that is a module and lies in `directory`, and writes its harness there.
///
/// # Errors
/// If the harness cannot be written.
pub(crate) fn module(
    test: &Test,
    harness: &[Script],
    moment: Moment,
    directory: &Path,
) -> std::io::Result<Program> {
    let file = Path::new(&test.path).file_name().unwrap_or_default();
    let file = file.to_string_lossy();
    // Other tests of the directory may be tried at the same time.
    let (harness_file, begin_file) = (
        format!("{file}.harness_FIXTURE.mjs"),
        format!("{file}.begin_FIXTURE.mjs"),
    );
    let mut prelude = PRINT.to_string();
    let mut names = vec!["print"];
    for script in harness {
        prelude.push_str(&script.text);
        prelude.push('\n');
        names.extend(script.defines.iter().map(String::as_str));
    }
    for name in names {
        prelude.push_str(&format!("globalThis.{name} = {name};\n"));
    }
    fs::write(directory.join(&harness_file), prelude)?;
    let mut text = format!("import \"./{harness_file}\";\n");
    if moment == Moment::Run {
        fs::write(directory.join(&begin_file), "print(\"Test262:Begin\");\n")?;
        text.push_str(&format!("import \"./{begin_file}\";\n"));
    }
    text.push_str(&format!("import \"./{file}\";\n"));
    text.push_str(&format!("print(\"{END}\");\n"));
    Ok(Program {
        text,
        is_script: false,
    })
}

/// Whether a text has `"use strict"` among its first statements. What stands in front of it here would make it an
/// expression.
fn begins_strict(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let after = match (rest.strip_prefix("//"), rest.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map(|(_, rest)| rest),
            (_, Some(block)) => block.split_once("*/").map(|(_, rest)| rest),
            _ => {
                let quote = rest.chars().next().filter(|first| "'\"".contains(*first));
                let literal = quote.and_then(|quote| rest[1..].split_once(quote));
                match literal {
                    Some(("use strict", _)) => return true,
                    Some((_, rest)) => Some(rest.trim_start().trim_start_matches(';')),
                    None => None,
                }
            }
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::begins_strict;

    #[test]
    fn directives_are_found() {
        for text in [
            "'use strict'",
            "// a\n/* b\n */ \"use strict\"; x",
            "'a'; 'b'\n\"use strict\"",
        ] {
            assert!(begins_strict(text), "{text}");
        }
        for text in [
            "x; 'use strict'",
            "",
            "// 'use strict'",
            "'use\\u0020strict'",
        ] {
            assert!(!begins_strict(text), "{text}");
        }
    }
}
