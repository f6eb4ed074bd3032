//! Plans that are read: the templates, one in full, and any that are written.

use adil_belenios::Question;
use adil_election::{Contest, CountingMethod, GroupName, Language, Plan, Uuid};
use proptest::prelude::*;

/// The template with the lines that are commented-out TOML taken in, and the sentences left out.
fn uncommented(template: &str) -> String {
    let line = |line: &str| {
        let Some(bare) = line.strip_prefix('#') else { return line.to_owned() };
        let bare = bare.strip_prefix(' ').unwrap_or(bare);
        let is_field = ["[[question]]", "  {", "]"].iter().any(|start| bare.starts_with(start))
            || bare
                .split_once(" = ")
                .is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        if is_field { bare.to_owned() } else { String::new() }
    };
    template.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn templates_are_plans_that_show_every_kind_and_field() {
    let counting = |plan: &Plan| plan.counting();
    let of = |language| {
        let template = Plan::template(language);
        let plan = Plan::parse(template).unwrap_or_else(|error| panic!("{language:?}: {error}"));
        let whole = uncommented(template);
        let whole = Plan::parse(&whole).unwrap_or_else(|error| panic!("{language:?}: {error}\n{whole}"));
        (plan, whole)
    };
    for language in Language::ALL {
        let (plan, whole) = of(language);
        assert_eq!(plan.languages, [language]);
        assert_eq!(plan.contests.len(), 2);
        assert_eq!(whole.contests.len(), 6);
        assert!(
            whole.organiser.is_some() && whole.authority.is_some() && whole.opens.is_some() && whole.closes.is_some()
        );
        let grades = match &counting(&whole)[4] {
            Some(CountingMethod::MajorityJudgment { grades, .. }) => grades.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            counting(&whole),
            [
                Some(CountingMethod::Plurality { seats: 1 }),
                Some(CountingMethod::Approval { seats: 2 }),
                Some(CountingMethod::Schulze { blank: true }),
                Some(CountingMethod::Stv { blank: false, seats: 2 }),
                Some(CountingMethod::MajorityJudgment { blank: false, grades }),
                None,
            ]
        );
        assert!(matches!(whole.contests[5].question, Question::Lists { .. }));
        for field in [
            "title",
            "description",
            "languages",
            "organiser",
            "authority",
            "group",
            "weights",
            "second_factor",
            "opens",
            "closes",
        ] {
            assert!(template_has(language, field), "{language:?}: {field}");
        }
    }
}

fn template_has(language: Language, field: &str) -> bool {
    Plan::template(language).lines().any(|line| line.trim_start_matches(['#', ' ']).starts_with(&format!("{field} = ")))
}

#[test]
fn what_is_left_out_has_its_default() {
    let text =
        "title = \"Board\"\n[[question]]\ntitle = \"Chair\"\nkind = \"choices\"\nanswers = [\"A\"]\nmin = 0\nmax = 1\n";
    let plan = Plan::parse(text).expect("a sound plan");
    assert_eq!((plan.description.as_str(), plan.languages.as_slice()), ("", &[Language::English][..]));
    assert_eq!((plan.group, plan.has_weights, plan.needs_second_factor), (GroupName::Ed25519, false, false));
    assert_eq!((plan.opens, plan.closes, plan.organiser, plan.authority), (None, None, None, None));
    let question = Question::Homomorphic {
        title: "Chair".to_owned(),
        answers: vec!["A".to_owned()],
        blank: false,
        min: 0,
        max: 1,
    };
    assert_eq!(plan.contests, [Contest { question, counting: None }]);
}

#[test]
fn the_record_is_compact_json_in_one_order() {
    let text = "title = \"Board\"\nauthority = \"Secretary\"\norganiser = \"Committee\"\n[[question]]\ntitle = \"Chair\"\n\
                kind = \"choices\"\nanswers = [\"A\", \"Б\"]\nmin = 0\nmax = 1\nblank = true\ncount = \"plurality\"\n\
                [[question]]\ntitle = \"Place\"\nkind = \"ranked\"\nanswers = [\"A\"]\ncount = \"stv\"\nseats = 1\n\
                [[question]]\ntitle = \"List\"\nkind = \"lists\"\nlists = [{ name = \"L\", candidates = [\"A\"] }]";
    let plan = Plan::parse(text).expect("a sound plan");
    let uuid = Uuid::parse("14MjsdKEb6aRMQ").expect("an identifier");
    let expected = "{\"version\":1,\"description\":\"\",\"name\":\"Board\",\"group\":\"Ed25519\",\"public_key\":\"00\",\
        \"questions\":[{\"answers\":[\"A\",\"Б\"],\"blank\":true,\"min\":0,\"max\":1,\"question\":\"Chair\"},\
        {\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\"],\"question\":\"Place\"},\
        \"extra\":{\"method\":\"STV\",\"blank\":false,\"seats\":1}},\
        {\"type\":\"Lists\",\"value\":{\"answers\":[[\"L\",\"A\"]],\"question\":\"List\"}}],\
        \"uuid\":\"14MjsdKEb6aRMQ\",\"administrator\":\"Committee\",\"credential_authority\":\"Secretary\"}";
    assert_eq!(plan.election_record(&uuid, "00"), expected);
}

/// A question as it is written, and as it is read.
fn written_question() -> impl Strategy<Value = (String, Question, Option<CountingMethod>)> {
    let names = |count: std::ops::RangeInclusive<usize>| {
        // Numbered, so that they differ.
        prop::collection::vec("[a-zәқ\"\\\\/=#]{0,5}", count).prop_map(|names| {
            names.into_iter().enumerate().map(|(place, name)| format!("{name}{place}")).collect::<Vec<_>>()
        })
    };
    let choices = (names(1..=6), any::<bool>(), 0..=6_u32, 1..=6_u32, 0..3_u8, 1..=6_u32).prop_map(
        |(answers, blank, min, max, method, seats)| {
            let most = u32::try_from(answers.len()).expect("few");
            let (max, seats) = (max.min(most), seats.min(most));
            let (min, max) = (min.min(max), if method == 1 { 1 } else { max });
            let min = min.min(max);
            let (line, counting) = match method {
                0 => (String::new(), None),
                1 => (format!("count = \"plurality\"\nseats = {seats}\n"), Some(CountingMethod::Plurality { seats })),
                _ => (format!("count = \"approval\"\nseats = {seats}\n"), Some(CountingMethod::Approval { seats })),
            };
            let text = format!(
                "kind = \"choices\"\nanswers = {}\nmin = {min}\nmax = {max}\nblank = {blank}\n{line}",
                list(&answers)
            );
            (text, Question::Homomorphic { title: String::new(), answers, blank, min, max }, counting)
        },
    );
    let ranked = (names(1..=30), any::<bool>(), prop::option::of(1..=6_u32)).prop_map(|(answers, blank, seats)| {
        let seats = seats.map(|seats| seats.min(u32::try_from(answers.len()).expect("few")));
        let (line, counting) = match seats {
            None => ("count = \"schulze\"\n".to_owned(), CountingMethod::Schulze { blank }),
            Some(seats) => (format!("count = \"stv\"\nseats = {seats}\n"), CountingMethod::Stv { blank, seats }),
        };
        let text = format!("kind = \"ranked\"\nanswers = {}\nblank = {blank}\n{line}", list(&answers));
        (text, Question::NonHomomorphic { title: String::new(), answers }, Some(counting))
    });
    let graded = (names(1..=30), names(2..=9), any::<bool>()).prop_map(|(answers, grades, blank)| {
        let text =
            format!("kind = \"graded\"\nanswers = {}\ngrades = {}\nblank = {blank}\n", list(&answers), list(&grades));
        let question = Question::NonHomomorphic { title: String::new(), answers };
        (text, question, Some(CountingMethod::MajorityJudgment { blank, grades }))
    });
    let lists = prop::collection::vec(names(2..=5), 1..4).prop_map(|lists| {
        let lists: Vec<Vec<String>> = lists
            .into_iter()
            .enumerate()
            .map(|(place, mut list)| {
                list[0] = format!("{place} {}", list[0]);
                list
            })
            .collect();
        let tables = lists
            .iter()
            .map(|list_| format!("[[question.lists]]\nname = {:?}\ncandidates = {}\n", list_[0], list(&list_[1..])));
        let text = format!("kind = \"lists\"\n{}", tables.collect::<String>());
        (text, Question::Lists { title: String::new(), lists }, None)
    });
    prop_oneof![choices, ranked, graded, lists]
}

fn list(texts: &[String]) -> String {
    // Letters, quotation marks and backslashes are written alike by TOML and by Rust.
    format!("{texts:?}")
}

fn titled(question: Question, name: String) -> Question {
    match question {
        Question::Homomorphic { answers, blank, min, max, .. } => {
            Question::Homomorphic { title: name, answers, blank, min, max }
        }
        Question::NonHomomorphic { answers, .. } => Question::NonHomomorphic { title: name, answers },
        Question::Lists { lists, .. } => Question::Lists { title: name, lists },
    }
}

proptest! {
    #[test]
    fn a_written_plan_is_read_the_same(
        questions in prop::collection::vec(written_question(), 1..6),
        description in "[a-z\n]{0,20}".prop_map(|text| text.trim().to_owned()),
        is_finite in any::<bool>(),
    ) {
        let group = if is_finite { GroupName::Rfc3526 } else { GroupName::Ed25519 };
        let mut text = format!("title = \"Board\"\ndescription = {description:?}\ngroup = \"{}\"\n", group.name());
        let mut expected = Vec::new();
        for (number, (written, question, counting)) in questions.into_iter().enumerate() {
            text.push_str(&format!("[[question]]\ntitle = \"Question {number}\"\n{written}"));
            expected.push(Contest { question: titled(question, format!("Question {number}")), counting });
        }
        let plan = Plan::parse(&text);
        prop_assert!(plan.is_ok(), "{}\n{text}", plan.err().map_or(String::new(), |error| error.to_string()));
        let plan = plan.expect("it is sound");
        prop_assert_eq!((plan.description, plan.group, plan.contests), (description, group, expected));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), line in 0..200_usize, cut in 0..80_usize) {
        let _ = Plan::parse(&text);
        // A template with a line cut short and the text after it.
        let template: Vec<&str> = Plan::template(Language::Russian).lines().collect();
        let line = line % template.len();
        let cut: String = template[line].chars().take(cut).collect();
        let _ = Plan::parse(&[template[..line].join("\n"), cut, text, template[line + 1..].join("\n")].join("\n"));
    }
}
