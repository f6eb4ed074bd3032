### stations/regions

regions-statement = Over { $regions } regions, each weighted by its voters, turnout and the share of { $leader } have a correlation of { $correlation } ({ $low } to { $high } with one region left out); if shares were dealt out by lot, one so far from zero would come with probability { $p }.
regions-statement-many = Over { $regions } regions, each weighted by its voters, turnout and the share of { $leader } have a correlation of { $correlation } ({ $low } to { $high } with one region left out).
regions-statement-few = With { $regions } { $regions ->
    [one] region
   *[other] regions
} a relation between turnout and the share of { $leader } cannot be told.
regions-no-data = Regions cannot be compared: the table lacks { $column }.
regions-no-stations = Regions cannot be compared: the columns are there, but no station has both a turnout and a share.
regions-evidence = { $region }: turnout { $turnout }, share { $share }, { $stations } { $stations ->
    [one] station
   *[other] stations
}.
regions-brief = turnout–share correlation over { $regions } regions: { $correlation }
regions-brief-few = { $regions ->
    [one] { $regions } region is
   *[other] { $regions } regions are
} too few to tell a relation of turnout and share
regions-caveat-ecological = Sums over regions say nothing about single voters or stations: the same relation can hold between regions and the opposite within them.
regions-caveat-confounded = Regions are few and differ in town and country, age and nationality, which move turnout and share together; a small probability here is not an anomaly.
regions-caveat-many = Above { $most } regions the probability of such a correlation by chance is not worked out; areas so many are hardly larger than stations.
regions-source-sums = regions with stations that have a register and a share
regions-source-correlation = turnout and share of the regions, weighted by registered voters
regions-source-permutation = two-sided, shares dealt out anew among the regions
regions-source-left-out = the same correlation without { $region }
regions-source-intraclass = part of the variance between stations that lies between regions, by analysis of variance
regions-figure = Regions: turnout and share of { $leader }
regions-figure-description = Each region by its turnout and its share of { $leader }; the area of a point is proportional to its registered voters.
regions-axis-turnout = turnout
regions-axis-share = share of { $leader }
regions-size = registered voters
regions-map-turnout = Map of turnout: areas of the level { $level }
regions-map-share = Map of the share of { $leader }: areas of the level { $level }
regions-map-description = Each area by the sums of its stations; the darker on a light page, the higher: { $what }. A map shows large areas, not many voters; the point figure has their numbers.
regions-map-none = no station with both a turnout and a share
