//! A profile in the format of speedscope, which <https://www.speedscope.app> opens.

use std::collections::BTreeMap;

use preinit::Frame;
use serde_json::{Value, json};

use super::profile::Profile;

/// What is spent outside of all functions: reading and writing JSON, starting, ending.
pub(crate) const OUTSIDE: &str = "(outside of JavaScript)";

/// Two profiles of the same samples: by functions, and by lines.
pub(crate) fn render(profile: &Profile, module: &str) -> String {
    let mut frames = Frames::default();
    let by_function = view(profile, &mut frames, "functions", |frame| Key {
        name: frame.function.clone(),
        file: Some(frame.file.clone()).filter(|file| !file.is_empty()),
        line: None,
    });
    let by_line = view(profile, &mut frames, "lines", |frame| {
        if frame.file.is_empty() {
            return Key::outside(&frame.function);
        }
        Key {
            name: format!("{} ({}:{})", frame.function, frame.file, frame.line),
            file: Some(frame.file.clone()),
            line: Some(frame.line),
        }
    });
    let file = json!({
        "$schema": "https://www.speedscope.app/file-format-schema.json",
        "name": module,
        "exporter": concat!("jsc ", env!("CARGO_PKG_VERSION")),
        "activeProfileIndex": 0,
        "shared": { "frames": frames.list },
        "profiles": [by_function, by_line],
    });
    file.to_string() + "\n"
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    name: String,
    file: Option<String>,
    line: Option<u32>,
}

impl Key {
    /// Of what is in no file.
    fn outside(name: &str) -> Key {
        Key {
            name: name.to_owned(),
            file: None,
            line: None,
        }
    }
}

#[derive(Default)]
struct Frames {
    numbers: BTreeMap<Key, usize>,
    list: Vec<Value>,
}

impl Frames {
    fn number(&mut self, key: Key) -> usize {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.list.len();
        let mut frame = json!({ "name": key.name });
        if let Some(file) = &key.file {
            frame["file"] = json!(file);
        }
        if let Some(line) = key.line {
            frame["line"] = json!(line);
        }
        self.list.push(frame);
        self.numbers.insert(key, number);
        number
    }
}

fn view(profile: &Profile, frames: &mut Frames, name: &str, key: impl Fn(&Frame) -> Key) -> Value {
    let samples: Vec<Vec<usize>> = profile
        .samples
        .iter()
        .map(|(stack, _)| match stack.is_empty() {
            true => vec![frames.number(Key::outside(OUTSIDE))],
            false => stack
                .iter()
                .map(|frame| frames.number(key(frame)))
                .collect(),
        })
        .collect();
    let weights: Vec<u64> = profile.samples.iter().map(|(_, fuel)| *fuel).collect();
    json!({
        "type": "sampled",
        "name": format!("instructions by {name}"),
        "unit": "none",
        "startValue": 0,
        "endValue": profile.total,
        "samples": samples,
        "weights": weights,
    })
}
