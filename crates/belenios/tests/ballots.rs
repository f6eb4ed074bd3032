//! The two ways to a verdict about ballots agree, whatever the ballots are; and sound ones are sound.

#[path = "support/changes.rs"]
mod changes;
#[path = "support/number.rs"]
mod number;
#[path = "support/prover.rs"]
mod prover;

use std::sync::{Mutex, MutexGuard, OnceLock};

use adil_belenios::fuzz::ballot_paths;
use adil_belenios::{Faults, Rule};
use changes::{Case, Elections};
use proptest::prelude::*;

/// Made once for all tests.
fn elections() -> MutexGuard<'static, Elections> {
    static ELECTIONS: OnceLock<Mutex<Elections>> = OnceLock::new();
    ELECTIONS.get_or_init(|| Mutex::new(Elections::new())).lock().expect("no test failed before")
}

fn faults(case: &Case) -> Faults {
    let found = ballot_paths(case.election.as_bytes(), case.credentials.as_bytes(), &case.ballots);
    found.expect("the election is sound")
}

fn broken(case: &Case) -> Vec<Rule> {
    faults(case).by_rule().map(|(rule, _)| rule).collect()
}

#[test]
fn ballots_of_every_kind_of_question_are_sound() {
    let mut elections = elections();
    for election in 0..5 {
        for ballots in [1, 3, 131] {
            assert_eq!(broken(&elections.case(&[election, ballots])), [], "election {election}");
        }
        assert_eq!(broken(&elections.case(&[240 + election, 0])), [], "election {election} over BELENIOS-2048");
    }
}

/// A change of one value breaks the rule of that value, and where the ballot is signed again no other.
#[test]
fn a_changed_value_breaks_its_rule_on_both_paths() {
    let mut elections = elections();
    // Values of the first ballot of the first election: 0 identifier, 1 fingerprint, 2 credential, 3 alpha, ...
    let rules = |elections: &mut Elections, place: u8, value: u8| {
        broken(&elections.case(&[0, 0, 0, 0, 0, place, value, 0, 9, 0, 0, 0]))
    };
    assert_eq!(rules(&mut elections, 0, 0), [Rule::BallotElection]);
    assert_eq!(rules(&mut elections, 1, 0), [Rule::BallotFingerprint]);
    assert_eq!(rules(&mut elections, 2, 18), [Rule::BallotCredential]);
    // A point of order four; the neutral element, which is one of the group.
    assert_eq!(rules(&mut elections, 3, 12), [Rule::BallotElement]);
    assert_eq!(rules(&mut elections, 3, 13), [Rule::IndividualProof, Rule::OverallProof]);
    // A challenge that is the order; one that is 2.
    assert_eq!(rules(&mut elections, 7, 8), [Rule::BallotScalar]);
    assert_eq!(rules(&mut elections, 7, 3), [Rule::IndividualProof]);
    // Without a new signature.
    assert_eq!(broken(&elections.case(&[0, 0, 0, 2, 0, 7, 0])), [Rule::IndividualProof, Rule::SignedHash]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_paths_agree_on_ed25519(mut input in proptest::collection::vec(any::<u8>(), 2..32)) {
        input[0] %= 5;
        let case = elections().case(&input);
        faults(&case);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_paths_agree_on_belenios_2048(mut input in proptest::collection::vec(any::<u8>(), 7..18)) {
        input[0] = 240 + input[0] % 5;
        let case = elections().case(&input);
        faults(&case);
    }
}
