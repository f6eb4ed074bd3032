//! A real table as the model of honest ones: its registers and areas, and how much its stations differ.
//!
//! In each district the voters of a station, and then its ballots, are divided by Dirichlet-multinomial distributions of two kinds:
//!
//! ```text
//! (stayed away, voted) ~ DM(N; a_d),    (for others, for the side) ~ DM(ballots; b_d),
//! ln a_r ~ Normal(ln a, 1),   ln a_d ~ Normal(ln a_r, 1/2),   b likewise    (country, region, district)
//! ```
//!
//! with the parameters that are likeliest. One distribution of the three kinds is this with the two concentrations tied; on real
//! tables turnout and share are unlike uneven, and tied they make shares too uneven. The means are then raked so that each region's
//! expected turnout and share are the real ones. Ballots for others are divided among the other options and invalid papers, and issued
//! ballots among room, home and early voting, in the same manner ([`split`]).
//!
//! Within a district turnout and share are independent of each other, and of the size of the register.
//!
//! A table drawn from it is honest by construction: nothing in it but chance makes stations of a district differ. What a
//! district or a region has in common, honest or not, is kept as the model's own. So is the spread between stations: where
//! the real table was cheated in, its twin is more uneven than honest voters would have made it.

mod draw;
mod split;

use adil_record::{Area, Counts, LeftOut, Names, StationTable, Term};
use adil_stat::{DirichletMultinomial, Prior};
use rayon::prelude::*;

use crate::ledger::Ledger;
use split::Kinds;

/// The spread of the logarithms of parameters: of regions around the country, of districts around their region.
const SPREADS: (f64, f64) = (1.0, 0.5);
/// The concentration that the search begins with.
const BEGUN_WITH: f64 = 50.0;
/// A share of a kind that nobody chose, so that it has a logarithm.
const LEAST_SHARE: f64 = 1e-5;

/// A model of a real table, from which honest ones are drawn.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// Names, areas and columns of text; no counts.
    skeleton: StationTable,
    side: usize,
    options: usize,
    has_invalid: bool,
    /// The protocol lines of the table.
    terms: Vec<Term>,
    registered: Vec<u32>,
    /// Papers that each station received; none where neither they nor the unused ones are known.
    received: Vec<u32>,
    /// Lines that are taken as they are.
    kept: Vec<(Term, Counts)>,
    districts: Vec<District>,
}

/// The model of one district.
#[derive(Debug, Clone)]
struct District {
    rows: Vec<usize>,
    /// Stayed away, voted.
    voters: [f64; 2],
    /// Of the ballots: for others or invalid, for the side.
    ballots: [f64; 2],
    /// Of those who voted otherwise: invalid papers first where they are known, then the options in their order.
    others: Vec<f64>,
    /// Of the ballots issued: in the room, outside, early.
    ways: Vec<f64>,
    /// Of the ballots issued, those that are not found in the boxes.
    taken: f64,
    /// Whether early ballots are counted from the mobile boxes.
    early_is_mobile: bool,
}

/// Why a table cannot be the model of others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// No such option.
    #[error("side {side}: the table has {options} options, counted from 0")]
    Side {
        /// What was asked for.
        side: usize,
        /// How many there are.
        options: usize,
    },
    /// Without registers nobody stayed away.
    #[error("the table has no register of voters; a table is drawn from registers")]
    NoRegister,
    /// No row can be used.
    #[error("no station of the table has a register, and votes that are known and no more than its voters")]
    NoStation,
}

