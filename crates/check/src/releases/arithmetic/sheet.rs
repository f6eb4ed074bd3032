//! The figures of one release, as the other files ask for them.

use adil_finding::{Arg, CheckId, Finding, Message, StatementRef, Subject, Verdict, Whose};
use adil_record::{Amount, Contest, OptionId, Percentage, PublishedFigure, Quantity, Release, Status};

use super::ID;

/// The national figures of one release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) contest: &'a Contest,
    pub(crate) release: &'a Release,
    /// The valid votes, as printed or added up: asked for with every option.
    valid: Option<Count>,
}

/// The sheets of a contest, in the order of its releases; those without national figures are left out.
pub(crate) fn national(contest: &Contest) -> Vec<Sheet<'_>> {
    let sheets = contest.releases.iter().map(|release| Sheet::new(contest, release));
    sheets.filter(|sheet| sheet.figures().next().is_some()).collect()
}

/// A printed count, and how far rounding can have moved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) value: u64,
    pub(crate) half: u64,
}

impl Count {
    /// A count that ends in three or more zeros is taken as rounded there.
    pub(crate) fn printed(value: u64) -> Self {
        let mut unit = 1;
        while value > 0 && value.is_multiple_of(unit * 10) {
            unit *= 10;
        }
        Self { value, half: if unit >= 1000 { unit / 2 } else { 0 } }
    }

    /// Whether both can stand for one number.
    pub(crate) fn agrees(self, other: Self) -> bool {
        self.value.abs_diff(other.value) <= self.half.saturating_add(other.half)
    }

    /// Whether the number is larger than the other one, whatever was rounded.
    pub(crate) fn exceeds(self, other: Self) -> bool {
        self.value.saturating_sub(other.value) > self.half.saturating_add(other.half)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { value: self.value.saturating_add(other.value), half: self.half.saturating_add(other.half) }
    }
}

/// Whether a printed percentage can be `part / whole`.
pub(crate) fn fits(printed: Percentage, part: Count, whole: Count) -> bool {
    if part.half == 0 && whole.half == 0 {
        return printed.is_quotient(part.value, whole.value);
    }
    let low = part.value.saturating_sub(part.half) as f64 / whole.value.saturating_add(whole.half).max(1) as f64;
    let high = part.value.saturating_add(part.half) as f64 / whole.value.saturating_sub(whole.half).max(1) as f64;
    low <= printed.fraction() + printed.half_digit() && printed.fraction() - printed.half_digit() <= high
}

/// Whether two printed percentages can stand for one number.
pub(crate) fn same_percentage(one: Percentage, other: Percentage) -> bool {
    // The sum of two halves in binary is a little off: a millionth of a point is no difference in print.
    (one.fraction() - other.fraction()).abs() <= one.half_digit() + other.half_digit() + 1e-8
}

/// Whether two printed numbers can stand for one.
pub(crate) fn same_amount(one: Amount, other: Amount) -> bool {
    match (one, other) {
        (Amount::Count(one), Amount::Count(other)) => Count::printed(one).agrees(Count::printed(other)),
        (Amount::Percent(one), Amount::Percent(other)) => same_percentage(one, other),
        _ => false,
    }
}

impl<'a> Sheet<'a> {
    /// The sheet of a release.
    pub(crate) fn new(contest: &'a Contest, release: &'a Release) -> Self {
        let sheet = Self { contest, release, valid: None };
        Self { valid: sheet.count(&Quantity::Valid).or_else(|| sheet.options_sum()), ..sheet }
    }

    /// The national figures.
    pub(crate) fn figures(&self) -> impl Iterator<Item = &'a PublishedFigure> + use<'a> {
        self.release.figures.iter().filter(|figure| figure.area.is_none())
    }

    /// A count, as printed.
    pub(crate) fn count(&self, what: &Quantity) -> Option<Count> {
        self.figures().find_map(|figure| match figure.amount {
            Amount::Count(value) if figure.what == *what => Some(Count::printed(value)),
            _ => None,
        })
    }

    /// A percentage, as printed.
    pub(crate) fn percent(&self, what: &Quantity) -> Option<Percentage> {
        self.figures().find_map(|figure| match figure.amount {
            Amount::Percent(value) if figure.what == *what => Some(value),
            _ => None,
        })
    }

    /// The votes of all options, where the release gives every one of them.
    pub(crate) fn options_sum(&self) -> Option<Count> {
        let options = (0..self.contest.options.len()).map(|index| self.count(&Quantity::Votes(OptionId(index))));
        options.reduce(|sum, votes| Some(sum?.plus(votes?))).flatten()
    }

    /// The valid votes, as printed or added up.
    pub(crate) fn valid(&self) -> Option<Count> {
        self.valid
    }

    /// The papers in the boxes: valid and invalid ones. Fewer than the voters where some kept their paper.
    pub(crate) fn papers(&self) -> Option<Count> {
        Some(self.valid?.plus(self.count(&Quantity::Invalid)?))
    }

