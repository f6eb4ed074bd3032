//! Logarithms of factorials.
//!
//! Small arguments come from a table. Above it Stirling's series is used,
//!
//! ```text
//! ln n! = (n + 1/2) ln n - n + ln(2 pi)/2 + 1/(12 n) - 1/(360 n^3) + 1/(1260 n^5) - ...
//! ```
//!
//! whose error is below the first term left out: with n >= 16 below 1/(1680 * 16^7) < 3e-12 of the value's unit, and
//! below rounding from n = 64 on.

use std::sync::OnceLock;

/// Entries of the table: more than the voters of nearly every station, and half a megabyte.
const TABLE: usize = 1 << 16;

/// Up to here the table multiplies out; the product of the first 20 numbers is exact in 64 bits.
const SUMMED: usize = 64;

/// ln(n!), with an absolute error below 1e-15 times the value.
pub fn ln_factorial(n: u32) -> f64 {
    static LN_FACTORIALS: OnceLock<Vec<f64>> = OnceLock::new();
    let table = LN_FACTORIALS.get_or_init(tabulate);
    table.get(n as usize).copied().unwrap_or_else(|| stirling(f64::from(n)))
}

fn tabulate() -> Vec<f64> {
    let mut table = vec![0.0; TABLE];
    for n in 1..TABLE {
        table[n] = if n < SUMMED { table[n - 1] + (n as f64).ln() } else { stirling(n as f64) };
    }
    table
}

fn stirling(n: f64) -> f64 {
    let inverse = 1.0 / n;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0)));
    let half_ln_two_pi = 0.918_938_533_204_672_8;
    (n + 0.5) * n.ln() - n + half_ln_two_pi + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy_gammaln() {
        // scipy.special.gammaln(n + 1)
        let expected = [
            (0, 0.0),
            (1, 0.0),
            (10, 15.104412573075518),
            (63, 201.00931639928152),
            (64, 205.16819948264117),
            (1000, 5912.128178488163),
            (65_535, 661_276.871_765_185_5),
            (65_536, 661_287.962_120_074_5),
            (1_000_000, 12_815_518.384_658_169),
        ];
        for (n, value) in expected {
            let got = ln_factorial(n);
            assert!((got - value).abs() <= 4e-15 * value.max(1.0), "{n}: {got} and {value}");
        }
    }
}
