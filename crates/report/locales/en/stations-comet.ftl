### stations/comet

comet-statement = Above { $turnout } turnout, { $leader } has { $extra } votes more (90% interval { $low } to { $high }; { $part } of the side’s votes) than the { $share } at { $from } to { $turnout } implies. Accepted elections give { $accepted-low } to { $accepted-high }, so it is no count of added votes.
comet-statement-fewer = Above { $turnout } turnout, { $leader } has { $extra } votes fewer (90% interval { $low } to { $high }; { $part } of the side’s votes) than the { $share } at { $from } to { $turnout } implies. Accepted elections give { $accepted-low } (fewer) to { $accepted-high } (more), so it is no count of added votes.
comet-refused = No core of stations is separated, so no number of votes of { $leader } beyond a core is given.
comet-no-data = No core can be looked for: the table lacks { $column }.
comet-no-stations = No core can be looked for: the columns are there, but no station has both a turnout and a share.
comet-no-votes = No core can be looked for: at turnouts below 100% nobody but { $leader } has votes.
comet-fault-edge = The highest point of the others’ votes lies within ten points of the end of the turnout scale, so the core has no flank on one side.
comet-fault-few = The stations of the core hold only { $part } of all ballot papers.
comet-fault-hills = The others’ votes have a second hill over turnout, with { $part } of them; nothing says which hill is the core.
comet-fault-upper-end = { $part } of the others’ votes lie below the highest point: it is the upper end of the cloud, not its core.
comet-fault-districts = The stations lie in only { $districts } { $districts ->
    [one] district
   *[other] districts
}, too few to see whether the core stays where it is.
comet-fault-unstable = When districts are drawn anew, the core stays within two points of its place in only { $part } of the draws.
comet-hill = A hill of the others’ votes is highest at { $turnout } turnout and holds { $part } of them.
comet-brief = { $extra } votes beyond the core’s proportion ({ $low } to { $high }), { $part } of the side’s votes; accepted elections { $accepted-low } to { $accepted-high }
comet-brief-millions = { $extra } million votes beyond the core’s proportion ({ $low } to { $high }), { $part } of the side’s votes; accepted elections { $accepted-low } to { $accepted-high }
comet-brief-refused = no core is separated, so no number of votes is given
comet-caveat-core = Taking the core for honest is an assumption: sides differ in town and country, and turnout differs too.
comet-caveat-accepted = In accepted elections this arithmetic gives between { $low } and { $high } of the votes of the side tested; no yardstick for this election has been worked out.
comet-caveat-interval = The interval covers chance between districts only, not the error of the assumption.
comet-caveat-refused = A refusal says nothing for or against the election: there may be no tail, or no core left.
comet-interval = central 90% over districts drawn anew with replacement, the core found anew each time
comet-source-extra = votes above the core’s turnout beyond the core’s proportion, stations with turnout below 100%, bins of one percentage point
comet-source-extra-core = votes beyond the core’s proportion over all stations
comet-source-part = the same as a part of all votes of the side tested
comet-source-draws = quantile over { $draws } draws of districts
comet-source-turnout = highest bin of the others’ votes over turnout, with its two neighbours
comet-source-share = share of the side tested in the core’s bins
comet-source-ballots = part of all ballot papers in the core’s bins
comet-source-below = part of the others’ votes at turnouts below the core’s centre
comet-source-hill = part of the others’ votes in the second largest hill over turnout
comet-source-stability = part of draws of districts in which the core lies within two points of its place
