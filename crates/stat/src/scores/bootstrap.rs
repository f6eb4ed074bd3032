//! How far mean scores and skill are an accident of the questions that were asked.

use crate::{Stream, quantile, skill};

/// A mean score over questions, and its skill against a baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanScore {
    /// The mean score.
    pub mean: f64,
    /// Its percentile interval.
    pub mean_interval: (f64, f64),
    /// `1 - mean score / mean baseline`.
    pub skill: f64,
    /// Its percentile interval.
    pub skill_interval: (f64, f64),
}

/// The mean score over questions and the skill, with the percentile interval of a bootstrap that draws as many questions with replacement:
/// score and baseline of a question stay together, so that a question that is hard for both does not count as a lack of skill.
///
/// `questions` are pairs of score and baseline. `None` of fewer than two, where the baselines are 0 together, or without draws.
pub fn bootstrap_scores(questions: &[(f64, f64)], level: f64, draws: usize, stream: &mut Stream) -> Option<MeanScore> {
    let count = questions.len();
    if count < 2 {
        return None;
    }
    let of = |sums: (f64, f64)| Some((sums.0 / count as f64, skill(sums.0, sums.1)?));
    let add = |sums: (f64, f64), pair: &(f64, f64)| (sums.0 + pair.0, sums.1 + pair.1);
    let (mean, skilled) = of(questions.iter().fold((0.0, 0.0), add))?;
    let mut drawn = || of((0..count).fold((0.0, 0.0), |sums, _| add(sums, &questions[stream.below(count)])));
    let (means, skills): (Vec<f64>, Vec<f64>) = (0..draws).filter_map(|_| drawn()).unzip();
    let ends = |values: &[f64]| Some((quantile(values, 0.5 - level / 2.0)?, quantile(values, 0.5 + level / 2.0)?));
    Some(MeanScore { mean, mean_interval: ends(&means)?, skill: skilled, skill_interval: ends(&skills)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream;

    #[test]
    fn many_draws_come_near_to_all_samples_of_five() {
        // python3 -c '
        // import itertools
        // q=[(.1,.5),(.4,.6),(.2,.7),(.9,.8),(.3,.4)]
        // S=[(sum(a for a,b in s)/5, 1-sum(a for a,b in s)/sum(b for a,b in s)) for s in itertools.product(q,repeat=5)]
        // def quant(v,l): v=sorted(v); x=l*(len(v)-1); i=int(x); return v[i]+(x-i)*(v[min(i+1,len(v)-1)]-v[i])
        // print([quant([s[k] for s in S],l) for k in (0,1) for l in (.1,.9)])'
        let questions = [(0.1, 0.5), (0.4, 0.6), (0.2, 0.7), (0.9, 0.8), (0.3, 0.4)];
        let got = bootstrap_scores(&questions, 0.8, 20_000, &mut stream(1, "scores", 0)).expect("five questions");
        assert!((got.mean - 0.38).abs() < 1e-12 && (got.skill - (1.0 - 1.9 / 3.0)).abs() < 1e-12);
        let ends = [got.mean_interval.0, got.mean_interval.1, got.skill_interval.0, got.skill_interval.1];
        // A quantile of 20,000 draws has a standard error of about 0.002.
        for (end, expected) in ends.into_iter().zip(ALL) {
            assert!((end - expected).abs() < 0.02, "{ends:?}");
        }
        let again = bootstrap_scores(&questions, 0.8, 20_000, &mut stream(1, "scores", 0));
        assert_eq!(again, Some(got), "the same seed, the same interval");
    }

    const ALL: [f64; 4] = [0.22, 0.54, 0.161290322581, 0.592592592593];

    #[test]
    fn questions_that_are_alike_have_no_interval() {
        let got = bootstrap_scores(&[(0.2, 0.4); 6], 0.95, 100, &mut stream(1, "scores", 0)).expect("six questions");
        let near = |pair: (f64, f64), value: f64| (pair.0 - value).abs() < 1e-12 && (pair.1 - value).abs() < 1e-12;
        assert!(near(got.mean_interval, 0.2) && near(got.skill_interval, 0.5), "{got:?}");
        assert_eq!(bootstrap_scores(&[(0.2, 0.4)], 0.95, 100, &mut stream(1, "scores", 0)), None);
        assert_eq!(bootstrap_scores(&[(0.2, 0.0); 3], 0.95, 100, &mut stream(1, "scores", 0)), None);
    }
}
