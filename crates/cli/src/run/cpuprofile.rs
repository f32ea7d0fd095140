//! A profile in the format of V8 (`.cpuprofile`), which the developer tools of Chrome, Visual Studio Code and Firefox Profiler
//! open. It knows times only: an instruction is shown as a microsecond.

use std::collections::BTreeMap;

use preinit::Frame;
use serde_json::{Value, json};

use super::profile::Profile;
use super::speedscope::OUTSIDE;

pub(crate) fn render(profile: &Profile) -> String {
    let mut nodes = Nodes::default();
    nodes.add(None, "(root)", "");
    let mut samples = Vec::new();
    let mut gaps = Vec::new();
    // A sample lasts until the next one.
    let mut last = 0;
    for (stack, fuel) in &profile.samples {
        samples.push(nodes.sample(stack, *fuel));
        gaps.push(last);
        last = *fuel;
    }
    samples.push(ROOT);
    gaps.push(last);
    let nodes: Vec<Value> = nodes.list.iter().map(Node::json).collect();
    let file = json!({
        "nodes": nodes,
        "startTime": 0,
        "endTime": profile.total,
        "samples": samples,
        "timeDeltas": gaps,
    });
    file.to_string() + "\n"
}

/// The number of the node that all stacks begin at.
const ROOT: usize = 1;

/// A function in the place where it was called from. Numbers begin at 1.
struct Node {
    number: usize,
    function: String,
    file: String,
    children: Vec<usize>,
    /// How often it was the innermost.
    hits: u64,
    /// The instructions at each line where it was the innermost.
    lines: BTreeMap<u32, u64>,
    /// The first line that was seen of it, which is about where it begins.
    first: Option<u32>,
}

#[derive(Default)]
struct Nodes {
    list: Vec<Node>,
    numbers: BTreeMap<(usize, String, String), usize>,
}

impl Nodes {
    fn add(&mut self, parent: Option<usize>, function: &str, file: &str) -> usize {
        let number = self.list.len() + 1;
        if let Some(parent) = parent {
            self.list[parent - 1].children.push(number);
        }
        self.list.push(Node {
            number,
            function: function.to_owned(),
            file: file.to_owned(),
            children: Vec::new(),
            hits: 0,
            lines: BTreeMap::new(),
            first: None,
        });
        number
    }

    fn called(&mut self, parent: usize, function: &str, file: &str) -> usize {
        let key = (parent, function.to_owned(), file.to_owned());
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.add(Some(parent), function, file);
        self.numbers.insert(key, number);
        number
    }

    /// The node of a stack's innermost function.
    fn sample(&mut self, stack: &[Frame], fuel: u64) -> usize {
        let mut number = ROOT;
        for frame in stack {
            number = self.called(number, &frame.function, &frame.file);
            let first = &mut self.list[number - 1].first;
            *first = Some(first.map_or(frame.line, |first| first.min(frame.line)));
        }
        if stack.is_empty() {
            number = self.called(ROOT, OUTSIDE, "");
        }
        let node = &mut self.list[number - 1];
        node.hits += 1;
        if let Some(frame) = stack.last() {
            *node.lines.entry(frame.line).or_default() += fuel;
        }
        number
    }
}

impl Node {
    fn json(&self) -> Value {
        let ticks: Vec<Value> = self
            .lines
            .iter()
            .map(|(line, fuel)| json!({ "line": line, "ticks": fuel }))
            .collect();
        json!({
            "id": self.number,
            "callFrame": {
                "functionName": self.function,
                "scriptId": "0",
                "url": self.file,
                // From 0, unlike those of ticks.
                "lineNumber": self.first.map_or(-1, |line| i64::from(line) - 1),
                "columnNumber": -1,
            },
            "hitCount": self.hits,
            "children": self.children,
            "positionTicks": ticks,
        })
    }
}

#[cfg(test)]
mod tests {
    use preinit::Frame;
    use serde_json::{Value, json};

    use super::super::profile::Profile;
    use super::render;

    #[test]
    fn samples_last_until_the_next() {
        let frame = |function: &str, line| Frame {
            function: function.to_owned(),
            file: "a.js".to_owned(),
            line,
        };
        let profile = Profile {
            samples: vec![
                (vec![frame("main", 3)], 10),
                (vec![frame("main", 2), frame("inner", 5)], 30),
                (vec![frame("main", 3)], 20),
                (Vec::new(), 40),
            ],
            total: 100,
        };
        let file: Value = serde_json::from_str(&render(&profile)).expect("JSON");
        assert_eq!(file["samples"], json!([2, 3, 2, 4, 1]));
        assert_eq!(file["timeDeltas"], json!([0, 10, 30, 20, 40]));
        assert_eq!(
            (&file["startTime"], &file["endTime"]),
            (&0.into(), &100.into())
        );
        assert_eq!(file["nodes"][0]["children"], json!([2, 4]));
        let main = &file["nodes"][1];
        assert_eq!(main["children"], json!([3]));
        assert_eq!(main["callFrame"]["lineNumber"], 1);
        assert_eq!(main["positionTicks"], json!([{ "line": 3, "ticks": 30 }]));
        assert_eq!(main["hitCount"], 2);
        assert_eq!(
            file["nodes"][3]["callFrame"]["functionName"],
            "(outside of JavaScript)"
        );
    }
}
