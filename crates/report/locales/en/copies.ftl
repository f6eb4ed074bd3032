### copies/compare: statements of the same stations.

copies-differ = Two tables of stations ({ $other }; { $tested }) share { $stations } stations: { $cellschanged } of { $cells } votes by option differ, in { $changed ->
        [one] { $changed } station
       *[other] { $changed } stations
    }, by { $votes } votes in all.
copies-same = Two tables of stations ({ $other }; { $tested }) share { $stations } stations, and all { $cells } votes by option in them are the same.
copies-margin = The margin between the side tested and the next one moved up in { $up } stations and down in { $down } (net { $net } votes); if both directions were equally likely, such a difference or a larger one would come with probability { $p }.
copies-blank = { $stations ->
        [one] { $stations } station has
       *[other] { $stations } stations have
    } no votes at all in the other table, as before an act is filled in.
copies-option = { $option }: changed in { $changed } stations, up in { $up }, down in { $down }, net { $net }.
copies-station = { $station }: { $votes } votes differ.
copies-caveat = Acts are completed and corrected after a quick count, so that a number rose says nothing on its direction; stations of one commission are not independent.
copies-brief-differ = { $cellschanged } of { $cells } votes by option differ, in { $changed } of { $stations } stations
copies-brief-same = all { $cells } votes by option are the same in { $stations } stations
copies-source-matched = stations in both tables, by areas and name, or by a name that is unique
copies-source-unmatched = stations in one of the two tables only
copies-source-stations-changed = stations in which the votes of some option differ
copies-source-blank = stations without any vote in the other table
copies-source-cells = pairs of station and option with a number in both tables, where somebody in the region chose the option
copies-source-votes-changed = sum of all differences without sign
copies-source-up = stations in which the side tested has more votes than in the other table
copies-source-down = stations in which the side tested has fewer votes than in the other table
copies-source-net = sum of the differences with sign, table tested less the other
copies-source-margin = stations in which the votes of the side tested less those of the next one moved that way
copies-source-sign-test = exact two-sided sign test of the directions of the margin
measure-stations-only-tested = Stations only in the table tested
measure-stations-only-other = Stations only in the other table
measure-stations-contradicted = Stations that differ
measure-stations-blank = Stations blank in the other table
measure-cells-compared = Votes by option compared
measure-cells-differing = Votes by option that differ
measure-votes-changed = Votes changed
measure-leader-up = Stations where the side tested rose
measure-leader-down = Stations where the side tested fell
measure-leader-net = Net change of the side tested
measure-margin-up = Stations where the margin rose
measure-margin-down = Stations where the margin fell
measure-margin-net = Net change of the margin
measure-margin-p = Probability of such a difference by chance
copies-above = { $stations } stations are in two tables ({ $other }; { $tested }). In { $changed } of them the first, which has only a part of the papers, has more votes for some option than the second has in all, by { $votes } votes: both cannot be complete and true.
copies-none-above = { $stations } stations are in two tables ({ $other }; { $tested }). In none of them the first, which has only a part of the papers, has more votes for an option than the second has in all.
copies-brief-above = in { $changed } of { $stations } stations a part of the papers has more votes for an option than the whole count
copies-brief-none-above = in none of { $stations } stations a part of the papers has more votes for an option than the whole count
copies-caveat-partial = Which statement is false is not said: photographs may be of another station, of another paper or counted twice, and who sends them chooses the stations.
copies-caveat-power = Of { $changed } stations whose margin changed the sign test would have noticed a direction, with a probability of 80%, from { $part } going one way.
copies-kind = { $kind }: { $stations ->
        [one] { $stations } station
       *[other] { $stations } stations
    }.
copies-kind-blank = No vote in one of both
copies-kind-swap = Two options have each other’s number
copies-kind-transposition = Two digits of one number have changed places
copies-kind-digit = One digit of one number differs or is missing
copies-kind-transfer = Votes went from some options to others, the sum is the same
copies-kind-correction = The later one adds up, the earlier one did not
copies-kind-one-way = Only more votes, or only fewer
copies-kind-other = Otherwise
copies-source-moved = sum over stations of the larger of votes gained and votes lost; these stations alone, not extrapolated
copies-source-districts = sign test of the districts’ net margins: { $up } up, { $down } down
copies-source-detectable = smallest part of the changes going one way that the sign test would have noticed with a probability of 80% at 5%
measure-votes-moved-at-least = Votes moved at least
measure-margin-district-p = Probability by chance, by districts
measure-margin-detectable = One-sidedness that would have been noticed
copies-source-register = stations where the part of the papers has more votes than there are voters on the register: it errs there itself
measure-stations-above-register = Stations where the part is above the register

addition-holds = { $release }: the stations add up to all { $compared } figures published of areas and of the whole.
addition-fails = { $release }: of { $compared } figures published of areas and of the whole { $failing } are not what the stations add up to; { $agreeing } are. The narrowest: { $first }
addition-lacks = { $release }: of { $compared } figures published of areas and of the whole { $lacking } are more than the stations in the table add up to, which lacks some; { $agreeing } are what they add up to. The narrowest: { $first }
addition-brief-holds = all { $compared } published sums are those of the stations
addition-brief-fails = { $failing } of { $compared } published sums are not those of the stations
addition-brief-lacks = { $lacking } of { $compared } published sums are above those of the stations in the table
addition-caveat = Sums that hold say nothing on the stations; one that fails does not say which of both statements is false.
addition-whole = The whole
addition-line = { $area }: { $what } { $published } as published, { $sum } by { $stations } stations.
addition-line-lacks = { $area }: { $what } { $published } as published, { $sum } by { $stations } stations; the table lacks some.
addition-source-compared = published counts of areas and of the whole whose stations are in the table
addition-source-agreeing = of these, those that the stations add up to
addition-source-failing = of these, those that exclude the stations’ sum
addition-source-lacking = of these, those above the stations’ sum where the table lacks stations or cells
measure-sums-compared = Published sums compared
measure-sums-failing = Published sums that fail
measure-sums-lacking = Published sums above an incomplete table
