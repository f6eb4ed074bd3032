//! Markup put together piece by piece; text from outside gets in only escaped.

use crate::clean::{clean, clean_command};

/// HTML or SVG in the making.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    out: String,
}

impl Markup {
    /// Markup as it is: only literals and what this crate itself has made.
    pub(crate) fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(&mut self.out, &clean(text));
        self
    }

    /// A command line, escaped, with its spaces as they are.
    pub(crate) fn command(&mut self, command: &str) -> &mut Self {
        push_escaped(&mut self.out, &clean_command(command));
        self
    }

    /// An opening tag with a class.
    pub(crate) fn open(&mut self, tag: &str, class: &str) -> &mut Self {
        self.raw("<").raw(tag).raw(" class=\"").raw(class).raw("\">")
    }

    /// A closing tag.
    pub(crate) fn close(&mut self, tag: &str) -> &mut Self {
        self.raw("</").raw(tag).raw(">")
    }

    /// An element with text in it.
    pub(crate) fn element(&mut self, tag: &str, text: &str) -> &mut Self {
        self.raw("<").raw(tag).raw(">").text(text).close(tag)
    }

    /// An element with a class and text in it.
    pub(crate) fn classed(&mut self, tag: &str, class: &str, text: &str) -> &mut Self {
        self.open(tag, class).text(text).close(tag)
    }

    /// The head of a table: a column each.
    pub(crate) fn columns<'t>(&mut self, names: impl IntoIterator<Item = &'t str>) -> &mut Self {
        self.raw("<thead><tr>");
        for name in names {
            self.raw("<th scope=\"col\">").text(name).close("th");
        }
        self.raw("</tr></thead>")
    }

    /// The head cell of a row.
    pub(crate) fn row_head(&mut self, text: &str) -> &mut Self {
        self.raw("<th scope=\"row\">").text(text).close("th")
    }

    /// The markup so far.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}

/// Text as it may stand in an element or in a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No document may hold these, escaped or not.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut markup = Markup::default();
        markup.classed("p", "x", "<script>alert('1')</script> & \"2\"\u{1}");
        let expected = "<p class=\"x\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;2&quot;</p>";
        assert_eq!(markup.finish(), expected);
    }
}
