//! Every rule of a plan, by a plan that breaks it alone and one beside it that does not.

use adil_election::{Plan, PlanRule};

/// A plan with these lines before its question, and these in it.
fn plan(head: &str, question: &str) -> String {
    format!("title = \"Board\"\n{head}\n[[question]]\ntitle = \"Chair\"\n{question}\n")
}

fn choices(fields: &str) -> String {
    plan("", &format!("kind = \"choices\"\nanswers = [\"A\", \"B\", \"C\"]\n{fields}"))
}

const CHOICES: &str = "kind = \"choices\"\nanswers = [\"A\", \"B\"]\nmin = 0\nmax = 1";

fn ranked(count: usize) -> String {
    format!("kind = \"ranked\"\nanswers = [{}]\ncount = \"schulze\"", numbered(count))
}

fn graded(grades: usize) -> String {
    format!("kind = \"graded\"\nanswers = [\"A\"]\ngrades = [{}]", numbered(grades))
}

fn lists(lists: &str) -> String {
    plan("", &format!("kind = \"lists\"\nlists = [{lists}]"))
}

fn numbered(count: usize) -> String {
    (1..=count).map(|number| format!("\"Answer {number}\"")).collect::<Vec<_>>().join(", ")
}

/// The rules that a plan breaks, with their lines.
fn broken(text: &str) -> Vec<(PlanRule, usize)> {
    match Plan::parse(text) {
        Ok(_) => Vec::new(),
        Err(error) => {
            assert!(!error.faults.is_empty());
            error.faults.iter().map(|fault| (fault.rule, fault.line)).collect()
        }
    }
}

#[track_caller]
fn breaks(text: &str, rule: PlanRule, line: usize) {
    assert_eq!(broken(text), [(rule, line)], "{text}");
}

#[track_caller]
fn is_kept(text: &str) {
    if let Err(error) = Plan::parse(text) {
        panic!("{error}\n{text}");
    }
}

#[test]
fn n1_broken_toml_is_told_by_line() {
    is_kept(&plan("", CHOICES));
    breaks(&plan("weights = false\nweights = true", CHOICES), PlanRule::Toml, 3);
    breaks("title = \"Board\n", PlanRule::Toml, 1);
    breaks(&"#".repeat((1 << 20) + 1), PlanRule::Toml, 1);
    is_kept(&format!("{}#{}", plan("", CHOICES), "#".repeat(900_000)));
}

#[test]
fn n2_an_unknown_field_is_told_with_those_that_are_known() {
    breaks(&plan("quorum = 5", CHOICES), PlanRule::Field, 2);
    breaks(&plan("", &format!("{CHOICES}\nminimum = 1")), PlanRule::Field, 9);
    breaks(&lists("{ name = \"L\", candidates = [\"A\"], seats = 1 }"), PlanRule::Field, 6);
    let error = Plan::parse(&plan("quorum = 5", CHOICES)).expect_err("no such field");
    let text = "line 2: the plan has no field `quorum`; it has title, description, languages, organiser, authority, \
                group, weights, second_factor, opens, closes, question (N2: Every field is one that its table has.)";
    assert_eq!(error.to_string(), text);
}

#[test]
fn n3_a_value_of_another_type() {
    breaks(&plan("weights = \"yes\"", CHOICES), PlanRule::Type, 2);
    breaks(&plan("organiser = 5", CHOICES), PlanRule::Type, 2);
    breaks(&plan("opens = 5", CHOICES), PlanRule::Type, 2);
    breaks(&choices("min = -1\nmax = 1"), PlanRule::Type, 7);
    breaks(&choices("min = 0\nmax = 4294967296"), PlanRule::Type, 8);
    breaks(&choices("min = 0.0\nmax = 1"), PlanRule::Type, 7);
    breaks(&plan("", "kind = \"choices\"\nmin = 0\nmax = 1\nanswers = [\"A\",\n 2]"), PlanRule::Type, 9);
    breaks("title = \"Board\"\nquestion = [5]", PlanRule::Type, 2);
}

