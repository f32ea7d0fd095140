//! A profile as a flame graph: each function as wide as its instructions, on top of it what it calls. A picture that any
//! browser shows; pointing at a function shows its figures.

use std::collections::BTreeMap;
use std::fmt::Write;

use chart::escape;
use figures::grouped;
use preinit::Frame;

use super::profile::Profile;
use super::speedscope::OUTSIDE;

const WIDTH: f64 = 1200.0;
const ROW: f64 = 18.0;
const TITLE: f64 = 30.0;
/// What is narrower is not drawn.
const NARROWEST: f64 = 0.3;
/// About the width of a letter.
const LETTER: f64 = 6.7;

/// A function in the place where it was called from.
#[derive(Default)]
struct Node {
    fuel: u64,
    /// The instructions at each line of it.
    lines: BTreeMap<u32, u64>,
    calls: BTreeMap<(String, String), Node>,
}

pub(crate) fn render(profile: &Profile, module: &str) -> String {
    let root = tree(profile);
    let height = TITLE + ROW * (root.depth() + 1) as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"ui-monospace, monospace\" font-size=\"11\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"6\" y=\"19\" font-size=\"13\">{}: {} instructions</text>\n",
        escape(module),
        grouped(profile.total)
    );
    draw(&mut svg, &root, (0.0, height - ROW), "all", "", root.fuel);
    svg + "</svg>\n"
}

fn tree(profile: &Profile) -> Node {
    let mut root = Node::default();
    for (stack, fuel) in &profile.samples {
        root.add(stack, *fuel);
    }
    root
}

impl Node {
    fn add(&mut self, stack: &[Frame], fuel: u64) {
        self.fuel += fuel;
        let mut node = self;
        for frame in stack {
            node = node
                .calls
                .entry((frame.function.clone(), frame.file.clone()))
                .or_default();
            node.fuel += fuel;
            *node.lines.entry(frame.line).or_default() += fuel;
        }
        if stack.is_empty() {
            let outside = (OUTSIDE.to_owned(), String::new());
            node.calls.entry(outside).or_default().fuel += fuel;
        }
    }

    fn depth(&self) -> usize {
        self.calls
            .values()
            .map(|node| node.depth() + 1)
            .max()
            .unwrap_or(0)
    }
}

fn draw(svg: &mut String, node: &Node, (x, y): (f64, f64), name: &str, file: &str, total: u64) {
    let width = node.fuel as f64 / total.max(1) as f64 * WIDTH;
    if width < NARROWEST {
        return;
    }
    let percent = node.fuel as f64 / total.max(1) as f64 * 100.0;
    let place = if file.is_empty() {
        name.to_owned()
    } else {
        format!("{name} {file}")
    };
    let mut title = format!("{place}: {} ({percent:.1} %)", grouped(node.fuel));
    for (line, fuel) in node.lines.iter().filter(|(line, _)| **line > 0) {
        let _ = write!(title, "; line {line}: {}", grouped(*fuel));
    }
    let letters = (width / LETTER) as usize;
    let shown: String = match name.chars().count() <= letters {
        true => name.to_owned(),
        false => {
            name.chars()
                .take(letters.saturating_sub(1))
                .collect::<String>()
                + "…"
        }
    };
    let label = if letters < 3 {
        String::new()
    } else {
        escape(&shown)
    };
    let _ = writeln!(
        svg,
        "<g><title>{}</title><rect x=\"{x:.2}\" y=\"{y:.1}\" width=\"{:.2}\" height=\"{:.1}\" rx=\"1\" \
         fill=\"{}\"/><text x=\"{:.2}\" y=\"{:.1}\">{label}</text></g>",
        escape(&title),
        (width - 0.5).max(0.2),
        ROW - 1.0,
        colour(name, file),
        x + 3.0,
        y + 12.5,
    );
    let mut left = x;
    for ((name, file), call) in &node.calls {
        draw(svg, call, (left, y - ROW), name, file, total);
        left += call.fuel as f64 / total.max(1) as f64 * WIDTH;
    }
}

/// A warm colour, the same for the same function.
fn colour(name: &str, file: &str) -> String {
    let sum = name.bytes().chain(file.bytes()).fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    format!(
        "hsl({},{}%,{}%)",
        15 + sum % 40,
        75 + sum / 64 % 15,
        66 + sum / 4096 % 12
    )
}

#[cfg(test)]
mod tests {
    use preinit::Frame;

    use super::super::profile::Profile;
    use super::{render, tree};

    fn frame(function: &str, line: u32) -> Frame {
        Frame {
            function: function.to_owned(),
            file: "a.js".to_owned(),
            line,
        }
    }

    #[test]
    fn callers_hold_what_they_call() {
        let profile = Profile {
            samples: vec![
                (vec![frame("main", 1)], 10),
                (vec![frame("main", 2), frame("<b>", 5)], 30),
                (Vec::new(), 60),
            ],
            total: 100,
        };
        let root = tree(&profile);
        let main = &root.calls[&("main".to_owned(), "a.js".to_owned())];
        assert_eq!((root.fuel, main.fuel, root.depth()), (100, 40, 2));
        assert_eq!(
            main.lines.iter().collect::<Vec<_>>(),
            [(&1, &10), (&2, &30)]
        );
        let svg = render(&profile, "fn.wasm");
        assert!(svg.contains("main a.js: 40 (40.0 %); line 1: 10; line 2: 30"));
        assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>"));
    }
}
