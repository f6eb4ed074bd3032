### Exit polls beside the count.

exit-poll-inside = { $release }: { $option } { $said }, the count { $official }. With a design effect of { $effect } this is inside sampling error.
exit-poll-explained = { $release }: { $option } { $said }, the count { $official }. The difference is explained if { $who } answered up to 1.2 times as readily ({ $odds } times would do).
exit-poll-possible = { $release }: { $option } { $said }, the count { $official }. For both to be right, { $who } would have had to answer { $odds } times as readily: possible, not shown.
exit-poll-beyond = { $release }: { $option } { $said }, the count { $official }. For both to be right, { $who } would have had to answer { $odds } times as readily, more than 2 times.
exit-poll-against = { $release }: { $option } { $said }, the count { $official }. Station by station, poll and count part the more the higher the turnout is: paired evidence speaks against the count as it stands.
exit-poll-brief-inside = { $option }: exit poll { $said }, count { $official }; inside sampling error
exit-poll-brief-explained = { $option }: exit poll { $said }, count { $official }; explained if { $who } answered { $odds } times as readily
exit-poll-brief-possible = { $option }: exit poll { $said }, count { $official }; would need { $who } to answer { $odds } times as readily: possible, not shown
exit-poll-brief-beyond = { $option }: exit poll { $said }, count { $official }; would need { $who } to answer { $odds } times as readily
exit-poll-brief-against = { $option }: exit poll { $said }, count { $official }; paired evidence speaks against the count
exit-poll-weighted = { $release }: its answers were weighted with the result, so that it cannot test the count, and is left aside.
exit-poll-brief-weighted = an exit poll weighted with the result tests nothing
exit-poll-others = those who chose something else
exit-poll-own = those who chose it
exit-poll-line = { $option }: { $said } in the poll, { $official } in the count; odds in the count by odds in the poll { $odds }.
exit-poll-caveat-answers = Those who refuse to answer may vote otherwise than those who answer, and fear may make them answer otherwise than they voted: an exit poll alone never shows that a count is wrong, or that it is right.
exit-poll-caveat-frame = Voters at home, abroad or before the day are in the count and not at the exits.
exit-poll-caveat-no-size = How many were asked is not told, so there is no sampling error that could be stated, and none is.
exit-poll-caveat-effect = The poll gives no design effect of its clusters; { $effect } is taken, at the upper end of what is usual, so that a difference is not called large lightly.
exit-poll-caveat-power = A shift by 5 points would have been outside sampling error with a probability of { $power }.
exit-poll-method-sampling = sampling error of the poll at its design effect
exit-poll-method-rounding = rounding of the printed share alone
exit-poll-source-poll = share in the exit poll, as printed
exit-poll-source-count = the organisers’ last share: votes by valid votes where both are given, else as printed
exit-poll-source-difference = share in the poll less share in the count
exit-poll-source-odds = odds in the count by odds in the poll: how many times more readily those who chose something else would have had to answer
exit-poll-source-z = difference by the standard error of as many voters drawn one by one
exit-poll-source-margin = 1.96 standard errors of the poll’s share, at the design effect in the name
exit-poll-source-outside = the design effect at which the difference would just be inside sampling error
exit-poll-source-power = probability that a shift by 5 points would have been outside sampling error
exit-poll-source-response = interviews by all who were chosen
exit-poll-caveat-weighted = The share is not the printed one but is weighted from { $stations } stations in { $strata ->
    [one] one stratum
   *[other] { $strata } strata
}; its design effect of { $effect } is computed from how far these stations differ, and is rough where they are few.
exit-poll-caveat-probability = The table does not give the probabilities with which stations were drawn; they are taken as equal within a stratum. Where large stations were drawn more often, they weigh too much.
exit-poll-caveat-unseen = The count has { $strata ->
    [one] one stratum
   *[other] { $strata } strata
} in which no station of the poll lies; the poll’s share is of the others.
exit-poll-caveat-outside = { $part } of those who voted could not be met at an exit (before the day, at home, in mobile boxes). With their votes the poll’s share may be anything from { $low } to { $high }; for poll and count to agree by that alone, { $needed } of them must have chosen this option.
exit-poll-caveat-outside-beyond = { $part } of those who voted could not be met at an exit (before the day, at home, in mobile boxes). With their votes the poll’s share may be anything from { $low } to { $high }: however they voted, that alone does not make poll and count agree.
exit-poll-weighted-of = Weighted from { $answers } answers at { $stations } stations: stations drawn with { $probability }; each stands for { $size }; { $turnout }; cells of sex and age weighted by their response: { $cells }. Nothing is weighted with the official vote.
exit-poll-drawn-told = the probabilities that the table gives
exit-poll-drawn-equal = equal probabilities within a stratum
exit-poll-size-voters = its known turnout
exit-poll-size-asked = those who were asked there
exit-poll-size-answers = those who answered there
exit-poll-strata-turnout = strata add up to their known turnout
exit-poll-strata-none = strata are not made to add up to a turnout
exit-poll-weighted-plain = Each answer counted as one: { $share }.
exit-poll-weighted-printed = Printed by its publisher: { $share }.
exit-poll-weighted-left = Stations with answers and without a weight, left out: { $stations }.
exit-poll-source-weighted = share in the exit poll, weighted from its answers by station
exit-poll-source-effect = variance of the weighted share, linearised over stations within strata, by that of as many voters drawn one by one
exit-poll-source-z-design = difference by the standard error of the weighted share, clusters and weights included
exit-poll-source-margin-design = half the interval of 95 % at the computed design effect, with Student’s t on stations less strata
exit-poll-source-outside-part = voters before the day, at home or in mobile boxes, by all who voted
exit-poll-source-outside-needed = the share among them that would make poll and count agree; below 0 or above 1 where none would
exit-poll-figure-title = { $option }: exit polls beside the count
exit-poll-figure-description = { $polls ->
    [one] One exit poll: a dot at its share
   *[other] { $polls } exit polls: a dot at the share of each
}, with its margins of 95 % where the number of interviews is known; the dashed line is the count’s share, { $official }.
exit-poll-figure-share = share of { $option }
exit-poll-figure-plain = margin, as if voters were drawn one by one
exit-poll-figure-design = margin at the poll’s design effect: computed from its stations, else given, else 25
exit-poll-figure-count = the count

