//! Measurements with errors of their own, regressed on what is known of each: the mixed-effects model of meta-analysis (Thompson and Sharp,
//! Statistics in Medicine 18, 1999),
//!
//! ```text
//! y_i = b_0 + x_i b + u_i + e_i,   Var e_i = v_i known,   Var u_i = tau^2
//! tau^2 = (Q - (k - p)) / (tr W - tr[(X'WX)^-1 X'W^2X]),   Q the residual sum of squares with W = diag 1/v_i, at least 0
//! b = (X'W*X)^-1 X'W*y,   W* = diag 1/(v_i + tau^2)
//! s^2 = max(1, sum w*_i (y_i - x_i b)^2 / (k - p)),   Cov b = s^2 (X'W*X)^-1,   t with k - p degrees of freedom
//! ```
//!
//! with the errors of Knapp and Hartung (Statistics in Medicine 22, 2003), never smaller than those of the weights alone.

use crate::linear::solve;
use crate::tail::ln_f_upper;

/// Measurements regressed on covariates.
#[derive(Debug, Clone, PartialEq)]
pub struct MetaRegression {
    /// The constant, then a coefficient for each covariate.
    pub coefficients: Vec<Coefficient>,
    /// The variance of the offsets that the covariates leave.
    pub tau_squared: f64,
    /// Degrees of freedom of t.
    pub freedom: usize,
}

/// A coefficient of a regression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The change of a measurement for a covariate higher by 1.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Its two-sided p-value.
    pub p: f64,
}

impl MetaRegression {
    /// Of measurements and the variances of their errors, all above 0, and covariates, each as long as `measured`. `None` where there are no
    /// more measurements than coefficients, or the covariates do not vary apart from each other.
    pub fn of(measured: &[(f64, f64)], covariates: &[&[f64]]) -> Option<Self> {
        let size = covariates.len() + 1;
        let freedom = measured.len().checked_sub(size).filter(|&freedom| freedom > 0)?;
        if covariates.iter().any(|covariate| covariate.len() != measured.len()) {
            return None;
        }
        let (rows, scales) = standardised(measured.len(), covariates)?;
        let y: Vec<f64> = measured.iter().map(|(value, _)| *value).collect();
        let fixed: Vec<f64> = measured.iter().map(|(_, variance)| variance.recip()).collect();
        let inverse = inverted(&gram(&rows, &fixed))?;
        let b = fitted(&inverse, &rows, &fixed, &y);
        let q = residual_squares(&b, &rows, &fixed, &y);
        let squared: Vec<f64> = fixed.iter().map(|weight| weight * weight).collect();
        let trace: f64 = {
            let meat = gram(&rows, &squared);
            (0..size).map(|i| (0..size).map(|j| inverse[i][j] * meat[j][i]).sum::<f64>()).sum()
        };
        let scale = fixed.iter().sum::<f64>() - trace;
        let tau_squared = if scale > 0.0 { ((q - freedom as f64) / scale).max(0.0) } else { 0.0 };
        let weights: Vec<f64> = measured.iter().map(|(_, variance)| (variance + tau_squared).recip()).collect();
        let inverse = inverted(&gram(&rows, &weights))?;
        let b = fitted(&inverse, &rows, &weights, &y);
        let s_squared = (residual_squares(&b, &rows, &weights, &y) / freedom as f64).max(1.0);
        // Back from standardised covariates: x = (raw - centre) / spread.
        let back = |at: usize| -> Vec<f64> {
            let mut row = vec![0.0; size];
            if at == 0 {
                row[0] = 1.0;
                for (cell, (centre, spread)) in row.iter_mut().skip(1).zip(&scales) {
                    *cell = -centre / spread;
                }
            } else {
                row[at] = scales[at - 1].1.recip();
            }
            row
        };
        let coefficient = |at: usize| {
            let row = back(at);
            let value: f64 = row.iter().zip(&b).map(|(cell, b)| cell * b).sum();
            let variance: f64 =
                (0..size).map(|i| (0..size).map(|j| row[i] * inverse[i][j] * row[j]).sum::<f64>()).sum();
            let error = (s_squared * variance).max(0.0).sqrt();
            let t = value / error;
            Coefficient { value, error, p: ln_f_upper(t * t, 1.0, freedom as f64).exp() }
        };
        let coefficients: Vec<Coefficient> = (0..size).map(coefficient).collect();
        let sound = coefficients.iter().all(|one| one.value.is_finite() && one.error > 0.0);
        sound.then_some(Self { coefficients, tau_squared, freedom })
    }
}

