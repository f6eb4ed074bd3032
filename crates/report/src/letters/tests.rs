//! The letters of one election: what they say, in which order, and that what comes from outside stays text.

use super::*;

const CODE: &str = "23456-789ABC-DEFGH-JKLMNP";

fn sheet(kind: LetterKind) -> LetterSheet<'static> {
    LetterSheet {
        election_title: "Election of the board",
        organiser: Some("The association"),
        authority: Some("room 12, +7 000 000 00 00"),
        opens: Some("1 October 2026, 09:00 (UTC+5)"),
        closes: Some("7 October 2026, 20:00 (UTC+5)"),
        vote_at: Some(VoteAt::Page("https://vote.example/Kd8zQ2mW5xR7nB")),
        check_address: Some("https://vote.example/Kd8zQ2mW5xR7nB/board"),
        credentials_fingerprint: "wjNH1vYrTzQb0bEfGm7q9kX2dS4uPcLa8RhZtMoVe5I",
        election_id: "Kd8zQ2mW5xR7nB",
        kind,
    }
}

fn letter(language: Language) -> Letter<'static> {
    Letter { number: 17, voter_id: "0042", name: Some("Voter 1"), language, weight: None, code: CODE, qr_text: CODE }
}

fn written(sheet: &LetterSheet<'_>, letter: &Letter<'_>) -> String {
    let mut out = String::new();
    Letters::new(sheet).letter(letter, &mut out).expect("the letter can be made");
    out
}

/// The document with the drawing of its QR code left out: another test reads that.
fn without_picture(document: &str) -> String {
    let (before, rest) = document.split_once("<path d=\"").expect("a picture");
    let (_, after) = rest.split_once('"').expect("its end");
    format!("{before}<path d=\"…\"{}", &after[1..])
}

#[test]
fn one_letter_in_each_language() {
    for (language, kind) in
        [(Language::En, LetterKind::First), (Language::Ru, LetterKind::Spare), (Language::Kk, LetterKind::First)]
    {
        let letter = Letter { weight: (language == Language::Ru).then_some("3"), ..letter(language) };
        let document = without_picture(&written(&sheet(kind), &letter));
        insta::with_settings!({ snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("letter-{language}"), document);
        });
    }
}

#[test]
fn the_cover_says_how_many_there_are_and_what_is_next() {
    let mut out = String::new();
    let cover = Cover { letters: 1_234, first: 1, last: 1_234, next: Some("The organiser") };
    let letters = Letters::new(&sheet(LetterKind::Spare));
    letters.cover(&cover, Language::Kk, &mut out);
    letters.cover(&Cover { letters: 1, ..cover }, Language::En, &mut out);
    insta::with_settings!({ snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("letters-cover", out);
    });
}

#[test]
fn every_text_is_found() {
    for language in Language::ALL {
        for kind in [LetterKind::First, LetterKind::Spare] {
            for vote_at in [None, Some(VoteAt::Page("p")), Some(VoteAt::Command("c"))] {
                let letters = Letters::new(&LetterSheet { vote_at, ..sheet(kind) });
                let mut out = String::new();
                letters.head(language, &mut out);
                letters.cover(&Cover { letters: 5, first: 1, last: 5, next: Some("n") }, language, &mut out);
                letters.letter(&Letter { weight: Some("2"), ..letter(language) }, &mut out).expect("a letter");
                letters.letter(&Letter { name: None, voter_id: "", ..letter(language) }, &mut out).expect("a letter");
                letters.foot(&mut out);
                // What has no text is shown by its identifier in brackets, and a value that is missing in braces.
                assert!(!out.contains("[letter") && !out.contains("{$") && !out.contains("{ $"), "{language}");
            }
        }
    }
}

#[test]
fn what_comes_from_outside_is_text_and_turns_nothing_around_it() {
    let evil = "</bdi><script>\"'&\u{202e}\u{0}\nאבג";
    let shown = "<bdi>&lt;/bdi&gt;&lt;script&gt;&quot;&#39;&amp; אבג</bdi>";
    let bare = LetterSheet {
        election_title: evil,
        organiser: Some(evil),
        authority: Some(evil),
        opens: Some(evil),
        closes: Some(evil),
        vote_at: Some(VoteAt::Command(evil)),
        check_address: Some(evil),
        credentials_fingerprint: evil,
        election_id: evil,
        kind: LetterKind::First,
    };
    let letters = Letters::new(&bare);
    let mut out = String::new();
    letters.head(Language::En, &mut out);
    letters.cover(&Cover { letters: 1, first: 1, last: 1, next: Some(evil) }, Language::En, &mut out);
    let person = Letter { voter_id: evil, name: Some(evil), weight: Some(evil), qr_text: evil, ..letter(Language::En) };
    letters.letter(&person, &mut out).expect("the code is well-formed");
    letters.foot(&mut out);
    assert!(!out.contains("<script") && !out.contains('\u{202e}') && !out.contains('\0'));
    // Two titles, two organisers, the next one, name, entry, two dates, weight.
    assert_eq!(out.matches(shown).count(), 10);
    assert_eq!(out.matches("<bdi").count(), out.matches("</bdi>").count());
}

#[test]
fn a_file_loads_nothing_and_runs_nothing() {
    let letters = Letters::new(&sheet(LetterKind::First));
    let mut out = String::new();
    letters.head(Language::Kk, &mut out);
    letters.letter(&letter(Language::Kk), &mut out).expect("a letter");
    letters.foot(&mut out);
    assert!(out.starts_with("<!doctype html>") && out.ends_with("</html>\n"));
    assert!(out.contains("default-src 'none'") && out.contains("@page { size: A4; margin: 0; }"));
    for loads in ["<script", "<img", "<link", "url(", "@import", " src=", " href="] {
        assert!(!out.contains(loads), "{loads}");
    }
}

#[test]
fn a_code_of_which_the_letter_would_say_something_wrong_is_refused() {
    let letters = Letters::new(&sheet(LetterKind::First));
    for code in ["", "2345-", "-2345", "2345--6789", "2345O", "2345I", "l2345", "02345", "2345 6789", "2345é"] {
        let mut out = String::new();
        let fault = letters.letter(&Letter { code, ..letter(Language::En) }, &mut out);
        assert_eq!(fault, Err(LetterFault::Code { number: 17 }), "{code:?}");
        assert_eq!(out, "");
    }
}

#[test]
fn a_picture_too_fine_for_a_camera_is_refused() {
    let letters = Letters::new(&sheet(LetterKind::First));
    let long = "x".repeat(qr::MOST_BYTES + 1);
    let mut out = String::new();
    let fault = letters.letter(&Letter { qr_text: &long, ..letter(Language::En) }, &mut out).expect_err("too long");
    assert_eq!(fault, LetterFault::QrTooLong { number: 17, bytes: 214 });
    assert_eq!(fault.to_string(), "the QR code of letter 17 would hold 214 bytes; at most 213 can be read from paper");
    assert_eq!(out, "");
}

#[test]
fn a_code_is_in_no_debugging_output() {
    let shown = format!("{:?}", letter(Language::En));
    assert!(!shown.contains(CODE) && shown.contains("17"), "{shown}");
}

#[test]
fn a_letter_takes_ten_kilobytes_at_most() {
    for language in Language::ALL {
        let address = format!("https://vote.example/Kd8zQ2mW5xR7nB/#{CODE}");
        let document = written(&sheet(LetterKind::Spare), &Letter { qr_text: &address, ..letter(language) });
        assert!(document.len() < 10_000, "{language}: {} bytes", document.len());
    }
}
