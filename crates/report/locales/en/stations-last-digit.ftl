### stations/last-digit

last-digit-statement = The last digits of { $column } are the least even: of { $numbers } numbers of 100 or more, { $round } end in 0 or 5, where equally frequent digits would give 20% (probability of digits so uneven if all were equally likely: { $p }).
last-digit-no-data = Last digits were not looked at: no column has { $fewest } numbers of 100 or more.
last-digit-evidence = { $column }: { $numbers } numbers of 100 and more, { $round } end in 0 or 5 ({ $z } standard deviations from a fifth); probability of digits so uneven: { $p }.
last-digit-column-leader = the votes for { $leader }
last-digit-column-others = the votes of all others together
last-digit-column-turnout = the voters who took part
last-digit-source = last digits of { $column }, numbers of 100 and more, against equal frequency
last-digit-brief = { $column }: { $round } end in 0 or 5; spread evenly 20%
last-digit-caveat-null = Honest counts have nearly, but not exactly, equal last digits, and clerks round without gain to anyone.
last-digit-caveat-benford = Laws for the first or second digit (Benford) are not used: counts of stations of limited size need not follow them, and their alarms were found to be no better than chance.
last-digit-conditional = { $column }, given all digits before the last: of { $numbers } numbers 0 and 5 together are { $z } standard deviations beyond what the distribution in their districts gives; probability of digits so far from it: { $p }.
last-digit-source-conditional = last digits of { $column } given the digits before them, numbers of 100 and more, against the beta-binomial distribution of each district

measure-chi-square-conditional-leader = Last digits given those before: votes of the side tested, chi-square
measure-p-conditional-leader = … probability
measure-round-z-conditional-leader = … 0 and 5 beyond expectation
measure-chi-square-conditional-others = Last digits given those before: votes of all others, chi-square
measure-p-conditional-others = … probability
measure-round-z-conditional-others = … 0 and 5 beyond expectation
measure-chi-square-conditional-turnout = Last digits given those before: turnout, chi-square
measure-p-conditional-turnout = … probability
measure-round-z-conditional-turnout = … 0 and 5 beyond expectation
