//! Findings put into words: a terminal screen, a page with drawn figures, JSON; and [letters] to voters.
//!
//! Nothing is worked out here. A [`Report`](adil_finding::Report) comes in, text goes out; its messages are put into
//! a [`Language`] by [`Texts`].

mod clean;
mod dossier;
mod html;
mod json;
mod language;
pub mod letters;
mod markup;
mod numerals;
mod outline;
mod questions;
#[cfg(test)]
mod sample;
mod station_table;
mod svg;
mod terminal;
mod texts;
mod values;

pub use dossier::{dossier_html, dossier_json, dossier_text};
pub use html::{MethodPage, html};
pub use json::json;
pub use language::{Language, LanguageUnknown};
pub use station_table::station_table;
pub use terminal::{TerminalOptions, terminal};
pub use texts::{TextFault, Texts};
