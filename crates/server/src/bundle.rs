//! What browsers are given: the files of `web/dist`, in the program itself.

/// The files.
#[derive(rust_embed::Embed)]
#[folder = "../../web/dist"]
pub(crate) struct Bundle;

/// The list of the files with their digests, as JSON. The first entry of every election's log names it.
pub(crate) fn manifest() -> Vec<u8> {
    Bundle::get("manifest.json").map(|file| file.data.into_owned()).unwrap_or_default()
}
