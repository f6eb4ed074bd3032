//! A shuffle: for each non-homomorphic question its ciphertexts in another order and encryption, with the proof that
//! nothing else was done to them.

use adil_crypto::Group;
use adil_crypto::proof::{Ciphertext, ShuffleProof, shuffles};

use super::{decode_ciphertexts, read_ciphertext};
use crate::cursor::{Cursor, Unexpected};
use crate::setup::Election;
use crate::{Fault, Faults, Place, Rule};

/// A proof as written: `[[t1,t2,t3,[t41,t42],[t̂…]],[s1,s2,s3,s4,[ŝ…],[s'…]],[c…],[ĉ…]]`.
struct ProofTexts<'a> {
    t: Vec<&'a str>,
    t_hat: Vec<&'a str>,
    s: Vec<&'a str>,
    s_hat: Vec<&'a str>,
    s_prime: Vec<&'a str>,
    c: Vec<&'a str>,
    c_hat: Vec<&'a str>,
}

/// Checks a shuffle of `inputs`, one list for each shuffled question with its number: the lists it puts in their place, where it can be
/// read. Lists of a shuffle whose proof fails are given too, so that the next one can be checked.
#[expect(clippy::too_many_arguments, reason = "what a record is checked against, its bytes, and where faults go")]
pub(crate) fn check_shuffle<G: Group>(
    group: &G,
    election: &Election,
    key: &G::Element,
    generators: &[G::Element],
    inputs: &[(usize, Vec<Ciphertext<G::Element>>)],
    bytes: &[u8],
    place: &Place,
    faults: &mut Faults,
) -> Option<Vec<Vec<Ciphertext<G::Element>>>> {
    let (ciphertexts, proofs) = match read(bytes, inputs) {
        Ok(read) => read,
        Err(unexpected) => {
            let fault = Fault::new(Rule::ShuffleForm, place.clone());
            faults.push(fault.expected(unexpected.expected).found(&unexpected));
            return None;
        }
    };
    let mut outputs = Vec::with_capacity(inputs.len());
    for ((texts, proof), (question, inputs)) in ciphertexts.iter().zip(&proofs).zip(inputs) {
        let here = place.clone().question(*question);
        let own = match decode_ciphertexts(group, texts) {
            Ok(own) => own,
            Err(choice) => {
                faults.push(Fault::new(Rule::ShuffleElement, here.choice(choice)));
                return None;
            }
        };
        match decode(group, proof) {
            Some(proof) => {
                let holds = shuffles(group, &election.fingerprint, key, generators, inputs, &own, &proof);
                match holds {
                    Ok(true) => {}
                    Ok(false) => faults.push(Fault::new(Rule::ShuffleProofHolds, here)),
                    Err(shape) => faults.push(Fault::new(Rule::ShuffleForm, here).found(shape)),
                }
            }
            None => faults.push(Fault::new(Rule::ShuffleElement, here).found("the proof")),
        }
        outputs.push(own);
    }
    Some(outputs)
}

type Read<'a> = (Vec<Vec<[&'a str; 2]>>, Vec<ProofTexts<'a>>);

/// Takes the record apart; every list has the length of the inputs.
fn read<'a, E>(bytes: &'a [u8], inputs: &[(usize, Vec<E>)]) -> Result<Read<'a>, Unexpected> {
    let mut cursor = Cursor::new(bytes);
    cursor.expect("{\"ciphertexts\":[")?;
    let mut ciphertexts = Vec::with_capacity(inputs.len());
    for (index, (_, inputs)) in inputs.iter().enumerate() {
        if index > 0 {
            cursor.expect(",")?;
        }
        ciphertexts.push(exactly(&mut cursor, inputs.len(), read_ciphertext)?);
    }
    cursor.expect("],\"proofs\":[")?;
    let mut proofs = Vec::with_capacity(inputs.len());
    for (index, (_, inputs)) in inputs.iter().enumerate() {
        if index > 0 {
            cursor.expect(",")?;
        }
        proofs.push(proof(&mut cursor, inputs.len())?);
    }
    cursor.expect("]}")?;
    cursor.end()?;
    Ok((ciphertexts, proofs))
}

fn proof<'a>(cursor: &mut Cursor<'a>, n: usize) -> Result<ProofTexts<'a>, Unexpected> {
    let several = |cursor: &mut Cursor<'a>, count: usize| {
        let mut texts = Vec::with_capacity(count);
        for _ in 0..count {
            texts.push(cursor.text()?);
            cursor.expect(",")?;
        }
        Ok::<_, Unexpected>(texts)
    };
    let text = |cursor: &mut Cursor<'a>| cursor.text();
    cursor.expect("[[")?;
    let mut t = several(cursor, 3)?;
    t.extend(exactly(cursor, 2, text)?);
    cursor.expect(",")?;
    let t_hat = exactly(cursor, n, text)?;
    cursor.expect("],[")?;
    let s = several(cursor, 4)?;
    let s_hat = exactly(cursor, n, text)?;
    cursor.expect(",")?;
    let s_prime = exactly(cursor, n, text)?;
    cursor.expect("],")?;
    let c = exactly(cursor, n, text)?;
    cursor.expect(",")?;
    let c_hat = exactly(cursor, n, text)?;
    cursor.expect("]")?;
    Ok(ProofTexts { t, t_hat, s, s_hat, s_prime, c, c_hat })
}

/// A list of exactly that many elements.
fn exactly<'a, T>(
    cursor: &mut Cursor<'a>,
    count: usize,
    item: impl FnMut(&mut Cursor<'a>) -> Result<T, Unexpected>,
) -> Result<Vec<T>, Unexpected> {
    let at = cursor.at();
    let list = cursor.list(count.saturating_add(1), item)?;
    let expected = "a list as long as the tally's";
    match list.len() == count {
        true => Ok(list),
        false => Err(Unexpected { byte: at, expected, found: format!("{} elements", list.len()) }),
    }
}

/// All elements of a proof are decoded together: that they lie in the group is tested for all at once.
fn decode<G: Group>(group: &G, texts: &ProofTexts<'_>) -> Option<ShuffleProof<G::Element, G::Scalar>> {
    let n = texts.t_hat.len();
    let all = [texts.t.as_slice(), &texts.t_hat, &texts.c, &texts.c_hat].concat();
    let mut elements = group.decode(&all).into_iter().collect::<Result<Vec<_>, _>>().ok()?;
    let scalars = |texts: &[&str]| texts.iter().map(|text| group.scalar(text)).collect::<Result<Vec<_>, _>>().ok();
    let c_hat = elements.split_off(texts.t.len() + 2 * n);
    let c = elements.split_off(texts.t.len() + n);
    let t_hat = elements.split_off(texts.t.len());
    let [t1, t2, t3, t41, t42] = elements.try_into().ok()?;
    Some(ShuffleProof {
        t: [t1, t2, t3],
        t4: [t41, t42],
        t_hat,
        s: scalars(&texts.s)?.try_into().ok()?,
        s_hat: scalars(&texts.s_hat)?,
        s_prime: scalars(&texts.s_prime)?,
        c,
        c_hat,
    })
}
