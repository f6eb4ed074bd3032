//! Workbooks of Excel 97 to 2003 (XLS, BIFF8).
//!
//! Read here and not by the library that reads the newer formats, because that one lays each sheet out as a full
//! rectangle and indexes without checks: a file of a few bytes can make it ask for 137 GB, or panic. A record is read
//! here only within its bounds, and only filled cells are kept. Source: \[MS-CFB\] and \[MS-XLS\].

mod container;
mod records;

pub(crate) use records::XlsBook;
