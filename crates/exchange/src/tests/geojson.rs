//! Maps typed from RFC 7946, and broken ones.

use crate::{GeoFeature, GeoLimits, ReadError, read_geojson};

fn read(text: &str) -> Result<Vec<GeoFeature>, String> {
    let limits = GeoLimits { bytes: 4_000, features: 4, positions: 60, depth: 2, name_bytes: 20 };
    read_geojson(&mut text.as_bytes(), &["name", "id"], &limits).map_err(|error| match error {
        ReadError::Content(error) => error.to_string(),
        ReadError::Source(error) => panic!("a text does not fail: {error}"),
    })
}

fn feature(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":null,"geometry":null}},
        {{"geometry":{geometry},"properties":{{"x":[{{}}],"name":"A","id":7}},"type":"Feature"}}]}}"#
    )
}

const SQUARE: &str = "[[0,0],[1,0],[1,1],[0,1],[0,0]]";

#[test]
fn every_geometry_of_the_specification_is_read() {
    let of = |geometry: &str| read(&feature(geometry)).expect("it is sound").remove(1);
    let square = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
    let found = of(&format!(r#"{{"type":"Polygon","coordinates":[{SQUARE},{SQUARE}]}}"#));
    assert_eq!(found.polygons, [vec![square.clone(), square.clone()]]);
    assert_eq!((found.number, found.first(), found.joined().as_deref()), (2, Some("A"), Some("A / 7")));
    // Cut at the antimeridian, as RFC 7946, 3.1.9 has it; heights are passed over, and the type may stand last.
    let found = of(
        r#"{"coordinates":[[[[180,40,5],[180,50],[170,50],[180,40,5]]],[[[-170,40],[-170,50],[-180,50],[-170,40]]]],"type":"MultiPolygon"}"#,
    );
    assert_eq!(found.polygons.iter().map(|polygon| polygon[0][2][0]).collect::<Vec<_>>(), [170.0, -180.0]);
    assert_eq!(of(r#"{"type":"Point","coordinates":[-105.5,38]}"#).points, [[-105.5, 38.0]]);
    assert_eq!(of(r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#).points.len(), 2);
    assert_eq!(of(r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#).lines, 1);
    let several = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}]}"#;
    assert_eq!((of(several).points.len(), of(several).lines), (1, 1));
    assert_eq!(of(r#"{"type":"Polygon","coordinates":[]}"#).polygons.len(), 0);
    // A geometry or a feature by itself.
    let alone = format!("\u{feff}{{\"type\":\"Polygon\",\"coordinates\":[{SQUARE}]}}");
    assert_eq!(read(&alone).expect("it is sound")[0].polygons.len(), 1);
    assert_eq!(
        read(r#"{"type":"Feature","properties":{"name":" "},"geometry":null}"#).expect("sound")[0].first(),
        None
    );
}

#[test]
fn what_cannot_be_is_named_by_its_feature() {
    let of = |geometry: &str| read(&feature(geometry)).expect_err("it is broken");
    let polygon = |rings: &str| of(&format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#));
    assert_eq!(
        polygon("[[0,0],[1,0],[1,1],[0,1]]"),
        "feature 2: ring 1 of polygon 1 is not closed: its last position is not its first"
    );
    assert!(
        polygon(&format!("{SQUARE},[[0,0],[1,1],[0,0]]")).starts_with("feature 2: ring 2 of polygon 1 has 3 positions")
    );
    assert!(polygon("[[0,0],[1],[1,1],[0,0]]").starts_with("feature 2: position 2 has fewer than two numbers"));
    let projected = polygon("[[0,0],[412345.5,6],[1,1],[0,0]]");
    assert!(
        projected.contains("position 2 has the longitude 412345.5, which is outside of -180 to 180"),
        "{projected}"
    );
    assert!(of(r#"{"type":"Point","coordinates":[0,-90.01]}"#).contains("latitude -90.01"));
    assert!(
        of(r#"{"type":"Point","coordinates":[[1,2]]}"#)
            .starts_with("feature 2: the coordinates of a Point are not nested")
    );
    assert!(of(r#"{"type":"Polygon","coordinates":[[[[[1]]]]]}"#).contains("not nested"));
    assert!(of(r#"{"type":"Point","coordinates":[NaN,2]}"#).contains("the JSON is broken"));
    assert!(of(r#"{"type":"Point","coordinates":[1e999,2]}"#).contains("the JSON is broken"));
    assert!(of(r#"{"type":"Circle","coordinates":[1,2]}"#).starts_with("feature 2: has the type \"Circle\""));
    assert!(of(r#"{"coordinates":[1,2]}"#).starts_with("feature 2: has no \"type\""));
    assert!(of(r#"{"type":"Point"}"#).starts_with("feature 2: a Point without \"coordinates\""));
    assert!(of(r#"{"type":"Point","coordinates":[1,2],"coordinates":[1,2]}"#).contains("\"coordinates\" twice"));
    assert!(read(r#"{"type":"Topology","objects":{}}"#).expect_err("another format").contains("TopoJSON"));
    assert!(read(r#"{"type":"FeatureCollection"}"#).expect_err("no features").contains("without \"features\""));
    assert!(read(r#"{"type":"FeatureCollection","features":[{"type":"Point","coordinates":[1,2]}]}"#).is_err());
    assert!(read("[]").is_err() && read("").is_err() && read("{}").is_err());
}

#[test]
fn limits_are_named() {
    let features = [r#"{"type":"Feature","properties":{},"geometry":null}"#; 5].join(",");
    let of = |text: &str| read(text).expect_err("over a limit");
    assert!(of(&format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)).contains("more than 4 features"));
    let lists = "[],".repeat(60);
    assert!(
        of(&feature(&format!(r#"{{"type":"Polygon","coordinates":[{lists}[]]}}"#))).contains("more than 60 positions")
    );
    assert!(
        of(&feature(&format!(r#"{{"type":"Point","coordinates":[1,2],"x":"{}"}}"#, "y".repeat(4_000))))
            .contains("4000 bytes")
    );
    let nested = r#"{"type":"GeometryCollection","geometries":["#;
    assert!(of(&feature(&nested.repeat(4))).contains("nested more than 2 deep"));
    let long = format!(r#"{{"type":"Feature","properties":{{"name":"{}"}},"geometry":null}}"#, "n".repeat(21));
    assert!(of(&long).contains("longer than 20 bytes"));
}
