//! How a delimited text is cut: its delimiter and line ends, told from its beginning.
//!
//! For each delimiter the beginning is cut into rows. A delimiter fits as well as the share of rows that have the most
//! frequent number of cells, squared, times the logarithm of that number; half as well where the first row has another
//! number. So the decimal commas of a table separated by semicolons do not win: its header has none.

use crate::delimited::Shape;

/// Delimiters in the order in which they win a tie.
const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Rows looked at.
const ROWS: usize = 200;

/// The shape of a text by its beginning; `whole` says whether that is all of it.
pub(crate) fn shape(beginning: &str, whole: bool, delimiter: Option<u8>) -> Shape {
    let bytes = beginning.as_bytes();
    let line_end = if !bytes.contains(&b'\n') && bytes.contains(&b'\r') { b'\r' } else { b'\n' };
    let delimiter = delimiter.or_else(|| declared(bytes)).unwrap_or_else(|| {
        let fits = DELIMITERS.map(|delimiter| (fit(bytes, Shape { delimiter, line_end }, whole), delimiter));
        let best = fits.iter().fold((0.0, b','), |best, &fit| if fit.0 > best.0 { fit } else { best });
        best.1
    });
    Shape { delimiter, line_end }
}

/// Whether a text falls into columns: nine of ten rows, and at least two, have one and the same number of cells above
/// one.
pub(crate) fn is_tabular(beginning: &str) -> bool {
    let shape = shape(beginning, false, None);
    let widths = widths(beginning.as_bytes(), shape, false);
    let Some(&first) = widths.first() else { return false };
    first > 1 && widths.len() > 1 && widths.iter().filter(|&&width| width == first).count() * 10 >= widths.len() * 9
}

/// The delimiter that spreadsheet programs write into a first line `sep=;`.
fn declared(bytes: &[u8]) -> Option<u8> {
    let rest = bytes.strip_prefix(b"sep=")?;
    match rest {
        [delimiter, b'\r' | b'\n', ..] if delimiter.is_ascii() => Some(*delimiter),
        _ => None,
    }
}

/// Whether the first line is `sep=;` and no row of the table.
pub(crate) fn begins_with_declaration(beginning: &str) -> bool {
    declared(beginning.as_bytes()).is_some()
}

fn fit(bytes: &[u8], shape: Shape, whole: bool) -> f64 {
    let widths = widths(bytes, shape, whole);
    let Some(&first) = widths.first() else { return 0.0 };
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
    let Some((rows, width)) = runs.max() else { return 0.0 };
    let consistent = rows as f64 / widths.len() as f64;
    let header = if first == width { 1.0 } else { 0.5 };
    consistent * consistent * (width as f64).ln() * header
}

/// The number of cells of each row that is not empty; a last row that may go on is left out.
fn widths(bytes: &[u8], shape: Shape, whole: bool) -> Vec<usize> {
    let mut widths = Vec::new();
    let (mut cells, mut begins, mut quoted, mut blank) = (1, true, false, true);
    for &byte in bytes {
        match byte {
            b'"' if begins => (quoted, begins, blank) = (true, false, false),
            b'"' if quoted => quoted = false,
            // The second of two marks opens the cell again.
            b'"' => quoted = !quoted && !begins && !blank,
            _ if quoted => {}
            _ if byte == shape.delimiter => (cells, begins, blank) = (cells + 1, true, false),
            _ if byte == shape.line_end => {
                if !blank {
                    widths.push(cells);
                }
                (cells, begins, blank) = (1, true, true);
                if widths.len() == ROWS {
                    return widths;
                }
            }
            b'\r' => {}
            _ => (begins, blank) = (false, false),
        }
    }
    if !blank && (whole || widths.is_empty()) {
        widths.push(cells);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        shape(text, true, None).delimiter as char
    }

    #[test]
    fn the_delimiter_is_told_from_the_rows() {
        assert_eq!(delimiter("uik,voters,valid\n1,2,3\n4,5,6\n"), ',');
        assert_eq!(delimiter("uik;voters;share\n1;2;1,5\n4;5;6,5\n"), ';');
        assert_eq!(delimiter("a;b;c\n1,2;3,4;5,6\n7,8;9,1;2,3\n"), ';', "decimal commas are more than semicolons");
        assert_eq!(delimiter("uik\tplace\n1\tstreet, 5; left\n2\tx\n"), '\t');
        assert_eq!(delimiter("a|b|c\n1|2|3\n"), '|');
        assert_eq!(delimiter("\"a;b;c;d;e\",\"x\"\n\"f;g;h;i;j\",\"y\"\n"), ',', "what is quoted does not count");
        assert_eq!(delimiter("one column\n1\n2\n"), ',');
        assert_eq!(delimiter("sep=|\na,b,c\n1,2,3\n"), '|');
        assert_eq!(delimiter(""), ',');
    }

    #[test]
    fn a_carriage_return_ends_rows_only_where_no_line_feed_does() {
        assert_eq!(shape("a,b\r1,2\r", true, None).line_end, b'\r');
        assert_eq!(shape("a,b\r\n1,2\r\n", true, None).line_end, b'\n');
    }
}
