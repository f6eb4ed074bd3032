//! The roles of the demonstration, each with its folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use adil_belenios::hold::VotingCode;
use adil_belenios::{Answer, SealedBallot};
use adil_election::authority::revocations;
use adil_election::statement::Statement;

use super::plan::{LEAKED, QUESTIONS, VOTERS, Vote};
use crate::commands::election::arguments::{
    Add, Assemble, Credentials, New, Passphrase, TrusteeCert, TrusteeFiles, TrusteeOn, TrusteeStep,
};
use crate::commands::election::{ballots, closing, credentials, new, opening, trustee};
use crate::hold::authority::{Authority, SpareCode};
use crate::hold::board::Board;
use crate::hold::files::{self, Readers};
use crate::hold::organiser::{ASSEMBLED, Held, Organiser, REHEARSAL, note_bytes};
use crate::hold::{HoldFailure, random};

/// Trustees, and how many of them are enough.
const TRUSTEES: usize = 5;
const ENOUGH: usize = 3;

/// The folders, and the codes as their voters have them.
pub(super) struct Roles {
    folder: PathBuf,
    /// The voters' codes.
    pub(super) codes: Vec<VotingCode>,
}

impl Roles {
    fn of(&self, role: &str) -> PathBuf {
        self.folder.join("roles").join(role)
    }

    /// The folder of a trustee, from 1.
    pub(super) fn trustee(&self, number: usize) -> PathBuf {
        self.of(&format!("trustee-{number}"))
    }

    pub(super) fn passphrase(&self) -> PathBuf {
        self.of("passphrase")
    }

    /// Sets the election up and opens it at a time, in seconds.
    pub(super) fn set_up(folder: &Path, time: u64) -> Result<Self, HoldFailure> {
        let mut roles = Self { folder: folder.to_owned(), codes: Vec::new() };
        let plan = tempfile::NamedTempFile::new().map_err(|error| HoldFailure::file(folder, error))?;
        std::fs::write(plan.path(), QUESTIONS).map_err(|error| HoldFailure::file(plan.path(), error))?;
        new::run(&New {
            folder: folder.to_owned(),
            questions: Some(plan.path().to_owned()),
            lang: crate::arguments::Lang::En,
            origin: None,
        })?;
        let draft = folder.join("draft.json");
        std::fs::create_dir(folder.join("roles")).map_err(|error| HoldFailure::file(folder, error))?;
        roles.give_codes(&draft)?;
        let files = roles.make_keys(&draft)?;
        opening::assemble(&Assemble {
            folder: folder.to_owned(),
            files: [vec![roles.of("authority").join("credentials.json")], files].concat(),
        })?;
        let rehearsal = folder.join(REHEARSAL);
        for number in 1..=ENOUGH {
            trustee::run(&TrusteeStep::Test(roles.on(number, &rehearsal)))?;
        }
        let organiser = Organiser::open(folder)?;
        let answers = (1..=ENOUGH).map(|number| roles.trustee(number).join("rehearsed.json")).collect();
        let assembled = opening::Kept::read(&folder.join(ASSEMBLED))?;
        opening::rehearsed(&organiser, &assembled, answers)?;
        opening::begin(&organiser, &assembled, time)?;
        Ok(roles)
    }

    fn give_codes(&mut self, draft: &Path) -> Result<(), HoldFailure> {
        let list: String = (1..=VOTERS).map(|number| format!("voter-{number},Voter {number}\n")).collect();
        let voters = self.of("voters.csv");
        files::write(&voters, format!("id,name\n{list}").as_bytes(), Readers::All)?;
        credentials::run(&Credentials {
            folder: self.of("authority"),
            draft: draft.to_owned(),
            voters,
            spares: 100,
            no_letters: false,
            vote_at: Some("adil election vote ORG".to_owned()),
            check_at: None,
        })?;
        // The spare codes and the authority have different holders.
        let spares = self.of("spares");
        std::fs::rename(self.of("authority").join("spares"), &spares)
            .map_err(|error| HoldFailure::file(&spares, error))?;
        let table = files::read_private_text(&self.of("authority").join("private/codes.csv"))?;
        let code = |row: &str| row.split(['"', ',']).find_map(|cell| VotingCode::parse(cell).ok());
        self.codes = table.lines().filter_map(code).collect();
        Ok(())
    }

    fn make_keys(&self, draft: &Path) -> Result<Vec<PathBuf>, HoldFailure> {
        let passphrase: String = {
            let mut seed = random::seed()?;
            seed.iter_mut().map(|byte| char::from(b'a' + *byte % 26)).collect()
        };
        files::write(&self.passphrase(), passphrase.as_bytes(), Readers::Owner)?;
        for number in 1..=TRUSTEES {
            trustee::run(&TrusteeStep::Cert(TrusteeCert {
                folder: self.trustee(number),
                draft: draft.to_owned(),
                threshold: ENOUGH,
                members: TRUSTEES,
                number,
                name: Some(format!("Trustee {number}")),
                passphrase: self.with_passphrase(),
            }))?;
        }
        let all = |kind: &str| -> Vec<PathBuf> {
            (1..=TRUSTEES).map(|number| self.trustee(number).join(format!("{kind}-{number}.json"))).collect()
        };
        for number in 1..=TRUSTEES {
            trustee::run(&TrusteeStep::Contribute(self.with(number, all("certificate"))))?;
        }
        for number in 1..=TRUSTEES {
            trustee::run(&TrusteeStep::Finish(self.with(number, all("contribution"))))?;
        }
        Ok([all("certificate"), all("contribution"), all("finished")].concat())
    }