#[test]
fn n4_a_field_that_is_missing() {
    breaks(
        "[[question]]\ntitle = \"Chair\"\nkind = \"choices\"\nanswers = [\"A\"]\nmin = 0\nmax = 1",
        PlanRule::Missing,
        1,
    );
    breaks("title = \"Board\"", PlanRule::Missing, 1);
    breaks(&plan("", "answers = [\"A\"]"), PlanRule::Missing, 3);
    breaks(&choices("min = 0"), PlanRule::Missing, 3);
    breaks(&plan("", "kind = \"ranked\"\nanswers = [\"A\"]"), PlanRule::Missing, 3);
    breaks(&plan("", "kind = \"ranked\"\nanswers = [\"A\"]\ncount = \"stv\""), PlanRule::Missing, 3);
    breaks(&plan("", "kind = \"graded\"\nanswers = [\"A\"]"), PlanRule::Missing, 3);
    breaks(&lists("{ candidates = [\"A\"] }"), PlanRule::Missing, 6);
}

#[test]
fn n5_texts_that_cannot_be_read() {
    for text in ["", " ", "\\t", " A", "A ", "A\\u0000", "A\\u007F", "A\\nB", "A\\u202EB", "A\\u200B", "A\\u2066B"] {
        breaks(&plan(&format!("organiser = \"{text}\""), CHOICES), PlanRule::Text, 2);
        breaks(
            &plan("", &format!("kind = \"choices\"\nmin = 0\nmax = 1\nanswers = [\"B\",\n\"{text}\"]")),
            PlanRule::Text,
            9,
        );
    }
    is_kept(&plan(&format!("organiser = \"{}\"", "ә".repeat(500)), CHOICES));
    breaks(&plan(&format!("organiser = \"{}\"", "ә".repeat(501)), CHOICES), PlanRule::Text, 2);
    is_kept(&plan("description = \"One.\\nTwo.\"", CHOICES));
    is_kept(&plan("description = \"\"", CHOICES));
    breaks(&plan("description = \"One.\\rTwo.\"", CHOICES), PlanRule::Text, 2);
}

#[test]
fn n6_languages() {
    is_kept(&plan("languages = [\"kk\", \"ru\", \"en\"]", CHOICES));
    breaks(&plan("languages = []", CHOICES), PlanRule::Languages, 2);
    breaks(&plan("languages = [\"en\",\n\"EN\"]", CHOICES), PlanRule::Languages, 3);
    breaks(&plan("languages = [\"en\", \"en\"]", CHOICES), PlanRule::Languages, 2);
}

#[test]
fn n7_groups() {
    for group in ["Ed25519", "BELENIOS-2048", "RFC-3526-2048"] {
        is_kept(&plan(&format!("group = \"{group}\""), CHOICES));
    }
    breaks(&plan("group = \"ed25519\"", CHOICES), PlanRule::Group, 2);
}

#[test]
fn n8_moments() {
    is_kept(&plan("opens = \"2026-05-01T09:00:00+05:00\"\ncloses = 2026-05-01T04:00:01Z", CHOICES));
    breaks(
        &plan("opens = \"2026-05-01T09:00:00+05:00\"\ncloses = 2026-05-01T04:00:00Z", CHOICES),
        PlanRule::Moments,
        3,
    );
    breaks(&plan("opens = \"2026-05-01T09:00:00\"", CHOICES), PlanRule::Moments, 2);
    breaks(&plan("opens = 2026-05-01", CHOICES), PlanRule::Moments, 2);
}

#[test]
fn n9_the_number_of_questions() {
    let questions = |count: usize| -> String {
        let question = |number| format!("[[question]]\ntitle = \"Question {number}\"\n{CHOICES}\n");
        format!("title = \"Board\"\n{}", (0..count).map(question).collect::<String>())
    };
    is_kept(&questions(100));
    breaks(&questions(101), PlanRule::Questions, 2);
    breaks("title = \"Board\"\nquestion = []", PlanRule::Questions, 2);
}

#[test]
fn n10_kinds() {
    breaks(&plan("", "kind = \"yes-no\""), PlanRule::Kind, 5);
}

