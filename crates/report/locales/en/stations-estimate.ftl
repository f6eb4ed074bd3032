### stations/estimate: ballots added beyond what clean elections show, region by region.

estimate-no-data = Added ballots cannot be estimated: { $column } would be needed.
estimate-few = There are too few stations with a register of at least 100 voters to know what is usual.
estimate-statement = { $side }: in { $estimated } regions ballots added can be estimated; in { $beyond } of these they are beyond what clean elections show by the same reckoning, by { $votes } ballots in all (90% interval { $low } to { $high }; { $part } of all ballots). Regions where most stations depart together and nothing can be told: { $together } of { $regions }.
estimate-none = { $side }: no region allows an estimate. Regions where most stations depart together: { $together } of { $regions }; the others are too small or unlike any part of a clean election.
estimate-no-core = { $side }: no core of stations is separated in the whole, so there is nothing to estimate added ballots from.
estimate-brief = { $side }: { $votes } ballots beyond clean elections ({ $low } to { $high }), in { $beyond } of { $estimated } regions
estimate-brief-none = { $side }: cannot be told
estimate-region = { $region }: by the model { $part } of the ballots were added ({ $low } to { $high }); like parts of clean elections have up to { $usual }. Beyond that: { $votes } ballots.
estimate-region-together = { $region } (turnout { $turnout }): up to { $part } of its stations depart together, so nothing says what is usual there and no estimate is made.
estimate-caveat-normal = What most stations of an area did alike is its normal here: with widespread stuffing the number is far too low.
estimate-caveat-model = The interval holds if the model does, and knows nothing of its errors. The result without these ballots is not the true result.
estimate-caveat-none = Without a core every station may be affected, or none: silence is no sign of either.
estimate-interval = central 90% of the posterior of the model; over regions as if independent

estimate-figure = { $side }: what is beyond clean elections, by region
estimate-figure-description = For each region of { $contest } its turnout and the estimated surplus of added ballots as a part of its ballots
estimate-axis-turnout = turnout of the region
estimate-axis-surplus = surplus of added ballots
estimate-size = ballots of the region

estimate-source-side = the side that ballots would have been added for
estimate-source-surplus = ballots added by the model less the 95% quantile of like parts of clean elections, over the regions with an estimate
estimate-source-part = the same, by all ballots
estimate-source-added = ballots added by the model, nothing taken off, over the regions with an estimate
estimate-source-estimated = regions with 50 stations or more, a core, and 20 like parts of clean elections
estimate-source-beyond = of these, regions above that quantile
estimate-source-together = regions where more than half of the stations may depart together
estimate-source-unlike = regions like fewer than 20 parts of clean elections
estimate-source-small = regions with fewer than 50 stations

measure-surplus-ballots = Added ballots beyond clean elections
measure-surplus-part = … as a part of all ballots
measure-added-ballots = Added ballots by the model, nothing taken off
measure-regions-estimated = Regions with an estimate
measure-regions-surplus = Regions beyond clean elections
measure-regions-not-identified = Regions where nothing can be told
measure-regions-unlike = Regions unlike clean elections
measure-regions-small = Regions too small
