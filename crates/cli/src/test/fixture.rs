//! Fixtures: what goes into a function and what must come out.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use super::Ran;
use super::diff::diff;
use crate::limits::{Profile, ProfileText};

/// One call with what it must do.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) export: Option<String>,
    /// The export to call if the module has it.
    pub(crate) namesake: Option<String>,
    pub(crate) input: Vec<u8>,
    expected: Expected,
    exit_code: i32,
    limits: Option<PathBuf>,
    own_limits: Option<ProfileText>,
}

enum Expected {
    /// A file of its own, which may not be there yet.
    File(PathBuf),
    /// `payload.output` of this file.
    Payload(PathBuf, Option<Value>),
}

/// A fixture in one file, as Shopify's tools write them.
#[derive(Deserialize)]
struct File {
    payload: Payload,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    export: Option<String>,
    input: Value,
    #[serde(default)]
    exit_code: i32,
    limits: Option<ProfileText>,
}

/// Directories that hold no fixtures.
const SKIPPED: [&str; 5] = ["node_modules", "dist", "target", "src", ".git"];

/// All fixtures of a directory, by name.
pub(crate) fn find(directory: &Path) -> Result<Vec<Fixture>> {
    let mut fixtures = Vec::new();
    collect(directory, directory, false, &mut fixtures)?;
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(fixtures)
}

fn collect(
    root: &Path,
    directory: &Path,
    is_for_fixtures: bool,
    fixtures: &mut Vec<Fixture>,
) -> Result<()> {
    let cannot_read = || format!("cannot read {}", directory.display());
    for entry in fs::read_dir(directory).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                let is_for_fixtures =
                    is_for_fixtures || ["tests", "test", "fixtures"].contains(&name.as_str());
                collect(root, &path, is_for_fixtures, fixtures)?;
            }
        } else if let Some(fixture) = pair(root, &path, &name)? {
            fixtures.push(fixture);
        } else if is_for_fixtures
            && name.ends_with(".json")
            && !name.ends_with("expected.json")
            && let Some(fixture) = payload(root, &path)?
        {
            fixtures.push(fixture);
        }
    }
    Ok(())
}

/// `NAME.input.json` and its like. If the module has an export of that name, that is what is called.
fn pair(root: &Path, path: &Path, name: &str) -> Result<Option<Fixture>> {
    let parts: Vec<&str> = name.split('.').collect();
    let (stem, extension) = match parts[..] {
        ["input", extension] => (None, extension),
        [stem, "input", extension] => (Some(stem), extension),
        _ => return Ok(None),
    };
    let prefix = stem.map(|stem| format!("{stem}.")).unwrap_or_default();
    let limits = path.with_file_name("limits.toml");
    Ok(Some(Fixture {
        name: shown(root, path, ".input"),
        export: None,
        namesake: stem.map(compiler::export_name),
        input: fs::read(path).with_context(|| format!("cannot read {}", path.display()))?,
        expected: Expected::File(path.with_file_name(format!("{prefix}expected.{extension}"))),
        exit_code: 0,
        limits: limits.is_file().then_some(limits),
        own_limits: None,
    }))
}

fn payload(root: &Path, path: &Path) -> Result<Option<Fixture>> {
    let shown_path = path.display();
    let text = fs::read(path).with_context(|| format!("cannot read {shown_path}"))?;
    let value: Value =
        serde_json::from_slice(&text).with_context(|| format!("{shown_path} is no JSON"))?;
    let Some(output) = value
        .get("payload")
        .map(|payload| payload.get("output").cloned())
    else {
        return Ok(None);
    };
    let File { payload } =
        serde_json::from_value(value).with_context(|| format!("{shown_path} is no fixture"))?;
    Ok(Some(Fixture {
        name: shown(root, path, ""),
        export: payload.export,
        namesake: None,
        input: serde_json::to_vec(&payload.input)?,
        expected: Expected::Payload(path.to_owned(), output),
        exit_code: payload.exit_code,
        limits: None,
        own_limits: payload.limits,
    }))
}

