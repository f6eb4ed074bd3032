//! The calls of `adil election`, with help texts that a returning officer can follow.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Arguments of `adil election`.
#[derive(Debug, Args)]
#[command(after_help = "\
The steps, in their order, and who takes them, each in a folder of their own:

  organiser      adil election new ORG                       writes the plan to fill in, then the draft for the others
  authority      adil election credentials AUTH --draft ORG/draft.json --voters voters.csv
  trustees       adil election trustee new T --draft ORG/draft.json              one key, always needed; or together
                 adil election trustee cert | contribute | finish                keys of which some are enough
  organiser      adil election assemble ORG AUTH/credentials.json T1/trustee.json …
  trustees       adil election trustee test T ORG/rehearsal.json                 proves that the keys can decrypt
  organiser      adil election open ORG T1/rehearsed.json …
  voters         adil election vote ORG                                          the code is asked for, never an argument
  organiser      adil election close ORG
  trustees       adil election trustee shuffle T ORG, adil election trustee decrypt T ORG
  organiser      adil election add ORG T1/decryption.json …, adil election result ORG, adil election publish ORG
  anybody        adil check ORG/election.bel

If voting codes leak: adil election revoke AUTH, adil election cosign ORG, adil election spares.
Nothing secret is ever an argument: codes and passphrases are typed, or read from a file that only you can read.")]
pub(crate) struct Election {
    /// The step.
    #[command(subcommand)]
    pub(crate) step: Step,
}

/// A step of an election.
#[derive(Debug, Subcommand)]
pub(crate) enum Step {
    /// Organiser: begin an election from a plan (questions.toml); without one, write a commented plan to fill in
    New(New),
    /// Credential authority: make a voting code for every voter, and spare ones for a leak
    Credentials(Credentials),
    /// Trustee: make a key, take part in a ceremony, rehearse, shuffle, decrypt
    Trustee(Trustee),
    /// Organiser: put the credentials and the trustees' keys together, and write the rehearsal
    Assemble(Assemble),
    /// Organiser: open the voting, when the trustees have proven that they can decrypt
    Open(Open),
    /// Voter: make a ballot and cast it; or open it instead, to test the program
    Vote(Vote),
    /// Organiser: take in ballots that were made elsewhere
    Cast(Cast),
    /// Voter or organiser: save the receipt of a ballot that is in the log once more
    Receipt(Receipt),
    /// Voting server: state that a ballot's voter has proven a second time who she is
    Accept(Accept),
    /// Credential authority: revoke voting codes that have leaked, and give spare ones
    Revoke(Revoke),
    /// Organiser: co-sign revocations and log them
    Cosign(Cosign),
    /// Holder of the spare codes: write letters to voters whose code was revoked
    Spares(Spares),
    /// Organiser: close the voting and publish the encrypted tally
    Close(Folder),
    /// Organiser: shuffle the ballots of ranked and graded questions in the place of a trustee
    Shuffle(Shuffle),
    /// Organiser: take in shuffles and partial decryptions of trustees
    Add(Add),
    /// Organiser: publish the result, with every round of the counting
    Result(Folder),
    /// Write the board as an archive that adil and belenios-tool verify
    Publish(Publish),
    /// How far an election has come, what is missing, and how large a leak the spare codes cover
    Status(Folder),
}

/// A command on one folder.
#[derive(Debug, Args)]
pub(crate) struct Folder {
    /// The organiser's folder, or for status any folder with the log
    pub(crate) folder: PathBuf,
}

/// Arguments of `adil election new`.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder to make; or, with no --questions, one that holds a questions.toml already
    pub(crate) folder: PathBuf,
    /// The plan
    #[arg(long, value_name = "FILE")]
    pub(crate) questions: Option<PathBuf>,
    /// The language of the plan that is written to be filled in
    #[arg(long, value_enum, default_value_t = crate::arguments::Lang::En)]
    pub(crate) lang: crate::arguments::Lang,
    /// The name of the log, such as the address where it will be served; adil/UUID where none is given
    #[arg(long, value_name = "NAME")]
    pub(crate) origin: Option<String>,
}

/// Arguments of `adil election credentials`.
#[derive(Debug, Args)]
pub(crate) struct Credentials {
    /// The folder to make
    pub(crate) folder: PathBuf,
    /// The organiser's draft.json
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: PathBuf,
    /// The voters: CSV with the columns id, name, email, language, weight, of which only id is needed
    #[arg(long, value_name = "FILE")]
    pub(crate) voters: PathBuf,
    /// How many spare codes to make, in percent of the voters of each weight: so large a leak can be answered
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) spares: u32,
    /// Write no letters, only the table for a mail merge
    #[arg(long)]
    pub(crate) no_letters: bool,
    /// Where voters vote: the address of a page, or a command; printed on the letters
    #[arg(long, value_name = "TEXT")]
    pub(crate) vote_at: Option<String>,
    /// Where the board will be shown; printed on the letters
    #[arg(long, value_name = "TEXT")]
    pub(crate) check_at: Option<String>,
}

