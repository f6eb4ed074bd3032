//! The records of a workbook's stream (\[MS-XLS\] 2.4): sheets, shared strings, cells.

use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

use super::container::{u16_at, u32_at, workbook_stream};

/// A record: its type and its bytes.
type Record<'a> = (u16, &'a [u8]);

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;
const BIFF8: u16 = 0x0600;

/// A workbook, with the strings that its cells share.
pub(crate) struct XlsBook {
    stream: Vec<u8>,
    sheets: Vec<(String, usize)>,
    strings: Vec<String>,
    /// For each cell format, whether it shows a date.
    dates: Vec<bool>,
    since_1904: bool,
}

impl XlsBook {
    /// Reads the workbook's own records; those of the sheets are read by [`Self::cells`].
    pub(crate) fn open(file: &[u8]) -> Result<Self, String> {
        let stream =
            workbook_stream(file).ok_or("its container is damaged or holds no workbook of Excel 97 or later")?;
        let mut book =
            Self { stream: Vec::new(), sheets: Vec::new(), strings: Vec::new(), dates: Vec::new(), since_1904: false };
        let (mut formats, mut date_formats) = (Vec::new(), Vec::new());
        let mut records = Records { stream: &stream, at: 0 };
        let version = records.next().filter(|record| record.0 == BOF).and_then(|record| u16_at(record.1, 0));
        if version != Some(BIFF8) {
            return Err("it is of a version before Excel 97; save it as XLSX".to_owned());
        }
        while let Some((kind, data)) = records.next() {
            match kind {
                0x002f => return Err("it is protected by a password".to_owned()),
                0x0022 => book.since_1904 = u16_at(data, 0) == Some(1),
                0x0085 => book.sheets.extend(sheet(data)),
                0x00e0 => formats.extend(u16_at(data, 2)),
                0x041e => date_formats.extend(date_format(data)),
                0x00fc => book.strings = shared_strings(data, &mut records),
                EOF => break,
                _ => {}
            }
        }
        book.dates = formats.iter().map(|&format| is_date(format, &date_formats)).collect();
        book.stream = stream;
        Ok(book)
    }

    /// The names of the sheets that have cells, in their order.
    pub(crate) fn sheet_names(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Gives each cell of a sheet to `take`, with row and column counted from 0.
    pub(crate) fn cells<E>(&self, sheet: &str, mut take: impl FnMut(u32, u32, Data) -> Result<(), E>) -> Result<(), E> {
        let Some(&(_, at)) = self.sheets.iter().find(|(name, _)| name == sheet) else { return Ok(()) };
        let records = Records { stream: &self.stream, at };
        // Charts inside the sheet have records of their own, between a beginning and an end.
        let mut depth = 0usize;
        let mut formula = None;
        for (kind, data) in records {
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth != 1 => {}
                // The text of the formula before it.
                0x0207 => {
                    if let (Some((row, column)), Some(text)) = (formula.take(), text(data, 0)) {
                        take(row, column, Data::String(text))?;
                    }
                }
                0x00bd => self.several(data, &mut take)?,
                _ => {
                    let Some((row, column)) = place(data) else { continue };
                    match self.value(kind, data) {
                        Some(Data::Empty) if kind == 0x0006 => formula = Some((row, column)),
                        Some(value) => take(row, column, value)?,
                        None => {}
                    }
                }
            }
        }
        Ok(())
    }

    /// Several compressed numbers in one row.
    fn several<E>(&self, data: &[u8], take: &mut impl FnMut(u32, u32, Data) -> Result<(), E>) -> Result<(), E> {
        let Some((row, first)) = place(data) else { return Ok(()) };
        // Six bytes a number, after row and column and before the last column.
        let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
        for (column, number) in (first..).zip(numbers) {
            if let (Some(format), Some(packed)) = (u16_at(number, 0), u32_at(number, 2)) {
                take(row, column, self.number(unpacked(packed), format))?;
            }
        }
        Ok(())
    }

