//! The specification's numbers and examples, held to the code.

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use adil_count::{Method, Middle, Strength};
use common::{ballots, counted, judgment, pairwise};

/// The rules that a text names: `K` and digits, not within a word.
fn rules(text: &str) -> BTreeSet<u32> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    words.filter_map(|word| word.strip_prefix('K')?.parse().ok()).collect()
}

#[test]
fn code_and_specification_name_the_same_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("../../docs/spec/counting.md")).expect("the specification");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| K")?.split(' ').next()?.parse().ok());
    let defined: BTreeSet<u32> = rows.collect();
    assert_eq!(rules(&page), defined, "the page names rules that it has");
    let mut cited = BTreeSet::new();
    for entry in std::fs::read_dir(root.join("src")).expect("sources") {
        let path = entry.expect("a source").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let unknown: Vec<u32> = rules(&text).difference(&defined).copied().collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", path.display());
        cited.extend(rules(&text));
    }
    assert_eq!(cited, defined, "every rule is cited where it is followed");
}

#[test]
fn nine_ballots_in_a_circle() {
    let count = counted(&Method::Schulze { blank: false }, 3, &ballots(3, &[(4, "ABC"), (3, "BCA"), (2, "CAB")]));
    let round = pairwise(&count);
    assert_eq!(round.preferences, [[0, 6, 4], [3, 0, 7], [5, 2, 0]].map(Vec::from));
    let strength = |winning, losing| Strength { winning, losing };
    let [a, b, c] = [0, 1, 2];
    assert_eq!(round.strengths[a][b], strength(6, 3));
    assert_eq!(round.strengths[a][c], strength(6, 3));
    assert_eq!(round.strengths[b][a], strength(5, 4));
    assert_eq!(round.strengths[b][c], strength(7, 2));
    assert_eq!(round.strengths[c][a], strength(5, 4));
    assert_eq!(round.strengths[c][b], strength(5, 4));
    assert_eq!(count.outcome.ranking, [vec![a], vec![b], vec![c]]);
}

#[test]
fn the_two_middles_differ() {
    let ballots = [vec![1, 2], vec![3, 2]];
    let ranking = |middle| counted(&judgment(3, false, middle), 2, &ballots).outcome.ranking;
    assert_eq!(ranking(Middle::Lower), [vec![1], vec![0]]);
    assert_eq!(ranking(Middle::Upper), [vec![0], vec![1]]);
}
