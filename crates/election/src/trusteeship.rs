//! The trustees' part, over whichever group an election has: keys, the steps of the ceremony, and the record of all.

use adil_belenios::trustee::{
    CeremonyFault, Certificates, Contributions, DecryptionKey, Entry, KeyFault, Member, PublicKey, RecordFault, Terms,
    assemble, trustees_record,
};
use adil_belenios::{GroupVisitor, with_group};
use adil_crypto::SecretGroup;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::GroupName;

/// Why a trustee's step cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrusteeError {
    /// A key or a public record.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// A message of the ceremony.
    #[error(transparent)]
    Ceremony(#[from] CeremonyFault),
    /// The record of all trustees.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// The member has no part in these certificates.
    #[error("the certificates are those of a ceremony in which this trustee has no part")]
    Stranger,
}

/// Who is to decrypt: single trustees, all of whom are needed, and groups of which a threshold is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrusteeEntry {
    /// The public record of a single trustee.
    Single(String),
    /// What a ceremony came to.
    Group(Ceremony),
}

/// Everything that the members of a group have published, each list in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// How many are enough, of how many.
    pub terms: Terms,
    /// The certificates.
    pub certificates: Vec<String>,
    /// The contributions.
    pub contributions: Vec<String>,
    /// The public keys that the members finished with.
    pub finished: Vec<String>,
}

/// What a member keeps and gives away at the end of a ceremony.
pub struct FinishedMember {
    /// The file to keep: only the member can read it, with the seed.
    pub file: String,
    /// The public key, to be given to the organiser.
    pub public_key: String,
}

/// What trustees do, in texts.
pub trait Trusteeship: Send + Sync {
    /// A new single key: the private text to keep, and the public record.
    fn single(&self, name: Option<&str>, random: &mut dyn CryptoRng) -> (Zeroizing<String>, String);

    /// The public key of a single trustee's public record.
    ///
    /// # Errors
    /// It does not hold.
    fn check_single(&self, record: &str) -> Result<String, TrusteeError>;

    /// Joins a ceremony: the seed to keep, and the certificate.
    ///
    /// # Errors
    /// The number is none of the ceremony.
    fn certify(
        &self,
        terms: Terms,
        number: usize,
        random: &mut dyn CryptoRng,
    ) -> Result<(Zeroizing<String>, String), TrusteeError>;

    /// Whether the certificates of all members hold.
    ///
    /// # Errors
    /// The first that does not, with its member.
    fn check_certificates(&self, terms: Terms, certificates: &[String]) -> Result<(), CeremonyFault>;

    /// Whether the contributions of all members hold.
    ///
    /// # Errors
    /// The first that does not, with its member.
    fn check_contributions(
        &self,
        terms: Terms,
        certificates: &[String],
        contributions: &[String],
    ) -> Result<(), CeremonyFault>;

    /// Contributes to a ceremony, once.
    ///
    /// # Errors
    /// A certificate does not hold.
    fn contribute(
        &self,
        seed: &str,
        terms: Terms,
        certificates: &[String],
        random: &mut dyn CryptoRng,
    ) -> Result<String, TrusteeError>;

    /// Finishes a ceremony.
    ///
    /// # Errors
    /// A contribution does not hold.
    fn finish(
        &self,
        seed: &str,
        ceremony: &Ceremony,
        name: Option<&str>,
        random: &mut dyn CryptoRng,
    ) -> Result<FinishedMember, TrusteeError>;

    /// The private key of a single trustee as a decimal number.
    ///
    /// # Errors
    /// The text is none.
    fn single_key(&self, private: &str) -> Result<Zeroizing<String>, TrusteeError>;

    /// The private key of a member as a decimal number, from the seed and the file that was kept.
    ///
    /// # Errors
    /// They do not belong together.
    fn member_key(&self, seed: &str, file: &str) -> Result<Zeroizing<String>, TrusteeError>;

    /// The record of all trustees, and the election's public key.
    ///
    /// # Errors
    /// A key or a message of a ceremony does not hold.
    fn record(&self, entries: &[TrusteeEntry]) -> Result<(String, String), TrusteeError>;
}

/// The trustees' part over a group.
pub fn trusteeship(group: GroupName) -> Box<dyn Trusteeship> {
    struct Visitor;
    impl GroupVisitor for Visitor {
        type Output = Box<dyn Trusteeship>;
        fn visit<G: SecretGroup>(self, group: &G) -> Box<dyn Trusteeship> {
            Box::new(Over(group.clone()))
        }
    }
    with_group(group.name(), None, Visitor).unwrap_or_else(|(_, why)| unreachable!("a known group: {why}"))
}

