### quick-count/estimate: reports from a sample of stations, and from visits.

quick-percent = { $share }
quick-unknown = not known yet
quick-interval = { $low } to { $high }
quick-interval-worst = { $low } to { $high }, whatever the missing stations have
quick-interval-none = no interval can be given

quick-sample-statement = { $publisher } drew { $drawn } of { $frame } stations in { $strata } strata; drawn again from the published seed, the sample is the same. { $reported } of them have reported.
quick-sample-brief = { $reported } of { $drawn } drawn stations reported, of { $frame } in the frame
quick-caveat-frame = A sample speaks for the stations of its frame, and only if the seed was not known when the frame was made.
quick-caveat-missing = While stations are missing the interval is that of the worst case. Those that report first are not like the others.
quick-not-drawn = { $stations } reports are from stations that were not drawn; they are left out.
quick-turnout = Turnout: { $turnout } ({ $interval }).
quick-missing-in = Stratum “{ $stratum }”: { $missing } of { $drawn } drawn stations are missing.
quick-collapsed = Stratum “{ $stratum }” has one unit in the sample; its variance is taken together with a neighbouring stratum, which makes the interval longer rather than shorter.

quick-option-statement = { $option }: { $share } of the votes ({ $interval }).
quick-option-brief = { $option }: { $share } ({ $interval })
quick-option-brief-official = { $option }: { $share } ({ $interval }), officially { $official }
quick-option-outside = { $option }: { $share } of the votes by the sample ({ $interval }); the official share, { $official }, lies outside the interval at the alarm rate.
quick-option-inside = { $option }: { $share } of the votes by the sample ({ $interval }); the official share, { $official }, lies inside the interval at the alarm rate, and a shift of two percentage points would have been noticed.
quick-option-no-power = { $option }: { $share } of the votes by the sample ({ $interval }); the official share, { $official }, lies inside the interval at the alarm rate, which is too long to have shown a shift of two percentage points.
quick-option-uncovered = { $option }: { $share } of the votes by the sample ({ $interval }); the official share of the stations that could be found, { $official }, cannot be compared with it: too few stations of the frame are in the official table, or too few have reported.
quick-caveat-reports = The estimate is as good as the reports: an error or a falsehood in them goes into it, and the interval does not know of it.
quick-caveat-inside = A shift smaller than the interval is not seen; that the official share lies inside does not prove it right.

quick-pairs-equal = In all { $compared } stations that have both, the reported and the official votes are equal.
quick-pairs-differ = In { $differing } of { $compared } stations that have both, the reported and the official votes differ; together they shift no share beyond what so few differences would by chance.
quick-pairs-shifted = In { $differing } of { $compared } stations that have both, the reported and the official votes differ, and they shift a share in one direction, at the alarm rate.
quick-pairs-brief = { $differing } of { $compared } stations differ between reports and official table
quick-caveat-pairs = A difference says that two copies of one count differ, not which of them is right; counts are also corrected honestly.
quick-shift = { $option }: officially { $shift } percentage points more on the same stations (± { $margin }); above the report in { $up } stations, below in { $down } (sign test { $p }).
quick-station = Station “{ $station }” (row { $row } of the reports): { $changed }.
quick-pair = { $option } reported { $reported }, official { $official }

quick-visits-statement = { $publisher } visited { $stations } stations with { $votes } votes. They were chosen, not drawn: their shares are those of the visits, and no margin can be given.
quick-visits-brief = { $stations } stations visited, { $votes } votes: shares of visits, without a margin
quick-visits-caveat = Visits are no probability sample. What they show is true of the places visited, and says nothing of the country with any known error.
quick-visits-share = { $option }: { $share } of the votes at the stations visited ({ $votes }).

quick-method-t = Student’s t, variance of the combined ratio with finite population correction
quick-method-bootstrap = rescaled bootstrap within strata
quick-method-worst = missing stations as the worst case, and the sample’s margin beyond it
quick-source-estimate = combined ratio of the reported stations, weighted up within strata
quick-source-interval = interval of the whole sample
quick-source-worst = the lowest and the highest estimate that the missing stations allow, with the sample’s margin
quick-source-by-chance = interval as if the missing stations were missing by chance; decides nothing
quick-source-deff = variance over that of as many independent votes as were reported
quick-source-frame = stations in the frame
quick-source-drawn = stations drawn, from the frame and the seed
quick-source-reported = drawn stations with a report
quick-source-not-drawn = reports from stations that were not drawn, left out
quick-source-in-official = stations of the frame that the official table has, by their names
quick-source-official = official votes over the stations of the frame
quick-source-at-rate = interval of the test against the official share, level { $level }
quick-source-shift = half the interval at the alarm rate and 0.84 standard errors: noticed with probability 0.8
quick-source-compared = stations with a report and an official row
quick-source-differing = those of them in which the votes of some option differ
quick-source-visits = stations with a report
quick-source-visits-votes = votes for all options at these stations

quick-turnout-outside = Turnout: { $turnout } by the sample ({ $interval }); the official turnout, { $official }, lies outside the interval at the alarm rate.
quick-turnout-inside = Turnout: { $turnout } by the sample ({ $interval }); the official turnout, { $official }, lies inside the interval at the alarm rate, and a shift of two percentage points would have been noticed.
quick-turnout-no-power = Turnout: { $turnout } by the sample ({ $interval }); the official turnout, { $official }, lies inside the interval at the alarm rate, which is too long to have shown a shift of two percentage points.
quick-turnout-uncovered = Turnout: { $turnout } by the sample ({ $interval }); the official turnout, { $official }, cannot be compared with it: it is not known to be of the same stations, or too few have reported.
quick-turnout-brief-official = Turnout: { $turnout } ({ $interval }), officially { $official }
quick-shift-turnout = Turnout: officially { $shift } percentage points more on the same stations (± { $margin }); above the report in { $up } stations, below in { $down } (sign test { $p }).
quick-caveat-published = There is no official table of stations: the figures are of the whole election, and which stations they add up is their publisher’s word.
quick-caveat-published-frame = There is no official table of stations, and how many stations the published figures add up is not told: that they are of the frame’s stations is taken on trust, so that a difference decides nothing.
quick-source-official-turnout = official voters over the registers of the frame’s stations
quick-source-published = published figures ({ $release }); shares of the votes for the options of the reports

measure-estimate = Estimate
measure-low = Lower end of the interval
measure-high = Upper end of the interval
measure-low-by-chance = Lower end, as if stations were missing by chance
measure-high-by-chance = Upper end, as if stations were missing by chance
measure-deff = Design effect
measure-frame-stations = Stations in the frame
measure-drawn = Stations drawn
measure-reported = Stations that have reported
measure-not-drawn = Reports from stations not drawn
measure-in-official-table = Stations of the frame in the official table
measure-official = Official share
measure-low-at-alarm-rate = Lower end of the test’s interval
measure-high-at-alarm-rate = Upper end of the test’s interval
measure-shift-noticed = Smallest shift that would have been noticed
measure-compared = Stations compared
measure-differing = Stations that differ
measure-visits = Stations visited
measure-visits-votes = Votes at the stations visited
