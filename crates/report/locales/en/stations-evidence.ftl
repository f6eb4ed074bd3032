### stations/evidence: how much likelier stations are if votes were moved.

evidence-no-data = Stations cannot be weighed: { $column } would be needed.
evidence-few = There are too few stations with a register of at least 100 voters to know what is usual.
evidence-statement = { $side }: over { $stations } stations the evidence that ballots were added (E) is { $mean } on average, where 1 or less is expected if nothing was added; E is above 20 at { $percent } of them ({ $strong }). Listed as beyond what clean elections show: stations { $listed }, regions { $regions } of { $allregions }.
evidence-brief = { $side }: mean E { $mean }; listed: stations { $listed }, regions { $regions }
evidence-other-side = { $side }, tested in the same way: mean E { $mean }; stations above 20: { $strong }; listed: stations { $listed }, regions { $regions }.
evidence-region = { $region }: its { $stations } stations together are 10^{ $digits } times likelier if { $way } in a part of them; mean E { $mean }, likeliest part { $part }.
evidence-station = { $station }: turnout { $turnout } where { $turnoutexpected } was to be expected, share { $share } where { $shareexpected } was; as if about { $votes } { $way } (E = { $e }; chance that it is an honest station { $rate }).
evidence-way-stuffed = ballots had been added
evidence-way-switched = votes of others had been counted for the side
evidence-caveat-kinds = Where an area has stations of different kinds that nothing in the table tells apart, honest ones look like this as well. Clean elections say how often; they are few.
evidence-caveat-core = Where more than half of an area’s stations were treated alike, that is its normal, and nothing is seen.
evidence-caveat-listed = A listed station is a place to look at papers and witnesses. About { $rate } of those listed are expected to be honest.
evidence-caveat-cap = In the middle station E cannot exceed about { $cap }, whatever its numbers. At a rate of { $rate } the list that holds however stations depend on each other (e-BH) then stays empty unless at least { $least } stations come near that.
evidence-caveat-left-out = { $stations } stations were not weighed: a register below { $smallest } voters, or numbers that are missing or exceed each other.
evidence-caveat-small-sides = Sides with less than { $part } of the votes are not tested.

evidence-figure = All sides, tested in the same way
evidence-figure-description = For each side its share of the ballots and the part of stations whose evidence of added ballots is above 20
evidence-axis-share = share of the side
evidence-axis-strong = stations with E above 20
evidence-size = the side’s share

evidence-source-side = the side that votes would have been moved to
evidence-source-stations = stations with at least 100 registered voters and sound numbers
evidence-source-share = votes of the side by ballots in the boxes, in the stations weighed
evidence-source-stuffed = e-values of added ballots, over the stations weighed
evidence-source-switched = e-values of votes of others counted for the side, over the stations weighed
evidence-source-cap = the most that E could be, at the likeliest counts, in the middle station
evidence-source-ebh = stations listed by e-BH at the alarm rate, from the mean of both e-values
evidence-source-lfdr = stations listed by local false discovery rates, less what clean elections have
evidence-source-regions = regions listed by e-BH at the alarm rate, stations taken as independent given their areas
evidence-source-part = likeliest part of stations with votes moved in this way, nothing taken off
evidence-source-clean = the largest such part in clean elections, this one apart

measure-side = Side
measure-stations-weighed = Stations weighed
measure-side-share = Share of the side
measure-mean-e = Mean evidence of added ballots (E)
measure-share-above-20 = Part of stations with E above 20
measure-mean-e-switched = Mean evidence of switched votes
measure-share-above-20-switched = Part of stations with that above 20
measure-cap = The most that E can be
measure-listed-ebh = Stations listed, however they depend
measure-listed-lfdr = Stations listed
measure-regions-listed = Regions listed
measure-part-stuffed = Likeliest part of stations with added ballots
measure-part-switched = Likeliest part of stations with switched votes
measure-part-stuffed-clean = The largest in clean elections: added ballots
measure-part-switched-clean = The largest in clean elections: switched votes
evidence-map = Map of the stations listed: { $side }
evidence-map-description = Each station on the list of this side whose coordinates are known. A listed station is a place to look at papers and witnesses; about one in ten is expected to be honest.
evidence-map-size = a listed station, by its registered voters
