//! What an input may cost: one place for every limit.

/// The most that one input may make us read, hold or count. What exceeds a limit is refused, and the limit is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, or of one file inside an archive, after unpacking.
    pub unpacked_bytes: u64,
    /// Bytes of a ballot archive, after unpacking, in place of `unpacked_bytes`: it is never held in memory.
    pub board_bytes: u64,
    /// Bytes of the first record of a ballot archive, by which it is known.
    pub board_head_bytes: u64,
    /// How many times larger than its packed form a file may be. Tables of results come to 10 to 40, cells that repeat
    /// to 100; deflate cannot exceed 1,032, which only a file made to exhaust the reader comes near.
    pub unpacked_to_packed: u64,
    /// Unpacked bytes below which the ratio is not looked at: a small file may repeat itself.
    pub ratio_from_bytes: u64,
    /// Bytes of a file that has to be held in memory, unpacked: a workbook, a description.
    pub held_bytes: u64,
    /// Files inside one archive.
    pub files_in_archive: usize,
    /// Files below one folder.
    pub files_in_folder: usize,
    /// Folders below the given one that are entered.
    pub folder_depth: usize,
    /// Rows of one table.
    pub rows: u64,
    /// Cells of one row.
    pub cells_per_row: usize,
    /// Bytes of one cell, as UTF-8.
    pub bytes_per_cell: usize,
    /// Bytes of one row, as UTF-8.
    pub bytes_per_row: usize,
    /// Cells of one sheet of a workbook that are not empty.
    pub sheet_cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 2 << 30,
            board_bytes: 64 << 30,
            board_head_bytes: 64 << 10,
            unpacked_to_packed: 250,
            ratio_from_bytes: 16 << 20,
            held_bytes: 512 << 20,
            files_in_archive: 1_000,
            files_in_folder: 10_000,
            folder_depth: 3,
            rows: 20_000_000,
            cells_per_row: 16_384,
            bytes_per_cell: 1 << 20,
            bytes_per_row: 16 << 20,
            sheet_cells: 16_000_000,
        }
    }
}

impl Limits {
    /// The same limits for the bytes of a ballot archive.
    pub(crate) fn of_board(&self) -> Self {
        Self { unpacked_bytes: self.board_bytes, ..*self }
    }
}
