//! Lists the built-in maps, so that adding one is adding a file.

use std::fmt::Write as _;
use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=maps");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("maps");
    let mut maps: Vec<_> =
        fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    maps.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    maps.sort();
    let mut list =
        String::from("/// The built-in maps: file name and text.\npub(super) const MAPS: &[(&str, &str)] = &[\n");
    for path in maps {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string()).map_err(io::Error::other)?;
    }
    list.push_str("];\n");
    let target = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("maps.rs");
    fs::write(target, list)
}
