//! A made-up report with everything in it that a report on tables can hold; `board` has the rest. Only tests see them.

use adil_finding::{
    Arg, Axis, CheckId, Coverage, CoverageStatus, Evidence, Figure, Finding, Grid, Histogram, InputFile, Interval,
    Lines, Measure, Message, Place, Point, Reason, Report, Scatter, Series, Side, StatementRef, Subject, Technique,
    Unit, Value, Verdict, Whose,
};

use crate::Language;

mod board;
pub(crate) use board::{board, many_bars};

/// The texts of the sample, which no other build has. There are none in Kazakh, to test the fallback.
pub(crate) fn texts(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../tests/sample/en.ftl"),
        Language::Ru => include_str!("../tests/sample/ru.ftl"),
        Language::Kk => "",
    }
}

fn message(id: &'static str) -> Message {
    Message::new(id)
}

/// A report on one contest with 13 checks and each verdict.
pub(crate) fn report() -> Report {
    Report {
        title: "A parliament’s election".to_owned(),
        date: Some("2011-12-04".to_owned()),
        inputs: vec![InputFile {
            path: "stations/results.csv".to_owned(),
            sha256: "0123456789abcdef".repeat(4),
            bytes: 33_512_345,
            rows: Some(95_228),
        }],
        passed_over: vec![],
        coverage: coverage(),
        findings: findings("Party list", Whose::Organisers),
        questions: vec![],
        seed: 1,
    }
}

/// The same findings for several contests.
pub(crate) fn report_of_contests(contests: usize) -> Report {
    let titles = (1..=contests).map(|number| format!("Contest {number}"));
    Report { findings: titles.flat_map(|title| findings(&title, Whose::ThirdParties)).collect(), ..report() }
}

fn coverage() -> Vec<Coverage> {
    let column = |term| message("need-column").with("column", message(term));
    let of = |technique, status, checks: &[&'static str], needs: Vec<Message>| Coverage {
        technique,
        status,
        checks: checks.iter().map(|check| CheckId(check)).collect(),
        needs,
    };
    use CoverageStatus::{Checked, NotCheckable, Partly};
    vec![
        of(
            Technique::MultipleVoting,
            NotCheckable,
            &[],
            vec![
                column("term-certificates-voted"),
                message("need-register-with-birth-dates"),
                message("need-certificates-by-origin"),
            ],
        ),
        of(Technique::MobileVoting, Partly, &["stations/integers"], vec![message("need-results-by-box")]),
        of(Technique::OfficialsPresent, NotCheckable, &[], vec![message("need-observers-reports")]),
        of(Technique::GroupVoting, NotCheckable, &[], vec![message("need-turnout-by-hour")]),
        of(Technique::Stuffing, Checked, &["stations/impossible", "stations/integers", "stations/comet"], vec![]),
        of(Technique::Count, Partly, &["stations/balance"], vec![message("need-protocol-copies")]),
        of(Technique::UnusedBallots, NotCheckable, &[], vec![column("term-unused")]),
        of(Technique::AdministrativePressure, Partly, &["stations/regions"], vec![message("need-other-elections")]),
    ]
}

fn findings(contest: &str, whose: Whose) -> Vec<Finding> {
    let subject = || Subject::contest(contest).side("Side <A> & Co");
    let new = |check, verdict, statement| Finding::new(CheckId(check), verdict, subject(), statement);
    let undecided = Verdict::Undecided;
    let absent = |column| message("sample-no-column").with("column", message(column));
    vec![
        new("stations/totals", undecided(Reason::Descriptive), totals())
            .brief(message("sample-totals-brief").with("turnout", Arg::Percent(0.601_945, 2)))
            .measure(Measure::count("stations", 95_228, Unit::Stations, source()))
            .measure(Measure::real("turnout", 0.601_945, Unit::Fraction, source())),
        new("stations/balance", Verdict::Proven, message("sample-balance").with("rows", 95_228u64)),
        impossible(subject(), whose),
        new("stations/duplicates", undecided(Reason::Descriptive), message("sample-duplicates").with("groups", 4u64)),
        integers(subject()),
        region(subject().region("Northern\u{1b}[31m Hills"), 41.2),
        region(subject().region("Southern Plain"), 17.9),
        new("stations/fingerprint", undecided(Reason::Descriptive), correlation("sample-fingerprint", 0.61))
            .brief(message("sample-fingerprint-brief").with("r", Arg::Number(0.61, 2)))
            .figure(grid())
            .figure(lines()),
        comet(subject()),
        new("stations/klimek", undecided(Reason::NoNull), klimek()),
        new("stations/mobile", undecided(Reason::NoData), absent("term-in-mobile-boxes")),
        new("stations/unused", undecided(Reason::NoData), absent("term-unused")),
        new("stations/last-digit", Verdict::Unremarkable, last_digit()),
        new("stations/regions", undecided(Reason::NoNull), correlation("sample-regions", 0.43)).figure(scatter()),
        quoted(contest),
    ]
}

