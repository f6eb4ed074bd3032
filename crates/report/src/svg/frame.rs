//! The frame of a drawing: two axes with ticks, grid lines and labels.

use adil_finding::{Axis, AxisScale};

use super::scale::{Scale, Ticks};
use super::{WIDTH, short};
use crate::Texts;
use crate::markup::Markup;

/// Where things lie in a drawing.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) height: f64,
    x_ticks: (Vec<f64>, Vec<String>),
    y_ticks: (Vec<f64>, Vec<String>),
    x_label: String,
    y_label: String,
}

/// Room for the label of the vertical axis, which stands above it and not on its side.
const TOP: f64 = 34.0;
/// Room for the ticks and the label of the horizontal axis.
const BELOW: f64 = 54.0;
const RIGHT: f64 = 22.0;
/// The width of a digit of a tick label, with some to spare.
const DIGIT: f64 = 7.6;

impl Frame {
    /// A frame of `height` in all. Whole counts on the vertical axis get no ticks between them.
    pub(super) fn new(x: &Axis, y: &Axis, height: f64, y_whole: bool, texts: &Texts) -> Self {
        let (top, bottom) = (TOP, height - BELOW);
        let y_scale = Scale::new(y.low, y.high, bottom, top);
        let ticks = y_scale.ticks(5);
        let ticks = if y_whole { ticks.whole() } else { ticks };
        let y_ticks = labelled(ticks, y.scale, texts);
        let longest = y_ticks.1.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let left = (14.0 + longest as f64 * DIGIT).max(40.0);
        let right = WIDTH - RIGHT;
        let x_scale = Scale::new(x.low, x.high, left, right);
        let x_ticks = labelled(x_scale.ticks(10), x.scale, texts);
        Self {
            x: x_scale,
            y: y_scale,
            left,
            right,
            top,
            bottom,
            height,
            x_ticks,
            y_ticks,
            x_label: texts.format(&x.label),
            y_label: texts.format(&y.label),
        }
    }

    /// What lies behind the data: grid lines.
    pub(super) fn behind(&self, out: &mut Markup) {
        let lines = self
            .y_ticks
            .0
            .iter()
            .map(|value| format!("M{} {}H{}", short(self.left), short(self.y.at(*value)), short(self.right)));
        out.raw("<path class=\"rule\" d=\"").raw(&lines.collect::<String>()).raw("\"/>");
    }

    /// What lies before the data: axes, ticks, labels.
    pub(super) fn before(&self, out: &mut Markup) {
        let (left, right, bottom) = (short(self.left), short(self.right), short(self.bottom));
        let ticks = self.x_ticks.0.iter().map(|value| format!("M{} {bottom}v5", short(self.x.at(*value))));
        let ticks: String = ticks.collect();
        out.raw(&format!("<path class=\"axis\" d=\"M{left} {bottom}H{right}{ticks}\"/><g class=\"ticks\">"));
        for (index, (value, label)) in self.x_ticks.0.iter().zip(&self.x_ticks.1).enumerate() {
            // Every other one gives way on a narrow screen.
            let class = if index % 2 == 1 { " class=\"spare\"" } else { "" };
            let (x, y) = (short(self.x.at(*value)), short(self.bottom + 22.0));
            out.raw(&format!("<text{class} x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">")).text(label).raw("</text>");
        }
        for (value, label) in self.y_ticks.0.iter().zip(&self.y_ticks.1) {
            let (x, y) = (short(self.left - 7.0), short(self.y.at(*value) + 4.0));
            out.raw(&format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">")).text(label).raw("</text>");
        }
        out.raw("</g><g class=\"names\">");
        out.raw("<text x=\"2\" y=\"14\">").text(&self.y_label).raw("</text>");
        let below = short(self.height - 8.0);
        out.raw(&format!("<text x=\"{right}\" y=\"{below}\" text-anchor=\"end\">"))
            .text(&self.x_label)
            .raw("</text></g>");
    }
}

fn labelled(ticks: Ticks, scale: AxisScale, texts: &Texts) -> (Vec<f64>, Vec<String>) {
    let labels = ticks.labels(scale, texts);
    (ticks.values, labels)
}
