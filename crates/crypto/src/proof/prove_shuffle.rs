//! A shuffle and its proof, made: the other side of `shuffle`, whose equations and names it uses.
//!
//! Output `i` is input `psi(i)` re-encrypted with `r'_i`; with `u'_i = u_(psi(i))`:
//!
//! ```text
//! c_(psi(i)) = g^(r_(psi(i))) h_i                     s1 = w1 + c sum r_j
//! ĉ_i = g^(r̂_i) ĉ_(i-1)^(u'_i) = g^(R_i) h^(U_i)      s2 = w2 + c R_(N-1)
//! R_i = r̂_i + u'_i R_(i-1),  U_i = u'_i U_(i-1)       s3 = w3 + c sum r_j u_j
//! ŝ_i = ŵ_i + c r̂_i,  s'_i = w'_i + c u'_i            s4 = w4 + c sum r'_i u'_i
//! ```
//!
//! Powers of `g`, `y` and `h` serve for all but three products, whose bases are the `h_i` and the outputs. The
//! permutation is drawn by sorting, so that no address depends on it while it is drawn; moving the ciphertexts into its
//! order is a copy whose addresses do.

use rand_core::CryptoRng;

use super::shuffle::{exponents, main_challenge, statement};
use super::{Ciphertext, ShuffleProof};
use crate::SecretGroup;

/// Exponents for a list.
type Secrets<G> = Vec<<G as SecretGroup>::Secret>;

/// The ciphertexts that came out, and the proof.
type Shuffled<G> = (
    Vec<Ciphertext<<G as crate::Group>::Element>>,
    ShuffleProof<<G as crate::Group>::Element, <G as crate::Group>::Scalar>,
);

/// Re-encrypts and permutes ciphertexts under the key `y`, and proves it.
///
/// `fingerprint` is that of the election; `generators` are `h` and then at least one `h_i` for each ciphertext, as
/// [`crate::Group::independent_generators`] gives them; with fewer, `None`.
pub fn shuffle<G: SecretGroup, R: CryptoRng + ?Sized>(
    group: &G,
    fingerprint: &str,
    y: &G::Element,
    generators: &[G::Element],
    inputs: &[Ciphertext<G::Element>],
    random: &mut R,
) -> Option<Shuffled<G>> {
    let n = inputs.len();
    let (h, generators) = generators.split_first()?;
    let generators = generators.get(..n)?;
    let psi = permutation(n, random);
    let tables =
        Tables { group, g: group.secret_base(&group.generator()), y: group.secret_base(y), h: group.secret_base(h) };
    let mut draw = |count: usize| -> Secrets<G> { (0..count).map(|_| group.draw(random)).collect() };
    let (rerandomised, r, r_hat) = (draw(n), draw(n), draw(n));
    let (w, w_hat, w_prime) = (draw(4), draw(n), draw(n));
    let outputs = tables.encrypt(&psi, inputs, &rerandomised);
    // The commitment to psi: c_(psi(i)) = g^(r_(psi(i))) h_i.
    let mut permuted = generators.to_vec();
    psi.iter().zip(generators).for_each(|(&from, generator)| permuted[from] = generator.clone());
    let c = group.multiply_each(&group.secret_powers(&[&tables.g], &r), &permuted);
    let statement = statement(group, inputs, &outputs, &c);
    let u: Secrets<G> = exponents(group, fingerprint, &statement, n).iter().map(|u| group.hide(u)).collect();
    let u_prime: Vec<&G::Secret> = psi.iter().map(|&from| &u[from]).collect();
    let chain = Chain::of(group, &r_hat, &u_prime);
    let c_hat = tables.of_g_and_h(chain.of_g.iter().skip(1).zip(chain.of_h.iter().skip(1)));
    let blinds: Vec<(G::Secret, G::Secret)> = (0..n)
        .map(|i| {
            let of_g = group.secret_sum(&w_hat[i], &group.secret_product(&w_prime[i], &chain.of_g[i]));
            (of_g, group.secret_product(&w_prime[i], &chain.of_h[i]))
        })
        .collect();
    let t_hat = tables.of_g_and_h(blinds.iter().map(|(of_g, of_h)| (of_g, of_h)));
    let minus_w4 = group.secret_difference(&group.hide(&group.small(0)), &w[3]);
    let of_outputs = |part: fn(&Ciphertext<G::Element>) -> &G::Element| {
        let elements: Vec<G::Element> = outputs.iter().map(|output| part(output).clone()).collect();
        group.secret_product_of_powers(&elements, &w_prime)
    };
    let first_three = group.secret_powers(&[&tables.g], &w[..3]);
    let [t1, t2, of_w3] = <[G::Element; 3]>::try_from(first_three).ok()?;
    let t3 = group.multiply(&of_w3, &group.secret_product_of_powers(generators, &w_prime));
    let single = |base: &G::SecretBase, exponent: &G::Secret| {
        group.secret_powers(&[base], std::slice::from_ref(exponent)).pop().unwrap_or_else(|| group.neutral())
    };
    let t41 = group.multiply(&single(&tables.y, &minus_w4), &of_outputs(|output| &output.beta));
    let t42 = group.multiply(&single(&tables.g, &minus_w4), &of_outputs(|output| &output.alpha));
    let zero = group.small(0);
    let mut proof = ShuffleProof {
        t: [t1, t2, t3],
        t4: [t41, t42],
        t_hat,
        s: [zero.clone(), zero.clone(), zero.clone(), zero],
        s_hat: Vec::new(),
        s_prime: Vec::new(),
        c,
        c_hat,
    };
    let (challenge, _) = main_challenge(group, fingerprint, &statement, &proof, y);
    let challenge = group.hide(&challenge);
    let answer = |witness: &G::Secret, secret: &G::Secret| {
        group.publish(&group.secret_sum(witness, &group.secret_product(&challenge, secret)))
    };
    let none = || group.hide(&group.small(0));
    let sum = |secrets: &Secrets<G>| secrets.iter().fold(none(), |sum, secret| group.secret_sum(&sum, secret));
    let inner = |left: &Secrets<G>, right: &[&G::Secret]| {
        let products = left.iter().zip(right).map(|(left, right)| group.secret_product(left, right));
        products.fold(none(), |sum, product| group.secret_sum(&sum, &product))
    };
    let u: Vec<&G::Secret> = u.iter().collect();
    let of_chain = chain.of_g.last().map_or_else(none, |last| group.secret_sum(last, &none()));
    let secrets = [sum(&r), of_chain, inner(&r, &u), inner(&rerandomised, &u_prime)];
    proof.s = std::array::from_fn(|index| answer(&w[index], &secrets[index]));
    proof.s_hat = w_hat.iter().zip(&r_hat).map(|(witness, secret)| answer(witness, secret)).collect();
    proof.s_prime = w_prime.iter().zip(&u_prime).map(|(witness, secret)| answer(witness, secret)).collect();
    Some((outputs, proof))
}

