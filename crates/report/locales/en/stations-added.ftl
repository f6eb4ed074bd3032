### stations/added: voters added to the register on the day.

added-no-data = Nothing says how many voters were added on the day: { $column } would be needed.
added-no-stations = No station has both a register and a number of voters added on the day.
added-statement = { $added } of { $voters } voters ({ $share }) were added to the register on the day, in { $stations ->
        [one] { $stations } station.
       *[other] { $stations } stations.
    }
added-brief = { $share } of voters added on the day
added-caveat-honest = Voters are added honestly near railway stations, hospitals and halls of residence, and may honestly vote otherwise.
added-caveat-twice = Whether those added voted elsewhere too cannot be told without the lists of voters.
added-slope = Inside districts the share of the side tested changes by { $slope } points for each point of added voters (95 % interval { $low } to { $high }, over { $districts } districts).
added-excess = { $stations } of { $compared } stations have more voters added than their size and their district explain, with an e-value of 20 or more; the mean e-value is { $mean }.
added-excess-station = { $station }: { $added } of { $voters } voters were added, where about { $expected } would be expected (e-value { $evidence }).

added-source-added = sum of the voters added on the day, over stations with a register
added-source-share = voters added on the day, divided by the register with them
added-source-stations = stations with at least one voter added on the day
added-source-slope = change of the share of the side tested with the added share inside districts, weighted by ballots
added-source-dealt = part of { $deals } deals of the added shares among the stations of their districts, and of the data, with a slope at least as high
added-source-e-mean = mean over stations of the e-value of an excess of added voters; about 1 or less where there is none
added-source-e20 = stations with an e-value of 20 or more: size and district by beta-binomial regression, fitted on the other half of the stations
added-source-discovered = stations told apart by their e-values at the rate of false discoveries set for regions

measure-added = Voters added on the day
measure-added-share = Added share of all voters
measure-stations-added = Stations with voters added
measure-added-slope = Share of the side tested by added share, inside districts
measure-added-slope-p = Probability of such a slope, added shares dealt out anew
measure-added-e-mean = Mean e-value of an excess of added voters
measure-added-stations-e20 = Stations with an e-value of 20 or more
measure-added-stations-discovered = Stations told apart by their e-values
