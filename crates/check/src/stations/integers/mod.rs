//! # stations/integers
//!
//! Counts stations whose turnout or share is a whole percentage, and compares with what chance gives, exactly.
//!
//! **What it looks at.** Numbers that people choose are round; numbers that are counted are round only by chance. A
//! station's turnout T/N (ballots issued by voters registered) and the share L/B of the side tested count as whole where
//! they lie within 0.05 of a percentage point of a whole percentage m, in whole numbers `20 |100 k - m n| <= n`.
//!
//! **Formula.** Stations are kept with B > 0, N >= 100, turnout and share at most 99 %. If every paper of a station
//! were drawn anew with the station's own share, its count would be Bin(n, k/n); the probability p of a whole percentage
//! is the sum of that distribution over the whole numbers within the windows around the percentages. It is summed, not
//! simulated, so it has neither seed nor error of simulation. For turnout or share, `p = 1 - (1 - a)(1 - b)`. Over stations,
//!
//! ```text
//! excess = observed - sum p,   sd^2 = sum p (1 - p),   z = excess / sd
//! ```
//!
//! This is the published recipe (`excess_either`, `_result`, `_turnout`). The *interior* version, which decides the
//! verdict, lets a turnout or share count only at stations where it lies between 10 % and 95 %. Stations with shares near
//! zero show 0 % more often than their own redraws do, which pushes the published z down by up to 9 (Israel, Peru, Bulgaria);
//! within the interior this bias is gone.
//!
//! The *lattice* version asks a local question that needs no model of the share: within the percentage point around m,
//! is the count in the window at m more often than in equally wide windows at m ± 1/4 and m ± 1/2? A station of n papers has
//! only n/100 possible counts in that point; those in each window are counted and taken as equally likely, so stations
//! whose numbers can only be round contribute nothing.
//!
//! Where a table says both what was issued and what was in the boxes, the counts are repeated with ballots in the boxes
//! as turnout, if they differ (`…_in_boxes`).
//!
//! **Null model.** Papers independent within a station, with the station's own shares; turnout independent of share. The
//! p-value is the upper tail of the sum of unequal trials: exact up to 2,500 stations, beyond that the normal
//! approximation with skewness (Volkova 1996), whose error is of the order 1/sd^2. Regions are tested alike, and named at a false
//! discovery rate of 1 % (Benjamini and Hochberg). The verdict needs more than that p: the excess of a region as a part of its
//! stations, less two standard deviations, must be outside like parts of clean elections, or so many regions must be among the
//! largest tenth of them as no clean election would have. Otherwise it is `undecided`.
//!
//! **When it is wrong.** Where shares are spread less than about a percentage point between stations; where somebody who
//! passed the table on turned rounded percentages back into counts; where rows are listed twice, which counts their whole
//! percentages twice; where rows that are not stations (totals) are read as such. A plug-in null
//! tends to expect slightly too many whole percentages at the edge of the kept range, so it errs towards silence.
//!
//! **What may not be concluded.** A small p says only that chance does not explain the excess. It does not say that numbers
//! were chosen rather than counted, for the table itself may make them round (see above; `stations/duplicates` lists equal
//! rows); nor at which stations, by whom, or how many votes it moved. Silence says nothing about honesty: invented numbers need not be round.
//!
//! **References.** Kobak, Shpilkin, Pshenichnikov, "Integer percentages as electoral falsification fingerprints", Annals of
//! Applied Statistics 10, 2016. Rozenas, "Detecting election fraud from irregularities in vote-share distributions",
//! Political Analysis 25, 2017. Volkova, "A refinement of the central limit theorem for sums of independent random
//! indicators", Theory of Probability and its Applications 40, 1996. Published excess, in stations, and adil's: 2004 933.7
//! and 934.4; 2007 722.7 and 722.3; 2008 1722.8 and 1717.5; 2011 1003.5 and 1002.6; 2012 1159.6 and 1161.0; 2016 1502.4
//! and 1497.8; 2020 3610.9 and 3604.9 (in boxes); 2021 1309.8 and 1311.4.

mod chance;
mod figures;
mod lattice;
mod tally;
mod words;

use adil_finding::{CheckId, Finding, Reason, Technique, Verdict};
use adil_record::{Counts, Term, TurnoutOf};
use adil_stat::benjamini_hochberg;

use self::tally::{Columns, Outcome};
use super::{cut, row};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Integers;

const ID: CheckId = CheckId("stations/integers");
/// Its statistic of a region.
const STATISTIC: &str = "stations/integers:either";

impl Check for Integers {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[
            Claim { technique: Technique::Stuffing, needs: &[Need::Stations, Need::Line(Term::Registered)] },
            Claim { technique: Technique::Count, needs: &[Need::Stations] },
        ];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        view.tested.as_ref().map(|tested| findings(view, tested, settings)).unwrap_or_default()
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        view.tested.as_ref().map(|tested| pieces(view, tested)).unwrap_or_default()
    }
}

/// Fewer stations are not set beside those of other elections.
const FEWEST_IN_REGION: usize = 50;

/// The excess of each region as a part of its stations, less two standard deviations.
fn pieces(view: &ContestView<'_>, tested: &Tested<'_>) -> Vec<Piece> {
    let Some(columns) = Columns::of(tested, tested.turnout_numerator.as_ref()) else { return Vec::new() };
    let outcome = view.once(ID, || Outcome::of(&columns));
    let regions = cut::regions(tested, columns.stations().map(|(row, _)| row));
    let country = cut::Region { number: None, rows: columns.stations().map(|(row, _)| row).collect() };
    let has_regions = regions.iter().any(|region| region.number.is_some());
    let piece = |region: &cut::Region| {
        let sum = region.number.map_or(&outcome.interior.either, |number| &outcome.regions[number]);
        let kept = sum.kept as f64;
        let said = cut::Said {
            statistic: STATISTIC,
            side: Some(tested.leader),
            effect: (sum.excess() - cut::DEVIATIONS * sum.sd()) / kept,
            ln_p: Some(sum.upper_tail().probability.max(f64::MIN_POSITIVE).ln()),
        };
        cut::piece(tested, region.number, &region.rows, said).filter(|_| sum.kept >= FEWEST_IN_REGION)
    };
    regions.iter().chain(has_regions.then_some(&country)).filter_map(piece).collect()
}

