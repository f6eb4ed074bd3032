//! Proofs of real elections hold, and the elements of altered ones are refused.

use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use adil_crypto::{Base, ElementFault, FieldElement, FieldScalar, FiniteField, Group, Output, Plan};

/// The JSON texts of an archive: a header of 512 bytes with the length at byte 124, then the text with zeros up to the
/// next 512.
fn records(archive: &Path) -> Vec<Value> {
    let bytes = std::fs::read(archive).expect("an archive");
    let mut records = Vec::new();
    let mut rest = &bytes[..];
    while rest.len() > 512 {
        let digits = std::str::from_utf8(&rest[124..135]).expect("digits");
        let length = usize::from_str_radix(digits, 8).expect("octal digits");
        records.push(serde_json::from_slice(&rest[512..512 + length]).expect("JSON"));
        rest = &rest[512 + length.next_multiple_of(512)..];
    }
    records
}

fn group_of(records: &[Value]) -> FiniteField {
    match records.iter().find_map(|record| record["group"].as_str()) {
        Some("BELENIOS-2048") => FiniteField::belenios_2048(),
        Some("RFC-3526-2048") => FiniteField::rfc_3526_2048(),
        other => panic!("{other:?}"),
    }
}

fn string(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn array(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

fn ballots(records: &[Value]) -> impl Iterator<Item = &Value> {
    records.iter().filter(|record| !record["election_hash"].is_null())
}

fn element(group: &FiniteField, value: &Value) -> FieldElement {
    group.decode(&[string(value)]).remove(0).expect("an element")
}

/// Challenge and response of a proof.
fn proof(group: &FiniteField, proof: &Value) -> [FieldScalar; 2] {
    ["challenge", "response"].map(|name| group.scalar(string(&proof[name])).expect("a scalar"))
}

fn hash(group: &FiniteField, text: &str) -> FieldScalar {
    group.reduce(&Sha256::digest(text.as_bytes()))
}

#[test]
fn trustees_know_their_keys() {
    let Some(data) = adil_outside::data("finite_records::trustees_know_their_keys") else { return };
    let plan =
        Plan::new(1, vec![Base::Input(0)], vec![Output { bases: vec![0], fixed: [true, false] }]).expect("a plan");
    let mut seen = 0;
    for name in ["ff-01-single-q3", "ff-08-three-trustees", "ff-06-thr-2of3", "ff-10-nh-2shuffles"] {
        let records = records(&data.join("belenios").join(name).join("election.bel"));
        let group = group_of(&records);
        let g = group.fixed(&group.generator());
        let trustees = records.iter().find(|record| record[0][0].is_string() && record[0][1].is_object());
        let mut keys = Vec::new();
        for trustee in array(trustees.expect("trustees")) {
            match string(&trustee[0]) {
                "Single" => keys.push(&trustee[1]),
                _ => keys.extend(array(&trustee[1]["verification_keys"])),
            }
        }
        for key in keys {
            let public = element(&group, &key["public_key"]);
            let [challenge, response] = proof(&group, &key["pok"]);
            let scalars = [challenge.clone(), response];
            let commitment = group.commitments(&plan, [&g, &g], &[public], &scalars).remove(0);
            let text = format!("pok|{}|{}|{commitment}", group.label(), string(&key["public_key"]));
            assert_eq!(hash(&group, &text), challenge, "{name}");
            seen += 1;
        }
    }
    assert!(seen >= 9, "{seen} keys");
}

#[test]
fn ballots_hold() {
    let Some(data) = adil_outside::data("finite_records::ballots_hold") else { return };
    let records = records(&data.join("belenios/ff-01-single-q3/election.bel"));
    let group = group_of(&records);
    let key = records.iter().find_map(|record| record["public_key"].as_str()).expect("a key");
    let fixed = [group.generator(), group.decode(&[key]).remove(0).expect("an element")].map(|base| group.fixed(&base));
    let mut seen = 0;
    for ballot in ballots(&records) {
        let answer = &ballot["answers"][0];
        let mut texts: Vec<&str> = array(&answer["choices"])
            .iter()
            .flat_map(|choice| [string(&choice["alpha"]), string(&choice["beta"])])
            .collect();
        texts.push(string(&ballot["credential"]));
        let points: Vec<FieldElement> =
            group.decode(&texts).into_iter().map(|point| point.expect("an element")).collect();
        let commitments = group.commitments(&ballot_plan(), [&fixed[0], &fixed[1]], &points, &scalars(&group, ballot));
        let [individual @ .., overall_alpha, overall_beta, signature] = &commitments[..] else { panic!("15 texts") };
        let mut prefix = format!("{}|{}", string(&ballot["election_hash"]), texts[6]);
        let challenge = |proof: &Value| proof_sum(&group, proof);
        for ((four, choice), proofs) in
            individual.chunks(4).zip(texts.chunks(2)).zip(array(&answer["individual_proofs"]))
        {
            let text = format!("prove|{prefix}|{}|{}", choice.join(","), four.join(","));
            assert_eq!(hash(&group, &text), challenge(proofs));
        }
        prefix = format!("{prefix}|{}", texts[..6].join(","));
        let product = |first: usize| {
            let members: Vec<FieldElement> = (0..3).map(|choice| points[2 * choice + first].clone()).collect();
            let mut text = String::new();
            group.encode(&group.product(&members), &mut text);
            text
        };
        let text = format!("prove|{prefix}|{},{}|{overall_alpha},{overall_beta}", product(0), product(1));
        assert_eq!(hash(&group, &text), challenge(&answer["overall_proof"]));
        let text = format!("sig|{}|{signature}", string(&ballot["signature"]["hash"]));
        assert_eq!(hash(&group, &text), proof(&group, &ballot["signature"]["proof"])[0]);
        seen += 1;
    }
    assert!(seen > 3, "{seen} ballots");
}

/// The sum of the challenges of a disjunction.
fn proof_sum(group: &FiniteField, proofs: &Value) -> FieldScalar {
    array(proofs).iter().fold(group.small(0), |sum, each| group.add(&sum, &proof(group, each)[0]))
}

/// The scalars of a ballot in the order of [`ballot_plan`].
fn scalars(group: &FiniteField, ballot: &Value) -> Vec<FieldScalar> {
    let answer = &ballot["answers"][0];
    let mut scalars = Vec::new();
    for proofs in array(&answer["individual_proofs"]) {
        let [[c0, r0], [c1, r1]] = [0, 1].map(|branch| proof(group, &proofs[branch]));
        scalars.extend([c0.clone(), r0.clone(), c0, r0, c1.clone(), r1.clone()]);
        // g^-c for the number 1
        let shifted = group.negate(&c1);
        scalars.extend([c1, shifted, r1]);
    }
    let [challenge, response] = proof(group, &answer["overall_proof"][0]);
    let shifted = group.negate(&challenge);
    scalars.extend([challenge.clone(), response.clone(), challenge, shifted, response]);
    scalars.extend(proof(group, &ballot["signature"]["proof"]));
    scalars
}

/// The proofs of a ballot with one question of three choices of which one is chosen.
fn ballot_plan() -> Plan {
    let mut bases: Vec<Base> = (0..7).map(Base::Input).collect();
    bases.push(Base::Sum(vec![0, 2, 4]));
    bases.push(Base::Sum(vec![1, 3, 5]));
    let output = |base: usize, fixed: [bool; 2]| Output { bases: vec![base], fixed };
    let mut outputs = Vec::new();
    for choice in 0..3 {
        let (alpha, beta) = (2 * choice, 2 * choice + 1);
        outputs.push(output(alpha, [true, false]));
        outputs.push(output(beta, [false, true]));
        outputs.push(output(alpha, [true, false]));
        outputs.push(output(beta, [true, true]));
    }
    outputs.extend([output(7, [true, false]), output(8, [true, true]), output(6, [true, false])]);
    Plan::new(7, bases, outputs).expect("indices within range")
}

#[test]
fn altered_elements_are_refused() {
    let Some(data) = adil_outside::data("finite_records::altered_elements_are_refused") else { return };
    for (name, expected) in [
        ("bad-ff-order2-alpha", ElementFault::OutsideSubgroup),
        ("bad-ff-alpha-plus-p", ElementFault::NotCanonical),
        ("bad-ff-leading-zero", ElementFault::NotCanonical),
        ("ff-base", ElementFault::Form),
    ] {
        let records = records(&data.join("belenios").join(name).join("election.bel"));
        let group = group_of(&records);
        let choices =
            ballots(&records).flat_map(|ballot| array(&ballot["answers"])).flat_map(|answer| array(&answer["choices"]));
        let texts: Vec<&str> = choices.flat_map(|choice| [string(&choice["alpha"]), string(&choice["beta"])]).collect();
        let faults: Vec<ElementFault> = group.decode(&texts).into_iter().filter_map(Result::err).collect();
        let count = usize::from(name != "ff-base");
        assert_eq!(faults, vec![expected; count], "{name}");
    }
}

/// An element's text.
fn text(group: &FiniteField, element: &FieldElement) -> String {
    let mut text = String::new();
    group.encode(element, &mut text);
    text
}

/// Everything that the group gives to a shuffle: products of powers, independent generators, sorted ciphertexts. The
/// equations are those of Haenni, Koenig, Locher and Dubuis, "CHVote Protocol Specification", algorithm CheckShuffleProof.
#[test]
fn shuffles_hold() {
    let Some(data) = adil_outside::data("finite_records::shuffles_hold") else { return };
    let records = records(&data.join("belenios/ff-10-nh-2shuffles/election.bel"));
    let group = group_of(&records);
    let election = ballots(&records).next().map(|ballot| string(&ballot["election_hash"])).expect("a ballot");
    let key = records.iter().find_map(|record| record["public_key"].as_str()).expect("a key");
    let tally = records.iter().find(|record| record[0][0]["alpha"].is_string()).expect("a tally");
    let mut before = ciphertexts(&group, &tally[0]);
    assert!(before.is_sorted_by(|left, right| {
        group.order(&left[0], &right[0]).then_with(|| group.order(&left[1], &right[1])).is_lt()
    }));
    let mut seen = 0;
    for shuffle in records.iter().filter(|record| record["ciphertexts"].is_array()) {
        let after = ciphertexts(&group, &shuffle["ciphertexts"][0]);
        check_shuffle(&group, election, key, [&before, &after], &shuffle["proofs"][0]);
        before = after;
        seen += 1;
    }
    assert_eq!(seen, 2);
    // What was shuffled, decrypted by all trustees, is the result.
    let factors: Vec<Vec<FieldElement>> = records
        .iter()
        .filter(|record| record["decryption_factors"].is_array())
        .map(|record| array(&record["decryption_factors"][0]).iter().map(|value| element(&group, value)).collect())
        .collect();
    assert_eq!(factors.len(), 2);
    let vectors: Vec<Vec<u32>> = before
        .iter()
        .enumerate()
        .map(|(index, [_, beta])| {
            let factor = group.multiply(&factors[0][index], &factors[1][index]);
            group.extract(&group.multiply(beta, &group.invert(&factor)), 3).expect("a vector")
        })
        .collect();
    let result = records.iter().find(|record| record["result"].is_array()).expect("a result");
    assert_eq!(serde_json::json!(vectors), result["result"][0]);
}

fn ciphertexts(group: &FiniteField, list: &Value) -> Vec<[FieldElement; 2]> {
    array(list).iter().map(|pair| ["alpha", "beta"].map(|name| element(group, &pair[name]))).collect()
}

fn check_shuffle(group: &FiniteField, election: &str, key: &str, lists: [&[[FieldElement; 2]]; 2], proof: &Value) {
    let [before, after] = lists;
    let count = before.len();
    let elements =
        |value: &Value| -> Vec<FieldElement> { array(value).iter().map(|each| element(group, each)).collect() };
    let scalar = |value: &Value| group.scalar(string(value)).expect("a scalar");
    let scalars = |value: &Value| -> Vec<FieldScalar> { array(value).iter().map(scalar).collect() };
    let [t, s] = [&proof[0], &proof[1]];
    let (commitments, chain) = (elements(&proof[2]), elements(&proof[3]));
    let each = |list: &[FieldElement]| list.iter().map(|each| text(group, each) + ",").collect::<String>();
    let listed: String =
        lists.iter().flat_map(|list| list.iter()).map(|pair| each(pair)).collect::<String>() + &each(&commitments);
    let hex = |text: &str| Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let seed = hex(&format!("shuffle-challenges|{election}|{listed}"));
    let u: Vec<FieldScalar> = (0..count).map(|index| hash(group, &(seed.clone() + &hex(&index.to_string())))).collect();
    let heads = [&t[0], &t[1], &t[2], &t[3][0], &t[3][1]].map(|value| element(group, value));
    let links = elements(&t[4]);
    let c = hash(
        group,
        &format!("shuffle-challenge|{election}|{}{}{listed}{}{key}", each(&heads), each(&links), each(&chain)),
    );
    let minus_c = group.negate(&c);
    let [s1, s2, s3, s4] = [0, 1, 2, 3].map(|index| scalar(&s[index]));
    let (hats, primes) = (scalars(&s[4]), scalars(&s[5]));
    let generators = group.independent_generators(count);
    let (h, generators) = generators.split_first().expect("one for -1");
    let y = group.decode(&[key]).remove(0).expect("an element");
    let g = group.generator();
    let column =
        |list: &[[FieldElement; 2]], which: usize| list.iter().map(|pair| pair[which].clone()).collect::<Vec<_>>();
    // The product of a base to the -c, another to a response, and bases to the s'.
    let product = |base: &FieldElement, other: &FieldElement, response: &FieldScalar, bases: &[FieldElement]| {
        let bases = [&[base.clone(), other.clone()], bases].concat();
        let exponents = [&[minus_c.clone(), response.clone()], &primes[..bases.len() - 2]].concat();
        group.product_of_powers(&bases, &exponents)
    };
    let divided = |value: &FieldElement, by: &FieldElement| group.multiply(value, &group.invert(by));
    let all = divided(&group.product(&commitments), &group.product(generators));
    assert_eq!(heads[0], product(&all, &g, &s1, &[]));
    let exponent = u.iter().fold(group.small(1), |product, u| group.times(&product, u));
    let last = divided(chain.last().expect("a ciphertext"), &group.power(h, &exponent));
    assert_eq!(heads[1], product(&last, &g, &s2, &[]));
    let weighted = group.product_of_powers(&commitments, &u);
    assert_eq!(heads[2], product(&weighted, &g, &s3, generators));
    let minus_s4 = group.negate(&s4);
    let [a, b] = [0, 1].map(|which| group.product_of_powers(&column(before, which), &u));
    assert_eq!(heads[3], product(&b, &y, &minus_s4, &column(after, 1)));
    assert_eq!(heads[4], product(&a, &g, &minus_s4, &column(after, 0)));
    for index in 0..count {
        let previous = if index == 0 { h } else { &chain[index - 1] };
        let bases = [chain[index].clone(), g.clone(), previous.clone()];
        let exponents = [minus_c.clone(), hats[index].clone(), primes[index].clone()];
        assert_eq!(links[index], group.product_of_powers(&bases, &exponents));
    }
}
