//! Checks of the results of stations.
