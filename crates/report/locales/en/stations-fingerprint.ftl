### stations/fingerprint

fingerprint-statement = Over { $stations } stations, turnout and the share of { $leader } have a correlation of { $correlation } (1 would be a rising straight line, 0 no relation).
fingerprint-statement-flat = Over { $stations } stations, turnout or the share of { $leader } does not vary, so there is no correlation.
fingerprint-no-data = Turnout cannot be set against the share: the table lacks { $column }.
fingerprint-no-stations = Turnout cannot be set against the share: the columns are there, but no station has both a turnout and a share.
fingerprint-brief = turnout–share correlation { $correlation }; accepted elections { $low } to { $high }
fingerprint-brief-flat = turnout or share does not vary, so there is no correlation
fingerprint-caveat-clean = A correlation is no sign of cheating by itself: in accepted elections it ranges from { $low } to { $high } over stations.
fingerprint-caveat-diverse = Town and country, regions and age groups differ in turnout and in preference, which draws tails honestly.
fingerprint-source-stations = stations with a register and a share, each counted once
fingerprint-source-correlation = turnout and share over stations, each counted once
fingerprint-source-weighted = turnout and share over stations, each weighted by its registered voters
fingerprint-figure = Turnout and share of { $leader }
fingerprint-figure-description = Registered voters by the turnout and the share of { $leader } of their station, in cells of one percentage point.
fingerprint-unit-voters = registered voters
fingerprint-axis-turnout = turnout
fingerprint-axis-share = share of { $leader }
fingerprint-axis-votes = votes
fingerprint-votes = Votes by turnout: { $leader } and others
fingerprint-votes-description = Votes for { $leader } and for all others together, invalid papers with the others where shares are of all papers, in bins of one percentage point of turnout.
fingerprint-series-leader = { $leader }
fingerprint-series-others = others
