//! # stations/neighbours
//!
//! Compares places with the eight nearest: whether a share above that of the neighbours goes together with a turnout above
//! theirs.
//!
//! **What it looks at.** Stations with coordinates, a register and a share. Stations of one point (to a millionth of a
//! degree) are one place: their numbers are added. Needed are fifty places.
//!
//! **Formula.** Of a place with share y, turnout t and the eight nearest other places (along great circles),
//!
//! ```text
//! u = y - sum w y / sum w,   v = t - sum w t / sum w,   sums over the eight, w votes
//! ```
//!
//! r is the correlation of u and v, each place weighted by the root of its votes. A place stands out where both u and v are
//! more than three robust standard deviations (1.4826 times the median of the distances from the median) above their
//! medians. The spread of u, beside that of y, says how much of the differences between places neighbours share.
//!
//! **Null model.** Within a district the v of places are dealt anew, so that the u and the v of each district stay, and only
//! which belongs to which is by chance. p is (1 + redraws with at least as much) / (1 + redraws), one-sided. A district is the
//! narrowest level of areas that has on average five places.
//!
//! **When it is wrong.** Town and country, and rich and poor quarters, lie side by side: they move turnout and share
//! together, and a hospital or barracks stands out honestly. Eight neighbours are shared by many places, so residuals
//! depend on each other; dealing within districts keeps only a part of that. Coordinates are often those of a town, not of
//! a building: many stations then are one place.
//!
//! **What may not be concluded.** Such a correlation exists in elections that nobody disputes; p says that it is not by
//! chance, not that it is not honest.
//!
//! **References.** Local comparison: Anselin, Geographical Analysis 27, 1995. Bolivia 2019 and Bulgaria, July 2021, whose tables
//! have coordinates.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::Term;
use adil_stat::{Correlation, Moments, Stream, quantile, stream};

use super::{
    cut,
    places::{self, Place},
    rates, row,
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Neighbours;

const ID: CheckId = CheckId("stations/neighbours");
/// Neighbours of a place.
const NEAREST: usize = 8;
/// Fewer places say nothing.
const FEWEST: usize = 50;
/// Fewer places of a region give no piece.
const FEWEST_IN_REGION: usize = 20;
/// How many robust standard deviations stand out.
const FAR: f64 = 3.0;
/// Places dealt with in all redraws together, at most: a larger table has fewer redraws.
const MOST_DEALT: usize = 10_000_000;

impl Check for Neighbours {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim {
            technique: Technique::Stuffing,
            needs: &[Need::Stations, Need::Line(Term::Registered), Need::Coordinates],
        }];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        if tested.table.coordinates.iter().all(Option::is_none) {
            return vec![row::absent(ID, view, "neighbours-no-data", "need-coordinates")];
        }
        let Some(stations) = rates::rated(tested) else {
            return vec![row::absent(ID, view, "neighbours-no-data", rates::missing_column(tested))];
        };
        let places = places::places(tested, &stations);
        if places.len() < FEWEST {
            return vec![row::no_stations(ID, view, "neighbours-few")];
        }
        vec![finding(view, tested, &places, settings)]
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(stations) = rates::rated(tested) else { return Vec::new() };
        let places = places::places(tested, &stations);
        if places.len() < FEWEST {
            return Vec::new();
        }
        let field = Field::of(tested, places);
        let mut of_row = vec![None; tested.table.len()];
        for (number, place) in field.places.iter().enumerate() {
            place.rows.iter().for_each(|&row| of_row[row] = Some(number));
        }
        let piece = |region: cut::Region| {
            // Stations of one point may be said to be in two regions; the place counts where its first one is.
            let own = |row: &usize| of_row[*row].filter(|&place| field.places[place].rows[0] == *row);
            let members: Vec<usize> = region.rows.iter().filter_map(own).collect();
            if members.len() < FEWEST_IN_REGION {
                return None;
            }
            let r = field.correlation(&members, &field.turnout)?;
            let number = region.number.map_or(0, |number| number as u64 + 1);
            let mut draws = draws(view, settings, number);
            let dealt = field.deal(&members, &mut draws, settings.permutations / 10);
            let said = cut::Said {
                statistic: "stations/neighbours:correlation",
                side: Some(tested.leader),
                effect: r,
                ln_p: Some(dealt.p_correlation.ln()),
            };
            cut::piece(tested, region.number, &region.rows, said)
        };
        let rows = (0..of_row.len()).filter(|&row| of_row[row].is_some());
        cut::regions(tested, rows).into_iter().filter_map(piece).collect()
    }
}

