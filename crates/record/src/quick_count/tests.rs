//! Frames, designs, samples and reports by small examples.

use proptest::prelude::*;

use super::*;
use crate::{Cells, OneOrMany, Rows, RowsError};

/// Lines of a text, cut at commas.
struct Lines<'a>(std::iter::Enumerate<std::str::Lines<'a>>);

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self(text.lines().enumerate())
    }
}

impl Rows for Lines<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some((row, line)) = self.0.next() else { return Ok(None) };
        cells.clear();
        line.split(',').for_each(|cell| cells.push(cell));
        Ok(Some(row as u64 + 1))
    }
}

const FRAME: &str = "district,station,voters\nNorth,1,900\nNorth,2,450\nNorth,3,800\nSouth,4,310\nSouth,5,500\n";

fn columns() -> FrameColumns {
    FrameColumns {
        station: OneOrMany::One("station".into()),
        stratum: Some("district".into()),
        cluster: None,
        register: Some("voters".into()),
    }
}

fn frame() -> Frame {
    Frame::read(&mut Lines::of(FRAME), &columns(), "ab".repeat(32)).expect("a frame")
}

fn design() -> Design {
    Design::new("6 1 5 2", "frame.csv", &frame(), &columns(), &[2, 1]).expect("a design")
}

fn reports(text: &str) -> Result<Reports, QuickCountError> {
    Reports::read(&mut Lines::of(text), &OneOrMany::One("station".into()), &[], &[], "reports.csv")
}

#[test]
fn the_sample_is_what_the_rule_says() {
    // python3 -c "
    // from hashlib import sha256
    // n=lambda s,u: sha256('\n'.join(['adil-quickcount-1','6 1 5 2','ab'*32,s,u,'']).encode()).hexdigest()
    // print(sorted('123',key=lambda u:n('North',u))[:2], sorted('45',key=lambda u:n('South',u))[:1])"
    let sample = draw(&design(), &frame()).expect("a sample");
    let names = |stratum: &SampledStratum| -> Vec<String> {
        stratum.drawn.iter().flatten().map(|&place| frame().stations[place].name.clone()).collect()
    };
    assert_eq!(names(&sample[0]), NORTH);
    assert_eq!(names(&sample[1]), SOUTH);
}

const NORTH: [&str; 2] = ["3", "1"];
const SOUTH: [&str; 1] = ["5"];

#[test]
fn a_design_is_read_back_and_holds_its_frame() {
    assert_eq!(Design::parse(&design().print()), Ok(design()));
    let other = Frame { sha256: "cd".repeat(32), ..frame() };
    assert!(matches!(draw(&design(), &other), Err(QuickCountError::OtherFrame { .. })));
    let text = design().print().replace("units = 3", "units = 4");
    let error = draw(&Design::parse(&text).expect("TOML"), &frame()).expect_err("other strata").to_string();
    assert_eq!(error, "the stratum \"North\" has 3 units in the frame and 4 in the design");
    let rule = Design::parse(&design().print().replace("adil-quickcount-1", "lots"));
    assert!(matches!(rule, Err(QuickCountError::Rule { .. })));
    assert_eq!(Design::new("a\nb", "f", &frame(), &columns(), &[1, 1]), Err(QuickCountError::Seed));
}

#[test]
fn reports_are_put_to_the_sample_drawn_again() {
    let text = "station,time,A,B,invalid\n1,20:00,10,20,1\n2,20:01,5,5,0\n3,20:02,7,7,2\n4,,,,\n";
    let count = SampleCount::new(&design(), frame(), reports(text).expect("reports")).expect("a sample");
    assert_eq!((count.drawn(), count.report_of.len(), count.not_drawn), (3, 2, 1));
    assert_eq!(count.reports.names, ["A", "B"]);
    assert_eq!(count.as_of(|report| report == 0).report_of.len(), 1);
    let first = &reports(text).expect("reports").stations[0];
    assert_eq!((first.base(), first.turnout(), first.time.as_deref()), (30, 31, Some("20:00")));
    let foreign = reports("station,A\n9,3\n").expect("reports");
    assert!(matches!(SampleCount::new(&design(), frame(), foreign), Err(QuickCountError::NotInFrame { row: 2, .. })));
}

#[test]
fn faults_name_row_and_column() {
    let fault = |text: &str| reports(text).expect_err("it is broken").to_string();
    assert_eq!(
        fault("station,A\n1,3\n1,4\n"),
        "row 3: its station stands in row 2 too; one row a station was expected"
    );
    assert!(fault("station,A\n1,-3\n").starts_with("row 2: column 2 has no whole number"));
    assert_eq!(fault("station,A,B\n1,3,\n"), "row 2: column 3 is empty");
    assert_eq!(fault("post,A\n1,3\n"), "has no column \"station\" among its 2 columns");
    assert!(fault("station,time\n1,3\n").contains("no column of votes"));
    assert_eq!(fault(""), "has no row; a header was expected in the first");
    assert_eq!(fault("station,A,A\n"), "column 3 is called as one before it");
}

proptest! {
    #[test]
    fn the_order_of_the_frame_does_not_matter_and_larger_samples_hold_smaller_ones(
        seed in "[a-z0-9]{1,12}", drawn in 1u64..3,
    ) {
        let turned: String = FRAME.lines().take(1).chain(FRAME.lines().skip(1).collect::<Vec<_>>().into_iter().rev())
            .map(|line| format!("{line}\n")).collect();
        let turned = Frame::read(&mut Lines::of(&turned), &columns(), frame().sha256).expect("a frame");
        let names = |frame: &Frame, sizes: &[u64]| -> Vec<Vec<String>> {
            let design = Design::new(&seed, "f", frame, &columns(), sizes).expect("a design");
            let name = |&place: &usize| frame.stations[place].name.clone();
            let of = |stratum: SampledStratum| stratum.drawn.iter().flatten().map(name).collect();
            draw(&design, frame).expect("a sample").into_iter().map(of).collect()
        };
        prop_assert_eq!(names(&frame(), &[drawn, 1]), names(&turned, &[drawn, 1]));
        let (small, large) = (names(&frame(), &[drawn, 1]), names(&frame(), &[drawn + 1, 2]));
        prop_assert!(small[0].iter().all(|name| large[0].contains(name)));
    }
}
