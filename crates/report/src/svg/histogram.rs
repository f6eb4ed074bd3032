//! Histograms: what was counted as an area, what is compared with it as lines; marked bins as bars of another colour.

use std::fmt::Write as _;

use adil_finding::{Axis, Histogram, Message, Series, Side};

use super::frame::Frame;
use super::scale::label;
use super::{Drawing, Legend, class, short};
use crate::markup::Markup;

const HEIGHT: f64 = 360.0;

/// Where the bins at the two ends, which every small station with one voter less or more falls into, are this many
/// times as tall as all others, they are cut off and their height is written beside them.
const CUT_OFF: f64 = 1.3;

pub(super) fn draw(out: &mut Markup, figure: &Histogram, drawing: &Drawing<'_>) {
    let texts = drawing.texts;
    let cut = cut_off(figure);
    let tallest = figure.series.iter().flat_map(|series| &series.values).copied().filter(|v| v.is_finite());
    let high = cut.unwrap_or_else(|| tallest.fold(figure.y.high, f64::max));
    let y = Axis { high, ..figure.y.clone() };
    let frame = Frame::new(&figure.x, &y, HEIGHT, true, texts);

    let mut series: Vec<&Series> = figure.series.iter().collect();
    // The area is the first series that was counted; the sort is stable.
    series.sort_by_key(|series| series.side == Side::Expected);

    let mut legend = Legend::new();
    if let Some((area, lines)) = series.split_first() {
        legend.area(area_class(area.side), texts.format(&area.label));
        if !figure.marked.is_empty() {
            legend.area("bar", texts.word("figure-marked"));
        }
        legend.lines(lines.iter().copied(), texts);
    }
    legend.write(out);

    drawing.open(out, HEIGHT);
    frame.behind(out);
    if let Some((area, lines)) = series.split_first() {
        let outline = |series: &Series, closed| outline(&series.values, figure, &frame, closed);
        out.raw(&format!("<path class=\"{}\" d=\"{}\"/>", area_class(area.side), outline(area, true)));
        let bars = bars(&area.values, figure, &frame);
        if !bars.is_empty() {
            let width = short((frame.x.at(figure.first + figure.width) - frame.x.at(figure.first)).clamp(1.6, 6.0));
            out.raw(&format!("<path class=\"bar\" stroke-width=\"{width}\" d=\"{bars}\"/>"));
        }
        for line in lines {
            out.raw(&format!("<path class=\"line {}\" d=\"{}\"/>", class(line.side), outline(line, false)));
        }
    }
    frame.before(out);
    if let Some(high) = cut {
        let area = series.first().map_or(&[][..], |series| &series.values);
        heights(out, area, figure, high, &frame, drawing);
    }
    out.raw("</svg>");
}

fn area_class(side: Side) -> &'static str {
    match side {
        Side::Leader => "area leader",
        Side::Others => "area others",
        Side::Neutral => "area neutral",
        Side::Expected => "area expected",
    }
}

/// The steps of a histogram: closed on the axis for an area, open for a line. Bins outside the axis are not drawn.
fn outline(values: &[f64], figure: &Histogram, frame: &Frame, closed: bool) -> String {
    let mut path = String::new();
    let mut last = None;
    for (index, value) in values.iter().enumerate() {
        let centre = figure.first + index as f64 * figure.width;
        let (from, to) = (centre - figure.width / 2.0, centre + figure.width / 2.0);
        if !value.is_finite() || to <= frame.x.low() || from >= frame.x.high() {
            continue;
        }
        let (from, to, y) = (frame.x.at(from), frame.x.at(to), short(frame.y.at(*value)));
        match &last {
            None if closed => {
                let _ = write!(path, "M{} {}V{y}", short(from), short(frame.bottom));
            }
            None => {
                let _ = write!(path, "M{} {y}", short(from));
            }
            Some(before) if *before != y => {
                let _ = write!(path, "V{y}");
            }
            Some(_) => {}
        }
        let _ = write!(path, "H{}", short(to));
        last = Some(y);
    }
    if closed && last.is_some() {
        let _ = write!(path, "V{}z", short(frame.bottom));
    }
    path
}

fn bars(values: &[f64], figure: &Histogram, frame: &Frame) -> String {
    let marked = figure.marked.iter().filter_map(|&index| Some((index, *values.get(index)?)));
    let drawn = marked.filter(|(_, value)| value.is_finite() && *value > 0.0);
    let bars = drawn.map(|(index, value)| {
        let x = frame.x.at(figure.first + index as f64 * figure.width);
        format!("M{} {}V{}", short(x), short(frame.bottom), short(frame.y.at(value)))
    });
    bars.collect()
}

/// The height at which to cut, if the bins at the ends of the axis stand far above all others.
fn cut_off(figure: &Histogram) -> Option<f64> {
    let (mut ends, mut between) = (0f64, 0f64);
    for series in &figure.series {
        for (index, value) in series.values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
            let kind = if is_end(figure, index) { &mut ends } else { &mut between };
            *kind = kind.max(*value);
        }
    }
    (between > 0.0 && ends > CUT_OFF * between).then_some(between * 1.05)
}

fn is_end(figure: &Histogram, index: usize) -> bool {
    let centre = figure.first + index as f64 * figure.width;
    let near = |end: f64| (centre - end).abs() <= figure.width;
    near(figure.x.low) || near(figure.x.high)
}

/// The heights of the bins that were cut off, written beside them.
fn heights(out: &mut Markup, values: &[f64], figure: &Histogram, high: f64, frame: &Frame, drawing: &Drawing<'_>) {
    for (index, value) in values.iter().enumerate().filter(|(_, value)| **value > high) {
        let centre = figure.first + index as f64 * figure.width;
        let place = label(centre, figure.x.scale, 0, drawing.texts);
        let count = drawing.texts.numerals().plain(*value);
        let said = drawing.texts.format(&Message::new("figure-clipped").with("count", count).with("place", place));
        let middle = (frame.left + frame.right) / 2.0;
        let (x, anchor) =
            if frame.x.at(centre) > middle { (frame.right - 8.0, "end") } else { (frame.left + 8.0, "start") };
        let y = short(frame.top + 6.0);
        out.raw(&format!("<text class=\"note\" x=\"{}\" y=\"{y}\" text-anchor=\"{anchor}\">", short(x)));
        out.text(&said).raw("</text>");
    }
}
