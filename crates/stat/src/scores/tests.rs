//! Scores of random forecasts beside those of Python's `scoringrules`, and the laws of scores.
//!
//! The numbers below were printed by scoringrules 0.10.0 (`pip install scoringrules==0.10.0`) with
//!
//! ```python
//! import numpy as np, scoringrules as sr
//! state = 2007
//! def u():
//!     global state
//!     state = (state + 0x9E3779B97F4A7C15) % 2**64
//!     z = state
//!     z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
//!     z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
//!     return ((z ^ z >> 31) >> 11) / 2**53
//! for _ in range(12):
//!     y, m, s = u(), u(), 0.01 + 0.2 * u()
//!     p = np.array([u() for _ in range(4)]); p /= p.sum()
//!     o = np.array([1, 0, 0, 0])
//!     levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
//!     q = np.sort([u() for _ in levels])
//!     x = np.array([u() for _ in range(9)])
//!     v = np.array([[u() for _ in range(3)] for _ in range(7)]); w = np.array([u() for _ in range(3)])
//!     row = [sr.log_score(1, p[0]), sr.brier_score(o, p).sum(), sr.crps_normal(y, m, s), sr.crps_quantile(y, q, levels),
//!         sr.crps_ensemble(y, x, estimator="nrg"), sr.crps_ensemble(y, x, estimator="fair"), sr.energy_score(w, v),
//!         sr.energy_score(w, v, estimator="fair"), sr.interval_score(y, q[0], q[4], 0.1), sr.crps_beta(y, 1, 6)]
//!     print("    [" + ", ".join(repr(float(f)) for f in row) + "],")
//! ```

use proptest::prelude::*;

use super::*;

/// SplitMix64, as above.
struct Source(u64);

impl Source {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn several(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.next()).collect()
    }
}

const EXPECTED: [[f64; 10]; 12] = [
    [
        1.4170390155900405,
        0.7892980549817424,
        0.19535446042277857,
        0.16550899710185177,
        0.11025332707554891,
        0.09335550695255218,
        0.41536654217604757,
        0.3689529905163979,
        0.8071794507503929,
        0.4662875076460862,
    ],
    [
        2.498230298271438,
        1.1442320057097726,
        0.25848970834997587,
        0.21100856842139062,
        0.31424777765060585,
        0.29536203807981287,
        0.6604210030180848,
        0.6212937026500416,
        1.1076442099225718,
        0.5035030797374406,
    ],
    [
        2.8019203324761564,
        1.2404585485103292,
        0.34122554430730395,
        0.06032030395617495,
        0.19010022941924926,
        0.16949363721431487,
        0.3832057181349244,
        0.3306055997615851,
        0.43549665065823384,
        0.18937426698680634,
    ],
    [
        2.5972942301018436,
        1.1458000081973345,
        0.09693556549847922,
        0.16524859523993762,
        0.09999134263176479,
        0.08010504932366055,
        0.39803740108588315,
        0.35573612880734506,
        0.6054012039699659,
        0.3643798615647023,
    ],
    [
        0.9077137174453423,
        0.4786512744437179,
        0.592625675529228,
        0.3044486804122443,
        0.2475165878125021,
        0.23282054457416204,
        0.35641115506583565,
        0.30999980847928743,
        4.532841137571511,
        0.713650813551357,
    ],
    [
        1.834769516745887,
        1.1267745362621873,
        0.02658045858081221,
        0.1812360069217836,
        0.06849308440466292,
        0.054746352398792594,
        0.5366291404423886,
        0.4881084491983882,
        0.8456723966815176,
        0.1947012773435996,
    ],
    [
        3.0259554562245126,
        1.2632273745385074,
        0.04702179588437108,
        0.23220451461547897,
        0.166651014582579,
        0.14619131084340786,
        0.4708102857100376,
        0.424137211062234,
        0.8754004829454297,
        0.4372109043039325,
    ],
    [
        5.503893924005635,
        1.3586794710775396,
        0.026094869024072938,
        0.05790750077779059,
        0.31889067413591143,
        0.305554626809144,
        0.594245448940759,
        0.5516173604085148,
        0.9918089075983368,
        0.5332080456655932,
    ],
    [
        0.8966679246092725,
        0.5149677063786959,
        0.8901820471138269,
        0.5331228968626156,
        0.39816747622368853,
        0.3762128785454625,
        0.25070839747814266,
        0.20605816358543988,
        9.157929768603832,
        0.0621045548806029,
    ],
    [
        1.600703468873113,
        0.8559853163447867,
        0.4889644048103919,
        0.2913925873187656,
        0.2705361232862356,
        0.25572782157068935,
        0.4283289303666078,
        0.3885022612601584,
        4.331462516173382,
        0.7667892288563456,
    ],
    [
        1.647730288454883,
        0.9376841359372071,
        0.7012234911946201,
        0.4026314619200706,
        0.0879683735258251,
        0.07126874306173092,
        0.4070852880093918,
        0.34935324441163007,
        3.6830130397909246,
        0.03210710242137457,
    ],
    [
        1.4861831994956902,
        0.8055300222015725,
        0.42657242745570517,
        0.15922970376011972,
        0.3661780923820771,
        0.3452083729260723,
        0.5337057317742727,
        0.49522191095174173,
        0.7527278747649222,
        0.031548016334261214,
    ],
];

