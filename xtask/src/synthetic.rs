//! Tables of any length for measuring cost: made-up stations with a steady spread of sizes, turnout and shares.

use std::fmt::Write as _;

/// A table of `rows` stations as CSV, the same for the same number. Columns are those of a Russian protocol.
pub(crate) fn table(rows: usize) -> String {
    let mut text = String::from(
        "region,tik,uik,\"Число избирателей, внесенных в список\",\"Число избирательных бюллетеней, полученных участковой \
         избирательной комиссией\",\"Число избирательных бюллетеней, выданных избирателям, проголосовавшим досрочно\",\"Число \
         избирательных бюллетеней, выданных в помещении для голосования\",\"Число избирательных бюллетеней, выданных вне \
         помещения для голосования\",Число погашенных избирательных бюллетеней,Число избирательных бюллетеней в переносных \
         ящиках,Число избирательных бюллетеней в стационарных ящиках,Число недействительных избирательных бюллетеней,Число \
         действительных избирательных бюллетеней,A,B,C,D,url\n",
    );
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |below: u64| {
        // SplitMix64 (Steele, Lea, Flood 2014): enough for made-up sizes.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    };
    for row in 0..rows {
        let registered = 200 + draw(2400);
        let issued = registered * (350 + draw(250) + draw(250)) / 1000;
        let outside = issued * draw(100) / 1000;
        let invalid = issued * draw(30) / 1000;
        let valid = issued - invalid;
        let a = valid * (300 + draw(200) + draw(200)) / 1000;
        let b = (valid - a) * draw(600) / 1000;
        let c = (valid - a - b) * draw(900) / 1000;
        let d = valid - a - b - c;
        let (region, district) = (row / 1200, row / 35);
        let room = issued - outside;
        let unused = registered - issued;
        let _ = writeln!(
            text,
            "Region {region},District {district},{row},{registered},{registered},0,{room},{outside},{unused},{outside},\
             {room},{invalid},{valid},{a},{b},{c},{d},http://example.org/protocol?station={row}&region={region}&district={district}"
        );
    }
    text
}

/// A form of twelve questions, and a description of stations with it and with incidents.
pub(crate) const FORM: &str = "id = \"voting\"\nstage = \"voting\"\n";
pub(crate) const DESCRIPTION: &str = "title = \"Made up\"\n[[table]]\nfile = \"stations.csv\"\nfamily = \"russia\"\n\
    [[observers]]\npublisher = \"Observers\"\nstation = [\"region\", \"tik\", \"uik\"]\n\
    incidents = [\"incidents.jsonl\"]\nform = [{ definition = \"form.toml\", file = \"form.csv\" }]\n";
/// Questions of the form.
pub(crate) const QUESTIONS: usize = 12;

/// The form with its questions.
pub(crate) fn form() -> String {
    let item = |number| format!("[[item]]\nid = \"q{number}\"\nin-order = \"yes\"\n");
    std::iter::once(FORM.to_owned()).chain((0..QUESTIONS).map(item)).collect()
}

/// So many rows of the form at so many stations of [`table`].
pub(crate) fn visits(rows: usize, stations: usize) -> String {
    let questions: String = (0..QUESTIONS).map(|number| format!(",q{number}")).collect();
    let mut text = format!("id,region,tik,uik,observer,arrived,left,access,overall{questions}\n");
    for row in 0..rows {
        let station = row * 7 % stations;
        let _ = write!(
            text,
            "v{row},Region {},District {},{station},o{},2024-03-10T{:02}:{:02}:00+05:00,2024-03-10T20:00:00+05:00,full,{}",
            station / 1200,
            station / 35,
            row % 5000,
            8 + row % 10,
            row % 60,
            1 + row % 4
        );
        (0..QUESTIONS)
            .for_each(|number| text.push_str([",yes", ",no", ",", ",not-observed"][(row + number * 5) % 17 % 4]));
        text.push('\n');
    }
    text
}

/// So many incidents at so many stations of [`table`].
pub(crate) fn incidents(rows: usize, stations: usize) -> String {
    const CODES: [&str; 6] = ["V1", "V2", "V5", "C1", "C3", "A1"];
    let mut text = String::new();
    for row in 0..rows {
        let station = row * 11 % stations;
        let _ = writeln!(
            text,
            "{{\"id\":\"i{row}\",\"station\":[\"Region {}\",\"District {}\",\"{station}\"],\"code\":\"{}\",\"stage\":\"voting\",\
             \"time\":\"2024-03-10T{:02}:{:02}:00+05:00\",\"severity\":{},\"first-hand\":true,\"observer\":\"o{}\",\"note\":\"{}\"}}",
            station / 1200,
            station / 35,
            CODES[row % CODES.len()],
            8 + row % 12,
            row % 60,
            1 + row % 5,
            row % 5000,
            "what was seen, in the words of whoever saw it ".repeat(1 + row % 4)
        );
    }
    text
}
