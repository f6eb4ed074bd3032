//! What observers saw: forms that they filled in at stations, and incidents that they reported.
//!
//! `docs/spec/observers.md` has the rules O1 to O18; [`ObserverRule`] carries their numbers. A correction is a new row that names
//! the one that it replaces. Nothing that is read is dropped: what breaks a rule is set aside and counted.
//!
//! No name and no free text is kept here: pseudonyms become numbers, of a note only its length stays, of a text answer only that there
//! is one. What is not in memory cannot reach a report.

mod answers;
mod assignment;
mod book;
mod code;
mod described;
mod form;
mod incident;
mod odk;
mod printed;
mod raw;
mod rule;
mod set_aside;
#[cfg(test)]
mod tests;
mod visit;
mod words;
pub mod xlsform;

pub use answers::{Answers, Blank, Reply};
pub use assignment::{Assignment, AssignmentDesign, AssignmentError};
pub use book::ObserverBook;
pub use code::{Actor, Channel, IncidentCode, Stage, VerificationState};
pub use described::{DescribedAssignment, DescribedForm, DescribedObservers, FormLayout, ObservationWindow};
pub use form::{Form, FormError, FormItem, ItemKind, Translation};
pub use incident::{Incident, Incidents, Where};
pub use odk::{Layout, LayoutError, write_answers};
pub use rule::ObserverRule;
pub use set_aside::{Quarantine, SetAside};
pub use visit::{Access, FormTable, FormTableError, Visit};

/// What the observers of one organisation left.
#[derive(Debug, Clone, Default)]
pub struct Observers {
    /// Who they are.
    pub publisher: crate::Publisher,
    /// Where their reports can be read.
    pub source: Option<String>,
    /// Forms and incidents.
    pub book: ObserverBook,
    /// Which stations were to be observed, where that was drawn.
    pub assignment: Option<Assignment>,
}
