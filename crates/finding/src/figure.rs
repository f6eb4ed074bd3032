//! Figures as data; the report draws them.

use crate::{Arg, Message, Unit};

/// A drawn figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// Counts in bins of one width.
    Histogram(Histogram),
    /// Counts in cells of two axes.
    Grid(Grid),
    /// One or more lines over a common axis.
    Lines(Lines),
    /// Named points.
    Scatter(Scatter),
    /// Values with intervals around them, a row each.
    Intervals(Intervals),
    /// Events in their order.
    Timeline(Timeline),
    /// Counts with a name each.
    Bars(Bars),
    /// Areas and points on the Earth.
    Map(crate::Map),
}

/// One axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it shows, with its unit.
    pub label: Message,
    /// The lower end shown.
    pub low: f64,
    /// The upper end shown.
    pub high: f64,
    /// How its values are printed.
    pub scale: AxisScale,
}

/// How the values of an axis are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisScale {
    /// Fractions from 0 to 1, printed as percentages.
    Fraction,
    /// Plain numbers.
    Number,
}

/// The part that a series plays; the report chooses colour and dash from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The side that is tested.
    Leader,
    /// All others together.
    Others,
    /// Neither.
    Neutral,
    /// What a null or model expects.
    Expected,
}

/// Values over the bins or positions of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub label: Message,
    /// The part it plays.
    pub side: Side,
    /// One value for each bin or position.
    pub values: Vec<f64>,
}

/// Counts in bins of one width: bin `i` is centred at `first + i * width`.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// A stable name, unique within the finding.
    pub id: &'static str,
    /// The title.
    pub title: Message,
    /// What is shown, for those who cannot see it.
    pub description: Message,
    /// The axis of the bins.
    pub x: Axis,
    /// The axis of the counts (its upper end is where the tallest bin ends).
    pub y: Axis,
    /// The centre of the first bin.
    pub first: f64,
    /// The width of a bin.
    pub width: f64,
    /// The counts.
    pub series: Vec<Series>,
    /// Bins to mark, by index, e.g. whole percentages.
    pub marked: Vec<usize>,
}

/// Counts in cells: `cells[y * columns + x]`, both axes divided evenly.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// A stable name, unique within the finding.
    pub id: &'static str,
    /// The title.
    pub title: Message,
    /// What is shown, for those who cannot see it.
    pub description: Message,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Cells along the horizontal axis.
    pub columns: usize,
    /// Cells along the vertical axis.
    pub rows: usize,
    /// The count of each cell.
    pub cells: Vec<f64>,
    /// What one of a cell's count is.
    pub unit: Message,
}

/// Lines over common positions.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// A stable name, unique within the finding.
    pub id: &'static str,
    /// The title.
    pub title: Message,
    /// What is shown, for those who cannot see it.
    pub description: Message,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The horizontal positions, ascending.
    pub positions: Vec<f64>,
    /// The lines, each with one value a position.
    pub series: Vec<Series>,
    /// A range of the horizontal axis to shade, e.g. the core.
    pub shaded: Option<(f64, f64)>,
}

/// Named points.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// A stable name, unique within the finding.
    pub id: &'static str,
    /// The title.
    pub title: Message,
    /// What is shown, for those who cannot see it.
    pub description: Message,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The points.
    pub points: Vec<Point>,
    /// What a point's size stands for.
    pub size: Message,
}

/// A named point of a [`Scatter`].
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its name, as the record spells it.
    pub name: String,
    /// Where it lies on the horizontal axis.
    pub x: f64,
    /// Where it lies on the vertical axis.
    pub y: f64,
    /// Its weight, e.g. registered voters; the drawn area is proportional to it.
    pub weight: f64,
}

/// Values with intervals around them, a row each, beside one value that all are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    /// A stable name, unique within the finding.
    pub id: &'static str,
    /// The title.
    pub title: Message,
    /// What is shown, for those who cannot see it.
    pub description: Message,
    /// The horizontal axis.
    pub x: Axis,
    /// The rows, from the top.
    pub rows: Vec<IntervalRow>,
    /// What the intervals are, from the narrowest.
    pub spans: Vec<Message>,
    /// The value that all are compared with, and what it is.
    pub reference: Option<(f64, Message)>,
}

/// A row of [`Intervals`].
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalRow {
    /// What it is.
    pub label: Arg,
    /// Its value.
    pub value: f64,
    /// Low and high ends, in the order of [`Intervals::spans`]; none where they are not known.
    pub spans: Vec<(f64, f64)>,
}

/// The events of a board, or of anything else that happens step by step, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The title.
    pub title: Message,
    /// The events; many of one kind, such as the ballots, are told as one.
    pub events: Vec<TimelineEvent>,
}

/// An event of a [`Timeline`].
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEvent {
    /// What it is, in a few words.
    pub label: Message,
    /// What there is to know of it, e.g. how many and when.
    pub detail: Option<Message>,
    /// Whether it has happened as it must.
    pub state: EventState,
}

/// Whether an event has happened as it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventState {
    /// It has happened, and holds.
    Done,
    /// It has happened, and does not hold; or it is missing where others show that it must have happened.
    Wrong,
    /// It has not happened yet.
    ToCome,
}

/// Counts with a name each, such as the result of a question, in the order in which they are to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The title.
    pub title: Message,
    /// What one of a count is.
    pub unit: Unit,
    /// The counts.
    pub bars: Vec<Bar>,
    /// What a hundred percent are: their count and what it is. Without it no percentages are shown.
    pub of: Option<(u64, Message)>,
}

/// A count of [`Bars`].
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name: that of an option, as the record spells it, or a word of the report.
    pub label: Arg,
    /// The count.
    pub value: u64,
    /// Whether it is set off from the others, e.g. as elected; the title or the statement says why.
    pub marked: bool,
}

impl Axis {
    /// The whole range of a fraction.
    pub fn fraction(label: Message) -> Self {
        Self { label, low: 0.0, high: 1.0, scale: AxisScale::Fraction }
    }

    /// Plain numbers from `low` to `high`.
    pub fn number(label: Message, low: f64, high: f64) -> Self {
        Self { label, low, high, scale: AxisScale::Number }
    }
}

impl From<Histogram> for Figure {
    fn from(figure: Histogram) -> Self {
        Self::Histogram(figure)
    }
}

impl From<Grid> for Figure {
    fn from(figure: Grid) -> Self {
        Self::Grid(figure)
    }
}

impl From<Lines> for Figure {
    fn from(figure: Lines) -> Self {
        Self::Lines(figure)
    }
}

impl From<Scatter> for Figure {
    fn from(figure: Scatter) -> Self {
        Self::Scatter(figure)
    }
}

impl From<Intervals> for Figure {
    fn from(figure: Intervals) -> Self {
        Self::Intervals(figure)
    }
}

impl From<Timeline> for Figure {
    fn from(figure: Timeline) -> Self {
        Self::Timeline(figure)
    }
}

impl From<Bars> for Figure {
    fn from(figure: Bars) -> Self {
        Self::Bars(figure)
    }
}
