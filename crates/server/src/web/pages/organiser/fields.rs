//! Forms: what was typed, the fields that show it, and what is wrong with it.

use askama::Template;
use axum::extract::{FromRequest, Request};

use crate::App;

use super::super::super::reply::Failure;
use super::super::super::shell::Shell;
use super::super::super::visitor::tongue;
use super::Heading;

/// The fields of a form as they came; a name may come several times.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed(pub(super) Vec<(String, String)>);

impl Typed {
    /// The first value of a name, without spaces around it; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether a name is there at all: a box that is ticked, a button that was pressed.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }

    /// All values of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.trim())
    }

    /// Several lines, with single ends of lines.
    pub(super) fn lines_of(&self, name: &str) -> String {
        self.get(name).replace("\r\n", "\n").replace('\r', "\n")
    }

    /// The lines that have something in them.
    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        self.lines_of(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

impl FromRequest<App> for Typed {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (path, tongue) = (request.uri().path().to_owned(), tongue(request.headers()));
        match axum::Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(axum::Form(fields)) => Ok(Self(fields)),
            Err(why) => {
                let error = crate::ServerError::refused("malformed", why.body_text());
                Err(Failure::of(error, app, tongue, &path))
            }
        }
    }
}

/// What a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line.
    Line,
    /// An e-mail address.
    Email,
    /// A number.
    Number,
    /// Date and time.
    Moment,
    /// Several lines.
    Area(u8),
    /// A box to tick.
    Box,
    /// Boxes to tick, several.
    Boxes(Vec<Choice>),
    /// One of a few.
    Radios(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// A file.
    File,
    /// A heading between fields.
    Part,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) is_chosen: bool,
}

/// A field: label, hint, error, and what stands in it.
#[derive(Debug, Clone, Template)]
#[template(path = "organiser/field.html")]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) value: String,
    pub(super) errors: Vec<String>,
    pub(super) kind: Kind,
    /// `data-` attribute by which a script finds what it makes more comfortable.
    pub(super) comfort: &'static str,
}

impl Field {
    /// A field whose texts are `<key>` and, where there is one, `<key>-hint`.
    pub(super) fn new(shell: &Shell, kind: Kind, name: &str, key: &str, value: &str) -> Self {
        let hint_key = format!("{key}-hint");
        let hint = shell.t(&hint_key);
        Self {
            name: name.to_owned(),
            label: shell.t(key),
            hint: if hint == hint_key { String::new() } else { hint },
            value: value.to_owned(),
            errors: Vec::new(),
            kind,
            comfort: "",
        }
    }

    /// A box to tick.
    pub(super) fn tick(shell: &Shell, name: &str, key: &str, is_ticked: bool) -> Self {
        Self::new(shell, Kind::Box, name, key, if is_ticked { "yes" } else { "" })
    }

    /// Values of which one is chosen; the texts are `<key>-<value>` and `<key>-<value>-hint`.
    pub(super) fn radios(shell: &Shell, name: &str, key: &str, values: &[&str], chosen: &str) -> Self {
        let choice = |value: &&str| {
            let label_key = format!("{key}-{}", if value.is_empty() { "none" } else { *value });
            let hint_key = format!("{label_key}-hint");
            let hint = shell.t(&hint_key);
            Choice {
                value: (*value).to_owned(),
                label: shell.t(&label_key),
                hint: if hint == hint_key { String::new() } else { hint },
                is_chosen: *value == chosen,
            }
        };
        Self::new(shell, Kind::Radios(values.iter().map(choice).collect()), name, key, chosen)
    }

    /// The field with what a script looks for.
    pub(super) fn comfortable(mut self, comfort: &'static str) -> Self {
        self.comfort = comfort;
        self
    }

    /// Whether what was typed can be shown again; a file cannot.
    fn takes_value(&self) -> bool {
        self.kind != Kind::File
    }

    fn has_error(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The identifiers of hint and error, as `aria-describedby` has them.
    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.name));
        }
        if self.has_error() {
            ids.push(format!("{}-error", self.name));
        }
        ids.join(" ")
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) field: String,
    pub(super) message: String,
}

impl Problem {
    pub(super) fn new(field: &str, message: String) -> Self {
        Self { field: field.to_owned(), message }
    }
}

/// A page with one form.
#[derive(Template)]
#[template(path = "organiser/form.html")]
pub(super) struct FormPage {
    pub(super) shell: Shell,
    pub(super) election: Option<Heading>,
    pub(super) heading: String,
    /// Paragraphs above the form.
    pub(super) lead: Vec<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
    /// Where the form goes; the page itself where it is empty.
    pub(super) action: String,
    pub(super) is_multipart: bool,
    /// Where one goes back to.
    pub(super) back: String,
}

impl FormPage {
    /// A page; its texts are `<key>-heading` and, where there is one, `<key>-lead`.
    pub(super) fn new(shell: Shell, election: Option<Heading>, key: &str, fields: Vec<Field>) -> Self {
        let lead_key = format!("{key}-lead");
        let lead = shell.t(&lead_key);
        let back = election.as_ref().map_or("/organiser".to_owned(), |own| format!("/organiser/{}", own.uuid));
        Self {
            heading: shell.t(&format!("{key}-heading")),
            lead: if lead == lead_key { Vec::new() } else { vec![lead] },
            problems: Vec::new(),
            fields,
            button: shell.t("organiser-save"),
            action: shell.path.clone(),
            is_multipart: false,
            back,
            shell,
            election,
        }
    }

    /// The page with what is wrong: on top, and at the fields.
    pub(super) fn with_problems(mut self, problems: Vec<Problem>) -> Self {
        for field in &mut self.fields {
            let own = problems.iter().filter(|problem| problem.field == field.name);
            field.errors = own.map(|problem| problem.message.clone()).collect();
        }
        self.problems = problems;
        self
    }
}

/// A page that asks once more before something is done.
#[derive(Template)]
#[template(path = "organiser/confirm.html")]
pub(super) struct ConfirmPage {
    pub(super) shell: Shell,
    pub(super) election: Heading,
    pub(super) heading: String,
    pub(super) paragraphs: Vec<String>,
    /// What follows, a line each.
    pub(super) points: Vec<String>,
    pub(super) warning: Option<String>,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) button: String,
    pub(super) is_danger: bool,
    pub(super) back: String,
}

impl ConfirmPage {
    /// A page; its texts are `<key>-heading`, `<key>-lead`, `<key>-point-1`, … and `<key>-button`.
    pub(super) fn new(shell: Shell, election: Heading, key: &str) -> Self {
        let lead_key = format!("{key}-lead");
        let text = |key: String| {
            let text = shell.t(&key);
            (text != key).then_some(text)
        };
        Self {
            heading: shell.t(&format!("{key}-heading")),
            paragraphs: text(lead_key).into_iter().collect(),
            points: (1..=9).map_while(|number| text(format!("{key}-point-{number}"))).collect(),
            warning: text(format!("{key}-warning")),
            hidden: Vec::new(),
            button: shell.t(&format!("{key}-button")),
            is_danger: false,
            back: format!("/organiser/{}", election.uuid),
            shell,
            election,
        }
    }

    /// The page with a red button.
    pub(super) fn dangerous(mut self) -> Self {
        self.is_danger = true;
        self
    }
}