    fn with_passphrase(&self) -> Passphrase {
        Passphrase { passphrase_file: Some(self.passphrase()) }
    }

    fn with(&self, number: usize, files: Vec<PathBuf>) -> TrusteeFiles {
        TrusteeFiles { folder: self.trustee(number), files, passphrase: self.with_passphrase() }
    }

    fn on(&self, number: usize, on: &Path) -> TrusteeOn {
        TrusteeOn { folder: self.trustee(number), on: on.to_owned(), passphrase: self.with_passphrase() }
    }

    /// Voters vote with their codes.
    pub(super) fn vote(&self, held: &mut Held, votes: &[Vote], minute: u64) -> Result<(), HoldFailure> {
        let codes: Vec<&VotingCode> = votes.iter().filter_map(|vote| self.codes.get(vote.voter)).collect();
        cast(held, &codes, votes, minute)
    }

    /// Voters vote with the spare codes that the revocations gave them.
    pub(super) fn vote_by_spare(&self, held: &mut Held, votes: &[Vote], minute: u64) -> Result<(), HoldFailure> {
        let spares: Vec<SpareCode> =
            serde_json::from_slice(&files::read_private(&self.of("spares").join("codes.json"))?)
                .map_err(|error| HoldFailure::file(&self.of("spares"), error))?;
        let mut codes = Vec::new();
        for vote in votes {
            let own = self.codes.get(vote.voter).map(|code| held.board.polls.public_credential(code));
            let credential = adil_belenios::digest(own.unwrap_or_default().as_bytes());
            let given = held.board.ledger.revocation_of(&credential).map(|revoked| revoked.revocation.spare.clone());
            let spare = spares.iter().find(|spare| Some(&spare.credential) == given.as_ref());
            let code = spare.and_then(|spare| VotingCode::parse(&spare.code).ok());
            codes.push(code.ok_or_else(|| HoldFailure::Order("a voter has no spare code".to_owned()))?);
        }
        cast(held, &codes.iter().collect::<Vec<_>>(), votes, minute)
    }

    /// The authority and the organiser revoke the leaked codes.
    pub(super) fn revoke(&self, held: &mut Held, since: u64, now: u64) -> Result<(), HoldFailure> {
        let authority = Authority::open(&self.of("authority"))?;
        let register = authority.register()?;
        let leaked = LEAKED.map(|voter| format!("voter-{}", voter + 1));
        let credentials: Vec<String> =
            leaked.filter_map(|id| register.get(&id).map(|voter| voter.credential.clone())).collect();
        let reason = "The codes of these voters were published.";
        let key = authority.key()?;
        let mut entries = Vec::new();
        for revocation in revocations(&held.board.ledger, &credentials, &BTreeMap::new(), since, now, reason)? {
            let note = Statement::Revocation(revocation).signed(&[&key, &held.keys.organiser])?;
            entries.push(note_bytes(&note));
        }
        held.log_statements(&entries, &[])?;
        Ok(())
    }

    /// Two trustees shuffle, three decrypt; the organiser logs what they hand in.
    pub(super) fn tally(&self) -> Result<(), HoldFailure> {
        for number in [1, 3] {
            trustee::run(&TrusteeStep::Shuffle(self.on(number, &self.folder)))?;
            self.hand_in(number, "shuffle.json")?;
        }
        for number in [1, 3, 5] {
            trustee::run(&TrusteeStep::Decrypt(self.on(number, &self.folder)))?;
            self.hand_in(number, "decryption.json")?;
        }
        Ok(())
    }

    fn hand_in(&self, number: usize, file: &str) -> Result<(), HoldFailure> {
        let files = vec![self.trustee(number).join(file)];
        closing::add(&Add { folder: self.folder.clone(), files, owner: None }).map(|_| ())
    }
}

/// The answers of a vote, as they are encrypted.
pub(super) fn answers(chair: usize, ranks: [u32; 4]) -> Vec<Answer> {
    let mut bits = vec![0; 4];
    // Blank first.
    bits[(chair + 1) % 4] = 1;
    vec![Answer::Bits(bits), Answer::Vector(ranks.to_vec())]
}

/// Makes ballots with codes.
pub(super) fn seal(board: &Board, codes: &[&VotingCode], votes: &[Vec<Answer>]) -> Result<Vec<String>, HoldFailure> {
    let pairs: Vec<(&VotingCode, &[Answer])> = codes.iter().copied().zip(votes.iter().map(Vec::as_slice)).collect();
    let sealed = board.polls.seal(&pairs, &mut random::stream()?)?;
    Ok(sealed.into_iter().map(SealedBallot::cast).collect())
}

fn cast(held: &mut Held, codes: &[&VotingCode], votes: &[Vote], minute: u64) -> Result<(), HoldFailure> {
    let answers: Vec<Vec<Answer>> = votes.iter().map(|vote| answers(vote.chair, vote.ranks)).collect();
    let ballots = seal(&held.board, codes, &answers)?;
    let bytes: Vec<&[u8]> = ballots.iter().map(String::as_bytes).collect();
    for logged in ballots::take(held, &bytes, minute)? {
        logged.map_err(|refusal| HoldFailure::Order(refusal.to_string()))?;
    }
    Ok(())
}
