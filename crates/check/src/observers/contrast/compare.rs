//! Two groups of stations beside each other: as they are, and matched within their districts.

use adil_stat::{Candidates, MatchRule, SignedRanks, largest_gamma_signed_rank, match_within};

use super::outcome::Fractions;
use crate::Tested;
use crate::stations::row::share;

/// The stations of a contrast: all that can be compared, and which of them are exposed.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// Rows of the table.
    pub(super) rows: Vec<usize>,
    /// Whether each is exposed.
    pub(super) exposed: Vec<bool>,
}

/// What a contrast of one outcome shows.
#[derive(Debug, Clone)]
pub(super) struct Compared {
    /// Exposed stations, and the outcome over all of them together.
    pub(super) with: (u64, f64),
    /// The others.
    pub(super) without: (u64, f64),
    /// Pairs within districts, where there are any.
    pub(super) matched: Option<Matched>,
}

/// Pairs of an exposed station and another one of its district with a register of like size.
#[derive(Debug, Clone)]
pub(super) struct Matched {
    pub(super) pairs: usize,
    /// Exposed stations without another one like them in their district.
    pub(super) unmatched: usize,
    /// Hodges and Lehmann's estimate of the difference, exposed less other.
    pub(super) estimate: f64,
    /// Its interval at 95 %, where there are pairs enough for one.
    pub(super) interval: Option<(f64, f64)>,
    /// The two-sided p-value of the signed ranks.
    pub(super) p: f64,
    /// How many times likelier to be exposed the one station of a pair would have to be, for something hidden to explain the
    /// difference; none where there is nothing to explain.
    pub(super) gamma: Option<f64>,
    /// The standardised difference of the registers before and after.
    pub(super) balance: (Option<f64>, Option<f64>),
}

/// The level of intervals and of Gamma.
pub(super) const LEVEL: f64 = 0.95;
/// Within a pair the logarithms of the registers differ by at most so many standard deviations.
const CALIPER: f64 = 1.0;
/// Fewer stations in a group than this are not compared.
pub(super) const FEWEST: u64 = 5;

/// Compares; `None` where a group has fewer than [`FEWEST`] stations with the outcome.
pub(super) fn compare(tested: &Tested<'_>, groups: &Groups, outcome: &Fractions) -> Option<Compared> {
    let mut sums = [(0u64, 0u64, 0u64); 2];
    let (mut strata, mut treated, mut register, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (&row, &exposed) in groups.rows.iter().zip(&groups.exposed) {
        let Some((part, whole)) = outcome.of_row(row) else { continue };
        let sum = &mut sums[usize::from(exposed)];
        *sum = (sum.0 + 1, sum.1 + part, sum.2 + whole);
        let size = tested.registered.map_or(Some(whole), |counts| counts.get(row).map(u64::from));
        if let Some(size) = size.filter(|&size| size > 0) {
            strata.push(u32::try_from(tested.districts[row]).ok()?);
            treated.push(exposed);
            register.push((size as f64).ln());
            values.push(share(part, whole));
        }
    }
    let [without, with] = sums.map(|(stations, part, whole)| (stations, share(part, whole)));
    if with.0 < FEWEST || without.0 < FEWEST {
        return None;
    }
    let covariates = [register];
    let candidates = Candidates { strata: &strata, treated: &treated, covariates: &covariates };
    Some(Compared { with, without, matched: matched(&candidates, &values) })
}

fn matched(candidates: &Candidates<'_>, values: &[f64]) -> Option<Matched> {
    // What can go wrong here is a group without a pair; then there is nothing to say.
    let matching = match_within(candidates, &MatchRule { controls: 1, caliper: Some(CALIPER) }).ok()?;
    let differences = matching.pair_differences(values).ok()?;
    let ranks = SignedRanks::new(&differences).ok()?;
    let estimate = ranks.hodges_lehmann();
    let one_sided = (1.0 - LEVEL) / 2.0;
    let towards = if estimate >= 0.0 { ranks.clone() } else { mirrored(&differences)? };
    let (low, high) = ranks.interval(LEVEL).ok()?;
    let balance = matching.balance.first().map_or((None, None), |balance| (balance.before, balance.after));
    Some(Matched {
        pairs: differences.len(),
        unmatched: matching.unmatched.len(),
        estimate,
        interval: (low.is_finite() && high.is_finite()).then_some((low, high)),
        p: ranks.two_sided().probability,
        gamma: largest_gamma_signed_rank(&towards, one_sided).ok()?,
        balance,
    })
}

fn mirrored(differences: &[f64]) -> Option<SignedRanks> {
    SignedRanks::new(&differences.iter().map(|difference| -difference).collect::<Vec<_>>()).ok()
}
