//! The figures as text, as Markdown and as a picture.

use chart::{Bar, Panel};
use figures::{align, grouped, time};

use super::{Figures, Row};

const NOTES: &str = "
Medians of rounds in which all take turns; the method is in docs/cold-start.md. build: from the source to what is shipped,
once. compile: from that to machine code, as a host does once. load, start, first call: from the files to the first answer,
in a process that is there already; answer: these three. The processes are from start to end, with JSON in and out.
";

const HEAD: [&str; 8] = [
    "",
    "size",
    "build",
    "compile",
    "load",
    "start",
    "first call",
    "answer",
];

pub(super) fn text(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let mut lines = vec![HEAD.map(str::to_owned).to_vec()];
        lines[0][0].clone_from(&row.example);
        lines.extend(
            row.contestants
                .iter()
                .map(|figures| cells(figures).to_vec()),
        );
        text += &align(&lines);
        for (name, took) in &row.processes_us {
            text += &format!("process {name}: {}\n", time(*took));
        }
        for (name, reason) in &row.skipped {
            text += &format!("not measured: {name}: {reason}\n");
        }
        text.push('\n');
    }
    text + NOTES.trim_start()
}

/// A table of the contestants, and the processes in a sentence.
pub(super) fn markdown(row: &Row) -> String {
    let mut text = format!(
        "| {} | {} |\n|---|{}\n",
        row.example,
        HEAD[1..].join(" | "),
        "---:|".repeat(HEAD.len() - 1)
    );
    for figures in &row.contestants {
        text += &format!("| {} |\n", cells(figures).join(" | "));
    }
    let processes: Vec<String> = row
        .processes_us
        .iter()
        .map(|(name, took)| format!("`{name}` {}", time(*took)))
        .collect();
    text += &format!("\nWhole processes: {}.\n", processes.join(", "));
    for (name, reason) in &row.skipped {
        text += &format!("\nNot measured: {name}: {reason}.\n");
    }
    text
}

fn cells(figures: &Figures) -> [String; HEAD.len()] {
    let step = |took: Option<f64>| took.map_or_else(|| "–".to_owned(), time);
    [
        figures.name.clone(),
        format!("{} B", grouped(figures.bytes)),
        step(figures.build_us),
        step(figures.compile_us),
        time(figures.load_us),
        time(figures.instantiate_us),
        time(figures.first_call_us),
        time(figures.first_answer_us),
    ]
}

pub(super) fn svg(rows: &[Row]) -> String {
    let bar = |label: &str, value: f64| Bar {
        label: label.to_owned(),
        value,
        spread: None,
        text: time(value),
    };
    let panels: Vec<Panel> = rows
        .iter()
        .flat_map(|row| {
            let answers = row.contestants.iter();
            let processes = row.processes_us.iter();
            [
                Panel {
                    title: format!(
                        "{}: the first answer in a process that is there",
                        row.example
                    ),
                    bars: answers
                        .map(|figures| bar(&figures.name, figures.first_answer_us))
                        .collect(),
                },
                Panel {
                    title: format!("{}: a process from its start to its end", row.example),
                    bars: processes.map(|(name, took)| bar(name, *took)).collect(),
                },
            ]
        })
        .collect();
    chart::svg("From compiled code to the first answer", &panels)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Figures, Row, markdown, svg, text};

    pub(crate) fn row() -> Row {
        let figures = Figures {
            name: "jsc".into(),
            bytes: 155_000,
            build_us: Some(1e5),
            compile_us: Some(5e5),
            load_us: 600.0,
            instantiate_us: 40.0,
            first_call_us: 90.0,
            first_answer_us: 730.0,
        };
        let native = Figures {
            name: "native".into(),
            build_us: None,
            compile_us: None,
            ..figures.clone()
        };
        Row {
            example: "hello".into(),
            contestants: vec![figures, native],
            processes_us: vec![("jsc run".into(), 5e3), ("node".into(), 60e3)],
            skipped: vec![("other".into(), "npm cannot be run".into())],
        }
    }

    #[test]
    fn figures_are_in_columns() {
        let expected = [
            "jsc",
            "155,000 B",
            "100 ms",
            "500 ms",
            "600 µs",
            "40.0 µs",
            "90.0 µs",
            "730 µs",
        ];
        let table = text(&[row()]);
        let line = table.lines().nth(1).unwrap_or_default();
        let cells: Vec<&str> = line.split("  ").map(str::trim).collect();
        let cells: Vec<&str> = cells.into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(cells, expected);
        assert!(
            table.contains("not measured: other: npm cannot be run\n"),
            "{table}"
        );
        let page = markdown(&row());
        assert!(
            page.contains(&format!("| {} |\n", expected.join(" | "))),
            "{page}"
        );
        assert!(page.contains("| native | 155,000 B | – | – |"), "{page}");
    }

    #[test]
    fn everyone_has_a_bar() {
        assert_eq!(svg(&[row()]).matches("<rect").count(), 4);
    }
}
