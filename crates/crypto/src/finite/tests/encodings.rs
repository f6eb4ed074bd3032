//! What is an element, a scalar and a group, and what is refused.

use super::{GIVEN_G, GIVEN_P, GIVEN_Q, given_1024, scalar};
use crate::finite::primes::is_prime;
use crate::finite::{GroupFault, Parameter, natural};
use crate::{ElementFault, Embedding, FiniteField, Group as _, ScalarFault};

fn text(number: &[u64]) -> String {
    let mut text = String::new();
    natural::write(number, &mut text);
    text
}

fn refusal(group: &FiniteField, text: &str) -> Option<ElementFault> {
    group.decode(&[text]).pop().expect("one result").err()
}

#[test]
fn the_constants_are_groups() {
    for group in [FiniteField::belenios_2048(), FiniteField::rfc_3526_2048()] {
        let (p, q) = (group.modulus(), group.group_order());
        assert_eq!(natural::bits(p), 2048);
        assert!(is_prime(p) && is_prime(q));
        // p = 2 q k + 1
        let (_, rest) = natural::divide(&natural::minus(p, &[1]), &natural::times(q, &[2]));
        assert!(natural::is_zero(&rest));
        assert!(group.generator_has_order());
        assert_ne!(group.generator(), group.neutral());
    }
    assert_eq!(natural::bits(FiniteField::belenios_2048().group_order()), 256);
}

#[test]
fn group_14_of_rfc_3526_begins_and_ends_as_printed_there() {
    let p = FiniteField::rfc_3526_2048().modulus().to_vec();
    assert_eq!(p[28..], [0x2902_4E08_8A67_CC74, 0xC4C6_628B_80DC_1CD1, 0xC90F_DAA2_2168_C234, u64::MAX]);
    assert_eq!(p[..2], [u64::MAX, 0x1572_8E5A_8AAC_AA68]);
}

#[test]
fn elements_outside_the_subgroup_are_refused() {
    for group in [FiniteField::belenios_2048(), FiniteField::rfc_3526_2048(), given_1024()] {
        // p - 1 has the order 2.
        let minus_one = text(&natural::minus(group.modulus(), &[1]));
        assert_eq!(refusal(&group, &minus_one), Some(ElementFault::OutsideSubgroup));
        assert_eq!(refusal(&group, "0"), Some(ElementFault::OutsideSubgroup));
        assert_eq!(refusal(&group, "1"), None);
    }
    assert_eq!(refusal(&FiniteField::belenios_2048(), "2"), Some(ElementFault::OutsideSubgroup));
    assert_eq!(refusal(&FiniteField::rfc_3526_2048(), "2"), None);
}

#[test]
fn texts_that_are_not_canonical_are_refused() {
    let group = FiniteField::belenios_2048();
    let mut generator = String::new();
    group.encode(&group.generator(), &mut generator);
    assert_eq!(refusal(&group, &generator), None);
    let number = natural::parse(&generator, group.modulus()).expect("a number");
    let plus_p = text(&natural::plus(&number, group.modulus()));
    for other in [plus_p, text(group.modulus()), format!("0{generator}"), "00".to_owned(), "1".repeat(1 << 20)] {
        assert_eq!(refusal(&group, &other), Some(ElementFault::NotCanonical));
    }
    for other in ["", "-1", "+1", " 1", "1 ", "0x1", "1e3", "١", "x"] {
        assert_eq!(refusal(&group, other), Some(ElementFault::Form));
    }
}

