//! What is said of a weighted share, and of voters whom no exit poll meets.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Unit};
use adil_record::PollDesign;

use super::beside::Beside;
use super::weighted::{Outside, Weighted};
use crate::ContestView;
use crate::releases::arithmetic::sheet::percent;

/// What the weights were made of, and how the share differs from the unweighted and the printed one.
pub(super) fn weighted(share: &Beside, finding: &mut Finding) {
    let Some(weighted) = &share.weighted else { return };
    let how = &weighted.how;
    finding.caveats.push(
        Message::new("exit-poll-caveat-weighted")
            .with("stations", weighted.stations)
            .with("strata", how.strata)
            .with("effect", Arg::Number(weighted.design_effect, 1)),
    );
    if !how.probability {
        finding.caveats.push(Message::new("exit-poll-caveat-probability"));
    }
    let unseen = (how.unseen > 0).then(|| Message::new("exit-poll-caveat-unseen").with("strata", how.unseen));
    finding.caveats.extend(unseen);
    finding.evidence.push(Evidence::new(made_of(weighted)));
    let plain = Message::new("exit-poll-weighted-plain").with("share", Arg::Percent(weighted.plain, 2));
    finding.evidence.push(Evidence::new(plain));
    finding.evidence.extend(
        share
            .printed
            .map(|printed| Evidence::new(Message::new("exit-poll-weighted-printed").with("share", percent(printed)))),
    );
    let left = Message::new("exit-poll-weighted-left").with("stations", weighted.left_out);
    finding.evidence.extend((weighted.left_out > 0).then(|| Evidence::new(left)));
}

fn made_of(weighted: &Weighted) -> Message {
    let how = &weighted.how;
    let yes = |said: bool, yes: &'static str, no: &'static str| Message::new(if said { yes } else { no });
    Message::new("exit-poll-weighted-of")
        .with("answers", weighted.answers)
        .with("stations", weighted.stations)
        .with("probability", yes(how.probability, "exit-poll-drawn-told", "exit-poll-drawn-equal"))
        .with("size", Message::new(how.size.id()))
        .with("turnout", yes(how.calibrated, "exit-poll-strata-turnout", "exit-poll-strata-none"))
        .with("cells", how.cells)
}

/// What voters outside the frame can have changed.
pub(super) fn frame(view: &ContestView<'_>, main: &Beside, design: Option<&PollDesign>, finding: &mut Finding) {
    let Some(outside) = Outside::of(view, design, main.poll.fraction(), main.count) else {
        finding.caveats.push(Message::new("exit-poll-caveat-frame"));
        return;
    };
    let can = (0.0..=1.0).contains(&outside.needed);
    let id = if can { "exit-poll-caveat-outside" } else { "exit-poll-caveat-outside-beyond" };
    let (low, high) = outside.bounds;
    finding.caveats.push(
        Message::new(id)
            .with("part", Arg::Percent(outside.part, 2))
            .with("low", Arg::Percent(low, 2))
            .with("high", Arg::Percent(high, 2))
            .with("needed", Arg::Percent(outside.needed.clamp(0.0, 1.0), 1)),
    );
    let real = |name, value, id| Measure::real(name, value, Unit::Fraction, Message::new(id));
    finding.measures.extend([
        real("outside_part", outside.part, "exit-poll-source-outside-part"),
        real("outside_needed", outside.needed, "exit-poll-source-outside-needed"),
    ]);
}
