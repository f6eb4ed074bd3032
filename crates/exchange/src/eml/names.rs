//! What identifiers and names of EML say: of stations, of the areas that they are in, of persons.

use crate::Fault;
use crate::tree::Element;

/// Whether an identifier is that of a station: its last part is `SB` and a number.
pub(super) fn is_station(id: &str) -> bool {
    let number = short(id).strip_prefix("SB");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The last part of an identifier.
pub(super) fn short(id: &str) -> &str {
    id.rsplit("::").next().unwrap_or(id)
}

/// The identifiers of district and municipality in that of a station: `HSB3::0012::SB7` is in `HSB3` and in `HSB3::0012`.
pub(super) fn prefixes(id: &str) -> (Option<String>, Option<String>) {
    let Some((above, _)) = id.rsplit_once("::") else { return (None, None) };
    match (above.split_once("::"), above.starts_with("HSB")) {
        (Some((district, _)), _) => (Some(district.to_owned()), Some(above.to_owned())),
        (None, true) => (Some(above.to_owned()), None),
        (None, false) => (None, Some(above.to_owned())),
    }
}

/// The name of a person, as it is spoken.
pub(super) fn person(candidate: &Element) -> Result<String, Fault> {
    let Some(full) = candidate.only("CandidateFullName")? else { return Ok(String::new()) };
    let name = full.only("PersonName")?.unwrap_or(full);
    let part = |what: &str| {
        name.all(what)
            .find(|part| part.attributes.iter().all(|(key, _)| key != "NameType"))
            .map(|part| part.text.trim())
    };
    let first = part("FirstName").or_else(|| name.all("NameLine").next().map(|line| line.text.trim()));
    let parts = [first, part("NamePrefix"), part("LastName")];
    Ok(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}