/// The places with what sets each apart from its neighbours.
struct Field {
    places: Vec<Place>,
    districts: Vec<usize>,
    /// Share less that of the neighbours.
    share: Vec<f64>,
    /// Turnout less that of the neighbours.
    turnout: Vec<f64>,
    /// The root of the votes.
    weights: Vec<f64>,
    /// How far the furthest of the eight is, in kilometres.
    reach: Vec<f64>,
    /// From where on a share and a turnout stand out.
    limits: [f64; 2],
}

/// What redraws gave.
struct Dealt {
    p_correlation: f64,
    /// Places that stand out, on average.
    expected: f64,
    p_far: f64,
    draws: usize,
}

impl Field {
    fn of(tested: &Tested<'_>, places: Vec<Place>) -> Self {
        let points = places::points(&places);
        let (mut share, mut turnout, mut reach) = (Vec::new(), Vec::new(), Vec::new());
        for (number, place) in places.iter().enumerate() {
            let near = points.nearest(number, NEAREST);
            let (mut shares, mut turnouts) = (Moments::default(), Moments::default());
            for &(other, _) in &near {
                let other = &places[other];
                shares.push(other.share(), other.weight());
                turnouts.push(other.turnout(), other.weight());
            }
            share.push(place.share() - shares.mean().unwrap_or(0.0));
            turnout.push(place.turnout() - turnouts.mean().unwrap_or(0.0));
            reach.push(near.last().map_or(0.0, |&(other, _)| place.at.kilometres_to(places[other].at)));
        }
        let districts = places::districts(tested, &places);
        let weights = places.iter().map(|place| place.weight().sqrt()).collect();
        let limits = [limit(&share), limit(&turnout)];
        Self { places, districts, share, turnout, weights, reach, limits }
    }

    fn correlation(&self, members: &[usize], turnout: &[f64]) -> Option<f64> {
        let mut sums = Correlation::default();
        members.iter().for_each(|&place| sums.push(self.share[place], turnout[place], self.weights[place]));
        sums.value()
    }

    /// The places that stand out.
    fn far<'s>(&'s self, members: &'s [usize], turnout: &'s [f64]) -> impl Iterator<Item = usize> + 's {
        let [share_limit, turnout_limit] = self.limits;
        members.iter().copied().filter(move |&place| self.share[place] > share_limit && turnout[place] > turnout_limit)
    }

    /// Deals the turnouts of `members` anew within districts.
    fn deal(&self, members: &[usize], draws: &mut Stream, wanted: usize) -> Dealt {
        let wanted = wanted.min(MOST_DEALT / members.len().max(1)).max(99);
        let own: Vec<usize> = members.iter().map(|&place| self.districts[place]).collect();
        let groups: Vec<Vec<usize>> = places::members(&own)
            .into_iter()
            .map(|group| group.into_iter().map(|index| members[index]).collect())
            .collect();
        // Rounding must not make a redraw that repeats the data smaller than the data.
        let observed = self.correlation(members, &self.turnout).unwrap_or(0.0) - 1e-12;
        let far = self.far(members, &self.turnout).count();
        let mut turnout = self.turnout.clone();
        let (mut as_correlated, mut as_far, mut sum) = (1usize, 1usize, 0usize);
        let mut hand: Vec<f64> = Vec::new();
        for _ in 0..wanted {
            for group in groups.iter().filter(|group| group.len() > 1) {
                hand.clear();
                hand.extend(group.iter().map(|&place| turnout[place]));
                draws.shuffle(&mut hand);
                group.iter().zip(&hand).for_each(|(&place, &dealt)| turnout[place] = dealt);
            }
            as_correlated += usize::from(self.correlation(members, &turnout).is_some_and(|r| r >= observed));
            let dealt = self.far(members, &turnout).count();
            as_far += usize::from(dealt >= far);
            sum += dealt;
        }
        let p = |count: usize| count as f64 / (1 + wanted) as f64;
        Dealt { p_correlation: p(as_correlated), expected: sum as f64 / wanted as f64, p_far: p(as_far), draws: wanted }
    }
}

/// Three robust standard deviations above the median.
fn limit(values: &[f64]) -> f64 {
    let median = quantile(values, 0.5).unwrap_or(0.0);
    let distances: Vec<f64> = values.iter().map(|value| (value - median).abs()).collect();
    median + FAR * 1.4826 * quantile(&distances, 0.5).unwrap_or(0.0)
}

