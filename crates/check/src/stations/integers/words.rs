//! What the finding says: sentences, measures, evidence.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Unit, Value, Verdict};
use adil_stat::UpperTail;

use super::{
    ID, Region,
    chance::Sum,
    tally::{Kinds, Outcome, Peak},
};
use crate::{ContestView, Settings, stations::row};

/// Below this a p-value is not told more exactly: the approximation's error is larger.
const SMALLEST_P: f64 = 1e-10;
/// How many whole percentages are named as evidence.
const PEAKS: usize = 10;

/// The names of the measures of one count.
pub(super) struct Names {
    kept: &'static str,
    observed: &'static str,
    excess: &'static str,
    sd: &'static str,
    z: &'static str,
}

/// The names of the measures of the three counts, and of their source.
pub(super) struct KindNames {
    kept: Option<&'static str>,
    either: Names,
    result: Names,
    turnout: Names,
    source: &'static str,
}

macro_rules! names {
    ($kind:literal) => {
        Names {
            kept: concat!("kept_", $kind),
            observed: concat!("observed_", $kind),
            excess: concat!("excess_", $kind),
            sd: concat!("sd_", $kind),
            z: concat!("z_", $kind),
        }
    };
}

/// The published recipe.
pub(super) const PUBLISHED: KindNames = KindNames {
    kept: Some("kept"),
    either: names!("either"),
    result: names!("result"),
    turnout: names!("turnout"),
    source: "integers-source-published",
};

/// The published recipe, turnout by ballots in the boxes.
pub(super) const PUBLISHED_IN_BOXES: KindNames = KindNames {
    kept: Some("kept_in_boxes"),
    either: names!("either_in_boxes"),
    result: names!("result_in_boxes"),
    turnout: names!("turnout_in_boxes"),
    source: "integers-source-published-in-boxes",
};

/// The interior.
const INTERIOR: KindNames = KindNames {
    kept: None,
    either: names!("either_interior"),
    result: names!("result_interior"),
    turnout: names!("turnout_interior"),
    source: "integers-source-interior",
};

/// The interior, turnout by ballots in the boxes.
pub(super) const INTERIOR_IN_BOXES: KindNames = KindNames {
    kept: None,
    either: names!("either_interior_in_boxes"),
    result: names!("result_interior_in_boxes"),
    turnout: names!("turnout_interior_in_boxes"),
    source: "integers-source-interior-in-boxes",
};

/// The local contrast.
const LATTICE_RESULT: Names = names!("result_lattice");
const LATTICE_TURNOUT: Names = names!("turnout_lattice");

/// The measures of the published counts.
pub(super) fn measures(outcome: &Outcome, names: &KindNames) -> Vec<Measure> {
    let kept = names.kept.map(|name| Measure::count(name, outcome.kept, Unit::Stations, Message::new(names.source)));
    kept.into_iter().chain(of_kinds(&outcome.published, outcome.has_turnout, names)).collect()
}

/// The measures of the interior counts, under other names.
pub(super) fn measures_interior(outcome: &Outcome, names: &KindNames) -> Vec<Measure> {
    of_kinds(&outcome.interior, outcome.has_turnout, names)
}

/// The measures of the interior counts, with the p-value that decides.
pub(super) fn interior(outcome: &Outcome, p: UpperTail) -> Vec<Measure> {
    let mut measures = of_kinds(&outcome.interior, outcome.has_turnout, &INTERIOR);
    let source = Message::new(if p.exact { "integers-source-p-exact" } else { "integers-source-p-refined" });
    measures.push(Measure::real("p_either_interior", shown(p.probability), Unit::Probability, source));
    measures
}

/// The measures of the local contrast.
pub(super) fn lattice(outcome: &Outcome) -> Vec<Measure> {
    let source = "integers-source-lattice";
    let mut measures = of_sum(&outcome.lattice.result, &LATTICE_RESULT, source);
    if outcome.has_turnout {
        measures.extend(of_sum(&outcome.lattice.turnout, &LATTICE_TURNOUT, source));
    }
    measures
}

fn of_kinds(kinds: &Kinds, has_turnout: bool, names: &KindNames) -> Vec<Measure> {
    let mut measures = Vec::new();
    if has_turnout {
        measures.extend(of_sum(&kinds.either, &names.either, names.source));
    }
    measures.extend(of_sum(&kinds.result, &names.result, names.source));
    if has_turnout {
        measures.extend(of_sum(&kinds.turnout, &names.turnout, names.source));
    }
    measures
}

fn of_sum(sum: &Sum, names: &Names, source: &'static str) -> Vec<Measure> {
    let source = || Message::new(source);
    vec![
        Measure::count(names.kept, sum.kept, Unit::Stations, source()),
        Measure::count(names.observed, sum.observed, Unit::Stations, source()),
        Measure::real(names.excess, sum.excess(), Unit::Stations, source()),
        Measure::real(names.sd, sum.sd(), Unit::Stations, source()),
        Measure::real(names.z, sum.z(), Unit::StandardDeviations, source()),
    ]
}

