//! The page of the sample report: well-formed, self-contained, complete.

use std::collections::BTreeSet;

use super::*;
use crate::{Language, sample};

fn pages() -> Vec<MethodPage> {
    let markdown = "# stations/integers\n\nWhole percentages.\n\n## When it is wrong\n\n* small stations\n";
    ["stations/integers", "stations/never-ran"]
        .map(|check| MethodPage { check: CheckId(check), markdown: markdown.to_owned() })
        .to_vec()
}

fn page(report: &Report, language: Language) -> String {
    html(report, &Texts::new(language), &pages())
}

/// The opening tags of a document, after a check that every element is closed in its order.
fn tags(document: &str) -> Vec<String> {
    const EMPTY: [&str; 1] = ["!doctype"];
    let mut open: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    for piece in document.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("<{piece} is not closed"));
        let name = tag.trim_matches('/').split([' ', '\n']).next().unwrap_or_default().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "closed in the wrong order");
        } else {
            assert_eq!(tag.matches('"').count() % 2, 0, "an attribute of <{tag}> is not closed");
            tags.push(tag.to_owned());
            if !tag.ends_with('/') && !EMPTY.contains(&name.as_str()) {
                open.push(name);
            }
        }
        let styles = open.last().is_some_and(|name| name == "style");
        assert!(styles || !text.contains('>'), "a bare > in {text:?}");
    }
    assert_eq!(open, Vec::<String>::new());
    tags
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[test]
fn it_is_well_formed_and_has_one_title() {
    for language in Language::ALL {
        let tags = tags(&page(&sample::report(), language));
        assert_eq!(tags.iter().filter(|tag| *tag == "h1" || tag.starts_with("h1 ")).count(), 1);
        assert!(tags.contains(&format!("html lang=\"{language}\"")));
    }
}

#[test]
fn a_board_is_told_in_lists_and_tables_that_can_be_read_out() {
    for language in Language::ALL {
        tags(&page(&sample::board(true), language));
    }
    let document = page(&sample::board(false), Language::En);
    let tables = document.matches("<table").count();
    assert_eq!(document.matches("<caption>").count(), tables);
    let (_, events) = document.split_once("<ol class=\"timeline\">").expect("a timeline");
    let (events, _) = events.split_once("</ol>").expect("its end");
    let states = ["<li class=\"done\">", "<li class=\"wrong\">", "<li class=\"to-come\">"];
    assert_eq!(states.map(|state| events.matches(state).count()), [3, 1, 2]);
    for said in
        ["<bdi>3,000 ballots</bdi> <span class=\"unseen\">done</span>", ">wrong</span>", ">still to come</span>"]
    {
        assert!(events.contains(said), "{said}: {events}");
    }
    let (_, bars) = document.split_once("<table class=\"bars\">").expect("bars");
    let (bars, _) = bars.split_once("</table>").expect("their end");
    assert!(bars.starts_with("<caption>3,000 (counted ballots) = 100%</caption>"), "{bars}");
    assert_eq!(bars.matches("class=\"length\"").count(), 6, "a bar each, and none for nobody");
    for said in [
        "<bdi>דוד בן־גוריון</bdi>",
        "<bdi>محمد العلي</bdi>",
        "<bdi>Forged [2J line</bdi>",
        ">1,402</td>",
        ">46.7%</td>",
        ">marked</span>",
    ] {
        assert!(bars.contains(said), "{said}: {bars}");
    }
    let (_, recheck) = document.split_once("<div class=\"recheck\">").expect("a box");
    assert!(recheck.contains(">How do I check this without trusting adil?<"));
    assert!(recheck.contains("<code>sha256sum &#39;chess  club.bel&#39;</code>"), "spaces in a path are kept");
    assert!(!document.contains('\u{202e}'));
}

#[test]
fn it_loads_nothing_and_runs_nothing() {
    let document = page(&sample::report(), Language::En);
    for tag in tags(&document) {
        let name = tag.split(' ').next().unwrap_or_default();
        assert!(!["script", "link", "img", "iframe", "object", "embed", "base", "form"].contains(&name), "<{tag}>");
        for attribute_name in ["src", "srcset", "style", "onclick", "onload", "xlink:href"] {
            assert_eq!(attribute(&tag, attribute_name), None, "<{tag}>");
        }
    }
    for word in ["http:", "https:", "url(", "@import", "@font-face", "javascript:"] {
        assert!(!document.contains(word), "{word}");
    }
    assert!(document.contains("default-src 'none'"));
}

