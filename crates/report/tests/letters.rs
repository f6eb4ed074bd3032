//! Letters in a browser: one page each, whatever is written on them, and in typefaces that have the letters.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use adil_report::Language;
use adil_report::letters::{Cover, Letter, LetterKind, LetterSheet, Letters, VoteAt};

/// Runs the browser on a page with one more switch and gives what it prints.
fn browser(chromium: &Path, folder: &Path, switches: &[&str], page: &Path) -> String {
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-quic", "--hide-scrollbars"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(switches)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Letters in all languages, first and spare: with as little on them as there may be, as usual, and with long texts
/// everywhere. A cover before, and how many pages there are.
fn document() -> (String, usize) {
    let title = "Выборы правления, ревизионной комиссии и председателя и голосование по уставу объединения ".repeat(4);
    let name = "Очень Длинное-Составное Имя Избирателя ".repeat(8);
    let unbroken = "Ұ".repeat(300);
    let usual = LetterSheet {
        election_title: "Басқарма мен тексеру комиссиясын сайлау",
        organiser: Some("Бірлестік"),
        authority: Some("сайлау комиссиясы, 12-бөлме, +7 000 000 00 00"),
        opens: Some("2026 жылғы 1 қазан, 09:00 (UTC+5)"),
        closes: Some("2026 жылғы 7 қазан, 20:00 (UTC+5)"),
        vote_at: Some(VoteAt::Page("https://vote.example/Kd8zQ2mW5xR7nB")),
        check_address: Some("https://vote.example/Kd8zQ2mW5xR7nB/board"),
        credentials_fingerprint: "wjNH1vYrTzQb0bEfGm7q9kX2dS4uPcLa8RhZtMoVe5I",
        election_id: "Kd8zQ2mW5xR7nB",
        kind: LetterKind::First,
    };
    let least = LetterSheet {
        organiser: None,
        authority: None,
        opens: None,
        closes: None,
        vote_at: None,
        check_address: None,
        ..usual
    };
    let most = LetterSheet {
        election_title: &title,
        organiser: Some(&name),
        authority: Some(
            "комиссия по выборам, комната 12, дом 345, +7 000 000 00 00, committee@association.example, по утрам \
             и в день голосования с 8 до 22 часов",
        ),
        vote_at: Some(VoteAt::Command(
            "adil election vote --board https://vote.example/elections/Kd8zQ2mW5xR7nB/board.bel --receipt my.tlog-proof",
        )),
        check_address: Some("https://vote.example/elections/of/the/association/in/2026/Kd8zQ2mW5xR7nB/board"),
        ..usual
    };
    let code = "23456-789ABC-DEFGH-JKLMNP";
    let address = format!("https://vote.example/Kd8zQ2mW5xR7nB/#{code}");
    let (mut out, mut pages) = (String::new(), 0);
    Letters::new(&usual).head(Language::Kk, &mut out);
    let people = [("", None, None), ("0042", Some("Әріптер: Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і"), None)];
    let long = [(name.as_str(), Some(name.as_str()), Some("12 345")), (&unbroken, Some(unbroken.as_str()), None)];
    for kind in [LetterKind::First, LetterKind::Spare] {
        for (sheet, people) in [(least, people), (usual, people), (most, long)] {
            let letters = Letters::new(&LetterSheet { kind, ..sheet });
            for language in Language::ALL {
                letters.cover(&Cover { letters: 2, first: 1, last: 2, next: sheet.organiser }, language, &mut out);
                for (voter_id, name, weight) in people {
                    let letter = Letter { number: 123_456, voter_id, name, language, weight, code, qr_text: &address };
                    letters.letter(&letter, &mut out).expect("a letter");
                }
                pages += 3;
            }
        }
    }
    Letters::new(&usual).foot(&mut out);
    (out, pages)
}

/// The document with a script that writes of each page by how many pixels its contents are too high and too wide.
fn probed(document: &str) -> String {
    let script = "<p id=p></p><script>p.textContent='over '+[...document.querySelectorAll('.letter')].map(a=>\
                  (a.scrollHeight-a.clientHeight)+' '+(a.scrollWidth-a.clientWidth)).join(',')+'.'</script></body>";
    document.replace("Content-Security-Policy", "none").replace("</body>", script)
}

#[test]
fn every_letter_is_a_page_and_nothing_on_it_is_cut_off() {
    let Some(chromium) = adil_outside::chromium("every_letter_is_a_page_and_nothing_on_it_is_cut_off") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "letters");
    let (document, pages) = document();
    let (page, print) = (folder.join("letters.html"), folder.join("letters.pdf"));
    // In the widest typeface of the style, and in what the browser chooses from it.
    let widest =
        document.replace("--sans: ", "--sans: \"DejaVu Sans\", ").replace("--serif: ", "--serif: \"DejaVu Serif\", ");
    assert_ne!(document, widest);
    for document in [&document, &widest] {
        fs::write(&page, probed(document)).expect("the folder is writable");
        let dom = browser(&chromium, &folder, &["--dump-dom"], &page);
        let over =
            dom.split("<p id=\"p\">over ").nth(1).and_then(|rest| rest.split('.').next()).expect("the probe ran");
        let over: Vec<&str> = over.split(',').collect();
        assert_eq!(over, vec!["0 0"; pages]);
        fs::write(&page, document).expect("the folder is writable");
        browser(&chromium, &folder, &[&format!("--print-to-pdf={}", print.display())], &page);
        let bytes = fs::read(&print).expect("it prints");
        assert_eq!(objects(&bytes, "/Type /Page\n").len(), pages);
    }
}

/// A browser takes a letter that a typeface lacks from another one, and embeds that as well.
#[test]
fn a_page_in_kazakh_needs_no_typeface_but_its_own() {
    let Some(chromium) = adil_outside::chromium("a_page_in_kazakh_needs_no_typeface_but_its_own") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "kazakh");
    let (page, print) = (folder.join("letters.html"), folder.join("letters.pdf"));
    let (document, _) = document();
    let mut families = Vec::new();
    for document in [document.clone(), without_kazakh(&document)] {
        fs::write(&page, document).expect("the folder is writable");
        browser(&chromium, &folder, &[&format!("--print-to-pdf={}", print.display())], &page);
        let bytes = fs::read(&print).expect("it prints");
        // `/BaseFont /ABCDEF+Name-Bold`
        let names = objects(&bytes, "/BaseFont /");
        let names = names.iter().filter_map(|name| name.split('+').nth(1)?.split(['-', '\n', ' ']).next());
        families.push(names.map(str::to_owned).collect::<BTreeSet<_>>());
    }
    assert!(!families[0].is_empty());
    assert_eq!(families[0], families[1]);
}

/// The same page with Russian letters in the place of those that Kazakh has beside them.
fn without_kazakh(document: &str) -> String {
    let plain = |letter| match letter {
        'Ә' | 'Ғ' | 'Қ' | 'Ң' | 'Ө' | 'Ұ' | 'Ү' | 'Һ' | 'І' => 'Ж',
        'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і' => 'ж',
        other => other,
    };
    document.chars().map(plain).collect()
}

/// What follows each place where a PDF names something: 60 bytes of it.
fn objects(pdf: &[u8], name: &str) -> Vec<String> {
    let places = pdf.windows(name.len()).enumerate().filter(|(_, window)| *window == name.as_bytes());
    let after = |at: usize| pdf.iter().skip(at + name.len()).take(60).copied().collect::<Vec<u8>>();
    places.map(|(at, _)| String::from_utf8_lossy(&after(at)).into_owned()).collect()
}
