//! Who votes when: every ballot's voter, and which of a voter's ballots is the last.

use super::group::Secrets;

/// The order in which voters vote.
pub(crate) struct Turnout {
    /// The voter of every ballot.
    voters: Vec<u32>,
    /// The last ballot of every voter who voted, by voter.
    last: Vec<Option<u32>>,
}

impl Turnout {
    /// So many ballots of so many voters, of which a share are repeated votes. Ballots beyond the number of voters are
    /// repeated in any case.
    pub(crate) fn new(seed: u64, ballots: u32, voters: u32, repeated: f64) -> Result<Self, String> {
        if ballots > 0 && voters == 0 {
            return Err("ballots need voters".to_owned());
        }
        let wanted = (f64::from(ballots) * repeated).round() as u32;
        let repeated = wanted.max(ballots.saturating_sub(voters)).min(ballots.saturating_sub(1));
        let first = ballots - repeated;
        let mut secrets = Secrets::new(seed, "turnout", 0);
        // Voters in a random order; the first of them vote.
        let mut order: Vec<u32> = (0..voters).collect();
        for at in 0..order.len() {
            let other = at + secrets.below((order.len() - at) as u64) as usize;
            order.swap(at, other);
        }
        let (mut new, mut again) = (first, repeated);
        let mut turnout = Self { voters: Vec::with_capacity(ballots as usize), last: vec![None; voters as usize] };
        for ballot in 0..ballots {
            let started = (first - new) as usize;
            let is_new = started == 0 || secrets.below(u64::from(new) + u64::from(again)) < u64::from(new);
            let voter = if is_new { order[started] } else { order[secrets.below(started as u64) as usize] };
            if is_new {
                new -= 1
            } else {
                again -= 1
            }
            turnout.voters.push(voter);
            turnout.last[voter as usize] = Some(ballot);
        }
        Ok(turnout)
    }

    /// The voter of a ballot.
    pub(crate) fn voter(&self, ballot: u32) -> u32 {
        self.voters[ballot as usize]
    }

    /// Whether no later ballot of the same voter replaces this one.
    pub(crate) fn counts(&self, ballot: u32) -> bool {
        self.last[self.voter(ballot) as usize] == Some(ballot)
    }

    /// How many voters voted.
    pub(crate) fn voted(&self) -> usize {
        self.last.iter().flatten().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_repeated_votes_is_kept() {
        let turnout = Turnout::new(1, 200, 500, 0.25).expect("there are voters");
        assert_eq!(turnout.voted(), 150);
        assert_eq!((0..200).filter(|ballot| turnout.counts(*ballot)).count(), 150);
    }

    #[test]
    fn more_ballots_than_voters_are_repeated_votes() {
        let turnout = Turnout::new(1, 200, 120, 0.0).expect("there are voters");
        assert_eq!(turnout.voted(), 120);
    }

    #[test]
    fn one_voter_may_vote_any_number_of_times() {
        let turnout = Turnout::new(1, 3, 1, 1.0).expect("there is a voter");
        assert!(!turnout.counts(0) && !turnout.counts(1) && turnout.counts(2));
        assert!(Turnout::new(1, 1, 0, 0.0).is_err());
    }
}
