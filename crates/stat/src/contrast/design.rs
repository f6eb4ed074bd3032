//! A known design: how many clusters of each stratum chance was to treat.
//!
//! Units stand in clusters (alone, where none are named), clusters in strata (one, where none are named). In each stratum a
//! given number of clusters is treated, each choice equally likely and each stratum by itself; all units of a treated
//! cluster are treated.

use std::collections::BTreeMap;

use super::error::{ContrastError, same_length};
use crate::Stream;

/// A design by which units were treated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// The cluster of each unit, from 0.
    cluster_of: Vec<usize>,
    clusters: usize,
    strata: Vec<StratumOfDesign>,
}

/// The clusters of a stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StratumOfDesign {
    pub(super) clusters: Vec<usize>,
    pub(super) treated: usize,
}

impl Design {
    /// `treated` of `units` units, each choice equally likely. Fails where there are fewer units.
    pub fn complete(units: usize, treated: usize) -> Result<Self, ContrastError> {
        Self::within(&vec![0; units], &BTreeMap::from([(0, treated)]))
    }

    /// As many units of each stratum as `treated` says, none of a stratum that it does not name. Fails where a stratum has
    /// fewer.
    pub fn within(strata: &[u32], treated: &BTreeMap<u32, usize>) -> Result<Self, ContrastError> {
        let cluster_of: Vec<usize> = (0..strata.len()).collect();
        let of_cluster: Vec<u32> = strata.to_vec();
        Self::new(cluster_of, &of_cluster, treated)
    }

    /// As many clusters of each stratum as `treated` says; `strata` and `clusters` have a name for each unit. Fails where a
    /// stratum has fewer clusters, where a cluster lies in two strata, and for columns of different lengths.
    pub fn clustered(strata: &[u32], clusters: &[u32], treated: &BTreeMap<u32, usize>) -> Result<Self, ContrastError> {
        same_length(strata.len(), clusters.len())?;
        let mut numbers: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
        for (&cluster, &stratum) in clusters.iter().zip(strata) {
            let next = numbers.len();
            if numbers.entry(cluster).or_insert((next, stratum)).1 != stratum {
                return Err(ContrastError::SplitCluster(cluster));
            }
        }
        let mut of_cluster = vec![0; numbers.len()];
        numbers.values().for_each(|&(number, stratum)| of_cluster[number] = stratum);
        let number = |cluster: &u32| numbers.get(cluster).map_or(0, |of| of.0);
        Self::new(clusters.iter().map(number).collect(), &of_cluster, treated)
    }

    fn new(cluster_of: Vec<usize>, of_cluster: &[u32], treated: &BTreeMap<u32, usize>) -> Result<Self, ContrastError> {
        let mut strata: BTreeMap<u32, Vec<usize>> = treated.keys().map(|&stratum| (stratum, Vec::new())).collect();
        of_cluster.iter().enumerate().for_each(|(cluster, &stratum)| strata.entry(stratum).or_default().push(cluster));
        let stratum = |(stratum, clusters): (u32, Vec<usize>)| {
            let treated = treated.get(&stratum).copied().unwrap_or(0);
            if treated > clusters.len() {
                return Err(ContrastError::TooManyTreated { stratum, treated, clusters: clusters.len() });
            }
            Ok(StratumOfDesign { clusters, treated })
        };
        let strata = strata.into_iter().map(stratum).collect::<Result<_, _>>()?;
        Ok(Self { cluster_of, clusters: of_cluster.len(), strata })
    }

    /// Units.
    pub fn units(&self) -> usize {
        self.cluster_of.len()
    }

    pub(super) fn strata(&self) -> &[StratumOfDesign] {
        &self.strata
    }

    pub(super) fn cluster_of(&self) -> &[usize] {
        &self.cluster_of
    }

    pub(super) fn clusters(&self) -> usize {
        self.clusters
    }

    /// Which clusters are treated in an `assignment` of units; fails where the design cannot give it.
    pub(super) fn treated_clusters(&self, assignment: &[bool]) -> Result<Vec<bool>, ContrastError> {
        same_length(self.units(), assignment.len())?;
        let mut treated: Vec<Option<bool>> = vec![None; self.clusters];
        for (unit, (&cluster, &is)) in self.cluster_of.iter().zip(assignment).enumerate() {
            if *treated[cluster].get_or_insert(is) != is {
                return Err(ContrastError::NotOfTheDesign(unit));
            }
        }
        let treated: Vec<bool> = treated.into_iter().map(|is| is.unwrap_or(false)).collect();
        for stratum in &self.strata {
            let count = stratum.clusters.iter().filter(|&&cluster| treated[cluster]).count();
            if count != stratum.treated {
                let first = self.cluster_of.iter().position(|cluster| stratum.clusters.contains(cluster));
                return Err(ContrastError::NotOfTheDesign(first.unwrap_or(0)));
            }
        }
        Ok(treated)
    }

