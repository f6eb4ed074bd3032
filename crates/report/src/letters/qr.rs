//! QR codes (ISO/IEC 18004) as drawings of one path.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::markup::{Markup, escaped};

/// The most bytes that a code can hold: version 10, 57 modules a side, at level M. On 36 mm its modules are half a
/// millimetre wide, which a telephone's camera still reads.
pub(super) const MOST_BYTES: usize = 213;

/// Modules on a side of version 10.
const LARGEST_SIDE: usize = 57;

/// Modules of white that a reader wants on every side.
const QUIET: usize = 4;

/// The code of a text; `None` where the text is too long.
///
/// Level M survives the loss of 15 % of the code: paper that was folded beside it, not through it.
pub(super) fn encode(text: &str) -> Option<QRCode> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    (code.size <= LARGEST_SIDE).then_some(code)
}

/// Draws a code in a square of the page's own size, with its name for those who do not see it.
pub(super) fn draw(out: &mut Markup, code: &QRCode, label: &str) {
    let side = code.size + 2 * QUIET;
    out.raw(&format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"-{QUIET} -{QUIET} {side} {side}\" ",
        escaped(label)
    ));
    out.raw("shape-rendering=\"crispEdges\"><path d=\"").raw(&path(code)).raw("\"/></svg>");
}

/// The dark modules: each run of a row is a rectangle, `M x y h n v 1 h -n z`.
fn path(code: &QRCode) -> String {
    let mut path = String::with_capacity(16 * code.size * code.size / 4);
    for y in 0..code.size {
        let mut x = 0;
        for run in code[y].chunk_by(|one, next| one.value() == next.value()) {
            if run.first().is_some_and(|module| module.value()) {
                let length = run.len();
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pixels of a module.
    const SCALE: usize = 4;

    /// Paints the rectangles of a path and has another program's reader find and read the code among the pixels.
    fn read(text: &str) -> Option<String> {
        let code = encode(text)?;
        let side = (code.size + 2 * QUIET) * SCALE;
        let mut dark = vec![false; side * side];
        for run in path(&code).split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter(|part| !part.is_empty())
                .map(|part| part.parse().expect("digits"))
                .collect();
            let [x, y, length, 1, back] = numbers[..] else { panic!("{run}") };
            assert_eq!(length, back);
            for row in (QUIET + y) * SCALE..(QUIET + y + 1) * SCALE {
                let left = row * side + (QUIET + x) * SCALE;
                dark[left..left + length * SCALE].fill(true);
            }
        }
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(side, side, |x, y| dark[y * side + x]);
        let grids = image.detect_grids();
        let [grid] = grids.as_slice() else { panic!("{} codes are seen", grids.len()) };
        let (about, read) = grid.decode().expect("it can be read");
        // ISO/IEC 18004, table 12: the indicator of level M is 00.
        assert_eq!(about.ecc_level, 0);
        Some(read)
    }

    #[test]
    fn another_program_reads_the_code() {
        let code = "23456-789ABC-DEFGH-JKLMNP";
        assert_eq!(read(code).as_deref(), Some(code));
        let address = format!("https://vote.example/elections/Kd8zQ2mW5xR7nB/#{code}");
        assert_eq!(read(&address).as_deref(), Some(address.as_str()));
    }

    #[test]
    fn the_longest_text_is_the_capacity_of_version_10_at_level_m() {
        let longest = "x".repeat(MOST_BYTES);
        assert_eq!(read(&longest).as_deref(), Some(longest.as_str()));
        assert!(encode(&format!("{longest}x")).is_none());
        assert!(encode(&"x".repeat(10_000)).is_none(), "no version holds it");
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was(text in "[1-9A-HJ-NP-Za-km-z/:#?=&.-]{1,213}") {
            prop_assert_eq!(read(&text), Some(text.clone()));
        }
    }
}
