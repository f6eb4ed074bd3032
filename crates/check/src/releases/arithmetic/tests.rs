//! The figures of Kazakhstan's elections of 2007, 2012 and 2016.

use adil_finding::{Finding, Reason, Verdict, Whose};
use adil_record::{Contest, PublishedFigure, PublisherKind, Quantity, Release, Status};

use super::Arithmetic;
use crate::sample::{contest, count, measured, percent, real, release, run, share, votes};

const PARTIES: [&str; 7] = ["Nur Otan", "NSDP", "Ak Zhol", "Auyl", "Communist People's", "Patriots", "Rukhaniyat"];

fn night() -> Release {
    let figures = vec![count(Quantity::Voted, 5_726_544), percent(Quantity::Turnout, "64.56")];
    release("night", PublisherKind::Organiser, Status::Night, figures)
}

fn preliminary() -> Release {
    let shares = ["88.05", "4.62", "3.27", "1.58", "1.31", "0.75", "0.41"];
    let figures = shares.iter().enumerate().map(|(party, printed)| percent(share(party), printed)).collect();
    release("preliminary", PublisherKind::Organiser, Status::Preliminary, figures)
}

fn last() -> Release {
    let parties: [(u64, &str); 7] = [
        (5_247_720, "88.41"),
        (269_310, "4.54"),
        (183_346, "3.09"),
        (89_855, "1.51"),
        (76_799, "1.29"),
        (46_436, "0.78"),
        (22_159, "0.37"),
    ];
    let mut figures = vec![
        count(Quantity::Registered, 8_891_561),
        count(Quantity::Voted, 6_082_430),
        count(Quantity::Invalid, 146_805),
        percent(Quantity::Turnout, "68.41"),
    ];
    for (party, (of_party, printed)) in parties.into_iter().enumerate() {
        figures.extend([count(votes(party), of_party), percent(share(party), printed)]);
    }
    release("final", PublisherKind::Organiser, Status::Final, figures)
}

fn newspaper() -> Release {
    let figures = vec![count(votes(0), 5_174_000), count(Quantity::Voted, 5_726_544), percent(share(0), "88.5")];
    release("newspaper", PublisherKind::Press, Status::Quoted, figures)
}

fn encyclopaedia() -> Release {
    let figures = vec![count(votes(0), 5_174_169), percent(share(0), "88.41")];
    release("encyclopaedia", PublisherKind::Reference, Status::Quoted, figures)
}

fn kazakhstan_2007() -> Contest {
    let poll = release("poll", PublisherKind::Pollster, Status::Before, vec![percent(share(0), "80")]);
    Contest { releases: vec![poll, night(), preliminary(), last(), newspaper(), encyclopaedia()], ..contest(&PARTIES) }
}

fn only<'f>(findings: &'f [Finding], id: &str) -> &'f Finding {
    let mut of_id = findings.iter().filter(|finding| finding.statement.id == id);
    match (of_id.next(), of_id.next()) {
        (Some(finding), None) => finding,
        _ => panic!("one {id} in {:?}", findings.iter().map(|finding| finding.statement.id).collect::<Vec<_>>()),
    }
}

#[test]
fn the_final_release_of_2007_agrees_with_itself() {
    let findings = run(&Arithmetic, kazakhstan_2007());
    let proven: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict == Verdict::Proven).collect();
    // The preliminary shares add up to 99.99 %; the final has 5,935,625 + 146,805 = 6,082,430, its turnout, seven shares
    // and their sum.
    assert_eq!(proven.iter().map(|finding| measured(finding, "sums_agreeing")).collect::<Vec<_>>(), [1, 10]);
    assert!(findings.iter().all(|finding| !finding.verdict.contradicts_organisers()));
}