fn findings(view: &ContestView<'_>, tested: &Tested<'_>, settings: &Settings) -> Vec<Finding> {
    let Some(columns) = Columns::of(tested, tested.turnout_numerator.as_ref()) else {
        return vec![row::absent(ID, view, "integers-no-data", "term-valid")];
    };
    let outcome = view.once(ID, || Outcome::of(&columns));
    if outcome.kept == 0 {
        return vec![row::no_stations(ID, view, "integers-no-stations")];
    }
    if outcome.interior.either.kept == 0 {
        return vec![row::no_stations(ID, view, "integers-no-interior")];
    }
    let in_boxes = second_turnout(tested)
        .and_then(|ballots| Columns::of(tested, Some(&ballots)).map(|columns| Outcome::of(&columns)));
    let regions = regional(tested, &outcome, settings);
    let p = outcome.interior.either.upper_tail();
    let unlikely = p.probability < settings.national_p;
    // What is anomalous is judged beside clean elections.
    let verdict = Verdict::Undecided(Reason::NoNull);
    let mut national = Finding::new(ID, verdict, row::subject(view), words::national(view, &outcome, p, unlikely))
        .measures(words::measures(&outcome, &words::PUBLISHED))
        .measures(words::interior(&outcome, p))
        .measures(words::lattice(&outcome))
        .brief(words::brief(&outcome));
    if let Some(in_boxes) = &in_boxes {
        national = national
            .measures(words::measures(in_boxes, &words::PUBLISHED_IN_BOXES))
            .measures(words::measures_interior(in_boxes, &words::INTERIOR_IN_BOXES));
    }
    national.measures.extend(words::regions_tested(&regions));
    national.caveats = words::caveats(unlikely, outcome.has_turnout);
    national.evidence = words::peaks(view, &outcome);
    national.figures = figures::histograms(view, &columns);
    let flagged = regions.iter().filter(|region| region.flagged);
    std::iter::once(national).chain(flagged.map(|region| words::regional(view, region, settings))).collect()
}

/// Ballots in the boxes, where turnout is taken of ballots issued, the table has one column of each, and they differ.
fn second_turnout(tested: &Tested<'_>) -> Option<Counts> {
    let table = tested.table;
    table.line(Term::Issued)?;
    let in_boxes = table.line(Term::InBoxes).filter(|_| table.turnout_of == TurnoutOf::Issued)?;
    (tested.turnout_numerator.as_ref() != Some(in_boxes)).then(|| in_boxes.clone())
}

/// A region with its test.
struct Region {
    name: String,
    sum: chance::Sum,
    p: f64,
    flagged: bool,
}

/// The interior test of each region, and which are named at the rate of the settings.
fn regional(tested: &Tested<'_>, outcome: &Outcome, settings: &Settings) -> Vec<Region> {
    let Some(names) = tested.table.regions().filter(|names| names.distinct() > 1) else { return Vec::new() };
    let tails: Vec<f64> = outcome.regions.iter().map(|sum| sum.upper_tail().probability).collect();
    let flags = benjamini_hochberg(&tails, settings.region_false_discovery_rate);
    let region = |(code, sum): (usize, &chance::Sum)| Region {
        name: names.spelling(code).to_owned(),
        sum: sum.clone(),
        p: tails[code],
        flagged: flags[code],
    };
    let mut regions: Vec<Region> = outcome.regions.iter().enumerate().map(region).collect();
    regions.retain(|region| region.sum.kept > 0);
    regions.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| b.sum.z().total_cmp(&a.sum.z())));
    regions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{measured, run_on, table};

    /// Twenty stations with this register, voters and votes of the two sides.
    fn twenty(registered: u32, voted: u32, votes: [u32; 2]) -> Finding {
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &[registered; 20]), (Term::Issued, &[voted; 20])];
        run_on(&Integers, table(lines, &votes.map(|votes| [votes; 20]).each_ref().map(|column| &column[..]))).remove(0)
    }

    #[test]
    fn where_no_station_is_left_the_finding_says_why() {
        // A register of 99 is below 100.
        let small = twenty(99, 60, [40, 20]);
        let id = |finding: &Finding| (finding.statement.id, finding.verdict);
        assert_eq!(id(&small), ("integers-no-stations", Verdict::Undecided(Reason::NoData)));
        // Turnout 98 % and share 96 / 98 = 98 %: kept, but both above the 95 % up to which the test looks.
        let high = twenty(100, 98, [96, 2]);
        assert_eq!(id(&high), ("integers-no-interior", Verdict::Undecided(Reason::NoData)));
        assert_eq!(measured(&twenty(100, 60, [40, 20]), "kept_either_interior"), 20);
    }

    #[test]
    fn an_anomaly_says_what_else_makes_whole_percentages() {
        // Turnout 600 of 1,000 and share 300 of 600, whole in all twenty stations.
        let round = twenty(1000, 600, [300, 300]);
        assert_eq!(round.statement.id, "integers-statement-anomalous");
        assert!(round.caveats.iter().any(|caveat| caveat.id == "integers-caveat-chosen"));
    }
}
