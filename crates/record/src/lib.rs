//! What an election left behind: its description, its tables as columns, its releases.
//!
//! No files are touched here: tables come in as [`Rows`], descriptions as text. What leaves is a [`Record`] whose
//! tables have proved their reading by their own sums.

mod amount;
mod beside;
mod bundle;
mod counts;
mod description;
mod family;
mod forecasts;
mod guess;
mod import;
mod interviews;
mod letters;
mod lines;
mod map;
mod observers;
mod places;
mod poll;
mod proof;
mod protocol_copies;
mod question;
mod quick_count;
mod record;
mod rows;
mod station_index;
mod sums;
mod table;
mod term;

pub use amount::{Amount, Percentage};
pub use beside::{Coordinates, TurnoutReport};
pub use bundle::{
    Bundle, BundleEntry, BundleFault, BundleLog, BundleNames, BundleNote, BundleStatement, ContestNames, Manifest,
    ManifestError, ManifestFile, ObserverNames, PartUnknown, RedactedFile, Redaction, RedactionError, RedactionRule,
    Redactor, RewrittenAssignment, RewrittenForm, RewrittenIncidents, StatementError, names as bundle_names,
    rewritten_copies, rewritten_description, rewritten_forecasts, rewritten_form, rewritten_reports,
};
pub use counts::{Counts, Names, Paired};
pub use description::{DescribedBoard, DescribedQuickCount, DescribedTable, Description, DescriptionError};
pub use family::{Family, FamilyContest, FamilyRelease, Grouping, OptionNames, Part};
pub use forecasts::{
    Commitment, DescribedForecasts, DescribedPrevious, Digest, Distribution, Forecast, ForecastBook, ForecastDraft,
    ForecastDraftError, ForecastFault, ForecastTerms, Forecasts, Fraction, KeptForecast, Moment, Nonce, Previous,
    Quarantined, Revealed, commitment_line,
};
pub use guess::{Guess, GuessError, Sample, header_position, toml_string};
pub use import::{CellFault, ImportError, ImportedTable, Strictness, append, import, join};
pub use interviews::{InterviewColumn, PollCellMap, PollColumn};
pub use map::{
    Any, AreaMap, ColumnNumber, Constant, CoordinatesMap, Expression, HeaderError, Headers, LeaveOut, ListedOption,
    LongTable, MarkMap, Minus, OneOrMany, OptionsMap, Parts, Selector, Sum, TableMap, Thousands, TurnoutMap,
};
pub use observers::{
    Access, Actor, Answers, Assignment, AssignmentDesign, AssignmentError, Blank, Channel, DescribedAssignment,
    DescribedForm, DescribedObservers, Form, FormError, FormItem, FormLayout, FormTable, FormTableError, Incident,
    IncidentCode, Incidents, ItemKind, Layout, LayoutError, ObservationWindow, ObserverBook, ObserverRule, Observers,
    Quarantine, Reply, SetAside, Stage, Translation, VerificationState, Visit, Where, write_answers, xlsform,
};
pub use places::{DescribedMap, MappedArea, MappedAreas, NameIndex, NameMatch, Outline, PlaceMap, STATION_LEVEL};
pub use poll::PollDesign;
pub use proof::{Identity, Proof};
pub use protocol_copies::{
    Certainty, Copies, CopiesError, CopyBook, CopyEntry, CopyFault, CopyField, CopyLimits, CopyNumbers, CopyPicture,
    CopyResolution, CopySample, CopyStatement, CopyTerms, DescribedCopies, EntryState, EntryStep, Holder,
    QuarantinedCopy, StationPlaces, Typist,
};
pub use question::{DescribedQuestion, DescribedText};
pub use quick_count::{
    Design, Frame, FrameColumns, FrameStation, QuickCount, QuickCountError, RULE, Reports, SampleCount, SampledStratum,
    StationReport, StratumSize, Visits, draw, read_sizes,
};
pub use record::{
    Contest, ContestOption, PublishedFigure, Publisher, PublisherKind, Quantity, Record, Release, Status,
};
pub use rows::{Cells, Rows, RowsError};
pub use station_index::StationIndex;
pub use table::{Area, LeftOut, OptionId, ShareOf, StationTable, TurnoutOf};
pub use term::Term;