fn source() -> Message {
    message("sample-source").with("voters", 100u64)
}

fn totals() -> Message {
    let counts = message("sample-totals").with("stations", 95_228u64).with("registered", 109_237_780u64);
    let turnout = counts.with("turnout", Arg::Percent(0.601_945, 2)).with("side", "Side <A> & Co");
    turnout.with("share", Arg::Percent(0.4932, 2))
}

fn klimek() -> Message {
    message("sample-klimek").with("fi", Arg::Number(0.4213, 3)).with("fe", Arg::Number(0.0391, 3))
}

fn last_digit() -> Message {
    message("sample-last-digit").with("p", Arg::Probability(0.31))
}

fn correlation(id: &'static str, r: f64) -> Message {
    let message = message(id).with("r", Arg::Number(r, 2));
    if id == "sample-regions" { message.with("regions", 83u64).with("side", "Side <A> & Co") } else { message }
}

fn impossible(subject: Subject, whose: Whose) -> Finding {
    let statement = message("sample-impossible").with("stations", 2u64);
    let place = Place { input: "stations/results.csv".to_owned(), row: Some(41_377), column: Some("10".to_owned()) };
    let row = message("sample-row").with("stations", 1u64).with("percent", Arg::Percent(1.02, 1));
    let evidence = Evidence::new(row.with("expected", Arg::Number(0.0, 1))).at(place);
    Finding::new(CheckId("stations/impossible"), Verdict::Contradicted(whose), subject, statement)
        .caveat(message("sample-caveat-cause"))
        .evidence(evidence.value("in_boxes", Value::Count(612)).value("issued", Value::Count(600)))
}

fn integers(subject: Subject) -> Finding {
    let statement = message("sample-integers").with("excess", 1_003u64).with("observed", 9_702u64);
    let statement = statement.with("expected", 8_699u64).with("p", Arg::Probability(1e-20));
    let row = |percent: f64, stations: u64, expected: f64| {
        let row = message("sample-row").with("stations", stations).with("percent", Arg::Percent(percent, 0));
        Evidence::new(row.with("expected", Arg::Number(expected, 1))).value("z", Value::Real(9.25))
    };
    Finding::new(CheckId("stations/integers"), Verdict::Anomalous, subject, statement)
        .caveat(message("sample-caveat-cause"))
        .caveat(message("sample-caveat-count"))
        .measure(Measure::real("excess_either", 1_002.6, Unit::Stations, source()))
        .measure(Measure::real("z_either", 11.37, Unit::StandardDeviations, source()))
        .measure(Measure::real("p_either", 2.5e-20, Unit::Probability, source()))
        .measure(Measure::count("kept_either", 88_511, Unit::Stations, source()))
        .evidence(row(0.75, 412, 238.2))
        .evidence(row(0.8, 397, 229.9))
        .figure(histogram())
}

fn region(subject: Subject, excess: f64) -> Finding {
    let statement = message("sample-region").with("excess", Arg::Number(excess, 1));
    Finding::new(CheckId("stations/integers"), Verdict::Anomalous, subject, statement)
        .caveat(message("sample-caveat-cause"))
        .measure(Measure::real("excess_either", excess, Unit::Stations, source()))
}

fn comet(subject: Subject) -> Finding {
    let statement = message("sample-comet").with("turnout", Arg::Percent(0.515, 1)).with("votes", 14_412_345u64);
    let statement = statement.with("low", Arg::Percent(-0.28, 0)).with("high", Arg::Percent(0.39, 0));
    let brief = message("sample-comet-brief").with("votes", Arg::Number(14.4, 1));
    let brief = brief.with("low", Arg::Percent(-0.28, 0)).with("high", Arg::Percent(0.39, 0));
    let interval = Interval { low: 13_900_000.0, high: 14_950_000.5, level: 0.9, method: message("sample-method") };
    let votes = Measure::real("extra_votes", 14_412_345.25, Unit::Votes, source()).within(interval);
    Finding::new(CheckId("stations/comet"), Verdict::Undecided(Reason::NoNull), subject, statement)
        .brief(brief)
        .caveat(message("sample-caveat-count"))
        .measure(votes)
        .measure(Measure::real("core_turnout", 0.515, Unit::Fraction, source()))
}