/// The mean and the standard deviation of each covariate.
type Scales = Vec<(f64, f64)>;

/// Rows of a one and the covariates with mean 0 and standard deviation 1, and each one's mean and standard deviation: covariates in metres
/// and in fractions are then of one size.
fn standardised(count: usize, covariates: &[&[f64]]) -> Option<(Vec<Vec<f64>>, Scales)> {
    let scale = |covariate: &&[f64]| {
        let mean = covariate.iter().sum::<f64>() / count as f64;
        let spread = (covariate.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count as f64).sqrt();
        (spread.is_finite() && spread > 1e-12 * mean.abs().max(1e-300)).then_some((mean, spread))
    };
    let scales: Vec<(f64, f64)> = covariates.iter().map(scale).collect::<Option<_>>()?;
    let cell = |row: usize| move |(covariate, scale): (&&[f64], &(f64, f64))| (covariate[row] - scale.0) / scale.1;
    let row = |row: usize| std::iter::once(1.0).chain(covariates.iter().zip(&scales).map(cell(row))).collect();
    Some(((0..count).map(row).collect(), scales))
}

/// X'WX.
fn gram(rows: &[Vec<f64>], weights: &[f64]) -> Vec<Vec<f64>> {
    let size = rows.first().map_or(0, Vec::len);
    let mut gram = vec![vec![0.0; size]; size];
    for (row, weight) in rows.iter().zip(weights) {
        for (line, a) in gram.iter_mut().zip(row) {
            line.iter_mut().zip(row).for_each(|(cell, b)| *cell += weight * a * b);
        }
    }
    gram
}

fn inverted(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let unit = |column: usize, row: usize| if row == column { 1.0 } else { 0.0 };
    let solved = |column: usize| {
        let rows = matrix.iter().enumerate();
        solve(rows.map(|(row, cells)| cells.iter().copied().chain([unit(column, row)]).collect()).collect())
    };
    // Symmetric: its columns are its rows.
    (0..matrix.len()).map(solved).collect()
}

fn fitted(inverse: &[Vec<f64>], rows: &[Vec<f64>], weights: &[f64], y: &[f64]) -> Vec<f64> {
    let mut cross = vec![0.0; inverse.len()];
    for ((row, weight), y) in rows.iter().zip(weights).zip(y) {
        cross.iter_mut().zip(row).for_each(|(cell, x)| *cell += weight * x * y);
    }
    inverse.iter().map(|line| line.iter().zip(&cross).map(|(a, b)| a * b).sum()).collect()
}

