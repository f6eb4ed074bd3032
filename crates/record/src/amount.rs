//! Published numbers as they were printed.

use std::fmt;

/// A number as printed: a count, or a percentage with its digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// A whole number.
    Count(u64),
    /// A percentage, which stands for everything that rounds to it.
    Percent(Percentage),
}

/// A printed percentage: `digits / 10^decimals` percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentage {
    digits: u64,
    decimals: u8,
}

impl Percentage {
    /// Reads `64.56` or `64,56`; at most 6 decimals, from 0 to 1000.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 4 || fraction.len() > 6 || !plain(whole) || !plain(fraction) {
            return None;
        }
        let decimals = u8::try_from(fraction.len()).ok()?;
        let digits: u64 = format!("{whole}{fraction}").parse().ok()?;
        (digits <= 1000 * 10u64.pow(u32::from(decimals))).then_some(Self { digits, decimals })
    }

    /// The value as a fraction.
    pub fn fraction(self) -> f64 {
        self.digits as f64 / (100.0 * self.unit())
    }

    /// How many decimals were printed.
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// Half of the last printed digit, as a fraction: the most that rounding can have moved it.
    pub fn half_digit(self) -> f64 {
        0.5 / (100.0 * self.unit())
    }

    /// Whether `part / whole` rounds to this, a tie to either side. False where `whole` is zero.
    ///
    /// In whole numbers: |100 * 10^d * part - digits * whole| <= whole / 2.
    pub fn is_quotient(self, part: u64, whole: u64) -> bool {
        let scaled = 100 * 10u128.pow(u32::from(self.decimals)) * u128::from(part);
        let stated = u128::from(self.digits) * u128::from(whole);
        whole > 0 && 2 * scaled.abs_diff(stated) <= u128::from(whole)
    }

    fn unit(self) -> f64 {
        10f64.powi(i32::from(self.decimals))
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        write!(f, "{:.decimals$} %", self.digits as f64 / self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_percentage_is_what_rounds_to_it() {
        let stated = Percentage::parse("64.40").expect("a percentage");
        // 5,726,544 / 8,891,561 = 0.644042...
        assert!(stated.is_quotient(5_726_544, 8_891_561));
        assert!(!Percentage::parse("64.56").expect("a percentage").is_quotient(5_726_544, 8_891_561));
        assert!(!stated.is_quotient(1, 0));
        assert_eq!(stated.to_string(), "64.40 %");
    }

    #[test]
    fn what_is_no_percentage_is_refused() {
        for text in ["", "-1", "1e2", "12345", "1.2.3", "1001", "٣"] {
            assert_eq!(Percentage::parse(text), None, "{text}");
        }
    }
}
