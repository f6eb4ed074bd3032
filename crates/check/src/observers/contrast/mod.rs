//! # observers/contrast
//!
//! Sets stations with observers, refusals or incidents beside those without.
//!
//! **What it looks at.** Turnout and the share of the side tested, and for incidents the number that their technique would move: papers from mobile
//! boxes, invalid papers, unused papers. Compared are stations with and without observers; at which observers were refused and let in; at which
//! something was out of order and was not; with incidents of each code and without; and, where a table has a column with the number of
//! reports that name a station, those named and the others. Where it was drawn by lot which stations are observed, the drawing itself is tested.
//!
//! **Formula.** *As they are:* the sum of the part by the sum of the whole, in both groups. *Matched:* each exposed station with one other of its own
//! district whose register is most like its own (the logarithms at most one standard deviation apart); of the differences of the pairs the
//! estimate of Hodges and Lehmann with its interval, and the two-sided p-value of the signed ranks, exact up to 200 pairs. *Hidden reasons:* the
//! largest Gamma of Rosenbaum at which the difference would still be beyond chance: something unseen would have to make one station of a pair
//! Gamma times likelier to be exposed than the other. *Many items:* all contrasts of a contest together by the procedure of Benjamini and Hochberg
//! for e-values (p-values are made into e-values by the calibrator of Vovk and Wang), at the rate of stations that are listed.
//! *Drawn by lot:* the studentised difference of means within strata under drawings made again, with Fisher's interval; with rings, stations near a
//! drawn one beside those far from all, weighted by their probabilities (Aronow and Samii).
//!
//! **Null model.** Matched: within a pair each station was as likely to be exposed. Drawn: no station's numbers depend on the drawing.
//!
//! **When it is wrong.** Observers go where they can, and where they expect something; stations that expect observers behave, and what would
//! have been done there may be done next door, which makes the others look worse. Reports come from where people report. Matching removes
//! what it matches on and nothing else: hence Gamma. A drawing that was not kept makes its contrast smaller, not wrong.
//!
//! **What may not be concluded.** Of a contrast that nobody drew: nothing on its cause. No difference does not show that nothing was done, and a
//! difference does not show that something was. Of a drawn one: that observers changed the number, not what was done where there were none.
//!
//! **References.** Hyde, World Politics 60 (2007); Enikolopov, Korovkin, Petrova, Sonin and Zakharov, PNAS 110 (2013); Ichino and Schündeln, Journal of
//! Politics 74 (2012); Rosenbaum, Observational Studies (2002), chapter 4; Aronow and Samii, Annals of Applied Statistics 11 (2017); Wang and
//! Ramdas, Journal of the Royal Statistical Society B 84 (2022). St Petersburg 2021: 35.1 % at stations named in reports, 35.0 % at the others.

mod compare;
mod drawn;
mod exposure;
mod outcome;
#[cfg(test)]
mod tests;
mod words;

use adil_finding::{CheckId, Finding, Technique};
use adil_stat::{e_benjamini_hochberg, e_of_p};
use rayon::prelude::*;

use self::compare::{Compared, compare};
pub(crate) use self::exposure::REPORTS;
use self::exposure::{Exposure, Kind, of_column, of_observers};
use self::outcome::{Fractions, Outcome};
use super::located::rows_of;
use crate::{Check, Claim, ContestView, Need, Page, Settings};

/// The check.
pub(crate) struct Contrast;

const ID: CheckId = CheckId("observers/contrast");

impl Check for Contrast {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const NEEDS: &[Need] = &[Need::Stations, Need::Observers];
        &[
            Claim { technique: Technique::OfficialsPresent, needs: NEEDS },
            Claim { technique: Technique::GroupVoting, needs: NEEDS },
        ]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let mut asked: Vec<Asked<'_>> = Vec::new();
        let mut reports = Vec::new();
        if let Some((exposure, of_rows)) = of_column(tested.table) {
            reports = of_rows;
            asked.push(Asked { of: None, kind: Kind::Column, exposures: vec![exposure] });
        }
        for of in &view.record.observers {
            let rows = rows_of(view, &of.book);
            let kinds = of_observers(of, &rows, tested.table.len());
            asked.extend(kinds.into_iter().map(|(kind, exposures)| Asked { of: Some(of), kind, exposures }));
        }
        let main: Vec<Fractions> =
            [Outcome::Share, Outcome::Turnout].iter().filter_map(|outcome| outcome.of(tested)).collect();
        let lines = asked.iter().enumerate().flat_map(|(number, asked)| {
            asked.exposures.iter().enumerate().map(move |(exposure, of)| (number, exposure, of))
        });
        let mut shown: Vec<Shown> = lines
            .collect::<Vec<_>>()
            .into_par_iter()
            .flat_map_iter(|(asked, exposure, of)| {
                let own = of.own.and_then(|own| own.of(tested));
                let outcomes: Vec<Fractions> = main.iter().cloned().chain(own).collect();
                let of_one = move |outcome: Fractions| {
                    let compared = compare(tested, &of.groups, &outcome)?;
                    Some(Shown { asked, exposure, outcome, compared, found: false })
                };
                outcomes.into_iter().filter_map(of_one).collect::<Vec<_>>()
            })
            .collect();
        find_among_many(&mut shown, settings);
        let of_kinds = asked.iter().enumerate().filter_map(|(number, asked)| {
            let lines: Vec<&Shown> = shown.iter().filter(|line| line.asked == number).collect();
            words::finding(view, asked, &lines, shown.len(), &reports, settings)
        });
        let of_drawings = view.record.observers.iter().flat_map(|of| drawn::findings(view, of, &main, settings));
        of_drawings.chain(of_kinds).collect()
    }
}

/// Contrasts of one kind.
struct Asked<'a> {
    /// Whose observers; none for a column of the table.
    of: Option<&'a adil_record::Observers>,
    kind: Kind,
    exposures: Vec<Exposure>,
}

/// A contrast of one outcome, as it came out.
struct Shown {
    asked: usize,
    exposure: usize,
    outcome: Fractions,
    compared: Compared,
    /// Whether it is beyond chance among all of them.
    found: bool,
}

/// Marks the contrasts that are beyond chance, all together.
fn find_among_many(shown: &mut [Shown], settings: &Settings) {
    let of = |line: &Shown| line.compared.matched.as_ref().map_or(0.0, |matched| e_of_p(matched.p));
    let e_values: Vec<f64> = shown.iter().map(of).collect();
    let found = e_benjamini_hochberg(&e_values, settings.listing_rate);
    shown.iter_mut().zip(found).for_each(|(line, found)| line.found = found);
}
