//! The page of one voter.
//!
//! What is the same for all voters of a language stands ready in a [`Form`]; a letter puts the voter, the code and its
//! picture between. Names from outside stand in elements of their own (`bdi`), never inside a sentence, so that one
//! written from right to left turns nothing around it.

use adil_finding::Message;

use super::{Letter, LetterFault, LetterKind, LetterSheet, VoteAt, qr};
use crate::Texts;
use crate::markup::Markup;

/// The letter in one language, but for the voter and the code.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) texts: Texts,
    /// From the top to the voter's name.
    head: String,
    /// When voting opens and closes: entries of a list that is still open.
    dates: String,
    /// From there to the code.
    before_code: String,
    /// Between the code and its picture.
    before_picture: String,
    /// From there to the letter's number.
    advice: String,
    /// From there to the end.
    foot: String,
    /// The title of the sheet for whoever prints the letters.
    pub(super) cover_title: String,
    /// What a voter compares with the board and with other voters.
    pub(super) marks: String,
    words: Words,
    /// How much room the letter's texts want, in characters of the advice.
    load: usize,
}

/// What stands beside the voter.
#[derive(Debug)]
struct Words {
    to: String,
    voter_id: String,
    by_hand: String,
    weight: String,
    picture: String,
}

impl Form {
    pub(super) fn new(sheet: &LetterSheet<'_>, texts: Texts) -> Self {
        let made = |write: fn(&mut Markup, &LetterSheet<'_>, &Texts)| {
            let mut out = Markup::default();
            write(&mut out, sheet, &texts);
            out.finish()
        };
        let words = Words {
            to: texts.word("letter-to"),
            voter_id: texts.word("letter-voter-id"),
            by_hand: texts.word("letter-by-hand"),
            weight: texts.word("letter-weight"),
            picture: texts.word("letter-qr-alt"),
        };
        Self {
            head: made(head),
            dates: made(dates),
            before_code: made(before_code),
            before_picture: made(before_picture),
            advice: made(advice),
            foot: made(foot),
            cover_title: made(|out, sheet, texts| title(out, sheet, &texts.word("letters-cover"))),
            marks: made(marks),
            load: load(sheet, &texts),
            words,
            texts,
        }
    }

    pub(super) fn write(&self, out: &mut Markup, letter: &Letter<'_>) -> Result<(), LetterFault> {
        let number = letter.number;
        if !letter.code.split('-').all(is_group) {
            return Err(LetterFault::Code { number });
        }
        let bytes = letter.qr_text.len();
        let picture = qr::encode(letter.qr_text).ok_or(LetterFault::QrTooLong { number, bytes })?;
        out.raw(&format!("<article class=\"letter\" lang=\"{}\" style=\"font-size:", self.texts.language()));
        out.raw(quarter_points(self.load + letter.weight.map_or(0, |_| WEIGHT))).raw("\">\n").raw(&self.head);
        self.person(out, letter);
        out.raw("<dl class=\"facts\">").raw(&self.dates);
        if let Some(weight) = letter.weight {
            fact(out, &self.words.weight, weight);
        }
        out.raw("</dl>\n</div>\n").raw(&self.before_code);
        for (index, group) in letter.code.split('-').enumerate() {
            out.raw(if index == 0 { "" } else { "-<wbr/>" }).text(group);
        }
        out.raw(&self.before_picture);
        qr::draw(out, &picture, &self.words.picture);
        out.raw(&self.advice).text(&self.texts.format(&Message::new("letter-number").with("number", number)));
        out.raw(&self.foot);
        Ok(())
    }

    /// To whom the letter goes; where nobody is named, a line to write on.
    fn person(&self, out: &mut Markup, letter: &Letter<'_>) {
        let words = &self.words;
        out.open("div", "to").classed("p", "label", &words.to);
        match (letter.name, letter.voter_id) {
            (None, "") => {
                out.raw("<p class=\"line\"></p>").classed("p", "id", &words.by_hand);
            }
            (None, id) => named(out, "name", id),
            (Some(name), "") => named(out, "name", name),
            (Some(name), id) => {
                named(out, "name", name);
                out.open("p", "id").text(&words.voter_id).raw(": ").element("bdi", id).close("p");
            }
        }
        out.close("div");
    }
}

