//! A form, written from what was parsed of it.

use std::fmt::Write as _;

use crate::{Form, FormItem, ItemKind, toml_string};

/// The form as a file, without the questions that are answered in words. `None` where none is left: a form without questions is none.
pub fn rewritten_form(form: &Form) -> Option<String> {
    let mut items = form.items.iter().filter(|item| item.kind != ItemKind::Text).peekable();
    items.peek()?;
    let mut text = format!("id = {}\ntitle = {}\n", toml_string(&form.id), toml_string(&form.title));
    if !form.version.is_empty() {
        let _ = writeln!(text, "version = {}", toml_string(&form.version));
    }
    if let Some(stage) = form.stage {
        let _ = writeln!(text, "stage = {}", toml_string(stage.word()));
    }
    items.for_each(|item| write_item(&mut text, item));
    Some(text)
}

fn write_item(text: &mut String, item: &FormItem) {
    let list =
        |words: &mut dyn Iterator<Item = &String>| words.map(|word| toml_string(word)).collect::<Vec<_>>().join(", ");
    let _ = write!(text, "\n[[item]]\nid = {}\ntext = {}\n", toml_string(&item.id), toml_string(&item.text));
    let (kind, choices): (_, &[String]) = match &item.kind {
        ItemKind::OneOf(choices) => ("one-of", choices),
        ItemKind::SeveralOf(choices) => ("several-of", choices),
        ItemKind::Count => ("count", &[]),
        ItemKind::Clock => ("clock", &[]),
        ItemKind::Text => ("text", &[]),
    };
    let _ = writeln!(text, "kind = \"{kind}\"");
    if !choices.is_empty() {
        let _ = writeln!(text, "choices = [{}]", list(&mut choices.iter()));
    }
    if !item.in_order.is_empty() {
        let in_order = list(&mut item.in_order.iter().filter_map(|&place| choices.get(place)));
        let _ = writeln!(text, "in-order = [{in_order}]");
    }
    if let Some(code) = item.code {
        let _ = writeln!(text, "code = {}", toml_string(code.word()));
    }
    if let Some(obligation) = &item.obligation {
        let _ = writeln!(text, "obligation = {}", toml_string(obligation));
    }
}
