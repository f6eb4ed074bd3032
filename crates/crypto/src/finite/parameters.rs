//! The two groups that the protocol names, and the conditions on one that an election gives.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::FiniteField;
use super::natural::{self, Malformed};
use super::primes::is_prime;

/// Bits of the smallest and of the largest modulus that is accepted.
const MODULUS_BITS: RangeInclusive<usize> = 1024..=4096;
/// Bits of the smallest order that is accepted.
const LEAST_ORDER_BITS: usize = 160;

/// A number of the description of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// The modulus `p`.
    Modulus,
    /// The order `q` of the subgroup.
    Order,
    /// The generator `g`.
    Generator,
}

impl std::fmt::Display for Parameter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Modulus => "the modulus p",
            Self::Order => "the order q",
            Self::Generator => "the generator g",
        })
    }
}

/// Why numbers describe no group that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GroupFault {
    /// Something else than decimal digits without leading zeros.
    #[error("{0} is not a canonical decimal number")]
    Form(Parameter),
    /// A modulus of less than 1024 or more than 4096 bits.
    #[error("the modulus p has fewer than 1024 or more than 4096 bits")]
    ModulusSize,
    /// An order of less than 160 bits.
    #[error("the order q has fewer than 160 bits")]
    OrderSize,
    /// The order does not divide `p - 1`.
    #[error("the order q does not divide p - 1")]
    OrderDoesNotDivide,
    /// A number that must be prime is not.
    #[error("{0} is not prime")]
    NotPrime(Parameter),
    /// The generator is 0, 1, or not below `p`.
    #[error("the generator g is not between 1 and p")]
    GeneratorRange,
    /// The generator is not of order `q`.
    #[error("the generator g does not have the order q")]
    GeneratorOrder,
    /// No padding, or no bits or more than 31 bits for a number.
    #[error("the embedding needs padding and 1 to 31 bits for each number")]
    Embedding,
}

/// `p` of BELENIOS-2048: `p = 2 q k + 1`.
const BELENIOS_P: &str = "\
    2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433812906663313807\
    8958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790\
    4916540637771737641986785272734744763418356000356983051931442845617019110007867373073335641239717328979132404745788\
    3446826065232797464795113767265869358218004631792207366886005262718636338608879688212076943236614949100292344434637\
    3222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498\
    073276598828825169183103125680162072880719";
/// `q` of BELENIOS-2048, a prime of 256 bits.
const BELENIOS_Q: &str = "78571733251071885079927659812671450121821421258408794611510081919805623223441";
/// `g` of BELENIOS-2048, of order `q`.
const BELENIOS_G: &str = "\
    2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749\
    3890950838965734256019006010684771644917354741372831046104586813145117816467554005274028898461398645326612150557970\
    9716201616827031288643245666383486363578210615491841998253431518974065818686865115135857641013888221539601604322884\
    3603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967\
    7540525736590494924776314759915751987751777114814909204566002054781270547282381409725186398583341157005683536955534\
    23781475582491896050296680037745308460627";
/// `p` of RFC-3526-2048: group 14 of RFC 3526, `2^2048 - 2^1984 - 1 + 2^64 (floor(2^1918 pi) + 124476)`.
const RFC_3526_P: &str = "\
    323170060713110073003389139264238282488179412411402391128420097514007417066343542226196894173635693471179017379097\
    041917546058732091950288537589861856221532121754125149017745202702357960782362488842461894775876411059286460994117\
    232454266225221932305409190376805242355191256797158701170010580558776510388618472802579760549035697325615261670813\
    393617995413364765591603683178967290731783845896806396719009772021941686472258710314113364293195361934716365332097\
    170774482279885885653692086452966360772502689555059283627511211740969729980684105543595848665832916421362182310789\
    90999448652468262416972035911852507045361090559";

impl FiniteField {
    /// The group BELENIOS-2048: a prime `p` of 2048 bits and a subgroup whose order `q` has 256.
    pub fn belenios_2048() -> Self {
        static GROUP: OnceLock<FiniteField> = OnceLock::new();
        GROUP.get_or_init(|| named("BELENIOS-2048", BELENIOS_P, Some(BELENIOS_Q), BELENIOS_G, None)).clone()
    }