houses-inside = { $polls } exit polls give { $option } { $mean } on average and differ by { $sd } points among themselves (standard deviation); the count’s { $official } is no further from them than one more such house might be (p = { $p }). Only a difference of { $needed } points or more would have stood out.
houses-outside = { $polls } exit polls give { $option } { $mean } on average and differ by { $sd } points among themselves (standard deviation); the count’s { $official } is further from them than one more such house would be (p = { $p }; { $needed } points would have been enough).
houses-brief-inside = { $option }: count { $official }, { $polls } exit polls { $mean } on average; they differ as much among themselves
houses-brief-outside = { $option }: count { $official }, { $polls } exit polls { $mean } on average; further than they are from each other
houses-caveat = Voters who do not answer may do so in the same way to all houses: that all polls lie on one side of the count proves nothing, and a small p does not say which of both is wrong.
houses-line = { $release }: { $said }.
houses-source-polls = exit polls with a share of this option
houses-source-mean = mean of their shares
houses-source-sd = standard deviation of their shares
houses-source-t = the count less the mean, by the standard deviation times the square root of 1 + 1/k
houses-source-p = two-sided, Student’s t with one degree of freedom less than polls
houses-source-needed = the difference between count and mean whose p-value would have been 0.05

paired-none = { $release }: no station of the poll with ten answers or more is in the table of the count.
paired-few = { $release }: at { $stations } stations with { $answers } answers { $option } has odds in the count that are { $odds } times those in the poll; with fewer than { $fewest } stations with turnout nothing more is tested.
paired-level = { $release }: at { $stations } stations with { $answers } answers { $option } has odds in the count that are { $odds } times those in the poll. This does not change with turnout by more than chance (p = { $p }): it is what unequal readiness to answer looks like.
paired-speaks = { $release }: at { $stations } stations with { $answers } answers { $option } has odds in the count that are { $odds } times those in the poll, and the more so the higher the turnout (p = { $p }).
paired-brief-few = { $option }: { $stations } stations with poll and count, too few to test
paired-brief-level = { $option }: odds in the count { $odds } times those in the poll at { $stations } stations, whatever the turnout
paired-brief-speaks = { $option }: odds in the count { $odds } times those in the poll at { $stations } stations, more where turnout is high
paired-caveat-answers = A difference that is the same everywhere is no evidence on the count.
paired-caveat-turnout = Turnout goes with other things that change who answers: that both part where turnout is high does not say which of them is wrong there.
paired-station = { $station }: share in the poll less share in the count { $points } points.
paired-method = mean of stations with offsets of their own, normal
paired-source-stations = stations of the same name in both tables, with ten answers or more
paired-source-answers = answers at these stations
paired-source-odds = odds in the count by odds in the poll, mean over stations on the scale of logarithms
paired-source-spread = standard deviation of the stations’ own differences of log odds, sampling error apart
paired-source-error = mean over stations of the share in the poll less the share in the count
paired-source-slope = change of the log odds in the poll less those in the count, for a turnout higher by 100 points
paired-source-slope-p = two-sided, turnouts dealt out anew among the stations
paired-rises = { $release }: at { $stations } stations with { $answers } answers { $option } has odds in the count that are { $odds } times those in the poll, and the less so the higher the turnout (p = { $p }): the opposite of what added ballots do.
paired-asking = { $release }: at { $stations } stations with { $answers } answers { $option } has odds in the count that are { $odds } times those in the poll. This does not change with turnout by more than chance (p = { $p }), but it does with: { $others }.
paired-brief-rises = { $option }: odds in the count { $odds } times those in the poll at { $stations } stations, less where turnout is high
paired-brief-asking = { $option }: odds in the count { $odds } times those in the poll at { $stations } stations, whatever the turnout; they go with: { $others }
paired-slope = { $covariate }: { $slope } ± { $error } (p = { $p }, { $stations } stations); does not stand out among { $covariates }.
paired-slope-held = { $covariate }: { $slope } ± { $error } (p = { $p }, { $stations } stations), { $held } with the others held (p = { $held_p }); does not stand out among { $covariates }.
paired-slope-stands = { $covariate }: { $slope } ± { $error } (p = { $p }, { $stations } stations); stands out among { $covariates }.
paired-slope-stands-held = { $covariate }: { $slope } ± { $error } (p = { $p }, { $stations } stations), { $held } with the others held (p = { $held_p }); stands out among { $covariates }.
paired-covariate-turnout = turnout (by 100 points)
paired-covariate-response = response (by 100 points)
paired-covariate-distance = interviewer’s distance (by 100 metres)
paired-covariate-hour = hour of the interviews (by one hour)
paired-covariate-observer = observer present
paired-covariate-copy = copy of the result matches
paired-covariate-electronic = electronic part (by 100 points)
paired-covariate-mobile = mobile part (by 100 points)
paired-caveat-covariates = Covariates regressed on: { $covariates }. What stands out among them goes with the difference; it need not be its cause, since nobody dealt observers or distances out by lot.
paired-source-slope-error = standard error of the slope on turnout alone, by Knapp and Hartung
paired-source-slope-held = slope on turnout with the other covariates held
paired-method-held = mixed-effects regression, Student’s t
paired-figure-title = { $option }: poll less count against turnout
paired-figure-description = Each of { $stations } stations is a circle: its turnout, and the log odds of { $option } in the poll less those in the count. Circles on a level line are unequal readiness to answer; circles that fall to the right are poll and count parting where turnout is high.
paired-figure-turnout = turnout
paired-figure-difference = log odds in the poll less in the count
paired-figure-size = answers

