//! # stations/borders
//!
//! Compares places near each other on two sides of a border of regions with places as near inside a region: whether
//! turnout, or the share of the side tested, jumps at the border.
//!
//! **What it looks at.** Places (stations of one point together) of 100 or more voters and 50 or more votes, in pairs
//! that are at most 20 km apart, in different districts, and of which one has at most twice the voters of the other:
//! city and country are not compared. Each place is paired with the 16 nearest such places beyond a border of regions
//! and the 16 nearest inside its region; where 400 or more places are nearer than such, these are not looked for.
//! Regions are the widest areas of the table, districts the narrowest that have on average five places. Needed are 30
//! pairs across borders and 20 pairs of neighbouring districts inside regions.
//!
//! **Formula.** With l the logit of turnout or of the share of a place, a half added to either side, v its sampling
//! variance `1/(x + 1/2) + 1/(n - x + 1/2)`, and c the class of distance (to 2, 5, 10, 15 and 20 km),
//!
//! ```text
//! t_c   = mean over pairs inside regions of (l - l')^2 - v - v', at least 0
//! ratio = sum over pairs across the border of (l - l')^2 / sum of (t_c + v + v')
//! ```
//!
//! A square counts for at most 20 times the median of those inside regions. The ratio is 1 where a border of regions is
//! no more than one of districts; the extra mean square is the difference of both sums, by the number of pairs.
//!
//! **Null model.** A border of regions is drawn anew from borders of districts inside regions. All pairs of two
//! districts are an edge; an edge with the three nearest of its kind is a piece of a border; pieces are drawn until
//! they have as many pairs as the border of regions. p is (1 + redraws with at least as large a ratio) / (1 + redraws),
//! one-sided; for a border that is named it is multiplied by the number of borders looked at (20 or more pairs). So
//! what places share with those beside them, what changes slowly across the map, and what districts do of their own, is
//! in the null as it is in the data; which districts are neighbours is kept. Labels dealt anew place by place would
//! tear the regions apart, and signs turned within segments of a border would take a slope across the map for a jump.
//!
//! **When it is wrong.** Borders of regions are older than those of districts, and follow rivers, mountains and peoples
//! where those of districts do not: language, faith and economy change there too. Regions that are cities border on
//! their surroundings everywhere. In Bulgaria, July 2021, an accepted election, the border of Kardzhali, where many
//! speak Turkish, and Smolyan stands out in turnout and share; over all borders the ratios are 1.13 and 1.12. What
//! depends on each other over more than four edges is drawn as if it did not, so that p is somewhat too small for long
//! borders. Coordinates of a town for all its stations make few places of many.
//!
//! **What may not be concluded.** On which side of a border the numbers are wrong, or whether they are: a jump says
//! that the line matters, not why. That voters of like villages should not notice an administrative line is an
//! assumption. A zeal that all regions share makes no jump.
//!
//! **References.** Border discontinuities: Keele and Titiunik, Political Analysis 23, 2015. Region as a unit of
//! administrative pressure: Rundlett and Svolik, American Political Science Review 110, 2016. Bolivia 2019 and
//! Bulgaria, July 2021, whose tables have coordinates.

use std::sync::Arc;

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::{Names, Term};
use adil_stat::{Moments, Stream, stream};
use rayon::prelude::*;

use super::{
    cut,
    places::{self, Place},
    rates::{self, Question},
    row,
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested, every_side};

mod edges;
mod pairs;

use edges::{Edges, Sums, fraction};
use pairs::{Pair, Where, pairs};

/// The check.
pub(crate) struct Borders;

const ID: CheckId = CheckId("stations/borders");
/// Fewer pairs across borders say nothing.
const FEWEST_PAIRS: usize = 30;
/// Fewer pairs at one border, or at those of one region, say nothing of it.
const FEWEST_AT_BORDER: usize = 20;
/// Fewer pairs of neighbouring districts inside regions are no null.
const FEWEST_INNER: usize = 20;
/// A corrected p-value below this is counted.
const COUNTED_BELOW: f64 = 0.05;
/// Borders whose corrected p-value is no smaller are not named.
const NAMED_BELOW: f64 = 0.5;
/// Streams of borders begin after those of regions.
const BORDERS_FROM: u64 = 1 << 32;

