### stations/timeline: reports of turnout during the vote.

timeline-no-data = How turnout grew cannot be looked at: the table lacks { $column }.
timeline-no-stations = How turnout grew cannot be looked at: no station has all its reports.
timeline-none = None of the { $series } complete series of { $reports } reports falls ({ $falling }), ends above the protocol ({ $above }) or exceeds the register ({ $register }).
timeline-clerical = Of { $series } complete series of { $reports } reports { $falling } fall, { $above } end above the protocol and { $register } exceed the register: no more often than clerks err in elections whose results were accepted.
timeline-open = Of { $series } complete series of { $reports } reports { $falling } fall, { $above } end above the protocol and { $register } exceed the register: more often than in elections whose results were accepted. Nothing is contradicted by it, because { $why }.
timeline-beyond = Of { $series } complete series of { $reports } reports { $falling } fall, { $above } end above the protocol and { $register } exceed the register. A number of those who have voted cannot fall: more of these numbers exclude each other than clerical errors leave in elections whose results were accepted.
timeline-brief = of { $series } series { $falling } fall, { $above } end above the protocol, { $register } exceed the register
timeline-falls = fewer voters than in an earlier report
timeline-above-protocol = more voters by the last report than in the protocol
timeline-above-register = more voters in a report than on the register
timeline-order-holds = { $order }: in none of { $tested } series.
timeline-order-clerical = { $order }: in { $failing } of { $tested } series ({ $rate }); up to { $bound } is known from clerical error (exact bound at { $level }).
timeline-order-open = { $order }: in { $failing } of { $tested } series ({ $rate }); up to { $bound } is known from clerical error (exact bound at { $level }). This contradicts nothing, because { $why }.
timeline-order-beyond = { $order }: in { $failing } of { $tested } series ({ $rate }); only up to { $bound } is known from clerical error (exact bound at { $level }).
timeline-row = { $station }: { $order }, by { $excess }.
timeline-caveat-none = That no series falls says nothing on whether the reports are true: they may be estimates.
timeline-caveat-some = One of two published numbers is wrong in these series; it is not said which one, nor why. Reports are telephoned and typed in, and an error may be corrected by the next report.

timeline-course = Of { $series } series that never fall { $spikes } have a rise that the course of their district hardly explains; up to { $most } would be expected at most. In { $pairs } pairs of stations of one district three increments in a row are the same ({ $expected } expected by chance), in { $alike } they are the same part of the register to half a voter ({ $alikeexpected } expected).
timeline-course-brief = { $spikes } of { $series } series rise steeply; pairs with the same increments { $pairs } ({ $expected } expected), with the same pace { $alike } ({ $alikeexpected } expected)
timeline-caveat-peaks = Shifts, church hours, trains and barracks make honest peaks; whether a rise is people or entries the reports do not say.
timeline-caveat-typed = Reports are often estimates, round or repeated; stations that estimate by one rule agree without copying.
timeline-caveat-pairs = Pairs of stations were not compared in { $districts ->
        [one] { $districts } district
       *[other] { $districts } districts
    }: there are too many of them.
timeline-spike = { $station }: { $voters } voters in the interval until { $time }, e-value { $e }.
timeline-protocol = the protocol
timeline-pair-same = { $station } and { $other }: the same increments until { $times } (chance of such a pair: { $chance }).
timeline-pair-alike = { $station } and { $other }: the same parts of their registers until { $times } (chance of such a pair: { $chance }).

timeline-source-series = stations in the table
timeline-source-complete = stations of which every report is known and some is above zero
timeline-source-decreasing = complete series in which a report is below the one before it; the protocol is not among the reports
timeline-source-above-protocol = complete series whose last report is above the number of voters by the protocol
timeline-source-above-register = complete series in which a report is above the register, with the additions of the day where they are known
timeline-source-both = complete series that fall and also end above the protocol
timeline-source-zero = complete series in which a zero follows a larger number, as where a report was not made
timeline-source-sound = complete series that never fall, up to the protocol
timeline-source-spikes = sound series with an e-value of at least 10 for voters added in one interval; where none were added, at most one in ten
timeline-source-selected = sound series selected by the e-value form of Benjamini and Hochberg
timeline-source-mean = mean of the e-values of { $series } sound series; at most 1 is expected where nothing was added and the model holds
timeline-source-copied = pairs of stations of one district with the same increments in three intervals one after the other
timeline-source-alike = pairs of stations of one district with the same part of the register in three intervals one after the other, to half a voter
timeline-source-expected = sum over all pairs of the products of their chances, each summed over both stations’ beta-binomial distributions
timeline-source-poisson = upper tail of the Poisson distribution with that mean

timeline-figure = Turnout during the vote
timeline-figure-description = Turnout of stations by each report: the median, and the turnout that a tenth of the stations is above or below. Reports: { $times }.
timeline-axis-report = report
timeline-axis-turnout = turnout
timeline-line-high = a tenth of the stations is above
timeline-line-median = median station
timeline-line-low = a tenth of the stations is below

measure-series = Stations
measure-complete-series = Complete series of reports
measure-decreasing = Series that fall
measure-last-above-protocol = Series whose last report is above the protocol
measure-above-register = Series with a report above the register
measure-decreasing-and-above-protocol = Series that do both: fall, and end above the protocol
measure-decreasing-to-zero = Series that fall to zero
measure-sound-series = Series that never fall
measure-spikes = Series with a steep rise
measure-spikes-selected = … of them selected at the stated rate
measure-spike-mean-e = Mean e-value
measure-copied-pairs = Pairs with the same increments
measure-copied-expected = … expected by chance
measure-p-copied = Probability of so many by chance
measure-alike-pairs = Pairs with the same pace
measure-alike-expected = … expected by chance
measure-p-alike = Probability of so many by chance
