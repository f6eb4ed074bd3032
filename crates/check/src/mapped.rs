//! What checks find, put on the record's maps.

use adil_finding::{Axis, Map, MapArea, MapPoint, Message};
use adil_record::MappedAreas;

use crate::ContestView;

/// The areas of the table under test with their outlines; `None` where the record has no map of them, or they are too many to be seen.
pub(crate) fn areas(view: &ContestView<'_>) -> Option<MappedAreas> {
    let areas = MappedAreas::widest(&view.record.maps, view.tested.as_ref()?.table)?;
    let drawn = areas.areas.len() - areas.without_outline();
    (drawn > 0 && areas.areas.len() <= Map::MOST_AREAS).then_some(areas)
}

/// What a map is called and says; the rest is made from values.
pub(crate) struct Said {
    pub(crate) id: &'static str,
    pub(crate) title: Message,
    pub(crate) description: Message,
    /// What the values are.
    pub(crate) label: Message,
    /// What it means that an area has none.
    pub(crate) unvalued: Message,
}

/// A map of fractions, one for each of the areas. The shades run from the smallest to the largest.
pub(crate) fn of_fractions(areas: &MappedAreas, values: &[Option<f64>], said: Said) -> Map {
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let axis = Axis::fraction(said.label);
    let value = if low <= high { Axis { low, high, ..axis } } else { axis };
    let of = |(area, value): (&adil_record::MappedArea, &Option<f64>)| MapArea {
        name: area.name.clone(),
        polygons: area.polygons.clone(),
        value: *value,
    };
    Map {
        id: said.id,
        title: said.title,
        description: said.description,
        value: Some(value),
        unvalued: said.unvalued,
        areas: areas.areas.iter().zip(values).map(of).collect(),
        points: Vec::new(),
        size: Message::new("figure-name"),
        notes: notes(areas),
    }
}

/// What the map and the table have apart from each other.
fn notes(areas: &MappedAreas) -> Vec<Message> {
    /// The most names that are listed.
    const LISTED: usize = 10;
    let missing = areas.without_outline();
    let missing = (missing > 0).then(|| Message::new("figure-map-no-outline").with("areas", missing));
    let names: Vec<&str> = areas.unknown.iter().chain(&areas.ambiguous).map(String::as_str).collect();
    let mut first = names.iter().take(LISTED).copied().collect::<Vec<_>>().join("; ");
    if names.len() > LISTED {
        first.push_str("; …");
    }
    let unplaced = Message::new("figure-map-unknown").with("count", names.len()).with("names", first);
    missing.into_iter().chain((!names.is_empty()).then_some(unplaced)).collect()
}

/// A map of stations: rows of the table under test with a weight each, over the outlines of areas where the record has them. `None` where
/// no coordinates of any are known. Of more than [`Map::MOST_POINTS`] the heaviest are drawn, and the others counted.
pub(crate) fn of_stations(
    view: &ContestView<'_>,
    mut stations: Vec<(usize, f64)>,
    size: Message,
    said: Said,
) -> Option<Map> {
    let table = view.tested.as_ref()?.table;
    let all = stations.len();
    stations.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let points = stations.into_iter().filter_map(|(row, weight)| {
        let at = table.coordinates_of(row)?;
        Some(MapPoint { name: table.name(row), longitude: at.longitude, latitude: at.latitude, weight })
    });
    let points: Vec<MapPoint> = points.take(Map::MOST_POINTS).collect();
    if points.is_empty() {
        return None;
    }
    let outlines = areas(view).map_or_else(Vec::new, |areas| areas.areas);
    let of = |area: adil_record::MappedArea| MapArea { name: area.name, polygons: area.polygons, value: None };
    let more = all - points.len();
    Some(Map {
        id: said.id,
        title: said.title,
        description: said.description,
        value: None,
        unvalued: said.unvalued,
        areas: outlines.into_iter().filter(|area| !area.polygons.is_empty()).map(of).collect(),
        points,
        size,
        notes: (more > 0).then(|| Message::new("figure-map-more-points").with("stations", more)).into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use adil_record::{Coordinates, Outline, PlaceMap, Record, Term};

    use super::*;
    use crate::observers::tests::four;
    use crate::{Check, Settings};

    fn record() -> Record {
        let square = vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]];
        let outline = |name: &str| Outline { name: name.to_owned(), polygons: vec![square.clone()].into() };
        let mut contest = four();
        let table = contest.releases[0].stations.as_mut().expect("it has one");
        table.lines.push((Term::Issued, [Some(50), Some(100), Some(300), Some(350)].into_iter().collect()));
        table.coordinates = vec![Coordinates::new(1.0, 2.0), None, Coordinates::new(3.0, 4.0), None];
        let map = PlaceMap { input: "m".into(), level: "region".into(), outlines: vec![outline("north")] };
        Record { contests: vec![contest], maps: vec![map], ..Record::default() }
    }

    #[test]
    fn regions_are_drawn_with_their_sums() {
        let record = record();
        let settings = Settings::default();
        let view = ContestView::new(&record, &record.contests[0], &settings).expect("a view");
        let finding = crate::stations::Regions.run(&view, &settings).remove(0);
        let maps = finding.figures.iter().filter_map(|figure| match figure {
            adil_finding::Figure::Map(map) => Some(map),
            _ => None,
        });
        let maps: Vec<&Map> = maps.collect();
        assert_eq!(maps.len(), 2);
        // 150 of 300 took part in the north, 650 of 700 in the south.
        let turnout: Vec<_> = maps[0].areas.iter().map(|area| (area.name.as_str(), area.value)).collect();
        assert_eq!(turnout, [("North", Some(0.5)), ("South", Some(650.0 / 700.0))]);
        assert_eq!(maps[0].areas.iter().map(|area| area.polygons.len()).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(maps[0].notes[0].id, "figure-map-no-outline");
    }

    #[test]
    fn stations_without_coordinates_are_counted() {
        let record = record();
        let settings = Settings::default();
        let view = ContestView::new(&record, &record.contests[0], &settings).expect("a view");
        let text = || Message::new("figure-name");
        let said = || Said { id: "m", title: text(), description: text(), label: text(), unvalued: text() };
        let map = of_stations(&view, vec![(0, 1.0), (1, 5.0), (2, 2.0)], text(), said()).expect("two have coordinates");
        let drawn: Vec<_> = map.points.iter().map(|point| (point.name.as_str(), point.longitude)).collect();
        assert_eq!(drawn, [("South / 3", 4.0), ("North / 1", 2.0)]);
        assert_eq!((map.notes.len(), map.areas.len(), map.value), (1, 1, None));
        assert_eq!(of_stations(&view, vec![(1, 1.0)], text(), said()), None);
    }
}
