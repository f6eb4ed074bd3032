//! What columns are called: by their headers, and in a header of two lines by both.

use std::collections::BTreeSet;

use crate::{Cells, Headers};

/// A label for each column. Where headers are empty or repeat, and the row above has at least two cells, its cells are
/// put before them; an empty cell above a header takes the one on its left, for that is how joined cells are written.
pub(super) fn labels(headers: &Headers, above: Option<&Cells>) -> Vec<String> {
    let names: Vec<&str> = headers.iter().collect();
    let different: BTreeSet<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let above = above.map(Headers::new).filter(|above| above.iter().filter(|cell| !cell.is_empty()).count() > 1);
    let Some(above) = above.filter(|_| different.len() < names.len()) else {
        return names.into_iter().map(str::to_owned).collect();
    };
    let mut joined = "";
    let label = |(column, name): (usize, &str)| {
        let own = above.name(column);
        joined = if own.is_empty() && !name.is_empty() { joined } else { own };
        format!("{joined} {name}").trim().to_owned()
    };
    names.into_iter().enumerate().map(label).collect()
}

/// Names for some columns, all different: the label, with the column's number where there is none or another has it.
pub(super) fn different(labels: &[String], columns: &[usize]) -> Vec<String> {
    let is_only = |label: &str| columns.iter().filter(|&&other| labels[other] == label).count() == 1;
    let name = |&column: &usize| match labels[column].as_str() {
        "" => format!("column {}", column + 1),
        label if is_only(label) => label.to_owned(),
        label => format!("{label} (column {})", column + 1),
    };
    columns.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &[&str]) -> Cells {
        let mut cells = Cells::default();
        row.iter().for_each(|cell| cells.push(cell));
        cells
    }

    #[test]
    fn a_header_of_two_lines_is_read_as_one() {
        let headers = Headers::new(&cells(&["", "total", "votes", "%", "votes", "%", "note"]));
        let above = cells(&["Station", "Voters", "Lime Tree", "", "Old Bridge"]);
        let expected =
            ["Station", "Voters total", "Lime Tree votes", "Lime Tree %", "Old Bridge votes", "Old Bridge %"];
        assert_eq!(labels(&headers, Some(&above))[..6], expected);
        let title = cells(&["Results of the election"]);
        assert_eq!(labels(&headers, Some(&title))[..3], ["", "total", "votes"], "a title is no header");
        let whole = Headers::new(&cells(&["Station", "Voters"]));
        assert_eq!(labels(&whole, Some(&cells(&["a", "b"]))), ["Station", "Voters"], "nothing is missing");
    }

    #[test]
    fn no_two_options_get_one_name() {
        let labels = ["votes", "", "votes", "Lime Tree"].map(str::to_owned);
        assert_eq!(
            different(&labels, &[0, 1, 2, 3]),
            ["votes (column 1)", "column 2", "votes (column 3)", "Lime Tree"]
        );
    }
}
