//! The distribution of an honest station's counts.
//!
//! A station of N voters has A who stayed away, L ballots for a side and O for all others. First the ballots B = O + L among N,
//! then the side's among the ballots, each a Dirichlet-multinomial of two kinds (together the generalised Dirichlet-multinomial of
//! Connor and Mosimann, JASA 64, 1969), with the means and variances of logits that [`local`](super::local) expects:
//!
//! ```text
//! P0(A, O, L) = sum_j c_j DM(B, A | t_j) DM(L, O | s_j) + d 2 / ((N + 1)(N + 2)).
//! ```
//!
//! The first part is as its neighbourhood is; the second has three times the variance, since stations differ from their neighbours by
//! more than a bell curve has it; the third is as stations anywhere in the country are: a quarter of another kind inside a town. The
//! last has every table of counts equally likely: hospitals, ships and barracks are unlike all others, and without it a few of
//! them would have E of 1e17.

use adil_stat::{DirichletMultinomial, ln_uniform};

use super::local::Expected;

/// Kinds of stations beside the diffuse ones.
pub(crate) const PARTS: usize = 3;
/// The parts of stations like their neighbourhood, with more than its variance, and like stations anywhere.
const SHARES: [f64; PARTS] = [0.75, 0.15, 0.05];
/// The part of stations that are unlike all others.
pub(crate) const DIFFUSE: f64 = 0.05;
/// How many times the variance the second part has.
const WIDER: f64 = 3.0;

/// Voters who stayed away, ballots not for the side, ballots for it.
pub(crate) type Station = [u32; 3];

/// The distributions of one proportion, for each part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proportion([DirichletMultinomial<2>; PARTS]);

impl Proportion {
    /// From what is expected of its logit.
    pub(crate) fn of(expected: &Expected) -> Self {
        let near = |times: f64| DirichletMultinomial::of_logit(expected.mean, times * expected.variance);
        let (mean, variance) = expected.anywhere;
        Self([near(1.0), near(WIDER), DirichletMultinomial::of_logit(mean, variance)])
    }

    /// ln of the probability of `part` in `part + rest`, in each part.
    pub(crate) fn ln(&self, part: u32, rest: u32) -> [f64; PARTS] {
        self.0.each_ref().map(|distribution| distribution.ln_probability(&[part, rest]))
    }

    /// The likeliest number among `total` where stations are like their neighbourhood.
    pub(crate) fn mode(&self, total: u32) -> u32 {
        self.0[0].mode(total)
    }
}

/// ln P0 of a station of `total` voters, from ln of its turnout and of its share in each part.
pub(crate) fn ln_null(turnout: &[f64; PARTS], share: &[f64; PARTS], total: u32) -> f64 {
    let mut terms = [DIFFUSE.ln() + ln_uniform(total); PARTS + 1];
    for (term, ((turnout, share), part)) in terms.iter_mut().zip(turnout.iter().zip(share).zip(SHARES)) {
        *term = part.ln() + turnout + share;
    }
    let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most + terms.iter().map(|term| (term - most).exp()).sum::<f64>().ln()
}

/// The most that E could be in a station of `total` voters, whatever its counts: the largest P0 over the least, to which the
/// diffuse part alone contributes,
///
/// ```text
/// cap = (max P0) (N + 1)(N + 2) / (2 d),
/// ```
///
/// with P0 taken at the likeliest ballots and, among these, the likeliest votes.
pub(crate) fn cap(turnout: &Proportion, share: &Proportion, total: u32) -> f64 {
    let ballots = turnout.mode(total);
    let side = share.mode(ballots);
    let most = ln_null(&turnout.ln(ballots, total - ballots), &share.ln(side, ballots - side), total);
    (most - DIFFUSE.ln() - ln_uniform(total)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proportions() -> (Proportion, Proportion) {
        let of = |mean, variance| Proportion::of(&Expected { mean, variance, anywhere: (0.5 * mean, 4.0 * variance) });
        (of(-0.2, 0.05), of(0.7, 0.2))
    }

    fn all(total: u32) -> Vec<f64> {
        let (turnout, share) = proportions();
        let tables = (0..=total).flat_map(|ballots| (0..=ballots).map(move |side| (ballots, side)));
        let ln = |(ballots, side): (u32, u32)| {
            ln_null(&turnout.ln(ballots, total - ballots), &share.ln(side, ballots - side), total)
        };
        tables.map(ln).collect()
    }

    #[test]
    fn all_counts_together_have_probability_one() {
        let sum: f64 = all(60).iter().map(|ln| ln.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn the_cap_is_the_largest_quotient() {
        let total = 60;
        let most = all(total).into_iter().fold(f64::MIN, f64::max).exp();
        let expected = most / DIFFUSE / ln_uniform(total).exp();
        // The likeliest ballots, then the likeliest votes among them, are not quite the likeliest of both together.
        let (turnout, share) = proportions();
        let cap = cap(&turnout, &share, total);
        assert!(cap <= expected * (1.0 + 1e-12) && cap > 0.95 * expected, "{cap} and {expected}");
    }
}
