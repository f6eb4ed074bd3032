### stations/borders: places on two sides of a border of regions.

borders-no-data = Places on two sides of regions’ borders cannot be compared: the table lacks { $column }.
borders-few = Places on two sides of regions’ borders cannot be compared: too few of them, or of districts beside each other inside regions, are near and alike in size.
borders-statement = Across { $borders } borders of regions, { $pairs } pairs of places at most 20 km apart were compared with pairs as near inside regions. The mean square difference is { $turnout } times as large for turnout (probability by chance { $turnoutp }) and { $share } times for the share of “{ $leader }” (probability { $sharep }). Borders that stand out by themselves: { $turnoutsmall } by turnout, { $sharesmall } by share.
borders-brief = mean square difference of near places across { $borders } borders of regions, by that inside regions: turnout { $turnout }, share { $share }; borders that stand out: { $turnoutsmall } and { $sharesmall }
borders-caveat-lines = Borders of regions often follow rivers, mountains, languages and faiths, and go around cities: voters may differ there of their own.
borders-caveat-side = A jump does not say on which side of a border numbers are unusual, or why; a zeal that all regions share makes none.
borders-turnout = { $one } and { $other }: across the border, over { $pairs } pairs of places, the mean square difference of turnout is { $ratio } times that inside regions: { $onevalue } on the former’s side, { $othervalue } on the latter’s (probability { $p }, corrected for all borders).
borders-share = { $one } and { $other }: across the border, over { $pairs } pairs of places, the mean square difference of the share is { $ratio } times that inside regions: { $onevalue } on the former’s side, { $othervalue } on the latter’s (probability { $p }, corrected for all borders).

borders-source-pairs = pairs of places at most 20 km apart in different regions, with at most twice the voters of each other; the 16 nearest of each place
borders-source-inner = the same in different districts of one region
borders-source-edges = pairs of districts of one region that have such pairs of places
borders-source-borders = pairs of regions with 20 or more such pairs of places
borders-source-ratio = sum of squared differences of logits across borders, by that expected of pairs as near inside regions and as large
borders-source-extra = the same difference of sums, by the number of pairs
borders-source-p = how often borders put together from borders of districts inside regions differ as much, one-sided
borders-source-small = borders whose probability, times the number of borders, is below 0.05

measure-border-pairs = Pairs of places across borders
measure-inner-pairs = Pairs of places inside regions
measure-inner-edges = Pairs of districts inside regions
measure-borders = Borders of regions
measure-borders-turnout-ratio = Mean square difference of turnout at borders, by that inside
measure-borders-turnout-extra = … the extra mean square (logits)
measure-borders-turnout-p = Probability of such jumps of turnout by chance
measure-borders-turnout-small = Borders that stand out by turnout
measure-borders-share-ratio = Mean square difference of the share at borders, by that inside
measure-borders-share-extra = … the extra mean square (logits)
measure-borders-share-p = Probability of such jumps of the share by chance
measure-borders-share-small = Borders that stand out by share
