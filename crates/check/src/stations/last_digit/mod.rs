//! # stations/last-digit
//!
//! Counts the last digits of the numbers in the protocols and compares them with equal frequencies, and with those that
//! the digits before them make likely.
//!
//! **What it looks at.** People who invent numbers favour some last digits, above all 0 and 5. Taken are the counts of
//! 100 and more in the columns of the side tested, of all others together, and of the turnout's numerator; below about
//! 100 the last digits of honest counts are not equally frequent.
//!
//! **Formula.** With n numbers and n_d of them ending in d,
//!
//! ```text
//! X = sum over d of (n_d - n/10)^2 / (n/10)
//! ```
//!
//! is held against the chi-square distribution with 9 degrees of freedom; and the fraction that ends in 0 or 5 stands
//! beside 1/5 with its standard deviation sqrt(0.16 / n).
//!
//! *Conditional*: a count of 10 t + d could have ended in any digit once t was settled. Under the beta-binomial
//! distribution of its district (mean share, and the precision that Pearson's sum over its stations gives) each digit
//! has the chance P(10 t + d) by the sum of the ten. With o the digits seen, e the sums of these chances over stations,
//! and C the sum of the covariances of single stations,
//!
//! ```text
//! X = (o - e)' C^-1 (o - e)
//! ```
//!
//! over nine of the digits is held against the same distribution; 0 and 5 together stand beside their expectation in
//! its standard deviations.
//!
//! **Null model.** Equal frequency of the ten digits, independent between stations. It holds for counts that are spread
//! over many hundreds; it is not exact for any, and with a hundred thousand stations a departure of a few tenths of a
//! percent is already seen. The conditional sum does not assume equal frequency, only that a district's distribution is
//! smooth over ten counts, and that stations are independent. The verdict comes from how many more than expected
//! end in 0 or 5 by the conditional reckoning, less two standard deviations, as a part of the numbers, beside like parts
//! of clean elections; equal frequency decides nothing.
//!
//! **When it is wrong.** Stations of nearly one size, and registers cut at a round number of voters, have uneven last
//! digits honestly; the conditional sum allows for the size of stations, not for registers cut at round numbers. Clerks
//! round some figures without any gain to anyone. The three columns of a station are not independent.
//!
//! **What may not be concluded.** Neither that uneven digits were invented nor that even ones were counted. Laws for
//! the *first* or *second* digit (Benford) are not used: nothing says that counts of stations of limited size follow
//! them, and studies found their alarms no better than chance (Deckert, Myagkov, Ordeshook 2011).
//!
//! **References.** Beber and Scacco, "What the numbers say: a digit-based test for election fraud", Political Analysis
//! 20, 2012. Deckert, Myagkov, Ordeshook, "Benford's law and the detection of election fraud", Political Analysis 19,
//! 2011.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::Counts;
use adil_stat::{chi_square_upper, ln_normal_upper};

use super::{cut, row};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

mod conditional;

use conditional::{Conditional, Part, shares};

/// The check.
pub(crate) struct LastDigit;

const ID: CheckId = CheckId("stations/last-digit");
/// Smaller counts are left out.
const SMALLEST_COUNT: u32 = 100;
/// Fewer numbers are too few for the chi-square distribution: five expected of each digit.
const FEWEST: u64 = 50;

impl Check for LastDigit {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim { technique: Technique::Count, needs: &[Need::Stations] }];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Finding> {
        view.tested.as_ref().map(|tested| finding(view, tested)).into_iter().collect()
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let mut pieces = Vec::new();
        for column in columns(view, tested) {
            let shares = shares(&column.parts, tested.district_count);
            let mut of_row: Vec<Option<&Part>> = vec![None; tested.table.len()];
            column.parts.iter().for_each(|part| of_row[part.row] = Some(part));
            for region in cut::regions(tested, column.parts.iter().map(|part| part.row)) {
                let parts = region.rows.iter().filter_map(|&row| of_row[row]);
                let digits = Conditional::of(parts, &shares, SMALLEST_COUNT);
                if digits.numbers() < FEWEST || digits.round_sd() <= 0.0 {
                    continue;
                }
                let effect = (digits.round() - cut::DEVIATIONS * digits.round_sd()) / digits.numbers() as f64;
                let side = column.is_of_side.then_some(tested.leader);
                let ln_p = Some(ln_normal_upper(digits.round_z()));
                let said = cut::Said { statistic: column.statistic, side, effect, ln_p };
                pieces.extend(cut::piece(tested, region.number, &region.rows, said));
            }
        }
        pieces
    }
}

/// The last digits of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Digits {
    counts: [u64; 10],
}

