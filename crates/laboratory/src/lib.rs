//! A laboratory of elections: honest ones are drawn at random, ways of cheating are put into them, and the truth is kept.
//!
//! What a check can see is measured on such tables. An honest one is drawn from the [`Parameters`] of a country that never was, or
//! from a [`Fitted`] real table whose registers and areas it keeps. [`inject`] puts a [`Scenario`] into any table, drawn or real,
//! and gives the [`Truth`] beside it. No files are touched here.

mod draw;
mod fit;
mod injection;
mod ledger;
mod parameters;
mod protocol;
mod techniques;
mod truth;

pub use fit::{FitError, Fitted};
pub use injection::{Column, Injection};
pub use parameters::{Choice, Clerks, Hours, Papers, Parameters, ParametersError, Place, Register, Special, Spreads};
pub use techniques::{Injected, Regions, Scenario, ScenarioError, inject};
pub use truth::{Moved, Totals, Truth};