    fn value(&self, kind: u16, data: &[u8]) -> Option<Data> {
        let format = u16_at(data, 4)?;
        match kind {
            0x0203 => Some(self.number(double_at(data, 6)?, format)),
            0x027e => Some(self.number(unpacked(u32_at(data, 6)?), format)),
            0x00fd => Some(Data::String(self.strings.get(usize::try_from(u32_at(data, 6)?).ok()?)?.clone())),
            0x0204 => text(data, 6).map(Data::String),
            0x0205 => Some(truth_or_error(data, 6, 7)?),
            // A formula's result: a number, or where its last two bytes are set, something else.
            0x0006 if u16_at(data, 12)? != 0xffff => Some(self.number(double_at(data, 6)?, format)),
            0x0006 => match data.get(6)? {
                0 => Some(Data::Empty),
                1 => Some(Data::Bool(*data.get(8)? != 0)),
                2 => Some(error(*data.get(8)?)),
                _ => None,
            },
            _ => None,
        }
    }

    fn number(&self, number: f64, format: u16) -> Data {
        match self.dates.get(usize::from(format)) {
            Some(true) => Data::DateTime(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, self.since_1904)),
            _ => Data::Float(number),
        }
    }
}

struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, length) =
            (u16_at(self.stream, self.at)?, usize::from(u16_at(self.stream, self.at.checked_add(2)?)?));
        let start = self.at + 4;
        let data = self.stream.get(start..start + length)?;
        self.at = start + length;
        Some((kind, data))
    }
}

fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)))
}

fn double_at(data: &[u8], at: usize) -> Option<f64> {
    let bits = u64::from(u32_at(data, at)?) | u64::from(u32_at(data, at + 4)?) << 32;
    Some(f64::from_bits(bits)).filter(|number| number.is_finite())
}

/// A number packed into 30 bits: whole, or the upper part of a fraction, and perhaps in hundredths (2.5.198.2).
fn unpacked(packed: u32) -> f64 {
    let number = match packed & 2 {
        0 => f64::from_bits(u64::from(packed & !3) << 32),
        _ => f64::from(packed.cast_signed() >> 2),
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

fn truth_or_error(data: &[u8], value: usize, is_error: usize) -> Option<Data> {
    let value = *data.get(value)?;
    Some(if *data.get(is_error)? == 0 { Data::Bool(value != 0) } else { error(value) })
}

/// The text that a spreadsheet shows for an error (2.5.10).
fn error(code: u8) -> Data {
    let shown = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Data::String(shown.to_owned())
}

/// Name and place of a sheet; macros and charts on sheets of their own are none.
fn sheet(data: &[u8]) -> Option<(String, usize)> {
    let at = usize::try_from(u32_at(data, 0)?).ok()?;
    let (kind, length, wide) = (*data.get(5)?, usize::from(*data.get(6)?), *data.get(7)? & 1 == 1);
    let (name, _) = letters(data.get(8..)?, length, wide);
    (kind == 0).then_some((name, at))
}

fn is_date(format: u16, date_formats: &[(u16, bool)]) -> bool {
    let own = date_formats.iter().find(|(known, _)| *known == format).map(|(_, date)| *date);
    own.unwrap_or(matches!(format, 14..=22))
}

/// A number format of the workbook, and whether it shows a day: `d` or `y` outside quotation marks and brackets.
fn date_format(data: &[u8]) -> Option<(u16, bool)> {
    let (mut quoted, mut bracketed, mut day) = (false, false, false);
    for letter in text(data, 2)?.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'd' | 'D' | 'y' | 'Y' if !quoted && !bracketed => day = true,
            _ => {}
        }
    }
    Some((u16_at(data, 0)?, day))
}

/// A text with its length and width before it (2.5.294).
fn text(data: &[u8], at: usize) -> Option<String> {
    let (length, flags) = (usize::from(u16_at(data, at)?), *data.get(at + 2)?);
    let skipped = if flags & 8 == 0 { 0 } else { 2 } + if flags & 4 == 0 { 0 } else { 4 };
    Some(letters(data.get(at + 3 + skipped..)?, length, flags & 1 == 1).0)
}