    /// Assignments of units, one after another.
    pub fn draws<'d>(&'d self, stream: &'d mut Stream) -> Draws<'d> {
        Draws { order: self.strata.iter().map(|stratum| stratum.clusters.clone()).collect(), design: self, stream }
    }
}

/// Draws assignments of a design.
#[derive(Debug)]
pub struct Draws<'d> {
    design: &'d Design,
    order: Vec<Vec<usize>>,
    stream: &'d mut Stream,
}

impl Draws<'_> {
    /// The treated clusters of the next assignment, by stratum: the first steps of Fisher and Yates from any order are as
    /// good as from the first.
    pub(super) fn next_clusters(&mut self) -> impl Iterator<Item = (usize, &[usize])> {
        for (order, stratum) in self.order.iter_mut().zip(&self.design.strata) {
            for place in 0..stratum.treated {
                let other = place + self.stream.below(order.len() - place);
                order.swap(place, other);
            }
        }
        self.order.iter().zip(&self.design.strata).map(|(order, stratum)| &order[..stratum.treated]).enumerate()
    }

    /// The next assignment, whether each unit is treated, written over `assignment`.
    pub fn next_into(&mut self, assignment: &mut Vec<bool>) {
        let design = self.design;
        let mut clusters = vec![false; design.clusters];
        self.next_clusters().flat_map(|(_, treated)| treated).for_each(|&cluster| clusters[cluster] = true);
        assignment.clear();
        assignment.extend(design.cluster_of.iter().map(|&cluster| clusters[cluster]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream;

    #[test]
    fn every_choice_is_equally_likely() {
        // 2 of 4 in one stratum, 1 of 2 clusters (of two units) in the other: 12 assignments, 12,000 draws; each count is
        // Bin(12000, 1/12), mean 1000, sd 30.3.
        let strata = [1, 1, 1, 1, 2, 2, 2, 2];
        let design =
            Design::clustered(&strata, &[5, 6, 7, 8, 1, 1, 2, 2], &BTreeMap::from([(1, 2), (2, 1)])).expect("a design");
        let mut own = stream(1, "design", 0);
        let (mut draws, mut assignment, mut counts) = (design.draws(&mut own), Vec::new(), BTreeMap::new());
        for _ in 0..12_000 {
            draws.next_into(&mut assignment);
            *counts.entry(assignment.clone()).or_insert(0u32) += 1;
        }
        assert_eq!(counts.len(), 12);
        assert!(counts.values().all(|count| count.abs_diff(1_000) < 152), "{counts:?}");
        for assignment in counts.keys() {
            let treated = design.treated_clusters(assignment).expect("of the design");
            assert_eq!(treated.iter().filter(|&&is| is).count(), 3);
            assert_eq!((assignment[4], assignment[6]), (assignment[5], assignment[7]));
        }
    }

    #[test]
    fn what_is_no_design_is_refused() {
        let few = Err(ContrastError::TooManyTreated { stratum: 0, treated: 3, clusters: 2 });
        assert_eq!(Design::complete(2, 3), few);
        let one = BTreeMap::from([(1, 1)]);
        assert_eq!(Design::clustered(&[1, 2], &[4, 4], &one), Err(ContrastError::SplitCluster(4)));
        assert_eq!(Design::clustered(&[1], &[4, 4], &one), Err(ContrastError::Lengths { expected: 1, found: 2 }));
        let nowhere = Err(ContrastError::TooManyTreated { stratum: 9, treated: 1, clusters: 0 });
        assert_eq!(Design::within(&[1, 1], &BTreeMap::from([(9, 1)])), nowhere);
        let design = Design::within(&[1, 1, 2], &one).expect("a design");
        assert_eq!(design.treated_clusters(&[true, true, false]), Err(ContrastError::NotOfTheDesign(0)));
        assert_eq!(design.treated_clusters(&[true, false, true]), Err(ContrastError::NotOfTheDesign(2)));
        assert_eq!(design.treated_clusters(&[false, true, false]), Ok(vec![false, true, false]));
        let pairs = Design::clustered(&[1; 4], &[1, 1, 2, 2], &one).expect("a design");
        assert_eq!(pairs.treated_clusters(&[true, false, false, false]), Err(ContrastError::NotOfTheDesign(1)));
    }
}
