//! Lines over a common axis, told apart by dash as well as by colour.

use std::fmt::Write as _;

use adil_finding::Lines;

use super::frame::Frame;
use super::{Drawing, Legend, class, short};
use crate::markup::Markup;

const HEIGHT: f64 = 380.0;

pub(super) fn draw(out: &mut Markup, figure: &Lines, drawing: &Drawing<'_>) {
    let frame = Frame::new(&figure.x, &figure.y, HEIGHT, false, drawing.texts);
    let mut legend = Legend::new();
    legend.lines(&figure.series, drawing.texts);
    if figure.shaded.is_some() {
        legend.area("shaded", drawing.texts.word("figure-shaded"));
    }
    legend.write(out);
    drawing.open(out, HEIGHT);
    if let Some((from, to)) = figure.shaded {
        let (from, to) = (frame.x.at(from), frame.x.at(to));
        let (top, width, height) = (short(frame.top), short((to - from).max(1.0)), short(frame.bottom - frame.top));
        out.raw(&format!(
            "<rect class=\"shaded\" x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>",
            short(from)
        ));
    }
    frame.behind(out);
    for series in &figure.series {
        let path = path(&figure.positions, &series.values, &frame);
        out.raw(&format!("<path class=\"line {}\" d=\"{path}\"/>", class(series.side)));
    }
    frame.before(out);
    out.raw("</svg>");
}

/// A line through the points; it breaks where there is no value.
fn path(positions: &[f64], values: &[f64], frame: &Frame) -> String {
    let mut path = String::new();
    let mut broken = true;
    for (x, y) in positions.iter().zip(values) {
        if !x.is_finite() || !y.is_finite() || *x < frame.x.low() || *x > frame.x.high() {
            broken = true;
            continue;
        }
        let command = if broken { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", short(frame.x.at(*x)), short(frame.y.at(*y)));
        broken = false;
    }
    path
}