measure-poll-share = Share in the exit poll
measure-count-share = Share in the count
measure-poll-difference = Exit poll less count
measure-tipping-odds = Tipping point
measure-z-deff1 = Difference in standard errors, without clusters
measure-margin-deff1 = Margin at a design effect of 1
measure-margin-deff10 = Margin at a design effect of 10
measure-margin-deff25 = Margin at a design effect of 25
measure-deff-outside = Design effect that would explain the difference
measure-poll-power = Power for a shift by 5 points
measure-poll-response = Response
measure-polls = Exit polls
measure-polls-mean = Their mean
measure-polls-sd = Their standard deviation
measure-t = Distance of the count (t)
measure-p = p-value
measure-difference-needed = Difference that would have stood out
measure-stations-paired = Stations with poll and count
measure-answers = Answers
measure-paired-odds = Tipping point, station by station
measure-paired-spread = Spread between stations
measure-within-station-error = Poll less count inside stations
measure-turnout-slope = Slope on turnout
measure-turnout-slope-p = … its p-value
measure-poll-design-effect = Design effect, computed
measure-z-design = Difference in standard errors, with clusters
measure-margin-design = Margin at the computed design effect
measure-outside-part = Voters outside the poll’s frame
measure-outside-needed = Share among them that would make both agree
measure-turnout-slope-error = … its standard error
measure-turnout-slope-held = Slope on turnout, other covariates held