    /// The group RFC-3526-2048: group 14 of RFC 3526 with `g = 2` and `q = (p - 1) / 2`, which embeds up to 255 numbers
    /// of 8 bits.
    pub fn rfc_3526_2048() -> Self {
        static GROUP: OnceLock<FiniteField> = OnceLock::new();
        GROUP.get_or_init(|| named("RFC-3526-2048", RFC_3526_P, None, "2", Some((8, 8)))).clone()
    }

    /// A group that an election gives in full: a prime `p`, a prime `q` that divides `p - 1`, and `g` of order `q`, as
    /// decimal numbers; `embedding` gives the bits of padding and the bits for each number.
    ///
    /// `p` has 1024 to 4096 bits: below, discrete logarithms have been computed in practice (Logjam, 2015); above,
    /// checking a ballot takes too long to be of use. `q` has at least 160: a logarithm in the subgroup costs `sqrt(q)`
    /// steps by Pollard's method, whatever `p` is, and `2^80` is the least that was ever recommended (FIPS 186-2).
    ///
    /// # Errors
    /// One of the conditions does not hold. Texts that are too long are refused without being read, and both primality
    /// tests together take at most seconds.
    pub fn given(label: &str, p: &str, q: &str, g: &str, embedding: Option<(u32, u32)>) -> Result<Self, GroupFault> {
        let p = number(p, &limit(), Parameter::Modulus, GroupFault::ModulusSize)?;
        if !MODULUS_BITS.contains(&natural::bits(&p)) {
            return Err(GroupFault::ModulusSize);
        }
        let q = number(q, &p, Parameter::Order, GroupFault::OrderDoesNotDivide)?;
        let g = number(g, &p, Parameter::Generator, GroupFault::GeneratorRange)?;
        if natural::bits(&q) < LEAST_ORDER_BITS {
            return Err(GroupFault::OrderSize);
        }
        if !natural::is_zero(&natural::divide(&natural::minus(&p, &[1]), &q).1) {
            return Err(GroupFault::OrderDoesNotDivide);
        }
        if natural::bits(&g) < 2 {
            return Err(GroupFault::GeneratorRange);
        }
        if embedding.is_some_and(|(padding, each)| padding == 0 || !(1..32).contains(&each)) {
            return Err(GroupFault::Embedding);
        }
        for (number, parameter) in [(&q, Parameter::Order), (&p, Parameter::Modulus)] {
            if !is_prime(number) {
                return Err(GroupFault::NotPrime(parameter));
            }
        }
        let field = Self::unchecked(label, &p, &q, &g, embedding).ok_or(GroupFault::ModulusSize)?;
        if field.generator_has_order() { Ok(field) } else { Err(GroupFault::GeneratorOrder) }
    }
}

/// A group of the protocol; without an order it is that of the squares.
fn named(label: &str, p: &str, q: Option<&str>, g: &str, embedding: Option<(u32, u32)>) -> FiniteField {
    let limit = limit();
    let number = |text| natural::parse(text, &limit).unwrap_or_default();
    let p = number(p);
    let q = q.map_or_else(|| natural::shifted_down(&p, 1), number);
    FiniteField::unchecked(label, &p, &q, &number(g), embedding).expect("the constants are as a test says")
}

/// `2^4096`: no modulus is as large.
fn limit() -> Vec<u64> {
    let mut limit = vec![0; MODULUS_BITS.end() / 64];
    limit.push(1);
    limit
}

fn number(text: &str, limit: &[u64], parameter: Parameter, too_large: GroupFault) -> Result<Vec<u64>, GroupFault> {
    natural::parse(text, limit).map_err(|malformed| match malformed {
        Malformed::TooLarge => too_large,
        Malformed::NoNumber | Malformed::LeadingZeros => GroupFault::Form(parameter),
    })
}
