use crate::observers::{
    Blank, DescribedForm, Form, FormTable, FormTableError, ObservationWindow, ObserverBook, Reply, write_answers,
};
use crate::{Cells, OneOrMany, Rows, RowsError};

const FORM: &str = "
id = 'voting'
[[item]]
id = 'seal'
in-order = 'yes'
[[item]]
id = 'who-else'
kind = 'several-of'
choices = ['police', 'agent']
[[item]]
id = 'voters'
kind = 'count'
[[item]]
id = 'opened'
kind = 'clock'
[[item]]
id = 'remarks'
kind = 'text'
";

/// Rows of a text without quotation marks.
struct Lines<'a>(std::str::Lines<'a>, u64);

impl Rows for Lines<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some(line) = self.0.next() else { return Ok(None) };
        self.1 += 1;
        cells.clear();
        line.split(',').for_each(|cell| cells.push(cell));
        Ok(Some(self.1))
    }
}

fn read(text: &str) -> Result<FormTable, FormTableError> {
    let mut book = ObserverBook::default();
    let station = OneOrMany::One("station".to_owned());
    let form = Form::parse(FORM).expect("a form");
    let (described, window) = (DescribedForm::default(), ObservationWindow::default());
    book.read_form("export.csv", form, &described, &station, window, &mut Lines(text.lines(), 0))?;
    assert!(!format!("{book:?}").contains("Aigerim"));
    Ok(book.finished().forms.remove(0))
}

fn replies(table: &FormTable, item: usize) -> Vec<Reply> {
    (0..table.visits.len()).map(|row| table.answers[item].get(row)).collect()
}

#[test]
fn an_export_of_central_is_read_and_nobody_is_in_it() {
    let table = read(
        "SubmissionDate,start,visit-station,visit-observer,visit-arrived,box-seal,box-who-else,box-voters,box-voters_blank,opened,remarks,place-Latitude,meta-instanceID,KEY,SubmitterID,SubmitterName,DeviceID,ReviewState\n\
         2024-03-10T03:00:00.000Z,2024-03-10T08:00:00.000+06:00,7,swift,2024-03-10T08:00:00.000+06:00,yes,agent police,31,,07:05:00.000+06:00,Aigerim said,43.2,uuid:a-1,uuid:a-1,5,Aigerim,phone:1,\n\
         2024-03-10T03:00:00.000Z,,8,swift,,not_applicable,,,not_observed,,,,uuid:a-2,uuid:a-2,5,Aigerim,phone:1,approved\n\
         2024-03-10T03:00:00.000Z,,9,swift,,no,,1,,,,,uuid:a-3,uuid:a-3,5,Aigerim,phone:1,rejected\n",
    )
    .expect("an export");
    assert_eq!((table.visits.len(), table.rejected, table.quarantine.rows()), (2, 1, 0));
    // 02:00 in universal time; `date -u -d "2024-03-10 02:00:00" +%s` is 1710036000.
    assert_eq!(table.visits[0].arrived.map(crate::Moment::seconds), Some(1_710_036_000));
    assert_eq!(replies(&table, 0), [Reply::Choice(0), Reply::Blank(Blank::NotApplicable)]);
    assert_eq!(replies(&table, 1), [Reply::Choices(0b11), Reply::Blank(Blank::NotAsked)]);
    assert_eq!(replies(&table, 2), [Reply::Number(31), Reply::Blank(Blank::NotObserved)]);
    assert_eq!(replies(&table, 3), [Reply::Number(425), Reply::Blank(Blank::NotAsked)]);
    // SubmissionDate, start, place-Latitude, KEY, SubmitterID, SubmitterName, DeviceID.
    assert_eq!(table.unread, 7);
}

