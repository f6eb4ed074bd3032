//! What the checks say of a station.

use adil_finding::{Arg, DossierLine, Message, PointedStation};

/// One line for each sentence of a check about the station's row.
pub(super) fn lines(station: &str, pointed: &[PointedStation]) -> Vec<DossierLine> {
    let of_station = pointed.iter().filter(|pointed| pointed.station == station);
    let of_one = |pointed: &PointedStation| {
        let line = |statement| DossierLine::new(statement).at(pointed.place.clone());
        let listed = pointed.listed.as_ref().map(|listed| {
            line(
                Message::new("dossier-listed")
                    .with("side", listed.side.as_str())
                    .with("stuffed", Arg::Number(listed.e_stuffed, 1))
                    .with("switched", Arg::Number(listed.e_switched, 1))
                    .with("rate", Arg::Probability(listed.local_rate)),
            )
        });
        let reasons = pointed.reasons.iter().map(|reason| {
            line(
                Message::new("dossier-check")
                    .with("check", reason.check.0)
                    .with("contest", pointed.contest.as_str())
                    .with("said", reason.statement.clone()),
            )
        });
        listed.into_iter().chain(reasons).collect::<Vec<_>>()
    };
    of_station.flat_map(of_one).collect()
}