fn quoted(contest: &str) -> Finding {
    let statement = |text: &str, publisher: &str| StatementRef {
        publisher: publisher.to_owned(),
        text: text.to_owned(),
        time: Some("2011-12-05".to_owned()),
        source: Some("page 3".to_owned()),
    };
    let mut subject = Subject::contest(contest);
    subject.statements =
        vec![statement("“88.5 % of the votes”", "A newspaper"), statement("5,174,000 votes", "A newspaper")];
    let said = message("sample-quoted").with("stated", Arg::Percent(0.885, 1)).with("true", Arg::Percent(0.9035, 2));
    let verdict = Verdict::Contradicted(Whose::ThirdParties);
    let list = Value::List(vec![Value::Count(5_174_000), Value::Real(0.5), Value::Text("votes".to_owned())]);
    let measure = Measure { name: "stated", value: list, unit: Unit::Pure, interval: None, source: source() };
    Finding::new(CheckId("releases/arithmetic"), verdict, subject, said).measure(measure)
}

fn bell(x: f64, middle: f64, spread: f64) -> f64 {
    (-((x - middle) / spread).powi(2) / 2.0).exp()
}

/// Stations in 1,001 bins of 0.1 points: a bell, whole percentages half as tall again above 70 %, a spike at 100 %.
pub(crate) fn histogram() -> Figure {
    let smooth: Vec<f64> = (0..=1000).map(|bin| 160.0 * bell(f64::from(bin), 560.0, 140.0)).collect();
    let peaked = smooth.iter().enumerate().map(|(bin, value)| {
        let peak = if bin % 10 == 0 && bin >= 600 { 1.5 + 0.6 * f64::from(u8::from(bin % 50 == 0)) } else { 1.0 };
        if bin == 1000 { 1_650.0 } else { (value * peak).round() }
    });
    let series = vec![
        Series { label: message("sample-stations"), side: Side::Neutral, values: peaked.collect() },
        Series { label: message("sample-chance"), side: Side::Expected, values: smooth },
    ];
    let (x, y) = (Axis::fraction(message("sample-turnout")), Axis::number(message("sample-stations"), 0.0, 1_650.0));
    let (title, description) = (message("sample-figure-turnout"), message("sample-figure-turnout-text"));
    let marked = (0..=1000).step_by(10).collect();
    Histogram { id: "turnout", title, description, x, y, first: 0.0, width: 0.001, series, marked }.into()
}

/// Two hundred by two hundred cells: a cloud with a tail towards full turnout and full share.
pub(crate) fn grid() -> Figure {
    let cell = |index: usize| {
        let (x, y) = ((index % 200) as f64, (index / 200) as f64);
        let tail = 900.0 * bell(y - x, 4.0, 12.0) * bell(x, 175.0, 26.0);
        (4_000.0 * bell(x, 105.0, 14.0) * bell(y, 68.0, 13.0) + tail - 3.0).max(0.0).round()
    };
    let (x, y) = (Axis::fraction(message("sample-turnout")), Axis::fraction(message("sample-share")));
    let (title, description) = (message("sample-figure-grid"), message("sample-figure-grid-text"));
    let (cells, unit) = ((0..40_000).map(cell).collect(), message("sample-voters"));
    Grid { id: "grid", title, description, x, y, columns: 200, rows: 200, cells, unit }.into()
}

fn lines() -> Figure {
    let positions: Vec<f64> = (0..=100).map(|percent| f64::from(percent) / 100.0).collect();
    let line = |label, side, height: f64, middle, spread| {
        let values = positions.iter().map(|x| height * bell(*x, middle, spread)).collect();
        Series { label: message(label), side, values }
    };
    let series = vec![
        line("sample-side", Side::Leader, 1_900_000.0, 0.63, 0.17),
        line("sample-others", Side::Others, 1_400_000.0, 0.51, 0.09),
    ];
    let (x, y) = (Axis::fraction(message("sample-turnout")), Axis::number(message("sample-votes"), 0.0, 2_000_000.0));
    let (title, description) = (message("sample-figure-lines"), message("sample-figure-lines-text"));
    Lines { id: "lines", title, description, x, y, positions, series, shaded: Some((0.41, 0.52)) }.into()
}

fn scatter() -> Figure {
    let point = |index: u32| {
        let x = 0.5 + 0.45 * (f64::from(index) / 83.0).powi(3) + 0.02 * f64::from(index * 7 % 11) / 11.0;
        let y = 0.32 + 0.62 * (f64::from(index) / 83.0).powi(2) + 0.1 * f64::from(index * 5 % 13) / 13.0;
        Point { name: format!("Region {index}"), x, y, weight: f64::from(90_000 + index * 37 % 97 * 60_000) }
    };
    let (x, y) = (Axis::fraction(message("sample-turnout")), Axis::fraction(message("sample-share")));
    let (title, description) = (message("sample-figure-scatter"), message("sample-figure-scatter-text"));
    let (points, size) = ((0..83).map(point).collect(), message("sample-voters"));
    Scatter { id: "regions", title, description, x, y, points, size }.into()
}
