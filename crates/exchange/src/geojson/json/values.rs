//! What stands under the members of an object of GeoJSON.

use super::*;

/// The list of features: each is finished before the next is read.
pub(super) struct Features<'p, 's> {
    pub(super) state: &'p mut State<'s>,
}

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let state = self.state;
        loop {
            state.number += 1;
            let object = Object { state: &mut *state, part: Part::Feature, depth: 0 };
            let Some(raw) = list.next_element_seed(object)? else { break };
            if state.number > state.limits.features {
                let limit = state.limits.features;
                return Err(state.stop(ExchangeError::TooMany { what: "features", limit }));
            }
            let feature = match raw.kind.as_deref() {
                Some("Feature") => raw.feature(state),
                Some(other) => Err(GeoFault::Type(other.to_owned())),
                None => Err(GeoFault::NoType),
            };
            match feature {
                Ok(feature) => state.features.push(feature),
                Err(fault) => return Err(state.refuse(fault)),
            }
        }
        state.number = 0;
        Ok(())
    }
}

/// A geometry, or null.
pub(super) struct Geometry<'p, 's> {
    pub(super) state: &'p mut State<'s>,
}

impl<'de> DeserializeSeed<'de> for Geometry<'_, '_> {
    type Value = Option<Raw>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Option<Raw>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Geometry<'_, '_> {
    type Value = Option<Raw>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry or null")
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Option<Raw>, D::Error> {
        Object { state: self.state, part: Part::Geometry, depth: 0 }.deserialize(deserializer).map(Some)
    }
}

/// The members of a GeometryCollection.
pub(super) struct Geometries<'p, 's> {
    pub(super) state: &'p mut State<'s>,
    pub(super) depth: usize,
}

impl<'de> DeserializeSeed<'de> for Geometries<'_, '_> {
    type Value = Vec<Raw>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Raw>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Geometries<'_, '_> {
    type Value = Vec<Raw>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of geometries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Raw>, A::Error> {
        let mut all = Vec::new();
        loop {
            counted(self.state)?;
            let object = Object { state: &mut *self.state, part: Part::Geometry, depth: self.depth };
            let Some(raw) = list.next_element_seed(object)? else { return Ok(all) };
            all.push(raw);
        }
    }
}

/// Counts a position or a list of them.
fn counted<E: serde::de::Error>(state: &mut State<'_>) -> Result<(), E> {
    state.positions += 1;
    if state.positions > state.limits.positions {
        let limit = state.limits.positions;
        return Err(state.stop(ExchangeError::TooMany { what: "positions and lists of them", limit }));
    }
    Ok(())
}

/// Numbers in lists.
pub(super) struct Coordinates<'p, 's> {
    pub(super) state: &'p mut State<'s>,
    pub(super) depth: usize,
}

impl<'de> DeserializeSeed<'de> for Coordinates<'_, '_> {
    type Value = Nested;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Nested, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Coordinates<'_, '_> {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers in lists")
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Nested, E> {
        if number.is_finite() { Ok(Nested::Number(number)) } else { Err(E::custom("a number that is too large")) }
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Nested, E> {
        Ok(Nested::Number(number as f64))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Nested, E> {
        Ok(Nested::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Nested, A::Error> {
        counted(self.state)?;
        if self.depth >= DEEPEST {
            return Err(self.state.refuse(GeoFault::Nesting("geometry".to_owned())));
        }
        let mut all = Vec::new();
        while let Some(one) = list.next_element_seed(Coordinates { state: &mut *self.state, depth: self.depth + 1 })? {
            all.push(one);
            if let [Nested::Number(longitude), Nested::Number(latitude)] = all.as_slice() {
                let position = Nested::Position([*longitude, *latitude]);
                // A height, and whatever else older files have.
                while list.next_element::<f64>()?.is_some() {}
                return Ok(position);
            }
        }
        Ok(Nested::List(all))
    }
}

/// The wanted ones of a feature's properties, or null.
pub(super) struct Properties<'p, 's> {
    pub(super) state: &'p mut State<'s>,
}

impl<'de> DeserializeSeed<'de> for Properties<'_, '_> {
    type Value = Vec<Option<String>>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Properties<'_, '_> {
    type Value = Vec<Option<String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties or null")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(vec![None; self.state.wanted.len()])
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = vec![None; self.state.wanted.len()];
        while let Some(key) = map.next_key::<String>()? {
            let Some(at) = self.state.wanted.iter().position(|wanted| *wanted == key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let Some(text) = map.next_value_seed(Text)? else { continue };
            if text.len() > self.state.limits.name_bytes {
                let limit = self.state.limits.name_bytes;
                return Err(self.state.refuse(GeoFault::LongName { name: key, limit }));
            }
            if let Some(slot) = found.get_mut(at).filter(|_| !text.trim().is_empty()) {
                *slot = Some(text);
            }
        }
        Ok(found)
    }
}

/// A name: a text or a number. Anything else is none.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<String>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
