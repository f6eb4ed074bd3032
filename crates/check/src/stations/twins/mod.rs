//! # stations/twins
//!
//! Compares stations that share a building: whether they differ more than stations of other buildings do, and whether
//! their counts differ by exactly 100, 200, 500 or 1,000.
//!
//! **What it looks at.** Stations with turnout and share that have the same coordinates, to a millionth of a degree,
//! and are in one district. A point with more than 100 stations is a town and left out. Of each building are compared
//! the turnouts and the shares of the side tested, in stations of 50 or more, where at least 25 voters are on either
//! side of the question; for turnout not those where all who are listed voted, whose list was made up during the vote.
//! Needed are fifteen such buildings in either half of the places.
//!
//! **Formula.** Of a building with k stations, x of n in each,
//!
//! ```text
//! w = n / (1 + (n - 1) rho),   p = sum w x/n / sum w,   X = sum w (x/n - p)^2 / (p (1 - p)),
//! ```
//!
//! the weights of beta-binomial shares whose voters have the intraclass correlation rho. X/(k - 1) is held against the
//! F distribution with k - 1 and nu degrees of freedom. rho leaves half of the buildings above their median, and nu, of
//! 1, 2, 3, 4, 6, 10, 20 and 50, is that which comes nearest to a tenth of the buildings in the outer tenth. Both come
//! from the other half of the places, which are divided by lot. A building is listed where its p-value times the number
//! of buildings is below 0.01. A region is told of by the mean of -ln p over its buildings, whose sum has a gamma
//! distribution.
//!
//! *Exact offsets.* Pairs of stations of a building are looked at whose votes for all others than the side tested
//! differ by no more than 5 or a tenth of their mean. Of those whose votes for the side, or whose voters, differ by an
//! offset, up to 10 more or less, one in 21 should differ by it exactly; as many or more have the probability of a
//! binomial number, times eight for two counts and four offsets.
//!
//! **Null model.** Stations of a building have voters of the same streets, divided by address or by alphabet; how alike
//! they are differs from building to building as it does in the other half of the places. Near an offset one difference
//! is as likely as the next. The verdict comes from like parts of clean elections.
//!
//! **When it is wrong.** Where coordinates are those of a town: its stations are no twins. Where one station of a
//! building has a hospital, a barracks, a students' home or mobile voters. What is done in many buildings is usual and
//! stands out nowhere: in Bulgaria, July 2021, an accepted election, turnouts of one building differ by so much, and
//! the tail is so heavy, that none is listed. In Bolivia 2019, where voters of a building are divided by alphabet, 18
//! of 3,249 buildings are listed by turnout, many of them schools abroad, and 5 by share. Pairs that share a station
//! are not independent, so that an offset's p is somewhat too small in large buildings; registers cut to round sizes
//! can put differences of turnout on round numbers.
//!
//! **What may not be concluded.** Which of two stations is the true one, or that either was altered.
//!
//! **References.** S. Sobolev on Russia's vote of 2020: 61 pairs of stations in one building whose votes of yes differ
//! by exactly 1,000; the tables at hand do not say which stations share a building. The beta-binomial distribution: J.
//! G. Skellam, Journal of the Royal Statistical Society B 10, 1948. Bolivia 2019 and Bulgaria, July 2021, whose tables
//! have coordinates.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::Term;
use adil_stat::ln_gamma_upper;