#[test]
fn scores_are_those_of_scoringrules() {
    let mut source = Source(2007);
    for expected in EXPECTED {
        let (y, m, s) = (source.next(), source.next(), 0.01 + 0.2 * source.next());
        let p = source.several(4);
        let p: Vec<f64> = p.iter().map(|one| one / p.iter().sum::<f64>()).collect();
        let mut q = source.several(5);
        q.sort_by(f64::total_cmp);
        let quantiles: Vec<(f64, f64)> = [0.05, 0.25, 0.5, 0.75, 0.95].into_iter().zip(q.iter().copied()).collect();
        let x = Ensemble::new(source.several(9)).expect("draws");
        let v: Vec<Vec<f64>> = (0..7).map(|_| source.several(3)).collect();
        let w = source.several(3);
        let found = [
            log_score(p[0]),
            brier_score(&p, 0),
            crps_normal(m, s, y),
            crps_quantiles(&quantiles, y),
            x.crps(y),
            x.fair_crps(y).expect("several draws"),
            energy_score(&v, &w).expect("draws"),
            fair_energy_score(&v, &w).expect("several draws"),
            interval_score(q[0], q[4], 0.9, y),
            crps_part_of_whole(7, y),
        ];
        for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
            assert!((found - expected).abs() < 1e-10, "score {number}: {found} and {expected}");
        }
    }
}

#[test]
fn what_cannot_be_scored_is_not() {
    assert_eq!(Ensemble::new(Vec::new()), None);
    assert_eq!(Ensemble::new(vec![0.5]).and_then(|one| one.fair_crps(0.2)), None);
    assert_eq!(Ensemble::new(vec![0.5]).map(|one| one.crps(0.25)), Some(0.25));
    assert_eq!(energy_score(&[], &[0.5]), None);
    assert_eq!(energy_score(&[vec![0.5]], &[0.5, 0.5]), None);
    assert_eq!(fair_energy_score(&[vec![0.5]], &[0.5]), None);
    assert_eq!(crps_normal(0.25, 0.0, 0.5), 0.25);
    assert_eq!(crps_part_of_whole(1, 1.0), 0.0);
    assert_eq!(skill(0.1, 0.0), None);
    // A quarter of the loss is left: three quarters are saved.
    assert_eq!(skill(0.25, 1.0), Some(0.75));
}

/// Probabilities of four outcomes.
fn probabilities() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(0.01f64..1.0, 4).prop_map(|weights| {
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    })
}

