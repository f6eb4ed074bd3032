//! Maps: areas in shades of their values, points on them, in an equal-area projection.
//!
//! Lambert's azimuthal equal-area projection about the middle of what is drawn (Snyder, "Map projections: a working manual", USGS 1395,
//! 1987, equations 24-2 to 24-4): an area is as large as its ground, whatever its latitude. Outlines lose what cannot be seen
//! (`outline`), so that a map of any size stays below [`outline::MOST_BYTES`].

mod outline;
mod projection;

use adil_finding::{AxisScale, Map, MapPoint, Message};

use self::outline::{Outlines, path};
use self::projection::{Projection, together};
use super::scale::{Scale, label};
use super::{Drawing, WIDTH, short};
use crate::markup::Markup;

/// Shades that the style sheet has; fewer are spread over them.
const SHADES: usize = 8;
/// About how many steps of value are shown.
const STEPS: usize = 6;
const LARGEST_RADIUS: f64 = 9.0;
const SMALLEST_RADIUS: f64 = 1.8;
/// Above so many points circles shrink, so that they do not hide each other.
const CROWDED: f64 = 60.0;
/// Room below the map for the scale of distances.
const BELOW: f64 = 34.0;

pub(super) fn draw(out: &mut Markup, figure: &Map, drawing: &Drawing<'_>) {
    let texts = drawing.texts;
    let shades = Shades::of(figure);
    let near = together(figure);
    legend(out, figure, shades.as_ref(), drawing);
    if near.len() < figure.points.len() {
        let far = Message::new("figure-map-far").with("points", figure.points.len() - near.len());
        out.classed("p", "figure-text", &texts.format(&far));
    }
    let Some(projection) = Projection::of(figure, &near, WIDTH) else { return };
    let height = projection.height + BELOW;
    let about = Message::new("figure-map-projection")
        .with("latitude", degrees(projection.latitude, texts.word("figure-north"), texts.word("figure-south")))
        .with("longitude", degrees(projection.longitude, texts.word("figure-east"), texts.word("figure-west")));
    out.classed("p", "figure-text", &texts.format(&about));
    drawing.open(out, short(height).parse().unwrap_or(height));
    let name = drawing.name;
    out.raw(&format!(
        "<defs><pattern id=\"{name}-none\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"scale(10)\"><path class=\"hatch\" d=\"M-1 8L8 -1M-1 1L1 -1M6 8L8 6\"/></pattern></defs>"
    ));
    // Coordinates are whole tenths of a unit, which is as much as can be seen and takes fewer letters.
    out.raw("<g class=\"areas\" transform=\"scale(.1)\">");
    let outlines = Outlines::of(figure, &projection);
    for (area, rings) in figure.areas.iter().zip(&outlines.areas).filter(|(_, rings)| !rings.is_empty()) {
        let shade = shades.as_ref().zip(area.value).map(|(shades, value)| shades.shade(value));
        let drawn = path(rings);
        match (shade, &figure.value) {
            (Some(shade), _) => out.raw(&format!("<path class=\"s{shade}\" d=\"{drawn}\"><title>")),
            (None, Some(_)) => out.raw(&format!("<path class=\"blank\" d=\"{drawn}\"><title>")),
            (None, None) => out.raw(&format!("<path class=\"plain\" d=\"{drawn}\"><title>")),
        };
        match &figure.value {
            Some(axis) => {
                let value = area.value.map(|value| label(value, axis.scale, decimals(axis.scale), texts));
                let value = value.unwrap_or_else(|| texts.format(&figure.unvalued));
                out.text(&format!("{}: {value}", area.name));
            }
            None => {
                out.text(&area.name);
            }
        }
        out.raw("</title></path>");
        if shade.is_none() && figure.value.is_some() {
            // Hatched over the colour of the page.
            out.raw(&format!("<path class=\"none\" fill=\"url(#{name}-none)\" d=\"{drawn}\"/>"));
        }
    }
    out.raw("</g>");
    points(out, near, &projection, drawing);
    distances(out, &projection, drawing);
    out.raw("</svg>");
}

