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