    /// The options, in the contest's order.
    pub(crate) fn options(&self) -> impl Iterator<Item = OptionId> + use<'a> {
        (0..self.contest.options.len()).map(OptionId)
    }

    pub(crate) fn option_name(&self, option: OptionId) -> &'a str {
        self.contest.options.get(option.0).map_or("", |option| &option.name)
    }

    /// Whether the release is a count, or quotes one: neither a poll nor a forecast.
    pub(crate) fn is_of_the_count(&self) -> bool {
        self.release.is_of_the_count()
    }

    /// What a reader calls the release: its stage, its publisher and its time.
    pub(crate) fn label(&self) -> Message {
        label(self.contest, self.release)
    }

    /// The verdict where two of the release's own numbers exclude each other.
    pub(crate) fn contradicted(&self) -> Verdict {
        let whose = if self.release.is_official() { Whose::Organisers } else { Whose::ThirdParties };
        Verdict::Contradicted(whose)
    }

    /// A finding on the contest, with the statements that it sets against each other.
    pub(crate) fn finding(&self, verdict: Verdict, statement: Message, statements: Vec<StatementRef>) -> Finding {
        self.finding_of(ID, verdict, statement, statements)
    }

    /// The same, of another check.
    pub(crate) fn finding_of(
        &self,
        check: CheckId,
        verdict: Verdict,
        statement: Message,
        statements: Vec<StatementRef>,
    ) -> Finding {
        let subject = Subject { statements, ..Subject::contest(&self.contest.title) };
        Finding::new(check, verdict, subject, statement)
    }

    /// Some of the release's figures, restated as its publisher's words; the quotation where the record has one.
    pub(crate) fn said(&self, what: &[&Quantity]) -> StatementRef {
        let asked = self.figures().filter(|figure| what.contains(&&figure.what));
        let figures: Vec<String> = asked.map(|figure| restated(self.contest, figure)).collect();
        let text = match &self.release.text {
            Some(text) => text.clone(),
            None => figures.join("; "),
        };
        StatementRef {
            publisher: self.release.publisher.name.clone(),
            text,
            time: self.release.time.clone(),
            source: self.release.source.clone(),
        }
    }
}

/// What a reader calls a release: its stage and publisher, and its time; where it has none and another release has the
/// same stage and publisher, the record's own name of it.
pub(crate) fn label(contest: &Contest, release: &Release) -> Message {
    let status = Message::new(match release.status {
        Status::Before => "arithmetic-status-before",
        Status::ExitPoll => "arithmetic-status-exit-poll",
        Status::Night => "arithmetic-status-night",
        Status::Preliminary => "arithmetic-status-preliminary",
        Status::Final => "arithmetic-status-final",
        Status::Copy => "arithmetic-status-copy",
        Status::Quoted => "arithmetic-status-quoted",
    });
    let publisher = release.publisher.name.as_str();
    let publisher = if publisher.is_empty() { release.id.as_str() } else { publisher };
    let alike = |other: &&Release| other.status == release.status && other.publisher == release.publisher;
    let only = contest.releases.iter().filter(alike).count() < 2;
    let when = release.time.as_deref().or((!only).then_some(release.id.as_str()));
    let id = if when.is_some() { "arithmetic-release-at" } else { "arithmetic-release" };
    let label = Message::new(id).with("status", status).with("publisher", publisher);
    match when {
        Some(when) => label.with("time", when),
        None => label,
    }
}

/// A figure in the words of `election.toml`.
pub(crate) fn restated(contest: &Contest, figure: &PublishedFigure) -> String {
    let name = |option: &OptionId| contest.options.get(option.0).map_or("", |option| option.name.as_str());
    let what = match &figure.what {
        Quantity::Registered => "registered".to_owned(),
        Quantity::Voted => "voted".to_owned(),
        Quantity::Valid => "valid".to_owned(),
        Quantity::Invalid => "invalid".to_owned(),
        Quantity::Stations => "stations".to_owned(),
        Quantity::Votes(option) => format!("votes for {}", name(option)),
        Quantity::Turnout => "turnout".to_owned(),
        Quantity::Share(option) => format!("share of {}", name(option)),
        Quantity::Other(name) => name.clone(),
    };
    let amount = match figure.amount {
        Amount::Count(count) => count.to_string(),
        Amount::Percent(percentage) => percentage.to_string(),
    };
    format!("{what} {amount}")
}

/// The message that names a quantity.
pub(crate) fn quantity(contest: &Contest, what: &Quantity) -> Message {
    let of = |id, option: &OptionId| {
        Message::new(id).with("option", contest.options.get(option.0).map_or("", |option| option.name.as_str()))
    };
    match what {
        Quantity::Registered => Message::new("arithmetic-quantity-registered"),
        Quantity::Voted => Message::new("arithmetic-quantity-voted"),
        Quantity::Valid => Message::new("arithmetic-quantity-valid"),
        Quantity::Invalid => Message::new("arithmetic-quantity-invalid"),
        Quantity::Stations => Message::new("arithmetic-quantity-stations"),
        Quantity::Votes(option) => of("arithmetic-quantity-votes", option),
        Quantity::Turnout => Message::new("arithmetic-quantity-turnout"),
        Quantity::Share(option) => of("arithmetic-quantity-share", option),
        Quantity::Other(name) => Message::new("arithmetic-quantity-other").with("name", name.as_str()),
    }
}

/// A printed number, in the decimals in which it was printed.
pub(crate) fn printed(amount: Amount) -> Arg {
    match amount {
        Amount::Count(count) => Arg::from(count),
        Amount::Percent(percentage) => percent(percentage),
    }
}

/// A printed percentage, in the decimals in which it was printed.
pub(crate) fn percent(percentage: Percentage) -> Arg {
    Arg::Percent(percentage.fraction(), percentage.decimals())
}

/// A quotient, in two decimals or as many as the percentage beside it.
pub(crate) fn quotient(part: Count, whole: Count, beside: Percentage) -> Arg {
    Arg::Percent(ratio(part, whole), beside.decimals().max(2))
}

/// A quotient as a fraction; zero where there is nothing to divide by.
pub(crate) fn ratio(part: Count, whole: Count) -> f64 {
    part.value as f64 / whole.value.max(1) as f64
}