#[test]
fn n11_a_field_of_another_kind() {
    breaks(&choices("min = 0\nmax = 1\ngrades = [\"A\", \"B\"]"), PlanRule::KindField, 9);
    breaks(&choices("min = 0\nmax = 1\nseats = 1"), PlanRule::KindField, 9);
    breaks(&plan("", &format!("{}\nmax = 1", ranked(2))), PlanRule::KindField, 8);
    breaks(&plan("", &format!("{}\nseats = 1", ranked(2))), PlanRule::KindField, 8);
    breaks(&format!("{}\nblank = true", lists("{ name = \"L\", candidates = [\"A\"] }")), PlanRule::KindField, 8);
    breaks(
        &format!("{}\ncount = \"plurality\"", lists("{ name = \"L\", candidates = [\"A\"] }")),
        PlanRule::KindField,
        8,
    );
}

#[test]
fn n12_the_number_of_answers() {
    let of = |count| plan("", &format!("kind = \"choices\"\nanswers = [{}]\nmin = 0\nmax = 1", numbered(count)));
    is_kept(&of(1));
    is_kept(&of(1_000));
    breaks(&of(0), PlanRule::Answers, 6);
    breaks(&of(1_001), PlanRule::Answers, 6);
    breaks(&lists(""), PlanRule::Answers, 6);
    breaks(&lists("{ name = \"L\", candidates = [] }"), PlanRule::Answers, 6);
    is_kept(&lists("{ name = \"L\", candidates = [\"A\"] }"));
}

#[test]
fn n13_answers_that_cannot_be_told_apart() {
    let of = |answers| plan("", &format!("kind = \"choices\"\nmin = 0\nmax = 1\nanswers = [\n{answers}]"));
    breaks(&of("\"A\",\n\"B\",\n\"A\""), PlanRule::Distinct, 11);
    breaks(&of("\"Answer  a\",\n\"answer A\""), PlanRule::Distinct, 10);
    breaks(&format!("{}[[question]]\ntitle = \"chair\"\n{CHOICES}", plan("", CHOICES)), PlanRule::Distinct, 9);
    breaks(&plan("", "kind = \"graded\"\nanswers = [\"A\"]\ngrades = [\"Good\", \"Good\"]"), PlanRule::Distinct, 7);
    breaks(
        &lists("{ name = \"L\", candidates = [\"A\"] }, { name = \"L\", candidates = [\"B\"] }"),
        PlanRule::Distinct,
        6,
    );
    breaks(&lists("{ name = \"L\", candidates = [\"A\", \"A\"] }"), PlanRule::Distinct, 6);
    is_kept(&lists("{ name = \"L\", candidates = [\"A\"] }, { name = \"M\", candidates = [\"A\"] }"));
}

#[test]
fn n14_the_number_of_choices() {
    is_kept(&choices("min = 3\nmax = 3"));
    breaks(&choices("min = 2\nmax = 1"), PlanRule::Range, 7);
    breaks(&choices("min = 0\nmax = 4"), PlanRule::Range, 8);
    assert_eq!(broken(&choices("min = 4\nmax = 4")), [(PlanRule::Range, 7), (PlanRule::Range, 8)]);
    breaks(&choices("min = 0\nmax = 0"), PlanRule::Range, 8);
}

#[test]
fn n15_a_method_of_another_kind() {
    breaks(&choices("min = 0\nmax = 1\ncount = \"schulze\""), PlanRule::Method, 9);
    breaks(&plan("", "kind = \"ranked\"\nanswers = [\"A\"]\ncount = \"plurality\""), PlanRule::Method, 7);
    breaks(
        &plan("", "kind = \"graded\"\nanswers = [\"A\"]\ngrades = [\"A\", \"B\"]\ncount = \"stv\""),
        PlanRule::Method,
        8,
    );
    breaks(&choices("min = 0\nmax = 1\ncount = \"borda\"\nseats = 1"), PlanRule::Method, 9);
}

#[test]
fn n16_plurality_is_for_one_choice() {
    is_kept(&choices("min = 0\nmax = 1\ncount = \"plurality\""));
    is_kept(&choices("min = 0\nmax = 2\ncount = \"approval\""));
    breaks(&choices("min = 0\nmax = 2\ncount = \"plurality\""), PlanRule::Plurality, 9);
}

