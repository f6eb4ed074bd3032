//! Which stations have more of one kind among all than their size and their district explain: beta-binomial regression,
//! and the evidence of each station as an e-value.
//!
//! A station with `part` of `whole` has, where nothing was moved, the distribution
//!
//! ```text
//! P0 = 0.95 BetaBinomial(whole, mu phi, (1 - mu) phi) + 0.05 uniform on 0 .. whole,
//! logit mu = c + b ln size + a_district
//! ```
//!
//! with district effects a drawn to 0 as by a normal distribution of deviation 1, and phi of its region. The uniform
//! part stands for hospitals and other stations unlike the rest. c, b and a are fitted by quasi-likelihood with the
//! variance of the beta-binomial distribution (Williams, Applied Statistics 31, 1982), phi by the likelihood of P0. All
//! are fitted on one half of the stations of each district and used on the other. If s were moved into the part, what
//! there was before is `part - s`; the e-value is
//!
//! ```text
//! E = mean over s of P0(part - s) / P0(part),   s = 5, 10, 20, 30 and 50 % of the whole
//! ```
//!
//! whose mean under P0 is at most 1: sum over x of P0(x) P0(x - s)/P0(x) <= 1. So E of 20 or more has a probability of
//! at most 1/20.

use adil_finding::{Arg, Evidence as Line, Finding, Measure, Message, Unit, Value};
use adil_stat::{DirichletMultinomial, e_benjamini_hochberg};

use super::row;
use crate::{Settings, Tested};

/// A station's part of a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The number of its district.
    pub(super) district: usize,
    /// The number of its region.
    pub(super) region: usize,
    /// The part; at most the whole.
    pub(super) part: u32,
    /// The whole; above zero.
    pub(super) whole: u32,
    /// What the station's size is measured by; above zero.
    pub(super) size: f64,
}

/// What is said of a station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judged {
    /// The e-value of an excess.
    pub(super) e: f64,
    /// The part that was expected.
    pub(super) expected: f64,
}

/// What the e-values of several stations say together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    /// Their mean, an e-value under any dependence.
    pub(super) mean: f64,
    /// How many are above 20.
    pub(super) strong: usize,
    /// How many are told apart at a rate of false discoveries, under any dependence (e-BH: Wang and Ramdas 2022).
    pub(super) discovered: usize,
}

/// From here on an e-value counts as strong.
const STRONG: f64 = 20.0;
/// Fewer stations in a half are too few to fit anything.
const FEWEST: usize = 30;
/// The weight of the uniform part.
const UNIFORM: f64 = 0.05;
/// How much is moved, as a part of the whole.
const MOVED: [f64; 5] = [0.05, 0.1, 0.2, 0.3, 0.5];
/// Passes over the stations that fit the expected parts.
const PASSES: usize = 14;
/// Stations of a region from which its phi is found; more make no difference.
const ENOUGH: usize = 250;
/// Where ln phi is looked for.
const LN_PHI: (f64, f64) = (-1.0, 9.0);

/// What is said of each of the parts, in their order; `None` where they are too few or all none.
pub(super) fn judge(parts: &[Part]) -> Option<Vec<Judged>> {
    let districts = parts.iter().map(|part| part.district + 1).max()?;
    let mut seen = vec![0usize; districts];
    let halves: Vec<usize> = parts
        .iter()
        .map(|part| {
            seen[part.district] += 1;
            seen[part.district] % 2
        })
        .collect();
    let of_half = |half: usize| -> Vec<Part> {
        parts.iter().zip(&halves).filter(|(_, own)| **own == half).map(|(part, _)| *part).collect()
    };
    let models = [Model::fit(&of_half(0))?, Model::fit(&of_half(1))?];
    // Each half is judged by the other's model.
    Some(parts.iter().zip(&halves).map(|(part, half)| models[1 - half].judge(part)).collect())
}

impl Evidence {
    /// Of these e-values; `rate` is that of false discoveries.
    pub(super) fn of(e: &[f64], rate: f64) -> Self {
        let count = e.len().max(1) as f64;
        Self {
            mean: e.iter().sum::<f64>() / count,
            strong: e.iter().filter(|e| **e >= STRONG).count(),
            discovered: e_benjamini_hochberg(e, rate).iter().filter(|found| **found).count(),
        }
    }

