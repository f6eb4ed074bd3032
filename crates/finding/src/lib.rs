//! What a check may say.
//!
//! A check takes a record and returns [`Finding`]s; the report writers turn them into a terminal screen, a page or
//! JSON. This crate holds only the vocabulary they share and depends on nothing.
//!
//! The words of a finding are [`Message`]s: an identifier with arguments, put into a language by the report. So all
//! languages say the same thing, and a check cannot smuggle in an untranslated sentence.

mod coverage;
mod dossier;
mod figure;
mod finding;
mod map;
mod measure;
mod message;
mod question;
mod recheck;
mod report;
mod sheet;
mod station;
mod subject;
mod verdict;

pub use coverage::{Coverage, CoverageStatus, Technique};
pub use dossier::{Dossier, DossierLine, DossierSection};
pub use figure::{
    Axis, AxisScale, Bar, Bars, EventState, Figure, Grid, Histogram, IntervalRow, Intervals, Lines, Point, Scatter,
    Series, Side, Timeline, TimelineEvent,
};
pub use finding::{Evidence, Finding, Place};
pub use map::{Map, MapArea, MapPoint, Polygon, Ring};
pub use measure::{Interval, Measure, Unit, Value};
pub use message::{Arg, Message};
pub use question::{LocalText, Question};
pub use recheck::{Recheck, shell_word};
pub use report::{InputFile, PassedOver, Report};
pub use sheet::{begins_formula, sheet_number, sheet_text};
pub use station::{ListedStation, PointedStation, StationReason};
pub use subject::{StatementRef, Subject};
pub use verdict::{CheckId, Reason, Verdict, Whose};
