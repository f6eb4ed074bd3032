//! The table behind a drawing, for those who cannot see it and those who want to compute with it.

use adil_finding::{Axis, Figure, Grid, Histogram, Intervals, Lines, Map, Message, Scatter};

use super::scale::in_table;
use crate::Texts;
use crate::markup::Markup;

/// A grid is added up into at most this many cells each way.
const COARSE: usize = 10;

pub(super) fn table(out: &mut Markup, figure: &Figure, texts: &Texts) {
    out.raw("<details class=\"data\"><summary>").text(&texts.word("figure-data")).raw("</summary>");
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table>");
    match figure {
        Figure::Histogram(figure) => histogram(out, figure, texts),
        Figure::Grid(figure) => grid(out, figure, texts),
        Figure::Lines(figure) => lines(out, figure, texts),
        Figure::Scatter(figure) => scatter(out, figure, texts),
        Figure::Intervals(figure) => intervals(out, figure, texts),
        Figure::Map(figure) => map(out, figure, texts),
        Figure::Timeline(_) | Figure::Bars(_) => {}
    }
    out.raw("</table></div></details>");
}

/// Every bin in which some series has a value.
fn histogram(out: &mut Markup, figure: &Histogram, texts: &Texts) {
    let title = format!("{}. {}", texts.format(&figure.title), texts.word("figure-histogram-full"));
    out.element("caption", &title);
    let x = texts.format(&figure.x.label);
    let series: Vec<String> = figure.series.iter().map(|series| texts.format(&series.label)).collect();
    let marked = (!figure.marked.is_empty()).then(|| texts.word("figure-marked"));
    let columns = std::iter::once(x.as_str()).chain(series.iter().map(String::as_str)).chain(marked.as_deref());
    out.columns(columns).raw("<tbody>");
    let marks: std::collections::BTreeSet<usize> = figure.marked.iter().copied().collect();
    let bins = figure.series.iter().map(|series| series.values.len()).max().unwrap_or(0);
    for bin in 0..bins {
        let values: Vec<f64> =
            figure.series.iter().map(|series| series.values.get(bin).copied().unwrap_or(0.0)).collect();
        if values.iter().all(|value| *value == 0.0) {
            continue;
        }
        let centre = figure.first + bin as f64 * figure.width;
        out.raw("<tr>").row_head(&in_table(centre, &figure.x, texts));
        numbers(out, &values, texts);
        if !marks.is_empty() {
            out.raw("<td>").raw(if marks.contains(&bin) { "●" } else { "" }).raw("</td>");
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
}

/// The cells added up in coarser ones; those that are empty are left out.
fn grid(out: &mut Markup, figure: &Grid, texts: &Texts) {
    let (columns, rows) = (figure.columns.min(COARSE), figure.rows.min(COARSE));
    let note = Message::new("figure-grid-coarse").with("columns", columns).with("rows", rows);
    out.element("caption", &format!("{}. {}", texts.format(&figure.title), texts.format(&note)));
    let names = [&figure.x.label, &figure.y.label, &figure.unit].map(|label| texts.format(label));
    out.columns(names.iter().map(String::as_str)).raw("<tbody>");
    let mut coarse = vec![0.0; columns * rows];
    for (index, cell) in figure.cells.iter().take(figure.columns * figure.rows).enumerate() {
        let (x, y) = (index % figure.columns, index / figure.columns);
        coarse[y * rows / figure.rows * columns + x * columns / figure.columns] += cell;
    }
    for (index, sum) in coarse.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
        let (x, y) = (index % columns, index / columns);
        out.raw("<tr>").row_head(&span(x, columns, figure.columns, &figure.x, texts));
        out.element("td", &span(y, rows, figure.rows, &figure.y, texts));
        numbers(out, &[*sum], texts);
        out.raw("</tr>");
    }
    out.raw("</tbody>");
}

/// The range of coarse cell `index` of `coarse`, which `fine` cells were added up into: cell `i` went to
/// `i * coarse / fine`, so its first is the least `i` with `i * coarse >= index * fine`.
fn span(index: usize, coarse: usize, fine: usize, axis: &Axis, texts: &Texts) -> String {
    let edge = |index: usize| {
        let first = (index * fine).div_ceil(coarse);
        axis.low + (axis.high - axis.low) * first as f64 / fine as f64
    };
    format!("{}–{}", in_table(edge(index), axis, texts), in_table(edge(index + 1), axis, texts))
}

fn lines(out: &mut Markup, figure: &Lines, texts: &Texts) {
    out.element("caption", &texts.format(&figure.title));
    let x = texts.format(&figure.x.label);
    let series: Vec<String> = figure.series.iter().map(|series| texts.format(&series.label)).collect();
    out.columns(std::iter::once(x.as_str()).chain(series.iter().map(String::as_str))).raw("<tbody>");
    for (index, position) in figure.positions.iter().enumerate() {
        out.raw("<tr>").row_head(&in_table(*position, &figure.x, texts));
        for series in &figure.series {
            let value = series.values.get(index).copied().filter(|value| value.is_finite());
            out.raw("<td>").text(&value.map_or(String::new(), |value| in_table(value, &figure.y, texts))).raw("</td>");
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
}

fn scatter(out: &mut Markup, figure: &Scatter, texts: &Texts) {
    out.element("caption", &format!("{}. {}", texts.format(&figure.title), texts.word("figure-extremes")));
    let name = texts.word("figure-name");
    let labels = [&figure.x.label, &figure.y.label, &figure.size].map(|label| texts.format(label));
    out.columns(std::iter::once(name.as_str()).chain(labels.iter().map(String::as_str))).raw("<tbody>");
    for point in &figure.points {
        out.raw("<tr>").row_head(&point.name);
        out.element("td", &in_table(point.x, &figure.x, texts));
        out.element("td", &in_table(point.y, &figure.y, texts));
        numbers(out, &[point.weight], texts);
        out.raw("</tr>");
    }
    out.raw("</tbody>");
}

fn intervals(out: &mut Markup, figure: &Intervals, texts: &Texts) {
    let title = texts.format(&figure.title);
    let caption = match &figure.reference {
        Some((value, label)) => format!("{title}. {}: {}", texts.format(label), in_table(*value, &figure.x, texts)),
        None => title,
    };
    out.element("caption", &caption);
    let (name, x) = (texts.word("figure-name"), texts.format(&figure.x.label));
    let spans: Vec<String> = figure.spans.iter().map(|span| texts.format(span)).collect();
    out.columns([name.as_str(), x.as_str()].into_iter().chain(spans.iter().map(String::as_str))).raw("<tbody>");
    for row in &figure.rows {
        out.raw("<tr>").row_head(&texts.said(&row.label));
        out.element("td", &in_table(row.value, &figure.x, texts));
        for span in 0..figure.spans.len() {
            let ends = row.spans.get(span).map(|(low, high)| [low, high].map(|end| in_table(*end, &figure.x, texts)));
            out.element("td", &ends.map_or(String::new(), |[low, high]| format!("{low}–{high}")));
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
}

/// The areas with their values, also those that no map has; then the points.
fn map(out: &mut Markup, figure: &Map, texts: &Texts) {
    out.element("caption", &texts.format(&figure.title));
    let name = texts.word("figure-name");
    if let Some(axis) = &figure.value {
        out.columns([name.as_str(), texts.format(&axis.label).as_str()]).raw("<tbody>");
        for area in &figure.areas {
            let value = area.value.map_or_else(|| texts.format(&figure.unvalued), |value| in_table(value, axis, texts));
            out.raw("<tr>").row_head(&area.name).element("td", &value).raw("</tr>");
        }
        out.raw("</tbody>");
    }
    if !figure.points.is_empty() {
        if figure.value.is_none() {
            out.columns([name.as_str(), texts.format(&figure.size).as_str()]);
        }
        out.raw("<tbody>");
        for point in &figure.points {
            out.raw("<tr>").row_head(&point.name);
            numbers(out, &[point.weight], texts);
            out.raw("</tr>");
        }
        out.raw("</tbody>");
    }
}

fn numbers(out: &mut Markup, values: &[f64], texts: &Texts) {
    for value in values {
        out.raw("<td>").text(&texts.numerals().plain(*value)).raw("</td>");
    }
}