/// A column that is looked at, with the names of its measures.
struct Column {
    label: Message,
    digits: Digits,
    numbers: &'static str,
    chi_square: &'static str,
    p: &'static str,
    round: &'static str,
    /// Names of the conditional sum, its p-value, and of 0 and 5 in standard deviations.
    conditional: [&'static str; 3],
    statistic: &'static str,
    is_of_side: bool,
    /// The counts with what they are a part of.
    parts: Vec<Part>,
}

/// Counts of a column, where they are no more than what they are a part of.
fn parts(tested: &Tested<'_>, wholes: Option<&Counts>, count: impl Fn(usize) -> Option<u32>) -> Vec<Part> {
    let part = |row: usize| {
        let (count, whole) = (count(row)?, wholes?.get(row)?);
        (whole > 0 && count <= whole).then_some(Part { district: tested.districts[row], row, count, whole })
    };
    (0..tested.table.len()).filter_map(part).collect()
}

impl Digits {
    fn of(column: impl Iterator<Item = Option<u32>>) -> Self {
        let mut counts = [0; 10];
        for count in column.flatten().filter(|&count| count >= SMALLEST_COUNT) {
            counts[(count % 10) as usize] += 1;
        }
        Self { counts }
    }

    fn numbers(&self) -> u64 {
        self.counts.iter().sum()
    }

    fn chi_square(&self) -> f64 {
        let expected = self.numbers() as f64 / 10.0;
        self.counts.iter().map(|&count| (count as f64 - expected).powi(2) / expected).sum()
    }

    fn p(&self) -> f64 {
        // Nine degrees of freedom always give a distribution.
        chi_square_upper(self.chi_square(), 9).unwrap_or(1.0)
    }