#[test]
fn an_export_with_a_column_for_each_choice_is_read() {
    let table = read(
        "start,visit/station,box/seal,box/who-else/police,box/who-else/agent,box/who-else/refused,voters,_id,_uuid,_submission_time\n\
         ,7,yes,1,0,0,3,1,a,2024-03-10T03:00:00\n\
         ,7,no,0,0,1,many,2,b,2024-03-10T03:00:00\n\
         ,7,no,maybe,0,0,,3,c,2024-03-10T03:00:00\n",
    )
    .expect("an export");
    let expected = [Reply::Choices(1), Reply::Blank(Blank::Refused), Reply::Blank(Blank::Unreadable)];
    assert_eq!(replies(&table, 1), expected);
    assert_eq!(replies(&table, 2)[1], Reply::Blank(Blank::Unreadable));
    // start, _id, _submission_time.
    assert_eq!(table.unread, 3);
    assert_eq!(table.absent, ["opened", "remarks"]);
}

#[test]
fn what_was_edited_counts_once_in_whatever_order_it_stands() {
    let header = "meta/instanceID,meta/deprecatedID,station,seal\n";
    let (first, second, third) = ("uuid:a,,7,yes\n", "uuid:b,uuid:a,7,no\n", "uuid:c,uuid:b,7,yes\n");
    for rows in [[first, second, third], [third, second, first], [second, third, first], [second, first, third]] {
        let table = read(&[header, &rows.concat()].concat()).expect("an export");
        assert_eq!((table.visits.len(), table.quarantine.rows()), (3, 0), "{rows:?}");
        let current: Vec<Reply> = table.current().map(|(row, _)| table.answers[0].get(row)).collect();
        assert_eq!(current, [Reply::Choice(0)], "{rows:?}");
        assert_eq!(
            table.visits[table.current().next().expect("one").0].row,
            2 + rows.iter().position(|row| *row == third).expect("it is there") as u64
        );
    }
    // A server may give the last state only.
    let alone = read(&[header, second].concat()).expect("an export");
    assert_eq!((alone.visits.len(), alone.current().count(), alone.quarantine.rows()), (1, 1, 0));
    // In a ring, the row that closes it is set aside, and what it would have replaced stands.
    let ring = read(&[header, "a,c,7,yes\n", "b,a,7,no\n", "c,b,7,yes\n"].concat()).expect("an export");
    assert_eq!((ring.current().count(), ring.quarantine.rows()), (1, 1));
}

#[test]
fn two_columns_for_one_question_are_refused() {
    let error = read("KEY,SubmissionDate,station,a-seal,b-seal\n").expect_err("which one");
    assert!(error.to_string().contains("\"a-seal\" and \"b-seal\" are both \"seal\""), "{error}");
    let error = read("KEY,SubmissionDate,station,box\n").expect_err("no item");
    assert!(error.to_string().starts_with("has no column for an item"), "{error}");
}

#[test]
fn answers_are_written_without_anybody_and_read_again() {
    let table = read(
        "meta-instanceID,meta-deprecatedID,station,observer,arrived,access,overall,seal,who-else,voters,opened,remarks\n\
         uuid:x,,North / 7,swift,2024-03-10T08:00:00Z,full,2,yes,agent,31,7:05,Aigerim\n\
         uuid:y,uuid:x,North / 7,lark,,limited,,refused,police agent,not-observed,not-applicable,\n\
         uuid:z,,=7,lark,,,,perhaps,nobody,many,late,\n",
    )
    .expect("an export");
    let stations = ["North / 7", "=7"];
    let written = write_answers(&table, |number| stations.get(number as usize).copied().unwrap_or_default());
    let expected = "meta-instanceID,meta-deprecatedID,station,arrived,left,access,overall,seal,who-else,voters,opened\n\
         1,,North / 7,2024-03-10T08:00:00Z,,full,2,yes,agent,31,07:05\n\
         2,1,North / 7,,,limited,,refused,police agent,not-observed,not-applicable\n";
    // A station that looks like a formula is set aside at the door (O16).
    assert_eq!((written.as_str(), table.quarantine.rows()), (expected, 1));
    let again = read(&written).expect("an export");
    assert_eq!(again.answers[..4], table.answers[..4]);
    assert_eq!(again.visits[0].replaced_by, Some(1));
}
