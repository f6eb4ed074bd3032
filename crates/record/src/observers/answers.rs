//! The answers to one item, one a row, with four kinds of blank.

use super::ItemKind;

/// Why there is no answer. The four are never mixed, and none is in a denominator unless a sentence says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blank {
    /// The question was not put: the form did not come to it.
    NotAsked,
    /// The observer did not see it.
    NotObserved,
    /// It could not be there: no mobile box, no such voters.
    NotApplicable,
    /// The observer asked and was not told or not let.
    Refused,
    /// Something stands there that is no answer: counted, and shown as such.
    Unreadable,
}

impl Blank {
    /// All, in their order.
    pub const ALL: [Self; 5] =
        [Self::NotAsked, Self::NotObserved, Self::NotApplicable, Self::Refused, Self::Unreadable];

    /// The word for it in a file; none for what cannot be written.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::NotObserved => "not-observed",
            Self::NotApplicable => "not-applicable",
            Self::Refused => "refused",
            Self::Unreadable => "",
        }
    }

    /// What a word means. Names of choices in forms for telephones have underscores.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "" | "not-asked" | "not_asked" => Some(Self::NotAsked),
            "not-observed" | "not_observed" => Some(Self::NotObserved),
            "not-applicable" | "not_applicable" => Some(Self::NotApplicable),
            "refused" => Some(Self::Refused),
            _ => None,
        }
    }

    /// The identifier of its name in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::NotAsked => "blank-not-asked",
            Self::NotObserved => "blank-not-observed",
            Self::NotApplicable => "blank-not-applicable",
            Self::Refused => "blank-refused",
            Self::Unreadable => "blank-unreadable",
        }
    }

    fn place(self) -> u8 {
        match self {
            Self::NotAsked => 0,
            Self::NotObserved => 1,
            Self::NotApplicable => 2,
            Self::Refused => 3,
            Self::Unreadable => 4,
        }
    }
}

/// An answer, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The choice at this place.
    Choice(usize),
    /// The choices whose bits are set.
    Choices(u64),
    /// So many, or so many minutes after midnight.
    Number(u32),
    /// Words that are not kept.
    Words,
    /// None.
    Blank(Blank),
}

/// The answers to one item, one a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(Column);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    /// A place among choices, or [`FIRST_BLANK`] and above.
    Small(Vec<u8>),
    /// Bits of choices, or a blank in the highest bits.
    Bits(Vec<u64>),
    /// A number, or a blank from [`FIRST_LARGE`] on.
    Numbers(Vec<u32>),
    /// Words or a blank.
    Words(Vec<u8>),
}

const FIRST_BLANK: u8 = 250;
const FIRST_LARGE: u32 = u32::MAX - 4;
const BITS_BLANK: u64 = 1 << 63;
const NO_BLANK: u8 = 255;

impl Answers {
    /// No answers yet.
    pub(super) fn of(kind: &ItemKind) -> Self {
        Self(match kind {
            ItemKind::OneOf(_) => Column::Small(Vec::new()),
            ItemKind::SeveralOf(_) => Column::Bits(Vec::new()),
            ItemKind::Count | ItemKind::Clock => Column::Numbers(Vec::new()),
            ItemKind::Text => Column::Words(Vec::new()),
        })
    }

    /// Adds what stands in a cell.
    pub(super) fn push(&mut self, kind: &ItemKind, text: &str) {
        let reply = read(kind, text.trim());
        match (&mut self.0, reply) {
            (Column::Small(codes), Reply::Choice(place)) => codes.push(u8::try_from(place).unwrap_or(FIRST_BLANK + 4)),
            (Column::Small(codes), Reply::Blank(blank)) => codes.push(FIRST_BLANK + blank.place()),
            (Column::Bits(bits), Reply::Choices(chosen)) => bits.push(chosen),
            (Column::Bits(bits), Reply::Blank(blank)) => bits.push(BITS_BLANK | u64::from(blank.place())),
            (Column::Numbers(numbers), Reply::Number(number)) => numbers.push(number.min(FIRST_LARGE - 1)),
            (Column::Numbers(numbers), Reply::Blank(blank)) => numbers.push(FIRST_LARGE + u32::from(blank.place())),
            (Column::Words(words), Reply::Words) => words.push(NO_BLANK),
            (Column::Words(words), Reply::Blank(blank)) => words.push(blank.place()),
            // A kind has one column, so nothing else comes here.
            (Column::Small(codes), _) => codes.push(FIRST_BLANK + 4),
            (Column::Bits(bits), _) => bits.push(BITS_BLANK | 4),
            (Column::Numbers(numbers), _) => numbers.push(u32::MAX),
            (Column::Words(words), _) => words.push(4),
        }
    }

