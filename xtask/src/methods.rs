//! `docs/methods`: one page a check, from the doc comment of its file.

use std::fs;
use std::path::Path;

use adil_check::all;

/// Writes the pages and their index.
pub(crate) fn write(root: &Path) -> Result<String, String> {
    let pages = pages();
    for (name, text) in &pages {
        let path = root.join("docs/methods").join(name);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(format!("docs/methods: {} files written", pages.len()))
}

/// Whether the pages on disk are those of the checks.
pub(crate) fn check(root: &Path) -> Result<String, String> {
    let stale = |(name, text): &&(String, String)| {
        fs::read_to_string(root.join("docs/methods").join(name)).ok().as_deref() != Some(text)
    };
    let pages = pages();
    let stale: Vec<&str> = pages.iter().filter(stale).map(|(name, _)| name.as_str()).collect();
    match stale.as_slice() {
        [] => Ok("docs/methods is up to date".to_owned()),
        stale => Err(format!("docs/methods is not up to date: {}; run `cargo xtask methods`", stale.join(", "))),
    }
}

fn pages() -> Vec<(String, String)> {
    let mut index = String::from(
        "# The checks\n\nWritten by `cargo xtask methods` from the doc comments of the checks; `adil explain CHECK` prints the same.\n\n",
    );
    let mut pages = Vec::new();
    for check in all() {
        let (id, page) = (check.id().0, check.page());
        index.push_str(&format!("* [{id}]({id}.md): {}\n", page.summary()));
        pages.push((format!("{id}.md"), page.markdown()));
    }
    pages.push(("README.md".to_owned(), index));
    pages
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_method_pages_are_up_to_date() {
        let outcome = super::check(&crate::root());
        assert!(outcome.is_ok(), "{outcome:?}");
    }
}