/// A uniform permutation of `0..n`: the order of random keys of 128 bits.
fn permutation<R: CryptoRng + ?Sized>(n: usize, random: &mut R) -> Vec<usize> {
    let mut keyed: Vec<(u128, usize)> = (0..n)
        .map(|index| {
            let mut key = [0; 16];
            random.fill_bytes(&mut key);
            (u128::from_le_bytes(key), index)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, index)| index).collect()
}

/// The shared bases.
struct Tables<'a, G: SecretGroup> {
    group: &'a G,
    g: G::SecretBase,
    y: G::SecretBase,
    h: G::SecretBase,
}

impl<G: SecretGroup> Tables<'_, G> {
    /// `(alpha g^r', beta y^r')` of the inputs in the order of the permutation.
    fn encrypt(
        &self,
        psi: &[usize],
        inputs: &[Ciphertext<G::Element>],
        randomness: &[G::Secret],
    ) -> Vec<Ciphertext<G::Element>> {
        let permuted = |part: fn(&Ciphertext<G::Element>) -> &G::Element| -> Vec<G::Element> {
            psi.iter().map(|&from| part(&inputs[from]).clone()).collect()
        };
        let (alphas, betas) = (permuted(|input| &input.alpha), permuted(|input| &input.beta));
        let alphas = self.group.multiply_each(&alphas, &self.group.secret_powers(&[&self.g], randomness));
        let betas = self.group.multiply_each(&betas, &self.group.secret_powers(&[&self.y], randomness));
        alphas.into_iter().zip(betas).map(|(alpha, beta)| Ciphertext { alpha, beta }).collect()
    }

    /// `g^a h^b` for each pair.
    fn of_g_and_h<'s>(&self, pairs: impl Iterator<Item = (&'s G::Secret, &'s G::Secret)>) -> Vec<G::Element>
    where
        G: 's,
    {
        let none = self.group.hide(&self.group.small(0));
        let copy = |secret: &G::Secret| self.group.secret_sum(secret, &none);
        let exponents: Secrets<G> = pairs.flat_map(|(of_g, of_h)| [copy(of_g), copy(of_h)]).collect();
        self.group.secret_powers(&[&self.g, &self.h], &exponents)
    }
}

/// The exponents of the chain, `R_i` and `U_i` from `i = -1` on.
struct Chain<G: SecretGroup> {
    of_g: Secrets<G>,
    of_h: Secrets<G>,
}

impl<G: SecretGroup> Chain<G> {
    fn of(group: &G, r_hat: &[G::Secret], u_prime: &[&G::Secret]) -> Self {
        let mut chain = Self { of_g: vec![group.hide(&group.small(0))], of_h: vec![group.hide(&group.small(1))] };
        for (i, (r_hat, u)) in r_hat.iter().zip(u_prime).enumerate() {
            chain.of_g.push(group.secret_sum(r_hat, &group.secret_product(u, &chain.of_g[i])));
            chain.of_h.push(group.secret_product(u, &chain.of_h[i]));
        }
        chain
    }
}