use super::{
    cut,
    rates::{self, Question},
    row,
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

mod buildings;
mod offsets;
mod spread;

use buildings::{Building, buildings};
use offsets::{Kind, Near, OFFSETS, Pair};
use spread::Compared;

/// The check.
pub(crate) struct Twins;

const ID: CheckId = CheckId("stations/twins");
/// A corrected p-value below this is listed.
const LISTED_BELOW: f64 = 0.01;
/// Fewer buildings of a region give no piece.
const FEWEST_IN_REGION: usize = 10;

impl Check for Twins {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const NEEDS: &[Need] = &[Need::Stations, Need::Line(Term::Registered), Need::Coordinates];
        const CLAIMS: &[Claim] = &[
            Claim { technique: Technique::GroupVoting, needs: NEEDS },
            Claim { technique: Technique::Stuffing, needs: NEEDS },
        ];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        if tested.table.coordinates.iter().all(Option::is_none) {
            return vec![row::absent(ID, view, "twins-no-data", "need-coordinates")];
        }
        let Some(stations) = rates::rated(tested) else {
            return vec![row::absent(ID, view, "twins-no-data", rates::missing_column(tested))];
        };
        let buildings = buildings(tested, &stations, settings.seed);
        let compared = Question::ALL.map(|question| Compared::of(question, &buildings));
        let [Some(turnout), Some(share)] = compared else {
            return vec![row::no_stations(ID, view, "twins-few")];
        };
        vec![finding(view, tested, &buildings, &[turnout, share], settings)]
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(stations) = rates::rated(tested) else { return Vec::new() };
        let buildings = buildings(tested, &stations, settings.seed);
        let compared: Vec<Compared> =
            Question::ALL.iter().filter_map(|&question| Compared::of(question, &buildings)).collect();
        let rows = buildings.iter().flat_map(|building| building.stations.iter().map(|station| station.row));
        let mut rows: Vec<usize> = rows.collect();
        rows.sort_unstable();
        let region_of = |row: usize| tested.table.regions().map(|names| names.code(row));
        let mut pieces = Vec::new();
        for region in cut::regions(tested, rows) {
            let inside = |row: usize| region.number.is_none() || region_of(row) == region.number;
            let said = compared.iter().filter_map(|compared| closeness(tested, compared, inside));
            let within: Vec<&Building> = buildings.iter().filter(|building| inside(building.row())).collect();
            let offsets = Kind::ALL.iter().filter_map(|&kind| at_offsets(tested, kind, &within));
            pieces.extend(said.chain(offsets).filter_map(|said| cut::piece(tested, region.number, &region.rows, said)));
        }
        pieces
    }
}

/// How far the twins of some rows differ.
fn closeness(tested: &Tested<'_>, compared: &Compared, inside: impl Fn(usize) -> bool) -> Option<cut::Said> {
    let own = compared.twins.iter().zip(&compared.ln_p).filter(|(twins, _)| inside(twins.row));
    let (count, sum) = own.fold((0u32, 0.0), |(count, sum), (_, ln_p)| (count + 1, sum - ln_p));
    let statistic = match compared.question {
        Question::Turnout => "stations/twins:turnout",
        Question::Share => "stations/twins:share",
    };
    let side = compared.question.side(tested);
    let said = || cut::Said { statistic, side, effect: sum / f64::from(count), ln_p: Some(ln_gamma_upper(sum, count)) };
    (count as usize >= FEWEST_IN_REGION).then(said)
}

/// How many pairs of some buildings are at offsets.
fn at_offsets(tested: &Tested<'_>, kind: Kind, buildings: &[&Building]) -> Option<cut::Said> {
    let mut near = Near::default();
    buildings.iter().for_each(|building| near.push(kind, building, |_| ()));
    let statistic = match kind {
        Kind::Votes => "stations/twins:offsets-votes",
        Kind::Turnout => "stations/twins:offsets-turnout",
    };
    let said = || cut::Said { statistic, side: Some(tested.leader), effect: near.excess(), ln_p: Some(near.ln_p()) };
    (near.seen() + near.beside() > 0).then(said)
}

/// Names of the measures: buildings, what is usual, its tail, those that differ by more, and the smallest p-value.
fn measure_names(question: Question) -> [&'static str; 5] {
    match question {
        Question::Turnout => [
            "twins_turnout_buildings",
            "twins_turnout_spread",
            "twins_turnout_tail",
            "twins_turnout_far",
            "twins_turnout_p",
        ],
        Question::Share => {
            ["twins_share_buildings", "twins_share_spread", "twins_share_tail", "twins_share_far", "twins_share_p"]
        }
    }
}

fn evidence(question: Question) -> Message {
    match question {
        Question::Turnout => Message::new("twins-far-turnout"),
        Question::Share => Message::new("twins-far-share"),
    }
}

impl Kind {
    /// Names of the measures: pairs at offsets, those expected, and the p-value of the offset with the smallest.
    fn measures(self) -> [&'static str; 3] {
        match self {
            Self::Votes => ["offsets_votes", "offsets_votes_expected", "offsets_votes_p"],
            Self::Turnout => ["offsets_turnout", "offsets_turnout_expected", "offsets_turnout_p"],
        }
    }

