//! Figures drawn as SVG, each with a data table behind it; a timeline is a list and bars are a table, with drawings in
//! them.
//!
//! A drawing holds only shapes with classes; colours, dashes and fonts come from the page's one style sheet, so the
//! same drawing serves a light page, a dark page and paper. Nothing is told by colour alone: series differ by dash,
//! and every figure has a title, a description and its numbers in a table.

mod bars;
mod data;
mod frame;
mod grid;
mod histogram;
mod intervals;
mod lines;
mod map;
mod scale;
mod scatter;
mod timeline;

use adil_finding::{Figure, Message, Series, Side};

use crate::Texts;
use crate::markup::Markup;

/// The width of every drawing, in its own units; the page stretches it.
const WIDTH: f64 = 720.0;

/// Draws a figure with its title, legend and data table. `prefix` makes its identifiers unique in the page.
pub(crate) fn figure(out: &mut Markup, figure: &Figure, texts: &Texts, prefix: &str) {
    let (id, title, description) = match figure {
        Figure::Histogram(figure) => (figure.id, &figure.title, &figure.description),
        Figure::Grid(figure) => (figure.id, &figure.title, &figure.description),
        Figure::Lines(figure) => (figure.id, &figure.title, &figure.description),
        Figure::Scatter(figure) => (figure.id, &figure.title, &figure.description),
        Figure::Intervals(figure) => (figure.id, &figure.title, &figure.description),
        Figure::Map(figure) => (figure.id, &figure.title, &figure.description),
        // A list and a table by nature: they are read out as they stand.
        Figure::Timeline(figure) => return timeline::write(out, figure, texts),
        Figure::Bars(figure) => return bars::write(out, figure, texts),
    };
    let name = format!("{prefix}-{id}");
    out.raw("<figure>").raw(&format!("<figcaption id=\"{name}\">"));
    out.classed("span", "figure-title", &texts.format(title));
    out.classed("span", "figure-text", &texts.format(description)).raw("</figcaption>");
    let drawing = Drawing { texts, name: &name, title, description };
    match figure {
        Figure::Histogram(figure) => histogram::draw(out, figure, &drawing),
        Figure::Grid(figure) => grid::draw(out, figure, &drawing),
        Figure::Lines(figure) => lines::draw(out, figure, &drawing),
        Figure::Scatter(figure) => scatter::draw(out, figure, &drawing),
        Figure::Intervals(figure) => intervals::draw(out, figure, &drawing),
        Figure::Map(figure) => map::draw(out, figure, &drawing),
        Figure::Timeline(_) | Figure::Bars(_) => {}
    }
    data::table(out, figure, texts);
    out.raw("</figure>\n");
}

/// What every drawing needs beside its numbers.
struct Drawing<'a> {
    texts: &'a Texts,
    name: &'a str,
    title: &'a Message,
    description: &'a Message,
}

impl Drawing<'_> {
    /// The opening of the drawing, with what a screen reader says in its place.
    fn open(&self, out: &mut Markup, height: f64) {
        let name = self.name;
        out.raw(&format!(
            "<svg role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" aria-labelledby=\"{name}-t {name}-d\"><title id=\"{name}-t\">"
        ));
        out.text(&self.texts.format(self.title)).raw(&format!("</title><desc id=\"{name}-d\">"));
        out.text(&self.texts.format(self.description)).raw("</desc>");
    }
}

/// The class of a series: its colour and its dash.
fn class(side: Side) -> &'static str {
    match side {
        Side::Leader => "leader",
        Side::Others => "others",
        Side::Neutral => "neutral",
        Side::Expected => "expected",
    }
}

/// The names of the series beside samples of how they are drawn.
struct Legend {
    items: Vec<(&'static str, String)>,
}

impl Legend {
    fn new() -> Self {
        Self { items: Vec::new() }
    }

    fn area(&mut self, class: &'static str, label: String) {
        self.items.push((class, label));
    }

    /// Series drawn as lines.
    fn lines<'s>(&mut self, series: impl IntoIterator<Item = &'s Series>, texts: &Texts) {
        for one in series {
            let class = match one.side {
                Side::Leader => "line leader",
                Side::Others => "line others",
                Side::Neutral => "line neutral",
                Side::Expected => "line expected",
            };
            self.items.push((class, texts.format(&one.label)));
        }
    }

    fn write(self, out: &mut Markup) {
        if self.items.is_empty() {
            return;
        }
        out.raw("<ul class=\"legend\">");
        for (class, label) in &self.items {
            let shape = match class.split(' ').next() {
                Some("line" | "interval") => "M0 6h30",
                Some("bar") => "M15 0v12",
                _ => "M0 0h30v12h-30z",
            };
            let sample = format!(
                "<svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 30 12\"><path class=\"{class}\" d=\"{shape}\"/></svg>"
            );
            out.raw("<li>").raw(&sample).text(label).raw("</li>");
        }
        out.raw("</ul>");
    }
}

/// A coordinate with as many digits as can be seen.
fn short(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    // Minus zero would be written with its sign.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}
