//! Shares from clusters with weights of their own, as an exit poll has them.

use super::ratio::sample_variance;
use crate::RatioEstimate;

/// What was observed in one cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedUnit {
    /// How many clusters it stands for: one over the probability with which it was drawn. Above 0.
    pub weight: f64,
    /// Its estimated numerator, for the whole cluster.
    pub top: f64,
    /// Its denominator, for the whole cluster. At least 0.
    pub bottom: f64,
}

/// The clusters of one stratum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeightedStratum {
    /// The denominator of the whole stratum, where it is known from elsewhere: the weights are made to add up to it.
    pub known: Option<f64>,
    /// The clusters observed.
    pub units: Vec<WeightedUnit>,
}

/// The share from weighted clusters in strata, post-stratified where a stratum's denominator is known (Särndal, Swensson and Wretman, *Model
/// Assisted Survey Sampling*, 7.6), with the variance linearised over clusters drawn with replacement:
///
/// ```text
/// M_h = sum_i w_i m_i,   g_h = K_h / M_h where K_h is known, else 1
/// R = sum_h g_h sum_i w_i a_i / sum_h g_h M_h
/// z_i = g_h w_i (a_i - r_h m_i),   r_h = sum_i w_i a_i / M_h where K_h is known, else R
/// v = sum_h n_h / (n_h - 1) sum_i (z_i - mean z)^2 / (sum_h g_h M_h)^2
/// ```
///
/// What is drawn inside a cluster needs no term of its own, since no finite population correction is taken: v is too large rather than too
/// small where many of the clusters were drawn. A stratum with one cluster has no variance of its own: it is joined with the stratum before
/// it (the first with the one after it), their known denominators added, and is told as collapsed.
///
/// `observed` is the sum of denominators. `None` where there are fewer than two clusters, a stratum of known denominator has none, or no
/// denominator was observed.
pub fn weighted_ratio(strata: &[WeightedStratum]) -> Option<RatioEstimate> {
    let (joined, collapsed) = joined(strata)?;
    let scaled: Vec<(f64, &WeightedStratum)> =
        joined.iter().map(|stratum| Some((stratum.calibration()?, stratum))).collect::<Option<_>>()?;
    let sum = |of: fn(&WeightedUnit) -> f64| -> f64 {
        scaled.iter().map(|(scale, stratum)| scale * stratum.units.iter().map(of).sum::<f64>()).sum()
    };
    let (top, bottom) = (sum(|unit| unit.weight * unit.top), sum(|unit| unit.weight * unit.bottom));
    if bottom.is_nan() || bottom <= 0.0 {
        return None;
    }
    let ratio = top / bottom;
    let (mut variance, mut freedom) = (0.0, 0.0);
    for (scale, stratum) in &scaled {
        let own = if stratum.known.is_some() { stratum.ratio() } else { ratio };
        let residuals: Vec<f64> =
            stratum.units.iter().map(|unit| scale * unit.weight * (unit.top - own * unit.bottom)).collect();
        variance += residuals.len() as f64 * sample_variance(&residuals)?;
        freedom += residuals.len() as f64 - 1.0;
    }
    let observed = strata.iter().flat_map(|stratum| &stratum.units).map(|unit| unit.bottom).sum();
    Some(RatioEstimate { ratio, variance: variance / (bottom * bottom), freedom, observed, collapsed })
}

/// The strata with two clusters or more each, and which were joined for that.
fn joined(strata: &[WeightedStratum]) -> Option<(Vec<WeightedStratum>, Vec<usize>)> {
    let mut joined: Vec<WeightedStratum> = Vec::new();
    let mut collapsed = Vec::new();
    for (at, stratum) in strata.iter().enumerate() {
        if stratum.units.is_empty() {
            if stratum.known.is_some_and(|known| known > 0.0) {
                return None;
            }
            continue;
        }
        let single = stratum.units.len() == 1;
        if single {
            collapsed.push(at);
        }
        match joined.last_mut() {
            Some(last) if single || last.units.len() == 1 => last.take(stratum),
            _ => joined.push(stratum.clone()),
        }
    }
    joined
        .iter()
        .all(|stratum| stratum.units.len() > 1)
        .then_some((joined, collapsed))
        .filter(|(all, _)| !all.is_empty())
}

impl WeightedStratum {
    fn total(&self, of: fn(&WeightedUnit) -> f64) -> f64 {
        self.units.iter().map(|unit| unit.weight * of(unit)).sum()
    }

    fn ratio(&self) -> f64 {
        self.total(|unit| unit.top) / self.total(|unit| unit.bottom)
    }

    /// What the weights are multiplied with.
    fn calibration(&self) -> Option<f64> {
        let bottom = self.total(|unit| unit.bottom);
        match self.known {
            Some(known) => (bottom > 0.0).then_some(known / bottom),
            None => Some(1.0),
        }
    }

    /// Joins another one, each first made to add up to what is known of it.
    fn take(&mut self, other: &Self) {
        let scaled = |stratum: &Self| -> Vec<WeightedUnit> {
            let scale = stratum.calibration().unwrap_or(1.0);
            stratum.units.iter().map(|unit| WeightedUnit { weight: unit.weight * scale, ..*unit }).collect()
        };
        let units = [scaled(self), scaled(other)].concat();
        *self = Self { known: self.known.zip(other.known).map(|(own, more)| own + more), units };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Stratum, combined_ratio};

