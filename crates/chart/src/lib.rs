//! Bar charts as SVG: what the benchmarks show of their figures. The picture needs no script and no style sheet, and is
//! legible on light and dark pages.
//!
//! ```
//! use chart::{Bar, Panel};
//!
//! let panel = Panel {
//!     title: "a warm call".into(),
//!     bars: vec![
//!         Bar { label: "fn.wasm".into(), value: 40.0, spread: Some((38.0, 55.0)), text: "40 µs".into() },
//!         Bar { label: "other.wasm".into(), value: 328.0, spread: None, text: "328 µs".into() },
//!     ],
//! };
//! assert!(chart::svg("calls", &[panel]).starts_with("<svg"));
//! ```

use std::fmt::Write;

/// Bars that are measured by the same scale.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What is measured, and in which unit.
    pub title: String,
    /// From top to bottom. The longest takes all of the width.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Whose figure it is.
    pub label: String,
    /// How long it is.
    pub value: f64,
    /// Where most of the samples were, drawn as a line across the end of the bar.
    pub spread: Option<(f64, f64)>,
    /// The figure as it is written behind the bar.
    pub text: String,
}

const WIDTH: f64 = 760.0;
const LABEL: f64 = 210.0;
/// Room for the text behind the longest bar.
const TEXT: f64 = 110.0;
const ROW: f64 = 26.0;
const HEADING: f64 = 40.0;
const MARGIN: f64 = 14.0;
const COLOURS: [&str; 6] = [
    "#2f81f7", "#e3882d", "#3fa35b", "#a371f7", "#d9534f", "#6e7681",
];
const INK: &str = "#7d8590";

/// The panels one below the other, under a title.
#[must_use]
pub fn svg(title: &str, panels: &[Panel]) -> String {
    let rows: usize = panels.iter().map(|panel| panel.bars.len()).sum();
    let height = HEADING + panels.len() as f64 * HEADING + rows as f64 * ROW + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"{INK}\">\n"
    );
    let mut y = MARGIN + 10.0;
    text(
        &mut svg,
        MARGIN,
        y,
        "font-size=\"16\" font-weight=\"600\"",
        title,
    );
    for panel in panels {
        y += HEADING;
        text(&mut svg, MARGIN, y, "font-weight=\"600\"", &panel.title);
        y += 8.0;
        let longest = panel
            .bars
            .iter()
            .map(|bar| {
                bar.spread
                    .map_or(bar.value, |(_, high)| high.max(bar.value))
            })
            .fold(f64::MIN_POSITIVE, f64::max);
        for (index, bar) in panel.bars.iter().enumerate() {
            draw(&mut svg, bar, y, COLOURS[index % COLOURS.len()], longest);
            y += ROW;
        }
    }
    svg + "</svg>\n"
}

fn draw(svg: &mut String, bar: &Bar, y: f64, colour: &str, longest: f64) {
    let room = WIDTH - LABEL - TEXT - MARGIN;
    let x = |value: f64| LABEL + (value / longest).clamp(0.0, 1.0) * room;
    let middle = y + ROW / 2.0;
    let (end, height) = (x(bar.value), ROW - 8.0);
    let anchor = "text-anchor=\"end\"";
    text(svg, LABEL - 8.0, middle + 4.5, anchor, &bar.label);
    let _ = writeln!(
        svg,
        "<rect x=\"{LABEL}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height}\" rx=\"2\" fill=\"{colour}\"/>",
        y + 4.0,
        (end - LABEL).max(1.0)
    );
    let mut behind = end;
    if let Some((low, high)) = bar.spread {
        behind = behind.max(x(high));
        let _ = writeln!(
            svg,
            "<path d=\"M{:.1} {middle:.1}H{:.1}\" stroke=\"{INK}\" stroke-width=\"2\"/>",
            x(low),
            x(high)
        );
    }
    text(svg, behind + 6.0, middle + 4.5, "", &bar.text);
}

fn text(svg: &mut String, x: f64, y: f64, attributes: &str, text: &str) {
    let space = if attributes.is_empty() { "" } else { " " };
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\"{space}{attributes}>{}</text>",
        escape(text)
    );
}

/// A text as XML has it.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            // Control characters are no XML, not even as references.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Bar, Panel, escape, svg};

    fn bar(label: &str, value: f64) -> Bar {
        Bar {
            label: label.into(),
            value,
            spread: Some((value * 0.9, value * 1.2)),
            text: format!("{value}"),
        }
    }

    #[test]
    fn bars_are_in_proportion() {
        let picture = svg(
            "speed",
            &[Panel {
                title: "µs".into(),
                bars: vec![bar("a", 100.0), bar("b", 25.0)],
            }],
        );
        let widths: Vec<f64> = picture
            .lines()
            .filter(|line| line.starts_with("<rect"))
            .filter_map(|line| {
                line.split("width=\"")
                    .nth(1)?
                    .split('"')
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        assert_eq!(widths.len(), 2);
        assert!((widths[0] / widths[1] - 4.0).abs() < 0.01, "{widths:?}");
    }

    #[test]
    fn nothing_and_zero_can_be_drawn() {
        let panel = Panel {
            title: String::new(),
            bars: vec![bar("none", 0.0)],
        };
        assert!(!svg("", &[panel]).contains("NaN"));
        assert!(svg("", &[]).ends_with("</svg>\n"));
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("a<b> & \"c\"\n"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
