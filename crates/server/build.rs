//! Lists the languages of the pages, so that adding one is adding a file, `locales/<code>.ftl`. What a language calls itself
//! stands in its file as `language-name`.

use std::fmt::Write as _;
use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("locales");
    let mut files: Vec<_> =
        fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    // English is first: it stands in for what another language lacks.
    files.sort_by_key(|path| (!path.ends_with("en.ftl"), path.clone()));
    let mut list =
        String::from("/// The languages: code, own name, file.\nconst LANGUAGES: &[(&str, &str, &str)] = &[\n");
    for path in files {
        let (code, text) = (path.file_stem().unwrap_or_default().to_string_lossy(), fs::read_to_string(&path)?);
        let name = text.lines().find_map(|line| line.strip_prefix("language-name = "));
        let name = name.ok_or_else(|| io::Error::other(format!("{} has no language-name", path.display())))?;
        writeln!(list, "    ({code:?}, {:?}, include_str!({:?})),", name.trim(), path.display().to_string())
            .map_err(io::Error::other)?;
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("languages.rs"), list)
}
