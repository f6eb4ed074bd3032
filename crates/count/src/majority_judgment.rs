//! Majority judgment (rules K30 to K34).
//!
//! The n grades of a candidate in order, the best first, are r_0 .. r_(n-1). With the lower middle, the majority grade is
//! r_(n/2), halves cut off; without it the majority grade of the rest is looked at, and so on. The k-th grade taken away
//! so (k from 0) is the one at the place
//!
//! ```text
//! n even:  n/2, n/2 - 1, n/2 + 1, n/2 - 2, ..      n odd:  m, m + 1, m - 1, m + 2, ..   with m = (n - 1)/2
//! ```
//!
//! The upper middle is the same seen from the other end: place p becomes n - 1 - p. Candidates stand in the order of these
//! sequences, the first difference deciding: the majority-value of M. Balinski and R. Laraki, "A theory of measuring,
//! electing, and ranking", PNAS 104 (2007), 8720-8725. A sequence changes at few places, so that nothing here takes time
//! or memory by the number of ballots once the grades are counted.

use crate::{Count, InvalidReason, Method, Middle, Outcome, Round, sorting};

/// How often each candidate got each grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeTable {
    /// `counts[candidate][grade - 1]` ballots give the candidate that grade.
    pub counts: Vec<Vec<u64>>,
    /// The majority grade of each candidate, 1 the best; `None` where no ballot counts.
    pub majority: Vec<Option<u32>>,
}

/// A tie that is divided: as many middle grades as it says are the same for all of the tied candidates, the next is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MedianStep {
    /// Who was tied, in the order of the question.
    pub candidates: Vec<usize>,
    /// How many middle grades were taken away from each.
    pub removed: u64,
    /// The middle grade of each of them after that, in the same order.
    pub grades: Vec<u32>,
}

/// Counts grades; there are 1 to [`crate::MAX_GRADES`] of them.
pub(crate) fn count(
    method: &Method,
    grades: usize,
    blank: bool,
    middle: Middle,
    candidates: usize,
    ballots: &[Vec<u32>],
) -> Count {
    let sorted = sorting::sort(blank, ballots, |ballot| read(ballot, grades));
    let table = Table::new(candidates, grades, &sorted.counted, middle);
    let everybody: Vec<usize> = (0..candidates).collect();
    let mut steps = Vec::new();
    let mut ranking = Vec::new();
    if table.ballots == 0 {
        ranking.push(everybody);
    } else {
        for group in divide(&everybody, |candidate| table.middle_grade(candidate, 0)) {
            table.rank(group, &mut ranking, &mut steps);
        }
    }
    let mut rounds = vec![Round::Grades(table.into_record())];
    rounds.extend(steps.into_iter().map(Round::Median));
    Count {
        method: method.clone(),
        candidates,
        counted: Some(sorted.counted.len()),
        blank: sorted.blank,
        invalid: sorted.invalid,
        rounds,
        outcome: Outcome::ranked(ranking),
    }
}

/// Rule K30: the places of a ballot's grades, from 0.
fn read(ballot: &[u32], grades: usize) -> Result<Vec<usize>, InvalidReason> {
    let place = |(candidate, &grade): (usize, &u32)| match usize::try_from(grade) {
        Ok(0) => Err(InvalidReason::GradeMissing { candidate }),
        Ok(known) if known <= grades => Ok(known - 1),
        _ => Err(InvalidReason::GradeUnknown { candidate, grade }),
    };
    ballot.iter().enumerate().map(place).collect()
}

/// Grades, counted.
struct Table {
    /// Ballots that count.
    ballots: u64,
    /// By candidate and grade.
    counts: Vec<Vec<u64>>,
    middle: Middle,
}

impl Table {
    /// Rule K31.
    fn new(candidates: usize, grades: usize, ballots: &[Vec<usize>], middle: Middle) -> Self {
        let mut counts = vec![vec![0; grades]; candidates];
        for ballot in ballots {
            for (row, &place) in counts.iter_mut().zip(ballot) {
                row[place] += 1;
            }
        }
        // 64 bits hold the length of any slice.
        Self { ballots: ballots.len() as u64, counts, middle }
    }

    /// Rules K33 and K34: divides a group as long as any middle grades differ, and appends what comes out.
    fn rank(&self, group: Vec<usize>, ranking: &mut Vec<Vec<usize>>, steps: &mut Vec<MedianStep>) {
        let first_difference = self.turns(&group).into_iter().find(|&removed| {
            let mut grades = group.iter().map(|&candidate| self.middle_grade(candidate, removed));
            let first = grades.next();
            grades.any(|grade| Some(grade) != first)
        });
        let Some(removed) = first_difference else {
            ranking.push(group);
            return;
        };
        let grades = group.iter().map(|&candidate| self.middle_grade(candidate, removed)).collect();
        steps.push(MedianStep { candidates: group.clone(), removed, grades });
        for part in divide(&group, |candidate| self.middle_grade(candidate, removed)) {
            self.rank(part, ranking, steps);
        }
    }

