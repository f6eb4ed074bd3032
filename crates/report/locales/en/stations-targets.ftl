### stations/targets: districts whose stations lie too close together.

targets-no-data = Turnout and share of stations are not both known: { $column } would be needed.
targets-no-districts = No district has five stations that are large enough.
targets-statement = In { $turnout } of { $turnoutof } districts the turnouts of stations lie closer together than voters deciding one by one would bring them (p below 0.001; at most { $turnoutexpected } expected), and in { $share } of { $shareof } the shares of the side tested do (at most { $shareexpected } expected).
targets-brief = stations too close together: by turnout in { $turnout } of { $turnoutof } districts, by share in { $share } of { $shareof }
targets-caveat-floor = Real stations differ, which puts them further apart than this floor; being a little below it can be chance or voters of two fixed kinds.
targets-caveat-part = Only districts that lie on one value as a whole are seen; the data do not say which numbers were altered.
targets-turnout = { $district }: the turnouts of { $stations } stations lie around { $value } with { $floor } of the variance that chance alone gives (probability { $p }).
targets-share = { $district }: the shares in { $stations } stations lie around { $value } with { $floor } of the variance that chance alone gives (probability { $p }).

targets-source-districts = districts of 5 or more stations of 100 or more, with 5 or more voters a station on either side of the question
targets-source-small = districts whose variance between stations has a left tail below 0.001 under the binomial distribution
targets-source-p = twice the smaller of the binomial probability of at least as many such districts and of the smallest probability times the number of districts

measure-targets-turnout-districts = Districts looked at for turnout
measure-targets-turnout-small = Districts whose turnouts are too close together
measure-targets-turnout-p = Probability of so many such districts, by turnout
measure-targets-share-districts = Districts looked at for the share
measure-targets-share-small = Districts whose shares are too close together
measure-targets-share-p = Probability of so many such districts, by share