/// What a line for the weight takes from the advice, in characters of it.
const WEIGHT: usize = 160;

/// The room for the advice, in characters at a size of a quarter point. It is an area, so that the size of a letter with
/// `n` characters is the largest whose square times `n` is within it. Found by measuring pages
/// in a browser with the widest of the style's typefaces; `tests/letters.rs` holds longer and shorter letters to it.
const ROOM: usize = 2_750_000;

/// The size of type, the largest that fits: 11 points and for long texts less.
fn quarter_points(load: usize) -> &'static str {
    const SIZES: [(usize, &str); 11] = [
        (44, "11pt"),
        (43, "10.75pt"),
        (42, "10.5pt"),
        (41, "10.25pt"),
        (40, "10pt"),
        (39, "9.75pt"),
        (38, "9.5pt"),
        (37, "9.25pt"),
        (36, "9pt"),
        (35, "8.75pt"),
        (34, "8.5pt"),
    ];
    SIZES.iter().find(|(size, _)| size * size * load <= ROOM).map_or("8pt", |(_, name)| name)
}

/// The room that a letter wants: the characters of the advice, and what other parts take from it when they grow.
fn load(sheet: &LetterSheet<'_>, texts: &Texts) -> usize {
    let mut written = Markup::default();
    advice(&mut written, sheet, texts);
    let markup = written.finish();
    let mut sections = markup.split("</section>").map(|section| {
        section.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.chars().count()).sum::<usize>()
    });
    // What stands before the first is the end of the box with the code, as long in every letter.
    let [_, left, right, wide] = [(); 4].map(|()| sections.next().unwrap_or(0));
    // Two columns side by side are as high as the longer one.
    let advice = 2 * left.max(right) + wide;
    // A second and a third line of the title, and dates that do not fit in a line, each as wide as the page.
    let title = match sheet.election_title.chars().count() {
        0..=55 => 0,
        56..=110 => 170,
        _ => 340,
    };
    let date = |date: Option<&str>| if date.is_some_and(|date| date.chars().count() > 28) { 20 } else { 0 };
    let replaces = match sheet.kind {
        LetterKind::First => 0,
        LetterKind::Spare => 200,
    };
    advice + title + date(sheet.opens) + date(sheet.closes) + replaces
}

/// A group of a code: digits and letters of base58, which leaves out `0`, `O`, `I` and `l`.
fn is_group(group: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l');
    !group.is_empty() && group.bytes().all(allowed)
}

fn head(out: &mut Markup, sheet: &LetterSheet<'_>, texts: &Texts) {
    out.raw("<header>");
    let kind = match sheet.kind {
        LetterKind::First => "letter-kind",
        LetterKind::Spare => "letter-kind-spare",
    };
    title(out, sheet, &texts.word(kind));
    out.raw("</header>\n<div class=\"who\">");
}

/// Who writes, what the sheet is, and of which election.
fn title(out: &mut Markup, sheet: &LetterSheet<'_>, kind: &str) {
    out.open("p", "over").open("span", "organiser");
    if let Some(organiser) = sheet.organiser {
        out.element("bdi", organiser);
    }
    out.close("span").classed("span", "kind", kind).close("p");
    out.raw("<h1>").element("bdi", sheet.election_title).close("h1");
}

fn dates(out: &mut Markup, sheet: &LetterSheet<'_>, texts: &Texts) {
    for (word, date) in [("letter-opens", sheet.opens), ("letter-closes", sheet.closes)] {
        if let Some(date) = date {
            fact(out, &texts.word(word), date);
        }
    }
}

fn before_code(out: &mut Markup, sheet: &LetterSheet<'_>, texts: &Texts) {
    if sheet.kind == LetterKind::Spare {
        out.classed("p", "replaces", &texts.word("letter-replaces")).raw("\n");
    }
    out.raw("<section class=\"secret\">\n<div>").element("h2", &texts.word("letter-code"));
    out.open("p", "code").raw("<code translate=\"no\">");
}

