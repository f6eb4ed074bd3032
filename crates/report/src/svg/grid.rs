//! Two-dimensional histograms: one path for each shade, so that forty thousand cells stay small.

use std::fmt::Write as _;

use adil_finding::{Grid, Message};

use super::frame::Frame;
use super::{Drawing, short};
use crate::markup::Markup;

const HEIGHT: f64 = 640.0;

/// Shades, from the lightest to the strongest.
const SHADES: usize = 8;

pub(super) fn draw(out: &mut Markup, figure: &Grid, drawing: &Drawing<'_>) {
    let texts = drawing.texts;
    let shades = Shades::of(&figure.cells);
    legend(out, figure, &shades, drawing);
    let frame = Frame::new(&figure.x, &figure.y, HEIGHT, false, texts);
    drawing.open(out, HEIGHT);
    frame.behind(out);
    if figure.columns > 0 && figure.rows > 0 {
        let (width, height) = (frame.right - frame.left, frame.bottom - frame.top);
        let (cell_x, cell_y) = (width / figure.columns as f64, height / figure.rows as f64);
        let (left, top) = (short(frame.left), short(frame.top));
        out.raw(&format!("<g class=\"cells\" transform=\"translate({left} {top}) scale({cell_x:.4} {cell_y:.4})\">"));
        for (shade, path) in paths(figure, &shades).iter().enumerate().filter(|(_, path)| !path.is_empty()) {
            out.raw(&format!("<path class=\"s{shade}\" d=\"{path}\"/>"));
        }
        out.raw("</g>");
    }
    frame.before(out);
    out.raw("</svg>");
}

/// Runs of cells of one shade, row by row from the top; a unit is a cell.
fn paths(figure: &Grid, shades: &Shades) -> Vec<String> {
    let mut paths = vec![String::new(); SHADES];
    let rows = figure.cells.chunks_exact(figure.columns).take(figure.rows);
    for (row, cells) in rows.enumerate() {
        let y = figure.rows - 1 - row;
        let mut start = 0;
        for run in cells.chunk_by(|a, b| shades.shade(*a) == shades.shade(*b)) {
            if let Some(shade) = shades.shade(run[0]) {
                let length = run.len();
                let _ = write!(paths[shade], "M{start} {y}h{length}v1h-{length}z");
            }
            start += run.len();
        }
    }
    paths
}

/// Shades on a logarithmic scale from the smallest count to the largest.
#[derive(Debug)]
pub(super) struct Shades {
    smallest: f64,
    largest: f64,
}

impl Shades {
    fn of(cells: &[f64]) -> Self {
        let counts = || cells.iter().copied().filter(|cell| *cell > 0.0 && cell.is_finite());
        let largest = counts().fold(0.0, f64::max);
        // Weights may be tiny; beyond five orders of magnitude there is nothing to see.
        let smallest = counts().fold(f64::INFINITY, f64::min).max(largest * 1e-5);
        Self { smallest, largest }
    }

    /// The shade of a count; none for an empty cell.
    fn shade(&self, count: f64) -> Option<usize> {
        if count.is_nan() || count <= 0.0 {
            return None;
        }
        let range = (self.largest / self.smallest).ln();
        if range <= 0.0 {
            return Some(SHADES - 1);
        }
        let part = (count.max(self.smallest) / self.smallest).ln() / range;
        Some(((part * SHADES as f64) as usize).min(SHADES - 1))
    }

    /// The smallest count of a shade.
    fn from(&self, shade: usize) -> f64 {
        self.smallest * (self.largest / self.smallest).powf(shade as f64 / SHADES as f64)
    }
}

fn legend(out: &mut Markup, figure: &Grid, shades: &Shades, drawing: &Drawing<'_>) {
    if shades.largest <= 0.0 {
        return;
    }
    let texts = drawing.texts;
    let unit = Message::new("figure-scale").with("unit", figure.unit.clone());
    out.raw("<div class=\"shades\">").element("span", &texts.format(&unit)).raw("<ol>");
    let whole = figure.cells.iter().all(|cell| cell.fract() == 0.0);
    for shade in 0..SHADES {
        let from = shades.from(shade);
        let from = if whole {
            texts.numerals().number((from - 1e-9).ceil(), 0)
        } else {
            texts.numerals().plain(rounded(from))
        };
        let sample = "<svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 30 12\"><path class=\"s";
        out.raw("<li>").raw(sample).raw(&format!("{shade}\" d=\"M0 0h30v12h-30z\"/></svg>"));
        out.text(&format!("≥\u{a0}{from}")).raw("</li>");
    }
    out.raw("</ol></div>");
}

/// Three significant digits.
fn rounded(number: f64) -> f64 {
    let power = 10f64.powf(2.0 - number.abs().log10().floor());
    (number * power).round() / power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_follow_the_logarithm() {
        let shades = Shades::of(&[0.0, 1.0, 10.0, 100.0, 256.0]);
        assert_eq!(shades.shade(0.0), None);
        assert_eq!(shades.shade(1.0), Some(0));
        // 16 is half-way from 1 to 256 on a logarithmic scale.
        assert_eq!(shades.shade(15.9), Some(3));
        assert_eq!(shades.shade(16.1), Some(4));
        assert_eq!(shades.shade(256.0), Some(7));
    }

    #[test]
    fn one_count_alone_has_one_shade() {
        let shades = Shades::of(&[3.0, 3.0, 0.0]);
        assert_eq!(shades.shade(3.0), Some(SHADES - 1));
        assert_eq!(Shades::of(&[]).shade(0.0), None);
    }

    #[test]
    fn equal_neighbours_are_one_piece() {
        let text = Message::new("none");
        let figure = Grid {
            id: "g",
            title: text.clone(),
            description: text.clone(),
            x: adil_finding::Axis::fraction(text.clone()),
            y: adil_finding::Axis::fraction(text.clone()),
            columns: 3,
            rows: 2,
            cells: vec![1.0, 1.0, 0.0, 0.0, 0.0, 1.0],
            unit: text,
        };
        let paths = paths(&figure, &Shades::of(&figure.cells));
        assert_eq!(paths[SHADES - 1], "M0 1h2v1h-2zM2 0h1v1h-1z");
    }
}