#[test]
fn n17_seats() {
    is_kept(&choices("min = 0\nmax = 1\ncount = \"plurality\"\nseats = 3"));
    breaks(&choices("min = 0\nmax = 1\ncount = \"plurality\"\nseats = 4"), PlanRule::Seats, 10);
    breaks(&choices("min = 0\nmax = 1\ncount = \"approval\"\nseats = 0"), PlanRule::Seats, 10);
    let stv = |seats: u32| {
        plan("", &format!("kind = \"ranked\"\nanswers = [\"A\", \"B\"]\ncount = \"stv\"\nseats = {seats}"))
    };
    is_kept(&stv(2));
    breaks(&stv(3), PlanRule::Seats, 8);
}

#[test]
fn n18_grades() {
    is_kept(&plan("", &graded(2)));
    is_kept(&plan("", &graded(255)));
    breaks(&plan("", &graded(1)), PlanRule::Grades, 7);
    breaks(&plan("", &graded(256)), PlanRule::Grades, 7);
}

#[test]
fn n19_numbers_in_a_group_that_embeds_none() {
    breaks(&plan("group = \"BELENIOS-2048\"", &ranked(2)), PlanRule::Embedding, 5);
    breaks(&plan("group = \"BELENIOS-2048\"", &graded(2)), PlanRule::Embedding, 5);
    is_kept(&plan("group = \"BELENIOS-2048\"", "kind = \"lists\"\nlists = [{ name = \"L\", candidates = [\"A\"] }]"));
    is_kept(&plan("group = \"RFC-3526-2048\"", &ranked(2)));
}

#[test]
fn n20_more_answers_than_the_group_embeds() {
    is_kept(&plan("", &ranked(30)));
    breaks(&plan("", &ranked(31)), PlanRule::VectorLength, 6);
    is_kept(&plan("group = \"RFC-3526-2048\"", &ranked(255)));
    breaks(&plan("group = \"RFC-3526-2048\"", &ranked(256)), PlanRule::VectorLength, 6);
}

#[test]
fn n21_weights_with_numbers() {
    is_kept(&plan("weights = true", CHOICES));
    is_kept(&plan("weights = false", &ranked(2)));
    breaks(&plan("weights = true", &ranked(2)), PlanRule::Weights, 5);
    breaks(&plan("weights = true", &graded(2)), PlanRule::Weights, 5);
}

#[test]
fn n22_the_size_of_a_ballot() {
    let question = |number: usize, max: usize| {
        format!(
            "[[question]]\ntitle = \"Question {number}\"\nkind = \"choices\"\nanswers = [{}]\nmin = 0\nmax = {max}\n",
            numbered(1_000)
        )
    };
    let of = |sizes: &[usize]| {
        let questions: String = sizes.iter().enumerate().map(|(number, max)| question(number, *max)).collect();
        format!("title = \"Board\"\n{questions}")
    };
    // Five questions of 1,000 answers are 5,000 ciphertexts; four of up to 1,000 choices have 4 * 1,002 branches.
    is_kept(&of(&[1_000; 4]));
    breaks(&of(&[1; 5]), PlanRule::BallotSize, 2);
    assert_eq!(broken(&of(&[1_000; 5])), [(PlanRule::BallotSize, 2); 2]);
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_lines() {
    let text =
        "title = \"\"\nquorum = 1\n[[question]]\nkind = \"ranked\"\nanswers = [\"A\", \"A\"]\ncount = \"borda\"\n";
    let rules = [
        (PlanRule::Text, 1),
        (PlanRule::Field, 2),
        (PlanRule::Missing, 3),
        (PlanRule::Distinct, 5),
        (PlanRule::Method, 6),
    ];
    assert_eq!(broken(text), rules);
}

#[test]
fn a_hundred_faults_are_told_and_the_others_counted() {
    let error =
        Plan::parse(&(0..150).map(|field| format!("field{field} = 1\n")).collect::<String>()).expect_err("faults");
    // 150 unknown fields, no title, no questions.
    assert_eq!((error.faults.len(), error.more), (100, 52));
    assert!(error.to_string().ends_with("\nand 52 more"));
}

#[test]
fn the_specification_has_every_rule_and_no_other() {
    let page = include_str!("../../../docs/spec/plan.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| N")).collect();
    let told: Vec<String> = PlanRule::ALL.iter().map(|rule| format!("| {} | {} |", rule.code(), rule.text())).collect();
    assert_eq!(rows, told);
}