#[test]
fn identifiers_are_unique_and_every_link_leads_somewhere() {
    for report in [sample::report(), sample::report_of_contests(3), sample::board(true)] {
        let tags = tags(&page(&report, Language::Ru));
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| attribute(tag, "id")) {
            assert!(ids.insert(id), "{id} stands twice");
        }
        for target in tags.iter().filter_map(|tag| attribute(tag, "href")).filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains(target), "nothing is called {target}");
        }
        for names in tags.iter().filter_map(|tag| attribute(tag, "aria-labelledby")) {
            assert!(names.split(' ').all(|name| ids.contains(name)), "{names}");
        }
    }
}

#[test]
fn headings_leave_out_no_level() {
    for report in [sample::report(), sample::report_of_contests(3), sample::board(true)] {
        let mut last = 0;
        for tag in tags(&page(&report, Language::En)) {
            let name = tag.split(' ').next().unwrap_or_default();
            let level = name.strip_prefix('h').and_then(|level| level.parse::<u32>().ok());
            if let Some(level) = level {
                assert!(level <= last + 1, "h{level} after h{last}");
                last = level;
            }
        }
    }
}

#[test]
fn every_drawing_is_described_and_has_its_numbers_in_a_table() {
    let document = page(&sample::report(), Language::En);
    let drawings = document.matches("<svg role=\"img\"").count();
    assert_eq!(drawings, 4);
    assert_eq!(document.matches("</desc>").count(), drawings);
    assert_eq!(document.matches("<details class=\"data\">").count(), drawings);
    let tables = document.matches("<table").count();
    assert_eq!(document.matches("<caption>").count(), tables);
    assert!(document.contains("class=\"bar\""), "whole percentages are marked");
    assert!(document.contains("1,650 at 100%, beyond the scale"), "the spike is cut off and says so");
    assert!(!document.contains("NaN"));
}

#[test]
fn what_comes_from_an_input_is_text() {
    let document = page(&sample::report(), Language::En);
    assert!(document.contains("Side &lt;A&gt; &amp; Co"));
    assert!(!document.contains("Side <A>") && !document.contains('\u{1b}'));
}

#[test]
fn every_finding_and_its_numbers_are_told() {
    let report = sample::report();
    let document = page(&report, Language::En);
    assert_eq!(
        document.matches("<article").count(),
        report.findings.iter().filter(|f| f.subject.is_national()).count()
    );
    for expected in
        ["1,002.6", "11.37", "60.19%", "13,900,000 to 14,950,0", "below 0.0001", "row 41,377", "Northern[31m Hills"]
    {
        assert!(document.contains(expected), "{expected}");
    }
    assert!(document.contains("id=\"method-stations-integers\"") && !document.contains("never-ran"));
}

#[test]
fn what_is_undecided_stands_in_short_with_its_reason_and_a_link() {
    let document = page(&sample::report(), Language::En);
    let (_, table) = document.split_once("<table class=\"briefs\">").expect("a table");
    let (table, _) = table.split_once("</table>").expect("its end");
    let totals =
        "<a href=\"#c0-stations-totals\">Totals</a></th><td>turnout 60.19%</td><td class=\"why\">numbers only</td>";
    assert!(table.contains(totals), "{table}");
    assert!(!table.contains("#c0-stations-balance") && !table.contains("#c0-stations-mobile"), "{table}");
    assert_eq!(table.matches("<tr>").count(), 1 + 6, "a head, and a row for each that had data");
    let several = page(&sample::report_of_contests(3), Language::En);
    assert_eq!(several.matches("<table class=\"briefs\">").count(), 3);
}

#[test]
fn a_country_stays_below_three_megabytes() {
    let mut report = sample::report();
    let integers = report.findings.iter_mut().find(|finding| !finding.figures.is_empty()).expect("the sample draws");
    // Two histograms for each of two turnouts and a grid at the finest, beside what the sample has.
    integers.figures = vec![sample::histogram(); 4];
    integers.figures.push(sample::grid());
    let size = page(&report, Language::Ru).len();
    assert!(size < 1_000_000, "{size} bytes");
}