fn draws(view: &ContestView<'_>, settings: &Settings, index: u64) -> Stream {
    stream(settings.seed, &format!("{ID} {}", view.contest.id), index)
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, places: &[Place], settings: &Settings) -> Finding {
    let field = Field::of(tested, places.to_vec());
    let all: Vec<usize> = (0..field.places.len()).collect();
    let r = field.correlation(&all, &field.turnout).unwrap_or(0.0);
    let dealt = field.deal(&all, &mut draws(view, settings, 0), settings.permutations);
    let far: Vec<usize> = field.far(&all, &field.turnout).collect();
    let stations: usize = field.places.iter().map(|place| place.rows.len()).sum();
    let said = |id| {
        let message = Message::new(id).with("places", field.places.len()).with("correlation", Arg::Number(r, 2));
        message.with("far", far.len()).with("expected", Arg::Number(dealt.expected, 1))
    };
    let statement = said("neighbours-statement")
        .with("leader", view.leader_name().unwrap_or_default())
        .with("stations", stations)
        .with("p", Arg::Probability(dealt.p_correlation));
    let spread = |values: &mut dyn Iterator<Item = f64>| {
        let mut moments = Moments::default();
        values.zip(&field.weights).for_each(|(value, &weight)| moments.push(value, weight));
        moments.sd().unwrap_or(0.0)
    };
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let count = |name, value: usize, unit, id| Measure::count(name, value, unit, Message::new(id));
    let permuted = || Message::new("neighbours-source-dealt").with("draws", dealt.draws);
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(said("neighbours-brief"))
        .caveat(Message::new("neighbours-caveat-honest"))
        .caveat(Message::new("neighbours-caveat-dependent"))
        .measures([
            count("places", field.places.len(), Unit::Groups, "neighbours-source-places"),
            count("placed_stations", stations, Unit::Stations, "neighbours-source-stations"),
            real("correlation_neighbours", r, Unit::Pure, "neighbours-source-correlation"),
            Measure::real("p_correlation_neighbours", dealt.p_correlation, Unit::Probability, permuted()),
            count("standing_out", far.len(), Unit::Groups, "neighbours-source-far"),
            Measure::real("standing_out_expected", dealt.expected, Unit::Groups, permuted()),
            Measure::real("p_standing_out", dealt.p_far, Unit::Probability, permuted()),
        ]);
    let spreads = [
        ("share_spread", spread(&mut field.places.iter().map(Place::share)), "neighbours-source-spread"),
        ("share_spread_neighbours", spread(&mut field.share.iter().copied()), "neighbours-source-residual"),
        ("turnout_spread_neighbours", spread(&mut field.turnout.iter().copied()), "neighbours-source-residual"),
    ];
    finding.measures.extend(spreads.map(|(name, value, id)| real(name, value, Unit::Fraction, id)));
    let reach = quantile(&field.reach, 0.5).unwrap_or(0.0);
    finding.measures.push(real("median_reach_km", reach, Unit::Pure, "neighbours-source-reach"));
    let mut sorted = far;
    // How far it stands out on the side on which it does less.
    let least = |place: usize| {
        let [share, turnout] = field.limits;
        (field.share[place] / share).min(field.turnout[place] / turnout)
    };
    sorted.sort_by(|&a, &b| least(b).total_cmp(&least(a)).then(a.cmp(&b)));
    finding.evidence = sorted.into_iter().take(settings.listed).map(|place| evidence(tested, &field, place)).collect();
    finding
}

fn evidence(tested: &Tested<'_>, field: &Field, number: usize) -> Evidence {
    let place = &field.places[number];
    let statement = Message::new("neighbours-place")
        .with("station", tested.table.name(place.rows[0]))
        .with("stations", place.rows.len())
        .with("share", Arg::Percent(place.share(), 1))
        .with("turnout", Arg::Percent(place.turnout(), 1))
        .with("neighbourshare", Arg::Percent(place.share() - field.share[number], 1))
        .with("neighbourturnout", Arg::Percent(place.turnout() - field.turnout[number], 1))
        .with("reach", Arg::Number(field.reach[number], 1));
    Evidence::new(statement)
        .at(row::place(tested.table, place.rows[0]))
        .value("share_above", Value::Real(field.share[number]))
        .value("turnout_above", Value::Real(field.turnout[number]))
}

#[cfg(test)]
mod tests;
