//! Timelines: a list from the first event to the last, with a line down its side.

use adil_finding::{EventState, Timeline, TimelineEvent};

use crate::Texts;
use crate::markup::Markup;
use crate::values::event_word;

pub(super) fn write(out: &mut Markup, figure: &Timeline, texts: &Texts) {
    out.raw("<figure>").raw("<figcaption>");
    out.classed("span", "figure-title", &texts.format(&figure.title)).raw("</figcaption><ol class=\"timeline\">");
    for event in &figure.events {
        item(out, event, texts);
    }
    out.raw("</ol></figure>\n");
}

/// An event: its mark, its name, and what there is to know of it. How it stands is said in a word, too.
fn item(out: &mut Markup, event: &TimelineEvent, texts: &Texts) {
    let (class, shape) = match event.state {
        EventState::Done => ("done", "M6 10.3l2.8 2.8 5.2-5.8"),
        EventState::Wrong => ("wrong", "M6.6 6.6l6.8 6.8M13.4 6.6l-6.8 6.8"),
        EventState::ToCome => ("to-come", ""),
    };
    out.open("li", class)
        .raw("<svg aria-hidden=\"true\" viewBox=\"0 0 20 20\"><circle cx=\"10\" cy=\"10\" r=\"8.5\"/>");
    out.raw(&format!("<path d=\"{shape}\"/></svg><span class=\"event\"><bdi>"));
    out.text(&texts.format(&event.label)).raw("</bdi>");
    // What is done needs no word for those who see its mark.
    let class = if event.state == EventState::Done { "unseen" } else { "state" };
    out.raw(" ").classed("span", class, &texts.word(event_word(event.state))).raw("</span>");
    if let Some(detail) = &event.detail {
        out.raw(" ").classed("span", "detail", &texts.format(detail));
    }
    out.raw("</li>");
}
