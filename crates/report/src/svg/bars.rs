//! Bars: a table of names, counts and percentages, with a bar under each name.
//!
//! A name of any length is broken by the browser, which knows its writing and its direction; a drawing would have to
//! cut it.

use adil_finding::Bars;

use super::{WIDTH, short};
use crate::Texts;
use crate::markup::Markup;
use crate::values::part_of_longest;

/// Above this many rows a screen scrolls them in a window of their own; paper has all of them.
const TALL: usize = 24;

pub(super) fn write(out: &mut Markup, figure: &Bars, texts: &Texts) {
    out.raw("<figure>").raw("<figcaption>");
    out.classed("span", "figure-title", &texts.format(&figure.title)).raw("</figcaption>");
    let class = if figure.bars.len() > TALL { "scroll tall" } else { "scroll" };
    out.raw(&format!("<div class=\"{class}\" tabindex=\"0\"><table class=\"bars\">"));
    out.element("caption", &caption(figure, texts));
    let mut columns = vec![texts.word("figure-name"), texts.unit(figure.unit)];
    columns.extend(figure.of.is_some().then(|| texts.word("figure-share")));
    out.columns(columns.iter().map(String::as_str)).raw("<tbody>");
    let longest = figure.bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    for bar in &figure.bars {
        let class = if bar.marked { " class=\"marked\"" } else { "" };
        out.raw(&format!("<tr{class}><th scope=\"row\"><bdi>"));
        out.text(&texts.said(&bar.label)).raw("</bdi>");
        if bar.marked {
            out.raw(" <span class=\"set-off\" aria-hidden=\"true\">●</span> ");
            out.classed("span", "unseen", &texts.word("figure-set-off"));
        }
        let length = part_of_longest(bar.value, longest) * WIDTH;
        out.raw(&format!("<svg aria-hidden=\"true\" viewBox=\"0 0 {WIDTH} 10\" preserveAspectRatio=\"none\">"));
        out.raw(&format!("<path class=\"track\" d=\"M0 0H{WIDTH}V10H0z\"/>"));
        if bar.value > 0 {
            out.raw(&format!("<path class=\"length\" d=\"M0 0H{}V10H0z\"/>", short(length.max(1.0))));
        }
        out.raw("</svg></th>").classed("td", "number", &texts.count(bar.value));
        if let Some((of, _)) = &figure.of {
            out.classed("td", "number", &texts.share(bar.value, *of));
        }
        out.raw("</tr>");
    }
    out.raw("</tbody></table></div></figure>\n");
}

/// What a hundred percent are; without them, that the bars can be compared.
fn caption(figure: &Bars, texts: &Texts) -> String {
    match &figure.of {
        Some((of, what)) => texts.hundred(*of, what),
        None => texts.word("figure-bars-scale"),
    }
}
