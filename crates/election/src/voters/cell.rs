//! The cells of a voter.

use super::{CELL_CHARACTERS, MOST_WEIGHT, VoterProblem};
use crate::Language;
pub(super) use crate::plan::shortened;
use crate::plan::steers;

/// Why a cell cannot be read by a person.
pub(super) fn unreadable(column: &'static str, cell: &str) -> Option<VoterProblem> {
    // Most cells are short and of printable ASCII.
    if cell.len() <= CELL_CHARACTERS && cell.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    if let Some(character) = cell.chars().find(|character| steers(*character)) {
        return Some(VoterProblem::Character { column, character: u32::from(character) });
    }
    // No text has more characters than bytes.
    let found = if cell.len() > CELL_CHARACTERS { cell.chars().count() } else { 0 };
    (found > CELL_CHARACTERS).then_some(VoterProblem::Long { column, found })
}

/// Why a text is no e-mail address that a letter could go to: one `@`, something before it, a domain with a dot after it,
/// and no more characters than RFC 5321 (section 4.5.3.1) allows. Quoted local parts are refused: hardly any system
/// takes them.
pub(super) fn email_problem(email: &str) -> Option<VoterProblem> {
    (!is_email(email)).then(|| VoterProblem::Email(shortened(email)))
}

fn is_email(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let is_local = |character: char| !character.is_whitespace() && !"@\"(),:;<>[\\]".contains(character);
    let is_label = |label: &str| {
        let is_of_label = |character: char| character.is_alphanumeric() || character == '-';
        !label.is_empty() && label.chars().all(is_of_label) && !label.starts_with('-') && !label.ends_with('-')
    };
    let has_good_dots = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    let is_short = local.len() <= 64 && email.len() <= 254;
    let is_domain = domain.contains('.') && domain.split('.').all(is_label);
    !local.is_empty() && local.chars().all(is_local) && has_good_dots && is_short && is_domain
}

/// The voter's language; the first that is offered where the cell is empty.
pub(super) fn language(cell: &str, offered: &[Language]) -> Result<Language, VoterProblem> {
    let language = if cell.is_empty() {
        offered.first().copied()
    } else {
        Language::of_code(&cell.to_lowercase()).filter(|language| offered.contains(language))
    };
    language.ok_or_else(|| {
        let codes: Vec<&str> = offered.iter().map(|language| language.code()).collect();
        VoterProblem::Language { found: shortened(cell), offered: codes.join(", ") }
    })
}

/// The voter's weight: a whole number from 1 to [`MOST_WEIGHT`].
pub(super) fn weight(cell: &str) -> Result<u128, VoterProblem> {
    let is_digits = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let weight = cell.parse().ok().filter(|weight| is_digits && *weight <= MOST_WEIGHT);
    match weight {
        Some(0) => Err(VoterProblem::ZeroWeight),
        Some(weight) => Ok(weight),
        None => Err(VoterProblem::Weight(shortened(cell))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for email in ["voter@example.org", "a.b+c@xn--80ak6aa92e.com", "избиратель@пример.рф", "o'k@a-b.example.org"]
        {
            assert_eq!(email_problem(email), None, "{email}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for email in [
            "voter",
            "@example.org",
            "voter@",
            "voter@example",
            "a@b@example.org",
            "a b@example.org",
            ".a@example.org",
            "a..b@example.org",
            "a@example..org",
            "a@-example.org",
            "a@example.org,b@example.org",
            "<a@example.org>",
            long.as_str(),
        ] {
            assert!(email_problem(email).is_some(), "{email}");
        }
    }

    #[test]
    fn weights_are_whole_numbers_from_one() {
        assert_eq!(weight("1"), Ok(1));
        assert_eq!(weight("007"), Ok(7));
        assert_eq!(weight("1000000000000000000000000"), Ok(1_000_000_000_000_000_000_000_000));
        assert_eq!(weight("0"), Err(VoterProblem::ZeroWeight));
        for cell in [
            "",
            "1000000000000000000000001",
            "-1",
            "+1",
            "1.0",
            "1,5",
            "1e3",
            "0x10",
            "one",
            "٣",
            "340282366920938463463374607431768211456",
        ] {
            assert_eq!(weight(cell), Err(VoterProblem::Weight(format!("\"{cell}\""))), "{cell}");
        }
    }
}
