//! What is said of a comparison with clean elections.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Unit, Value};

use super::Judged;
use crate::bank::Confirmed;
use crate::{ContestView, Piece, Settings};

/// The name of a piece's region.
pub(super) fn region_name<'a>(piece: &Piece, view: &ContestView<'a>) -> Option<&'a str> {
    let names = view.tested.as_ref()?.table.regions()?;
    piece.region.map(|region| names.spelling(region))
}

/// How much was compared, and with what.
pub(super) fn measures(own: &[&Judged], alarms: &[&Judged]) -> Vec<Measure> {
    let source = Message::new;
    let evident = own.iter().filter(|judged| judged.evident).count();
    let mut measures = vec![
        Measure::count("parts_compared", own.len(), Unit::Pure, source("bank-source-parts")),
        Measure::count("parts_evident", evident, Unit::Pure, source("bank-source-evident")),
        Measure::count("alarms", alarms.len(), Unit::Pure, source("bank-source-alarms")),
    ];
    if let Some(country) = own.iter().filter_map(|judged| judged.country).min_by(|a, b| a.p.total_cmp(&b.p)) {
        measures.extend([
            Measure::count("regions_beside", country.regions, Unit::Regions, source("bank-source-country")),
            Measure::count("regions_beyond", country.beyond, Unit::Regions, source("bank-source-country")),
            Measure::real(
                "regions_effective",
                country.effective,
                Unit::Regions,
                source("bank-source-country-effective"),
            ),
            Measure::real("p_beyond", country.p, Unit::Probability, source("bank-source-country-p")),
        ]);
    }
    if let Some(strongest) = strongest(if alarms.is_empty() { own } else { alarms }) {
        let (matched, troubled) = (&strongest.matched, &strongest.troubled);
        let real = |name, value, id| Measure::real(name, value, Unit::Probability, source(id));
        measures.extend([
            Measure::count("bank_parts", matched.pieces, Unit::Pure, source("bank-source-bank-parts")),
            Measure::count("bank_elections", matched.elections, Unit::Pure, source("bank-source-bank-parts")),
            Measure::real("bank_parts_effective", matched.effective, Unit::Pure, source("bank-source-effective")),
            real("bank_p", matched.p(), "bank-source-p"),
            real("false_alarm_bound", matched.false_alarm_bound(), "bank-source-bound"),
        ]);
        if troubled.pieces > 0 {
            let count = |name, value, id| Measure::count(name, value, Unit::Pure, source(id));
            measures.extend([
                count("troubled_parts", troubled.pieces, "bank-source-troubled"),
                count("troubled_elections", troubled.elections, "bank-source-troubled"),
                count("troubled_as_large", troubled.as_large, "bank-source-troubled-as-large"),
            ]);
        }
    }
    measures
}

/// The part with the smallest p-value among the bank's, then of its own model.
fn strongest<'a>(judged: &[&'a Judged]) -> Option<&'a Judged> {
    let parts = judged.iter().filter(|judged| judged.country.is_none());
    let key = |judged: &&&Judged| (judged.matched.p(), judged.piece.ln_p.unwrap_or(0.0));
    parts.min_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1))).copied()
}

/// Names the parts that are alarms, the strongest evidence first, and why they are.
pub(super) fn say_alarms(
    finding: &mut Finding,
    alarms: &[&Judged],
    looked_at: usize,
    view: &ContestView<'_>,
    settings: &Settings,
) {
    let mut alarms = alarms.to_vec();
    let ln_p = |judged: &Judged| judged.piece.ln_p.unwrap_or(0.0);
    alarms.sort_by(|a, b| ln_p(a).total_cmp(&ln_p(b)).then(a.piece.region.cmp(&b.piece.region)));
    let said = alarms.iter().take(settings.listed).map(|alarm| {
        let statement = match (region_name(&alarm.piece, view), &alarm.country) {
            (Some(region), _) => Message::new("bank-alarm-region").with("region", region),
            (None, Some(country)) => Message::new("bank-alarm-country")
                .with("beyond", country.beyond)
                .with("regions", country.regions)
                .with("chance", Arg::Probability(country.p)),
            (None, None) => Message::new("bank-alarm"),
        };
        let statement = statement
            .with("statistic", statistic_name(alarm.piece.statistic))
            .with("effect", Arg::Number(alarm.piece.effect, 3))
            .with("largest", Arg::Number(alarm.matched.largest.unwrap_or(0.0), 3))
            .with("parts", alarm.matched.pieces)
            .with("elections", alarm.matched.elections)
            .with("p", Arg::Probability(ln_p(alarm).exp()));
        Evidence::new(statement)
            .value("effect", Value::Real(alarm.piece.effect))
            .value("ln_p", Value::Real(ln_p(alarm)))
    });
    let said: Vec<Evidence> = said.collect();
    finding.evidence.splice(0..0, said);
    let regional = alarms.iter().filter(|alarm| alarm.country.is_none());
    let bound = regional.map(|alarm| alarm.matched.false_alarm_bound()).fold(0.0, f64::max);
    finding.caveats.push(
        Message::new("bank-caveat-alarm")
            .with("alarms", alarms.len())
            .with("looked", looked_at)
            .with("rate", Arg::Percent(settings.alarm_rate, 1))
            .with("bound", Arg::Percent(bound, 1)),
    );
}