proptest! {
    #[test]
    fn the_truth_is_expected_to_lose_least(truth in probabilities(), other in probabilities()) {
        let expected = |score: &dyn Fn(usize) -> f64| -> f64 { (0..4).map(|outcome| truth[outcome] * score(outcome)).sum() };
        let log = |said: &[f64]| expected(&|outcome| log_score(said[outcome]));
        let brier = |said: &[f64]| expected(&|outcome| brier_score(said, outcome));
        prop_assert!(log(&truth) <= log(&other) + 1e-12);
        prop_assert!(brier(&truth) <= brier(&other) + 1e-12);
    }

    #[test]
    fn draws_of_the_truth_are_expected_to_lose_least(
        truth in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 2), 1..12),
        other in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 2), 1..12),
    ) {
        // The truth is the distribution of the draws themselves.
        let expected = |said: &[Vec<f64>]| -> f64 {
            truth.iter().map(|outcome| energy_score(said, outcome).expect("draws")).sum::<f64>() / truth.len() as f64
        };
        prop_assert!(expected(&truth) <= expected(&other) + 1e-12);
    }

    #[test]
    fn the_energy_score_of_one_number_is_its_ranked_probability_score(
        draws in proptest::collection::vec(0.0f64..1.0, 2..30),
        outcome in 0.0f64..1.0,
    ) {
        let rows: Vec<Vec<f64>> = draws.iter().map(|&draw| vec![draw]).collect();
        let ensemble = Ensemble::new(draws).expect("draws");
        prop_assert!((ensemble.crps(outcome) - energy_score(&rows, &[outcome]).expect("draws")).abs() < 1e-12);
        let fair = (ensemble.fair_crps(outcome), fair_energy_score(&rows, &[outcome]));
        prop_assert!((fair.0.expect("several") - fair.1.expect("several")).abs() < 1e-12);
        prop_assert!(ensemble.crps(outcome) >= -1e-12);
    }

    #[test]
    fn joined_points_are_scored_as_many_draws_of_them_would_be(
        inner in proptest::collection::vec((0.01f64..1.0, 0.01f64..1.0), 1..8),
        outcome in -0.2f64..1.2,
    ) {
        // Steps that are added up, from 0 at level 0 to 1 at level 1.
        let (values, levels): (f64, f64) = inner.iter().fold((0.0, 0.0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
        let mut points = vec![(0.0, 0.0)];
        for step in &inner {
            let last = points[points.len() - 1];
            points.push((last.0 + step.0 / values, last.1 + step.1 / levels));
        }
        let quantile = |level: f64| {
            let next = points.partition_point(|point| point.1 < level).clamp(1, points.len() - 1);
            let ((x, low), (y, high)) = (points[next - 1], points[next]);
            x + (y - x) * (level - low) / (high - low)
        };
        let draws = (0..4000).map(|index| quantile((f64::from(index) + 0.5) / 4000.0)).collect();
        let ensemble = Ensemble::new(draws).expect("draws");
        prop_assert!((ensemble.crps(outcome) - crps_joined(&points, outcome)).abs() < 1e-5);
        let even = crps_joined(&[(0.0, 0.0), (1.0, 1.0)], outcome.clamp(0.0, 1.0));
        prop_assert!((even - crps_part_of_whole(2, outcome.clamp(0.0, 1.0))).abs() < 1e-12);
    }

    #[test]
    fn many_quantiles_are_the_whole_distribution(parts in 2usize..6, outcome in 0.0f64..1.0) {
        // Quantiles of Beta(1, b) at 2,000 even levels.
        let level = |index: u32| (f64::from(index) + 0.5) / 2000.0;
        let quantile = |level: f64| (level, 1.0 - (1.0 - level).powf(1.0 / (parts as f64 - 1.0)));
        let quantiles: Vec<(f64, f64)> = (0..2000).map(|index| quantile(level(index))).collect();
        prop_assert!((crps_quantiles(&quantiles, outcome) - crps_part_of_whole(parts, outcome)).abs() < 1e-5);
    }
}