#[test]
fn a_batch_names_exactly_the_bad_ones() {
    // Enough for the common test to be the cheaper one.
    let group = given_1024();
    let mut texts: Vec<String> = (0..400)
        .map(|index| {
            let mut text = String::new();
            group.encode(&group.power(&group.generator(), &scalar(&group, index)), &mut text);
            text
        })
        .collect();
    let decoded = |texts: &[String]| group.decode(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(decoded(&texts).iter().all(Result::is_ok));
    // The negative of an element has a part of order 2: half of all products do not show it.
    let negative = natural::minus(group.modulus(), &natural::parse(&texts[17], group.modulus()).expect("a number"));
    texts[17] = text(&negative);
    texts[30] = "07".to_owned();
    texts[31] = "7".to_owned();
    texts[399] = texts[17].clone();
    let results = decoded(&texts);
    for (index, result) in results.iter().enumerate() {
        let expected = match index {
            17 | 31 | 399 => Some(ElementFault::OutsideSubgroup),
            30 => Some(ElementFault::NotCanonical),
            _ => None,
        };
        assert_eq!(result.as_ref().err(), expected.as_ref(), "{index}");
    }
}

#[test]
fn scalars_are_canonical_and_below_the_order() {
    for group in [FiniteField::belenios_2048(), FiniteField::rfc_3526_2048(), given_1024()] {
        let order = group.group_order();
        assert_eq!(group.scalar(&text(order)), Err(ScalarFault::OutOfRange));
        assert_eq!(group.scalar(&text(&natural::minus(order, &[1]))), Ok(group.negate(&group.small(1))));
        assert_eq!(group.scalar("0"), Ok(group.small(0)));
        assert_eq!(group.scalar(&"9".repeat(1 << 20)), Err(ScalarFault::OutOfRange));
        for other in ["", "00", "01", "-1", "+1", "1.", "a"] {
            assert_eq!(group.scalar(other), Err(ScalarFault::Form));
        }
        let bytes: Vec<u8> = order.iter().rev().flat_map(|word| word.to_be_bytes()).chain([5]).collect();
        assert_eq!(group.reduce(&bytes), group.small(5));
    }
}

#[test]
fn vectors_are_read_from_elements() {
    let group = FiniteField::rfc_3526_2048();
    assert_eq!(group.embeds(), Some(Embedding { longest: 255, bits_each: 8 }));
    // (3 * 256 + 200) * 256, and then the next number that is an element.
    let element = (0..).find_map(|more| group.decode(&[&(247_808 + more).to_string()]).pop()?.ok()).expect("soon");
    assert_eq!(group.extract(&element, 2), Some(vec![3, 200]));
    assert_eq!(group.extract(&element, 3), Some(vec![0, 3, 200]));
    assert_eq!(group.extract(&element, 1), Some(vec![200]));
    assert_eq!(group.extract(&element, 256), None);
    assert_eq!(FiniteField::belenios_2048().extract(&FiniteField::belenios_2048().generator(), 1), None);
}

#[test]
fn independent_generators_are_of_the_subgroup_and_differ() {
    let group = FiniteField::rfc_3526_2048();
    let generators = group.independent_generators(3);
    assert_eq!(generators.len(), 4);
    for (index, generator) in generators.iter().enumerate() {
        let mut text = String::new();
        group.encode(generator, &mut text);
        assert_eq!(refusal(&group, &text), None);
        assert!(!generators[..index].contains(generator));
    }
}

#[test]
fn a_group_that_is_none_is_refused_with_its_reason() {
    let given =
        |p: &str, q: &str, g: &str| FiniteField::given("x", p, q, g, None).map(|group| group.label().to_owned());
    assert_eq!(given(GIVEN_P, GIVEN_Q, GIVEN_G), Ok("x".to_owned()));
    let p = given_1024().modulus().to_vec();
    let q = given_1024().group_order().to_vec();
    let other = |number: &[u64], more: u64| text(&natural::plus(number, &[more]));
    assert_eq!(given("x", GIVEN_Q, GIVEN_G), Err(GroupFault::Form(Parameter::Modulus)));
    assert_eq!(given(GIVEN_P, "", GIVEN_G), Err(GroupFault::Form(Parameter::Order)));
    assert_eq!(given(GIVEN_P, GIVEN_Q, "02"), Err(GroupFault::Form(Parameter::Generator)));
    assert_eq!(given("23", "11", "4"), Err(GroupFault::ModulusSize));
    assert_eq!(given(&"7".repeat(1 << 20), GIVEN_Q, GIVEN_G), Err(GroupFault::ModulusSize));
    assert_eq!(given(GIVEN_P, "2", GIVEN_G), Err(GroupFault::OrderSize));
    assert_eq!(given(GIVEN_P, "0", GIVEN_G), Err(GroupFault::OrderSize));
    assert_eq!(given(GIVEN_P, &other(&q, 2), GIVEN_G), Err(GroupFault::OrderDoesNotDivide));
    // Twice the order divides p - 1 too.
    assert_eq!(given(GIVEN_P, &text(&natural::plus(&q, &q)), GIVEN_G), Err(GroupFault::NotPrime(Parameter::Order)));
    // p + 2 q - 1 = q (k + 2) is even; p + 2 q leaves 1 modulo q and need not be prime.
    let composite = text(&natural::plus(&p, &natural::plus(&q, &q)));
    assert_eq!(given(&composite, GIVEN_Q, GIVEN_G), Err(GroupFault::NotPrime(Parameter::Modulus)));
    for generator in ["0", "1", GIVEN_P] {
        assert_eq!(given(GIVEN_P, GIVEN_Q, generator), Err(GroupFault::GeneratorRange));
    }
    assert_eq!(given(GIVEN_P, GIVEN_Q, "2"), Err(GroupFault::GeneratorOrder));
    assert_eq!(FiniteField::given("x", GIVEN_P, GIVEN_Q, GIVEN_G, Some((0, 8))).err(), Some(GroupFault::Embedding));
    assert_eq!(FiniteField::given("x", GIVEN_P, GIVEN_Q, GIVEN_G, Some((8, 32))).err(), Some(GroupFault::Embedding));
}
