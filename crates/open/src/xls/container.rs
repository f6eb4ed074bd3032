//! The compound file (\[MS-CFB\]) that a workbook's stream is kept in: sectors, chained by tables.

const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Sector numbers from here on mark the end of a chain or a sector without data.
const LAST_SECTOR: u32 = 0xffff_fffa;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;
const MINI_SECTOR_BYTES: usize = 64;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let field = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([field[0], field[1]]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([field[0], field[1], field[2], field[3]]))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|field| u32::from_le_bytes([field[0], field[1], field[2], field[3]]))
}

/// Equal sectors, and the table that says which follows which.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl<'a> Sectors<'a> {
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The sectors of a chain, one after the other. A chain longer than the file has sectors runs in a circle.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let (mut chain, mut number, most) = (Vec::new(), first, self.bytes.len() / self.size + 1);
        for _ in 0..=most {
            if number >= LAST_SECTOR {
                return Some(chain);
            }
            chain.extend_from_slice(self.sector(number)?);
            number = *self.next.get(usize::try_from(number).ok()?)?;
        }
        None
    }
}

/// The stream named `Workbook`; `None` where the container is damaged or has none.
pub(super) fn workbook_stream(file: &[u8]) -> Option<Vec<u8>> {
    let size = match (file.starts_with(SIGNATURE), u16_at(file, 30)?) {
        (true, 9) => 512,
        (true, 12) => 4096,
        _ => return None,
    };
    let mut sectors = Sectors { bytes: file.get(size.max(HEADER_BYTES)..)?, size, next: Vec::new() };
    sectors.next = table(file, &sectors)?;
    let directory = sectors.chain(u32_at(file, 48)?)?;
    let entry = |name: &str| directory.chunks_exact(ENTRY_BYTES).find(|entry| is_named(entry, name));
    let workbook = entry("Workbook")?;
    let (first, bytes) = (u32_at(workbook, 116)?, usize::try_from(u32_at(workbook, 120)?).ok()?);
    let mut stream = if bytes >= usize::try_from(u32_at(file, 56)?).ok()? {
        sectors.chain(first)?
    } else {
        let root = directory.get(..ENTRY_BYTES)?;
        let container = sectors.chain(u32_at(root, 116)?)?;
        let next = numbers(&sectors.chain(u32_at(file, 60)?)?).collect();
        Sectors { bytes: &container, size: MINI_SECTOR_BYTES, next }.chain(first)?
    };
    stream.truncate(bytes);
    Some(stream)
}

/// The table of sectors: its own sectors are listed in the header, and on from there in a chain.
fn table(file: &[u8], sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut listed: Vec<u32> = numbers(file.get(76..HEADER_BYTES)?).collect();
    let (mut more, mut left) = (u32_at(file, 68)?, sectors.bytes.len() / sectors.size + 1);
    while more < LAST_SECTOR && left > 0 {
        listed.extend(numbers(sectors.sector(more)?));
        (more, left) = (listed.pop()?, left - 1);
    }
    let most = sectors.bytes.len() / sectors.size + 1;
    let used = listed.into_iter().filter(|&number| number < LAST_SECTOR).take(most);
    let mut table = Vec::new();
    for number in used {
        table.extend(numbers(sectors.sector(number)?));
        // More entries than there are sectors mean nothing.
        if table.len() > most + sectors.size {
            break;
        }
    }
    Some(table)
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let wide = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes);
    entry.iter().copied().zip(wide.clone()).all(|(found, expected)| found == expected) && wide.count() <= 64
}
