sample-totals = { $stations } stations report { $registered } registered voters; turnout was { $turnout } and { $side } had { $share } of the ballots.
sample-balance = All sums hold in all { $rows } rows: the table is consistent with itself.
sample-impossible = { $stations ->
    [one] { $stations } station has
   *[other] { $stations } stations have
} more papers in its boxes than it issued; the published result counts them.
sample-duplicates = { $groups } groups of stations have the same votes for every option.
sample-integers = { $excess } more stations lie at a whole percentage of turnout or share than chance gives ({ $observed } against { $expected }); chance alone gives as many with probability { $p }.
sample-region = { $excess } more stations of this region lie at a whole percentage than chance gives.
sample-fingerprint = Turnout and share rise together over stations: their correlation is { $r }.
sample-comet = The core lies at { $turnout } turnout; { $votes } votes lie beyond its proportion. In elections that nobody disputes the same arithmetic gives from { $low } to { $high } of the winner’s votes.
sample-klimek = The model’s two parameters are estimated as { $fi } and { $fe }.
sample-no-column = The table has no { $column }, which this check needs.
sample-last-digit = The last digits of the counts are as even as in accepted elections (p = { $p }).
sample-regions = Over { $regions } regions, turnout and share of { $side } have a correlation of { $r }.
sample-quoted = The newspaper’s { $stated } is { $true } by the votes that it prints itself.
sample-caveat-cause = This does not say why the numbers are so: rounding, small stations and honest differences between places also make them.
sample-caveat-count = It is not a count of anything: neither of stations where something went wrong nor of votes.
sample-row = { $stations } stations lie at { $percent }, where chance gives { $expected }.
sample-source = computed from all stations with at least { $voters } voters on the register
sample-method = a bootstrap over districts
sample-turnout = turnout
sample-share = share of the side tested
sample-stations = stations
sample-votes = votes
sample-side = the side tested
sample-others = all others
sample-chance = what chance gives
sample-correlation = correlation
sample-figure-turnout = Stations by turnout
sample-figure-turnout-text = Number of stations in each bin of 0.1 points of turnout. Bins at whole percentages are marked.
sample-figure-grid = Turnout by share
sample-figure-grid-text = Each cell holds the voters of the stations with that turnout and share.
sample-figure-lines = Votes by turnout
sample-figure-lines-text = Votes for the side tested and for all others in stations of each turnout.
sample-figure-scatter = Regions
sample-figure-scatter-text = Turnout and share of each region.
sample-voters = registered voters
sample-totals-brief = turnout { $turnout }
sample-fingerprint-brief = correlation of turnout and share { $r }
sample-comet-brief = { $votes } million votes beyond the core’s proportion; accepted elections { $low } to { $high } of the winner’s votes
