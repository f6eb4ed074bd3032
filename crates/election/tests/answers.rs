//! Which answers a question takes, as JSON and as words.

use adil_belenios::Question;
use adil_election::{Answer, AnswerProblem, Answers, Contest, CountingMethod, Plan};
use proptest::prelude::*;

const PLAN: &str = r#"
title = "Board"
[[question]]
title = "Chair"
kind = "choices"
answers = ["Answer 1", "Answer 2", "Answer 3"]
min = 1
max = 2
blank = true
[[question]]
title = "Place = where?"
kind = "ranked"
answers = ["North", "South", "West, far"]
count = "stv"
seats = 1
[[question]]
title = "Time"
kind = "ranked"
answers = ["9:00", "10:00", "11:00"]
count = "schulze"
blank = true
[[question]]
title = "Proposals"
kind = "graded"
answers = ["First", "Second"]
grades = ["Good", "Fair", "Poor"]
[[question]]
title = "Lists"
kind = "lists"
lists = [{ name = "East", candidates = ["A", "B"] }, { name = "West", candidates = ["A"] }]
"#;

const SOUND: [&str; 5] = ["[0,1,1,0]", "[2,0,1]", "[1,1,3]", "[3,1]", "[[1,0,1],[0,0]]"];
const WORDS: [&str; 5] = [
    "Chair=Answer 1,Answer 2",
    "place = WHERE?=West, far,North",
    "3=9:00:1,10:00:1,11:00:3",
    "Proposals=Second:Good,1:3",
    "Lists=East,B",
];

fn contests() -> Vec<Contest> {
    Plan::parse(PLAN).expect("a sound plan").contests
}

/// What is wrong when one answer among sound ones is this.
fn json_problem(place: usize, entry: &str) -> Option<AnswerProblem> {
    let mut entries = SOUND;
    entries[place] = entry;
    problem(Answers::parse(&contests(), &format!("[{}]", entries.join(","))), place)
}

fn word_problem(place: usize, words: &str) -> Option<AnswerProblem> {
    let mut choices = WORDS;
    choices[place] = words;
    problem(Answers::choose(&contests(), &choices), place)
}

fn problem(read: Result<Answers, adil_election::AnswersError>, place: usize) -> Option<AnswerProblem> {
    let error = read.err()?;
    assert_eq!(error.faults.len(), 1, "{error}");
    let fault = error.faults.into_iter().next()?;
    if let Some((number, _)) = &fault.question {
        assert_eq!(*number, place + 1);
    }
    Some(fault.problem)
}

