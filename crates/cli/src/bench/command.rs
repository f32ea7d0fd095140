//! A command that is started anew for every sample.

use std::io::{self, Seek, SeekFrom, Write};
use std::process::{self, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};

use crate::exit::Usage;

/// A program with its arguments and what it reads.
pub(crate) struct Command {
    pub(crate) name: String,
    words: Vec<String>,
    input: std::fs::File,
    pub(crate) output: Vec<u8>,
}

impl Command {
    /// Runs the command once, which shows whether it works and warms the caches.
    pub(crate) fn new(name: &str, words: Vec<String>, input: &[u8]) -> Result<Command> {
        let mut file = tempfile::tempfile().context("cannot make a temporary file")?;
        file.write_all(input)
            .context("cannot write a temporary file")?;
        let mut command = Command {
            name: name.to_owned(),
            words,
            input: file,
            output: Vec::new(),
        };
        command.output = command.run()?.0;
        Ok(command)
    }

    /// What it printed and how many microseconds it took from start to end.
    pub(crate) fn run(&mut self) -> Result<(Vec<u8>, f64)> {
        self.input
            .seek(SeekFrom::Start(0))
            .context("cannot read a temporary file")?;
        let stdin = self.input.try_clone().context("no more file descriptors")?;
        let mut command = process::Command::new(&self.words[0]);
        command
            .args(&self.words[1..])
            .stdin(Stdio::from(stdin))
            .stderr(Stdio::piped());
        let begun = Instant::now();
        let output = command
            .output()
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => anyhow!(
                    "there is no program `{}`; name a module (.wasm), or a command such as \"node index.js\"",
                    self.words[0]
                ),
                _ => anyhow!(error).context(format!("cannot run `{}`", self.name)),
            })?;
        let took = begun.elapsed().as_secs_f64() * 1e6;
        ensure!(
            output.status.success(),
            "`{}` failed: {}\n{}",
            self.name,
            output.status,
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
        Ok((output.stdout, took))
    }
}

/// The words of a command as a shell splits them: at spaces, but not within quotes.
pub(crate) fn split(text: &str) -> Result<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in text.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => word.get_or_insert_default().push(character),
            None if matches!(character, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            None if character.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(character),
        }
    }
    if let Some(quote) = quote {
        return Err(anyhow!(Usage(format!("`{text}` has no closing {quote}"))));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words() {
        let check = |text, expected: &[&str]| {
            assert_eq!(split(text).expect(text), expected);
        };
        check("node index.js", &["node", "index.js"]);
        check("  a  'b c' d\"e f\"g '' ", &["a", "b c", "de fg", ""]);
        check("", &[]);
        assert!(split("a 'b").is_err());
    }
}
