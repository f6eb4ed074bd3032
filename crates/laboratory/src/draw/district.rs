//! The stations of one district.

use adil_record::Term;
use adil_stat::Stream;

use super::{Effects, clerk};
use crate::parameters::{Parameters, Place, Special};
use crate::protocol::{Parts, Protocol, Sheets};

/// The largest register, in voters.
const LARGEST: f64 = 1_000_000.0;
/// Certificates come to a station in pads of so many.
const PAD: u32 = 10;

/// Where a district is, and the numbers of its stations within the region.
#[derive(Debug)]
pub(super) struct District {
    pub(super) region: usize,
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) is_village: bool,
}

/// What was drawn of a district.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) sheets: Sheets,
    /// The kind of each special station.
    pub(super) special: Vec<Option<usize>>,
    /// All reports of turnout, station after station.
    pub(super) reports: Vec<u32>,
}

/// The logarithms of the options' shares in a kind of place.
#[derive(Debug)]
pub(super) struct Shares(Vec<f64>);

impl Shares {
    pub(super) fn of(parameters: &Parameters, is_village: bool) -> Self {
        let village = f64::from(u8::from(is_village));
        Self(parameters.option.iter().map(|option| option.share.ln() + village * option.village).collect())
    }
}

/// What the stations of a district have in common, with room to work in.
struct Common<'a> {
    parameters: &'a Parameters,
    place: &'a Place,
    turnout: f64,
    shares: Vec<f64>,
    concentration: f64,
    /// The shares of one station.
    own: Vec<f64>,
}

impl District {
    pub(super) fn draw(&self, parameters: &Parameters, shares: &Shares, region: &Effects, mut own: Stream) -> Drawn {
        let spread = &parameters.spread;
        let options = parameters.option.len();
        let effects =
            Effects::draw(&mut own, options, spread.district_turnout, spread.district_share, spread.correlation);
        let place = if self.is_village { &parameters.village } else { &parameters.town };
        let added = region.shares.iter().zip(&effects.shares);
        let mut common = Common {
            parameters,
            place,
            turnout: region.turnout + effects.turnout,
            shares: shares.0.iter().zip(added).map(|(share, (region, district))| share + region + district).collect(),
            concentration: spread.concentration * (spread.concentration_spread * own.normal()).exp(),
            own: vec![0.0; options],
        };
        let mut drawn = Drawn::default();
        for _ in self.first..self.end {
            common.station(&mut own, &mut drawn);
        }
        drawn
    }
}

impl Common<'_> {
    fn station(&mut self, own: &mut Stream, drawn: &mut Drawn) {
        let (parameters, place) = (self.parameters, self.place);
        let kind = self.kind(own);
        let special = kind.map(|kind| &parameters.special[kind]);
        let (median, spread) = special.map_or((place.register, place.register_spread), |special: &Special| {
            (special.register, special.register_spread)
        });
        let registered = (median * (spread * own.normal()).exp()).round().clamp(1.0, LARGEST) as u32;
        let turnout = self.characters(own, special);
        let turnout = own.beta(self.concentration * turnout, self.concentration * (1.0 - turnout));
        let ballots = own.binomial(registered, turnout);

        let invalid = part(own, ballots, place.invalid, parameters.papers.concentration);
        let votes = &mut drawn.sheets.votes;
        self.own.iter_mut().for_each(|share| *share *= self.concentration);
        own.dirichlet(&mut self.own);
        own.multinomial(ballots - invalid, &self.own, |_, count| votes.push(count));
        let mut protocol = self.papers(own, registered, ballots, invalid);
        reports(own, parameters, protocol.get(Term::Issued), &mut drawn.reports);

        let begin = votes.len() - parameters.option.len();
        clerk::slip(own, &parameters.clerks, &mut protocol, &mut votes[begin..]);
        drawn.sheets.protocols.push(protocol);
        drawn.special.push(kind);
    }

    fn kind(&self, own: &mut Stream) -> Option<usize> {
        let mut left = own.unit();
        self.parameters.special.iter().position(|special| {
            left -= special.part;
            left < 0.0
        })
    }

    /// The expected turnout, and the expected shares in `self.own`.
    fn characters(&mut self, own: &mut Stream, special: Option<&Special>) -> f64 {
        let spread = &self.parameters.spread;
        let common = own.normal();
        let correlated = spread.correlation * common + (1.0 - spread.correlation.powi(2)).sqrt() * own.normal();
        let mut whole = 0.0;
        for (option, (share, ln)) in self.own.iter_mut().zip(&self.shares).enumerate() {
            let change = if option == 0 { correlated } else { own.normal() };
            let first = special.filter(|_| option == 0).map_or(0.0, |special| special.first);
            *share = (ln + first + spread.station_share * change).exp();
            whole += *share;
        }
        self.own.iter_mut().for_each(|share| *share /= whole);
        let turnout = special.map_or(self.place.turnout, |special| special.turnout);
        let ln_odds = (turnout / (1.0 - turnout)).ln() + self.turnout + spread.station_turnout * common;
        1.0 / (1.0 + (-ln_odds).exp())
    }

    /// The protocol around the ballots.
    fn papers(&self, own: &mut Stream, registered: u32, ballots: u32, invalid: u32) -> Protocol {
        let (papers, register) = (&self.parameters.papers, &self.parameters.register);
        let issued = ballots + own.binomial(ballots, papers.taken).min(registered - ballots);
        let outside = part(own, issued, self.place.outside, papers.concentration);
        let early = part(own, issued - outside, papers.early, papers.concentration);
        let lots = (f64::from(registered) * papers.received / f64::from(papers.lot)).ceil() as u32;
        // Where papers run out, more lots are brought.
        let lots = lots.max(issued.div_ceil(papers.lot));
        let (received, mobile) = (lots * papers.lot, outside.min(ballots));
        let parts = Parts { registered, received, issued, early, outside, ballots, mobile, invalid };
        let mut protocol = Protocol::balanced(parts);
        let unused = protocol.get(Term::Unused);
        let lost = own.binomial(unused, papers.lost);
        let certificates = own.binomial(registered, register.certificates_issued);
        let pads = (certificates + 1).div_ceil(PAD) * PAD;
        for (term, count) in [
            (Term::Lost, lost),
            (Term::Unused, unused - lost),
            (Term::RequestedOutside, outside + own.binomial(outside, papers.in_vain)),
            (Term::Added, own.binomial(registered, register.added)),
            (Term::CertificatesReceived, pads),
            (Term::CertificatesIssued, certificates),
            (Term::CertificatesUnused, pads - certificates),
            (Term::CertificatesVoted, own.binomial(registered, register.certificates_voted).min(ballots)),
        ] {
            protocol.set(term, count);
        }
        protocol
    }
}

/// How many of `whole`, where stations differ in the part that it is.
fn part(own: &mut Stream, whole: u32, part: f64, concentration: f64) -> u32 {
    let part =
        if part > 0.0 && part < 1.0 { own.beta(concentration * part, concentration * (1.0 - part)) } else { part };
    own.binomial(whole, part)
}

/// Draws what had been issued at each hour; it never falls and is never more than all.
fn reports(own: &mut Stream, parameters: &Parameters, issued: u32, into: &mut Vec<u32>) {
    let hours = &parameters.hours;
    let (mut before, mut voted) = (0.0, 0);
    for &reached in &hours.reached {
        // Of those who have not yet voted, the part that comes by this hour.
        let left = 1.0 - before;
        let comes = if left > 0.0 { (reached - before) / left } else { 0.0 };
        voted += part(own, issued - voted, comes, hours.concentration * left);
        before = reached;
        into.push(voted);
    }
}
