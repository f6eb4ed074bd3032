//! The operations on points as functions that each engine compiles for its own instructions.
//!
//! What runs on vectors is generic and always inlined (`field`, `curve`); here it gets one entry per operation and
//! engine, the only place where code with other processor features is called. Vectors pass by reference. All the rest
//! of the crate is ordinary code over this trait.

use crate::curve::{Bucket, Cached, Completed, Picks, Projective, Root, Row};
use crate::field::{Field, Packed};
use crate::point::Point;

/// See the functions of the same names in `curve`.
pub(crate) trait Kernels: Field {
    fn double(self, point: &mut Completed<Self>, times: usize);
    fn add_rows(self, point: &mut Completed<Self>, picks: &Picks<'_>);
    fn start_rows(self, picks: &Picks<'_>) -> Completed<Self>;
    fn pick_rows(self, rows: &[Row], wanted: &[(u64, u64)], picked: &mut [Row]);
    fn cached(self, point: &Completed<Self>) -> Cached<Self>;
    fn add_cached(self, point: &mut Completed<Self>, other: &Cached<Self>);
    fn add_and_sub(self, point: &Completed<Self>, other: &Cached<Self>) -> (Completed<Self>, Completed<Self>);
    fn projective(self, point: &Completed<Self>) -> Projective<Self>;
    fn invert_all(self, points: &mut [Projective<Self>], before: &mut Vec<Self::Element>);
    fn rows(self, point: &Projective<Self>, rows: &mut [Row], stride: usize);
    fn point_rows(self, points: &[Point], out: &mut [Row]);
    fn affine(self, point: &Projective<Self>, out: &mut [Point]);
    fn load(self, points: &[Point]) -> Completed<Self>;
    fn take(self, buckets: &[Bucket], at: &[usize]) -> Completed<Self>;
    fn put(self, point: &Completed<Self>, buckets: &mut [Bucket], at: &[usize]);
    fn roots(self, ys: &[Packed], out: &mut [Root]);
    fn muls(self, point: &mut Completed<Self>, times: usize);
    fn squares(self, point: &mut Completed<Self>, times: usize);

    /// Asks for the row to be in the cache soon.
    #[inline(always)]
    fn prefetch(self, _row: &Row) {}
}

/// The list of the trait, handed to a macro that writes one function for each entry.
macro_rules! each_kernel {
    ($write:ident, $engine:ty $(, $feature:literal)?) => {
        $write! { $engine $(, $feature)?;
            double(point: &mut Completed<$engine>, times: usize);
            add_rows(point: &mut Completed<$engine>, picks: &Picks<'_>);
            start_rows(picks: &Picks<'_>) -> Completed<$engine>;
            pick_rows(rows: &[Row], wanted: &[(u64, u64)], picked: &mut [Row]);
            cached(point: &Completed<$engine>) -> Cached<$engine>;
            add_cached(point: &mut Completed<$engine>, other: &Cached<$engine>);
            add_and_sub(point: &Completed<$engine>, other: &Cached<$engine>) -> (Completed<$engine>, Completed<$engine>);
            projective(point: &Completed<$engine>) -> Projective<$engine>;
            invert_all(points: &mut [Projective<$engine>], before: &mut Vec<<$engine as Field>::Element>);
            rows(point: &Projective<$engine>, rows: &mut [Row], stride: usize);
            point_rows(points: &[Point], out: &mut [Row]);
            affine(point: &Projective<$engine>, out: &mut [Point]);
            load(points: &[Point]) -> Completed<$engine>;
            take(buckets: &[Bucket], at: &[usize]) -> Completed<$engine>;
            put(point: &Completed<$engine>, buckets: &mut [Bucket], at: &[usize]);
            roots(ys: &[Packed], out: &mut [Root]);
            muls(point: &mut Completed<$engine>, times: usize);
            squares(point: &mut Completed<$engine>, times: usize);
        }
    };
}

/// The kernels of an engine that needs no processor feature.
macro_rules! portable_kernels {
    ($engine:ty; $($name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        impl crate::kernels::Kernels for $engine {
            $(fn $name(self, $($argument: $type),*) $(-> $result)? {
                crate::curve::$name(self, $($argument),*)
            })*
        }
    };
}

/// The kernels of an engine whose values prove a feature of x86-64.
#[cfg(target_arch = "x86_64")]
macro_rules! featured_kernels {
    (
        $engine:ty, $feature:literal;
        $($name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*
    ) => {
        impl crate::kernels::Kernels for $engine {
            $(fn $name(self, $($argument: $type),*) $(-> $result)? {
                #[target_feature(enable = $feature)]
                fn run(field: $engine, $($argument: $type),*) $(-> $result)? {
                    crate::curve::$name(field, $($argument),*)
                }
                // SAFETY: `self` proves the feature.
                unsafe { run(self, $($argument),*) }
            })*

            #[inline(always)]
            fn prefetch(self, row: &Row) {
                for part in [&row.0[0], &row.0[2]] {
                    // SAFETY: a hint, which may name any address.
                    unsafe { _mm_prefetch::<_MM_HINT_T0>(part.as_ptr().cast()) }
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
pub(crate) use featured_kernels;
pub(crate) use {each_kernel, portable_kernels};
