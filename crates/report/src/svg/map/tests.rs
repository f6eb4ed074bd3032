use std::sync::Arc;

use adil_finding::{Axis, MapArea, MapPoint, Message, Polygon};

use super::outline::MOST_BYTES;
use super::*;
use crate::{Language, Texts};

fn square(west: f64, south: f64, side: f64) -> Polygon {
    let (east, north) = (west + side, south + side);
    vec![vec![[west, south], [east, south], [east, north], [west, north], [west, south]]]
}

fn map(areas: Vec<(&str, Vec<Polygon>, Option<f64>)>) -> Map {
    let text = Message::new("figure-name");
    let of = |(name, polygons, value): (&str, Vec<Polygon>, _)| MapArea {
        name: name.to_owned(),
        polygons: polygons.into(),
        value,
    };
    Map {
        id: "m",
        title: text.clone(),
        description: text.clone(),
        value: Some(Axis { low: 0.5, high: 0.74, ..Axis::fraction(text.clone()) }),
        unvalued: Message::new("figure-map-no-outline").with("areas", 1u64),
        areas: areas.into_iter().map(of).collect(),
        points: Vec::new(),
        size: text,
        notes: Vec::new(),
    }
}

fn drawn(map: &Map) -> String {
    let texts = Texts::new(Language::En);
    let mut out = Markup::default();
    draw(&mut out, map, &Drawing { texts: &texts, name: "n", title: &map.title, description: &map.description });
    out.finish()
}

fn projection_of(map: &Map) -> Option<Projection> {
    Projection::of(map, &together(map), WIDTH)
}

#[test]
fn a_few_points_abroad_do_not_shrink_the_country() {
    let mut all = map(Vec::new());
    let point =
        |index: u32, longitude: f64| MapPoint { name: index.to_string(), longitude, latitude: -16.0, weight: 1.0 };
    all.points = (0..19).map(|index| point(index, -65.0 + f64::from(index) / 10.0)).collect();
    all.points.push(point(19, 13.4));
    assert_eq!(together(&all).len(), 19);
    assert!(drawn(&all).contains("Far from the others, in the table below only: 1"), "{}", drawn(&all));
    // Three of twenty are no few.
    all.points[0].longitude = 10.0;
    all.points[1].longitude = 30.0;
    assert_eq!(together(&all).len(), 20);
}

#[test]
fn the_projection_keeps_areas() {
    // A cell of one degree at 60° N has, by sin 61° - sin 60°, less ground than one at the equator.
    let all = map(vec![("a", vec![square(0.0, 0.0, 1.0)], None), ("b", vec![square(0.0, 60.0, 1.0)], None)]);
    let projection = projection_of(&all).expect("something to draw");
    let area = |south: f64| {
        // Along the sides in small steps, since a parallel is no straight line here.
        let steps = 200;
        let side = |from: [f64; 2], to: [f64; 2]| {
            (0..steps).map(move |step| {
                let part = f64::from(step) / f64::from(steps);
                [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]
            })
        };
        let ring = &square(0.0, south, 1.0)[0];
        let places: Vec<(f64, f64)> = ring
            .windows(2)
            .flat_map(|pair| side(pair[0], pair[1]))
            .map(|[longitude, latitude]| projection.at(longitude, latitude).expect("not opposite"))
            .collect();
        let next = places.iter().cycle().skip(1);
        (places.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0).abs()
    };
    let expected = (61f64.to_radians().sin() - 60f64.to_radians().sin()) / 1f64.to_radians().sin();
    assert!((area(60.0) / area(0.0) / expected - 1.0).abs() < 1e-4, "{} {expected}", area(60.0) / area(0.0));
    // Ten degrees of the meridian through the middle are 10 pi r / 180 km there, less than 1 % apart from the scale.
    let (south, north) = (projection.at(0.5, 25.5).expect("a place").1, projection.at(0.5, 35.5).expect("a place").1);
    let kilometres = (south - north) / projection.units_per_kilometre;
    assert!((kilometres / (10f64.to_radians() * 6371.0088) - 1.0).abs() < 0.01, "{kilometres}");
}

#[test]
fn what_is_cut_at_the_antimeridian_is_drawn_together() {
    let all = map(vec![("a", vec![square(170.0, 0.0, 10.0), square(-180.0, 0.0, 10.0)], Some(0.6))]);
    let projection = projection_of(&all).expect("something to draw");
    assert_eq!(projection.longitude.abs(), 180.0);
    let west = projection.at(170.0, 0.0).expect("a place").0;
    let east = projection.at(-170.0, 0.0).expect("a place").0;
    assert!((west - MARGIN_LEFT).abs() < 1.0 && (WIDTH - east - MARGIN_LEFT).abs() < 1.0, "{west} {east}");
    assert!(drawn(&all).contains("5°\u{a0}N, 180°\u{a0}"));
}

const MARGIN_LEFT: f64 = 6.0;

#[test]
fn values_have_shades_names_and_numbers() {
    let all = map(vec![
        ("Low", vec![square(0.0, 0.0, 1.0)], Some(0.5)),
        ("High & dry", vec![square(1.0, 0.0, 1.0)], Some(0.74)),
        ("Empty", vec![square(2.0, 0.0, 1.0)], None),
        ("Nowhere", Vec::new(), Some(0.6)),
    ]);
    let page = drawn(&all);
    // From 50 to 74 % in steps of 5: five shades, from the lightest to the strongest.
    assert!(page.contains("50%–55%") && page.contains("70%–75%") && !page.contains("75%–80%"), "{page}");
    assert!(page.contains("class=\"s0\" d=") && page.contains("class=\"s7\" d="));
    assert!(page.contains("<title>Low: 50.0%</title>") && page.contains("<title>High &amp; dry: 74.0%</title>"));
    assert!(page.contains("fill=\"url(#n-none)\"") && !page.contains("Nowhere"));
}

#[test]
fn a_map_of_many_positions_stays_small() {
    let shore = |index: usize| {
        let around = |step: usize| {
            let angle = std::f64::consts::TAU * step as f64 / 1_200.0;
            let far = 0.5 + 0.1 * (angle * 300.0).sin();
            [(index % 20) as f64 + far * angle.cos(), (index / 20) as f64 + far * angle.sin()]
        };
        vec![(0..1_200).chain([0]).map(around).collect::<Vec<_>>()]
    };
    let mut all = map(Vec::new());
    all.areas = (0..100)
        .map(|index| MapArea { name: String::new(), polygons: Arc::from([shore(index)]), value: None })
        .collect();
    let projection = projection_of(&all).expect("something to draw");
    let outlines = Outlines::of(&all, &projection);
    let bytes: usize = outlines.areas.iter().map(|rings| path(rings).len()).sum();
    assert!(bytes <= MOST_BYTES && outlines.areas.iter().all(|rings| !rings.is_empty()), "{bytes}");
}

#[test]
fn straight_lines_lose_their_middle() {
    let mut all = map(vec![(
        "a",
        vec![vec![vec![[0.0, 0.0], [0.25, 0.0], [0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]]],
        None,
    )]);
    let projection = projection_of(&all).expect("something to draw");
    assert_eq!(Outlines::of(&all, &projection).areas[0][0].len(), 4);
    // Points alone, a single one among them, can be drawn; nothing at all is not.
    all.areas.clear();
    assert_eq!(projection_of(&all), None);
    all.points.push(MapPoint { name: "x".to_owned(), longitude: 30.0, latitude: 60.0, weight: 4.0 });
    let page = drawn(&all);
    assert!(page.contains("<circle cx=\"360\" cy=\"310\" r=\"9\"><title>x: 4</title>"), "{page}");
}