impl Check for Borders {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim {
            technique: Technique::AdministrativePressure,
            needs: &[Need::Stations, Need::Line(Term::Registered), Need::Regions, Need::Coordinates],
        }];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let absent = |column| vec![row::absent(ID, view, "borders-no-data", column)];
        if tested.table.coordinates.iter().all(Option::is_none) {
            return absent("need-coordinates");
        }
        let Some(regions) = tested.table.regions().filter(|regions| regions.distinct() > 1) else {
            return absent("need-regions");
        };
        if rates::rated(tested).is_none() {
            return absent(rates::missing_column(tested));
        }
        let map = Map::of(view, tested, regions);
        let Some(map) = &*map else { return vec![row::no_stations(ID, view, "borders-few")] };
        vec![finding(view, regions, map, settings)]
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let sides = every_side::sides(view);
        let (Some(tested), Some(&first)) = (&view.tested, sides.first()) else { return Vec::new() };
        // One side first, which finds the near places for all.
        if let Some(regions) = tested.table.regions() {
            let view = view.of_side(first);
            view.tested.as_ref().map(|tested| Map::of(&view, tested, regions));
        }
        let of_side = |side| of_regions(&view.of_side(side), settings);
        sides.into_par_iter().flat_map_iter(of_side).collect()
    }
}

/// What either question says of each region, for the side tested.
fn of_regions(view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
    let Some(tested) = &view.tested else { return Vec::new() };
    let map = tested.table.regions().map(|regions| Map::of(view, tested, regions));
    let Some(map) = map.as_deref().and_then(Option::as_ref) else { return Vec::new() };
    let mut pieces = Vec::new();
    for region in cut::regions(tested, map.rows()) {
        for edges in &map.edges {
            let Some(number) = region.number else { continue };
            let sums = edges.of_region(Some(number));
            if sums.pairs < FEWEST_AT_BORDER {
                continue;
            }
            let mut draws = draws(view, settings, edges.question, number as u64 + 1);
            let p = edges.p(&sums, &mut draws, settings.permutations);
            let statistic = match edges.question {
                Question::Turnout => "stations/borders:turnout",
                Question::Share => "stations/borders:share",
            };
            let side = edges.question.side(tested);
            let said = cut::Said { statistic, side, effect: sums.ratio().ln(), ln_p: Some(p.ln()) };
            pieces.extend(cut::piece(tested, Some(number), &region.rows, said));
        }
    }
    pieces
}

/// The places, their pairs, and the edges for either question.
struct Map {
    places: Vec<Place>,
    regions: Vec<usize>,
    near: Arc<Near>,
    edges: [Edges; 2],
}

/// The pairs of near places; they are the same for every side whose stations are.
struct Near {
    /// The rows of each place.
    places: Vec<Vec<usize>>,
    pairs: Vec<Pair>,
}

impl Near {
    fn of(view: &ContestView<'_>, places: &[Place], lie: &Where<'_>) -> Arc<Self> {
        let search =
            || Self { places: places.iter().map(|place| place.rows.clone()).collect(), pairs: pairs(places, lie) };
        let near = view.once_for_all(ID, search);
        let is_of = near.places.iter().eq(places.iter().map(|place| &place.rows));
        if is_of { near } else { Arc::new(search()) }
    }
}

impl Map {
    fn of(view: &ContestView<'_>, tested: &Tested<'_>, names: &Names) -> Arc<Option<Self>> {
        view.once(ID, || Self::drawn(view, tested, names))
    }

    fn drawn(view: &ContestView<'_>, tested: &Tested<'_>, names: &Names) -> Option<Self> {
        let places = places::places(tested, &rates::rated(tested)?);
        let districts = places::districts(tested, &places);
        let regions: Vec<usize> = places.iter().map(|place| names.code(place.rows[0])).collect();
        let lie = Where { districts: &districts, regions: &regions };
        let near = Near::of(view, &places, &lie);
        let of = |question| Edges::of(question, &places, &lie, &near.pairs);
        let edges = [of(Question::Turnout)?, of(Question::Share)?];
        let enough = edges[0].of_region(None).pairs >= FEWEST_PAIRS && edges[0].inner_edges() >= FEWEST_INNER;
        enough.then_some(Self { places, regions, near, edges })
    }

    fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.places.iter().flat_map(|place| place.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows
    }

    /// The mean of the places of pairs across a border, on the side of either region.
    fn sides(&self, question: Question, border: (usize, usize)) -> [f64; 2] {
        let mut sides = [Moments::default(); 2];
        for pair in &self.near.pairs {
            for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                if (self.regions[one], self.regions[other]) == border {
                    sides[0].push(fraction(question, &self.places[one]), 1.0);
                    sides[1].push(fraction(question, &self.places[other]), 1.0);
                }
            }
        }
        sides.map(|side| side.mean().unwrap_or(0.0))
    }
}

/// Names of the measures: ratio, extra mean square, p-value, and borders whose corrected p-value is small.
fn measures(question: Question) -> [&'static str; 4] {
    match question {
        Question::Turnout => {
            ["borders_turnout_ratio", "borders_turnout_extra", "borders_turnout_p", "borders_turnout_small"]
        }
        Question::Share => ["borders_share_ratio", "borders_share_extra", "borders_share_p", "borders_share_small"],
    }
}

