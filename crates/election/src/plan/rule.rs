//! The numbered rules of `docs/spec/plan.md`. Code, fault and test carry the number.

use super::limits;

macro_rules! rules {
    ($($name:ident $code:literal: $text:literal),+ $(,)?) => {
        /// A rule that the plan of an election keeps.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PlanRule {
            $(#[doc = $text] $name,)+
        }

        impl PlanRule {
            /// Every rule, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The number, as in the specification.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What must hold.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

rules! {
    Toml "N1": "The plan is a text of TOML of at most 1 MiB, in which no field is given twice.",
    Field "N2": "Every field is one that its table has.",
    Type "N3": "Every value is of the type that its field takes.",
    Missing "N4": "Every field that is needed is given.",
    Text "N5": "A text has visible characters, none that steer the display, no spaces around it, and at most its limit.",
    Languages "N6": "The languages are of en, ru and kk, at least one, each once.",
    Group "N7": "The group is Ed25519, BELENIOS-2048 or RFC-3526-2048.",
    Moments "N8": "Opening and closing are moments of RFC 3339 with their offset, and closing is the later one.",
    Questions "N9": "There are 1 to 100 questions.",
    Kind "N10": "The kind of a question is choices, ranked, graded or lists.",
    KindField "N11": "A question has only fields that its kind and its counting method take.",
    Answers "N12": "A question has 1 to 1,000 answers; one of lists has 1 to 100 lists, each with 1 to 1,000 candidates.",
    Distinct "N13": "Titles of questions, answers of a question, its lists, its grades, and candidates of a list differ.",
    Range "N14": "The fewest choices are at most the most, and those are at least 1 and at most the number of answers.",
    Method "N15": "The counting method is one that the kind of question has.",
    Plurality "N16": "Plurality is for questions in which at most one answer is chosen.",
    Seats "N17": "There is at least one seat, and not more than answers.",
    Grades "N18": "There are 2 to 255 grades.",
    Embedding "N19": "Ranked and graded questions need a group that embeds votes of numbers; BELENIOS-2048 does not.",
    VectorLength "N20": "A ranked or graded question has at most 30 answers in Ed25519 and at most 255 in RFC-3526-2048.",
    Weights "N21": "In an election with weights no question is ranked or graded.",
    BallotSize "N22": "A ballot has at most 4,096 ciphertexts, and its longest proofs together 4,096 branches.",
}

/// Something in a plan that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {found} ({}: {})", rule.code(), rule.text())]
pub struct PlanFault {
    /// The line, from 1.
    pub line: usize,
    /// The rule.
    pub rule: PlanRule,
    /// What was found, and what is allowed.
    pub found: String,
}

/// Everything that is wrong with a plan, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines())]
pub struct PlanError {
    /// The faults that are told, at least one and at most [`limits::FAULTS`].
    pub faults: Vec<PlanFault>,
    /// How many more there are.
    pub more: usize,
}

impl PlanError {
    pub(super) fn of(mut faults: Vec<PlanFault>) -> Self {
        faults.sort_by_key(|fault| (fault.line, fault.rule));
        let more = faults.len().saturating_sub(limits::FAULTS);
        faults.truncate(limits::FAULTS);
        Self { faults, more }
    }

    fn lines(&self) -> String {
        let mut lines: Vec<String> = self.faults.iter().map(ToString::to_string).collect();
        if self.more > 0 {
            lines.push(format!("and {} more", self.more));
        }
        lines.join("\n")
    }
}
