//! From the name that an election gives to the group itself.

use adil_crypto::{Ed25519, Engine, FiniteField, SecretGroup};
use serde::Deserialize;

use crate::object::{Object, object_if_any};

/// Something that is done with whatever group an election has.
pub trait GroupVisitor {
    /// What comes of it.
    type Output;
    /// Does it.
    fn visit<G: SecretGroup>(self, group: &G) -> Self::Output;
}

/// A group that an election gives by its numbers, as JSON in the place of a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    g: String,
    p: String,
    q: String,
    #[serde(default, deserialize_with = "object_if_any")]
    embedding: Option<GivenEmbedding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenEmbedding {
    padding: u32,
    bits_per_int: u32,
}

/// Does it with the group of that name.
///
/// # Errors
/// There is no such group: the visitor is given back, with the reason.
pub fn with_group<V: GroupVisitor>(label: &str, engine: Option<Engine>, visitor: V) -> Result<V::Output, (V, String)> {
    let field = match label {
        "Ed25519" => return Ok(visitor.visit(&engine.map_or_else(Ed25519::new, Ed25519::with_engine))),
        "BELENIOS-2048" => Ok(FiniteField::belenios_2048()),
        "RFC-3526-2048" => Ok(FiniteField::rfc_3526_2048()),
        numbers => given(numbers),
    };
    match field {
        Ok(field) => Ok(visitor.visit(&field)),
        Err(why) => Err((visitor, why)),
    }
}

fn given(label: &str) -> Result<FiniteField, String> {
    let named = || "Ed25519, BELENIOS-2048, RFC-3526-2048, or the numbers of a group".to_owned();
    let Object(Given { g, p, q, embedding }) = serde_json::from_str(label).map_err(|_| named())?;
    let embedding = embedding.map(|embedding| (embedding.padding, embedding.bits_per_int));
    FiniteField::given(label, &p, &q, &g, embedding).map_err(|fault| fault.to_string())
}