fn points(out: &mut Markup, mut points: Vec<&MapPoint>, projection: &Projection, drawing: &Drawing<'_>) {
    let weights = points.iter().map(|point| point.weight).filter(|weight| weight.is_finite());
    let heaviest = weights.fold(0.0, f64::max);
    let largest = LARGEST_RADIUS * (CROWDED / points.len().max(1) as f64).min(1.0).sqrt();
    // Small circles lie before large ones.
    points.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out.raw("<g class=\"points\">");
    for point in points {
        let Some((x, y)) = projection.at(point.longitude, point.latitude) else { continue };
        let part = if heaviest > 0.0 && point.weight > 0.0 { (point.weight / heaviest).sqrt() } else { 0.0 };
        let radius = (largest * part).max(SMALLEST_RADIUS);
        let (x, y, radius) = (short(x), short(y), short(radius));
        out.raw(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>"));
        let weight = drawing.texts.numerals().plain(point.weight);
        out.text(&format!("{}: {weight}", point.name)).raw("</title></circle>");
    }
    out.raw("</g>");
}

/// A round distance at the middle of the map, where the projection keeps it.
fn distances(out: &mut Markup, projection: &Projection, drawing: &Drawing<'_>) {
    const WANTED: f64 = 150.0;
    let most = WANTED / projection.units_per_kilometre;
    if !most.is_finite() || most <= 0.0 {
        return;
    }
    let power = 10f64.powf(most.log10().floor());
    let round = [5.0, 2.0, 1.0].into_iter().map(|times| times * power).find(|round| *round <= most).unwrap_or(power);
    let (y, end) = (short(projection.height + 14.0), short(8.0 + round * projection.units_per_kilometre));
    out.raw(&format!("<path class=\"axis\" d=\"M8 {y}H{end}m0 -4v8M8 {y}m0 -4v8\"/>"));
    let said = Message::new("figure-kilometres").with("distance", drawing.texts.numerals().plain(round));
    out.raw(&format!("<text x=\"8\" y=\"{}\">", short(projection.height + 31.0)));
    out.text(&drawing.texts.format(&said)).raw("</text>");
}

fn legend(out: &mut Markup, figure: &Map, shades: Option<&Shades>, drawing: &Drawing<'_>) {
    let texts = drawing.texts;
    if let (Some(shades), Some(axis)) = (shades, &figure.value) {
        let what = Message::new("figure-map-shades").with("what", axis.label.clone());
        out.raw("<div class=\"shades\">").element("span", &texts.format(&what)).raw("<ol>");
        let labels = shades.labels(axis.scale, texts);
        for (step, ends) in labels.windows(2).enumerate() {
            let [from, to] = ends else { continue };
            let sample = "<svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 30 12\"><path class=\"s";
            out.raw("<li>").raw(sample).raw(&format!("{}\" d=\"M0 0h30v12h-30z\"/></svg>", shades.class(step)));
            out.text(&format!("{from}–{to}")).raw("</li>");
        }
        if figure.areas.iter().any(|area| area.value.is_none() && !area.polygons.is_empty()) {
            out.raw("<li><svg class=\"key areas\" aria-hidden=\"true\" viewBox=\"0 0 30 12\"><path class=\"hatch\" d=\"M0 12L12 0M9 12L21 0M18 12L30 0\"/></svg>");
            out.text(&texts.format(&figure.unvalued)).raw("</li>");
        }
        out.raw("</ol></div>");
    }
    if !figure.points.is_empty() {
        let size = Message::new("figure-size").with("what", figure.size.clone());
        out.classed("p", "figure-text", &texts.format(&size));
    }
    for note in &figure.notes {
        out.classed("p", "figure-text", &texts.format(note));
    }
}

fn decimals(scale: AxisScale) -> u8 {
    match scale {
        AxisScale::Fraction => 1,
        AxisScale::Number => 0,
    }
}

/// `43.2° N`.
fn degrees(angle: f64, positive: String, negative: String) -> String {
    let side = if angle < 0.0 { negative } else { positive };
    format!("{}°\u{a0}{side}", (angle.abs() * 10.0).round() / 10.0)
}

/// Steps of value between round numbers, each with a shade.
struct Shades {
    edges: Vec<f64>,
    step: f64,
}

impl Shades {
    /// `None` where no area has a value.
    fn of(figure: &Map) -> Option<Self> {
        let axis = figure.value.as_ref()?;
        figure.areas.iter().find_map(|area| area.value)?;
        // A range of one value is a step around it.
        let least = if axis.scale == AxisScale::Fraction { 0.01 } else { 1.0 };
        let (low, high) = (axis.low, axis.high.max(axis.low + least));
        let ticks = Scale::new(low, high, 0.0, 1.0).ticks(STEPS);
        let first = (low / ticks.step + 1e-9).floor();
        let last = (high / ticks.step - 1e-9).ceil().max(first + 1.0).min(first + 2.0 * SHADES as f64);
        let steps = (last - first) as usize;
        Some(Self { edges: (0..=steps).map(|step| (first + step as f64) * ticks.step).collect(), step: ticks.step })
    }

    fn steps(&self) -> usize {
        self.edges.len().saturating_sub(1).max(1)
    }

    /// The number of a step's shade in the style sheet.
    fn class(&self, step: usize) -> usize {
        let last = self.steps() - 1;
        if last == 0 { SHADES / 2 } else { (2 * step.min(last) * (SHADES - 1) + last) / (2 * last) }
    }

    fn shade(&self, value: f64) -> usize {
        let above = self.edges.iter().skip(1).filter(|edge| value >= **edge - self.step * 1e-9).count();
        self.class(above)
    }

    fn labels(&self, scale: AxisScale, texts: &crate::Texts) -> Vec<String> {
        super::scale::Ticks { step: self.step, values: self.edges.clone() }.labels(scale, texts)
    }
}

#[cfg(test)]
mod tests;