fn evidence(question: Question) -> Message {
    match question {
        Question::Turnout => Message::new("borders-turnout"),
        Question::Share => Message::new("borders-share"),
    }
}

fn draws(view: &ContestView<'_>, settings: &Settings, question: Question, index: u64) -> Stream {
    stream(settings.seed, &format!("{ID} {question:?} {}", view.contest.id), index)
}

/// A border that is looked at.
struct Border {
    regions: (usize, usize),
    sums: Sums,
    p: f64,
    corrected: f64,
}

/// The borders with enough pairs, the smallest p-value first, then the largest ratio.
fn borders(view: &ContestView<'_>, edges: &Edges, settings: &Settings) -> Vec<Border> {
    let large = edges.borders.iter().filter(|(_, sums)| sums.pairs >= FEWEST_AT_BORDER);
    let mut borders: Vec<Border> = large
        .enumerate()
        .map(|(index, (&regions, &sums))| {
            let mut draws = draws(view, settings, edges.question, BORDERS_FROM + index as u64);
            let p = edges.p(&sums, &mut draws, settings.permutations);
            Border { regions, sums, p, corrected: p }
        })
        .collect();
    let count = borders.len() as f64;
    borders.iter_mut().for_each(|border| border.corrected = (border.p * count).min(1.0));
    borders.sort_by(|a, b| {
        a.p.total_cmp(&b.p).then(b.sums.ratio().total_cmp(&a.sums.ratio())).then(a.regions.cmp(&b.regions))
    });
    borders
}

fn finding(view: &ContestView<'_>, names: &Names, map: &Map, settings: &Settings) -> Finding {
    let sums = map.edges.each_ref().map(|edges| edges.of_region(None));
    let p = std::array::from_fn::<f64, 2, _>(|index| {
        let edges = &map.edges[index];
        edges.p(&sums[index], &mut draws(view, settings, edges.question, 0), settings.permutations)
    });
    let borders = map.edges.each_ref().map(|edges| borders(view, edges, settings));
    let small = borders.each_ref().map(|borders| borders.iter().filter(|one| one.corrected < COUNTED_BELOW).count());
    let said = |id| {
        Message::new(id)
            .with("borders", borders[0].len())
            .with("turnout", Arg::Number(sums[0].ratio(), 2))
            .with("share", Arg::Number(sums[1].ratio(), 2))
            .with("turnoutsmall", small[0])
            .with("sharesmall", small[1])
    };
    let statement = said("borders-statement")
        .with("leader", view.leader_name().unwrap_or_default())
        .with("pairs", sums[0].pairs)
        .with("turnoutp", Arg::Probability(p[0]))
        .with("sharep", Arg::Probability(p[1]));
    let count = |name, value: usize, unit, id| Measure::count(name, value, unit, Message::new(id));
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(said("borders-brief"))
        .caveat(Message::new("borders-caveat-lines"))
        .caveat(Message::new("borders-caveat-side"))
        .measures([
            count("border_pairs", sums[0].pairs, Unit::Pure, "borders-source-pairs"),
            count("inner_pairs", map.edges[0].inner.pairs, Unit::Pure, "borders-source-inner"),
            count("inner_edges", map.edges[0].inner_edges(), Unit::Pure, "borders-source-edges"),
            count("borders", borders[0].len(), Unit::Pure, "borders-source-borders"),
        ]);
    for (index, edges) in map.edges.iter().enumerate() {
        let [ratio, extra, p_name, counted] = measures(edges.question);
        let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
        finding.measures.extend([
            real(ratio, sums[index].ratio(), Unit::Pure, "borders-source-ratio"),
            real(extra, sums[index].extra(), Unit::Pure, "borders-source-extra"),
            real(p_name, p[index], Unit::Probability, "borders-source-p"),
            count(counted, small[index], Unit::Pure, "borders-source-small"),
        ]);
        let named = borders[index].iter().filter(|border| border.corrected < NAMED_BELOW);
        finding.evidence.extend(named.take(settings.listed / 4).map(|border| {
            let (a, b) = border.regions;
            let [of_a, of_b] = map.sides(edges.question, border.regions);
            let ratio = border.sums.ratio();
            let statement = evidence(edges.question)
                .with("one", names.spelling(a))
                .with("other", names.spelling(b))
                .with("onevalue", Arg::Percent(of_a, 1))
                .with("othervalue", Arg::Percent(of_b, 1))
                .with("pairs", border.sums.pairs)
                .with("ratio", Arg::Number(ratio, 2))
                .with("p", Arg::Probability(border.corrected));
            Evidence::new(statement).value("ratio", Value::Real(ratio)).value("extra", Value::Real(border.sums.extra()))
        }));
    }
    finding
}

#[cfg(test)]
mod tests;