/// Why no verdict is given although there may be evidence.
pub(super) fn say_too_few(finding: &mut Finding, unconfirmed: &[&Judged], own: &[&Judged], settings: &Settings) {
    let rate = |judged: &&Judged| match judged.confirmed {
        Confirmed::TooFew(least) => least,
        Confirmed::Outside(p) | Confirmed::Inside(p) => p,
    };
    let of = if unconfirmed.is_empty() { own } else { unconfirmed };
    let least = of.iter().map(rate).fold(1.0, f64::min);
    let id = if unconfirmed.is_empty() { "bank-caveat-too-few" } else { "bank-caveat-unconfirmed" };
    finding.caveats.push(
        Message::new(id)
            .with("parts", unconfirmed.len())
            .with("rate", Arg::Percent(settings.alarm_rate, 1))
            .with("least", Arg::Percent(least, 1)),
    );
}

/// That nothing is outside what clean elections show.
pub(super) fn say_inside(finding: &mut Finding, own: &[&Judged], looked_at: usize, settings: &Settings) {
    let evident = own.iter().filter(|judged| judged.evident).count();
    finding.caveats.push(
        Message::new("bank-caveat-inside")
            .with("parts", own.len())
            .with("evident", evident)
            .with("looked", looked_at)
            .with("rate", Arg::Percent(settings.alarm_rate, 1)),
    );
}

/// The name of a statistic, as a part of a sentence.
fn statistic_name(statistic: &str) -> Message {
    match statistic {
        "stations/evidence:stuffed" => Message::new("bank-statistic-stuffed"),
        "stations/evidence:switched" => Message::new("bank-statistic-switched"),
        "stations/integers:either" => Message::new("bank-statistic-integers"),
        "stations/books:stop" => Message::new("bank-statistic-stop"),
        "stations/unused:slope" => Message::new("bank-statistic-unused"),
        "stations/mobile:share" => Message::new("bank-statistic-mobile-share"),
        "stations/mobile:slope" => Message::new("bank-statistic-mobile-slope"),
        "stations/timeline:decreasing" => Message::new("bank-statistic-decreasing"),
        "stations/timeline:spikes" => Message::new("bank-statistic-spikes"),
        "stations/timeline:copied" => Message::new("bank-statistic-copied"),
        "stations/machines:difference" => Message::new("bank-statistic-machines"),
        "stations/neighbours:correlation" => Message::new("bank-statistic-neighbours"),
        "stations/added:share" => Message::new("bank-statistic-added"),
        "stations/added:slope" => Message::new("bank-statistic-added-slope"),
        "stations/coincidences:votes" => Message::new("bank-statistic-pairs-votes"),
        "stations/coincidences:shares" => Message::new("bank-statistic-pairs-shares"),
        "stations/dispersion:options" => Message::new("bank-statistic-dispersion"),
        "stations/targets:turnout" => Message::new("bank-statistic-targets-turnout"),
        "stations/targets:share" => Message::new("bank-statistic-targets-share"),
        "stations/twins:turnout" => Message::new("bank-statistic-twins-turnout"),
        "stations/twins:share" => Message::new("bank-statistic-twins-share"),
        "stations/twins:offsets-votes" => Message::new("bank-statistic-offsets-votes"),
        "stations/twins:offsets-turnout" => Message::new("bank-statistic-offsets-turnout"),
        "stations/borders:turnout" => Message::new("bank-statistic-borders-turnout"),
        "stations/borders:share" => Message::new("bank-statistic-borders-share"),
        "stations/last-digit:leader" | "stations/last-digit:others" | "stations/last-digit:turnout" => {
            Message::new("bank-statistic-digits")
        }
        _ => Message::new("bank-statistic"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bank, all};

    #[test]
    fn every_statistic_that_can_be_an_alarm_has_a_name() {
        // Those of whole contests decide nothing.
        let decides = |statistic: &&str| {
            !["-country", "-part", ":extra", ":stuffing-20", "klimek:incremental", "klimek:extreme"]
                .iter()
                .any(|end| statistic.ends_with(end))
        };
        let statistics: Vec<&str> = Bank::built_in().statistics().filter(decides).collect();
        assert!(statistics.len() >= 8, "{statistics:?}");
        for statistic in statistics {
            assert_ne!(statistic_name(statistic).id, "bank-statistic", "{statistic}");
            let check = statistic.split(':').next();
            assert!(all().iter().any(|own| Some(own.id().0) == check), "{statistic}");
        }
    }
}