impl Fitted {
    /// Fits the model to a table.
    ///
    /// # Errors
    /// The side is no option, or no station has a register and known votes.
    pub fn fit(table: &StationTable, side: usize) -> Result<Self, FitError> {
        let options = table.votes.len();
        if side >= options {
            return Err(FitError::Side { side, options });
        }
        if table.line(Term::Registered).is_none() {
            return Err(FitError::NoRegister);
        }
        let books = Ledger::new(table, side);
        let is_usable = |&row: &usize| {
            let voted = found(&books, row);
            books.registered(row).zip(voted).is_some_and(|(registered, voted)| registered > 0 && voted <= registered)
        };
        let rows: Vec<usize> = (0..table.len()).filter(is_usable).collect();
        if rows.is_empty() {
            return Err(FitError::NoStation);
        }
        let stations: Vec<Station> = rows.iter().map(|&row| Station::of(&books, row)).collect();
        let regions = by_region(table, &rows);
        let all: Vec<usize> = (0..stations.len()).collect();
        let country = Divisions::both(|division| fit(&stations, &all, division, None));
        let has_invalid = table.line(Term::Invalid).is_some();
        let model = |region: &Region| region.model(table, &rows, &stations, &country, side, has_invalid);
        let districts = regions.par_iter().map(model).collect::<Vec<_>>().into_iter().flatten().collect();
        let kept = [
            Term::Added,
            Term::CertificatesReceived,
            Term::CertificatesIssued,
            Term::CertificatesVoted,
            Term::CertificatesUnused,
            Term::CertificatesIssuedAbove,
            Term::CertificatesLost,
            Term::CertificatesUnaccounted,
        ];
        let kept = kept.into_iter().filter_map(|term| Some((term, table.line(term)?.select(&rows)))).collect();
        Ok(Self {
            skeleton: skeleton(table, &rows),
            side,
            options,
            has_invalid,
            terms: table.lines.iter().map(|(term, _)| *term).collect(),
            registered: stations.iter().map(|station| station.registered).collect(),
            received: stations.iter().map(|station| station.received).collect(),
            kept,
            districts,
        })
    }

    /// How many stations a drawn table has.
    pub fn len(&self) -> usize {
        self.registered.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.registered.is_empty()
    }
}

/// The votes of all options and the invalid papers; `None` where any votes are not known.
fn found(books: &Ledger<'_>, row: usize) -> Option<u32> {
    let others = books.others(row).saturating_add(books.line(Term::Invalid, row).unwrap_or(0));
    Some(books.own(row)?.saturating_add(others))
}

/// What the model needs of a station.
#[derive(Debug, Clone, Copy)]
struct Station {
    registered: u32,
    received: u32,
    own: u32,
    ballots: u32,
    issued: u32,
    outside: u32,
    early: u32,
    mobile: Option<u32>,
}

impl Station {
    fn of(books: &Ledger<'_>, row: usize) -> Self {
        let zero = |term| books.line(term, row).unwrap_or(0);
        let ballots = found(books, row).unwrap_or(0);
        let issued = books.issued(row).unwrap_or(ballots);
        let of_unused = || books.line(Term::Unused, row).map(|unused| unused.saturating_add(issued));
        let mobile = books.line(Term::InMobileBoxes, row);
        let outside = books.line(Term::IssuedOutside, row).or(mobile).unwrap_or(0);
        Self {
            registered: books.registered(row).unwrap_or(0),
            received: books.line(Term::Received, row).or_else(of_unused).unwrap_or(0),
            own: books.own(row).unwrap_or(0),
            ballots,
            issued,
            outside: outside.min(issued),
            early: zero(Term::IssuedEarly).min(issued - outside.min(issued)),
            mobile,
        }
    }

    fn divided(&self, division: Division) -> [u32; 2] {
        match division {
            Division::Voters => [self.registered - self.ballots, self.ballots],
            Division::Ballots => [self.ballots.saturating_sub(self.own), self.own.min(self.ballots)],
        }
    }
}

/// Where a whole is divided in two.
#[derive(Debug, Clone, Copy)]
enum Division {
    /// The register: stayed away, voted.
    Voters,
    /// The ballots: for others, for the side.
    Ballots,
}

/// Something for each division.
#[derive(Debug, Clone)]
struct Divisions<T> {
    voters: T,
    ballots: T,
}

impl<T> Divisions<T> {
    fn both(of: impl Fn(Division) -> T) -> Self {
        Self { voters: of(Division::Voters), ballots: of(Division::Ballots) }
    }

