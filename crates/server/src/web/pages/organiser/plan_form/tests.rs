//! A plan that goes through the form is the same plan.

use adil_election::PlanRule;
use proptest::prelude::*;

use super::*;

fn text() -> impl Strategy<Value = String> {
    "[a-zа-яқ0-9\"\\\\#'=\\[\\]{}.,;:!?-]([a-zа-яқ \"\\\\#'=\\[\\]{}.,-]{0,12}[a-zа-яқ\"\\\\0-9])?"
}

/// Texts that differ, whatever their capitals and spaces are.
fn texts(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), count)
        .prop_map(|texts| texts.into_iter().enumerate().map(|(number, text)| format!("{text}{number}")).collect())
}

fn question() -> impl Strategy<Value = QuestionForm> {
    let common = (text(), texts(2..6), any::<bool>(), 0..4_usize, any::<usize>());
    (common, texts(2..5), proptest::collection::vec(texts(2..4), 1..4)).prop_map(
        |((title, answers, blank, kind, draw), grades, mut lists)| {
            for (number, list) in lists.iter_mut().enumerate() {
                if let Some(name) = list.first_mut() {
                    name.push_str(&format!("-{number}"));
                }
            }
            let kind = Kind::ALL[kind];
            let count = kind.methods().get(draw % kind.methods().len().max(1)).copied().unwrap_or_default();
            let most = if count == "plurality" { 1 } else { 1 + draw % answers.len() };
            let takes_seats = ["plurality", "approval", "stv"].contains(&count);
            let seats = if takes_seats { (1 + draw % answers.len()).to_string() } else { String::new() };
            let of_choices = |number: usize| if kind == Kind::Choices { number.to_string() } else { String::new() };
            QuestionForm {
                title,
                kind,
                min: of_choices(draw % (most + 1)),
                max: of_choices(most),
                blank: blank && kind != Kind::Lists,
                count: count.to_owned(),
                seats,
                answers: if kind == Kind::Lists { Vec::new() } else { answers },
                grades: if kind == Kind::Graded { grades } else { Vec::new() },
                lists: if kind == Kind::Lists { lists } else { Vec::new() },
            }
        },
    )
}

proptest! {
    #[test]
    fn a_plan_comes_back_from_its_form(
        title in text(),
        description in "([a-z\"\\\\]{1,8}(\n[a-z\"\\\\]{0,8}){0,3}[a-z])?",
        organiser in text(),
        second_factor in any::<bool>(),
        mut questions in proptest::collection::vec(question(), 1..5),
    ) {
        for (number, question) in questions.iter_mut().enumerate() {
            question.title.push_str(&format!("/{number}"));
        }
        let form = PlanForm {
            title,
            description,
            languages: vec!["kk".to_owned(), "en".to_owned()],
            organiser,
            second_factor,
            group: "Ed25519".to_owned(),
            opens: "2026-05-01T09:00:00+05:00".to_owned(),
            closes: "2026-05-08T18:00:00+05:00".to_owned(),
            questions,
            ..PlanForm::default()
        };
        let text = form.to_text();
        let plan = Plan::parse(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(PlanForm::of(&plan), form.clone());
        prop_assert_eq!(Plan::parse(&PlanForm::of(&plan).to_text()).ok(), Some(plan));
    }

    /// Whatever stands in the fields, the text is TOML, and the form is read from it again.
    #[test]
    fn whatever_is_typed_is_kept(title in any::<String>(), answer in any::<String>(), min in any::<String>()) {
        let mut question = QuestionForm::new(Kind::Choices);
        question.answers = vec![answer, "b".to_owned()];
        question.min = min.chars().filter(|character| !character.is_ascii_digit()).collect();
        let form = PlanForm { questions: vec![question], ..PlanForm::new(&title, "en") };
        let again = PlanForm::of_text(&form.to_text()).expect("TOML");
        prop_assert_eq!(again, form);
    }
}

#[test]
fn the_templates_of_the_plan_come_back() {
    for language in adil_election::Language::ALL {
        let plan = Plan::parse(Plan::template(language)).expect("a plan");
        assert_eq!(Plan::parse(&PlanForm::of(&plan).to_text()), Ok(plan));
    }
}

#[test]
fn a_fault_is_told_at_its_field() {
    let mut form = PlanForm::new("Title", "en");
    form.description = "one\ntwo".to_owned();
    let mut choices = QuestionForm::new(Kind::Choices);
    choices.title = "First".to_owned();
    choices.answers = vec!["a".to_owned(), "b".to_owned(), "A".to_owned()];
    choices.max = "x".to_owned();
    let mut graded = QuestionForm::new(Kind::Graded);
    graded.title = " Second".to_owned();
    graded.answers = vec!["a".to_owned()];
    graded.grades = vec!["good".to_owned()];
    form.questions = vec![choices, graded];
    let found: Vec<_> = form
        .faults()
        .into_iter()
        .map(|(place, fault)| (fault.rule, place.question, place.field, place.entry))
        .collect();
    assert_eq!(
        found,
        [
            (PlanRule::Distinct, Some(0), "answers", Some(2)),
            (PlanRule::Type, Some(0), "max", None),
            (PlanRule::Text, Some(1), "title", None),
            (PlanRule::Grades, Some(1), "grades", None),
        ]
    );
}
