//! A report as a page with a treemap: the area of each box is its share of the bytes.

use std::fmt::Write as _;

use crate::Report;
use crate::text::{number, sizes, words};

/// The map's sides, in CSS pixels.
const WIDTH: f64 = 1200.0;
const HEIGHT: f64 = 760.0;

/// Room for the title of a box that holds others.
const TITLE: f64 = 17.0;

/// Boxes that are smaller are only colour.
const MIN_TEXT: (f64, f64) = (42.0, 14.0);

/// A box of the map.
struct Tile {
    name: String,
    /// What is shown where the pointer is.
    note: String,
    bytes: usize,
    inner: Vec<Tile>,
}

/// The page. It refers to nothing outside itself.
#[must_use]
pub fn html(report: &Report, title: &str) -> String {
    let mut map = String::new();
    let area = Area {
        x: 0.0,
        y: 0.0,
        width: WIDTH,
        height: HEIGHT,
    };
    draw(&tiles(report), area, 0, 0, &mut map);
    let title = escape(title);
    let sizes = sizes(report.bytes, report.gzip_bytes);
    let text = escape(&crate::text(report));
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         <h1>{title}: {sizes}</h1>\n\
         <div class=\"map\" style=\"width:{WIDTH}px;height:{HEIGHT}px\">\n{map}</div>\n<pre>{text}</pre>\n"
    )
}

const STYLE: &str = "body{font:13px system-ui,sans-serif;margin:16px}h1{font-size:18px}\
    .map{position:relative}.map div{position:absolute;box-sizing:border-box;overflow:hidden;border:1px solid #fff;\
    font-size:11px;line-height:14px;padding:0 3px;white-space:nowrap;text-overflow:ellipsis}";

fn tiles(report: &Report) -> Vec<Tile> {
    let leaf = |name: &str, bytes: usize, note: String| Tile {
        name: name.to_string(),
        note,
        bytes,
        inner: Vec::new(),
    };
    let features = report.features.iter().map(|feature| {
        let why = words(feature.name, feature.why.as_ref());
        let symbols = feature.symbols.iter();
        Tile {
            name: feature.name.to_string(),
            note: why.clone(),
            bytes: feature.bytes(),
            inner: symbols
                .map(|(name, bytes)| leaf(name, *bytes, format!("{} {why}", feature.name)))
                .collect(),
        }
    });
    let engine: Vec<Tile> = features.collect();
    let modules = report.modules.iter().map(|module| {
        let mut inner: Vec<Tile> = module
            .functions
            .iter()
            .map(|function| {
                let place = format!("{}:{}", module.name, function.line);
                leaf(&function.name, function.bytes, place)
            })
            .collect();
        inner.push(leaf("objects and texts", module.heap, module.name.clone()));
        Tile {
            name: module.name.clone(),
            note: String::new(),
            bytes: module.bytecode + module.heap,
            inner,
        }
    });
    let mut tiles = vec![Tile {
        name: "engine".to_string(),
        note: String::new(),
        bytes: engine.iter().map(|tile| tile.bytes).sum(),
        inner: engine,
    }];
    tiles.extend(modules);
    let counted: usize = tiles.iter().map(|tile| tile.bytes).sum();
    let rest = report.bytes.saturating_sub(counted);
    tiles.push(leaf(
        "builtin objects, names, structure",
        rest,
        String::new(),
    ));
    tiles
}

