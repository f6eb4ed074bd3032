### stations/books: numbers at which the ballots of stations stop.

books-no-data = Nothing says how many ballots the stations had: { $column } would be needed.
books-no-stations = No size of a book of ballots has enough stations around it to look at.
books-statement = { $exactly } stations have exactly { $at } ballots; { $below } have { $belowfrom } to { $belowto }, and only { $above } have { $abovefrom } to { $aboveto }: the counts stop there, as they would at the size of a book of ballots. So clear a step has probability { $p } by chance, all { $sizes } sizes looked at counted in.
books-statement-none = At none of { $sizes } sizes of a book do the ballots of stations clearly stop; most nearly at { $at }, with { $below } stations at { $belowfrom } to { $belowto } ballots, { $exactly } at exactly { $at } and { $above } at { $abovefrom } to { $aboveto } (probability { $p } by chance, all sizes counted in).
books-brief = { $exactly } stations at exactly { $at } ballots, { $below } just below, { $above } above
books-brief-none = no clear stop at any of { $sizes } sizes; most nearly at { $at }
books-caveat-paper = Such a stop shows that counts were bounded by the paper at hand: crowded stations, or books filled to their end. The data cannot tell which.
books-caveat-law = Stations of at most a round number of voters by law stop there honestly. How many ballots a book holds is not in the data: hundreds are looked at.
books-station = { $station }: exactly { $ballots } ballots.

books-source-at = of the hundreds from 100 to 10,000 with at least 20 stations within 10 ballots, the one with the clearest step
books-source-exactly = stations with exactly that number of ballots
books-source-window = stations with up to 10 ballots fewer, or more, than that number
books-source-sign = exact two-sided sign test of the stations just below against those just above, for this size alone
books-source-step = logarithm of stations just below by stations just above, less that of the ratio expected of an even slope
books-source-ratio = ratio of below to above expected of an even slope, from the stations 11 to 60 ballots away; at least 1
books-source-sizes = hundreds with at least 20 stations within 10 ballots
books-source-corrected = exact binomial probability of so many just below, given the ratio expected, times the number of sizes looked at
books-step-method = exact interval of a proportion (Clopper and Pearson), with the ratio expected taken as known

measure-stop-at = Number at which counts stop most clearly
measure-stations-at-stop = Stations at exactly that number
measure-stations-below-stop = Stations just below
measure-stations-above-stop = Stations just above
measure-stop-p = Probability of such a difference, for this number alone
measure-stop-step = Height of the step, as a logarithm
measure-stop-ratio-expected = Ratio of below to above by an even slope
measure-stop-sizes = Sizes looked at
measure-stop-p-corrected = Probability of such a step, all sizes counted in
