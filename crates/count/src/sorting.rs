//! Ballots are sorted into those that count, blank ones and invalid ones before a method looks at them (rule K4).

/// A ballot that breaks the method's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid {
    /// Its index in the input, from 0.
    pub ballot: usize,
    /// The rule that it breaks first.
    pub reason: InvalidReason,
}

/// How a ballot breaks the rules of its method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidReason {
    /// Single transferable vote: two candidates have this rank (rule K40).
    RankTwice(u32),
    /// Single transferable vote: somebody has a worse rank and nobody has this one (rule K40).
    RankMissing(u32),
    /// Majority judgment: this candidate has no grade (rule K30).
    GradeMissing {
        /// The candidate.
        candidate: usize,
    },
    /// Majority judgment: this candidate's grade is not one of the question's (rule K30).
    GradeUnknown {
        /// The candidate.
        candidate: usize,
        /// The grade.
        grade: u32,
    },
}

/// Sorted ballots: `counted` holds what the method made of those that count.
pub(crate) struct Sorted<T> {
    pub(crate) counted: Vec<T>,
    pub(crate) blank: Vec<usize>,
    pub(crate) invalid: Vec<Invalid>,
}

/// Sorts. A ballot of zeros is blank where `blank` says so, and goes through `read` like any other where not.
pub(crate) fn sort<'a, T>(
    blank: bool,
    ballots: &'a [Vec<u32>],
    read: impl Fn(&'a [u32]) -> Result<T, InvalidReason>,
) -> Sorted<T> {
    let mut sorted = Sorted { counted: Vec::with_capacity(ballots.len()), blank: Vec::new(), invalid: Vec::new() };
    for (index, ballot) in ballots.iter().enumerate() {
        if blank && ballot.iter().all(|&number| number == 0) {
            sorted.blank.push(index);
            continue;
        }
        match read(ballot) {
            Ok(read) => sorted.counted.push(read),
            Err(reason) => sorted.invalid.push(Invalid { ballot: index, reason }),
        }
    }
    sorted
}
