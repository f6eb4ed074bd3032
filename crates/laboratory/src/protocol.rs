//! Protocols on their way to columns: all lines of a station, in the order of [`Term::ALL`], and the votes of each option.

use adil_record::{Counts, Term};

/// The lines of one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Protocol {
    cells: [u32; Term::ALL.len()],
}

/// What a protocol is made of; everything else follows by the protocol's sums.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Parts {
    pub(crate) registered: u32,
    /// Papers that came to the station; raised where more were issued.
    pub(crate) received: u32,
    pub(crate) issued: u32,
    /// Of those issued.
    pub(crate) early: u32,
    /// Of those issued.
    pub(crate) outside: u32,
    /// Found in the boxes; at most as many as were issued.
    pub(crate) ballots: u32,
    /// Of those found.
    pub(crate) mobile: u32,
    /// Of those found.
    pub(crate) invalid: u32,
}

impl Protocol {
    /// The protocol whose sums all hold.
    pub(crate) fn balanced(parts: Parts) -> Self {
        let Parts { registered, issued, early, outside, ballots, mobile, invalid, .. } = parts;
        let received = parts.received.max(issued);
        let mut protocol = Self::default();
        for (term, count) in [
            (Term::Registered, registered),
            (Term::Received, received),
            (Term::Issued, issued),
            (Term::IssuedEarly, early),
            (Term::IssuedOutside, outside),
            (Term::IssuedInRoom, issued - early - outside),
            (Term::RequestedOutside, outside),
            (Term::Unused, received - issued),
            (Term::InMobileBoxes, mobile),
            (Term::InFixedBoxes, ballots - mobile),
            (Term::InBoxes, ballots),
            (Term::Invalid, invalid),
            (Term::Valid, ballots - invalid),
        ] {
            protocol.set(term, count);
        }
        protocol
    }

    pub(crate) fn get(&self, term: Term) -> u32 {
        self.cells[term as usize]
    }

    pub(crate) fn set(&mut self, term: Term, count: u32) {
        self.cells[term as usize] = count;
    }
}

/// Protocols of stations one after the other.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    pub(crate) protocols: Vec<Protocol>,
    /// The votes of all options, station after station.
    pub(crate) votes: Vec<u32>,
}

/// The columns of some lines, and those of all options.
pub(crate) fn columns(sheets: &[&Sheets], terms: &[Term], options: usize) -> (Vec<(Term, Counts)>, Vec<Counts>) {
    let protocols = || sheets.iter().flat_map(|sheet| &sheet.protocols);
    let line = |&term: &Term| (term, protocols().map(|protocol| Some(protocol.get(term))).collect());
    let votes = |option: usize| {
        let of_sheet = |sheet: &&Sheets| sheet.votes.iter().skip(option).step_by(options).copied().map(Some).collect();
        let mut cells = sheets.iter().map(of_sheet).flat_map(|cells: Vec<Option<u32>>| cells);
        cells.by_ref().collect()
    };
    (terms.iter().map(line).collect(), (0..options).map(votes).collect())
}
