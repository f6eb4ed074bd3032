//! How a whole is divided among kinds, district by district: shares, and how much they differ from station to station.
//!
//! Shares of a district are those of its sums, drawn towards its region's as by [`BORROWED`] votes. They are then *raked*: multiplied
//! by one factor for each kind so that the region's expected sums are its real ones. The concentration a of the
//! Dirichlet-multinomial distribution comes from the region's stations by the moments
//!
//! ```text
//! E sum_k (x_k - n q_k)^2 / (n q_k) = (K - 1) (1 + (n - 1) / (a + 1)).
//! ```

/// Votes of the region that stand beside a district's own.
const BORROWED: f64 = 50.0;
/// The range of concentrations.
const CONCENTRATIONS: (f64, f64) = (1.0, 100_000.0);
/// Rounds of raking; the error falls by a large factor in each.
const RAKED: usize = 30;

/// Counts of kinds by station, in one vector, of one region.
#[derive(Debug)]
pub(super) struct Kinds<'a> {
    /// How many kinds there are.
    pub(super) kinds: usize,
    /// The counts of each station.
    pub(super) counts: &'a [u32],
    /// The district of each station, by number within the region.
    pub(super) districts: &'a [usize],
    /// How many districts there are.
    pub(super) count: usize,
}

/// The parameters of the Dirichlet distribution of each district.
pub(super) fn parameters(of: &Kinds<'_>) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; of.kinds]; of.count];
    let mut whole = vec![0.0; of.kinds];
    for (station, &district) in of.counts.chunks(of.kinds.max(1)).zip(of.districts) {
        for (kind, &count) in station.iter().enumerate() {
            sums[district][kind] += f64::from(count);
            whole[kind] += f64::from(count);
        }
    }
    let all: f64 = whole.iter().sum();
    if all <= 0.0 {
        // Nothing is known of the kinds, for nobody chose any: the first one stands for all.
        let first = (0..of.kinds).map(|kind| f64::from(u8::from(kind == 0))).collect();
        return vec![first; of.count];
    }
    let sizes: Vec<f64> = sums.iter().map(|sums| sums.iter().sum()).collect();
    let mut shares: Vec<Vec<f64>> = sums
        .iter()
        .zip(&sizes)
        .map(|(sums, size)| {
            let share = |(own, whole): (&f64, &f64)| (own + BORROWED * whole / all) / (size + BORROWED);
            sums.iter().zip(&whole).map(share).collect()
        })
        .collect();
    rake(&mut shares, &sizes, &whole);
    let concentration = concentration(of, &shares);
    shares.iter_mut().flatten().for_each(|share| *share *= concentration);
    shares
}

/// Multiplies the shares of all districts by one factor for each kind, so that their expected sums are these. The shares of a
/// district add up to 1 before and after.
pub(super) fn rake(shares: &mut [Vec<f64>], sizes: &[f64], sums: &[f64]) {
    for _ in 0..RAKED {
        let expected = |kind: usize| shares.iter().zip(sizes).map(|(shares, size)| shares[kind] * size).sum::<f64>();
        let factor = |(kind, &sum): (usize, &f64)| if expected(kind) > 0.0 { sum / expected(kind) } else { 1.0 };
        let factors: Vec<f64> = sums.iter().enumerate().map(factor).collect();
        for shares in shares.iter_mut() {
            shares.iter_mut().zip(&factors).for_each(|(share, factor)| *share *= factor);
            let whole: f64 = shares.iter().sum();
            if whole > 0.0 {
                shares.iter_mut().for_each(|share| *share /= whole);
            }
        }
    }
}

fn concentration(of: &Kinds<'_>, shares: &[Vec<f64>]) -> f64 {
    let (mut surplus, mut room) = (0.0, 0.0);
    for (station, &district) in of.counts.chunks(of.kinds.max(1)).zip(of.districts) {
        let size: f64 = station.iter().copied().map(f64::from).sum();
        if size < 2.0 {
            continue;
        }
        let possible = shares[district].iter().zip(station).filter(|(share, _)| **share > 0.0);
        let freedom = possible.clone().count().saturating_sub(1) as f64;
        let distance = possible.map(|(share, &count)| (f64::from(count) - size * share).powi(2) / (size * share));
        surplus += distance.sum::<f64>() - freedom;
        room += freedom * (size - 1.0);
    }
    let (least, most) = CONCENTRATIONS;
    // The correlation of two votes of one station: 1 / (a + 1).
    let correlation = if room > 0.0 { surplus / room } else { 0.0 };
    if correlation > 1.0 / (most + 1.0) { (1.0 / correlation - 1.0).max(least) } else { most }
}

#[cfg(test)]
mod tests {
    use adil_stat::stream;

    use super::*;

    #[test]
    fn raked_shares_have_the_sums_asked_for() {
        // One district twice the size of the other: 100 (0.5, 0.5), 200 (0.2, 0.8); asked for 120 and 180.
        let mut shares = vec![vec![0.5, 0.5], vec![0.2, 0.8]];
        rake(&mut shares, &[100.0, 200.0], &[120.0, 180.0]);
        let sum = |kind: usize| 100.0 * shares[0][kind] + 200.0 * shares[1][kind];
        assert!((sum(0) - 120.0).abs() < 1e-6 && (sum(1) - 180.0).abs() < 1e-6, "{shares:?}");
    }

    #[test]
    fn the_concentration_drawn_from_is_found() {
        let (mut own, mut counts) = (stream(1, "split", 0), Vec::new());
        for _ in 0..4_000 {
            let mut shares = [0.5 * 40.0, 0.3 * 40.0, 0.2 * 40.0];
            own.dirichlet(&mut shares);
            own.multinomial(400, &shares, |_, count| counts.push(count));
        }
        let districts: Vec<usize> = (0..4_000).map(|station| station / 400).collect();
        let found = parameters(&Kinds { kinds: 3, counts: &counts, districts: &districts, count: 10 });
        let concentration: f64 = found[3].iter().sum();
        // 8,000 squares of a distance with relative standard deviation near 1: the quotient is known to about 2 %.
        assert!((concentration / 40.0 - 1.0).abs() < 0.1, "{concentration}");
        assert!((found[3][0] / concentration - 0.5).abs() < 0.03);
    }

    #[test]
    fn kinds_that_nobody_chose_are_no_danger() {
        let found = parameters(&Kinds { kinds: 2, counts: &[0, 0, 0, 0], districts: &[0, 1], count: 2 });
        assert_eq!(found, [[1.0, 0.0], [1.0, 0.0]]);
        let found = parameters(&Kinds { kinds: 2, counts: &[9, 0, 1, 0], districts: &[0, 1], count: 2 });
        assert_eq!(found[0][1], 0.0);
    }
}
