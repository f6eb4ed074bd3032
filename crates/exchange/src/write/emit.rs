//! One tree, written as XML or as JSON.

use std::io::{self, Write};

/// Takes a tree from its root on, in the order of the XML schema.
pub(super) trait Emit {
    /// Begins an object. `is_one_of_several` says that the schema has several types here, so that XML must name it.
    fn begin(&mut self, name: &str, kind: &str, is_one_of_several: bool, id: Option<&str>) -> io::Result<()>;
    /// Ends an object.
    fn end(&mut self, name: &str) -> io::Result<()>;
    /// Begins objects of one name.
    fn begin_list(&mut self, name: &str) -> io::Result<()>;
    /// Ends them.
    fn end_list(&mut self) -> io::Result<()>;
    /// A text.
    fn text(&mut self, name: &str, text: &str) -> io::Result<()>;
    /// A number or a truth value, as it is written in both.
    fn bare(&mut self, name: &str, value: &str) -> io::Result<()>;
    /// References to other objects.
    fn references(&mut self, name: &str, ids: &[String]) -> io::Result<()>;
    /// A text in a language.
    fn words(&mut self, name: &str, text: &str) -> io::Result<()>;
    /// The end of all.
    fn finish(&mut self) -> io::Result<()>;
}

/// The language of names that a record does not say the language of (BCP 47: undetermined).
const LANGUAGE: &str = "und";

/// JSON.
pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    /// Whether something stands before in the object or list at hand.
    began: Vec<bool>,
    /// Whether the level at hand is a list.
    lists: Vec<bool>,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, began: Vec::new(), lists: Vec::new() }
    }

    fn separate(&mut self) -> io::Result<()> {
        match self.began.last_mut() {
            Some(began) if *began => self.out.write_all(b",")?,
            Some(began) => *began = true,
            None => {}
        }
        Ok(())
    }

    fn key(&mut self, name: &str) -> io::Result<()> {
        self.separate()?;
        quoted(self.out, name)?;
        self.out.write_all(b":")
    }

    fn within_list(&self) -> bool {
        self.lists.last().copied().unwrap_or(false)
    }
}

fn quoted(out: &mut dyn Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

impl Emit for Json<'_> {
    fn begin(&mut self, name: &str, kind: &str, _: bool, id: Option<&str>) -> io::Result<()> {
        if self.began.is_empty() {
        } else if self.within_list() {
            self.separate()?;
            self.out.write_all(b"\n")?;
        } else {
            self.key(name)?;
        }
        self.out.write_all(b"{")?;
        self.began.push(false);
        self.lists.push(false);
        self.text("@type", &format!("ElectionResults.{kind}"))?;
        id.map_or(Ok(()), |id| self.text("@id", id))
    }

    fn end(&mut self, _: &str) -> io::Result<()> {
        self.began.pop();
        self.lists.pop();
        self.out.write_all(b"}")
    }

    fn begin_list(&mut self, name: &str) -> io::Result<()> {
        self.key(name)?;
        self.began.push(false);
        self.lists.push(true);
        self.out.write_all(b"[")
    }

    fn end_list(&mut self) -> io::Result<()> {
        self.began.pop();
        self.lists.pop();
        self.out.write_all(b"]")
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.key(name)?;
        quoted(self.out, text)
    }

    fn bare(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.key(name)?;
        self.out.write_all(value.as_bytes())
    }

    fn references(&mut self, name: &str, ids: &[String]) -> io::Result<()> {
        self.key(name)?;
        serde_json::to_writer(&mut *self.out, ids).map_err(io::Error::from)
    }

    fn words(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.begin(name, "InternationalizedText", false, None)?;
        self.begin_list("Text")?;
        self.begin("Text", "LanguageString", false, None)?;
        self.text("Content", text)?;
        self.text("Language", LANGUAGE)?;
        self.end("Text")?;
        self.end_list()?;
        self.end(name)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

/// XML.
pub(super) struct Xml<'a> {
    out: &'a mut dyn Write,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, depth: 0 }
    }

    fn indent(&mut self) -> io::Result<()> {
        write!(self.out, "\n{:1$}", "", 2 * self.depth)
    }
}

/// A text inside XML: what would be taken for markup, or be changed on reading, is written by its number; what XML cannot hold at all is replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(letter))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

impl Emit for Xml<'_> {
    fn begin(&mut self, name: &str, kind: &str, is_one_of_several: bool, id: Option<&str>) -> io::Result<()> {
        if self.depth == 0 {
            let namespace = crate::nist::NAMESPACE;
            write!(self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"{namespace}\"")?;
            write!(self.out, " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")?;
        } else {
            self.indent()?;
            write!(self.out, "<{name}")?;
        }
        if let Some(id) = id {
            write!(self.out, " ObjectId=\"{}\"", escaped(id))?;
        }
        if is_one_of_several {
            write!(self.out, " xsi:type=\"{kind}\"")?;
        }
        self.depth += 1;
        self.out.write_all(b">")
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        self.indent()?;
        write!(self.out, "</{name}>")
    }

    fn begin_list(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn end_list(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.indent()?;
        write!(self.out, "<{name}>{}</{name}>", escaped(text))
    }

    fn bare(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.indent()?;
        write!(self.out, "<{name}>{value}</{name}>")
    }

    fn references(&mut self, name: &str, ids: &[String]) -> io::Result<()> {
        self.text(name, &ids.join(" "))
    }

    fn words(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.indent()?;
        write!(self.out, "<{name}><Text Language=\"{LANGUAGE}\">{}</Text></{name}>", escaped(text))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}