/// The path below the root without its extension, and without `ending` before that.
fn shown(root: &Path, path: &Path, ending: &str) -> String {
    let path = path.strip_prefix(root).unwrap_or(path).with_extension("");
    let name = path.to_string_lossy().into_owned();
    match name.strip_suffix(ending) {
        Some(name) => name.to_owned(),
        None => name,
    }
}

impl Fixture {
    /// The limits of this fixture alone.
    pub(crate) fn profile(&self) -> Result<Option<Profile>> {
        match (&self.own_limits, &self.limits) {
            (Some(text), _) => Ok(Some(
                Profile::of(text.clone())
                    .with_context(|| format!("the limits of {}", self.name))?,
            )),
            (None, Some(path)) => Ok(Some(Profile::read(path)?)),
            (None, None) => Ok(None),
        }
    }

    /// Why the call was not as it should have been.
    pub(crate) fn judge(&self, ran: &Ran) -> Result<&'static str, String> {
        if let Some(why) = self.wrong_end(ran) {
            return Err(why);
        }
        let (expected, actual) = match &self.expected {
            Expected::File(path) => {
                let Ok(expected) = fs::read(path) else {
                    return Err(format!(
                        "there is no {}; `jsc test --update` writes it",
                        path.display()
                    ));
                };
                (expected, &ran.outcome.stdout)
            }
            Expected::Payload(_, Some(value)) => {
                (value.to_string().into_bytes(), &ran.outcome.stdout)
            }
            // A function that is to fail need not print anything.
            Expected::Payload(_, None) => return Ok("ok"),
        };
        let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
        match (json(&expected), json(actual)) {
            (Some(expected), Some(actual)) if expected == actual => Ok("ok"),
            (Some(expected), Some(actual)) => {
                Err(diff(&pretty(&sorted(expected)), &pretty(&sorted(actual))))
            }
            _ if expected == *actual => Ok("ok"),
            _ => Err(diff(
                &String::from_utf8_lossy(&expected),
                &String::from_utf8_lossy(actual),
            )),
        }
    }

    fn wrong_end(&self, ran: &Ran) -> Option<String> {
        let code = ran.outcome.exit_code;
        if code == self.exit_code {
            return None;
        }
        let why = match &ran.failure {
            Some(failure) => failure.clone(),
            None => format!("it exits with {code}"),
        };
        Some(if self.exit_code == 0 {
            why
        } else {
            format!("{why}; expected was exit code {}", self.exit_code)
        })
    }

    /// Writes what came out as what must come out.
    pub(crate) fn update(&self, ran: &Ran) -> Result<Result<&'static str, String>> {
        if let Some(why) = self.wrong_end(ran) {
            return Ok(Err(why));
        }
        if self.judge(ran).is_ok() {
            return Ok(Ok("ok"));
        }
        match &self.expected {
            Expected::File(path) => crate::write::write(path, &ran.outcome.stdout)?,
            Expected::Payload(path, _) => {
                let mut file: Value = serde_json::from_slice(&fs::read(path)?)?;
                let Ok(output) = serde_json::from_slice(&ran.outcome.stdout) else {
                    bail!("{} writes no JSON", self.name);
                };
                file["payload"]["output"] = output;
                crate::write::write(path, (pretty(&file) + "\n").as_bytes())?;
            }
        }
        Ok(Ok("updated"))
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The same with all properties in the order of their names, which is no difference.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Object(properties) => {
            let mut properties: Vec<_> = properties.into_iter().collect();
            properties.sort_by(|a, b| a.0.cmp(&b.0));
            let properties = properties.into_iter();
            Value::Object(
                properties
                    .map(|(name, value)| (name, sorted(value)))
                    .collect(),
            )
        }
        value => value,
    }
}
