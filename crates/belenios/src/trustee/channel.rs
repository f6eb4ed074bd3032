//! The channel between members: a message, signed by its sender and encrypted to its recipient.
//!
//! ```text
//! alpha = g^r,  beta = e^r K                    for a random element K and the recipient's key e
//! AES-256-GCM, key SHA-256("key|" K), nonce all 32 bytes of SHA-256("iv|" alpha)
//! ```
//!
//! Inside stands the signed text `{"recipient":e,"message":…}`.

use adil_crypto::proof::{Proof, knows_logarithm, prove_logarithm, text_of};
use adil_crypto::{Group, SecretGroup};
use aes_gcm::aead::consts::U32;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::aes::Aes256;
use aes_gcm::{AesGcm, Key, Nonce};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::fault::Breach;
use super::number::{joined, quote, unquote};
use crate::cursor::Cursor;
use crate::object::Object;
use crate::setup::{WireProof, WireSigned, element, proof};

type Cipher = AesGcm<Aes256, U32>;

/// A message as it travels.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WireSealed {
    algorithm: String,
    alpha: String,
    beta: String,
    data: String,
}

const ALGORITHM: &str = "AES-GCM";

/// A proof as it is written.
pub(super) fn wire<G: SecretGroup>(group: &G, proof: &Proof<G::Scalar>) -> WireProof {
    let text = |scalar: &G::Scalar| {
        let mut text = String::new();
        group.write_scalar(scalar, &mut text);
        text
    };
    WireProof { challenge: text(&proof.challenge), response: text(&proof.response) }
}

/// The signature of a text: a proof of knowledge of the key with the challenge `H("sigmsg|text|A")`.
pub(super) fn sign<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    key: &G::Secret,
    text: &str,
    random: &mut R,
) -> WireProof {
    wire(group, &prove_logarithm(group, key, &joined(&["sigmsg|", text, "|"]), random))
}

/// A text with its signature.
pub(super) fn signed<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    key: &G::Secret,
    message: String,
    random: &mut R,
) -> WireSigned {
    let signature = sign(group, key, &message, random);
    WireSigned { message, signature }
}

