//! Which encoding a text is in, where nobody says so.
//!
//! A byte-order mark decides; else the text is UTF-8 if all of it is valid UTF-8. Older encodings cannot be told by
//! rule: the beginning is read in each of them, and the letters that come out are compared with those frequent in a
//! language written in it: the log-likelihood of the letters outside ASCII, each word counted once, for the same few
//! names fill a column. A letter that stands where no word has it (a capital after a small letter, a final Hebrew
//! letter inside a word, an accented Latin letter without neighbours, another script's letter beside a Latin one)
//! counts as one that the language does not have.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs::{WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255};

/// The encoding of a text and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundEncoding {
    /// The name, as in the WHATWG Encoding Standard: `UTF-8`, `windows-1251`.
    pub name: &'static str,
    /// How it is known.
    pub by: EncodingBy,
}

/// How an encoding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingBy {
    /// The description of the record names it.
    Declaration,
    /// The file begins with a byte-order mark.
    Mark,
    /// The bytes are valid UTF-8.
    Validity,
    /// The letters fit it clearly better than others.
    Letters,
    /// The format has it: workbooks, Parquet.
    Format,
}

/// A guess at the encoding of bytes that are not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Encodings, the likeliest first.
    pub candidates: Vec<&'static str>,
    /// Whether the first fits clearly better than those that read the bytes otherwise.
    pub clear: bool,
}

/// An encoding, and the letters of a language written in it, the frequent ones first.
struct Candidate {
    encoding: &'static Encoding,
    letters: &'static str,
    /// Letters that stand at the end of words only.
    final_only: &'static str,
    /// Whether words also have ASCII letters, so that letters outside ASCII rarely stand together.
    latin: bool,
}

const RUSSIAN: &str = "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъёіңғүұқөһә";
const HEBREW: &str = "יולהאמרתבשנםחקפדעכגסטןצזךףץ";
const GREEK: &str = "αοιετσνηυρπκμλωςδγάίόέχθήφβξύώζψϊϋΐΰ";
const POLISH_CZECH_HUNGARIAN: &str = "ąęółśżźćńáéíýžščřěůúťďňőűöüäôľĺŕ";
const WESTERN: &str = "éáóíñúüöäåãçêèàâôøæõßëïûîòìùýº";
const TURKISH: &str = "ıişğüöçâîû";

static CANDIDATES: [Candidate; 8] = [
    Candidate { encoding: WINDOWS_1251, letters: RUSSIAN, final_only: "", latin: false },
    Candidate { encoding: WINDOWS_1255, letters: HEBREW, final_only: "םןךףץ", latin: false },
    Candidate { encoding: WINDOWS_1252, letters: WESTERN, final_only: "", latin: true },
    Candidate { encoding: WINDOWS_1250, letters: POLISH_CZECH_HUNGARIAN, final_only: "", latin: true },
    Candidate { encoding: WINDOWS_1253, letters: GREEK, final_only: "ς", latin: false },
    Candidate { encoding: WINDOWS_1254, letters: TURKISH, final_only: "", latin: true },
    Candidate { encoding: KOI8_R, letters: RUSSIAN, final_only: "", latin: false },
    Candidate { encoding: IBM866, letters: RUSSIAN, final_only: "", latin: false },
];

/// Log-likelihood of a letter that the language does not have, or not there.
const FOREIGN: f64 = -9.0;
/// By how much the log-likelihood must be better than the next to be clear.
const CLEAR: f64 = 12.0;
/// A mean log-likelihood of a letter below this is no text of the language at all.
const POOR: f64 = -5.0;

/// The encoding that a byte-order mark names.
pub(crate) fn by_mark(beginning: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_bom(beginning)?.0;
    [UTF_8, UTF_16LE, UTF_16BE].into_iter().find(|&known| known == encoding)
}

/// Guesses the encoding of bytes that are not UTF-8, from the letters in them.
pub fn guess_encoding(bytes: &[u8]) -> Guess {
    let read = |candidate: &Candidate| {
        let (text, _, malformed) = candidate.encoding.decode(bytes);
        let fit = if malformed { Fit::none() } else { Fit::of(&text, candidate) };
        (fit, candidate.encoding.name(), text.into_owned())
    };
    let mut fits: Vec<_> = CANDIDATES.iter().map(read).collect();
    // Stable, so that ties keep the order above.
    fits.sort_by(|a, b| b.0.mean.total_cmp(&a.0.mean));
    let (best, _, text) = &fits[0];
    let other = fits.iter().find(|other| other.2 != *text).map_or(FOREIGN, |other| other.0.mean);
    let clear = best.mean > POOR && (best.mean - other) * best.letters > CLEAR;
    let candidates = fits.iter().take(3).filter(|fit| fit.0.mean > FOREIGN).map(|fit| fit.1).collect();
    Guess { candidates, clear }
}

