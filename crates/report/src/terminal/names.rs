//! Long names of options and places, cut for a screen; a page and `--json` have them whole. Who said something is always
//! named in full, and so is what a reader compares character by character: digests and trackers.

use adil_finding::{Arg, Message};

use super::wrap::shortened;

/// The most columns of a name.
const LONGEST: usize = 30;

/// The message with its names, and those of messages inside it, cut to [`LONGEST`] columns.
pub(super) fn cut(message: &Message, ellipsis: &str) -> Message {
    let args = message.args.iter().map(|(name, value)| match *name {
        "publisher" | "digest" | "fingerprint" | "tracker" | "by" => (*name, value.clone()),
        _ => (*name, cut_arg(value, ellipsis)),
    });
    Message { id: message.id, args: args.collect() }
}

fn cut_arg(value: &Arg, ellipsis: &str) -> Arg {
    match value {
        Arg::Text(name) => Arg::Text(shortened(&crate::clean::clean(name), LONGEST, ellipsis)),
        Arg::Message(message) => Arg::from(cut(message, ellipsis)),
        Arg::List(list) => Arg::List(list.iter().map(|value| cut_arg(value, ellipsis)).collect()),
        number => number.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_names_are_cut_wherever_they_stand() {
        let long = "Political party «For all that is good and against the rest»";
        let list = Arg::List(vec![Arg::from(long), Arg::Count(1_234_567)]);
        let message = Message::new("a").with("list", list).with("inside", Message::new("b").with("name", long));
        let short = "Political party «For all…";
        let list = Arg::List(vec![Arg::from(short), Arg::Count(1_234_567)]);
        let expected = Message::new("a").with("list", list).with("inside", Message::new("b").with("name", short));
        assert_eq!(cut(&message, "…"), expected);
        let message = Message::new("a").with("name", "ЕДИНАЯ РОССИЯ").with("publisher", long);
        assert_eq!(cut(&message, "…"), message);
    }
}
