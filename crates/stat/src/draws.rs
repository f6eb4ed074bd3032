//! Random numbers of the usual distributions, drawn from a [`Stream`].
//!
//! * *normal*: the polar method of Marsaglia;
//! * *gamma*: Marsaglia and Tsang (2000), below shape 1 by `G(a) = G(a + 1) U^(1/a)`;
//! * *beta*, *Dirichlet*: quotients of gammas;
//! * *binomial*: by inversion below a mean of 10, above it by transformed rejection (Hörmann 1993, BTRS);
//! * *multinomial*: one binomial after the other, each of what the others have left.

use crate::{Stream, ln_factorial};

/// The mean of a binomial below which it is drawn by inversion; transformed rejection needs at least 10.
const INVERTED: f64 = 10.0;

impl Stream {
    /// A real number between 0 and 1, neither of them: the middle of one of 2^53 equal parts.
    pub fn unit(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// A gamma number of this shape and scale 1; 0 where the shape is not above 0.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape.is_nan() || shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.unit().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.unit();
            // The first test spares nearly all logarithms.
            if u < 1.0 - 0.0331 * x.powi(4) || u.ln() < 0.5 * x * x + d * (1.0 - v + v.ln()) {
                return d * v;
            }
        }
    }

    /// A beta number; where both parameters are so small that both gammas vanish, one of the ends.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        if x + y > 0.0 { x / (x + y) } else { f64::from(u8::from(self.unit() * (a + b) < a)) }
    }

    /// Shares drawn from the Dirichlet distribution of these parameters; written over them.
    pub fn dirichlet(&mut self, alpha: &mut [f64]) {
        let whole: f64 = alpha.iter().sum();
        // Used only where all gammas vanish: then one kind has everything.
        let mut only = self.unit() * whole;
        let mut first = None;
        let mut sum = 0.0;
        for (kind, share) in alpha.iter_mut().enumerate() {
            only -= *share;
            if only < 0.0 {
                first.get_or_insert(kind);
            }
            *share = self.gamma(*share);
            sum += *share;
        }
        match first {
            _ if sum > 0.0 => alpha.iter_mut().for_each(|share| *share /= sum),
            Some(kind) => alpha[kind] = 1.0,
            None => {}
        }
    }

    /// How many of `n` happen, each with probability `p`.
    pub fn binomial(&mut self, n: u32, p: f64) -> u32 {
        match p {
            _ if p.is_nan() || p <= 0.0 => 0,
            _ if p >= 1.0 => n,
            _ if p > 0.5 => n - self.rare(n, 1.0 - p),
            _ => self.rare(n, p),
        }
    }

    /// [`Self::binomial`] for p at most 1/2.
    fn rare(&mut self, n: u32, p: f64) -> u32 {
        if f64::from(n) * p < INVERTED { self.inverted(n, p) } else { self.rejected(n, p) }
    }

    /// Goes up the distribution until a uniform number is used up.
    fn inverted(&mut self, n: u32, p: f64) -> u32 {
        let odds = p / (1.0 - p);
        let mut left = self.unit();
        let mut probability = (f64::from(n) * (-p).ln_1p()).exp();
        let mut k = 0;
        while left > probability && k < n {
            left -= probability;
            k += 1;
            probability *= odds * f64::from(n - k + 1) / f64::from(k);
            // Beyond the reach of rounding errors.
            if probability < 1e-300 {
                break;
            }
        }
        k
    }

    /// Transformed rejection: a hat of the form `(2a / (1/2 - |u|) + b) u + c` over the distribution.
    fn rejected(&mut self, n: u32, p: f64) -> u32 {
        let (size, q) = (f64::from(n), 1.0 - p);
        let sd = (size * p * q).sqrt();
        let b = 1.15 + 2.53 * sd;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let c = size * p + 0.5;
        let squeeze = 0.92 - 4.2 / b;
        let scale = (2.83 + 5.1 / b) * sd;
        let mode = ((size + 1.0) * p).floor();
        let ln_odds = (p / q).ln();
        let peak = ln_factorial(mode as u32) + ln_factorial(n - mode as u32);
        loop {
            let u = self.unit() - 0.5;
            let v = self.unit();
            let edge = 0.5 - u.abs();
            let k = ((2.0 * a / edge + b) * u + c).floor();
            if k < 0.0 || k > size {
                continue;
            }
            let count = k as u32;
            if edge >= 0.07 && v <= squeeze {
                return count;
            }
            let height = (v * scale / (a / (edge * edge) + b)).ln();
            if height <= peak - ln_factorial(count) - ln_factorial(n - count) + (k - mode) * ln_odds {
                return count;
            }
        }
    }

    /// Divides `n` among kinds with these weights, and gives each kind's number to `into` in their order. Where no weight
    /// is above 0 the last kind gets everything.
    pub fn multinomial(&mut self, n: u32, weights: &[f64], mut into: impl FnMut(usize, u32)) {
        let mut weight: f64 = weights.iter().sum();
        let mut left = n;
        for (kind, own) in weights.iter().enumerate() {
            let count = match kind + 1 == weights.len() {
                true => left,
                false => self.binomial(left, own / weight),
            };
            weight -= own;
            left -= count;
            into(kind, count);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Moments, stream};

    const DRAWS: usize = 40_000;

    /// Holds the mean and variance of draws to those of the distribution, six standard errors wide:
    /// `se(mean) = sd / sqrt(n)`, `se(variance) = variance * sqrt((kurtosis - 1) / n)`.
    fn assert_moments(what: &str, mut draw: impl FnMut() -> f64, mean: f64, variance: f64, kurtosis: f64) {
        let mut moments = Moments::default();
        (0..DRAWS).for_each(|_| moments.push(draw(), 1.0));
        let (got, sd) = (moments.mean().expect("draws"), moments.sd().expect("draws"));
        let root = (DRAWS as f64).sqrt();
        assert!((got - mean).abs() <= 6.0 * variance.sqrt() / root, "{what}: mean {got}, expected {mean}");
        let room = 6.0 * variance * (kurtosis - 1.0).sqrt() / root;
        assert!((sd * sd - variance).abs() <= room, "{what}: variance {}, expected {variance} ± {room}", sd * sd);
    }

    #[test]
    fn continuous_numbers_have_the_moments_of_their_distributions() {
        let mut own = stream(1, "draws", 0);
        // Kurtosis: uniform 9/5, normal 3, gamma 3 + 6/a.
        assert_moments("unit", || own.unit(), 0.5, 1.0 / 12.0, 1.8);
        assert_moments("normal", || own.normal(), 0.0, 1.0, 3.0);
        for shape in [0.2, 1.0, 4.5, 300.0] {
            assert_moments(&format!("gamma {shape}"), || own.gamma(shape), shape, shape, 3.0 + 6.0 / shape);
        }
        for (a, b) in [(0.5_f64, 0.5_f64), (2.0, 5.0), (40.0, 60.0)] {
            let sum = a + b;
            let variance = a * b / (sum * sum * (sum + 1.0));
            assert_moments(&format!("beta {a} {b}"), || own.beta(a, b), a / sum, variance, 3.2);
        }
    }

    #[test]
    fn binomial_numbers_have_their_moments() {
        let mut own = stream(2, "draws", 0);
        for (n, p) in
            [(7, 0.3), (40, 0.2), (40, 0.25), (1_500, 0.004), (1_500, 0.63), (100_000, 0.5), (1_000_000_000, 1e-3)]
        {
            let (mean, variance) = (f64::from(n) * p, f64::from(n) * p * (1.0 - p));
            let kurtosis = 3.0 + (1.0 - 6.0 * p * (1.0 - p)) / variance;
            assert_moments(&format!("binomial {n} {p}"), || f64::from(own.binomial(n, p)), mean, variance, kurtosis);
        }
    }

    #[test]
    fn both_ways_to_a_binomial_fit_its_probabilities() {
        // n = 40, p = 0.2 (mean 8, inverted) and p = 0.3 (mean 12, rejected): each frequency within six standard errors.
        for p in [0.2_f64, 0.3] {
            let mut own = stream(3, "draws", 0);
            let mut counts = [0u32; 41];
            (0..DRAWS).for_each(|_| counts[own.binomial(40, p) as usize] += 1);
            for (k, &count) in (0u32..).zip(&counts) {
                let ln = ln_factorial(40) - ln_factorial(k) - ln_factorial(40 - k);
                let expected = (ln + f64::from(k) * p.ln() + f64::from(40 - k) * (1.0 - p).ln()).exp() * DRAWS as f64;
                let room = 6.0 * expected.sqrt() + 3.0;
                assert!((f64::from(count) - expected).abs() <= room, "p {p}, k {k}: {count}, expected {expected}");
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_an_end() {
        let mut own = stream(4, "draws", 0);
        assert_eq!(
            (own.binomial(9, 0.0), own.binomial(9, 1.0), own.binomial(9, f64::NAN), own.binomial(0, 0.5)),
            (0, 9, 0, 0)
        );
        let mut shares = [1e-9, 1e-9, 0.0];
        own.dirichlet(&mut shares);
        assert_eq!((shares[0] + shares[1], shares[2]), (1.0, 0.0), "{shares:?}");
        let mut counts = [0; 2];
        own.multinomial(5, &[0.0, 0.0], |kind, count| counts[kind] = count);
        assert_eq!(counts, [0, 5]);
        assert!(own.beta(0.0, 0.0) <= 1.0);
    }

    proptest! {
        #[test]
        fn kinds_add_up_to_all(seed: u64, n in 0u32..2_000_000, weights in proptest::collection::vec(0.0f64..9.0, 1..9)) {
            let mut own = stream(seed, "draws", 0);
            let mut counts = vec![0; weights.len()];
            own.multinomial(n, &weights, |kind, count| counts[kind] = count);
            prop_assert_eq!(counts.iter().sum::<u32>(), n);
            let mut shares = weights;
            shares[0] += 0.1;
            own.dirichlet(&mut shares);
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9 && shares.iter().all(|&share| share >= 0.0));
        }
    }
}