    /// ln of a p-value: by Markov's inequality at most 1/mean.
    pub(super) fn ln_p(&self) -> f64 {
        (-self.mean.ln()).min(0.0)
    }
}

/// What an excess is told with, by names.
pub(super) struct Names {
    /// Measures and their sources: the mean e-value, stations with a strong one, stations told apart.
    pub(super) measures: [[&'static str; 2]; 3],
    /// The sentence on all stations.
    pub(super) statement: &'static str,
}

/// Says what was judged: of all stations together, and of at most `listed` single ones, the strongest first. `station` gives the row of one, by
/// its number, and the sentence with its own numbers.
pub(super) fn say(
    finding: &mut Finding,
    tested: &Tested<'_>,
    judged: &[Judged],
    names: &Names,
    (settings, listed): (&Settings, usize),
    station: impl Fn(usize) -> (usize, Message),
) {
    let e: Vec<f64> = judged.iter().map(|judged| judged.e).collect();
    let together = Evidence::of(&e, settings.region_false_discovery_rate);
    let [mean, strong, discovered] = names.measures;
    let count = |[name, id]: [&'static str; 2], value| Measure::count(name, value, Unit::Stations, Message::new(id));
    finding.measures.extend([
        Measure::real(mean[0], together.mean, Unit::Pure, Message::new(mean[1])),
        count(strong, together.strong),
        count(discovered, together.discovered),
    ]);
    let statement = Message::new(names.statement).with("stations", together.strong).with("compared", judged.len());
    finding.evidence.push(Line::new(statement.with("mean", Arg::Number(together.mean, 2))));
    let mut strongest: Vec<usize> = (0..judged.len()).filter(|&number| judged[number].e >= STRONG).collect();
    strongest.sort_by(|&a, &b| judged[b].e.total_cmp(&judged[a].e).then(a.cmp(&b)));
    finding.evidence.extend(strongest.into_iter().take(listed).map(|number| {
        let (row, statement) = station(number);
        let statement = statement
            .with("station", tested.table.name(row))
            .with("expected", Arg::Number(judged[number].expected, 0))
            .with("evidence", Arg::Number(judged[number].e, 0));
        Line::new(statement).at(row::place(tested.table, row)).value("e_value", Value::Real(judged[number].e))
    }));
}

/// The distribution of parts where nothing was moved.
struct Model {
    constant: f64,
    slope: f64,
    centre: f64,
    of_district: Vec<f64>,
    ln_phi: Vec<f64>,
    ln_phi_all: f64,
}

impl Model {
    fn fit(parts: &[Part]) -> Option<Self> {
        let (part, whole) = parts
            .iter()
            .fold((0u64, 0u64), |sum, station| (sum.0 + u64::from(station.part), sum.1 + u64::from(station.whole)));
        if parts.len() < FEWEST || part == 0 || part == whole {
            return None;
        }
        let districts = parts.iter().map(|station| station.district + 1).max()?;
        let share = part as f64 / whole as f64;
        let mut model = Self {
            constant: (share / (1.0 - share)).ln(),
            slope: 0.0,
            centre: parts.iter().map(|station| station.size.ln()).sum::<f64>() / parts.len() as f64,
            of_district: vec![0.0; districts],
            ln_phi: Vec::new(),
            ln_phi_all: 0.0,
        };
        let mut rho = 0.05;
        for pass in 0..PASSES {
            rho = if pass % 2 == 0 { model.move_line(parts, rho) } else { model.move_districts(parts, rho) };
        }
        model.find_phi(parts);
        Some(model)
    }

    fn expected_share(&self, station: &Part) -> f64 {
        let district = self.of_district.get(station.district).copied().unwrap_or(0.0);
        let line = self.constant + self.slope * (station.size.ln() - self.centre) + district;
        1.0 / (1.0 + (-line.clamp(-12.0, 12.0)).exp())
    }

    /// A step of Fisher's method for the constant and the slope; gives rho that fits the residuals.
    fn move_line(&mut self, parts: &[Part], rho: f64) -> f64 {
        let (mut first, mut second) = ([0.0f64; 2], [0.0f64; 3]);
        let mut residuals = Residuals::default();
        for station in parts {
            let residual = residuals.push(station, self.expected_share(station), rho);
            let x = station.size.ln() - self.centre;
            first = [first[0] + residual.score, first[1] + residual.score * x];
            second =
                [second[0] + residual.weight, second[1] + residual.weight * x, second[2] + residual.weight * x * x];
        }
        // Stations of nearly one size say nothing of a slope: a normal distribution of deviation 1 draws it to 0.
        let (a, b, d) = (second[0], second[1], second[2] + 1.0);
        let right = first[1] - self.slope;
        let determinant = a * d - b * b;
        if determinant > 0.0 {
            self.constant += ((d * first[0] - b * right) / determinant).clamp(-1.0, 1.0);
            self.slope += ((a * right - b * first[0]) / determinant).clamp(-1.0, 1.0);
        }
        residuals.rho(rho)
    }

    /// The same for the effects of districts.
    fn move_districts(&mut self, parts: &[Part], rho: f64) -> f64 {
        let mut sums = vec![(0.0f64, 0.0f64); self.of_district.len()];
        let mut residuals = Residuals::default();
        for station in parts {
            let residual = residuals.push(station, self.expected_share(station), rho);
            let sum = &mut sums[station.district];
            *sum = (sum.0 + residual.score, sum.1 + residual.weight);
        }
        for (effect, (score, weight)) in self.of_district.iter_mut().zip(sums) {
            *effect += ((score - *effect) / (weight + 1.0)).clamp(-1.0, 1.0);
        }
        residuals.rho(rho)
    }

    /// The likeliest phi of each region and of all, by golden sections.
    fn find_phi(&mut self, parts: &[Part]) {
        self.ln_phi_all = self.likeliest_phi(parts);
        let regions = parts.iter().map(|station| station.region + 1).max().unwrap_or(0);
        let mut of_region: Vec<Vec<Part>> = vec![Vec::new(); regions];
        parts.iter().for_each(|station| of_region[station.region].push(*station));
        let phi = |stations: &Vec<Part>| {
            if stations.len() < FEWEST { self.ln_phi_all } else { self.likeliest_phi(stations) }
        };
        self.ln_phi = of_region.iter().map(phi).collect();
    }

    fn likeliest_phi(&self, parts: &[Part]) -> f64 {
        let step = parts.len().div_ceil(ENOUGH).max(1);
        let shares: Vec<(&Part, f64)> =
            parts.iter().step_by(step).map(|station| (station, self.expected_share(station))).collect();
        let likelihood = |ln_phi: f64| -> f64 {
            shares.iter().map(|(station, share)| Null::new(station, *share, ln_phi).ln(station.part)).sum()
        };
        let golden = 0.618_033_988_749_894_8;
        let (mut low, mut high) = LN_PHI;
        let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
        let (mut at_left, mut at_right) = (likelihood(left), likelihood(right));
        while high - low > 0.05 {
            if at_left >= at_right {
                (high, right, at_right) = (right, left, at_left);
                left = high - golden * (high - low);
                at_left = likelihood(left);
            } else {
                (low, left, at_left) = (left, right, at_right);
                right = low + golden * (high - low);
                at_right = likelihood(right);
            }
        }
        f64::midpoint(low, high)
    }

    fn judge(&self, station: &Part) -> Judged {
        let share = self.expected_share(station);
        let ln_phi = self.ln_phi.get(station.region).copied().unwrap_or(self.ln_phi_all);
        let null = Null::new(station, share, ln_phi);
        let observed = null.ln(station.part);
        let moved = MOVED.iter().filter_map(|fraction| {
            let moved = (fraction * f64::from(station.whole)).round().max(1.0) as u32;
            Some((null.ln(station.part.checked_sub(moved)?) - observed).exp())
        });
        Judged { e: moved.sum::<f64>() / MOVED.len() as f64, expected: share * f64::from(station.whole) }
    }
}

/// A station under the null.
struct Null {
    law: DirichletMultinomial<2>,
    whole: u32,
}

impl Null {
    fn new(station: &Part, share: f64, ln_phi: f64) -> Self {
        let phi = ln_phi.exp();
        Self { law: DirichletMultinomial::new([share * phi, (1.0 - share) * phi]), whole: station.whole }
    }

    fn ln(&self, part: u32) -> f64 {
        let own = self.law.ln_probability(&[part, self.whole - part]).exp();
        ((1.0 - UNIFORM) * own + UNIFORM / (f64::from(self.whole) + 1.0)).ln()
    }
}

/// What a station adds to the step.
struct Residual {
    score: f64,
    weight: f64,
}

/// Squared residuals in units of their variance, each at most 9: a few stations unlike the rest must not decide.
#[derive(Default)]
struct Residuals {
    squares: f64,
    count: f64,
}

impl Residuals {
    fn push(&mut self, station: &Part, share: f64, rho: f64) -> Residual {
        let whole = f64::from(station.whole);
        let wider = 1.0 + (whole - 1.0) * rho;
        let left = f64::from(station.part) - whole * share;
        let variance = (whole * share * (1.0 - share)).max(1e-12);
        self.squares += (left * left / (variance * wider)).min(9.0);
        self.count += 1.0;
        Residual { score: left / wider, weight: variance / wider }
    }

    fn rho(&self, before: f64) -> f64 {
        (before * self.squares / self.count.max(1.0)).clamp(1e-5, 0.9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 30 districts of 20 stations with 400 each; the part is 5 % plus a district's own up to 6 %, and in two of three
    /// stations 7 more.
    fn stations() -> Vec<Part> {
        (0..600u32)
            .map(|row| {
                let district = row / 20;
                let part = 20 + 4 * (district % 7) + 7 * (row * row % 3);
                Part { district: district as usize, region: 0, part, whole: 400, size: 500.0 + f64::from(row % 9) }
            })
            .collect()
    }

    #[test]
    fn e_values_average_to_at_most_one_over_all_that_could_be_seen() {
        let model = Model::fit(&stations()).expect("enough stations");
        for (share, ln_phi) in [(0.02, 2.0), (0.4, 5.0)] {
            let part = |part| Part { district: 0, region: 0, part, whole: 60, size: 500.0 };
            let null = Null::new(&part(0), share, ln_phi);
            let fixed = Model {
                constant: (share / (1.0 - share)).ln(),
                slope: 0.0,
                centre: 0.0,
                of_district: vec![0.0],
                ln_phi: vec![ln_phi],
                ln_phi_all: 0.0,
            };
            let total: f64 = (0..=60).map(|x| null.ln(x).exp()).sum();
            let mean: f64 = (0..=60).map(|x| null.ln(x).exp() * fixed.judge(&part(x)).e).sum();
            assert!((total - 1.0).abs() < 1e-10 && mean <= 1.0 + 1e-10, "{total} {mean}");
            assert!(mean > 0.5, "most of what is moved can be seen: {mean}");
        }
        assert!(model.ln_phi_all > 2.0);
    }

    #[test]
    fn a_station_with_far_more_is_told_apart() {
        let mut parts = stations();
        let honest: Vec<f64> = judge(&parts).expect("enough stations").iter().map(|judged| judged.e).collect();
        assert!(Evidence::of(&honest, 0.05).strong == 0 && Evidence::of(&honest, 0.05).mean < 1.0, "{honest:?}");
        parts[305].part += 120;
        let judged = judge(&parts).expect("enough stations");
        assert!(judged[305].e > 50.0, "{:?}", judged[305]);
        // District 15: 24, and 0, 7, 7 in turn on top of it.
        assert!((judged[305].expected - 28.7).abs() < 3.0, "{:?}", judged[305]);
        let strong = judged.iter().filter(|judged| judged.e >= STRONG).count();
        assert_eq!(strong, 1);
    }

    #[test]
    fn nothing_is_said_of_few_or_of_none() {
        assert!(judge(&stations()[..40]).is_none());
        let none: Vec<Part> = stations().iter().map(|part| Part { part: 0, ..*part }).collect();
        assert!(judge(&none).is_none());
        assert!(judge(&[]).is_none());
        let huge: Vec<Part> = stations().iter().map(|part| Part { part: 4, whole: 1_000_000_000, ..*part }).collect();
        assert!(judge(&huge).expect("enough").iter().all(|judged| judged.e.is_finite()));
    }
}
