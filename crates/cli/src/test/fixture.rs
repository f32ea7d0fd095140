//! Fixtures: what goes into a function and what must come out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use super::Ran;
use super::diff::{diff, diff_json};
use super::walk::walk;
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

/// Directories that hold fixtures in files of their own.
const FOR_FIXTURES: [&str; 3] = ["tests", "test", "fixtures"];

/// All fixtures of a directory, by name.
pub(crate) fn find(directory: &Path) -> Result<Vec<Fixture>> {
    let found = walk(directory, &SKIPPED);
    if let Some((path, error)) = found.unreadable.into_iter().next() {
        return Err(error).with_context(|| format!("cannot read {}", path.display()));
    }
    let mut fixtures = Vec::new();
    for path in found.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let below = path.strip_prefix(directory).unwrap_or(&path);
        let is_for_fixtures = below
            .parent()
            .into_iter()
            .flatten()
            .any(|part| FOR_FIXTURES.iter().any(|name| part == *name));
        let fixture = match pair(directory, &path, &name)? {
            Some(fixture) => Some(fixture),
            None if is_for_fixtures
                && name.ends_with(".json")
                && !name.ends_with("expected.json") =>
            {
                payload(directory, &path)?
            }
            None => None,
        };
        fixtures.extend(fixture);
    }
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(fixtures)
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
        input: inputs::read(path, inputs::SOURCE)
            .with_context(|| format!("cannot read {}", path.display()))?,
        expected: Expected::File(path.with_file_name(format!("{prefix}expected.{extension}"))),
        exit_code: 0,
        limits: limits.is_file().then_some(limits),
        own_limits: None,
    }))
}

fn payload(root: &Path, path: &Path) -> Result<Option<Fixture>> {
    let shown_path = path.display();
    let text =
        inputs::read(path, inputs::SOURCE).with_context(|| format!("cannot read {shown_path}"))?;
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
                let Ok(expected) = inputs::read(path, inputs::SOURCE) else {
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
        let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok().map(normal);
        match (json(&expected), json(actual)) {
            (Some(expected), Some(actual)) if expected == actual => Ok("ok"),
            (Some(expected), Some(actual)) => Err(diff_json(&pretty(&expected), &pretty(&actual))),
            _ if expected == *actual => Ok("ok"),
            _ => {
                let (expected, actual) = (
                    String::from_utf8_lossy(&expected),
                    String::from_utf8_lossy(actual),
                );
                if expected == actual {
                    return Err("it differs in bytes that are no UTF-8".to_owned());
                }
                Err(diff(&expected, &actual))
            }
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
                let mut file: Value = serde_json::from_slice(&inputs::read(path, inputs::SOURCE)?)?;
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

/// The same without what is no difference: the order of properties, and how numbers are written, which are all doubles in
/// JavaScript.
fn normal(value: Value) -> Value {
    /// Up to here doubles have all whole numbers.
    const MOST: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(properties) => {
            let mut properties: Vec<_> = properties.into_iter().collect();
            properties.sort_by(|a, b| a.0.cmp(&b.0));
            let properties = properties.into_iter();
            Value::Object(
                properties
                    .map(|(name, value)| (name, normal(value)))
                    .collect(),
            )
        }
        Value::Number(number) => match number.as_f64() {
            Some(double) if double.fract() == 0.0 && double.abs() <= MOST => (double as i64).into(),
            Some(double) => double.into(),
            None => Value::Number(number),
        },
        value => value,
    }
}