/// How well a text fits a language.
struct Fit {
    /// Mean log-likelihood of a letter outside ASCII.
    mean: f64,
    /// How many such letters there are in different words.
    letters: f64,
}

impl Fit {
    fn none() -> Self {
        Self { mean: FOREIGN, letters: 0.0 }
    }

    /// By rank: the probability of the k-th letter is proportional to 1 / (k + 3).
    fn of(text: &str, candidate: &Candidate) -> Self {
        let alphabet: Vec<char> = candidate.letters.chars().collect();
        let total: f64 = (0..alphabet.len()).map(|rank| 1.0 / (rank as f64 + 3.0)).sum();
        let foreign_word = |word: &&str| !word.is_ascii();
        let words: BTreeSet<&str> =
            text.split(|c: char| c.is_ascii() && !c.is_alphabetic()).filter(foreign_word).collect();
        let (mut sum, mut count) = (0.0, 0.0);
        for word in words {
            let letters: Vec<char> = word.chars().collect();
            for (at, &letter) in letters.iter().enumerate().filter(|(_, letter)| !letter.is_ascii()) {
                let before = at.checked_sub(1).map_or(' ', |before| letters[before]);
                let after = letters.get(at + 1).copied().unwrap_or(' ');
                let lower = letter.to_lowercase().next().unwrap_or(letter);
                let misplaced = (letter.is_uppercase() && before.is_lowercase())
                    || (candidate.final_only.contains(letter) && after.is_alphabetic())
                    || match candidate.latin {
                        true => !before.is_ascii_alphabetic() && !after.is_ascii_alphabetic(),
                        false => before.is_ascii_alphabetic() || after.is_ascii_alphabetic(),
                    };
                let rank = alphabet.iter().position(|&known| known == lower).filter(|_| !misplaced);
                sum += rank.map_or(FOREIGN, |rank| (1.0 / (rank as f64 + 3.0) / total).ln());
                count += 1.0;
            }
        }
        if count == 0.0 { Self::none() } else { Self { mean: sum / count, letters: count } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(text: &str, encoding: &'static Encoding) -> (Option<&'static str>, bool) {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "{text} is not in {}", encoding.name());
        let guess = guess_encoding(&bytes);
        (guess.candidates.first().copied(), guess.clear)
    }

    #[test]
    fn the_letters_tell_the_encoding() {
        let russian =
            "Наименование комиссии,Число избирателей,включенных в список\nКурган,УИК №12,100\nЗаречный,13,90\n";
        for encoding in [WINDOWS_1251, KOI8_R, IBM866] {
            let text = if encoding == WINDOWS_1251 { russian.to_owned() } else { russian.replace('№', "N") };
            assert_eq!(guessed(&text, encoding), (Some(encoding.name()), true));
        }
        let hebrew = "שם ישוב,סמל ישוב,מספר קלפי,בזב,מצביעים,פסולים,כשרים\nירושלים,3000,1,600,400,3,397\nתל אביב,5000,2,1,1,0,1\n";
        assert_eq!(guessed(hebrew, WINDOWS_1255), (Some("windows-1255"), true));
        let portuguese = "Eleição;Município;Seção;Votação\nSão Paulo;1;12;90\nJaboatão;2;3;4\nAbstenções;1;1;1\n";
        assert_eq!(guessed(portuguese, WINDOWS_1252), (Some("windows-1252"), true));
        // Four accented letters, all of which the encoding of Central Europe reads as letters too.
        assert_eq!(guessed("Sección;Año\nPAVÓN;2015\nCórdoba;2015\n", WINDOWS_1252), (Some("windows-1252"), false));
        let polish = "Województwo;Liczba głosów ważnych;Łódź\nświętokrzyskie;12;1\nmałopolskie;14;2\nśląskie;11;1\n";
        assert_eq!(guessed(polish, WINDOWS_1250), (Some("windows-1250"), true));
        let greek = "Νομός,Εγγεγραμμένοι,Έγκυρα,Άκυρα\nΑττικής,100,50,1\nΘεσσαλονίκης,90,40,2\n";
        assert_eq!(guessed(greek, WINDOWS_1253), (Some("windows-1253"), true));
    }

    #[test]
    fn the_same_name_in_every_row_is_no_more_evidence() {
        // One short word is not enough to tell Hebrew from Cyrillic.
        let (bytes, ..) = WINDOWS_1255.encode("אב");
        assert!(!guess_encoding(&[&bytes[..], b","].concat().repeat(1000)).clear);
    }

    #[test]
    fn noise_is_not_called_clear() {
        let noise: Vec<u8> = (0..4000u32).map(|k| (k.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
        assert!(!guess_encoding(&noise).clear);
        assert!(!guess_encoding(b"\xff").clear);
    }
}
