//! The local contrast: is a count in the window at a whole percentage more often than in the windows beside it?
//!
//! Around each whole percentage m lies the cell from m - 1/2 up to, but without, m + 1/2. In it stand four windows of
//! equal width: at m, at m ± 1/4 (half a tenth of a point to each side), and at m ± 1/2 (one half of it at each end of
//! the cell). A station whose count k falls into any of them counts, with probability
//!
//! ```text
//! q = lattice points in the window at m / lattice points in all windows of the cell
//! ```
//!
//! which holds where the distribution of counts is even over one percentage point; a slope cancels by symmetry.

/// What a station's count says, given that it falls into one of the windows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Contrast {
    /// Whether it is in the window at the whole percentage.
    pub(super) whole: bool,
    /// With what probability it would be.
    pub(super) chance: f64,
}

/// The contrast of `part` of `papers`; `None` where it falls between the windows.
pub(super) fn contrast(part: u32, papers: u32) -> Option<Contrast> {
    let (part, papers) = (u64::from(part), u64::from(papers));
    let percent = (200 * part + papers) / (2 * papers);
    let whole = window(part, papers, percent)?;
    // The cell: (2 m - 1) n <= 200 k < (2 m + 1) n.
    let first = ((2 * percent).saturating_sub(1) * papers).div_ceil(200);
    let end = ((2 * percent + 1) * papers).div_ceil(200).min(papers + 1);
    let (mut at, mut beside) = (0u32, 0u32);
    for point in first..end {
        match window(point, papers, percent) {
            Some(true) => at += 1,
            Some(false) => beside += 1,
            None => {}
        }
    }
    Some(Contrast { whole, chance: f64::from(at) / f64::from(at + beside) })
}

/// Whether a point lies in the window at `percent` (true), in one beside it (false), or between them.
///
/// |100 k/n - m - c/4| <= 1/20  <=>  |2000 k - 20 m n - 5 c n| <= n, with c = 0, ±1, ±2.
fn window(point: u64, papers: u64, percent: u64) -> Option<bool> {
    let away = (2000 * point).abs_diff(20 * percent * papers);
    if away <= papers {
        return Some(true);
    }
    let beside = [5, 10].iter().any(|&quarters| away.abs_diff(quarters * papers) <= papers);
    beside.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lattice_of_a_thousand_papers() {
        // 1,000 papers: points every 0.1 %. The cell of 50 % is 495..=504. At: 500. Beside: 497.x and 502.x hold 2000k
        // within 1000 of 20*50*1000 ± 5000, so k = 497.5 ± .5: 497, 498, 502, 503; and ± 10000: k = 495, (495.5), 504.5 + .5.
        let at = contrast(500, 1000).expect("in a window");
        assert!(at.whole);
        assert_eq!(contrast(497, 1000).map(|c| c.whole), Some(false));
        assert_eq!(contrast(499, 1000), None);
        assert_eq!(at.chance, 1.0 / 6.0);
    }

    #[test]
    fn numbers_that_can_only_be_round_say_nothing() {
        // Of 100 papers every count is a whole percentage.
        assert_eq!(contrast(37, 100), Some(Contrast { whole: true, chance: 1.0 }));
    }

    #[test]
    fn even_counts_give_the_chance_stated() {
        // Over all counts of a cell, each equally likely, observed and expected agree exactly.
        for papers in [317u32, 640, 1999] {
            let (mut whole, mut chance) = (0.0, 0.0);
            let cell = |k: u32| (200 * k + papers) / (2 * papers) == 40;
            for contrast in (0..=papers).filter(|&k| cell(k)).filter_map(|k| contrast(k, papers)) {
                whole += f64::from(u8::from(contrast.whole));
                chance += contrast.chance;
            }
            assert!((whole - chance).abs() < 1e-12, "{papers}: {whole} and {chance}");
        }
    }
}
