//! Values with intervals around them, a row each: the narrowest interval is the thickest stroke, the value a dot, and what all are compared
//! with a line from top to bottom.

use adil_finding::{Intervals, Side};

use super::scale::{Scale, in_table};
use super::{Drawing, Legend, WIDTH, class, short};
use crate::markup::Markup;

/// The height of a row: its name above its intervals.
const ROW: f64 = 50.0;
/// Where name and intervals lie in a row.
const NAME: f64 = 18.0;
const STROKE: f64 = 34.0;
/// Room below the rows for ticks and the name of the axis, and on both sides.
const BELOW: f64 = 52.0;
const ASIDE: f64 = 26.0;
const TOP: f64 = 8.0;
/// The dot of a value.
const DOT: f64 = 5.5;

pub(super) fn draw(out: &mut Markup, figure: &Intervals, drawing: &Drawing<'_>) {
    let texts = drawing.texts;
    let mut legend = Legend::new();
    for (width, span) in figure.spans.iter().enumerate() {
        legend.area(stroke(width), texts.format(span));
    }
    if let Some((_, label)) = &figure.reference {
        legend.area("line expected", texts.format(label));
    }
    legend.write(out);
    let bottom = TOP + figure.rows.len() as f64 * ROW;
    let height = bottom + BELOW;
    let x = Scale::new(figure.x.low, figure.x.high, ASIDE, WIDTH - ASIDE);
    drawing.open(out, height);
    if let Some((value, _)) = figure.reference.as_ref().filter(|(value, _)| value.is_finite()) {
        let (at, top, bottom) = (short(x.at(*value)), short(TOP), short(bottom));
        out.raw(&format!("<path class=\"line {}\" d=\"M{at} {top}V{bottom}\"/>", class(Side::Expected)));
    }
    for (row, number) in figure.rows.iter().zip(0u32..) {
        let top = TOP + f64::from(number) * ROW;
        let line = short(top + STROKE);
        out.raw(&format!("<g class=\"named\"><text x=\"{}\" y=\"{}\">", short(ASIDE), short(top + NAME)));
        out.text(&texts.said(&row.label)).raw("</text></g>");
        // The widest lies behind.
        for (width, (low, high)) in row.spans.iter().enumerate().rev() {
            let (from, to) = (short(x.at(*low)), short(x.at(*high)));
            out.raw(&format!("<path class=\"{}\" d=\"M{from} {line}H{to}\"/>", stroke(width)));
        }
        if row.value.is_finite() {
            let at = short(x.at(row.value));
            out.raw(&format!("<circle class=\"dot\" cx=\"{at}\" cy=\"{line}\" r=\"{DOT}\"><title>"));
            out.text(&format!("{}: {}", texts.said(&row.label), in_table(row.value, &figure.x, texts)));
            out.raw("</title></circle>");
        }
    }
    let ticks = x.ticks(8);
    let labels = ticks.labels(figure.x.scale, texts);
    let marks: String =
        ticks.values.iter().map(|value| format!("M{} {}v5", short(x.at(*value)), short(bottom))).collect();
    let (left, right) = (short(ASIDE), short(WIDTH - ASIDE));
    out.raw(&format!("<path class=\"axis\" d=\"M{left} {}H{right}{marks}\"/><g class=\"ticks\">", short(bottom)));
    for (index, (value, label)) in ticks.values.iter().zip(&labels).enumerate() {
        let spare = if index % 2 == 1 { " class=\"spare\"" } else { "" };
        let (at, below) = (short(x.at(*value)), short(bottom + 21.0));
        out.raw(&format!("<text{spare} x=\"{at}\" y=\"{below}\" text-anchor=\"middle\">")).text(label).raw("</text>");
    }
    out.raw(&format!("</g><g class=\"names\"><text x=\"{right}\" y=\"{}\" text-anchor=\"end\">", short(height - 8.0)));
    out.text(&texts.format(&figure.x.label)).raw("</text></g></svg>");
}

/// The class of an interval by its place among those of its row.
fn stroke(width: usize) -> &'static str {
    if width == 0 { "interval inner" } else { "interval outer" }
}
