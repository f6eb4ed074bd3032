//! The dossier of a station: on the terminal, as a page to print, as JSON.

use adil_finding::{Dossier, DossierLine, DossierSection, Message, Place};
use serde_json::{Map, Value as Json, json as object};

use crate::html::opening;
use crate::json;
use crate::markup::Markup;
use crate::terminal::wrap::Lines;
use crate::{Language, Texts};

/// The dossier as text in lines of at most `width` columns.
pub fn dossier_text(dossier: &Dossier, texts: &Texts, width: usize) -> String {
    let mut out = Lines::new(width.clamp(40, 120));
    out.wrapped(&title(dossier, texts), 0, 2);
    for section in &dossier.sections {
        out.blank();
        out.wrapped(&texts.format(&section.title), 0, 2);
        if section.lines.is_empty() {
            out.wrapped(&texts.format(&section.empty), 2, 4);
        }
        for line in &section.lines {
            out.wrapped(&said(line, texts), 2, 4);
            if let Some(place) = &line.place {
                out.wrapped(&stands(place, texts), 6, 8);
            }
        }
    }
    out.finish()
}

/// The dossier as a page of its own, to be printed.
pub fn dossier_html(dossier: &Dossier, texts: &Texts) -> String {
    let mut out = Markup::default();
    opening(&mut out, &title(dossier, texts), texts);
    out.raw("<body class=\"dossier\">\n<main>\n<header>\n").element("h1", &dossier.station).raw("\n<p>");
    out.text(&dossier.record);
    if let Some(date) = &dossier.date {
        out.text(", ").text(date);
    }
    out.raw("</p>\n</header>\n");
    for section in &dossier.sections {
        out.raw(&format!("<section id=\"{}\">\n", section.id)).element("h2", &texts.format(&section.title)).raw("\n");
        if section.lines.is_empty() {
            out.classed("p", "statement", &texts.format(&section.empty)).raw("\n");
        } else {
            table(&mut out, section, texts);
        }
        out.raw("</section>\n");
    }
    out.raw("<section id=\"inputs\">\n").element("h2", &texts.word("page-inputs")).raw("\n<ul>");
    for input in &dossier.inputs {
        out.raw("<li>").text(&input.path).raw(" <code>").text(&input.sha256).raw("</code></li>");
    }
    out.raw("</ul>\n</section>\n</main>\n</body>\n</html>\n");
    out.finish()
}

fn table(out: &mut Markup, section: &DossierSection, texts: &Texts) {
    let words = ["dossier-column-time", "dossier-column-said", "dossier-column-by", "dossier-column-from"];
    let words = words.map(|id| texts.word(id));
    out.raw("<div class=\"scroll\"><table>").columns(words.iter().map(String::as_str)).raw("<tbody>");
    for line in &section.lines {
        out.raw("<tr>").element("td", line.time.as_deref().unwrap_or_default());
        out.element("td", &texts.format(&line.statement));
        out.element("td", line.said_by.as_deref().unwrap_or_default());
        out.element("td", &line.place.as_ref().map_or_else(String::new, |place| stands(place, texts)));
        out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>\n");
}

/// The dossier as one JSON object; its texts are English.
pub fn dossier_json(dossier: &Dossier) -> String {
    let texts = Texts::new(Language::En);
    let sections = dossier.sections.iter().map(|section| {
        let lines: Vec<Json> = section.lines.iter().map(|line| line_json(line, &texts)).collect();
        object!({ "section": section.id, "title": texts.format(&section.title), "lines": lines })
    });
    let inputs = dossier.inputs.iter().map(json::input);
    let whole = object!({
        "adil": env!("CARGO_PKG_VERSION"),
        "record": { "title": dossier.record, "date": dossier.date, "inputs": inputs.collect::<Vec<_>>() },
        "station": dossier.station,
        "sections": sections.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn line_json(line: &DossierLine, texts: &Texts) -> Json {
    let mut object = Map::new();
    object.insert("statement".to_owned(), texts.format(&line.statement).into());
    for (name, text) in [("time", &line.time), ("said_by", &line.said_by)] {
        if let Some(text) = text {
            object.insert(name.to_owned(), text.as_str().into());
        }
    }
    if let Some(place) = &line.place {
        object.insert("place".to_owned(), json::place(place));
    }
    Json::Object(object)
}

fn title(dossier: &Dossier, texts: &Texts) -> String {
    let message = Message::new("dossier-title").with("station", dossier.station.as_str());
    texts.format(&message.with("record", dossier.record.as_str()))
}

fn said(line: &DossierLine, texts: &Texts) -> String {
    let who = line.said_by.as_ref().map_or_else(String::new, |who| format!("{who}: "));
    let when = line.time.as_ref().map_or_else(String::new, |time| format!("{time}  "));
    format!("{when}{who}{}", texts.format(&line.statement))
}

fn stands(place: &Place, texts: &Texts) -> String {
    let message = match place.row {
        Some(row) => Message::new("dossier-place").with("row", row),
        None => Message::new("dossier-place-file"),
    };
    texts.format(&message.with("input", place.input.as_str()))
}
