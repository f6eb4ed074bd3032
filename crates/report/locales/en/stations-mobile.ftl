### stations/mobile: voting outside the station.

mobile-no-data = Nothing says how many papers came from mobile boxes: { $column } would be needed.
mobile-statement = { $mobile } of { $ballots } ballots ({ $share }) came from mobile boxes; in { $allmobile ->
        [one] { $allmobile } station every ballot did.
       *[other] { $allmobile } stations every ballot did.
    }
mobile-brief = { $share } of ballots from mobile boxes{ $allmobile ->
        [0] {""}
        [one] ; every ballot at { $allmobile } station
       *[other] ; every ballot at { $allmobile } stations
    }
mobile-caveat-honest = Old people, villages and hospitals vote at home and may honestly vote otherwise; early votes may be counted from mobile boxes too.
mobile-caveat-feasible = Whether a team could have made so many visits cannot be told: that needs the number of mobile boxes and the hours they were out.
mobile-slope = Inside districts the share of the side tested rises by { $slope } points for each point of mobile share (95 % interval { $low } to { $high }, over { $districts } districts).
slope-method = least squares with district effects; the deviation treats each of { $districts } districts as one observation
mobile-above-issued = Mobile boxes hold more papers than were issued outside the station in { $stations } stations, and more than outside and early together in { $early }.
mobile-region = { $region }: { $share } of the ballots are mobile.
mobile-all = { $station }: all { $ballots } ballots are mobile.
mobile-bounds = Whatever mobile voters did, the side tested has between { $low } and { $high } of the mobile ballots, by the counts of each station (the totals alone would allow { $totallow } to { $totalhigh }).
mobile-excess = { $stations } of { $compared } stations have more mobile ballots than their size and their district explain, with an e-value of 20 or more; the mean e-value is { $mean }.
mobile-excess-station = { $station }: { $mobile } of { $ballots } ballots are mobile, where about { $expected } would be expected (e-value { $evidence }).

mobile-source-mobile = sum of the papers in mobile boxes, over stations with ballots
mobile-source-share = papers in mobile boxes, divided by all ballots in the boxes
mobile-source-quantile = { $quantile } of the stations have at most this mobile share
mobile-source-all-mobile = stations in which all ballots are from mobile boxes
mobile-source-outside = ballots issued outside the station, divided by all issued
mobile-source-early = ballots issued early, divided by all issued
mobile-source-slope = change of the leader’s share with the mobile share inside districts, weighted by ballots
mobile-source-bounds = fewest and most mobile ballots for the side that the counts of each station allow, by all mobile ballots
mobile-source-e-mean = mean over stations of the e-value of an excess of mobile ballots; about 1 or less where there is none
mobile-source-e20 = stations with an e-value of 20 or more: size and district by beta-binomial regression, fitted on the other half of the stations
mobile-source-discovered = stations told apart by their e-values at the rate of false discoveries set for regions

measure-mobile = Papers from mobile boxes
measure-mobile-share = Mobile share of all ballots
measure-mobile-share-median = Mobile share of the middle station
measure-mobile-share-q90 = Mobile share that nine in ten stations do not exceed
measure-mobile-share-q99 = Mobile share that 99 in 100 stations do not exceed
measure-stations-all-mobile = Stations with mobile ballots only
measure-issued-outside-share = Share of ballots issued outside the station
measure-issued-early-share = Share of ballots issued early
measure-mobile-slope = Leader’s share by mobile share, inside districts
measure-mobile-leader-share-lowest = Lowest possible share among mobile ballots
measure-mobile-leader-share-highest = Highest possible share among mobile ballots
measure-mobile-e-mean = Mean e-value of an excess of mobile ballots
measure-mobile-stations-e20 = Stations with an e-value of 20 or more
measure-mobile-stations-discovered = Stations told apart by their e-values
