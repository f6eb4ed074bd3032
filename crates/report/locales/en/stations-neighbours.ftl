### stations/neighbours: places and the eight nearest.

neighbours-no-data = Places cannot be compared with their neighbours: the table lacks { $column }.
neighbours-few = Places cannot be compared with their neighbours: fewer than fifty have coordinates, turnout and share.
neighbours-statement = At { $places } places ({ $stations } stations), what the share of “{ $leader }” has above the eight nearest places and what the turnout has above theirs correlate at { $correlation }; turnouts dealt anew within districts would give as much with a probability of { $p }. { $far } places stand out in both; { $expected } would be expected.
neighbours-brief = share and turnout above the neighbours’ correlate at { $correlation }; { $far } of { $places } places stand out in both ({ $expected } expected)
neighbours-caveat-honest = Town and country, rich and poor quarters lie side by side and move turnout and share together; hospitals and barracks stand out honestly. Such a correlation exists in elections that nobody disputes.
neighbours-caveat-dependent = A place is the neighbour of many, so what sets places apart is not independent; coordinates are often those of a town, not of a building.
neighbours-place = { $station } ({ $stations ->
        [one] { $stations } station
       *[other] { $stations } stations
    }): share { $share } and turnout { $turnout }; the eight nearest places, up to { $reach } km away, have { $neighbourshare } and { $neighbourturnout }.

neighbours-source-places = points with stations that have turnout and share; stations of one point are one place
neighbours-source-stations = stations with coordinates, turnout and share
neighbours-source-correlation = correlation of share and turnout, each less the weighted mean of the eight nearest places; weights are the roots of the votes
neighbours-source-dealt = turnouts dealt anew within districts, { $draws } times, one-sided
neighbours-source-far = places whose share and turnout are both more than three robust standard deviations further above their neighbours’ than the median place
neighbours-source-spread = weighted standard deviation over places
neighbours-source-residual = weighted standard deviation over places, less the mean of the eight nearest
neighbours-source-reach = median of the distance to the eighth nearest place, in kilometres

measure-places = Places
measure-placed-stations = Stations with coordinates
measure-correlation-neighbours = Correlation of share and turnout above the neighbours’
measure-p-correlation-neighbours = Probability of such a correlation by chance
measure-standing-out = Places that stand out in both
measure-standing-out-expected = … expected
measure-p-standing-out = Probability of so many by chance
measure-share-spread = Spread of the share
measure-share-spread-neighbours = … less that of the neighbours
measure-turnout-spread-neighbours = Spread of the turnout less that of the neighbours
measure-median-reach-km = Distance to the eighth neighbour, kilometres
