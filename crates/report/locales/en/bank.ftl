### Comparison with clean elections.

bank-alarm-region = In { $region } { $statistic } is { $effect }; of { $parts } like parts of { $elections } clean elections the largest is { $largest }. Its own probability by chance: { $p }.
bank-alarm = In the whole { $statistic } is { $effect }; of { $parts } like parts of { $elections } clean elections the largest is { $largest }. Its own probability by chance: { $p }.
bank-caveat-alarm = Called anomalous because { $alarms } { $alarms ->
    [one] part
   *[other] parts
} of the election stand out among all { $looked } numbers looked at (rate { $rate }, however they depend on each other) and are outside clean elections as well. Clean elections alone support a rate of false alarms of at most { $bound } for a part (95% bound).
bank-caveat-unconfirmed = The check’s own reckoning finds something unlikely in { $parts } { $parts ->
    [one] part
   *[other] parts
} of the election, but too few parts of clean elections are like them to confirm a rate of { $rate }: at best { $least }.
bank-caveat-too-few = Too few parts of clean elections are like these to confirm a rate of { $rate }: at best { $least }.
bank-caveat-inside = { $parts } parts of the election were set beside like parts of clean elections. None lies outside them and is, by the check’s own reckoning, unlikely as well, corrected for all { $looked } numbers looked at (rate { $rate }). By that reckoning alone, parts that are unlikely: { $evident }.
bank-source-parts = regions and statistics of this check that were set beside clean elections
bank-source-evident = of these, parts whose own p-value is rejected among all numbers of the contest (Benjamini and Yekutieli)
bank-source-alarms = of these, parts that are outside clean elections as well
bank-source-bank-parts = parts of clean elections like the strongest part: stations within a factor of ten, registers of five, share within 40 points
bank-source-effective = the same, as many as they are worth where parts of one election are alike
bank-source-p = how often a part of a clean election has such an effect, for the strongest part
bank-source-bound = upper bound at 95% of the rate at which parts of clean elections lie beyond all that were seen
bank-source-troubled = like parts of elections that were accepted with documented troubles: shown beside, they decide nothing
bank-source-troubled-as-large = of these, parts whose effect is at least that of the strongest part
bank-statistic = the statistic
bank-statistic-stuffed = the evidence of added ballots (ln E a station)
bank-statistic-switched = the evidence of switched votes (ln E a station)
bank-statistic-integers = the excess of whole percentages, as a part of the stations (lower bound)
bank-statistic-stop = the sharpness with which ballots stop at a book’s size
bank-statistic-unused = the fall of unused ballots with the share of the side
bank-statistic-mobile-share = the excess of ballots from mobile boxes
bank-statistic-mobile-slope = the rise of the side’s share with mobile voting
bank-statistic-decreasing = the part of stations whose reports of turnout fall
bank-statistic-spikes = the part of stations whose turnout rises steeply between two reports
bank-statistic-copied = the excess of stations with equal reports of turnout
bank-statistic-machines = the difference between machine and hand counting
bank-statistic-neighbours = the likeness of neighbouring places
bank-statistic-added = the part of stations with far more voters added on the day than usual
bank-statistic-added-slope = the rise of the side’s share with voters added on the day
bank-statistic-pairs-votes = the excess of pairs with the same votes (ln of seen by expected)
bank-statistic-pairs-shares = the excess of pairs with the same share (ln of seen by expected)
bank-statistic-dispersion = the closeness of the options’ votes (mean of -ln p; 1 by chance alone)
bank-statistic-targets-turnout = the closeness of the stations’ turnouts (mean of -ln p a district; 1 by chance alone)
bank-statistic-targets-share = the closeness of the stations’ shares (mean of -ln p a district; 1 by chance alone)
bank-statistic-twins-turnout = the difference of turnout between stations of one building (mean of -ln p a building; 1 by chance alone)
bank-statistic-twins-share = the difference of the share between stations of one building (mean of -ln p a building; 1 by chance alone)
bank-statistic-offsets-votes = the excess of pairs in one building whose votes differ by a round number exactly (ln of seen by expected)
bank-statistic-offsets-turnout = the excess of pairs in one building whose numbers of voters differ by a round number exactly (ln of seen by expected)
bank-statistic-borders-turnout = the jump of turnout at the region’s borders (ln of the mean square difference by that inside regions)
bank-statistic-borders-share = the jump of the share at the region’s borders (ln of the mean square difference by that inside regions)
bank-statistic-digits = the excess of numbers ending in 0 or 5, given the digits before (lower bound, as a part of the numbers)

measure-parts-compared = Parts set beside clean elections
measure-parts-evident = Parts unlikely by the check’s own reckoning
measure-alarms = Parts that are alarms
measure-bank-parts = Like parts of clean elections
measure-bank-elections = … from so many elections
measure-bank-parts-effective = … worth so many independent ones
measure-bank-p = How often clean elections have such an effect
measure-false-alarm-bound = Bound of the rate of false alarms
measure-troubled-parts = Like parts of elections accepted with troubles
measure-troubled-elections = … from so many such elections
measure-troubled-as-large = … with an effect at least as large
bank-alarm-country = In { $beyond } of { $regions } regions { $statistic } is among the largest tenth of like parts of clean elections; in one more clean election so many would have a probability of { $chance }. Own probability by chance in the whole: { $p }.
bank-source-country = regions whose effect is among the largest tenth of like parts of clean elections, of those that have like parts
bank-source-country-effective = the same regions, as many as they are worth where regions of one election are alike
bank-source-country-p = probability of so many regions beyond in one more clean election (beta-binomial)
measure-regions-beside = Regions set beside clean elections
measure-regions-beyond = Regions among the largest tenth
measure-regions-effective = … worth so many independent regions
measure-p-beyond = Probability of so many in a clean election
