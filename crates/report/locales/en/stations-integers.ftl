### stations/integers

integers-statement-anomalous = At { $observed } of { $kept } stations the turnout or the share of { $leader } is a whole percentage, where chance would give { $expected }: { $excess } more, or { $z } standard deviations (probability of so many by chance: { $p }).
integers-statement-anomalous-share = At { $observed } of { $kept } stations the share of { $leader } is a whole percentage, where chance would give { $expected }: { $excess } more, or { $z } standard deviations (probability of so many by chance: { $p }).
integers-statement-undecided = At { $observed } of { $kept } stations the turnout or the share of { $leader } is a whole percentage, where chance would give { $expected }; the difference of { $excess } is { $z } standard deviations, too little to call an anomaly (probability of so many by chance: { $p }).
integers-statement-undecided-share = At { $observed } of { $kept } stations the share of { $leader } is a whole percentage, where chance would give { $expected }; the difference of { $excess } is { $z } standard deviations, too little to call an anomaly (probability of so many by chance: { $p }).
integers-statement-region = In { $region } the turnout or the share of { $leader } is a whole percentage at { $observed } of { $kept } stations, where chance would give { $expected }: { $excess } more, or { $z } standard deviations (probability of so many by chance: { $p }).
integers-no-data = Whole percentages could not be counted: the table lacks { $column }.
integers-no-stations = Whole percentages could not be counted: no station has at least 100 registered voters, papers in the box, and a turnout and a share of at most 99%.
integers-no-interior = Whole percentages could not be tested: no station with at least 100 registered voters and papers in the box has a turnout or a share between 10% and 95%, where the test looks.

integers-brief = whole percentages: { $observed } stations, by chance { $expected } ± { $sd }
integers-caveat-chosen = Chance alone does not explain an excess of whole percentages, but numbers need not have been chosen for it: it also arises where percentages were turned back into counts by whoever passed the table on, or where rows are listed twice; it does not say at which stations, by whom, or how many votes it moved.
integers-caveat-silence = This does not show that the numbers were counted: invented numbers need not be round, and how large an excess would have been noticed was not worked out.
integers-caveat-null = Chance means that every paper of a station is drawn anew with the station’s own turnout and share; only percentages between 10 and 95 decide, because the comparison is biased near 0 and 100.
integers-caveat-stations = The excess is a number of stations, not of votes, and is no part of any estimate of votes.
integers-caveat-no-turnout = The table has no register of voters, so turnout could not be looked at.
integers-caveat-region = Regions are named so that on average at most { $rate } of those named are named by chance alone.

integers-peak-share = Share of { $leader } at { $percent }%: { $observed } stations, { $expected } expected by chance ({ $z } standard deviations).
integers-peak-turnout = Turnout at { $percent }%: { $observed } stations, { $expected } expected by chance ({ $z } standard deviations).

integers-source-published = published recipe: stations with at least 100 voters, papers in the box, turnout and share at most 99%; a percentage within 0.05 of a whole one; chance summed exactly from binomial distributions
integers-source-published-in-boxes = published recipe, with ballot papers in the boxes as turnout
integers-source-interior = the same, counting only turnouts and shares between 10% and 95%
integers-source-interior-in-boxes = the same, counting only turnouts and shares between 10% and 95%, with ballot papers in the boxes as turnout
integers-source-lattice = stations whose count lies in the window at a whole percentage against equally wide windows beside it, a quarter and half a point away
integers-source-p-exact = upper tail of the sum of unequal trials, summed exactly, for turnout or share between 10% and 95%
integers-source-p-refined = upper tail of the sum of unequal trials by a normal approximation with skewness, for turnout or share between 10% and 95%; not told below 0.0000000001
integers-source-region-p = upper tail of the sum of unequal trials over the stations of the region
integers-source-regions = the count between 10% and 95% in each region, named by the procedure of Benjamini and Hochberg

integers-figure-turnout = Stations by turnout
integers-figure-turnout-description = Number of stations in bins of a tenth of a percentage point of turnout, with whole percentages marked and the running mean over one point.
integers-figure-share = Stations by share of { $leader }
integers-figure-share-description = Number of stations in bins of a tenth of a percentage point of the share of { $leader }, with whole percentages marked and the running mean over one point.
integers-axis-turnout = turnout
integers-axis-share = share of { $leader }
integers-axis-stations = stations
integers-series-mean = mean over one point
integers-series-stations = stations