#[derive(Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Draws tiles into an area, boxes within boxes; `hue` is the colour of the outermost one.
fn draw(tiles: &[Tile], area: Area, depth: usize, hue: usize, map: &mut String) {
    let mut tiles: Vec<&Tile> = tiles.iter().filter(|tile| tile.bytes > 0).collect();
    tiles.sort_by_key(|tile| std::cmp::Reverse(tile.bytes));
    for (index, (tile, area)) in tiles.iter().zip(divide(&tiles, area)).enumerate() {
        if area.width < 1.0 || area.height < 1.0 {
            continue;
        }
        // Colours a golden angle apart are easy to tell from each other.
        let hue = if depth < 2 {
            hue * 29 + index * 137
        } else {
            hue
        };
        let shown = area.width >= MIN_TEXT.0 && area.height >= MIN_TEXT.1;
        let bytes = number(tile.bytes);
        let name = if shown {
            escape(&tile.name)
        } else {
            String::new()
        };
        let _ = writeln!(
            map,
            "<div style=\"left:{:.1}px;top:{:.1}px;width:{:.1}px;height:{:.1}px;background:hsl({},60%,{}%)\" \
             title=\"{}: {bytes} bytes {}\">{name}</div>",
            area.x,
            area.y,
            area.width,
            area.height,
            hue % 360,
            70 + 6 * depth.min(3),
            escape(&tile.name),
            escape(&tile.note),
        );
        let inner = Area {
            x: area.x + 1.0,
            y: area.y + TITLE,
            width: area.width - 2.0,
            height: area.height - TITLE - 1.0,
        };
        if !tile.inner.is_empty() && inner.width > MIN_TEXT.0 && inner.height > MIN_TEXT.1 {
            draw(&tile.inner, inner, depth + 1, hue, map);
        }
    }
}

/// Divides an area by the tiles' sizes, which fall: row by row along the shorter side, each row as long as its boxes get
/// squarer (Bruls, Huizing, van Wijk: Squarified Treemaps).
fn divide(tiles: &[&Tile], mut area: Area) -> Vec<Area> {
    let total: usize = tiles.iter().map(|tile| tile.bytes).sum();
    let scale = area.width * area.height / total.max(1) as f64;
    let sizes: Vec<f64> = tiles.iter().map(|tile| tile.bytes as f64 * scale).collect();
    let mut areas = Vec::new();
    let mut rest = sizes.as_slice();
    while !rest.is_empty() {
        let side = area.width.min(area.height).max(1.0);
        let mut count = 1;
        while count < rest.len() && worst(&rest[..=count], side) <= worst(&rest[..count], side) {
            count += 1;
        }
        let (row, behind) = rest.split_at(count);
        rest = behind;
        let thickness = row.iter().sum::<f64>() / side;
        let mut position = 0.0;
        for size in row {
            let length = size / thickness.max(f64::EPSILON);
            areas.push(if area.width >= area.height {
                Area {
                    x: area.x,
                    y: area.y + position,
                    width: thickness,
                    height: length,
                }
            } else {
                Area {
                    x: area.x + position,
                    y: area.y,
                    width: length,
                    height: thickness,
                }
            });
            position += length;
        }
        if area.width >= area.height {
            area.x += thickness;
            area.width -= thickness;
        } else {
            area.y += thickness;
            area.height -= thickness;
        }
    }
    areas
}

/// How far from a square the worst box of a row is.
fn worst(row: &[f64], side: f64) -> f64 {
    let sum: f64 = row.iter().sum();
    let (largest, smallest) = row
        .iter()
        .fold((0.0_f64, f64::MAX), |(large, small), size| {
            (large.max(*size), small.min(*size))
        });
    let squares = (side * side, sum * sum);
    (squares.0 * largest / squares.1).max(squares.1 / (squares.0 * smallest))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_shares() {
        let tile = |bytes| Tile {
            name: String::new(),
            note: String::new(),
            bytes,
            inner: Vec::new(),
        };
        let tiles = [tile(600), tile(300), tile(90), tile(10)];
        let tiles: Vec<&Tile> = tiles.iter().collect();
        let area = Area {
            x: 0.0,
            y: 0.0,
            width: 40.0,
            height: 25.0,
        };
        for (tile, area) in tiles.iter().zip(divide(&tiles, area)) {
            assert!((area.width * area.height - tile.bytes as f64).abs() < 1e-6);
            assert!(area.x >= 0.0 && area.x + area.width <= 40.0 + 1e-6);
            assert!(area.y >= 0.0 && area.y + area.height <= 25.0 + 1e-6);
        }
    }
}
