//! Resampling whole clusters of stations.

use crate::Stream;

/// How often each of `count` clusters is drawn when as many are drawn with replacement.
pub fn draw_clusters(stream: &mut Stream, count: usize) -> Vec<u32> {
    let mut times = vec![0; count];
    (0..count).for_each(|_| times[stream.below(count)] += 1);
    times
}

/// The quantile of `values` at `level`, by linear interpolation between order statistics (as numpy's default does);
/// `None` without values.
pub fn quantile(values: &[f64], level: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = level.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    let (below, part) = (position as usize, position.fract());
    let above = sorted[(below + 1).min(sorted.len() - 1)];
    Some(sorted[below] + part * (above - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream;

    #[test]
    fn quantiles_interpolate() {
        // numpy.quantile([4, 1, 3, 2], [0, .25, .5, 1]) = 1, 1.75, 2.5, 4
        let values = [4.0, 1.0, 3.0, 2.0];
        let got: Vec<f64> = [0.0, 0.25, 0.5, 1.0].iter().filter_map(|&level| quantile(&values, level)).collect();
        assert_eq!(got, [1.0, 1.75, 2.5, 4.0]);
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn as_many_clusters_are_drawn_as_there_are() {
        let times = draw_clusters(&mut stream(1, "clusters", 7), 500);
        assert_eq!(times.iter().sum::<u32>(), 500);
        assert!(times.iter().any(|&times| times > 1));
    }
}