fn chosen(choices: &[&str]) -> String {
    let contests = contests();
    let mut all = WORDS.to_vec();
    for choice in choices {
        let question = choice.split_once('=').expect("words").0.parse::<usize>().expect("a number");
        all[question - 1] = choice;
    }
    match Answers::choose(&contests, &all) {
        Ok(answers) => answers.to_json(&contests).to_string(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn json_is_read_and_written() {
    let contests = contests();
    let text = format!("[{}]", SOUND.join(","));
    let answers = Answers::parse(&contests, &text).expect("sound answers");
    let expected = [
        Answer::Choices(vec![true, true, false]),
        Answer::Vector(vec![2, 0, 1]),
        Answer::Vector(vec![1, 1, 3]),
        Answer::Vector(vec![3, 1]),
        Answer::Lists { list: 0, candidates: vec![false, true] },
    ];
    assert_eq!(answers.as_slice(), expected);
    assert_eq!(*answers.to_json(&contests), text);
    let numbers: Vec<Vec<u32>> = answers
        .as_slice()
        .iter()
        .zip(&contests)
        .map(|(answer, contest)| answer.numbers(&contest.question).to_vec())
        .collect();
    let flat = [vec![0, 1, 1, 0], vec![2, 0, 1], vec![1, 1, 3], vec![3, 1], vec![1, 0, 1, 0, 0]];
    assert_eq!(numbers, flat);
    assert_eq!(format!("{answers:?} {:?}", answers.as_slice()[0]), "Answers(..) Answer(..)");
}

#[test]
fn words_mean_the_same_as_json() {
    let contests = contests();
    let by_words = Answers::choose(&contests, &WORDS).expect("sound words");
    assert_eq!(*by_words.to_json(&contests), format!("[{}]", SOUND.join(",")));
}

#[test]
fn a_blank_vote() {
    let contests = contests();
    let blank = chosen(&["1=blank", "3=Blank"]);
    assert_eq!(blank, "[[1,0,0,0],[2,0,1],[0,0,0],[3,1],[[1,0,1],[0,0]]]");
    let answers = Answers::parse(&contests, &blank).expect("sound answers");
    assert_eq!(answers.as_slice()[0], Answer::Blank);
    assert_eq!(json_problem(0, "[1,1,0,0]"), Some(AnswerProblem::BlankWithChoices));
    assert_eq!(json_problem(0, "[0,0,0,0]"), Some(AnswerProblem::Range { chosen: 0, min: 1, max: 2 }));
    assert_eq!(json_problem(1, "[0,0,0]"), Some(AnswerProblem::NoBlank));
    assert_eq!(json_problem(3, "[0,0]"), Some(AnswerProblem::NoBlank));
    assert_eq!(word_problem(1, "2=blank"), Some(AnswerProblem::NoBlank));
}

#[test]
fn choices() {
    assert_eq!(json_problem(0, "[1,0,0]"), Some(AnswerProblem::Length { found: 3, expected: 4, blank: true }));
    assert_eq!(json_problem(0, "[0,2,0,0]"), Some(AnswerProblem::NotZeroOrOne));
    assert_eq!(json_problem(0, "[0,1,1,1]"), Some(AnswerProblem::Range { chosen: 3, min: 1, max: 2 }));
    assert_eq!(json_problem(0, "[[1],0,0]"), Some(AnswerProblem::FormOfNumbers));
    assert_eq!(json_problem(0, "1"), Some(AnswerProblem::FormOfNumbers));
    assert_eq!(word_problem(0, "Chair=1,2,3"), Some(AnswerProblem::Range { chosen: 3, min: 1, max: 2 }));
    assert_eq!(word_problem(0, "Chair="), Some(AnswerProblem::Range { chosen: 0, min: 1, max: 2 }));
    assert_eq!(word_problem(0, "Chair=1,answer  1"), Some(AnswerProblem::NamedTwice("\"Answer 1\"".to_owned())));
    let unknown = word_problem(0, "Chair=Answer 1,Answer 4").expect("no such answer").to_string();
    assert_eq!(unknown, r#""Answer 4" is none of the answers: "Answer 1", "Answer 2", "Answer 3""#);
    assert!(matches!(word_problem(0, "Chair=4"), Some(AnswerProblem::Unknown { .. })));
    assert!(matches!(word_problem(0, "Chair=0"), Some(AnswerProblem::Unknown { .. })));
}

#[test]
fn ranks_of_a_transferable_vote_go_up_by_one() {
    for entry in ["[1,2,3]", "[3,2,1]", "[1,0,0]", "[0,2,1]"] {
        assert_eq!(json_problem(1, entry), None, "{entry}");
    }
    assert_eq!(json_problem(1, "[1,1,2]"), Some(AnswerProblem::RankTwice { rank: 1 }));
    assert_eq!(json_problem(1, "[1,3,0]"), Some(AnswerProblem::RankGap { rank: 2 }));
    assert_eq!(json_problem(1, "[2,0,0]"), Some(AnswerProblem::RankGap { rank: 1 }));
    assert_eq!(json_problem(1, "[1,2,4]"), Some(AnswerProblem::RankRange { most: 3 }));
    assert_eq!(word_problem(1, "2=North:1,South"), Some(AnswerProblem::RankMixed));
}

#[test]
fn ranks_of_a_comparison_may_be_shared_and_left_out() {
    for entry in ["[1,1,1]", "[3,3,1]", "[0,2,0]", "[0,0,0]"] {
        assert_eq!(json_problem(2, entry), None, "{entry}");
    }
    assert_eq!(json_problem(2, "[1,2,4]"), Some(AnswerProblem::RankRange { most: 3 }));
    assert!(chosen(&["3=11:00,9:00"]).contains(",[2,0,1],[3,1]"));
}

#[test]
fn grades() {
    assert_eq!(json_problem(3, "[1,4]"), Some(AnswerProblem::GradeRange { most: 3 }));
    assert_eq!(json_problem(3, "[1,0]"), Some(AnswerProblem::GradeMissing { answer: 2 }));
    assert_eq!(word_problem(3, "4=First:Good"), Some(AnswerProblem::GradeMissing { answer: 2 }));
    assert_eq!(word_problem(3, "4=First,Second"), Some(AnswerProblem::NoGrade("\"First\"".to_owned())));
    let unknown = word_problem(3, "4=First:Good,Second:Best").expect("no such grade").to_string();
    assert_eq!(unknown, r#""Best" is none of the grades: "Good", "Fair", "Poor""#);
}

#[test]
fn lists() {
    for entry in ["[[1,1,1],[0,0]]", "[[0,0,0],[1,1]]"] {
        assert_eq!(json_problem(4, entry), None, "{entry}");
    }
    assert_eq!(json_problem(4, "[[0,0,0],[0,0]]"), Some(AnswerProblem::ListCount { chosen: 0 }));
    assert_eq!(json_problem(4, "[[1,1,0],[1,1]]"), Some(AnswerProblem::ListCount { chosen: 2 }));
    assert_eq!(json_problem(4, "[[1,0,0],[0,0]]"), Some(AnswerProblem::NoCandidate));
    assert_eq!(json_problem(4, "[[1,1,0],[0,1]]"), Some(AnswerProblem::CandidateOfAnotherList));
    assert_eq!(json_problem(4, "[[1,2,0],[0,0]]"), Some(AnswerProblem::NotZeroOrOne));
    assert_eq!(json_problem(4, "[[1,1],[0,0]]"), Some(AnswerProblem::Length { found: 2, expected: 3, blank: false }));
    assert_eq!(json_problem(4, "[[1,1,0]]"), Some(AnswerProblem::Length { found: 1, expected: 2, blank: false }));
    assert_eq!(json_problem(4, "[1,1,0]"), Some(AnswerProblem::FormOfLists));
    assert_eq!(word_problem(4, "5=East"), Some(AnswerProblem::NoCandidate));
    assert!(matches!(word_problem(4, "5=West,B"), Some(AnswerProblem::Unknown { .. })));
    assert!(chosen(&["5=west,a"]).ends_with("[[0,0,0],[1,1]]]"));
}

#[test]
fn every_question_is_answered_once() {
    let contests = contests();
    let faults = |choices: &[&str]| Answers::choose(&contests, choices).expect_err("faults").to_string();
    assert_eq!(faults(&WORDS[1..]), "question 1 (\"Chair\"): the question is not answered");
    assert_eq!(faults(&[&WORDS[..], &["1=1"]].concat()), "question 1 (\"Chair\"): the question is answered twice");
    assert!(faults(&["Nobody=1"]).starts_with("\"Nobody=1\" is no `question=answer`"));
    let error = Answers::parse(&contests, "[[1]]").expect_err("one answer").to_string();
    assert_eq!(error, "there are 1 answers and 5 questions");
}

/// Where a name is a number, numbers are names.
#[test]
fn a_number_that_is_a_name_is_no_place() {
    let answers = ["2", "1", "x"].map(str::to_owned).to_vec();
    let question = Question::Homomorphic { title: "Q".to_owned(), answers, blank: false, min: 1, max: 1 };
    let contests = [Contest { question, counting: None }];
    assert_eq!(
        Answers::choose(&contests, &["1=2"]).map(|answers| answers.to_json(&contests).to_string()).as_deref(),
        Ok("[[1,0,0]]")
    );
    assert!(Answers::choose(&contests, &["1=3"]).is_err());
}

#[test]
fn a_question_of_numbers_without_a_method_takes_bytes() {
    let question = Question::NonHomomorphic { title: "Q".to_owned(), answers: vec!["A".to_owned(), "B".to_owned()] };
    let contests = [Contest { question, counting: None }];
    assert!(Answers::parse(&contests, "[[0,255]]").is_ok());
    assert!(Answers::parse(&contests, "[[0,256]]").is_err());
}

fn contest() -> impl Strategy<Value = Contest> {
    let names = |most| prop::collection::vec("[a-z0-9,:=]{1,4}", 1..=most);
    let choices = (names(5), any::<bool>(), 0..3_u32, 0..5_u32).prop_map(|(answers, blank, min, more)| {
        Question::Homomorphic { title: "Q".to_owned(), answers, blank, min, max: min + more }
    });
    let numbers = names(5).prop_map(|answers| Question::NonHomomorphic { title: "Q".to_owned(), answers });
    let lists =
        prop::collection::vec(names(4), 1..4).prop_map(|lists| Question::Lists { title: "Q".to_owned(), lists });
    let counting = prop_oneof![
        Just(None),
        any::<bool>().prop_map(|blank| Some(CountingMethod::Schulze { blank })),
        any::<bool>().prop_map(|blank| Some(CountingMethod::Stv { blank, seats: 1 })),
        (any::<bool>(), names(3)).prop_map(|(blank, grades)| Some(CountingMethod::MajorityJudgment { blank, grades })),
    ];
    (prop_oneof![choices, numbers, lists], counting).prop_map(|(question, counting)| Contest { question, counting })
}

fn nested() -> impl Strategy<Value = String> {
    let number = prop_oneof![4 => 0..4_u32, 1 => any::<u32>()].prop_map(|number| number.to_string());
    number.prop_recursive(3, 12, 5, |inner| {
        prop::collection::vec(inner, 0..5).prop_map(|all| format!("[{}]", all.join(",")))
    })
}

proptest! {
    #[test]
    fn what_is_read_is_written_the_same(contests in prop::collection::vec(contest(), 1..3), entries in prop::collection::vec(nested(), 1..3)) {
        let text = format!("[{}]", entries.join(","));
        if let Ok(answers) = Answers::parse(&contests, &text) {
            prop_assert_eq!(&*answers.to_json(&contests), &text);
        }
    }

    #[test]
    fn choices_are_read_as_they_were_made(flags in prop::collection::vec(any::<bool>(), 1..8), blank in any::<bool>()) {
        let answers: Vec<String> = (1..=flags.len()).map(|number| format!("Answer {number}")).collect();
        let max = u32::try_from(flags.len()).expect("few");
        let question = Question::Homomorphic { title: "Q".to_owned(), answers: answers.clone(), blank, min: 0, max };
        let contests = [Contest { question, counting: None }];
        let chosen: Vec<&str> = answers.iter().zip(&flags).filter(|(_, flag)| **flag).map(|(name, _)| name.as_str()).collect();
        let by_words = Answers::choose(&contests, &[&format!("Q={}", chosen.join(","))]).expect("sound");
        prop_assert_eq!(by_words.as_slice(), &[Answer::Choices(flags)][..]);
        let json = by_words.to_json(&contests);
        prop_assert_eq!(Answers::parse(&contests, &json).expect("sound"), by_words);
    }

    #[test]
    fn no_text_panics(contests in prop::collection::vec(contest(), 0..3), text in any::<String>(), words in "[Qq1]=[a-z0-9,:=]{0,12}") {
        let _ = Answers::parse(&contests, &text);
        let _ = Answers::choose(&contests, &[&text]);
        let _ = Answers::choose(&contests, &[&words]);
    }
}