    fn get(&self, division: Division) -> &T {
        match division {
            Division::Voters => &self.voters,
            Division::Ballots => &self.ballots,
        }
    }
}

/// The stations of a region, by place among those used, and the district of each.
#[derive(Debug, Default)]
struct Region {
    stations: Vec<usize>,
    districts: Vec<usize>,
    /// How many districts there are.
    count: usize,
}

fn by_region(table: &StationTable, rows: &[usize]) -> Vec<Region> {
    let (numbers, all) = table.districts();
    let mut regions: Vec<Region> = Vec::new();
    regions.resize_with(table.regions().map_or(1, |names| names.distinct()), Region::default);
    let mut within = vec![None; all];
    for (station, &row) in rows.iter().enumerate() {
        let region = &mut regions[table.regions().map_or(0, |names| names.code(row))];
        let district = *within[numbers[row]].get_or_insert(region.count);
        region.count = region.count.max(district + 1);
        region.stations.push(station);
        region.districts.push(district);
    }
    regions.retain(|region| !region.stations.is_empty());
    regions
}

impl Region {
    fn model(
        &self,
        table: &StationTable,
        rows: &[usize],
        stations: &[Station],
        country: &Divisions<[f64; 2]>,
        side: usize,
        has_invalid: bool,
    ) -> Vec<District> {
        let of_region = || self.stations.iter().map(|&station| &stations[station]);
        let mut members = vec![Vec::new(); self.count];
        for (&station, &district) in self.stations.iter().zip(&self.districts) {
            members[district].push(station);
        }
        let fitted = Divisions::both(|division| {
            let prior = Prior { alpha: *country.get(division), spread: SPREADS.0 };
            let own = fit(stations, &self.stations, division, Some(&prior));
            let prior = Prior { alpha: own, spread: SPREADS.1 };
            members.iter().map(|members| fit(stations, members, division, Some(&prior))).collect::<Vec<_>>()
        });
        let register = |members: &Vec<usize>| members.iter().map(|&one| f64::from(stations[one].registered)).sum();
        let registers: Vec<f64> = members.iter().map(register).collect();
        let voters = raked(&fitted.voters, &registers, self.sums(stations, Division::Voters));
        // What a draw finds in the boxes, on average.
        let found: Vec<f64> =
            registers.iter().zip(&voters).map(|(size, [away, voted])| size * voted / (away + voted)).collect();
        let ballots = raked(&fitted.ballots, &found, self.sums(stations, Division::Ballots));

        let others: Vec<u32> =
            self.stations.iter().flat_map(|&at| others(table, rows[at], side, has_invalid)).collect();
        let kinds = table.votes.len() - 1 + usize::from(has_invalid);
        let split = |kinds: usize, counts: &[u32]| {
            split::parameters(&Kinds { kinds, counts, districts: &self.districts, count: self.count })
        };
        let others = split(kinds, &others);
        let ways: Vec<u32> =
            of_region().flat_map(|one| [one.issued - one.outside - one.early, one.outside, one.early]).collect();
        let ways = split(3, &ways);

        let sum = |of: &dyn Fn(&Station) -> u32| of_region().map(|one| f64::from(of(one))).sum::<f64>();
        let issued = sum(&|one| one.issued).max(1.0);
        // Without boxes, papers counted are papers issued, but for slips of the pen.
        let has_boxes = table.in_boxes().is_some() || !has_invalid;
        let taken = if has_boxes { sum(&|one| one.issued.saturating_sub(one.ballots)) / issued } else { 0.0 };
        let (outside, early) = (sum(&|one| one.outside), sum(&|one| one.early));
        let mobile = sum(&|one| one.mobile.unwrap_or(one.outside));
        let early_is_mobile = (mobile - outside - early).abs() < (mobile - outside).abs();
        let parts = members.into_iter().zip(voters).zip(ballots).zip(others).zip(ways);
        let district = |((((rows, voters), ballots), others), ways)| District {
            rows,
            voters,
            ballots,
            others,
            ways,
            taken,
            early_is_mobile,
        };
        parts.map(district).collect()
    }

