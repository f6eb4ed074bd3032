//! The sizes that a plan may have. All are far above any election that was held, and keep a mistake from growing.

/// Bytes of the plan.
pub const PLAN_BYTES: usize = 1 << 20;
/// Characters of a title, of an answer, of a name.
pub const TEXT_CHARACTERS: usize = 500;
/// Characters of the description.
pub const DESCRIPTION_CHARACTERS: usize = 20_000;
/// Questions of an election.
pub const QUESTIONS: usize = 100;
/// Answers of a question, and candidates of a list.
pub const ANSWERS: usize = 1_000;
/// Lists of a question.
pub const LISTS: usize = 100;
/// Grades of a question: a grade is a number of eight bits, and zero is none.
pub const GRADES: usize = 255;
/// Ciphertexts of a ballot, and branches of its longest proofs: what a checker of boards takes.
pub const BALLOT_CIPHERTEXTS: usize = 4_096;
/// Faults of a plan that are told one by one.
pub const FAULTS: usize = 100;
