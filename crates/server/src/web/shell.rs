//! What all pages share: language, texts, assets, who has signed in.

use crate::texts::{Texts, Tongue};
use crate::{App, ServerError};

use super::assets::{self, Asset};
use super::visitor::Visitor;

/// The frame of a page, for templates: `shell.t("key")`.
pub(super) struct Shell {
    app: App,
    tongue: Tongue,
    /// The path of the page.
    pub(super) path: String,
    /// What forms carry along.
    pub(super) csrf: String,
    /// Whether an organiser has signed in.
    pub(super) is_organiser: bool,
    /// The script of the page, by its name in `web/src/pages`.
    pub(super) script: Option<&'static str>,
}

impl Shell {
    /// The frame of a page for a visitor.
    pub(super) fn new(app: &App, visitor: &Visitor) -> Self {
        let is_organiser = visitor.organiser().is_ok();
        let csrf = visitor.csrf().to_owned();
        Self { app: app.clone(), tongue: visitor.tongue, path: visitor.path.clone(), csrf, is_organiser, script: None }
    }

    /// The frame of a page without a visitor.
    pub(super) fn bare(app: &App, tongue: Tongue, path: &str) -> Self {
        let path = path.to_owned();
        Self { app: app.clone(), tongue, path, csrf: String::new(), is_organiser: false, script: None }
    }

    /// The frame with a script.
    pub(super) fn with_script(mut self, name: &'static str) -> Self {
        self.script = Some(name);
        self
    }

    /// A text.
    pub(super) fn t(&self, key: &str) -> String {
        self.texts().get(self.tongue, key, &[])
    }

    /// A text with one argument.
    pub(super) fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.texts().get(self.tongue, key, &[(name, &value.to_string())])
    }

    /// A text with two arguments.
    pub(super) fn t2(&self, key: &str, a: &str, a_value: impl ToString, b: &str, b_value: impl ToString) -> String {
        self.texts().get(self.tongue, key, &[(a, &a_value.to_string()), (b, &b_value.to_string())])
    }

    /// A text with arguments.
    pub(super) fn tn(&self, key: &str, arguments: &[(&'static str, String)]) -> String {
        let borrowed: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.texts().get(self.tongue, key, &borrowed)
    }

    /// The code of the language.
    pub(super) fn lang(&self) -> &'static str {
        self.tongue.code()
    }

    /// All languages: code, own name, whether it is this one.
    pub(super) fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        Tongue::all().map(|tongue| (tongue.code(), tongue.own_name(), tongue == self.tongue)).collect()
    }

    /// An asset of the bundle: its path and integrity.
    pub(super) fn asset(&self, name: &str) -> Asset {
        assets::asset(name)
    }

    /// The script of the page with the ending of its file.
    pub(super) fn script_asset(&self) -> Option<Asset> {
        self.script.map(|name| assets::asset(&format!("{name}.js")))
    }

    /// Whether a sample election is offered.
    pub(super) fn is_demo(&self) -> bool {
        self.app.config.is_demo
    }

    /// A moment in seconds since 1970, as `2026-11-25 18:30 UTC`.
    pub(super) fn moment(&self, seconds: &u64) -> String {
        crate::moment::in_utc(*seconds)
    }

    fn texts(&self) -> &Texts {
        &self.app.texts
    }
}

/// Renders a template.
pub(super) fn render(page: &impl askama::Template) -> Result<String, ServerError> {
    page.render().map_err(|error| ServerError::Fault(format!("a page: {error}")))
}