#[test]
fn the_night_of_2007_is_undecided() {
    let findings = run(&Arithmetic, kazakhstan_2007());
    let voters = only(&findings, "arithmetic-changed-more-voters");
    assert_eq!(voters.verdict, Verdict::Undecided(Reason::Changed));
    // 6,082,430 - 5,726,544
    assert_eq!(measured(voters, "voted_difference"), 355_886);
    assert!(voters.caveats.iter().any(|caveat| caveat.id == "arithmetic-incomplete"));

    let turnout = only(&findings, "arithmetic-across");
    assert_eq!(turnout.verdict, Verdict::Undecided(Reason::Changed));
    // 5,726,544 / 8,891,561 = 0.644042...; 5,726,544 / 0.6456 = 8,870,111
    assert!((real(turnout, "turnout_computed") - 0.644_042).abs() < 1e-6);
    assert!((real(turnout, "register_needed") - 8_870_111.5).abs() < 1.0);
    assert_eq!(turnout.subject.statements.len(), 2);

    // Every preliminary share differs from the final one.
    let shares = only(&findings, "arithmetic-changed");
    assert_eq!(measured(shares, "quantities_changed"), 7);
}

#[test]
fn the_sentences_of_third_parties_in_2007_are_contradicted() {
    let findings = run(&Arithmetic, kazakhstan_2007());
    let newspaper = only(&findings, "arithmetic-excludes-share");
    assert_eq!(newspaper.verdict, Verdict::Contradicted(Whose::ThirdParties));
    // 5,174,000 / 5,726,544 = 0.90351
    assert!((real(newspaper, "computed") - 0.903_51).abs() < 1e-5);
    assert!((real(newspaper, "printed") - 0.885).abs() < 1e-12);
    assert_eq!(newspaper.subject.statements[0].publisher, "publisher of newspaper");

    let mixed = only(&findings, "arithmetic-mixed");
    assert_eq!(mixed.verdict, Verdict::Contradicted(Whose::ThirdParties));
    // 5,174,169 / 5,935,625 = 0.87171; 5,174,169 / 0.8841 = 5,852,470
    assert!((real(mixed, "computed") - 0.871_71).abs() < 1e-5);
    assert!((real(mixed, "base_needed") - 5_852_470.0).abs() < 1.0);
    let publishers: Vec<&str> = mixed.subject.statements.iter().map(|said| said.publisher.as_str()).collect();
    assert_eq!(publishers, ["publisher of encyclopaedia", "publisher of final"]);
    assert!(mixed.evidence.iter().any(|line| line.statement.id == "arithmetic-mixed-votes"), "the newspaper's votes");
    assert_eq!(findings.iter().filter(|finding| matches!(finding.verdict, Verdict::Contradicted(_))).count(), 2);
}

#[test]
fn a_pair_that_some_release_could_give_is_not_contradicted() {
    // The night gave no valid votes: 5,000,000 votes may be 88.41 % of them, since 5,655,469 is below 5,726,544.
    let pair = vec![count(votes(0), 5_000_001), percent(share(0), "88.41")];
    let releases = vec![night(), last(), release("paper", PublisherKind::Press, Status::Quoted, pair)];
    let findings = run(&Arithmetic, Contest { releases, ..contest(&PARTIES) });
    assert!(findings.iter().all(|finding| finding.statement.id != "arithmetic-mixed"));
}

#[test]
fn a_poll_before_the_vote_decides_nothing() {
    let findings = run(&Arithmetic, kazakhstan_2007());
    let poll = only(&findings, "arithmetic-poll");
    assert_eq!(poll.verdict, Verdict::Undecided(Reason::NotIdentified));
    // 5,247,720 / 5,935,625 = 0.884106; less 0.80
    assert!((real(poll, "largest_difference") - 8.4106).abs() < 1e-4);
}

#[test]
fn an_announcement_that_excludes_itself_is_the_organisers() {
    // Kazakhstan 2016 as reported: 7,966,000 of 9,810,000 is 81.2 %, not 77.12 %.
    let figures = vec![
        count(Quantity::Registered, 9_810_000),
        count(Quantity::Voted, 7_966_000),
        percent(Quantity::Turnout, "77.12"),
    ];
    let releases = vec![release("final", PublisherKind::Organiser, Status::Final, figures)];
    let findings = run(&Arithmetic, Contest { releases, ..contest(&PARTIES) });
    assert_eq!(findings[0].verdict, Verdict::Contradicted(Whose::Organisers));
    assert!((real(&findings[0], "computed") - 0.812).abs() < 1e-4);
}

