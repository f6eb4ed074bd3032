//! `cargo xtask bank`: computes the statistics of every election of the bank, and writes them.

use std::fs;
use std::path::{Path, PathBuf};

use adil_check::{Bank, BankElection, ContestView, Piece, Settings, Signature, all, pieces};
use adil_open::{Limits, open_record};

/// Where the bank's files are, below the workspace.
const FOLDER: &str = "crates/check/bank";

/// Writes the bank from the tables in the folder that ADIL_DATA names.
pub(crate) fn write(root: &Path) -> Result<String, String> {
    let data =
        std::env::var_os("ADIL_DATA").map(PathBuf::from).ok_or("ADIL_DATA must name the folder of real tables")?;
    let folder = root.join(FOLDER);
    let text = fs::read_to_string(folder.join("elections.toml")).map_err(|error| error.to_string())?;
    let bank = Bank::parse(&text, "").map_err(|error| error.to_string())?;
    let mut elections = bank.elections;
    let mut all_pieces = Vec::new();
    for election in &mut elections {
        let own = measured(election, &data.join("stations").join(&election.input))?;
        all_pieces.extend(own.into_iter().map(|piece| (election.id.clone(), piece)));
    }
    let (elections_text, pieces_text) = Bank::print(&elections, &all_pieces);
    for (name, text) in [("elections.toml", &elections_text), ("pieces.csv", &pieces_text)] {
        fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(format!("{} elections, {} pieces, {} bytes", elections.len(), all_pieces.len(), pieces_text.len()))
}

/// The pieces of an election, computed without any bank; sets its signature.
fn measured(election: &mut BankElection, input: &Path) -> Result<Vec<Piece>, String> {
    let opened = open_record(&[input.to_path_buf()], &Limits::default(), &())
        .map_err(|error| format!("{}: {error}", input.display()))?;
    let settings = Settings { bank: Bank::empty(), ..Settings::default() };
    let contest = opened.record.contests.first().ok_or_else(|| format!("{}: no contest", input.display()))?;
    let view = ContestView::new(&opened.record, contest, &settings).map_err(|error| error.to_string())?;
    let tested = view.tested.as_ref().ok_or_else(|| format!("{}: no stations", input.display()))?;
    election.signature = Signature::of(tested);
    let pieces = pieces(&opened.record, contest, all(), &settings);
    eprintln!("{}: {} pieces", election.id, pieces.len());
    Ok(pieces)
}