fn before_picture(out: &mut Markup, _: &LetterSheet<'_>, texts: &Texts) {
    out.raw("</code></p>").open("p", "note").text(&texts.word("letter-code-note")).raw(" ");
    out.text(&texts.word("letter-qr")).close("p");
    out.raw("</div>\n<figure>");
}

/// What follows the picture of the code: how to vote and to check, and what to do when something goes wrong.
fn advice(out: &mut Markup, sheet: &LetterSheet<'_>, texts: &Texts) {
    let word = |id| texts.word(id);
    out.raw("</figure>\n</section>\n<div class=\"advice\">\n");

    out.raw("<section>").element("h2", &word("letter-vote")).raw("<ol>");
    match sheet.vote_at {
        Some(VoteAt::Page(address)) => {
            out.raw("<li>").text(&word("letter-vote-page"));
            place(out, address);
            out.raw("</li>");
        }
        Some(VoteAt::Command(command)) => {
            out.raw("<li>").text(&word("letter-vote-command"));
            out.raw(" <code dir=\"ltr\" translate=\"no\">").command(command).raw("</code></li>");
        }
        None => {
            out.element("li", &word("letter-vote-unknown"));
        }
    }
    for step in ["letter-vote-type", "letter-vote-choose", "letter-vote-keep"] {
        out.element("li", &word(step));
    }
    out.raw("</ol>").classed("p", "strong", &word("letter-vote-again"));
    out.element("h2", &word("letter-limits")).element("p", &word("letter-limits-text")).raw("</section>\n");

    out.raw("<section>").element("h2", &word("letter-lost"));
    out.raw("<p><strong>").text(&word("letter-lost-tell")).raw("</strong>");
    if let Some(authority) = sheet.authority {
        out.raw(" ").text(&word("letter-lost-contact")).raw(" ").classed("bdi", "contact", authority).raw(".");
    }
    out.raw(" ").text(&word("letter-lost-then")).raw("</p>");
    out.element("h2", &word("letter-secret")).element("p", &word("letter-secret-text")).raw("</section>\n");

    out.raw("<section class=\"wide\">").element("h2", &word("letter-check")).raw("<ul>");
    out.raw("<li>").text(&word("letter-check-tracker"));
    if let Some(address) = sheet.check_address {
        out.raw(" ").text(&word("letter-check-address"));
        place(out, address);
    }
    out.raw("</li>");
    for step in ["letter-check-receipt", "letter-check-audit"] {
        out.element("li", &word(step));
    }
    out.raw("</ul></section>\n</div>\n<footer>").open("p", "number");
}

fn foot(out: &mut Markup, sheet: &LetterSheet<'_>, texts: &Texts) {
    out.raw("</p>\n");
    marks(out, sheet, texts);
    out.raw("</footer>\n</article>\n");
}

/// What a voter compares with the board and with other voters.
fn marks(out: &mut Markup, sheet: &LetterSheet<'_>, texts: &Texts) {
    out.raw("<dl class=\"marks\">");
    let both = [("letter-election", sheet.election_id), ("letter-fingerprint", sheet.credentials_fingerprint)];
    for (word, mark) in both {
        out.raw("<div>").element("dt", &texts.word(word)).raw("<dd><code translate=\"no\">").text(mark);
        out.raw("</code></dd></div>");
    }
    out.raw("</dl>").element("p", &texts.word("letter-foot"));
}

/// An address, which is read from left to right wherever it stands.
fn place(out: &mut Markup, address: &str) {
    out.raw(" <code dir=\"ltr\" translate=\"no\">").text(address).raw("</code>");
}

fn named(out: &mut Markup, class: &str, text: &str) {
    out.open("p", class).element("bdi", text).close("p");
}

fn fact(out: &mut Markup, word: &str, text: &str) {
    out.raw("<div>").element("dt", word).raw("<dd>").element("bdi", text).raw("</dd></div>");
}