    /// The middle grade of a candidate, 1 the best, after so many were taken away (rule K32).
    fn middle_grade(&self, candidate: usize, removed: u64) -> u32 {
        let place = self.place(removed);
        let mut grade = 0;
        let mut up_to_here = 0;
        for count in &self.counts[candidate] {
            grade += 1;
            up_to_here += count;
            if place < up_to_here {
                break;
            }
        }
        grade
    }

    /// The place of the grade that is taken away after so many; fewer than there are ballots.
    fn place(&self, removed: u64) -> u64 {
        let half = self.ballots / 2;
        let step = removed.div_ceil(2);
        // An even number takes its second step towards better grades, an odd one towards worse ones.
        let is_towards_worse = removed.is_multiple_of(2) == self.ballots.is_multiple_of(2);
        self.seen(if is_towards_worse { half + step } else { half - step })
    }

    /// The other way round: after how many the grade at a place is taken away.
    fn removed_before(&self, place: u64) -> u64 {
        let half = self.ballots / 2;
        let place = self.seen(place);
        let steps = 2 * place.abs_diff(half);
        let takes_odd_step = (place > half) != self.ballots.is_multiple_of(2) && place != half;
        if takes_odd_step { steps - 1 } else { steps }
    }

    /// A place counted from the end that the middle leans to.
    fn seen(&self, place: u64) -> u64 {
        match self.middle {
            Middle::Lower => place,
            Middle::Upper => self.ballots - 1 - place,
        }
    }

    /// In order, all numbers of removed grades at which the sequence of anybody in the group can change: a first
    /// difference between two sequences is at one of them.
    fn turns(&self, group: &[usize]) -> Vec<u64> {
        let mut turns = vec![0, 1.min(self.ballots - 1)];
        for &candidate in group {
            let mut boundary = 0;
            for count in &self.counts[candidate] {
                boundary += count;
                // On the way to worse grades a new grade begins at the boundary, on the way to better ones before it.
                let places = [boundary.checked_sub(1), Some(boundary)].into_iter().flatten();
                turns.extend(places.filter(|&place| place < self.ballots).map(|place| self.removed_before(place)));
            }
        }
        turns.sort_unstable();
        turns.dedup();
        turns
    }

    fn into_record(self) -> GradeTable {
        let majority = |candidate| (self.ballots > 0).then(|| self.middle_grade(candidate, 0));
        GradeTable { majority: (0..self.counts.len()).map(majority).collect(), counts: self.counts }
    }
}

/// A group in parts of equal grade, the best first; the order of the question is kept in each.
fn divide(group: &[usize], grade: impl Fn(usize) -> u32) -> Vec<Vec<usize>> {
    let mut graded: Vec<(u32, usize)> = group.iter().map(|&candidate| (grade(candidate), candidate)).collect();
    graded.sort_unstable();
    let parts = graded.chunk_by(|a, b| a.0 == b.0);
    parts.map(|part| part.iter().map(|&(_, candidate)| candidate).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes away one middle grade after another, as the rule says.
    fn by_hand(mut grades: Vec<u32>, middle: Middle) -> Vec<u32> {
        grades.sort_unstable();
        let mut sequence = Vec::new();
        while !grades.is_empty() {
            let place = match middle {
                Middle::Lower => grades.len() / 2,
                Middle::Upper => (grades.len() - 1) / 2,
            };
            sequence.push(grades.remove(place));
        }
        sequence
    }

    #[test]
    fn places_are_those_of_taking_one_grade_after_another_away() {
        for middle in [Middle::Lower, Middle::Upper] {
            for ballots in 1..12 {
                // Every grade occurs once, so that the sequence shows the places.
                let places: Vec<u32> = (0..ballots).collect();
                let counts = vec![vec![1; places.len()]];
                let table = Table { ballots: ballots.into(), counts, middle };
                let expected = by_hand(places, middle);
                for (removed, place) in (0..).zip(expected) {
                    assert_eq!(table.place(removed), u64::from(place), "{ballots} ballots, {middle:?}, {removed}");
                    assert_eq!(table.removed_before(place.into()), removed, "{ballots} ballots, {middle:?}, {place}");
                }
            }
        }
    }

    #[test]
    fn a_step_says_after_how_many_middle_grades_it_divides() {
        // Grades 1 2 3 3 and 1 1 3 3: the lower middle is 3 for both, and after it 2 against 1.
        let ballots = [vec![1, 1], vec![2, 1], vec![3, 3], vec![3, 3]];
        let grades = ["good", "fair", "poor"].map(str::to_owned).to_vec();
        let method = Method::MajorityJudgment { grades, blank: false, middle: Middle::Lower };
        let count = count(&method, 3, false, Middle::Lower, 2, &ballots);
        let table = GradeTable { counts: vec![vec![1, 1, 2], vec![2, 0, 2]], majority: vec![Some(3), Some(3)] };
        let step = MedianStep { candidates: vec![0, 1], removed: 1, grades: vec![2, 1] };
        assert_eq!(count.rounds, [Round::Grades(table), Round::Median(step)]);
        assert_eq!(count.outcome.ranking, [vec![1], vec![0]]);
    }
}
