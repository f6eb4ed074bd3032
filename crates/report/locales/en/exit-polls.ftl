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