/// Up to `length` letters of one or two bytes, and how many there were.
fn letters(data: &[u8], length: usize, wide: bool) -> (String, usize) {
    if !wide {
        let taken = &data[..length.min(data.len())];
        return (taken.iter().map(|&byte| char::from(byte)).collect(), taken.len());
    }
    let units: Vec<u16> =
        data.chunks_exact(2).take(length).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    (String::from_utf16_lossy(&units), units.len())
}

/// The strings that cells share, from a record and those that continue it (2.4.265). They end where the records do.
fn shared_strings(first: &[u8], records: &mut Records<'_>) -> Vec<String> {
    let mut pieces = vec![first.get(8..).unwrap_or_default()];
    loop {
        let before = records.at;
        match records.next() {
            Some((CONTINUE, data)) => pieces.push(data),
            _ => {
                records.at = before;
                break;
            }
        }
    }
    let mut pieces = Pieces { pieces, piece: 0, at: 0 };
    std::iter::from_fn(|| pieces.string()).collect()
}

struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl Pieces<'_> {
    fn rest(&self) -> &[u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or_default()
    }

    /// The next byte, from the next piece where this one has none left.
    fn byte(&mut self) -> Option<u8> {
        while self.rest().is_empty() {
            if self.piece >= self.pieces.len() {
                return None;
            }
            (self.piece, self.at) = (self.piece + 1, 0);
        }
        let byte = self.rest()[0];
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0usize, |number, byte| Some(number | usize::from(self.byte()?) << (8 * byte)))
    }

    fn string(&mut self) -> Option<String> {
        let (mut left, flags) = (self.number(2)?, self.byte()?);
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let extension = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let (mut string, mut wide) = (String::new(), flags & 1 == 1);
        while left > 0 {
            let (part, count) = letters(self.rest(), left, wide);
            string.push_str(&part);
            left -= count;
            self.at += if wide { 2 * count } else { count };
            if left > 0 {
                // A continued string says its width anew.
                (self.piece, self.at) = (self.piece + 1, 0);
                wide = self.byte()? & 1 == 1;
            }
        }
        self.skip(runs.saturating_mul(4).saturating_add(extension))?;
        Some(string)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let here = self.rest().len().min(bytes);
            (self.at, bytes) = (self.at + here, bytes - here);
            if bytes > 0 {
                (self.piece, self.at) = (self.piece + 1, 0);
                self.pieces.get(self.piece)?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        // By 2.5.198.2: 1 as the upper part of a fraction, 123.45 in hundredths.
        assert_eq!(unpacked(0x3ff0_0000), 1.0);
        assert_eq!(unpacked((12_345 << 2) | 3), 123.45);
        assert_eq!(unpacked((-7i32 << 2).cast_unsigned() | 2), -7.0);
    }

    #[test]
    fn strings_go_on_in_the_next_record() {
        // Two narrow letters, then one of two bytes (U+0410) after the break; then a string of one letter.
        let first = [&[0; 8][..], &[3, 0, 0, b'a', b'b']].concat();
        let stream = [&[0x3c, 0, 7, 0][..], &[1, 0x10, 0x04, 1, 0, 0, b'c'], &[0x0a, 0, 0, 0]].concat();
        let mut records = Records { stream: &stream, at: 0 };
        assert_eq!(shared_strings(&first, &mut records), ["abА", "c"]);
        assert_eq!(records.next(), Some((EOF, [].as_slice())));
    }

    #[test]
    fn what_shows_a_day_is_a_date() {
        let format = |text: &str| {
            let length = u16::try_from(text.len()).expect("short").to_le_bytes();
            date_format(&[&[200, 0][..], &length, &[0], text.as_bytes()].concat())
        };
        assert_eq!(format("yyyy-mm-dd"), Some((200, true)));
        assert_eq!(format("[Red]0 \"days\""), Some((200, false)));
    }
}
