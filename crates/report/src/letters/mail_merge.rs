//! The same letters as rows of a table, for a mail-merge program.
//!
//! RFC 4180: fields in double quotes, a quote in one doubled, rows end with CR LF; UTF-8 without a mark. Every field is
//! quoted, and nothing in it is changed: a name that begins with `=`, `+`, `-` or `@` stays as it is, because an
//! apostrophe before it would be printed on the letter. A spreadsheet that opens the file by a double click may take such a
//! name for a formula, quoted or not; import the file as text, or give it to the mail-merge program directly. Codes are
//! base58 and never begin with such a character.

use super::Letter;

const COLUMNS: [&str; 7] = ["number", "voter_id", "name", "language", "weight", "code", "qr_text"];

/// The first row: the names of the columns.
pub fn mail_merge_header(out: &mut String) {
    row(out, COLUMNS);
}

/// The row of a letter. A name or weight that it lacks is empty.
pub fn mail_merge_row(letter: &Letter<'_>, out: &mut String) {
    let number = letter.number.to_string();
    let (name, weight) = (letter.name.unwrap_or_default(), letter.weight.unwrap_or_default());
    row(out, [&number, letter.voter_id, name, letter.language.tag(), weight, letter.code, letter.qr_text]);
}

fn row(out: &mut String, fields: [&str; COLUMNS.len()]) {
    for (index, field) in fields.into_iter().enumerate() {
        out.push_str(if index == 0 { "\"" } else { ",\"" });
        for (part, text) in field.split('"').enumerate() {
            out.push_str(if part == 0 { "" } else { "\"\"" });
            out.push_str(text);
        }
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use csv_core::{ReadRecordResult, Reader};
    use proptest::prelude::*;

    use super::*;
    use crate::Language;

    /// The fields of the rows as another program's reader takes them.
    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut reader = Reader::new();
        let (mut input, mut rows) = (text.as_bytes(), Vec::new());
        loop {
            let (mut bytes, mut ends) = (vec![0; text.len() + 1], [0; 64]);
            let (result, read, _, fields) = reader.read_record(input, &mut bytes, &mut ends);
            input = &input[read..];
            match result {
                ReadRecordResult::Record => {
                    let begins = [0].iter().chain(&ends);
                    let fields = begins.zip(&ends[..fields]).map(|(begin, end)| bytes[*begin..*end].to_vec());
                    rows.push(fields.map(|field| String::from_utf8(field).expect("UTF-8")).collect());
                }
                ReadRecordResult::End => return rows,
                ReadRecordResult::InputEmpty => {}
                other => panic!("{other:?}"),
            }
        }
    }

    fn letter<'a>(voter_id: &'a str, name: &'a str) -> Letter<'a> {
        let code = "23456-789ABC-DEFGH-JKLMNP";
        let language = Language::Kk;
        Letter { number: 7, voter_id, name: Some(name), language, weight: None, code, qr_text: code }
    }

    #[test]
    fn a_row_is_quoted_and_otherwise_as_it_was() {
        let mut out = String::new();
        mail_merge_header(&mut out);
        mail_merge_row(&letter("17", "=1+1, \"Voter\"\n1"), &mut out);
        let expected = "\"number\",\"voter_id\",\"name\",\"language\",\"weight\",\"code\",\"qr_text\"\r\n\
                        \"7\",\"17\",\"=1+1, \"\"Voter\"\"\n1\",\"kk\",\"\",\"23456-789ABC-DEFGH-JKLMNP\",\
                        \"23456-789ABC-DEFGH-JKLMNP\"\r\n";
        assert_eq!(out, expected);
    }

    proptest! {
        #[test]
        fn another_reader_gets_every_text_back(id in any::<String>(), name in any::<String>()) {
            let mut out = String::new();
            mail_merge_header(&mut out);
            mail_merge_row(&letter(&id, &name), &mut out);
            let rows = rows(&out);
            prop_assert_eq!(rows.len(), 2);
            prop_assert_eq!(&rows[0], &COLUMNS.map(str::to_owned));
            let code = "23456-789ABC-DEFGH-JKLMNP";
            prop_assert_eq!(&rows[1], &["7", &id, &name, "kk", "", code, code].map(str::to_owned));
        }
    }
}
