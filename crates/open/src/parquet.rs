//! Parquet to rows: the names of the columns as the first row, then the records, one after the other.
//!
//! Whole numbers are printed as such even where the column holds fractions; a missing value is an empty cell; nested
//! values are printed as their writer shows them, for a table of stations has none.

use adil_record::{Cells, Rows, RowsError};
use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;

use crate::unpack::Packed;
use crate::{Fault, Limits, OpenError};

/// The rows of a Parquet file.
pub(crate) struct ParquetRows {
    header: Option<Vec<String>>,
    records: RowIter<'static>,
    limits: Limits,
    row: u64,
}

impl ParquetRows {
    /// Reads the file's directory; the packed bytes are held, the records unpacked a page at a time.
    pub(crate) fn open(packed: &Packed, limits: &Limits) -> Result<Self, OpenError> {
        let bytes = Bytes::from(packed.hold(limits)?);
        let over = |fault| OpenError::fault(&packed.name, fault);
        let cannot = |error: parquet::errors::ParquetError| over(Fault::Parquet(error.to_string()));
        let reader = SerializedFileReader::new(bytes).map_err(cannot)?;
        let groups = reader.metadata().row_groups();
        let stated: u64 = groups.iter().map(|group| u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX)).sum();
        if stated > limits.unpacked_bytes {
            return Err(over(Fault::TooManyBytes { limit: limits.unpacked_bytes }));
        }
        let columns = reader.metadata().file_metadata().schema().get_fields();
        if columns.len() > limits.cells_per_row {
            return Err(over(Fault::TooManyCells { limit: limits.cells_per_row }));
        }
        let header = Some(columns.iter().map(|column| column.name().to_owned()).collect());
        Ok(Self { header, records: RowIter::from_file_into(Box::new(reader)), limits: *limits, row: 0 })
    }

    fn advance(&mut self, cells: &mut Cells) -> Result<bool, Fault> {
        cells.clear();
        if let Some(header) = self.header.take() {
            header.iter().for_each(|name| cells.push(name));
            return Ok(true);
        }
        let Some(record) = self.records.next() else { return Ok(false) };
        let record = record.map_err(|error| Fault::Parquet(error.to_string()))?;
        for (_, field) in record.get_column_iter() {
            let text = written(field);
            if text.len() > self.limits.bytes_per_cell {
                return Err(Fault::CellTooLong { limit: self.limits.bytes_per_cell });
            }
            cells.push(&text);
        }
        match self.row >= self.limits.rows {
            true => Err(Fault::TooManyRows { limit: self.limits.rows }),
            false => Ok(true),
        }
    }
}

fn written(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        other => other.to_string(),
    }
}

impl Rows for ParquetRows {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        if !self.advance(cells).map_err(|fault| fault.at(self.row + 1))? {
            return Ok(None);
        }
        self.row += 1;
        Ok(Some(self.row))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use crate::fixture::{read, refusal};
    use crate::{Declared, Fault};

    fn file(compression: Compression) -> Vec<u8> {
        let schema =
            "message votes { REQUIRED BYTE_ARRAY station (UTF8); OPTIONAL INT64 registered; REQUIRED DOUBLE share; }";
        let schema = Arc::new(parse_message_type(schema).expect("a schema"));
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).expect("a writer");
        let mut group = writer.next_row_group().expect("a group");
        let mut column = group.next_column().expect("a column").expect("the first");
        let names = ["№ 1", "№ 2"].map(|name| ByteArray::from(name));
        column.typed::<ByteArrayType>().write_batch(&names, None, None).expect("written");
        column.close().expect("written");
        let mut column = group.next_column().expect("a column").expect("the second");
        column.typed::<Int64Type>().write_batch(&[900], Some(&[1, 0]), None).expect("written");
        column.close().expect("written");
        let mut column = group.next_column().expect("a column").expect("the third");
        column.typed::<DoubleType>().write_batch(&[0.5, 1097.0], None, None).expect("written");
        column.close().expect("written");
        group.close().expect("written");
        writer.into_inner().expect("written")
    }

    #[test]
    fn records_are_rows_after_a_header() {
        for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY] {
            let expected = [["station", "registered", "share"], ["№ 1", "900", "0.5"], ["№ 2", "", "1097"]];
            assert_eq!(read("a.parquet", &file(compression)), expected);
        }
    }

    #[test]
    fn half_a_file_is_refused() {
        let whole = file(Compression::SNAPPY);
        let said = refusal("a.parquet", &whole[..whole.len() / 2], &Declared::default());
        let expected = Fault::Parquet(String::new()).to_string();
        assert!(said.starts_with(&format!("a.parquet: {expected}")), "{said}");
    }
}
