//! What a question's result is shown as: sentences of its outcome, bars, tables of its rounds.

use adil_belenios::{Outcome, Question};
use adil_count::{Action, Count, Fraction, GradeTable, Method, Pairwise, Place, Round, StvRound, Tie};
use adil_election::QuestionCount;

use super::numbers::{grouped, percent, thousandths};
use crate::service::CountedResult;
use crate::web::shell::Shell;

/// A question with its result.
pub(in crate::web::pages) struct QuestionView {
    pub(in crate::web::pages) title: String,
    /// How it was counted.
    pub(in crate::web::pages) method: Option<String>,
    /// What it comes to.
    pub(in crate::web::pages) outcome: Vec<String>,
    /// What has to be said besides: ties, open seats.
    pub(in crate::web::pages) remarks: Vec<String>,
    /// Ballots that were counted, blank, invalid.
    pub(in crate::web::pages) facts: Vec<(String, String)>,
    /// Charts and tables.
    pub(in crate::web::pages) blocks: Vec<Block>,
}

/// A chart or a table.
pub(in crate::web::pages) enum Block {
    /// A bar for every answer.
    Bars { caption: String, rows: Vec<BarRow> },
    /// A bar of all grades for every answer.
    Grades { caption: String, grades: Vec<String>, rows: Vec<GradeRow> },
    /// Numbers.
    Table { caption: String, note: String, head: Vec<String>, rows: Vec<TableRow> },
    /// What was done, in its order.
    Steps { caption: String, lines: Vec<String> },
}

/// A bar.
pub(in crate::web::pages) struct BarRow {
    pub(in crate::web::pages) name: String,
    /// In thousandths of the longest.
    pub(in crate::web::pages) length: u128,
    pub(in crate::web::pages) value: String,
    pub(in crate::web::pages) share: String,
    pub(in crate::web::pages) is_elected: bool,
}

/// The grades of an answer.
pub(in crate::web::pages) struct GradeRow {
    pub(in crate::web::pages) name: String,
    /// Where a grade's part begins and how long it is, in thousandths, and which grade it is, from 0.
    pub(in crate::web::pages) parts: Vec<(u128, u128, usize)>,
    pub(in crate::web::pages) counts: Vec<String>,
    pub(in crate::web::pages) majority: String,
}

/// A row of a table.
pub(in crate::web::pages) struct TableRow {
    pub(in crate::web::pages) name: String,
    pub(in crate::web::pages) cells: Vec<String>,
    pub(in crate::web::pages) is_elected: bool,
}

/// All questions of a result.
pub(in crate::web::pages) fn questions(shell: &Shell, result: &CountedResult) -> Vec<QuestionView> {
    let asked = result.election.questions.iter().zip(&result.outcomes).enumerate();
    asked
        .map(|(number, (question, outcome))| {
            let count = result.counts.iter().find(|count| count.question == number);
            match count {
                Some(count) => counted(shell, question, count),
                None => plain(shell, question, outcome),
            }
        })
        .collect()
}

fn answers(question: &Question) -> &[String] {
    match question {
        Question::Homomorphic { answers, .. } | Question::NonHomomorphic { answers, .. } => answers,
        Question::Lists { .. } => &[],
    }
}

