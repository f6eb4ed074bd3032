//! Nested lists of numbers as JSON.
//!
//! Read without a general parser, so that everything that holds a number is wiped, and no buffer grows and leaves a copy
//! behind.

use adil_belenios::Question;
use zeroize::{DefaultIsZeroes, Zeroizing};

use super::AnswerProblem;
use crate::Contest;

/// A bracket or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Number(u32),
}

impl Default for Token {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl DefaultIsZeroes for Token {}

/// The whole, questions, lists of a question.
const DEEPEST: usize = 3;

struct Lexer<'a> {
    bytes: &'a [u8],
    place: usize,
    tokens: Zeroizing<Vec<Token>>,
}

/// The text as tokens, of which the brackets match and the commas are gone.
pub(super) fn tokens(text: &str) -> Result<Zeroizing<Vec<Token>>, AnswerProblem> {
    // A token has at least one byte.
    let tokens = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut lexer = Lexer { bytes: text.as_bytes(), place: 0, tokens };
    lexer.value(0)?;
    if lexer.next().is_some() {
        return Err(lexer.unexpected());
    }
    Ok(lexer.tokens)
}

impl Lexer<'_> {
    /// The next byte that is no space; it stays.
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.place)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.place += 1;
        }
    }

    fn unexpected(&self) -> AnswerProblem {
        AnswerProblem::Json { byte: self.place }
    }

    fn value(&mut self, depth: usize) -> Result<(), AnswerProblem> {
        match self.next() {
            Some(b'[') if depth < DEEPEST => self.list(depth + 1),
            Some(b'0'..=b'9') => self.number(),
            _ => Err(self.unexpected()),
        }
    }

    fn list(&mut self, depth: usize) -> Result<(), AnswerProblem> {
        self.place += 1;
        self.tokens.push(Token::Open);
        if self.next() != Some(b']') {
            loop {
                self.value(depth)?;
                match self.next() {
                    Some(b',') => self.place += 1,
                    Some(b']') => break,
                    _ => return Err(self.unexpected()),
                }
            }
        }
        self.place += 1;
        self.tokens.push(Token::Close);
        Ok(())
    }

    fn number(&mut self) -> Result<(), AnswerProblem> {
        let start = self.place;
        let mut number: u32 = 0;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.place) {
            let longer = number.checked_mul(10).and_then(|tens| tens.checked_add(u32::from(digit - b'0')));
            let has_leading_zero = self.place > start && self.bytes.get(start) == Some(&b'0');
            number = longer.filter(|_| !has_leading_zero).ok_or_else(|| self.unexpected())?;
            self.place += 1;
        }
        self.tokens.push(Token::Number(number));
        Ok(())
    }
}

/// The entries of a list, each with its own brackets if it has any; `None` where it is none.
pub(super) fn entries(tokens: &[Token]) -> Option<Vec<&[Token]>> {
    let [Token::Open, inner @ .., Token::Close] = tokens else { return None };
    let mut entries = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (place, token) in inner.iter().enumerate() {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.checked_sub(1)?,
            Token::Number(_) => {}
        }
        if depth == 0 {
            entries.push(inner.get(start..=place)?);
            start = place + 1;
        }
    }
    Some(entries)
}

/// A list of numbers.
pub(super) fn numbers(entry: &[Token]) -> Option<Zeroizing<Vec<u32>>> {
    let [Token::Open, inner @ .., Token::Close] = entry else { return None };
    let mut numbers = Zeroizing::new(Vec::with_capacity(inner.len()));
    for token in inner {
        let Token::Number(number) = token else { return None };
        numbers.push(*number);
    }
    Some(numbers)
}

/// A list of lists of numbers.
pub(super) fn lists(entry: &[Token]) -> Option<Vec<Zeroizing<Vec<u32>>>> {
    entries(entry)?.into_iter().map(numbers).collect()
}

/// Questions with their numbers, as JSON without spaces.
pub(super) fn write<'a>(answers: impl Iterator<Item = (&'a Contest, Zeroizing<Vec<u32>>)>) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    text.push('[');
    for (place, (contest, numbers)) in answers.enumerate() {
        // No number has more than ten digits; twelve leave room for brackets and commas.
        reserve(&mut text, 12 * (numbers.len() + 2));
        text.push_str(if place > 0 { "," } else { "" });
        match &contest.question {
            Question::Lists { lists, .. } => {
                text.push('[');
                let mut rest: &[u32] = &numbers;
                for (place, list) in lists.iter().enumerate() {
                    let (of_list, others) = rest.split_at(list.len().min(rest.len()));
                    text.push_str(if place > 0 { "," } else { "" });
                    write_numbers(&mut text, of_list);
                    rest = others;
                }
                text.push(']');
            }
            _ => write_numbers(&mut text, &numbers),
        }
    }
    reserve(&mut text, 1);
    text.push(']');
    text
}

fn write_numbers(text: &mut String, numbers: &[u32]) {
    text.push('[');
    for (place, number) in numbers.iter().enumerate() {
        text.push_str(if place > 0 { "," } else { "" });
        let mut power = 1_u32;
        while number / power >= 10 {
            power *= 10;
        }
        while power > 0 {
            let digit = number / power % 10;
            text.extend(char::from_digit(digit, 10));
            power /= 10;
        }
    }
    text.push(']');
}

/// Makes room without leaving a copy behind.
fn reserve(text: &mut Zeroizing<String>, more: usize) {
    if text.capacity() - text.len() < more {
        let mut longer = Zeroizing::new(String::with_capacity(2 * (text.len() + more)));
        longer.push_str(text);
        *text = longer;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lists_of_whole_numbers_are_read() {
        for (text, byte) in [
            ("", 0),
            ("[1", 2),
            ("[1,]", 3),
            ("[,1]", 1),
            ("[01]", 2),
            ("[1 2]", 3),
            ("[-1]", 1),
            ("[1.0]", 2),
            ("[1]x", 3),
            ("[4294967296]", 10),
            ("[[[[1]]]]", 3),
            ("[true]", 1),
        ] {
            assert_eq!(tokens(text).err(), Some(AnswerProblem::Json { byte }), "{text}");
        }
        let [open, close] = [Token::Open, Token::Close];
        let expected = [open, open, Token::Number(4_294_967_295), Token::Number(0), close, open, close, close];
        assert_eq!(tokens(" [ [4294967295,0] ,\n[] ]").as_deref(), Ok(&expected.to_vec()));
    }

    #[test]
    fn numbers_are_written_in_all_their_digits() {
        let mut text = String::new();
        write_numbers(&mut text, &[0, 9, 10, 105, 4_294_967_295]);
        assert_eq!(text, "[0,9,10,105,4294967295]");
    }
}
