//! Ballots of one election, verified in every way there is.

use adil_crypto::{Engine, Group};

use super::LIMITS;
use crate::archive::{credential, digest};
use crate::ballot::{Arithmetic, BallotBytes, BallotContext, Shape};
use crate::setup::{Credentials, Election};
use crate::tally::{SumTexts, TallySum};
use crate::verify::{GroupVisitor, with_group};
use crate::{Faults, Place};

/// Verifies ballots of an election together with every arithmetic of this processor, and one by one with the plainest:
/// verdict, faults and the product of the counted ballots must be the same. `None` where there is no such election.
///
/// # Panics
/// They are not the same.
pub fn ballot_paths(election: &[u8], credentials: &[u8], ballots: &[Vec<u8>]) -> Option<Faults> {
    let election = Election::read(election, &Place::default(), &mut Faults::new(0))?;
    if election.exceeds(&LIMITS, 0).is_some() {
        return None;
    }
    let by = |engine, way| {
        let ballots = Ballots { election: &election, credentials, ballots, way };
        with_group(&election.group, engine, ballots).ok().flatten()
    };
    let plain = by(Some(Engine::portable()), Way::Plain)?;
    for engine in Engine::available() {
        for chunk in [ballots.len().max(1), 3] {
            let fast = by(Some(engine), Way::Fast { chunk }).expect("the election was read before");
            assert_eq!(fast, plain, "{} in chunks of {chunk}", engine.name());
        }
    }
    Some(plain.faults)
}

/// What is compared.
#[derive(Debug, PartialEq)]
struct Verdict {
    faults: Faults,
    tally: SumTexts,
    lacking: u64,
}

enum Way {
    Fast { chunk: usize },
    Plain,
}

struct Ballots<'a> {
    election: &'a Election,
    credentials: &'a [u8],
    ballots: &'a [Vec<u8>],
    way: Way,
}

impl GroupVisitor for Ballots<'_> {
    type Output = Option<Verdict>;

    fn visit<G: Group>(self, group: &G) -> Option<Verdict> {
        let key = group.decode(&[&self.election.public_key]).pop()?.ok()?;
        let credentials = Credentials::read(group, self.credentials, &Place::default(), &mut Faults::new(0));
        let shape = Shape::of(self.election)?;
        let generator = group.generator();
        let tables = [group.fixed(&generator), group.fixed(&key)];
        let (arithmetic, chunk) = match self.way {
            Way::Fast { chunk } => (Arithmetic::Fast([&tables[0], &tables[1]]), chunk),
            Way::Plain => (Arithmetic::Plain([&generator, &key]), 1),
        };
        let positions: Vec<Option<usize>> =
            self.ballots.iter().map(|ballot| credentials.position(&credential(ballot))).collect();
        let ballot = |(index, bytes): (usize, &Vec<u8>)| BallotBytes {
            height: index as u64 + 1,
            hash: digest(bytes),
            credential: positions[index],
            counted: positions[index].is_some() && !positions[index + 1..].contains(&positions[index]),
            bytes: bytes.clone(),
        };
        let ballots: Vec<BallotBytes> = self.ballots.iter().enumerate().map(ballot).collect();
        let context =
            BallotContext { group, election: self.election, credentials: &credentials, shape: &shape, arithmetic };
        let (mut faults, mut tally, mut lacking) = (Faults::new(LIMITS.faults), TallySum::empty(&shape.slots), 0);
        for chunk in ballots.chunks(chunk) {
            let verified = context.verify(chunk, LIMITS.faults);
            faults.merge(verified.faults);
            tally.merge(group, verified.tally);
            lacking += verified.lacking;
        }
        Some(Verdict { faults, tally: tally.texts(group), lacking })
    }
}
