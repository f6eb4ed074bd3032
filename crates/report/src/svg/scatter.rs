//! Named points: the area of a circle stands for a weight, the farthest are named.

use adil_finding::{Message, Point, Scatter};

use super::frame::Frame;
use super::scale::in_table;
use super::{Drawing, short};
use crate::markup::Markup;

const HEIGHT: f64 = 460.0;
const LARGEST_RADIUS: f64 = 20.0;
const SMALLEST_RADIUS: f64 = 2.5;
/// Above so many points circles shrink, so that they do not hide each other.
const CROWDED: f64 = 100.0;
/// The most points named in the drawing.
const NAMED: usize = 12;
/// The height and the width of a letter of a name.
const LETTER: (f64, f64) = (14.0, 6.6);

pub(super) fn draw(out: &mut Markup, figure: &Scatter, drawing: &Drawing<'_>) {
    let texts = drawing.texts;
    let frame = Frame::new(&figure.x, &figure.y, HEIGHT, false, texts);
    let size = Message::new("figure-size").with("what", figure.size.clone());
    out.classed("p", "figure-text", &texts.format(&size));
    drawing.open(out, HEIGHT);
    frame.behind(out);
    let heaviest =
        figure.points.iter().map(|point| point.weight).filter(|weight| weight.is_finite()).fold(0.0, f64::max);
    let largest = LARGEST_RADIUS * (CROWDED / figure.points.len().max(1) as f64).min(1.0);
    let mut order: Vec<&Point> = figure.points.iter().filter(|point| is_drawn(point)).collect();
    // Small circles lie before large ones.
    order.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out.raw("<g class=\"points\">");
    for point in &order {
        let (x, y) = (short(frame.x.at(point.x)), short(frame.y.at(point.y)));
        let radius = short(radius(point.weight, heaviest, largest));
        out.raw(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>")).text(&point.name);
        let (across, up) = (in_table(point.x, &figure.x, texts), in_table(point.y, &figure.y, texts));
        out.text(&format!(": {across}; {up}")).raw("</title></circle>");
    }
    out.raw("</g>");
    frame.before(out);
    out.raw("<g class=\"named\">");
    for name in names(&order, heaviest, largest, &frame) {
        let (x, y, anchor) = (short(name.x), short(name.y), if name.leftward { "end" } else { "start" });
        out.raw(&format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">")).text(name.text).raw("</text>");
    }
    out.raw("</g></svg>");
}

fn is_drawn(point: &Point) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

fn radius(weight: f64, heaviest: f64, largest: f64) -> f64 {
    if heaviest <= 0.0 || weight.is_nan() || weight <= 0.0 {
        return SMALLEST_RADIUS;
    }
    (largest * (weight / heaviest).sqrt()).max(SMALLEST_RADIUS)
}

/// A name and where it is written.
struct Name<'a> {
    text: &'a str,
    x: f64,
    y: f64,
    leftward: bool,
}

impl Name<'_> {
    /// The horizontal and vertical room that it takes.
    fn room(&self) -> ((f64, f64), (f64, f64)) {
        let width = self.text.chars().count() as f64 * LETTER.1;
        let across = if self.leftward { (self.x - width, self.x) } else { (self.x, self.x + width) };
        (across, (self.y - LETTER.0, self.y))
    }

    fn overlaps(&self, other: &Name<'_>) -> bool {
        let ((left, right), (top, bottom)) = self.room();
        let ((other_left, other_right), (other_top, other_bottom)) = other.room();
        left < other_right && other_left < right && top < other_bottom && other_top < bottom
    }
}

/// The points farthest from the middle (the median of each axis, in units of its mean distance) that can be named
/// without one name lying on another.
fn names<'a>(points: &[&'a Point], heaviest: f64, largest: f64, frame: &Frame) -> Vec<Name<'a>> {
    let (across, up) = (Middle::of(points, |point| point.x), Middle::of(points, |point| point.y));
    let distance = |point: &Point| across.distance(point.x).hypot(up.distance(point.y));
    let mut order: Vec<&'a Point> = points.to_vec();
    order.sort_by(|a, b| distance(b).total_cmp(&distance(a)).then_with(|| a.name.cmp(&b.name)));
    let mut names: Vec<Name<'a>> = Vec::new();
    for point in order {
        let x = frame.x.at(point.x);
        let leftward = x > frame.left + 0.6 * (frame.right - frame.left);
        let shift = radius(point.weight, heaviest, largest) + 4.0;
        let x = if leftward { x - shift } else { x + shift };
        let name = Name { text: &point.name, x, y: frame.y.at(point.y) + 4.0, leftward };
        if names.iter().all(|other| !name.overlaps(other)) {
            names.push(name);
        }
        if names.len() == NAMED {
            break;
        }
    }
    names
}

/// The middle of an axis' values and how far they lie from it on average.
struct Middle {
    median: f64,
    spread: f64,
}

impl Middle {
    fn of(points: &[&Point], value: impl Fn(&Point) -> f64) -> Self {
        let mut values: Vec<f64> = points.iter().map(|point| value(point)).collect();
        values.sort_by(f64::total_cmp);
        let median = values.get(values.len() / 2).copied().unwrap_or(0.0);
        let spread = values.iter().map(|value| (value - median).abs()).sum::<f64>() / values.len().max(1) as f64;
        Self { median, spread }
    }

    fn distance(&self, value: f64) -> f64 {
        if self.spread > 0.0 { (value - self.median) / self.spread } else { 0.0 }
    }
}
