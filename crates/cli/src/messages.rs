//! Shows a program's author what the compiler has to say.

use std::io::{self, IsTerminal, Write};

use compiler::Diagnostic;

use crate::arguments::MessageFormat;

/// Says something to the user, on standard error. Where nobody can be told, the exit code still tells.
pub(crate) fn say(what: std::fmt::Arguments<'_>) {
    let text = what.to_string();
    let _ = writeln!(io::stderr(), "{}", figures::lines(&text));
}

/// Where messages go: standard error, in one of the formats.
pub(crate) struct Messages {
    format: MessageFormat,
    quiet: bool,
}

impl Messages {
    pub(crate) fn new(format: MessageFormat, quiet: bool) -> Messages {
        Messages { format, quiet }
    }

    /// Shows what a program wrote at build time, and the warnings.
    pub(crate) fn build(&self, output: &[u8], warnings: &[Diagnostic]) {
        if self.quiet {
            return;
        }
        match self.format {
            MessageFormat::Text => {
                let _ = io::stderr().write_all(output);
            }
            MessageFormat::Json if output.is_empty() => {}
            MessageFormat::Json => {
                let text = String::from_utf8_lossy(output);
                let line = serde_json::json!({ "type": "output", "text": text });
                let _ = writeln!(io::stderr(), "{line}");
            }
        }
        self.print(warnings);
    }

    /// Shows why there is no module; of warnings only where they are wanted.
    pub(crate) fn failure(&self, diagnostics: &[Diagnostic]) {
        let is_shown = |diagnostic: &&Diagnostic| !self.quiet || diagnostic.is_error();
        let shown: Vec<Diagnostic> = diagnostics.iter().filter(is_shown).cloned().collect();
        self.print(&shown);
    }

    fn print(&self, diagnostics: &[Diagnostic]) {
        let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        for diagnostic in diagnostics {
            let _ = match self.format {
                MessageFormat::Text => {
                    writeln!(io::stderr(), "{}", diagnostic.render(colour).trim_end())
                }
                MessageFormat::Json => writeln!(io::stderr(), "{}", diagnostic.to_json()),
            };
        }
    }
}
