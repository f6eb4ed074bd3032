//! Markdown to markup, with everything taken out that could load, run or restyle anything.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A Markdown text as HTML. Its headings begin at `top`; markup in it becomes text; pictures become their
/// description; links lead only to other sites' pages over http and https.
pub(super) fn to_html(markdown: &str, top: u8) -> String {
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    let mut dropped = Vec::new();
    let events = Parser::new_ext(markdown, options).filter_map(|event| tamed(event, top, &mut dropped));
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn tamed<'a>(event: Event<'a>, top: u8, dropped: &mut Vec<bool>) -> Option<Event<'a>> {
    match event {
        Event::Html(markup) | Event::InlineHtml(markup) => Some(Event::Text(markup)),
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: lowered(level, top),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lowered(level, top)))),
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let kept = ["https://", "http://"].iter().any(|scheme| dest_url.starts_with(scheme));
            dropped.push(!kept);
            let title = CowStr::Borrowed("");
            kept.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => (dropped.pop() != Some(true)).then_some(event),
        other => Some(other),
    }
}

fn lowered(level: HeadingLevel, top: u8) -> HeadingLevel {
    let level = usize::from(top) + level as usize - 1;
    HeadingLevel::try_from(level.min(6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_markup() {
        let markdown = "# Name\n\nA *word* and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let html = to_html(markdown, 4);
        assert!(html.starts_with("<h4>Name</h4>"), "{html}");
        assert!(html.contains("<em>word</em>") && html.contains("<td>1</td>"), "{html}");
    }

    #[test]
    fn nothing_that_loads_or_runs_gets_through() {
        let markdown = "<script>x</script>\n\n![picture](https://a.example/x.png) [l](javascript:x) <b onclick=x>\n\n\
                        [ok](https://a.example/)";
        let html = to_html(markdown, 4);
        for bad in ["<script", "<img", "javascript:", "<b "] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert!(html.contains("picture") && html.contains("<a href=\"https://a.example/\">ok</a>"), "{html}");
    }
}
