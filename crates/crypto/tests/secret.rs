//! What is made with secret exponents, held against the public arithmetic and the verifiers of this crate, over every
//! group.

use adil_crypto::proof::{
    Ciphertext, equal_logarithms, knows_logarithm, prove_equality, prove_logarithm, shuffle, shuffles, text_of,
};
use adil_crypto::{Ed25519, Engine, FiniteField, Group, SecretGroup};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use subtle::Choice;

fn random(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// The same test over every group and engine.
fn over_all(ed25519: impl Fn(Ed25519), finite: impl Fn(FiniteField)) {
    Engine::available().into_iter().for_each(|engine| ed25519(Ed25519::with_engine(engine)));
    finite(FiniteField::belenios_2048());
    finite(FiniteField::rfc_3526_2048());
}

fn arithmetic<G: SecretGroup>(group: G) {
    let mut random = random(1);
    for _ in 0..20 {
        // Numbers of more and of fewer digits than the order has.
        let bytes = |random: &mut ChaCha20Rng| {
            let mut bytes = vec![0; random.next_u32() as usize % (2 * group.order_bytes()) + 1];
            random.fill_bytes(&mut bytes);
            bytes
        };
        let (left, right) = (bytes(&mut random), bytes(&mut random));
        let (a, b) = (group.reduce(&left), group.reduce(&right));
        let (secret_a, secret_b) = (group.secret(&left), group.secret(&right));
        assert_eq!(group.publish(&secret_a), a);
        assert_eq!(group.publish(&group.hide(&a)), a);
        assert_eq!(group.publish(&group.secret_sum(&secret_a, &secret_b)), group.add(&a, &b));
        assert_eq!(group.publish(&group.secret_difference(&secret_a, &secret_b)), group.add(&a, &group.negate(&b)));
        assert_eq!(group.publish(&group.secret_product(&secret_a, &secret_b)), group.times(&a, &b));
        assert_eq!(group.publish(&group.secret_choice(&secret_a, &secret_b, Choice::from(0))), a);
        assert_eq!(group.publish(&group.secret_choice(&secret_a, &secret_b, Choice::from(1))), b);
        let mut text = String::new();
        group.write_scalar(&a, &mut text);
        assert_eq!(group.scalar(&text), Ok(a));
    }
    // The edges of the range: 0 - 1 = q - 1, and q - 1 + 1 = 0.
    let (zero, one) = (group.hide(&group.small(0)), group.hide(&group.small(1)));
    let last = group.secret_difference(&zero, &one);
    assert_eq!(group.publish(&last), group.negate(&group.small(1)));
    assert_eq!(group.publish(&group.secret_sum(&last, &one)), group.small(0));
    assert_eq!(group.publish(&group.secret_product(&last, &last)), group.small(1));
}

#[test]
fn secret_exponents_are_added_and_multiplied_like_public_ones() {
    over_all(arithmetic, arithmetic);
}

fn powers<G: SecretGroup>(group: G) {
    let mut random = random(2);
    let exponents: Vec<G::Secret> = (0..6).map(|_| group.draw(&mut random)).collect();
    let public: Vec<G::Scalar> = exponents.iter().map(|exponent| group.publish(exponent)).collect();
    let g = group.generator();
    let h = group.power(&g, &group.reduce(&[7; 40]));
    let tables = [group.secret_base(&g), group.secret_base(&h)];
    let of_both = group.secret_powers(&[&tables[0], &tables[1]], &exponents);
    for (pair, own) in public.chunks(2).zip(&of_both) {
        assert_eq!(*own, group.multiply(&group.power(&g, &pair[0]), &group.power(&h, &pair[1])));
    }
    assert_eq!(group.secret_power(&h, &exponents[0]), group.power(&h, &public[0]));
    let bases = [g.clone(), h.clone(), group.multiply(&g, &h)];
    let product = group.secret_product_of_powers(&bases, &exponents[..3]);
    assert_eq!(product, group.product_of_powers(&bases, &public[..3]));
    for edge in [group.small(0), group.small(1), group.negate(&group.small(1))] {
        let secret = [group.hide(&edge)];
        assert_eq!(group.secret_powers(&[&tables[1]], &secret), [group.power(&h, &edge)]);
        assert_eq!(group.secret_power(&h, &secret[0]), group.power(&h, &edge));
    }
    let left = [g.clone(), h.clone()];
    let right = [h.clone(), group.neutral()];
    assert_eq!(group.multiply_each(&left, &right), [group.multiply(&g, &h), h]);
}

#[test]
fn secret_powers_are_the_public_ones() {
    over_all(powers, powers);
}

fn proofs<G: SecretGroup>(group: G) {
    let mut random = random(3);
    let secret = group.draw(&mut random);
    let public = group.secret_power(&group.generator(), &secret);
    let proof = prove_logarithm(&group, &secret, "a prefix|", &mut random);
    assert!(knows_logarithm(&group, &public, &proof, "a prefix|"));
    assert!(!knows_logarithm(&group, &public, &proof, "another prefix|"));
    let alpha = group.power(&group.generator(), &group.small(77));
    let (factor, proof) = prove_equality(&group, &secret, &alpha, "decrypt|", &mut random);
    assert_eq!(factor, group.power(&public, &group.small(77)));
    assert!(equal_logarithms(&group, &public, &alpha, &factor, &proof, "decrypt|"));
    assert!(!equal_logarithms(&group, &public, &alpha, &public, &proof, "decrypt|"));
}

#[test]
fn proofs_that_are_made_hold_for_their_statement_alone() {
    over_all(proofs, proofs);
}

fn shuffled<G: SecretGroup>(group: G, sizes: &[usize]) {
    let mut random = random(4);
    let secret = group.draw(&mut random);
    let y = group.secret_power(&group.generator(), &secret);
    for &size in sizes {
        let generators = group.independent_generators(size);
        let message = |number: u64| group.power(&group.generator(), &group.small(1000 + number));
        let inputs: Vec<Ciphertext<G::Element>> = (0..size as u64)
            .map(|number| {
                let r = group.small(number * number + 1);
                let beta = group.multiply(&group.power(&y, &r), &message(number));
                Ciphertext { alpha: group.power(&group.generator(), &r), beta }
            })
            .collect();
        let (outputs, mut proof) =
            shuffle(&group, "fingerprint", &y, &generators, &inputs, &mut random).expect("enough generators");
        assert_eq!(shuffles(&group, "fingerprint", &y, &generators, &inputs, &outputs, &proof), Ok(true), "{size}");
        let opened = |list: &[Ciphertext<G::Element>]| {
            let open = |ciphertext: &Ciphertext<G::Element>| {
                let factor = group.secret_power(&ciphertext.alpha, &secret);
                text_of(&group, &group.multiply(&ciphertext.beta, &group.invert(&factor)))
            };
            let mut texts: Vec<String> = list.iter().map(open).collect();
            texts.sort();
            texts
        };
        assert_eq!(opened(&inputs), opened(&outputs));
        if size > 0 {
            assert!(inputs.iter().all(|input| !outputs.contains(input)), "every output is re-encrypted");
            proof.s_prime[0] = group.add(&proof.s_prime[0], &group.small(1));
            assert_eq!(shuffles(&group, "fingerprint", &y, &generators, &inputs, &outputs, &proof), Ok(false));
        }
    }
}

#[test]
fn shuffles_that_are_made_are_proven_and_keep_what_is_inside() {
    over_all(|group| shuffled(group, &[0, 1, 2, 33]), |group| shuffled(group, &[0, 1, 3]));
}

fn embedded<G: SecretGroup>(group: G) {
    let mut random = random(5);
    let Some(embedding) = group.embeds() else {
        assert!(group.embed(&[1], &mut random).is_none());
        return;
    };
    let longest: Vec<u32> = (0..embedding.longest as u32).map(|number| (number * 37 + 255) % 256).collect();
    for vector in [vec![], vec![0], vec![255], vec![1, 2, 3], vec![0, 0, 0, 255], longest.clone()] {
        let element = group.embed(&vector, &mut random).expect("it can be embedded");
        assert_eq!(group.extract(&element, vector.len()), Some(vector));
        let text = text_of(&group, &element);
        assert_eq!(group.decode(&[&text]), [Ok(element)], "an element of the subgroup");
    }
    assert!(group.embed(&[256], &mut random).is_none());
    assert!(group.embed(&[longest, vec![0]].concat(), &mut random).is_none());
}

#[test]
fn vectors_are_embedded_as_they_are_extracted() {
    over_all(embedded, embedded);
}

#[test]
fn permutations_reach_every_order() {
    // With three ciphertexts whose contents are known every one of the six orders must come about.
    let group = Ed25519::new();
    let mut random = random(6);
    let generators = group.independent_generators(3);
    // Under the key g^0 nothing hides beta.
    let y = group.neutral();
    let inputs: Vec<_> = (1..=3)
        .map(|number| Ciphertext {
            alpha: group.neutral(),
            beta: group.power(&group.generator(), &group.small(number)),
        })
        .collect();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..600 {
        let (outputs, _) = shuffle(&group, "", &y, &generators, &inputs, &mut random).expect("enough generators");
        let order: Vec<usize> = outputs
            .iter()
            .map(|output| inputs.iter().position(|input| input.beta == output.beta).expect("an input"))
            .collect();
        *seen.entry(order).or_insert(0) += 1;
    }
    // 600 draws from six orders: 100 expected of each, standard deviation sqrt(600 * 1/6 * 5/6) = 9.1; six of them are 55.
    assert_eq!(seen.len(), 6);
    assert!(seen.values().all(|&count| (45..=155).contains(&count)), "{seen:?}");
}
