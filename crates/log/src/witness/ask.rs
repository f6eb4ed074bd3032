//! Asking a witness: with what it is known to have cosigned, and then with what it says that it has.

use super::reply::Reply;
use crate::note::SignatureLine;

/// The most requests until a witness has said what it has to say.
const MOST_REQUESTS: usize = 3;

/// What a witness said in the end of a log that was sent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It has cosigned: at least one line, each verified.
    Cosigned(Vec<SignatureLine>),
    /// It has cosigned that many entries, and they are not the log's.
    Fork {
        /// Entries that it has cosigned.
        seen: u64,
    },
    /// It has cosigned more entries than were sent.
    Behind {
        /// Entries that it has cosigned.
        seen: u64,
    },
    /// It does not cosign.
    Refused {
        /// The status code.
        status: u16,
        /// The beginning of what it says, to be shown.
        why: String,
    },
    /// It says another size every time it is asked.
    Unsteady,
}

/// Asks a witness to cosign a log of `size` entries, of which it is known to have cosigned `known`. `send` sends the log with
/// a proof from that many entries on, which it has verified against the log's own root, and gives the answer.
///
/// # Errors
/// Those of `send`.
pub fn ask<E>(known: u64, size: u64, mut send: impl FnMut(u64) -> Result<Reply, E>) -> Result<Said, E> {
    let mut old = known;
    for _ in 0..MOST_REQUESTS {
        match send(old)? {
            Reply::Cosigned(lines) => return Ok(Said::Cosigned(lines)),
            Reply::Conflict { size: seen } if seen == old => return Ok(Said::Fork { seen }),
            Reply::Conflict { size: seen } if seen > size => return Ok(Said::Behind { seen }),
            Reply::Conflict { size: seen } => old = seen,
            // The proof fits the log: it is the witness's root that it does not fit.
            Reply::Refused { status: 422, .. } => return Ok(Said::Fork { seen: old }),
            Reply::Refused { status, why } => return Ok(Said::Refused { status, why }),
        }
    }
    Ok(Said::Unsteady)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a log of 10 entries that the witness is not known to have cosigned, and with which sizes it was sent.
    fn said(answers: &[Reply]) -> (Said, Vec<u64>) {
        let mut sent = Vec::new();
        let said = ask(0, 10, |old| {
            sent.push(old);
            answers.get(sent.len() - 1).cloned().ok_or(())
        });
        (said.expect("an answer to each request"), sent)
    }

    #[test]
    fn a_witness_is_asked_again_with_the_size_that_it_names() {
        let conflict = |size| Reply::Conflict { size };
        let refused = |status| Reply::Refused { status, why: "no".to_owned() };
        assert_eq!(said(&[conflict(7), Reply::Cosigned(Vec::new())]), (Said::Cosigned(Vec::new()), vec![0, 7]));
        assert_eq!(said(&[conflict(11)]), (Said::Behind { seen: 11 }, vec![0]));
        assert_eq!(said(&[conflict(10), refused(422)]), (Said::Fork { seen: 10 }, vec![0, 10]));
        assert_eq!(said(&[conflict(7), conflict(7)]), (Said::Fork { seen: 7 }, vec![0, 7]));
        assert_eq!(said(&[refused(404)]), (Said::Refused { status: 404, why: "no".to_owned() }, vec![0]));
        assert_eq!(said(&[conflict(7), conflict(8), conflict(9)]), (Said::Unsteady, vec![0, 7, 8]));
        assert_eq!(ask(0, 10, |_| Err::<Reply, _>("away")), Err("away"));
    }
}