    /// The reply in a row; not asked where there is no such row.
    pub fn get(&self, row: usize) -> Reply {
        let blank = |place: u64| {
            let found = Blank::ALL.iter().find(|blank| u64::from(blank.place()) == place);
            Reply::Blank(found.copied().unwrap_or(Blank::Unreadable))
        };
        let found = match &self.0 {
            Column::Small(codes) => codes.get(row).map(|&code| match code.checked_sub(FIRST_BLANK) {
                Some(place) => blank(u64::from(place)),
                None => Reply::Choice(usize::from(code)),
            }),
            Column::Bits(bits) => bits.get(row).map(|&bits| match bits & BITS_BLANK {
                0 => Reply::Choices(bits),
                _ => blank(bits & !BITS_BLANK),
            }),
            Column::Numbers(numbers) => numbers.get(row).map(|&number| match number.checked_sub(FIRST_LARGE) {
                Some(place) => blank(u64::from(place)),
                None => Reply::Number(number),
            }),
            Column::Words(words) => words.get(row).map(|&word| match word {
                NO_BLANK => Reply::Words,
                place => blank(u64::from(place)),
            }),
        };
        found.unwrap_or(Reply::Blank(Blank::NotAsked))
    }
}

fn read(kind: &ItemKind, text: &str) -> Reply {
    if let Some(blank) = Blank::of(text) {
        return Reply::Blank(blank);
    }
    let unreadable = Reply::Blank(Blank::Unreadable);
    let place = |choices: &[String], word: &str| choices.iter().position(|choice| choice == word);
    match kind {
        ItemKind::OneOf(choices) => place(choices, text).map_or(unreadable, Reply::Choice),
        ItemKind::SeveralOf(choices) => {
            let chosen: Option<Vec<usize>> = text.split_whitespace().map(|word| place(choices, word)).collect();
            let bits = |chosen: Vec<usize>| chosen.iter().fold(0, |bits, place| bits | (1u64 << place));
            chosen.map_or(unreadable, |chosen| Reply::Choices(bits(chosen)))
        }
        ItemKind::Count => match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => text.parse().map_or(unreadable, Reply::Number),
            false => unreadable,
        },
        ItemKind::Clock => clock(text).map_or(unreadable, Reply::Number),
        ItemKind::Text => Reply::Words,
    }
}

/// Minutes after midnight of `7:05` or `07:05:30`, with or without an offset behind it.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split([':', '+', '.', 'Z']);
    let mut number = |most: u32| -> Option<u32> {
        let part = parts.next()?;
        let fits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse().ok())?.filter(|&number| number < most)
    };
    Some(number(24)? * 60 + number(60)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_stays_what_it_is() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let kinds = [
            (ItemKind::OneOf(words(&["yes", "no"])), "no", Reply::Choice(1)),
            (ItemKind::SeveralOf(words(&["a", "b", "c"])), "c a", Reply::Choices(0b101)),
            (ItemKind::Count, "120", Reply::Number(120)),
            (ItemKind::Clock, "7:05", Reply::Number(425)),
            (ItemKind::Text, "the chair said", Reply::Words),
        ];
        for (kind, text, reply) in kinds {
            let mut answers = Answers::of(&kind);
            let cells = [text, "", "not-asked", "not-observed", "not-applicable", "refused"];
            cells.iter().for_each(|cell| answers.push(&kind, cell));
            let blanks = [Blank::NotAsked, Blank::NotAsked, Blank::NotObserved, Blank::NotApplicable, Blank::Refused];
            assert_eq!(answers.get(0), reply, "{kind:?}");
            for (row, blank) in (1..).zip(blanks) {
                assert_eq!(answers.get(row), Reply::Blank(blank), "{kind:?} {row}");
            }
            if kind != ItemKind::Text {
                answers.push(&kind, "perhaps");
                assert_eq!(answers.get(6), Reply::Blank(Blank::Unreadable), "{kind:?}");
            }
        }
    }

    #[test]
    fn a_count_is_not_taken_for_a_blank() {
        let mut answers = Answers::of(&ItemKind::Count);
        ["4294967295", "4294967290", "-1", "1e3", "99999999999"].iter().for_each(|cell| {
            answers.push(&ItemKind::Count, cell);
        });
        assert_eq!(answers.get(0), Reply::Number(u32::MAX - 5));
        assert_eq!(answers.get(1), Reply::Number(u32::MAX - 5));
        for row in 2..5 {
            assert_eq!(answers.get(row), Reply::Blank(Blank::Unreadable));
        }
    }
}
