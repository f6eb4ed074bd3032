//! Secrets that people type: never an argument, since others see the arguments of a running program.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::{HoldFailure, files};

/// A secret from a file, or typed at the terminal without being shown, or a line of standard input.
pub(crate) fn ask(what: &str, file: Option<&Path>) -> Result<Zeroizing<String>, HoldFailure> {
    if let Some(file) = file {
        let text = files::read_private_text(file)?;
        return match text.is_empty() {
            true => Err(HoldFailure::file(file, format!("is empty; {what} was expected in it"))),
            false => Ok(text),
        };
    }
    let unread = |error: io::Error| HoldFailure::Input(format!("{what} cannot be read: {error}"));
    let text = if io::stdin().is_terminal() {
        let _ = write!(io::stderr().lock(), "{what}: ");
        Zeroizing::new(rpassword::read_password().map_err(unread)?)
    } else {
        let mut line = Zeroizing::new(String::new());
        io::stdin().lock().read_line(&mut line).map_err(unread)?;
        Zeroizing::new(line.trim_end_matches(['\n', '\r']).to_owned())
    };
    match text.is_empty() {
        true => Err(HoldFailure::Input(format!("{what} is needed: type it, or name a file that holds it"))),
        false => Ok(text),
    }
}

/// A new passphrase, typed twice where it is typed.
pub(crate) fn new_passphrase(file: Option<&Path>) -> Result<Zeroizing<String>, HoldFailure> {
    const SHORTEST: usize = 8;
    let passphrase = ask("A new passphrase for your private key", file)?;
    if passphrase.chars().count() < SHORTEST {
        let text = format!("a passphrase has at least {SHORTEST} characters");
        return Err(file.map_or(HoldFailure::Input(text.clone()), |file| HoldFailure::file(file, text)));
    }
    if file.is_none() && io::stdin().is_terminal() && *ask("The same once more", None)? != *passphrase {
        return Err(HoldFailure::Input("the two passphrases differ".to_owned()));
    }
    Ok(passphrase)
}