#[test]
fn rounding_excludes_nothing() {
    // 2,500,000 of 5,000,000, both perhaps rounded by 50,000 and 500,000: 48.9 % is possible, 30 % is not.
    let of = |printed: &str| {
        let figures = vec![
            count(Quantity::Registered, 5_000_000),
            count(Quantity::Voted, 2_500_000),
            percent(Quantity::Turnout, printed),
        ];
        let releases = vec![release("night", PublisherKind::Organiser, Status::Night, figures)];
        let findings = run(&Arithmetic, Contest { releases, ..contest(&["A", "B"]) });
        findings.into_iter().map(|finding| finding.verdict).collect::<Vec<_>>()
    };
    assert_eq!(of("50"), [Verdict::Proven]);
    assert_eq!(of("48.9"), []);
    assert_eq!(of("30"), [Verdict::Contradicted(Whose::Organisers)]);
}

#[test]
fn sums_that_fail_are_contradicted() {
    let of = |valid, invalid, voted| {
        let figures = vec![
            count(votes(0), 61),
            count(votes(1), 32),
            count(Quantity::Valid, valid),
            count(Quantity::Invalid, invalid),
            count(Quantity::Voted, voted),
        ];
        let releases = vec![release("final", PublisherKind::Organiser, Status::Final, figures)];
        let findings = run(&Arithmetic, Contest { releases, ..contest(&["A", "B"]) });
        findings.iter().map(|finding| finding.statement.id).collect::<Vec<_>>()
    };
    assert_eq!(of(93, 7, 100), ["arithmetic-agrees"]);
    assert_eq!(of(94, 6, 100), ["arithmetic-excludes-options", "arithmetic-agrees"]);
    assert_eq!(of(93, 8, 100), ["arithmetic-excludes-voted", "arithmetic-agrees"]);
    // A voter who kept the paper contradicts nothing.
    assert_eq!(of(93, 7, 101), ["arithmetic-papers-fewer", "arithmetic-agrees"]);
}

#[test]
fn voters_who_keep_their_paper_contradict_nothing() {
    // Russia 2016: 52,700,992 ballots issued, 52,631,849 in the boxes. The share printed is of those in the boxes:
    // 28,527,828 / 52,631,849 = 54.20 %; the turnout of those issued: 52,700,992 / 110,061,200 = 47.88 %.
    let figures = |invalid| {
        vec![
            count(Quantity::Registered, 110_061_200),
            count(Quantity::Voted, 52_700_992),
            count(Quantity::Valid, 52_631_849 - invalid),
            count(Quantity::Invalid, invalid),
            count(votes(0), 28_527_828),
            percent(share(0), "54.20"),
            percent(Quantity::Turnout, "47.88"),
        ]
    };
    let releases = vec![release("final", PublisherKind::Organiser, Status::Final, figures(982_515))];
    let findings = run(&Arithmetic, Contest { releases, ..contest(&["A", "B"]) });
    let verdicts: Vec<Verdict> = findings.iter().map(|finding| finding.verdict).collect();
    assert_eq!(verdicts, [Verdict::Undecided(Reason::Descriptive), Verdict::Proven]);
    let fewer = only(&findings, "arithmetic-papers-fewer");
    // 52,700,992 - 52,631,849
    assert_eq!(measured(fewer, "papers_fewer"), 69_143);
    assert_eq!(fewer.subject.statements[0].text, "voted 52700992; valid 51649334; invalid 982515");
}

