//! The instructions of AVX-512 for `ifma`, each by its own name.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::curve::{Bucket, Cached, Completed, Picks, Projective, Root, Row};
use crate::field::{Field, Packed};
use crate::ifma::{Ifma, Words};
use crate::kernels::{each_kernel, featured_kernels};
use crate::point::Point;

/// Exists only where the processor has AVX-512 F, DQ and IFMA.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Avx512(());

impl Avx512 {
    pub(crate) fn detect() -> Option<Self> {
        let has = std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("avx512dq")
            && std::arch::is_x86_feature_detected!("avx512ifma");
        has.then_some(Self(()))
    }
}

impl Words for Avx512 {
    type Vector = __m512i;

    #[inline(always)]
    fn set(self, value: u64) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_set1_epi64(value as i64) }
    }

    #[inline(always)]
    fn plus(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_add_epi64(a, b) }
    }

    #[inline(always)]
    fn minus(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_sub_epi64(a, b) }
    }

    #[inline(always)]
    fn and(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_and_si512(a, b) }
    }

    #[inline(always)]
    fn or(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_or_si512(a, b) }
    }

    #[inline(always)]
    fn right<const BITS: u32>(self, a: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_srli_epi64::<BITS>(a) }
    }

    #[inline(always)]
    fn left<const BITS: u32>(self, a: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_slli_epi64::<BITS>(a) }
    }

    #[inline(always)]
    fn low(self, sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 IFMA.
        unsafe { _mm512_madd52lo_epu64(sum, a, b) }
    }

    #[inline(always)]
    fn high(self, sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 IFMA.
        unsafe { _mm512_madd52hi_epu64(sum, a, b) }
    }

    #[inline(always)]
    fn pairs(self, pairs: [&[u64; 2]; 4]) -> __m512i {
        // SAFETY: each points to two words; `self` proves AVX-512 F and DQ.
        unsafe {
            let a = _mm512_castsi128_si512(_mm_loadu_si128(pairs[0].as_ptr().cast()));
            let ab = _mm512_inserti64x2::<1>(a, _mm_loadu_si128(pairs[1].as_ptr().cast()));
            let abc = _mm512_inserti64x2::<2>(ab, _mm_loadu_si128(pairs[2].as_ptr().cast()));
            _mm512_inserti64x2::<3>(abc, _mm_loadu_si128(pairs[3].as_ptr().cast()))
        }
    }

    #[inline(always)]
    fn firsts(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_unpacklo_epi64(a, b) }
    }

    #[inline(always)]
    fn seconds(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: `self` proves AVX-512 F.
        unsafe { _mm512_unpackhi_epi64(a, b) }
    }

    #[inline(always)]
    fn store(self, a: __m512i) -> [u64; 8] {
        let mut words = [0; 8];
        // SAFETY: there is room for eight words; `self` proves AVX-512 F.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), a) }
        words
    }
}

each_kernel!(featured_kernels, Ifma<Avx512>, "avx512f,avx512dq,avx512ifma");