/// Signs a message as one to the recipient and encrypts it.
pub(super) fn send<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    sender: &G::Secret,
    recipient: &G::Element,
    message: &str,
    random: &mut R,
) -> String {
    // Quoted twice: every quotation mark takes at most four characters.
    let mut addressed =
        Zeroizing::new(String::with_capacity(2 * message.len() + 2 * text_of(group, recipient).len() + 100));
    addressed.push_str(r#"{"recipient":""#);
    addressed.push_str(&text_of(group, recipient));
    addressed.push_str(r#"","message":"#);
    quote(message, &mut addressed);
    addressed.push('}');
    let signature = sign(group, sender, &addressed, random);
    let WireProof { challenge, response } = &signature;
    let size = 2 * addressed.len() + challenge.len() + response.len() + 100;
    let mut letter = Zeroizing::new(String::with_capacity(size));
    letter.push_str(r#"{"message":"#);
    quote(&addressed, &mut letter);
    for piece in [r#","signature":{"challenge":""#, challenge, r#"","response":""#, response, r#""}}"#] {
        letter.push_str(piece);
    }
    seal(group, recipient, &letter, random)
}

/// Decrypts a message; the sender must have signed it as one to this recipient.
pub(super) fn receive<G: SecretGroup>(
    group: &G,
    recipient: &G::Secret,
    recipient_key: &G::Element,
    sender: &G::Element,
    sealed: &str,
) -> Result<Zeroizing<String>, Breach> {
    let letter = open(group, recipient, sealed).ok_or(Breach::Sealed)?;
    let (addressed, rest) = letter.strip_prefix(r#"{"message":"#).and_then(unquote).ok_or(Breach::Unsigned)?;
    let signature = signature(rest).and_then(|signature| proof(group, &signature)).ok_or(Breach::Unsigned)?;
    if !knows_logarithm(group, sender, &signature, &joined(&["sigmsg|", &addressed, "|"])) {
        return Err(Breach::Unsigned);
    }
    let own = text_of(group, recipient_key);
    let addressed = addressed.strip_prefix(r#"{"recipient":""#).and_then(|rest| rest.strip_prefix(own.as_str()));
    let message = addressed.and_then(|rest| rest.strip_prefix(r#"","message":"#)).and_then(unquote);
    message.filter(|(_, rest)| *rest == "}").map(|(message, _)| message).ok_or(Breach::Recipient)
}

/// `,"signature":{"challenge":…,"response":…}}`
fn signature(text: &str) -> Option<WireProof> {
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.expect(r#","signature":{"challenge":"#).ok()?;
    let challenge = cursor.text().ok()?.to_owned();
    cursor.expect(r#","response":"#).ok()?;
    let response = cursor.text().ok()?.to_owned();
    cursor.expect("}}").and_then(|()| cursor.end()).ok()?;
    Some(WireProof { challenge, response })
}

fn seal<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    recipient: &G::Element,
    letter: &str,
    random: &mut R,
) -> String {
    let g = group.generator();
    let key = group.secret_power(&g, &group.draw(random));
    let randomness = group.draw(random);
    let alpha = text_of(group, &group.secret_power(&g, &randomness));
    let beta = text_of(group, &group.multiply(&group.secret_power(recipient, &randomness), &key));
    let mut bytes = Zeroizing::new(Vec::with_capacity(letter.len() + 16));
    bytes.extend_from_slice(letter.as_bytes());
    let (cipher, nonce) = cipher(group, &key, &alpha);
    if let Err(error) = cipher.encrypt_in_place(&nonce, b"", &mut *bytes) {
        unreachable!("a letter is shorter than the 64 GiB that the cipher takes: {error}");
    }
    let data = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let sealed = WireSealed { algorithm: ALGORITHM.to_owned(), alpha, beta, data };
    serde_json::to_string(&sealed).unwrap_or_default()
}

fn open<G: SecretGroup>(group: &G, recipient: &G::Secret, sealed: &str) -> Option<Zeroizing<String>> {
    let Object(sealed): Object<WireSealed> = serde_json::from_str(sealed).ok()?;
    if sealed.algorithm != ALGORITHM {
        return None;
    }
    let (alpha, beta) = (element(group, &sealed.alpha)?, element(group, &sealed.beta)?);
    let key = group.multiply(&beta, &group.invert(&group.secret_power(&alpha, recipient)));
    let mut bytes = Zeroizing::new(bytes(&sealed.data)?);
    let (cipher, nonce) = cipher(group, &key, &sealed.alpha);
    cipher.decrypt_in_place(&nonce, b"", &mut *bytes).ok()?;
    let mut letter = Zeroizing::new(String::with_capacity(bytes.len()));
    letter.push_str(std::str::from_utf8(&bytes).ok()?);
    Some(letter)
}

/// The cipher of a message's random element, and its nonce.
fn cipher<G: Group>(group: &G, key: &G::Element, alpha: &str) -> (Cipher, Nonce<U32>) {
    let key = Zeroizing::new(text_of(group, key));
    let key: Zeroizing<[u8; 32]> =
        Zeroizing::new(Sha256::new().chain_update("key|").chain_update(key.as_bytes()).finalize().into());
    let nonce: [u8; 32] = Sha256::new().chain_update("iv|").chain_update(alpha).finalize().into();
    (Cipher::new(<&Key<Cipher>>::from(&*key)), Nonce::from(nonce))
}

/// Bytes from pairs of lower-case hexadecimal digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    rest.is_empty().then_some(())?;
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use adil_crypto::{Ed25519, FiniteField};
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    struct Keys<G: SecretGroup> {
        secret: G::Secret,
        public: G::Element,
    }

    impl<G: SecretGroup> Keys<G> {
        fn draw(group: &G, random: &mut ChaCha20Rng) -> Self {
            let secret = group.draw(random);
            Self { public: group.secret_power(&group.generator(), &secret), secret }
        }
    }

    fn letters<G: SecretGroup>(group: &G) {
        let random = &mut ChaCha20Rng::seed_from_u64(6);
        let [sender, recipient, other] = [(); 3].map(|()| Keys::draw(group, random));
        let message = r#"{"secret":"12345"}"#;
        let sent = send(group, &sender.secret, &recipient.public, message, random);
        let received = |to: &Keys<G>, from: &Keys<G>, sent: &str| {
            receive(group, &to.secret, &to.public, &from.public, sent).map(|message| message.to_string())
        };
        assert_eq!(received(&recipient, &sender, &sent), Ok(message.to_owned()));
        assert_eq!(received(&other, &sender, &sent), Err(Breach::Sealed));
        assert_eq!(received(&recipient, &other, &sent), Err(Breach::Unsigned));
        // The recipient sends the letter on as if it had been written to somebody else.
        let letter = open(group, &recipient.secret, &sent).expect("it is to the recipient");
        let forwarded = seal(group, &other.public, &letter, random);
        assert_eq!(received(&other, &sender, &forwarded), Err(Breach::Recipient));
        // A letter with another text under the same signature.
        let changed = seal(group, &recipient.public, &letter.replace("12345", "12346"), random);
        assert_eq!(received(&recipient, &sender, &changed), Err(Breach::Unsigned));
        for (from, to) in
            [(r#""AES-GCM""#, r#""AES-CCM""#), (r#""data":""#, r#""data":"00"#), (r#""alpha":""#, r#""alpha":"0"#)]
        {
            assert_eq!(received(&recipient, &sender, &sent.replace(from, to)), Err(Breach::Sealed), "{to}");
        }
    }

    #[test]
    fn a_letter_is_read_by_its_recipient_as_its_sender_signed_it() {
        letters(&Ed25519::new());
        letters(&FiniteField::belenios_2048());
    }
}
