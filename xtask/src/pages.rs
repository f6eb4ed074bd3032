//! `cargo xtask pages`: a walk through all pages of `adil serve --demo` in Chromium, with pictures of each: telephone and
//! desk, light and dark, in every language. It fails where a page scrolls sideways, shows the key of a text or a word of
//! another language, or where the browser complains; with `--axe` also where axe-core finds a rule of WCAG 2.2 A or AA
//! broken. The walk itself is `web/test/pages.test.ts`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench;

/// Where browsers are found when `ADIL_CHROMIUM` names none.
const BROWSERS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

struct Options {
    out: PathBuf,
    axe: bool,
    languages: String,
}

fn options(root: &Path, words: &[&str]) -> Result<Options, String> {
    let mut options = Options { out: root.join("web/out/pages"), axe: false, languages: "en,ru,kk".to_owned() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match *word {
            "--out" => options.out = PathBuf::from(value()?),
            "--languages" => options.languages = (*value()?).to_owned(),
            "--axe" => options.axe = true,
            other => return Err(format!("cargo xtask pages [--out DIR] [--axe] [--languages en,ru,kk]; not {other}")),
        }
    }
    // The walk runs in another folder.
    options.out = env::current_dir().map_err(|error| error.to_string())?.join(&options.out);
    Ok(options)
}

/// Runs a program, which must succeed.
fn done(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}

pub(crate) fn run(root: &Path, words: &[&str]) -> Result<String, String> {
    let options = options(root, words)?;
    let browser = match env::var_os("ADIL_CHROMIUM") {
        Some(own) => PathBuf::from(own),
        None => {
            BROWSERS.iter().map(PathBuf::from).find(|path| path.exists()).ok_or("ADIL_CHROMIUM names no browser")?
        }
    };
    let web = root.join("web");
    done(Command::new("node").arg("build.mjs").current_dir(&web))?;
    done(Command::new("node").args(["build.mjs", "--tests"]).current_dir(&web))?;
    done(bench::cargo(root).args(["build", "--bin", "adil"]))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |own| root.join(own));
    let program = target.join("debug").join(format!("adil{}", env::consts::EXE_SUFFIX));
    let mut walk = Command::new("node");
    walk.args(["--test", "out/test/pages.test.mjs"])
        .current_dir(&web)
        .env("ADIL_CHROMIUM", browser)
        .env("ADIL_PROGRAM", program)
        .env("ADIL_PICTURES", &options.out)
        .env("ADIL_LANGUAGES", &options.languages)
        .env("ADIL_PAGES", if options.axe { "whole" } else { "quick" });
    done(&mut walk).map_err(|_| "the walk found faults: they are listed above".to_owned())?;
    Ok(format!("every page is sound; pictures are in {}", options.out.display()))
}
