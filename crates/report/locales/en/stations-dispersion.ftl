### stations/dispersion: options whose votes differ too little between stations.

dispersion-no-districts = No district has enough stations and votes for another option than the winner.
dispersion-statement = Of { $pairs } pairs of district and option, { $small } have votes that differ less between stations than those of independent voters would (p below 0.001), where at most { $expected } would be expected (probability of so many, or of one so small, { $p }). In { $oneortwo } pairs stations have one or two votes nearly everywhere.
dispersion-brief = { $small } of { $pairs } pairs of district and option too even (at most { $expected } expected); one or two votes nearly everywhere in { $oneortwo }
dispersion-caveat-voters = Honest voters differ from street to street, which makes votes less even, not more; groups sent in equal numbers would make them more even.
dispersion-caveat-invented = Even small counts are what a table filled in by hand looks like; the data do not tell that it was, or for whom.
dispersion-pair = { $district }: { $option } has { $lowest } to { $highest } votes in each of { $stations } stations; their variance is { $index } of what chance gives (probability { $p }, all pairs counted in).

dispersion-source-pairs = pairs of district and option, the winner left out: 15 or more stations with 50 or more votes, one vote or more per station on average
dispersion-source-small = pairs whose index of dispersion has a left tail below 0.001, given the option’s votes in the district
dispersion-source-expected = a thousandth of the pairs: the most that independent voters would give on average
dispersion-source-p = twice the smaller of the binomial probability of at least as many and of the smallest probability times the number of pairs
dispersion-source-one-or-two = pairs with more than 20 stations of exactly one vote, more than 20 of exactly two and fewer than 10 of none

measure-dispersion-pairs = Pairs of district and option
measure-dispersion-small = Pairs with too even votes
measure-dispersion-expected = Such pairs to be expected at most
measure-dispersion-p = Probability of so many such pairs
measure-dispersion-one-or-two = Pairs with one or two votes nearly everywhere
