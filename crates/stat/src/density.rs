//! A Gaussian kernel density, evaluated on a grid.
//!
//! ```text
//! f(x) = 1/(n h sqrt(2 pi)) sum exp(-(x - x_i)^2 / (2 h^2)),   h = s n^(-1/5)   (Scott 1992)
//! ```
//!
//! with s the standard deviation over n - 1, as in scipy's `gaussian_kde`. For speed each value is shared between the
//! two nearest of very narrow bins in proportion to nearness, which replaces the kernel by its linear interpolation:
//! with bins of width d the error of f is at most (d/h)^2 / 8 times the kernel's peak over n h, for d = h/200 about
//! 3e-6 of a density's typical height. Kernels are cut at 8 h, where they are below 2e-14 of their peak.

/// A density by its bins.
#[derive(Debug, Clone)]
pub struct KernelDensity {
    bandwidth: f64,
    values: f64,
    step: f64,
    first: f64,
    bins: Vec<f64>,
}

impl KernelDensity {
    /// The most bins: beyond it, for far-flung values, bins get wider than a two-hundredth of the bandwidth.
    const MOST_BINS: f64 = 4_000_000.0;

    /// The density of finite `values` with Scott's bandwidth; `None` with fewer than two different ones.
    ///
    /// A grid to be evaluated should start at `origin` and have steps that are multiples of it, so that bins and grid
    /// coincide; any other grid costs nothing in exactness.
    pub fn new(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // The mean of equal values may be off by rounding, which would pass for a spread.
        if low >= high {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let sd = (squares / (count - 1.0)).sqrt();
        let bandwidth = sd * count.powf(-0.2);
        if values.len() < 2 || !(bandwidth.is_finite() && bandwidth > 0.0) {
            return None;
        }
        let step = (bandwidth / 200.0).max((high - low) / Self::MOST_BINS);
        let mut bins = vec![0.0; ((high - low) / step) as usize + 2];
        for value in values {
            let position = (value - low) / step;
            let (below, part) = (position as usize, position.fract());
            bins[below] += 1.0 - part;
            bins[below + 1] += part;
        }
        Some(Self { bandwidth, values: count, step, first: low, bins })
    }

    /// The bandwidth h.
    pub fn bandwidth(&self) -> f64 {
        self.bandwidth
    }

    /// The density at `x`.
    pub fn at(&self, x: f64) -> f64 {
        let reach = 8.0 * self.bandwidth;
        let bin = |at: f64| ((at - self.first) / self.step).max(0.0) as usize;
        let (from, to) = (bin(x - reach), bin(x + reach).saturating_add(1).min(self.bins.len()));
        if from >= to {
            return 0.0;
        }
        // exp(-(u + d)^2/2) = exp(-u^2/2) exp(-ud) exp(-d^2/2): two multiplications a bin instead of an exponential.
        // Started anew every 64 bins, rounding stays below 1e-13.
        let d = self.step / self.bandwidth;
        let shrink = (-d * d).exp();
        let mut sum = 0.0;
        for block in (from..to).step_by(64) {
            let u = (self.first + block as f64 * self.step - x) / self.bandwidth;
            let mut kernel = (-0.5 * u * u).exp();
            let mut ratio = (-d * (u + 0.5 * d)).exp();
            for &weight in &self.bins[block..to.min(block + 64)] {
                sum += weight * kernel;
                kernel *= ratio;
                ratio *= shrink;
            }
        }
        sum / (self.values * self.bandwidth * (2.0 * std::f64::consts::PI).sqrt())
    }

    /// The highest density among `points` positions of a grid.
    pub fn highest(&self, first: f64, step: f64, points: usize) -> f64 {
        (0..points).map(|index| self.at(first + index as f64 * step)).fold(0.0, f64::max)
    }

    /// The first position among `first + i * step`, for i below `points`, that is above `beyond` and where the density
    /// on the grid is higher than at its neighbours.
    pub fn first_peak(&self, first: f64, step: f64, points: usize, beyond: f64) -> Option<f64> {
        let position = |index: usize| first + index as f64 * step;
        // Half a step of slack: a grid position equal to `beyond` but for rounding is not above it.
        let start = (0..points).find(|&index| position(index) > beyond + 0.5 * step)?;
        let mut before = self.at(position(start) - step);
        let mut here = self.at(position(start));
        for index in start..points {
            let after = self.at(position(index + 1));
            if here > before && here >= after {
                return Some(position(index));
            }
            (before, here) = (here, after);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 8] = [0.31, 0.35, 0.36, 0.4, 0.52, 0.61, 0.63, 0.8];

    #[test]
    fn agrees_with_scipy_gaussian_kde() {
        let density = KernelDensity::new(&VALUES).expect("values differ");
        assert!((density.bandwidth() - 0.113_604_190_507_503_02).abs() < 1e-15);
        let expected = [(0.3, 1.599_888_471_536_566), (0.4, 1.958_920_353_970_937_7), (0.62, 1.433_561_600_199_921_8)];
        for (x, value) in expected {
            assert!((density.at(x) - value).abs() < 1e-5, "{x}: {} and {value}", density.at(x));
        }
    }

    #[test]
    fn finds_the_first_of_two_peaks() {
        let values: Vec<f64> = (0..40).map(|i| if i % 2 == 0 { 0.4 } else { 0.8 } + f64::from(i) * 1e-4).collect();
        let density = KernelDensity::new(&values).expect("values differ");
        let near = |peak: Option<f64>, x: f64| peak.is_some_and(|peak| (peak - x).abs() < 0.03);
        assert!(near(density.first_peak(0.0, 0.001, 1001, 0.3), 0.4));
        assert!(near(density.first_peak(0.0, 0.001, 1001, 0.6), 0.8));
        assert_eq!(density.first_peak(0.0, 0.001, 1001, 0.9), None);
        let peak = density.first_peak(0.0, 0.001, 1001, 0.3).map_or(0.0, |peak| density.at(peak));
        assert!((density.highest(0.0, 0.001, 1001) / peak - 1.0).abs() < 1e-3);
    }

    #[test]
    fn values_without_spread_have_no_density() {
        assert!(KernelDensity::new(&[0.5, 0.5, 0.5]).is_none());
        assert!(KernelDensity::new(&[0.5]).is_none());
        assert!(KernelDensity::new(&[]).is_none());
        // 200 times 0.01 has a mean of 0.01 and a rounding error, and no spread for all that.
        assert!(KernelDensity::new(&[0.01; 200]).is_none());
    }

    #[test]
    fn a_point_far_beyond_all_values_has_no_density() {
        let near = KernelDensity::new(&[0.01, 0.01 + 1e-17 + f64::EPSILON]).expect("values differ");
        assert_eq!(near.at(0.3), 0.0);
    }
}