#[test]
fn an_unfinished_count_with_the_share_of_the_final_one_contradicts_nothing() {
    // 2,400,011 of 5,333,357 on the night and 3,012,345 of 6,690,111 in the end: both are 45 %.
    let of_night = vec![count(votes(0), 2_400_011), percent(share(0), "45")];
    let of_last = vec![count(Quantity::Valid, 6_690_111), count(votes(0), 3_012_345), percent(share(0), "45.03")];
    let night = release("night", PublisherKind::Organiser, Status::Night, of_night);
    let last = release("final", PublisherKind::Organiser, Status::Final, of_last);
    let findings = run(&Arithmetic, Contest { releases: vec![night, last], ..contest(&["A", "B"]) });
    assert!(findings.iter().all(|finding| !finding.verdict.contradicts_organisers()), "{findings:?}");
}

#[test]
fn figures_of_any_size_are_compared() {
    let most = i64::MAX.unsigned_abs();
    let of = [votes(0), votes(1), Quantity::Valid, Quantity::Invalid, Quantity::Voted, Quantity::Registered];
    let mut figures: Vec<PublishedFigure> = of.into_iter().map(|what| count(what, most)).collect();
    figures.push(percent(Quantity::Turnout, "0.00"));
    let last = release("final", PublisherKind::Organiser, Status::Final, figures);
    let none = vec![count(Quantity::Voted, 0), count(Quantity::Registered, 0), percent(Quantity::Turnout, "0.0")];
    let none = release("night", PublisherKind::Organiser, Status::Night, none);
    let zero = vec![count(Quantity::Voted, 7), percent(Quantity::Turnout, "0.00")];
    let zero = release("preliminary", PublisherKind::Organiser, Status::Preliminary, zero);
    let findings = run(&Arithmetic, Contest { releases: vec![none, zero, last], ..contest(&["A", "B"]) });
    for finding in &findings {
        let finite = |measure: &adil_finding::Measure| match measure.value {
            adil_finding::Value::Real(value) => value.is_finite(),
            _ => true,
        };
        assert!(finding.measures.iter().all(finite), "{finding:?}");
        assert!(finding.statement.id != "arithmetic-across", "no register gives a turnout of nothing");
    }
    // No vote, no voter and nobody on the register: nothing is said of 0 of 0.
    let of_none = |finding: &&Finding| finding.subject.statements.iter().any(|said| said.publisher.ends_with("night"));
    assert!(findings.iter().filter(of_none).all(|finding| !finding.verdict.contradicts_organisers()));
}

#[test]
fn turnout_by_region_of_2012_differs_in_three_places() {
    let areas = |figures: &[(&str, &str)]| -> Vec<PublishedFigure> {
        let figure = |&(area, printed): &(&str, &str)| PublishedFigure {
            area: Some(area.to_owned()),
            ..percent(Quantity::Turnout, printed)
        };
        figures.iter().map(figure).collect()
    };
    let vesti = [
        ("Astana", "53.23"),
        ("Almaty", "41.38"),
        ("Akmola", "78.01"),
        ("Atyrau", "83.55"),
        ("Kyzylorda", "81.95"),
        ("Pavlodar", "71"),
        ("North Kazakhstan", "80"),
    ];
    let tengrinews = [
        ("Astana", "53.3"),
        ("Almaty", "41.4"),
        ("Akmola", "78.0"),
        ("Atyrau", "83.6"),
        ("Kyzylorda", "81.0"),
        ("Pavlodar", "71.0"),
        ("North Kazakhstan", "80.7"),
    ];
    let release = |id, figures| release(id, PublisherKind::Organiser, Status::Night, areas(figures));
    let releases = vec![release("vesti.kz", &vesti), release("tengrinews", &tengrinews)];
    let findings = run(&Arithmetic, Contest { releases, ..contest(&PARTIES) });
    let regions = only(&findings, "arithmetic-regions-differ");
    assert_eq!(regions.verdict, Verdict::Undecided(Reason::Changed));
    assert_eq!((measured(regions, "regions_compared"), measured(regions, "regions_differing")), (7, 3));
    let named = |area: &str| regions.evidence.iter().any(|line| format!("{:?}", line.statement.args).contains(area));
    assert!(named("Kyzylorda") && named("North Kazakhstan") && named("Astana") && !named("Atyrau"));
}
