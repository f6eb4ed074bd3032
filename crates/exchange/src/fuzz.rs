//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code.

use crate::{Format, GeoLimits, ReadLimits, Results, read, read_geojson};

/// Reads whatever `bytes` are in each of the formats; returns whether it is a report in the one that it shows itself as.
///
/// What is read obeys the limits, has columns of one length, and is read again from what is written of it.
pub fn report(bytes: &[u8]) -> bool {
    let limits = ReadLimits { depth: 32, text_bytes: 64 << 10, elements_at_once: 10_000, units: 2_000, counts: 50_000 };
    let shown = Format::of(bytes);
    let mut readable = false;
    for format in [Format::NistJson, Format::NistXml, Format::EmlCount, Format::EmlResult] {
        let Ok(results) = read(format, &mut &bytes[..], &limits) else { continue };
        consistent(&results, &limits);
        readable |= shown == Some(format);
    }
    readable
}

/// Reads whatever `bytes` are as a map; returns whether it is one. Its rings are closed, its positions on the globe, and no more of them
/// than the limit.
pub fn map(bytes: &[u8]) -> bool {
    let limits = GeoLimits { bytes: 1 << 20, features: 200, positions: 2_000, depth: 4, name_bytes: 100 };
    let Ok(features) = read_geojson(&mut &bytes[..], &["name", "id"], &limits) else { return false };
    let rings = || features.iter().flat_map(|feature| feature.polygons.iter().flatten());
    assert!(rings().all(|ring| ring.len() >= 4 && ring.first() == ring.last()), "a ring that is not closed");
    let positions = || rings().flatten().chain(features.iter().flat_map(|feature| &feature.points));
    let on_globe = |position: &[f64; 2]| position[0].abs() <= 180.0 && position[1].abs() <= 90.0;
    assert!(positions().all(on_globe), "a position off the globe");
    assert!(positions().count() as u64 <= limits.positions && features.len() as u64 <= limits.features);
    true
}

fn consistent(results: &Results, limits: &ReadLimits) {
    assert!(!results.contests.is_empty(), "a report without contests is an error");
    for contest in &results.contests {
        let Some(table) = &contest.table else { continue };
        let rows = table.stations.len();
        assert!(rows as u64 <= limits.units, "{rows} stations");
        assert_eq!(table.options.len(), table.stations.votes.len());
        let lines = table.stations.lines.iter().map(|(_, counts)| counts.len());
        let votes = table.stations.votes.iter().map(adil_record::Counts::len);
        let areas = table.stations.areas.iter().map(|area| area.names.len());
        let texts = table.stations.extra.iter().map(|(_, names)| names.len());
        assert!(lines.chain(votes).chain(areas).chain(texts).all(|length| length == rows), "columns of one length");
    }
}