    fn round(&self) -> f64 {
        row::share(self.counts[0] + self.counts[5], self.numbers())
    }
}

fn columns(view: &ContestView<'_>, tested: &Tested<'_>) -> Vec<Column> {
    let leader = view.leader_name().unwrap_or_default();
    let mut columns = vec![Column {
        label: Message::new("last-digit-column-leader").with("leader", leader),
        digits: Digits::of(tested.leader_votes.iter()),
        numbers: "numbers_leader",
        chi_square: "chi_square_leader",
        p: "p_leader",
        round: "round_share_leader",
        conditional: ["chi_square_conditional_leader", "p_conditional_leader", "round_z_conditional_leader"],
        statistic: "stations/last-digit:leader",
        is_of_side: true,
        parts: parts(tested, tested.share_base.as_ref(), |row| tested.leader_votes.get(row)),
    }];
    if let Some(base) = &tested.share_base {
        let others = base.iter().zip(tested.leader_votes.iter()).map(|(base, own)| base?.checked_sub(own?));
        columns.push(Column {
            label: Message::new("last-digit-column-others"),
            digits: Digits::of(others),
            numbers: "numbers_others",
            chi_square: "chi_square_others",
            p: "p_others",
            round: "round_share_others",
            conditional: ["chi_square_conditional_others", "p_conditional_others", "round_z_conditional_others"],
            statistic: "stations/last-digit:others",
            is_of_side: false,
            parts: parts(tested, Some(base), |row| base.get(row)?.checked_sub(tested.leader_votes.get(row)?)),
        });
    }
    if let Some(turnout) = &tested.turnout_numerator {
        columns.push(Column {
            label: Message::new("last-digit-column-turnout"),
            digits: Digits::of(Counts::iter(turnout)),
            numbers: "numbers_turnout",
            chi_square: "chi_square_turnout",
            p: "p_turnout",
            round: "round_share_turnout",
            conditional: ["chi_square_conditional_turnout", "p_conditional_turnout", "round_z_conditional_turnout"],
            statistic: "stations/last-digit:turnout",
            is_of_side: false,
            parts: parts(tested, tested.registered, |row| turnout.get(row)),
        });
    }
    columns.retain(|column| column.digits.numbers() >= FEWEST);
    columns
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>) -> Finding {
    let columns = columns(view, tested);
    let Some(most) = columns.iter().min_by(|a, b| a.digits.p().total_cmp(&b.digits.p())) else {
        let statement = Message::new("last-digit-no-data").with("fewest", FEWEST);
        return Finding::new(ID, Verdict::Undecided(Reason::NoData), row::subject(view), statement);
    };
    let statement = Message::new("last-digit-statement")
        .with("column", most.label.clone())
        .with("numbers", most.digits.numbers())
        .with("round", Arg::Percent(most.digits.round(), 1))
        .with("p", Arg::Probability(most.digits.p()));
    let brief = Message::new("last-digit-brief")
        .with("column", most.label.clone())
        .with("round", Arg::Percent(most.digits.round(), 1));
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(brief)
        .caveat(Message::new("last-digit-caveat-null"))
        .caveat(Message::new("last-digit-caveat-benford"))
        .measures(columns.iter().flat_map(measures));
    finding.evidence = columns.iter().map(evidence).collect();
    for column in &columns {
        let shares = shares(&column.parts, tested.district_count);
        let digits = Conditional::of(column.parts.iter(), &shares, SMALLEST_COUNT);
        add_conditional(&mut finding, column, &digits);
    }
    finding
}

fn measures(column: &Column) -> [Measure; 4] {
    let source = || Message::new("last-digit-source").with("column", column.label.clone());
    let digits = &column.digits;
    [
        Measure::count(column.numbers, digits.numbers(), Unit::Stations, source()),
        Measure::real(column.chi_square, digits.chi_square(), Unit::Pure, source()),
        Measure::real(column.p, digits.p(), Unit::Probability, source()),
        Measure::real(column.round, digits.round(), Unit::Fraction, source()),
    ]
}

fn add_conditional(finding: &mut Finding, column: &Column, digits: &Conditional) {
    let Some((sum, p)) = digits.chi_square().zip(digits.p()).filter(|_| digits.numbers() >= FEWEST) else { return };
    let source = || Message::new("last-digit-source-conditional").with("column", column.label.clone());
    let [name_sum, name_p, name_z] = column.conditional;
    finding.measures.extend([
        Measure::real(name_sum, sum, Unit::Pure, source()),
        Measure::real(name_p, p, Unit::Probability, source()),
        Measure::real(name_z, digits.round_z(), Unit::StandardDeviations, source()),
    ]);
    let statement = Message::new("last-digit-conditional")
        .with("column", column.label.clone())
        .with("numbers", digits.numbers())
        .with("z", Arg::Number(digits.round_z(), 1))
        .with("p", Arg::Probability(p));
    finding.evidence.push(Evidence::new(statement));
}

fn evidence(column: &Column) -> Evidence {
    let digits = &column.digits;
    // Of n numbers a fifth ends in 0 or 5, with standard deviation sqrt(0.2 * 0.8 / n).
    let sd = (0.16 / digits.numbers() as f64).sqrt();
    let statement = Message::new("last-digit-evidence")
        .with("column", column.label.clone())
        .with("numbers", digits.numbers())
        .with("round", Arg::Percent(digits.round(), 2))
        .with("z", Arg::Number((digits.round() - 0.2) / sd, 1))
        .with("p", Arg::Probability(digits.p()));
    let counts = digits.counts.iter().map(|&count| Value::Count(i64::try_from(count).unwrap_or(i64::MAX)));
    Evidence::new(statement).value("digits", Value::List(counts.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{real, run_on, table};

    #[test]
    fn digits_of_large_counts_only() {
        let digits = Digits::of([Some(99), Some(100), Some(205), Some(1007), None].into_iter());
        assert_eq!((digits.counts[0], digits.counts[5], digits.counts[7], digits.numbers()), (1, 1, 1, 3));
        assert!((digits.round() - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn rounded_counts_are_seen_given_the_digits_before() {
        // 120 stations of 1,000 in twelve districts: 300 to 599 for A; in every third the count is cut down to a
        // multiple of 10.
        let own: Vec<u32> = (0..120)
            .map(|row: u32| {
                let count = 300 + 97 * row % 300;
                if row.is_multiple_of(3) { count - count % 10 } else { count }
            })
            .collect();
        let others: Vec<u32> = own.iter().map(|own| 1_000 - own).collect();
        let findings = run_on(&LastDigit, table(&[], &[&own, &others]));
        let finding = &findings[0];
        // 40 more than a tenth of the other 80, beside 12 expected of 120 with deviation sqrt(120 * 0.09) = 3.3.
        assert!(real(finding, "round_z_conditional_others") > 5.0);
        assert!(real(finding, "p_conditional_others") < 1e-12);
        assert!(real(finding, "p_conditional_leader") < 1e-12);
        assert!(finding.value("p_conditional_turnout").is_none(), "there is no register");
    }

    #[test]
    fn chi_square_by_hand() {
        // 100 numbers, 19 ending in 0, 9 in each other digit: (9^2 + 9 * 1^2) / 10 = 9.0, p = 0.437 (scipy chi2.sf(9,
        // 9)).
        let mut counts = [9; 10];
        counts[0] = 19;
        let digits = Digits { counts };
        assert!((digits.chi_square() - 9.0).abs() < 1e-12);
        assert!((digits.p() - 0.437_274_188_9).abs() < 1e-9);
    }
}
