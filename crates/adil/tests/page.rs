//! The page in a browser: it opens without network, fits a phone, and prints.

mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use program::{adil, text};

/// Runs the browser on a page with one more switch and gives what it prints.
fn browser(chromium: &Path, folder: &Path, switches: &[&str], page: &Path) -> String {
    let profile = folder.join("profile");
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-quic", "--hide-scrollbars"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(switches)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The width of a PNG, from its header.
fn png_size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).expect("the browser wrote the picture");
    assert_eq!(&bytes[1..4], b"PNG");
    let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    (number(16), number(20))
}

#[test]
fn the_page_opens_in_a_browser() {
    let Some(chromium) = adil_outside::chromium("the_page_opens_in_a_browser") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "page");
    let page = folder.join("report.html");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/kazakhstan-2007");
    assert_eq!(adil(&["check", "--html", text(&page), text(&example)]).status, 0);
    // A probe that a browser fills in: how wide the page wants to be at the width of a small phone.
    let probe = folder.join("probe.html");
    let frame = format!(
        "<!doctype html><iframe id=f width=320 height=900 src='file://{}'></iframe><p id=w></p><script>f.onload=()=>\
         {{try{{w.textContent='width '+f.contentDocument.documentElement.scrollWidth}}catch(e){{w.textContent='error '+e}}}}\
         </script>",
        page.display()
    );
    fs::write(&probe, frame).expect("the folder is writable");
    let switches = ["--allow-file-access-from-files", "--virtual-time-budget=4000", "--dump-dom"];
    let dom = browser(&chromium, &folder, &switches, &probe);
    let width: u32 =
        dom.split("width ").nth(1).and_then(|rest| rest.split('<').next()?.parse().ok()).expect("the probe ran");
    assert!(width <= 320, "the page is {width} pixels wide on a screen of 320");
    let document = browser(&chromium, &folder, &["--dump-dom"], &page);
    assert!(document.contains("355,886") && document.matches("<h1").count() == 1);
    let picture = folder.join("page.png");
    browser(&chromium, &folder, &["--window-size=1200,1600", &format!("--screenshot={}", picture.display())], &page);
    assert_eq!(png_size(&picture), (1200, 1600));
    let print = folder.join("page.pdf");
    browser(&chromium, &folder, &[&format!("--print-to-pdf={}", print.display())], &page);
    assert!(fs::read(&print).expect("it prints").starts_with(b"%PDF"));
}
