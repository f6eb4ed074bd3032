//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code.

use adil_lanes::Point;
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use sha2::{Digest, Sha256};

use crate::{Ed25519, ElementFault, Engine, FiniteField, Group};

/// Reads what the bytes after the first are, and returns how many elements or scalars there were among them. The first
/// byte, modulo six, chooses: encodings of 32 bytes, points made from them with parts outside the subgroup, texts of
/// Ed25519, texts of the finite fields, scalars for all of them, and texts of a finite field among so many that they are
/// tested together.
///
/// # Panics
/// Two ways to read them differ.
pub fn points(bytes: &[u8]) -> usize {
    let Some((choice, rest)) = bytes.split_first() else { return 0 };
    match choice % 6 {
        0 => encodings(&rest.chunks_exact(32).take(64).map(array).collect::<Vec<_>>()),
        1 => encodings(&with_torsion(rest)),
        2 => texts(&Ed25519::new(), &lines(rest), true),
        3 => fields().iter().map(|field| texts(field, &lines(rest), false)).sum(),
        4 => {
            let of_fields: usize = fields().iter().map(|field| scalars(field, &lines(rest))).sum();
            scalars(&Ed25519::new(), &lines(rest)) + of_fields
        }
        _ => texts(&FiniteField::belenios_2048(), &lines(rest)[..1], true),
    }
}

fn array(bytes: &[u8]) -> [u8; 32] {
    let mut array = [0; 32];
    array.copy_from_slice(bytes);
    array
}

fn fields() -> [FiniteField; 2] {
    [FiniteField::belenios_2048(), FiniteField::rfc_3526_2048()]
}

/// The texts in lines.
fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes).split('\n').take(16).map(str::to_owned).collect()
}

/// More points than are tested one by one: each byte is a point, its lower bits a multiple of the generator and its
/// upper three a point of small order that is added where the byte before it is 255.
fn with_torsion(bytes: &[u8]) -> Vec<[u8; 32]> {
    let mut before = 0;
    let mut point = |&byte: &u8| {
        let multiple = EdwardsPoint::mul_base(&u64::from(byte & 31).into());
        let torsion = if before == 255 { EIGHT_TORSION[usize::from(byte >> 5)] } else { EdwardsPoint::default() };
        before = byte;
        (multiple + torsion).compress().0
    };
    bytes.iter().chain(&[3; 160]).take(320).map(&mut point).collect()
}

/// Every engine decodes as curve25519-dalek does where that is held to canonical encodings, and tells the same points to
/// lie outside the subgroup.
fn encodings(encodings: &[[u8; 32]]) -> usize {
    let reference: Vec<Option<EdwardsPoint>> = encodings
        .iter()
        .map(|bytes| CompressedEdwardsY(*bytes).decompress().filter(|point| point.compress().0 == *bytes))
        .collect();
    let expected: Vec<Result<[u8; 32], bool>> = reference
        .iter()
        .map(|point| match point {
            Some(point) if point.is_torsion_free() => Ok(point.compress().0),
            Some(_) => Err(true),
            None => Err(false),
        })
        .collect();
    let texts: Vec<String> = encodings.iter().map(text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let seed = Sha256::digest(encodings.as_flattened()).into();
    for engine in Engine::available() {
        let points = adil_lanes::decompress(engine, encodings);
        let same = points.iter().zip(&reference).all(|(own, reference)| own.is_some() == reference.is_some());
        assert!(same, "{}: {points:?} {reference:?}", engine.name());
        for (own, bytes) in points.iter().zip(encodings).filter_map(|(own, bytes)| Some((own.as_ref()?, bytes))) {
            assert_eq!(own.compress(), *bytes, "{}", engine.name());
        }
        let present: Vec<Point> = points.into_iter().flatten().collect();
        let all = adil_lanes::all_prime_order(engine, &present, &seed);
        assert_eq!(all, expected.iter().all(|expected| *expected != Err(true)), "{}", engine.name());
        let group = Ed25519::with_engine(engine);
        let decoded = group.decode(&texts);
        assert_eq!(decoded.len(), encodings.len());
        for ((own, expected), text) in decoded.iter().zip(&expected).zip(&texts) {
            match (own, expected) {
                (Ok(element), Ok(_)) => assert_eq!(written(&group, element), *text),
                (Err(ElementFault::OutsideSubgroup), Err(true)) => {}
                (Err(ElementFault::NotCanonical | ElementFault::NotOnCurve), Err(false)) => {}
                _ => panic!("{}: {own:?}, expected {expected:?} for {text}", engine.name()),
            }
        }
    }
    expected.iter().filter(|expected| expected.is_ok()).count()
}

/// The bytes as the protocol writes them: most significant first.
fn text(bytes: &[u8; 32]) -> String {
    bytes.iter().rev().map(|byte| format!("{byte:02x}")).collect()
}

fn written<G: Group>(group: &G, element: &G::Element) -> String {
    let mut text = String::new();
    group.encode(element, &mut text);
    text
}

/// What is read is written the same, and is what it is whether it is read alone, with the others, or among so many that
/// all are tested together. Elements are closed under products and inverses.
fn texts<G: Group>(group: &G, texts: &[String], in_batch: bool) -> usize {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let decoded = group.decode(&texts);
    assert_eq!(decoded.len(), texts.len());
    // Where one is refused all are tested one by one, which is long.
    let in_batch = in_batch && decoded.iter().any(Result::is_ok);
    let many = if in_batch { texts.len() * 200usize.div_ceil(texts.len()) } else { 0 };
    let often: Vec<&str> = texts.iter().copied().cycle().take(many).collect();
    for (often, alone) in group.decode(&often).iter().zip(decoded.iter().cycle()) {
        assert_eq!(often, alone);
    }
    for (text, decoded) in texts.iter().zip(&decoded) {
        assert_eq!(group.decode(&[text])[0], *decoded);
        let Ok(element) = decoded else { continue };
        assert_eq!(written(group, element), *text);
        assert_eq!(group.multiply(element, &group.invert(element)), group.neutral());
        let square = written(group, &group.multiply(element, element));
        assert!(group.decode(&[&square])[0].is_ok(), "{square}");
    }
    decoded.iter().flatten().count()
}

/// What is read as a scalar has one text, and laws of exponents hold for it.
fn scalars<G: Group>(group: &G, texts: &[String]) -> usize {
    let mut read = 0;
    for text in texts {
        let Ok(scalar) = group.scalar(text) else { continue };
        read += 1;
        let canonical = text == "0" || !text.starts_with('0');
        assert!(canonical && text.bytes().all(|digit| digit.is_ascii_digit()), "{text}");
        // The same digits, put together by the group's own arithmetic.
        let ten = group.small(10);
        let again = text.bytes().fold(group.small(0), |sum, digit| {
            group.add(&group.times(&sum, &ten), &group.small(u64::from(digit - b'0')))
        });
        assert_eq!(again, scalar);
        assert_eq!(group.add(&scalar, &group.negate(&scalar)), group.small(0));
        if scalar != group.small(0) {
            assert_eq!(group.times(&scalar, &group.reciprocal(&scalar)), group.small(1));
        }
        let power = group.power(&group.generator(), &scalar);
        assert_eq!(group.product_of_powers(&[group.generator()], &[scalar]), power);
        assert_eq!(group.decode(&[&written(group, &power)])[0], Ok(power));
    }
    read
}
