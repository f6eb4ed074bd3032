//! The rounds of a count as evidence: one line a round; of a matrix, one line a row.

use adil_count::{Action, Count, Fraction, GradeTable, Method, Pairwise, Round, StvRound};
use adil_finding::{Arg, Evidence, Message};

/// Every round.
pub(super) fn told(count: &Count, names: &[String]) -> Vec<Evidence> {
    let of = Lines { names, method: &count.method };
    let mut lines = Vec::new();
    for (number, round) in (1_usize..).zip(&count.rounds) {
        match round {
            Round::Totals(totals) => {
                let votes = of.each(totals.totals.iter().map(u128::to_string));
                lines.push(Message::new("board-count-round-totals").with("votes", votes));
            }
            Round::Pairwise(pairwise) => lines.extend(of.pairwise(pairwise)),
            Round::Grades(table) => lines.extend(of.grades(table)),
            Round::Median(step) => {
                let grades = step.candidates.iter().zip(&step.grades);
                let grades =
                    grades.map(|(&one, &grade)| format!("{}: {}", of.name(one), of.grade(grade))).map(Arg::from);
                lines.push(
                    Message::new("board-count-round-median")
                        .with("removed", step.removed)
                        .with("grades", Arg::List(grades.collect())),
                );
            }
            Round::Stv(round) => lines.push(of.stv(number, round)),
        }
    }
    lines.into_iter().map(Evidence::new).collect()
}

struct Lines<'a> {
    names: &'a [String],
    method: &'a Method,
}

impl Lines<'_> {
    fn name(&self, candidate: usize) -> &str {
        self.names.get(candidate).map_or("", String::as_str)
    }

    fn named(&self, candidates: &[usize]) -> Arg {
        Arg::List(candidates.iter().map(|&candidate| self.name(candidate).into()).collect())
    }

    fn grade(&self, grade: u32) -> String {
        let at = usize::try_from(grade).ok().and_then(|grade| grade.checked_sub(1));
        let names = match self.method {
            Method::MajorityJudgment { grades, .. } => grades.as_slice(),
            _ => &[],
        };
        at.and_then(|at| names.get(at)).cloned().unwrap_or_else(|| grade.to_string())
    }

    /// A text for each candidate, in their order.
    fn each(&self, texts: impl Iterator<Item = String>) -> Arg {
        Arg::List(self.names.iter().zip(texts).map(|(name, text)| format!("{name}: {text}").into()).collect())
    }

    /// A text for each candidate but one.
    fn others(&self, but: usize, texts: impl Iterator<Item = String>) -> Arg {
        let all = self.names.iter().zip(texts).enumerate().filter(|(candidate, _)| *candidate != but);
        Arg::List(all.map(|(_, (name, text))| format!("{name}: {text}").into()).collect())
    }

    fn pairwise(&self, pairwise: &Pairwise) -> Vec<Message> {
        let mut lines = Vec::new();
        for (candidate, row) in pairwise.preferences.iter().enumerate() {
            let cells = self.others(candidate, row.iter().map(u64::to_string));
            lines.push(
                Message::new("board-count-row-preferred").with("name", self.name(candidate)).with("cells", cells),
            );
        }
        for (candidate, row) in pairwise.strengths.iter().enumerate() {
            let strength = |of: &adil_count::Strength| format!("{} ({})", of.winning, of.losing);
            let cells = self.others(candidate, row.iter().map(strength));
            lines.push(Message::new("board-count-row-paths").with("name", self.name(candidate)).with("cells", cells));
        }
        lines
    }

    fn grades(&self, table: &GradeTable) -> Vec<Message> {
        let row = |(candidate, (counts, majority)): (usize, (&Vec<u64>, &Option<u32>))| {
            let cells = (1_u32..).zip(counts).map(|(grade, count)| format!("{}: {count}", self.grade(grade)).into());
            let cells = Arg::List(cells.collect());
            let line = match majority {
                Some(grade) => Message::new("board-count-row-grades").with("grade", self.grade(*grade)),
                None => Message::new("board-count-row-no-grade"),
            };
            line.with("name", self.name(candidate)).with("cells", cells)
        };
        table.counts.iter().zip(&table.majority).enumerate().map(row).collect()
    }

    fn stv(&self, number: usize, round: &StvRound) -> Message {
        let standing = self.names.iter().zip(&round.votes);
        let standing = standing.filter_map(|(name, of)| Some(format!("{name}: {}", votes(of.as_ref()?)).into()));
        let action = match &round.action {
            Action::Unnamed { candidates } => {
                Message::new("board-count-stv-unnamed").with("names", self.named(candidates))
            }
            Action::Elected { candidate, surplus, .. } => Message::new("board-count-stv-elected")
                .with("name", self.name(*candidate))
                .with("surplus", votes(surplus)),
            Action::Excluded { candidate } => {
                Message::new("board-count-stv-excluded").with("name", self.name(*candidate))
            }
            Action::Remaining { candidates } => {
                Message::new("board-count-stv-remaining").with("names", self.named(candidates))
            }
        };
        let to = round.transfers.iter().map(|transfer| match transfer.to {
            Some(to) => Arg::from(format!("{}: {}", self.name(to), votes(&transfer.votes))),
            None => Message::new("board-count-stv-exhausted").with("votes", votes(&transfer.votes)).into(),
        });
        let to: Vec<Arg> = to.collect();
        let id = if to.is_empty() { "board-count-round-stv" } else { "board-count-round-stv-moves" };
        Message::new(id)
            .with("number", number.to_string())
            .with("votes", Arg::List(standing.collect()))
            .with("quota", round.quota.to_string())
            .with("action", action)
            .with("transfers", Arg::List(to))
    }
}

/// A number of votes, with an ellipsis where more than six decimals would be needed.
fn votes(of: &Fraction) -> String {
    const PLACES: u32 = 6;
    let text = of.decimal(PLACES);
    let shown = text.trim_end_matches('0').trim_end_matches('.');
    let scale = 10_u128.pow(PLACES);
    let is_exact = of.parts().is_some_and(|(_, denominator)| scale.is_multiple_of(denominator));
    if is_exact { shown.to_owned() } else { format!("{text}…") }
}