/// A result that no method counts: the numbers themselves.
fn plain(shell: &Shell, question: &Question, outcome: &Outcome) -> QuestionView {
    let mut view = QuestionView {
        title: question.title().to_owned(),
        method: None,
        outcome: Vec::new(),
        remarks: Vec::new(),
        facts: Vec::new(),
        blocks: Vec::new(),
    };
    match (question, outcome) {
        (Question::Homomorphic { answers, blank, .. }, Outcome::Numbers(numbers)) => {
            let blank = blank.then(|| shell.t("result-blank-vote"));
            let names = blank.into_iter().chain(answers.iter().cloned());
            let pairs: Vec<(String, u128)> = names.zip(numbers.iter().copied()).collect();
            view.blocks.push(bars(shell, shell.t("result-votes"), &pairs, &[]));
        }
        (Question::Lists { lists, .. }, Outcome::Lists(numbers)) => {
            let heads: Vec<(String, u128)> = lists
                .iter()
                .zip(numbers)
                .filter_map(|(names, numbers)| Some((names.first()?.clone(), *numbers.first()?)))
                .collect();
            view.blocks.push(bars(shell, shell.t("result-votes-of-lists"), &heads, &[]));
            for (names, numbers) in lists.iter().zip(numbers) {
                let Some(list) = names.first() else { continue };
                let pairs: Vec<(String, u128)> = names.iter().cloned().zip(numbers.iter().copied()).skip(1).collect();
                if !pairs.is_empty() {
                    view.blocks.push(bars(shell, shell.t1("result-votes-of-list", "list", list), &pairs, &[]));
                }
            }
        }
        (_, Outcome::Votes(votes)) => {
            view.facts.push((shell.t("result-ballots"), grouped(votes.len() as u64, shell.lang())));
            view.remarks.push(shell.t("result-votes-in-record"));
        }
        _ => {}
    }
    view
}

/// A bar for each; the shares are of their sum.
fn bars(shell: &Shell, caption: String, pairs: &[(String, u128)], elected: &[usize]) -> Block {
    let most = pairs.iter().map(|(_, number)| *number).max().unwrap_or_default();
    let sum = pairs.iter().map(|(_, number)| *number).fold(0_u128, u128::saturating_add);
    let row = |(place, (name, number)): (usize, &(String, u128))| BarRow {
        name: name.clone(),
        length: thousandths(*number, most),
        value: grouped(*number, shell.lang()),
        share: percent(*number, sum, shell.lang()),
        is_elected: elected.contains(&place),
    };
    Block::Bars { caption, rows: pairs.iter().enumerate().map(row).collect() }
}

/// A result that a method counts.
fn counted(shell: &Shell, question: &Question, of: &QuestionCount) -> QuestionView {
    let words = Words { shell, names: answers(question) };
    let mut view = QuestionView {
        title: question.title().to_owned(),
        method: Some(words.method(&of.method)),
        outcome: Vec::new(),
        remarks: Vec::new(),
        facts: Vec::new(),
        blocks: Vec::new(),
    };
    let count = match &of.count {
        Ok(count) => count,
        Err(error) => {
            view.remarks.push(shell.t1("result-cannot-count", "reason", error));
            return view;
        }
    };
    view.outcome = words.outcome(count);
    view.remarks.extend(count.outcome.ties.iter().map(|tie| words.tie(tie)));
    if count.outcome.open_seats > 0 {
        view.remarks.push(shell.t1("result-open-seats", "count", count.outcome.open_seats));
    }
    let mut fact = |key: &str, number: u128| view.facts.push((shell.t(key), grouped(number, shell.lang())));
    if let Some(counted) = count.counted {
        fact("result-ballots-counted", counted as u128);
        fact("result-ballots-blank", count.blank.len() as u128);
        fact("result-ballots-invalid", count.invalid.len() as u128);
    }
    if let Some(blank) = of.blank {
        fact("result-blank-votes", blank);
    }
    view.blocks = words.rounds(count);
    view
}

/// Writes in one language of the answers of one question.
struct Words<'a> {
    shell: &'a Shell,
    names: &'a [String],
}