fn residual_squares(b: &[f64], rows: &[Vec<f64>], weights: &[f64], y: &[f64]) -> f64 {
    let expected = |row: &[f64]| row.iter().zip(b).map(|(x, b)| x * b).sum::<f64>();
    rows.iter().zip(weights).zip(y).map(|((row, weight), y)| weight * (y - expected(row)).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::RandomEffects;

    const Y: [f64; 8] = [0.61, 0.35, -0.12, 0.88, 0.2, 0.55, 0.95, -0.3];
    const V: [f64; 8] = [0.04, 0.09, 0.05, 0.16, 0.02, 0.11, 0.03, 0.07];
    const X: [f64; 8] = [0.4, 0.5, 0.35, 0.7, 0.45, 0.6, 0.9, 0.3];
    const Z: [f64; 8] = [10.0, 50.0, 20.0, 5.0, 100.0, 0.0, 30.0, 40.0];

    fn measured() -> Vec<(f64, f64)> {
        Y.into_iter().zip(V).collect()
    }

    fn hold(got: &MetaRegression, tau_squared: f64, expected: &[[f64; 3]]) {
        let close = |got: f64, expected: f64| (got - expected).abs() <= 1e-9 * expected.abs().max(1e-6);
        assert!(close(got.tau_squared, tau_squared), "{got:?}");
        for (one, [value, error, p]) in got.coefficients.iter().zip(expected) {
            assert!(close(one.value, *value) && close(one.error, *error) && close(one.p, *p), "{one:?}");
        }
    }

    #[test]
    fn agrees_with_metafor() {
        // Rscript -e 'library(metafor); options(digits=17)
        // y <- c(.61,.35,-.12,.88,.2,.55,.95,-.3); v <- c(.04,.09,.05,.16,.02,.11,.03,.07)
        // x <- c(.4,.5,.35,.7,.45,.6,.9,.3); z <- c(10,50,20,5,100,0,30,40)
        // for (m in list(~x, ~z, ~x+z)) { r <- rma(y, v, mods=m, method="DL", test="adhoc"); print(c(r$tau2, r$beta, r$se, r$pval)) }'
        let all = measured();
        let of = |covariates: &[&[f64]]| MetaRegression::of(&all, covariates).expect("eight");
        hold(
            &of(&[&X]),
            0.014_064_306_385_308_416,
            &[
                [-0.522_121_136_505_109_9, 0.252_601_170_130_014_6, 0.084_238_948_290_468_89],
                [1.718_931_889_068_176_2, 0.449_329_553_863_787_9, 0.008_704_203_186_716_978],
            ],
        );
        hold(
            &of(&[&Z]),
            0.177_692_658_236_117_32,
            &[
                [0.530_686_684_773_633_6, 0.257_821_062_000_173_9, 0.085_250_601_472_069_24],
                [-0.004_423_516_174_713_87, 0.005_487_176_942_984_685, 0.450_914_425_372_025_86],
            ],
        );
        hold(
            &of(&[&X, &Z]),
            0.022_638_115_290_013_71,
            &[
                [-0.409_373_613_330_557_9, 0.316_438_600_211_702_8, 0.252_307_817_507_094_2],
                [1.671_760_557_449_757_6, 0.493_372_676_841_443_87, 0.019_494_482_503_141_37],
                [-0.002_156_701_393_458_395, 0.002_862_713_062_628_096, 0.485_164_878_133_680_9],
            ],
        );
    }

    #[test]
    fn what_cannot_be_regressed() {
        let all = measured();
        assert_eq!(MetaRegression::of(&all, &[&[1.0; 8]]), None, "it does not vary");
        let twice = X.map(|x| 3.0 - 2.0 * x);
        assert_eq!(MetaRegression::of(&all, &[&X, &twice]), None, "one says what the other says");
        assert_eq!(MetaRegression::of(&all[..2], &[&X[..2]]), None, "no degree of freedom");
        assert_eq!(MetaRegression::of(&all, &[&X[..3]]), None);
    }

    proptest! {
        #[test]
        fn without_covariates_it_is_the_random_effects_model(
            measured in proptest::collection::vec((-3.0f64..3.0, 0.01f64..1.0), 2..30),
        ) {
            let all = RandomEffects::of(&measured).expect("some");
            let got = MetaRegression::of(&measured, &[]).expect("a degree of freedom");
            prop_assert!((got.tau_squared - all.tau_squared).abs() < 1e-9);
            prop_assert!((got.coefficients[0].value - all.mean).abs() < 1e-9);
            prop_assert!(got.coefficients[0].error >= all.error * (1.0 - 1e-9));
        }

        #[test]
        fn units_of_a_covariate_do_not_matter(scale in 0.001f64..1000.0, shift in -100.0f64..100.0) {
            let all = measured();
            let moved = X.map(|x| scale * x + shift);
            let (got, other) = (MetaRegression::of(&all, &[&X]).expect("8"), MetaRegression::of(&all, &[&moved]).expect("8"));
            prop_assert!((got.coefficients[1].p - other.coefficients[1].p).abs() < 1e-7);
            prop_assert!((got.coefficients[1].value / scale - other.coefficients[1].value).abs() < 1e-7 * other.coefficients[1].value.abs());
        }
    }
}
