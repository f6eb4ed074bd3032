//! Which instructions compute.

#[cfg(target_arch = "x86_64")]
use crate::avx2::Avx2;
#[cfg(target_arch = "x86_64")]
use crate::avx512::Avx512;
#[cfg(any(target_arch = "x86_64", test))]
use crate::ifma::Ifma;
#[cfg(test)]
use crate::model::Model;
use crate::portable::Portable;

/// A way to compute on this processor. All engines give the same results.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Engine(pub(crate) Kind);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Portable(Portable),
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(target_arch = "x86_64")]
    Ifma(Ifma<Avx512>),
    #[cfg(test)]
    Model(Ifma<Model>),
}

impl Engine {
    /// The fastest one that this processor has.
    pub fn fastest() -> Self {
        Self::available().last().copied().unwrap_or(Self::portable())
    }

    /// 64-bit words, one value at a time; on every machine.
    pub fn portable() -> Self {
        Self(Kind::Portable(Portable))
    }

    /// All that this processor has, slowest (portable) first.
    pub fn available() -> Vec<Self> {
        let mut engines = vec![Self::portable()];
        #[cfg(target_arch = "x86_64")]
        engines.extend(Avx2::detect().map(|engine| Self(Kind::Avx2(engine))));
        #[cfg(target_arch = "x86_64")]
        engines.extend(Avx512::detect().map(|words| Self(Kind::Ifma(Ifma(words)))));
        engines
    }

    /// The code of the IFMA engine on a model of its instructions.
    #[cfg(test)]
    pub(crate) fn model() -> Self {
        Self(Kind::Model(Ifma(Model)))
    }

    /// `portable`, `avx2` or `avx512ifma`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable(_) => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2(_) => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Ifma(_) => "avx512ifma",
            #[cfg(test)]
            Kind::Model(_) => "model of avx512ifma",
        }
    }
}

/// `body` with `field` as the kernels of the engine.
macro_rules! with_engine {
    ($engine:expr, $field:ident => $body:expr) => {
        match $engine.0 {
            crate::engine::Kind::Portable($field) => $body,
            #[cfg(target_arch = "x86_64")]
            crate::engine::Kind::Avx2($field) => $body,
            #[cfg(target_arch = "x86_64")]
            crate::engine::Kind::Ifma($field) => $body,
            #[cfg(test)]
            crate::engine::Kind::Model($field) => $body,
        }
    };
}

pub(crate) use with_engine;
