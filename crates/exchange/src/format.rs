//! What a file is, by its contents.

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// NIST SP 1500-100 as JSON.
    NistJson,
    /// NIST SP 1500-100 as XML.
    NistXml,
    /// EML 510: counts.
    EmlCount,
    /// EML 520: a result.
    EmlResult,
}

impl Format {
    /// Bytes of a file's beginning within which a format shows itself.
    pub const BEGINNING_BYTES: u64 = 64 << 10;

    /// The format of a file by its first bytes: the root element, or the `@type` of the outermost object. The file's name does not matter.
    pub fn of(beginning: &[u8]) -> Option<Self> {
        let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
        match text.first() {
            Some(b'{') => contains(text, b"\"ElectionResults.ElectionReport\"").then_some(Self::NistJson),
            Some(b'<') => {
                let root = root(text)?;
                let name = root.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next()?;
                let local = name.rsplit(|&byte| byte == b':').next()?;
                match local {
                    b"ElectionReport" => Some(Self::NistXml),
                    b"EML" => Self::of_eml(&attribute(root, "Id")?),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The format of an EML document by its `Id`.
    pub(crate) fn of_eml(id: &str) -> Option<Self> {
        match id.get(..3)? {
            "510" => Some(Self::EmlCount),
            "520" => Some(Self::EmlResult),
            _ => None,
        }
    }
}

/// The start tag of the root, without its `<`; what stands before it is passed over.
fn root(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = text.trim_ascii_start();
        let end: &[u8] = match text {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // A document type is refused by the reader, with its reason.
            [b'<', b'!', ..] => match text.iter().position(|&byte| byte == b'[') {
                Some(_) => b"]>",
                None => b">",
            },
            [b'<', rest @ ..] => return Some(rest.split(|&byte| byte == b'>').next().unwrap_or(rest)),
            _ => return None,
        };
        let at = text.windows(end.len()).position(|window| window == end)?;
        text = text.get(at + end.len()..)?;
    }
}

/// The value of an attribute without prefix.
fn attribute(tag: &[u8], name: &str) -> Option<String> {
    let tag = String::from_utf8_lossy(tag);
    let mut rest = tag.as_ref();
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        if before.is_some_and(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=').map(str::trim_start)
        {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return value[1..].split(quote).next().map(str::to_owned);
        }
        rest = &rest[at + name.len()..];
    }
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_decide() {
        let of = |text: &str| Format::of(text.as_bytes());
        assert_eq!(of("{\"@type\": \"ElectionResults.ElectionReport\"}"), Some(Format::NistJson));
        assert_eq!(
            of("\u{feff} <?xml version='1.0'?><!-- a --><n:ElectionReport xmlns:n='x'/>"),
            Some(Format::NistXml)
        );
        assert_eq!(of("<EML SchemaVersion=\"5\" Id = '510b'>"), Some(Format::EmlCount));
        assert_eq!(of("<EML\n  Id=\"520\">"), Some(Format::EmlResult));
        assert_eq!(of("<EML Id=\"230b\">"), None);
        assert_eq!(of("<EML xmlId=\"510\">"), None);
        assert_eq!(of("<!DOCTYPE x [<!ENTITY a 'b'>]><ElectionReport>"), Some(Format::NistXml));
        assert_eq!(of("<html><ElectionReport>"), None);
        assert_eq!(of("{\"type\": \"FeatureCollection\"}"), None);
        assert_eq!(of("<!-- never closed"), None);
        assert_eq!(of(""), None);
    }
}