/// Arguments of `adil election trustee`.
#[derive(Debug, Args)]
pub(crate) struct Trustee {
    /// The trustee's step.
    #[command(subcommand)]
    pub(crate) step: TrusteeStep,
}

/// A step of a trustee.
#[derive(Debug, Subcommand)]
pub(crate) enum TrusteeStep {
    /// A key of your own, without which nobody can decrypt
    New(TrusteeNew),
    /// Ceremony, first step: a certificate, for the other members and the organiser
    Cert(TrusteeCert),
    /// Ceremony, second step: a contribution, when you have the certificates of all
    Contribute(TrusteeFiles),
    /// Ceremony, last step: your key, when you have the contributions of all
    Finish(TrusteeFiles),
    /// Rehearse: prove before the voting that your key can decrypt
    Test(TrusteeOn),
    /// Shuffle the ballots of ranked and graded questions
    Shuffle(TrusteeOn),
    /// Decrypt your part of the tally
    Decrypt(TrusteeOn),
}

/// Where a passphrase is read from.
#[derive(Debug, Args)]
pub(crate) struct Passphrase {
    /// A file with the passphrase, readable by you alone; asked for where none is named
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Arguments of `adil election trustee new`.
#[derive(Debug, Args)]
pub(crate) struct TrusteeNew {
    /// The folder to make
    pub(crate) folder: PathBuf,
    /// The organiser's draft.json
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: PathBuf,
    /// Your name, for everybody to see
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The passphrase
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
}

/// Arguments of `adil election trustee cert`.
#[derive(Debug, Args)]
pub(crate) struct TrusteeCert {
    /// The folder to make
    pub(crate) folder: PathBuf,
    /// The organiser's draft.json
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: PathBuf,
    /// How many trustees are enough to decrypt
    #[arg(long)]
    pub(crate) threshold: usize,
    /// How many trustees there are
    #[arg(long)]
    pub(crate) members: usize,
    /// Your number among them, from 1
    #[arg(long)]
    pub(crate) number: usize,
    /// Your name, for everybody to see
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The passphrase
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
}

/// A trustee's folder with files of all members.
#[derive(Debug, Args)]
pub(crate) struct TrusteeFiles {
    /// Your folder
    pub(crate) folder: PathBuf,
    /// The files of all members, your own among them
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The passphrase
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
}

/// A trustee's folder and what is worked on.
#[derive(Debug, Args)]
pub(crate) struct TrusteeOn {
    /// Your folder
    pub(crate) folder: PathBuf,
    /// The organiser's rehearsal.json; for shuffle and decrypt a folder with the log
    pub(crate) on: PathBuf,
    /// The passphrase
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
}

/// Arguments of `adil election assemble`.
#[derive(Debug, Args)]
pub(crate) struct Assemble {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The authority's credentials.json, and the trustees' files: trustee.json of single ones; certificates,
    /// contributions and finished files of a group. A public key made by belenios-tool is taken too
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// Arguments of `adil election open`.
#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The trustees' answers to the rehearsal
    pub(crate) answers: Vec<PathBuf>,
    /// Open although nobody has shown that the result can be decrypted
    #[arg(long)]
    pub(crate) without_rehearsal: bool,
}

/// Arguments of `adil election vote`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil election vote ORG                                   asks for the code and for an answer to each question
  adil election vote ORG --choose 'Chair=Answer 2' --choose 'Board=Answer 1,Answer 3'
  adil election vote ORG --answers '[[0,1,0]]' --code-file my-code.txt
  adil election vote ORG --audit opened.json               opens the ballot instead of casting it; then, elsewhere:
                                                           adil check --audited-ballot opened.json ORG/election-provisional.bel
  adil election vote ORG --batch votes.jsonl               a vote in each line: {\"code\":\"…\",\"answers\":[[0,1,0]]}

Vote again as often as you like: the last ballot counts. Answers on the command line can be seen by others who use the
same computer at the same time; leave them out to be asked.")]
pub(crate) struct Vote {
    /// A folder with the log of the election: the organiser's, or a copy
    pub(crate) folder: PathBuf,
    /// The answers as JSON, a list for each question
    #[arg(long, value_name = "JSON", conflicts_with_all = ["choose", "batch"])]
    pub(crate) answers: Option<String>,
    /// The answer to a question in words, once for each question
    #[arg(long, value_name = "QUESTION=ANSWER,…", conflicts_with = "batch")]
    pub(crate) choose: Vec<String>,
    /// A file with the voting code, readable by you alone; asked for where none is named
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub(crate) code_file: Option<PathBuf>,
    /// Open the ballot instead of casting it, and write what it holds to this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["batch", "ballot"])]
    pub(crate) audit: Option<PathBuf>,
    /// Write the ballot to this file instead of casting it here
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub(crate) ballot: Option<PathBuf>,
    /// Cast many votes: a file of JSON lines with code and answers, readable by you alone
    #[arg(long, value_name = "FILE")]
    pub(crate) batch: Option<PathBuf>,
    /// Where to save receipts; with --batch none are saved where no folder is named
    #[arg(long, value_name = "FOLDER")]
    pub(crate) receipts: Option<PathBuf>,
}

/// Arguments of `adil election cast`.
#[derive(Debug, Args)]
pub(crate) struct Cast {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The ballots, each in a file; those of belenios-tool are taken too
    #[arg(required = true)]
    pub(crate) ballots: Vec<PathBuf>,
    /// Where to save receipts
    #[arg(long, value_name = "FOLDER")]
    pub(crate) receipts: Option<PathBuf>,
}

/// Arguments of `adil election receipt`.
#[derive(Debug, Args)]
pub(crate) struct Receipt {
    /// A folder with the log of the election
    pub(crate) folder: PathBuf,
    /// The trackers of the ballots
    #[arg(required = true)]
    pub(crate) trackers: Vec<String>,
    /// Where to save the receipts
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(crate) receipts: PathBuf,
}

/// Arguments of `adil election accept`.
#[derive(Debug, Args)]
pub(crate) struct Accept {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The trackers of the ballots
    #[arg(required = true)]
    pub(crate) trackers: Vec<String>,
}

/// Arguments of `adil election revoke`.
#[derive(Debug, Args)]
pub(crate) struct Revoke {
    /// The authority's folder
    pub(crate) folder: PathBuf,
    /// A folder with the log of the election
    #[arg(long, value_name = "FOLDER")]
    pub(crate) board: PathBuf,
    /// The voters, by their id in the list
    #[arg(long, value_name = "ID,…", value_delimiter = ',', required_unless_present_any = ["voters_file", "codes_file"])]
    pub(crate) voter: Vec<String>,
    /// A file with a leaked voting code in each line, readable by you alone: their voters are found
    #[arg(long, value_name = "FILE")]
    pub(crate) codes_file: Option<PathBuf>,
    /// A file with the id of a voter in each line
    #[arg(long, value_name = "FILE")]
    pub(crate) voters_file: Option<PathBuf>,
    /// When the codes leaked, such as 2026-11-25T20:00Z: ballots cast with them since then are set aside
    #[arg(long, value_name = "TIME")]
    pub(crate) since: String,
    /// The reason, for everybody to read
    #[arg(long)]
    pub(crate) reason: String,
    /// Where to write the signed revocations, for the organiser
    #[arg(long, short, value_name = "FILE", default_value = "revocations.json")]
    pub(crate) output: PathBuf,
    /// Where to write which voter gets which spare, for the holder of the spare codes
    #[arg(long, value_name = "FILE", default_value = "spare-orders.json")]
    pub(crate) orders: PathBuf,
}

/// Arguments of `adil election cosign`.
#[derive(Debug, Args)]
pub(crate) struct Cosign {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The authority's signed revocations
    pub(crate) revocations: PathBuf,
}

/// Arguments of `adil election spares`.
#[derive(Debug, Args)]
pub(crate) struct Spares {
    /// The folder of the spare codes
    pub(crate) folder: PathBuf,
    /// Which voter gets which spare, from the authority
    pub(crate) orders: PathBuf,
    /// Where to write the letters
    #[arg(long, short, value_name = "FILE", default_value = "spare-letters.html")]
    pub(crate) output: PathBuf,
    /// Where to write the table for a mail merge
    #[arg(long, value_name = "FILE", default_value = "spare-codes.csv")]
    pub(crate) table: PathBuf,
    /// Where voters vote: the address of a page, or a command; printed on the letters
    #[arg(long, value_name = "TEXT")]
    pub(crate) vote_at: Option<String>,
    /// Where the board is shown; printed on the letters
    #[arg(long, value_name = "TEXT")]
    pub(crate) check_at: Option<String>,
}

/// Arguments of `adil election shuffle`.
#[derive(Debug, Args)]
pub(crate) struct Shuffle {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The number of the trustee for whom the shuffle is made
    #[arg(long, value_name = "NUMBER")]
    pub(crate) owner: u64,
}

/// Arguments of `adil election add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The organiser's folder
    pub(crate) folder: PathBuf,
    /// The trustees' files
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The number of the trustee, for records made by belenios-tool that do not say whose they are
    #[arg(long, value_name = "NUMBER")]
    pub(crate) owner: Option<u64>,
}

/// Arguments of `adil election publish`.
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// A folder with the log
    pub(crate) folder: PathBuf,
    /// Where to write the archive; FOLDER/election.bel where nothing is named, and before the closing
    /// FOLDER/election-provisional.bel
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}
