//! The group as a whole.

use super::FieldScalar;
use crate::{Base, FieldElement, FiniteField, Group as _, Output, Plan};
use sha2::{Digest as _, Sha256};

mod encodings;
mod laws;
mod oracle;

/// A group of another width, made for tests: `p` of 1024 bits, `q` of 160.
fn given_1024() -> FiniteField {
    FiniteField::given("a test", GIVEN_P, GIVEN_Q, GIVEN_G, None).expect("a group")
}

/// A scalar of full length from a number.
fn scalar(group: &FiniteField, number: u64) -> FieldScalar {
    let hash = |block: u8| {
        let mut hash = Sha256::new();
        hash.update(number.to_be_bytes());
        hash.update([block]);
        hash.finalize()
    };
    group.reduce(&(0..9).flat_map(hash).collect::<Vec<u8>>())
}

/// The commitments by the plain way.
fn plain_commitments(
    group: &FiniteField,
    plan: &Plan,
    fixed: &[FieldElement; 2],
    points: &[FieldElement],
    scalars: &[FieldScalar],
) -> Vec<String> {
    let mut texts = Vec::new();
    let mut scalars = scalars.iter();
    for points in points.chunks(plan.inputs()) {
        for output in plan.outputs() {
            let mut bases: Vec<FieldElement> = Vec::new();
            for base in &output.bases {
                bases.push(match &plan.bases()[*base] {
                    Base::Input(input) => points[*input].clone(),
                    Base::Sum(members) => members
                        .iter()
                        .fold(group.neutral(), |product, member| group.multiply(&product, &points[*member])),
                });
            }
            let shared = fixed.iter().zip(output.fixed).filter(|(_, present)| *present);
            bases.extend(shared.map(|(base, _)| base.clone()));
            let value = bases.iter().fold(group.neutral(), |product, base| {
                group.multiply(&product, &group.power(base, scalars.next().expect("a scalar for each base")))
            });
            let mut text = String::new();
            group.encode(&value, &mut text);
            texts.push(text);
        }
    }
    texts
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

/// The first prime `q k + 1` above `2^1023` with even `k`.
const GIVEN_P: &str = "\
    898846567431157953864652595394512366808988489471153286367150405788663379027504815663542386612037680105600569399356\
    966788293948844072083112464237153197370621888839467124327426381511098006230470597265414760425028844190753411712314\
    40736956555270413618581675255529365358698328774708775703215219351545329613875969";
/// The first prime above `2^159`.
const GIVEN_Q: &str = "730750818665451459101842416358141509827966271787";
/// `2^((p - 1) / q)`
const GIVEN_G: &str = "\
    437539662689561586837941410446090480749443994634971186010092600152789079447933968888726547974366791561717048352633\
    420987472298419829635508715574476834043594463776486457518569138292805779343848313812951031823680370011703145311896\
    58120206052644043469275562473160989451140877931368137440524162645073654512304068";
