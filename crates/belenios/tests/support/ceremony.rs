//! Key ceremonies with their messages. For tests.

use adil_belenios::trustee::{Certificates, Contributions, Finished, Member, Terms, assemble};
use adil_crypto::SecretGroup;
use rand_chacha::ChaCha20Rng;

/// A ceremony and everything that was sent.
pub(crate) struct Ceremony<G: SecretGroup> {
    pub(crate) terms: Terms,
    pub(crate) members: Vec<Member<G>>,
    pub(crate) certificate_texts: Vec<String>,
    pub(crate) certificates: Certificates<G>,
    pub(crate) contribution_texts: Vec<String>,
    pub(crate) contributions: Contributions<G>,
    pub(crate) finished: Vec<Finished>,
}

impl<G: SecretGroup> Ceremony<G> {
    /// Holds one in which all are honest.
    pub(crate) fn hold(group: &G, threshold: usize, members: usize, random: &mut ChaCha20Rng) -> Self {
        let terms = Terms::new(threshold, members).expect("possible terms");
        let members: Vec<Member<G>> = (0..members).map(|_| Member::draw(group, random)).collect();
        let certificate_texts: Vec<String> = members
            .iter()
            .zip(1..)
            .map(|(member, number)| member.certificate(group, terms, number, random).expect("a member's number"))
            .collect();
        let certificates = Certificates::read(group, terms, &certificate_texts).expect("honest certificates");
        let contribution_texts: Vec<String> =
            members.iter().map(|member| member.contribute(group, &certificates, random).expect("a member")).collect();
        let contributions =
            Contributions::read(group, &certificates, &contribution_texts).expect("honest contributions");
        let finished = members
            .iter()
            .zip(1..)
            .map(|(member, number)| {
                let inbox = contributions.inbox(number).expect("a member's number");
                let name = format!("Trustee {number}");
                member.finish(group, &certificates, &inbox, Some(&name), random).expect("honest shares")
            })
            .collect();
        Self { terms, members, certificate_texts, certificates, contribution_texts, contributions, finished }
    }

    /// The members' public parts.
    pub(crate) fn public_keys(&self) -> Vec<String> {
        self.finished.iter().map(|finished| finished.public_key.clone()).collect()
    }

    /// The group's entry of the record of trustees.
    pub(crate) fn group_text(&self, group: &G) -> String {
        assemble(group, &self.certificates, &self.contributions, &self.public_keys()).expect("an honest ceremony")
    }
}