/// How many regions were tested, and how many are named.
pub(super) fn regions_tested(regions: &[Region]) -> Vec<Measure> {
    if regions.is_empty() {
        return Vec::new();
    }
    let flagged = regions.iter().filter(|region| region.flagged).count();
    let source = || Message::new("integers-source-regions");
    vec![
        Measure::count("regions_tested", regions.len(), Unit::Regions, source()),
        Measure::count("regions_anomalous", flagged, Unit::Regions, source()),
    ]
}

fn shown(p: f64) -> f64 {
    p.max(SMALLEST_P)
}

/// The national sentence.
pub(super) fn national(view: &ContestView<'_>, outcome: &Outcome, p: UpperTail, anomalous: bool) -> Message {
    let id = match (anomalous, outcome.has_turnout) {
        (true, true) => "integers-statement-anomalous",
        (true, false) => "integers-statement-anomalous-share",
        (false, true) => "integers-statement-undecided",
        (false, false) => "integers-statement-undecided-share",
    };
    let message = Message::new(id).with("leader", view.leader_name().unwrap_or_default());
    with_sum(message, &outcome.interior.either, p.probability)
}

/// The undecided national sentence in a line.
pub(super) fn brief(outcome: &Outcome) -> Message {
    let sum = &outcome.interior.either;
    Message::new("integers-brief")
        .with("observed", sum.observed)
        .with("expected", Arg::Number(sum.expected(), 0))
        .with("sd", Arg::Number(sum.sd(), 0))
}

fn with_sum(message: Message, sum: &Sum, p: f64) -> Message {
    message
        .with("kept", sum.kept)
        .with("observed", sum.observed)
        .with("expected", Arg::Number(sum.expected(), 0))
        .with("excess", Arg::Number(sum.excess(), 0))
        .with("sd", Arg::Number(sum.sd(), 1))
        .with("z", Arg::Number(sum.z(), 1))
        .with("p", Arg::Probability(shown(p)))
}

/// What may not be concluded.
pub(super) fn caveats(anomalous: bool, has_turnout: bool) -> Vec<Message> {
    let of_verdict = if anomalous { "integers-caveat-chosen" } else { "integers-caveat-silence" };
    let mut caveats = vec![Message::new(of_verdict), Message::new("integers-caveat-null")];
    caveats.push(Message::new("integers-caveat-stations"));
    if !has_turnout {
        caveats.push(Message::new("integers-caveat-no-turnout"));
    }
    caveats
}

/// The whole percentages that stand out most, of share and of turnout.
pub(super) fn peaks(view: &ContestView<'_>, outcome: &Outcome) -> Vec<Evidence> {
    let leader = view.leader_name().unwrap_or_default();
    let shares = outcome.share_peaks.highest().into_iter().map(|peak| (peak, "integers-peak-share"));
    let turnouts = outcome.turnout_peaks.highest().into_iter().map(|peak| (peak, "integers-peak-turnout"));
    let mut all: Vec<(Peak, &'static str)> = shares.chain(turnouts).filter(|(peak, _)| peak.z > 0.0).collect();
    all.sort_by(|a, b| b.0.z.total_cmp(&a.0.z));
    let evidence = |(peak, id): (Peak, &'static str)| {
        let statement = Message::new(id)
            .with("percent", peak.percent)
            .with("leader", leader)
            .with("observed", peak.observed)
            .with("expected", Arg::Number(peak.expected, 1))
            .with("z", Arg::Number(peak.z, 1));
        Evidence::new(statement)
            .value("percent", Value::Count(peak.percent as i64))
            .value("observed", Value::Count(peak.observed as i64))
            .value("expected", Value::Real(peak.expected))
            .value("z", Value::Real(peak.z))
    };
    all.into_iter().take(PEAKS).map(evidence).collect()
}

/// The finding on a region that stands out.
pub(super) fn regional(view: &ContestView<'_>, region: &Region, settings: &Settings) -> Finding {
    let statement = Message::new("integers-statement-region")
        .with("region", region.name.as_str())
        .with("leader", view.leader_name().unwrap_or_default())
        .with("rate", Arg::Percent(settings.region_false_discovery_rate, 0));
    let statement = with_sum(statement, &region.sum, region.p);
    let subject = row::subject(view).region(region.name.as_str());
    let source = Message::new("integers-source-region-p");
    Finding::new(ID, Verdict::Undecided(Reason::NoNull), subject, statement)
        .measures(of_sum(&region.sum, &INTERIOR.either, INTERIOR.source))
        .measure(Measure::real("p_either_interior", shown(region.p), Unit::Probability, source))
        .caveat(Message::new("integers-caveat-chosen"))
        .caveat(
            Message::new("integers-caveat-region").with("rate", Arg::Percent(settings.region_false_discovery_rate, 0)),
        )
}
