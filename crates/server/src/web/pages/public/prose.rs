//! Pages of words: help, accessibility, data protection. Texts are `public-<page>-title`, and for every part
//! `…-<part>` and its paragraphs `…-<part>-1`, `-2`.

use askama::Template;
use axum::extract::State;

use crate::App;
use crate::web::reply::{Failure, Html, page};
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;

/// The parts of a page and how many paragraphs each has.
type Parts = [(&'static str, usize)];

const HELP: &Parts = &[("vote", 3), ("code", 2), ("tracker", 2), ("check", 2), ("trouble", 2), ("organise", 2)];
const ACCESSIBILITY: &Parts = &[("goal", 2), ("how", 2), ("limits", 2), ("tell", 1)];
const PRIVACY: &Parts = &[("public", 2), ("kept", 2), ("secret", 2), ("cookies", 1), ("rights", 2)];

#[derive(Template)]
#[template(path = "public/prose.html")]
struct Prose {
    shell: Shell,
    title: String,
    lead: String,
    parts: Vec<(String, Vec<String>)>,
}

fn prose(app: &App, visitor: &Visitor, name: &str, parts: &Parts) -> Result<Html, Failure> {
    let shell = Shell::new(app, visitor);
    let text = |rest: &str| shell.t(&format!("public-{name}-{rest}"));
    let part = |(part, count): &(&'static str, usize)| {
        (text(part), (1..=*count).map(|number| text(&format!("{part}-{number}"))).collect())
    };
    let (title, lead, parts) = (text("title"), text("lead"), parts.iter().map(part).collect());
    page(&Prose { title, lead, parts, shell }).map_err(visitor.failed(app))
}

pub(super) async fn help(State(app): State<App>, visitor: Visitor) -> Result<Html, Failure> {
    prose(&app, &visitor, "help", HELP)
}

pub(super) async fn accessibility(State(app): State<App>, visitor: Visitor) -> Result<Html, Failure> {
    prose(&app, &visitor, "accessibility", ACCESSIBILITY)
}

pub(super) async fn privacy(State(app): State<App>, visitor: Visitor) -> Result<Html, Failure> {
    prose(&app, &visitor, "privacy", PRIVACY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Texts, Tongue};

    #[test]
    fn every_part_has_its_texts() {
        let texts = Texts::built_in().expect("readable");
        for (name, parts) in [("help", HELP), ("accessibility", ACCESSIBILITY), ("privacy", PRIVACY)] {
            let own = |rest: String| {
                let key = format!("public-{name}-{rest}");
                assert_ne!(texts.get(Tongue::default(), &key, &[]), key, "there is no such text");
            };
            own("title".to_owned());
            own("lead".to_owned());
            for (part, count) in parts {
                own((*part).to_owned());
                (1..=*count).for_each(|number| own(format!("{part}-{number}")));
            }
        }
    }
}
