//! The plan that a beginner starts from.

use super::Plan;
use crate::Language;

impl Plan {
    /// A plan with every field explained: it is one itself, and shows all kinds of questions, some as comments.
    pub fn template(language: Language) -> &'static str {
        match language {
            Language::English => include_str!("../../templates/questions.en.toml"),
            Language::Russian => include_str!("../../templates/questions.ru.toml"),
            Language::Kazakh => include_str!("../../templates/questions.kk.toml"),
        }
    }
}