    fn units(of: &[(f64, f64, f64)]) -> Vec<WeightedUnit> {
        of.iter().map(|&(weight, top, bottom)| WeightedUnit { weight, top, bottom }).collect()
    }

    fn three(known: [Option<f64>; 3]) -> Vec<WeightedStratum> {
        let of = [
            units(&[(12.0, 120.0, 300.0), (9.0, 90.0, 280.0), (10.5, 150.0, 310.0), (8.0, 80.0, 220.0)]),
            units(&[(7.0, 200.0, 350.0), (8.5, 170.0, 400.0), (9.0, 210.0, 360.0)]),
            units(&[(5.0, 30.0, 150.0), (4.0, 45.0, 160.0)]),
        ];
        known.into_iter().zip(of).map(|(known, units)| WeightedStratum { known, units }).collect()
    }

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-12 * expected.abs().max(1e-12), "{got}, expected {expected}");
    }

    #[test]
    fn agrees_with_the_survey_package_of_r() {
        // Rscript -e 'library(survey); options(digits=17, survey.lonely.psu="fail")
        // d <- data.frame(h=c(1,1,1,1,2,2,2,3,3), i=1:9, w=c(12,9,10.5,8,7,8.5,9,5,4),
        //   a=c(120,90,150,80,200,170,210,30,45), m=c(300,280,310,220,350,400,360,150,160))
        // s <- svydesign(ids=~i, strata=~h, weights=~w, data=d); r <- svyratio(~a, ~m, s); print(c(coef(r), vcov(r)))'
        let got = weighted_ratio(&three([None; 3])).expect("nine clusters");
        close(got.ratio, SURVEY[0]);
        close(got.variance, SURVEY[1]);
        assert_eq!((got.freedom, got.collapsed.len()), (6.0, 0));
    }

    const SURVEY: [f64; 2] = [0.440_897_524_866_990_5, 0.000_756_927_166_987_272_6];

    #[test]
    fn known_turnouts_as_arithmetic_has_them() {
        // python3 -c '
        // S=[(9000,[(12,120,300),(9,90,280),(10.5,150,310),(8,80,220)]),(12000,[(7,200,350),(8.5,170,400),(9,210,360)]),
        //    (1500,[(5,30,150),(4,45,160)])]
        // K=sum(k for k,_ in S); R=0; v=0
        // for k,u in S:
        //     M=sum(w*m for w,a,m in u); r=sum(w*a for w,a,m in u)/M; R+=k*r/K
        //     z=[k/M*w*(a-r*m) for w,a,m in u]; n=len(z); b=sum(z)/n; v+=n/(n-1)*sum((x-b)**2 for x in z)/K**2
        // print(repr(R),repr(v))'
        let got = weighted_ratio(&three([Some(9_000.0), Some(12_000.0), Some(1_500.0)])).expect("nine clusters");
        close(got.ratio, KNOWN[0]);
        close(got.variance, KNOWN[1]);
    }

    const KNOWN: [f64; 2] = [0.454_036_936_667_557, 0.001_048_502_782_329_517_6];

    #[test]
    fn a_lonely_cluster_joins_its_neighbour() {
        let mut strata = three([Some(9_000.0), Some(12_000.0), Some(1_500.0)]);
        strata[2].units.truncate(1);
        let got = weighted_ratio(&strata).expect("eight clusters");
        assert_eq!((got.collapsed.clone(), got.freedom), (vec![2], 6.0));
        // The shares stay those of the strata: (9000 r1 + 12000 r2 + 1500 * 30/150) / 22500.
        let r = |at: usize| strata[at].ratio();
        close(got.ratio, (9_000.0 * r(0) + 12_000.0 * r(1) + 1_500.0 * 0.2) / 22_500.0);
        strata[0].units.truncate(1);
        strata[1].units.clear();
        assert_eq!(weighted_ratio(&strata), None, "a stratum with voters and no cluster");
        assert_eq!(weighted_ratio(&strata[..1]), None);
        assert_eq!(weighted_ratio(&[]), None);
    }

    proptest! {
        #[test]
        fn equal_weights_are_the_combined_ratio_of_an_endless_frame(
            pairs in proptest::collection::vec((0u32..400, 1u32..400), 2..30),
        ) {
            let pairs: Vec<(f64, f64)> = pairs.into_iter().map(|(a, m)| (f64::from(a), f64::from(m))).collect();
            let units = pairs.iter().map(|&(top, bottom)| WeightedUnit { weight: 3.0, top, bottom }).collect();
            let got = weighted_ratio(&[WeightedStratum { known: None, units }]).expect("two");
            let other = combined_ratio(&[Stratum { population: 1 << 50, pairs }]).expect("two");
            prop_assert!((got.ratio - other.ratio).abs() < 1e-9);
            prop_assert!((got.variance - other.variance).abs() <= 1e-9 * other.variance.max(1e-12));
        }
    }
}