    /// How the region's stations are divided in all.
    fn sums(&self, stations: &[Station], division: Division) -> [f64; 2] {
        self.stations.iter().fold([0.0; 2], |sums, &station| {
            let counts = stations[station].divided(division);
            [sums[0] + f64::from(counts[0]), sums[1] + f64::from(counts[1])]
        })
    }
}

/// The likeliest parameters of these stations.
fn fit(stations: &[Station], members: &[usize], division: Division, prior: Option<&Prior<2>>) -> [f64; 2] {
    let counts: Vec<[u32; 2]> = members.iter().map(|&station| stations[station].divided(division)).collect();
    let start = prior.map_or_else(
        || {
            let sums = [0, 1].map(|kind| counts.iter().map(|counts| f64::from(counts[kind])).sum::<f64>());
            let all: f64 = sums.iter().sum::<f64>().max(1.0);
            sums.map(|sum| BEGUN_WITH * (sum / all).max(LEAST_SHARE))
        },
        |prior| prior.alpha,
    );
    let fitted = DirichletMultinomial::fit(&counts, &vec![1.0; counts.len()], prior, start);
    fitted.map_or(start, |fitted| fitted.alpha())
}

/// The same concentrations with means whose sums over wholes of these sizes are in the proportion of `sums`.
fn raked(fitted: &[[f64; 2]], sizes: &[f64], sums: [f64; 2]) -> Vec<[f64; 2]> {
    let (size, all) = (sizes.iter().sum::<f64>(), sums[0] + sums[1]);
    if all <= 0.0 {
        return fitted.to_vec();
    }
    let mut shares: Vec<Vec<f64>> = fitted.iter().map(|[a, b]| vec![a / (a + b), b / (a + b)]).collect();
    split::rake(&mut shares, sizes, &sums.map(|sum| sum * size / all));
    shares.iter().zip(fitted).map(|(shares, [a, b])| [shares[0] * (a + b), shares[1] * (a + b)]).collect()
}

/// Invalid papers where they are known, then the votes of all options but the side.
fn others(table: &StationTable, row: usize, side: usize, has_invalid: bool) -> Vec<u32> {
    let invalid = table.line(Term::Invalid).filter(|_| has_invalid).map(|invalid| invalid.or_zero(row));
    let votes = (0..table.votes.len()).filter(|&option| option != side).map(|option| table.votes[option].or_zero(row));
    invalid.into_iter().chain(votes).collect()
}

/// The table with these rows only, and without counts.
fn skeleton(table: &StationTable, rows: &[usize]) -> StationTable {
    let select = |names: &Names| {
        let mut selected = Names::default();
        rows.iter().for_each(|&row| selected.push(names.get(row)));
        selected
    };
    let left = table.len() - rows.len();
    let left_out = LeftOut { reason: "no model of the station".to_owned(), rows: left as u64, first_row: 0 };
    // Reports of turnout are left out: they would not fit another count.
    StationTable {
        input: table.input.clone(),
        areas: table.areas.iter().map(|area| Area { level: area.level.clone(), names: select(&area.names) }).collect(),
        stations: select(&table.stations),
        source_rows: rows.iter().map(|&row| table.source_rows.get(row).copied().unwrap_or(0)).collect(),
        coordinates: rows.iter().filter_map(|&row| table.coordinates.get(row).copied()).collect(),
        counted_by_machine: rows.iter().filter_map(|&row| table.counted_by_machine.get(row).copied()).collect(),
        extra: table.extra.iter().map(|(name, names)| (name.clone(), select(names))).collect(),
        share_of: table.share_of,
        turnout_of: table.turnout_of,
        left_out: if left > 0 { vec![left_out] } else { Vec::new() },
        by_construction: table.by_construction.clone(),
        ..StationTable::default()
    }
}