impl Words<'_> {
    fn name(&self, candidate: usize) -> String {
        self.names.get(candidate).cloned().unwrap_or_default()
    }

    fn list(&self, candidates: &[usize]) -> String {
        candidates.iter().map(|&candidate| self.name(candidate)).collect::<Vec<_>>().join(", ")
    }

    fn votes(&self, votes: &Fraction) -> String {
        match votes.parts() {
            Some((whole, 1)) => grouped(whole, self.shell.lang()),
            _ if self.shell.lang() == "en" => votes.decimal(3),
            _ => votes.decimal(3).replace('.', ","),
        }
    }

    fn method(&self, method: &Method) -> String {
        let name = self.shell.t(&format!("result-method-{}", method.name()));
        match method.seats() {
            Some(seats) => self.shell.t2("result-method-seats", "method", name, "seats", seats),
            None => name,
        }
    }

    fn outcome(&self, count: &Count) -> Vec<String> {
        let outcome = &count.outcome;
        if count.method.seats().is_none() {
            let groups: Vec<String> = outcome
                .ranking
                .iter()
                .map(|group| group.iter().map(|&candidate| self.name(candidate)).collect::<Vec<_>>().join(" = "))
                .collect();
            let mut lines = Vec::new();
            if let Some([first]) = outcome.ranking.first().map(Vec::as_slice) {
                lines.push(self.shell.t1("result-first", "name", self.name(*first)));
            }
            lines.push(self.shell.t1("result-order", "names", groups.join(" › ")));
            return lines;
        }
        match outcome.elected.is_empty() {
            true => vec![self.shell.t("result-nobody")],
            false => vec![self.shell.t1("result-elected", "names", self.list(&outcome.elected))],
        }
    }

    fn tie(&self, tie: &Tie) -> String {
        let names = self.list(&tie.candidates);
        let taken = tie.taken.map(|candidate| self.name(candidate)).unwrap_or_default();
        let with_round = |key: &str, round: usize| {
            let round = (round + 1).to_string();
            self.shell.tn(key, &[("names", names.clone()), ("round", round), ("taken", taken.clone())])
        };
        match tie.place {
            Place::Rank { .. } => self.shell.t1("result-tie-rank", "names", &names),
            Place::LastSeats { seats } => self.shell.t2("result-tie-seats", "names", &names, "seats", seats),
            Place::Election { round } => with_round("result-tie-election", round),
            Place::Exclusion { round } => with_round("result-tie-exclusion", round),
        }
    }

    fn rounds(&self, count: &Count) -> Vec<Block> {
        let elected = &count.outcome.elected;
        let mut blocks = Vec::new();
        let (mut medians, mut transfers) = (Vec::new(), Vec::new());
        for round in &count.rounds {
            match round {
                Round::Totals(totals) => {
                    let pairs: Vec<(String, u128)> = self.names.iter().cloned().zip(totals.totals.clone()).collect();
                    blocks.push(bars(self.shell, self.shell.t("result-votes"), &pairs, elected));
                }
                Round::Pairwise(pairwise) => blocks.extend(self.pairwise(pairwise)),
                Round::Grades(table) => {
                    let grades = match &count.method {
                        Method::MajorityJudgment { grades, .. } => grades.as_slice(),
                        _ => &[],
                    };
                    blocks.push(self.grades(table, grades));
                }
                Round::Median(step) => {
                    let names = self.list(&step.candidates);
                    let removed = step.removed.to_string();
                    medians.push(self.shell.tn("result-median-step", &[("names", names), ("removed", removed)]));
                }
                Round::Stv(round) => transfers.push(round.as_ref()),
            }
        }
        if !medians.is_empty() {
            blocks.push(Block::Steps { caption: self.shell.t("result-median-steps"), lines: medians });
        }
        if !transfers.is_empty() {
            blocks.extend(self.stv(&transfers, elected));
        }
        blocks
    }

    fn pairwise(&self, pairwise: &Pairwise) -> [Block; 2] {
        let head: Vec<String> = (1..=self.names.len()).map(|number| number.to_string()).collect();
        let table = |key: &str, cell: &dyn Fn(usize, usize) -> u64| {
            let row = |(place, name): (usize, &String)| TableRow {
                name: format!("{}. {name}", place + 1),
                cells: (0..self.names.len())
                    .map(|other| match other == place {
                        true => "–".to_owned(),
                        false => grouped(cell(place, other), self.shell.lang()),
                    })
                    .collect(),
                is_elected: false,
            };
            Block::Table {
                caption: self.shell.t(key),
                note: self.shell.t(&format!("{key}-note")),
                head: head.clone(),
                rows: self.names.iter().enumerate().map(row).collect(),
            }
        };
        let at = |rows: &[Vec<u64>], a: usize, b: usize| rows.get(a).and_then(|row| row.get(b)).copied();
        let strength = |a: usize, b: usize| pairwise.strengths.get(a).and_then(|row| row.get(b));
        [
            table("result-preferences", &|a, b| at(&pairwise.preferences, a, b).unwrap_or_default()),
            table("result-paths", &|a, b| strength(a, b).map_or(0, |strength| strength.winning)),
        ]
    }

    fn grades(&self, table: &GradeTable, grades: &[String]) -> Block {
        let row = |(candidate, counts): (usize, &Vec<u64>)| {
            let sum: u128 = counts.iter().map(|&count| u128::from(count)).sum();
            let mut before = 0_u128;
            let mut parts = Vec::new();
            for (grade, &count) in counts.iter().enumerate() {
                let (from, to) = (thousandths(before, sum), thousandths(before + u128::from(count), sum));
                if to > from {
                    parts.push((from, to - from, grade.min(6)));
                }
                before += u128::from(count);
            }
            let majority = table.majority.get(candidate).copied().flatten();
            let majority = majority.and_then(|grade| grades.get(usize::try_from(grade).ok()?.checked_sub(1)?));
            GradeRow {
                name: self.name(candidate),
                parts,
                counts: counts.iter().map(|&count| grouped(count, self.shell.lang())).collect(),
                majority: majority.cloned().unwrap_or_else(|| "–".to_owned()),
            }
        };
        Block::Grades {
            caption: self.shell.t("result-grades"),
            grades: grades.to_vec(),
            rows: table.counts.iter().enumerate().map(row).collect(),
        }
    }

    fn stv(&self, rounds: &[&StvRound], elected: &[usize]) -> [Block; 2] {
        let cell = |votes: Option<&Fraction>| votes.map_or_else(String::new, |votes| self.votes(votes));
        let candidate = |(candidate, name): (usize, &String)| TableRow {
            name: name.clone(),
            cells: rounds.iter().map(|round| cell(round.votes.get(candidate).and_then(Option::as_ref))).collect(),
            is_elected: elected.contains(&candidate),
        };
        let mut rows: Vec<TableRow> = self.names.iter().enumerate().map(candidate).collect();
        let mut row = |key: &str, cells: Vec<String>| {
            rows.push(TableRow { name: self.shell.t(key), cells, is_elected: false });
        };
        row("result-exhausted", rounds.iter().map(|round| self.votes(&round.exhausted)).collect());
        row("result-quota", rounds.iter().map(|round| grouped(round.quota, self.shell.lang())).collect());
        let head = (1..=rounds.len()).map(|number| self.shell.t1("result-round", "number", number)).collect();
        let line = |(number, round): (usize, &&StvRound)| {
            let text = match &round.action {
                Action::Elected { candidate, surplus, .. } => self
                    .shell
                    .tn("result-stv-elected", &[("name", self.name(*candidate)), ("surplus", self.votes(surplus))]),
                Action::Excluded { candidate } => self.shell.t1("result-stv-excluded", "name", self.name(*candidate)),
                Action::Unnamed { candidates } => self.shell.t1("result-stv-unnamed", "names", self.list(candidates)),
                Action::Remaining { candidates } => {
                    self.shell.t1("result-stv-remaining", "names", self.list(candidates))
                }
            };
            self.shell.tn("result-stv-line", &[("number", number.to_string()), ("what", text)])
        };
        let lines = (1..).zip(rounds).map(line).collect();
        [
            Block::Table {
                caption: self.shell.t("result-rounds"),
                note: self.shell.t("result-rounds-note"),
                head,
                rows,
            },
            Block::Steps { caption: self.shell.t("result-steps"), lines },
        ]
    }
}