    fn evidence(self) -> Message {
        match self {
            Self::Votes => Message::new("twins-offset-votes"),
            Self::Turnout => Message::new("twins-offset-turnout"),
        }
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    buildings: &[Building],
    compared: &[Compared; 2],
    settings: &Settings,
) -> Finding {
    let mut pairs: Vec<Pair> = Vec::new();
    let near = Kind::ALL.map(|kind| {
        let mut near = Near::default();
        buildings.iter().for_each(|building| near.push(kind, building, |pair| pairs.push(pair)));
        near
    });
    let far = compared.each_ref().map(|compared| compared.far(LISTED_BELOW));
    let spread = compared.each_ref().map(|compared| Arg::Percent(compared.spread(), 1));
    let said = |id| {
        Message::new(id)
            .with("buildings", compared[0].twins.len().max(compared[1].twins.len()))
            .with("turnout", far[0].len())
            .with("share", far[1].len())
            .with("pairs", near[0].seen() + near[1].seen())
            .with("expected", Arg::Number(near[0].expected() + near[1].expected(), 1))
    };
    let [turnout_spread, share_spread] = spread;
    let statement = said("twins-statement")
        .with("leader", view.leader_name().unwrap_or_default())
        .with("turnoutspread", turnout_spread)
        .with("sharespread", share_spread);
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(said("twins-brief"))
        .caveat(Message::new("twins-caveat-town"))
        .caveat(Message::new("twins-caveat-usual"));
    for (compared, far) in compared.iter().zip(&far) {
        finding.measures.extend(measures(compared, far.len()));
        let listed = far.iter().take(settings.listed / 4);
        finding.evidence.extend(listed.filter_map(|&index| building(tested, compared, index)));
    }
    for (kind, near) in Kind::ALL.into_iter().zip(&near) {
        let [seen, expected, p] = kind.measures();
        let smallest = (0..OFFSETS.len()).map(|offset| near.corrected(offset)).fold(0.0, f64::min);
        let source = Message::new;
        finding.measures.extend([
            Measure::count(seen, near.seen(), Unit::Pure, source("twins-source-offsets")),
            Measure::real(expected, near.expected(), Unit::Pure, source("twins-source-expected")),
            Measure::real(p, smallest.exp(), Unit::Probability, source("twins-source-offset-p")),
        ]);
        let is_own = |pair: &&Pair| pair.kind == kind && near.corrected(pair.offset) < LISTED_BELOW.ln();
        let listed = pairs.iter().filter(is_own).take(settings.listed / 4);
        finding.evidence.extend(listed.map(|pair| offset(tested, pair, near)));
    }
    finding
}

fn measures(compared: &Compared, far: usize) -> [Measure; 5] {
    let [buildings, spread, tail, listed, p] = measure_names(compared.question);
    let smallest = (0..compared.twins.len()).map(|index| compared.corrected(index)).fold(0.0, f64::min);
    let lightest = compared.usual[0].tail.min(compared.usual[1].tail);
    let source = Message::new;
    [
        Measure::count(buildings, compared.twins.len(), Unit::Groups, source("twins-source-buildings")),
        Measure::real(spread, compared.spread(), Unit::Fraction, source("twins-source-spread")),
        Measure::real(tail, lightest, Unit::Pure, source("twins-source-tail")),
        Measure::count(listed, far, Unit::Groups, source("twins-source-far")),
        Measure::real(p, smallest.exp(), Unit::Probability, source("twins-source-p")),
    ]
}

fn building(tested: &Tested<'_>, compared: &Compared, index: usize) -> Option<Evidence> {
    let twins = &compared.twins[index];
    let [lowest, highest] = twins.ends()?;
    let statement = evidence(compared.question)
        .with("stations", twins.cells.len())
        .with("low", tested.table.name(lowest.0))
        .with("lowvalue", Arg::Percent(lowest.1, 1))
        .with("high", tested.table.name(highest.0))
        .with("highvalue", Arg::Percent(highest.1, 1))
        .with("p", Arg::Probability(compared.corrected(index).exp()));
    let evidence = Evidence::new(statement).at(row::place(tested.table, highest.0));
    Some(evidence.value("lowest", Value::Real(lowest.1)).value("highest", Value::Real(highest.1)))
}

fn offset(tested: &Tested<'_>, pair: &Pair, near: &Near) -> Evidence {
    let [(low, fewer), (high, more)] = pair.rows;
    let count = |count: u32| Arg::Count(i64::from(count));
    let statement = pair
        .kind
        .evidence()
        .with("low", tested.table.name(low))
        .with("lowvalue", count(fewer))
        .with("high", tested.table.name(high))
        .with("highvalue", count(more))
        .with("offset", count(OFFSETS[pair.offset]))
        .with("p", Arg::Probability(near.corrected(pair.offset).exp()));
    Evidence::new(statement)
        .at(row::place(tested.table, high))
        .value("offset", Value::Count(i64::from(OFFSETS[pair.offset])))
}

#[cfg(test)]
mod tests;