struct Over<G: SecretGroup>(G);

impl<G: SecretGroup> Over<G> {
    fn decimal(&self, key: &DecryptionKey<G>) -> Zeroizing<String> {
        Zeroizing::new(key.private_text(&self.0).trim_matches('"').to_owned())
    }
}

impl<G: SecretGroup> Trusteeship for Over<G> {
    fn single(&self, name: Option<&str>, random: &mut dyn CryptoRng) -> (Zeroizing<String>, String) {
        let key = DecryptionKey::draw(&self.0, random);
        (key.private_text(&self.0), key.public_record(&self.0, name, random))
    }

    fn check_single(&self, record: &str) -> Result<String, TrusteeError> {
        let key = PublicKey::read(&self.0, record)?;
        Ok(adil_crypto::proof::text_of(&self.0, &key.element))
    }

    fn certify(
        &self,
        terms: Terms,
        number: usize,
        random: &mut dyn CryptoRng,
    ) -> Result<(Zeroizing<String>, String), TrusteeError> {
        let member = Member::draw(&self.0, random);
        let certificate = member.certificate(&self.0, terms, number, random)?;
        Ok((Zeroizing::new(member.seed().to_owned()), certificate))
    }

    fn check_certificates(&self, terms: Terms, certificates: &[String]) -> Result<(), CeremonyFault> {
        Certificates::read(&self.0, terms, certificates).map(|_| ())
    }

    fn check_contributions(
        &self,
        terms: Terms,
        certificates: &[String],
        contributions: &[String],
    ) -> Result<(), CeremonyFault> {
        let certificates = Certificates::read(&self.0, terms, certificates)?;
        Contributions::read(&self.0, &certificates, contributions).map(|_| ())
    }

    fn contribute(
        &self,
        seed: &str,
        terms: Terms,
        certificates: &[String],
        random: &mut dyn CryptoRng,
    ) -> Result<String, TrusteeError> {
        let certificates = Certificates::read(&self.0, terms, certificates)?;
        Ok(Member::read(&self.0, seed)?.contribute(&self.0, &certificates, random)?)
    }

    fn finish(
        &self,
        seed: &str,
        ceremony: &Ceremony,
        name: Option<&str>,
        random: &mut dyn CryptoRng,
    ) -> Result<FinishedMember, TrusteeError> {
        let member = Member::read(&self.0, seed)?;
        let certificates = Certificates::read(&self.0, ceremony.terms, &ceremony.certificates)?;
        let number = certificates.number(&member).ok_or(TrusteeError::Stranger)?;
        let contributions = Contributions::read(&self.0, &certificates, &ceremony.contributions)?;
        let inbox = contributions.inbox(number).ok_or(TrusteeError::Stranger)?;
        let finished = member.finish(&self.0, &certificates, &inbox, name, random)?;
        Ok(FinishedMember { file: finished.file.clone(), public_key: finished.public_key.clone() })
    }

    fn single_key(&self, private: &str) -> Result<Zeroizing<String>, TrusteeError> {
        Ok(self.decimal(&DecryptionKey::read(&self.0, private)?))
    }

    fn member_key(&self, seed: &str, file: &str) -> Result<Zeroizing<String>, TrusteeError> {
        Ok(self.decimal(&Member::read(&self.0, seed)?.decryption_key(&self.0, file)?))
    }

    fn record(&self, entries: &[TrusteeEntry]) -> Result<(String, String), TrusteeError> {
        let mut groups = Vec::new();
        for entry in entries {
            if let TrusteeEntry::Group(ceremony) = entry {
                let certificates = Certificates::read(&self.0, ceremony.terms, &ceremony.certificates)?;
                let contributions = Contributions::read(&self.0, &certificates, &ceremony.contributions)?;
                groups.push(assemble(&self.0, &certificates, &contributions, &ceremony.finished)?);
            }
        }
        let mut groups = groups.iter();
        let entries: Vec<Entry<'_>> = entries
            .iter()
            .filter_map(|entry| match entry {
                TrusteeEntry::Single(record) => Some(Entry::Single(record)),
                TrusteeEntry::Group(_) => groups.next().map(|group| Entry::Group(group)),
            })
            .collect();
        let record = trustees_record(&self.0, &entries)?;
        Ok((record.text.clone(), adil_crypto::proof::text_of(&self.0, &record.public_key)))
    }
}
