### stations/last-digit

last-digit-statement = The last digits of { $column } are the least even: of { $numbers } numbers of 100 or more, { $round } end in 0 or 5, where equally frequent digits would give 20% (probability of digits so uneven if all were equally likely: { $p }).
last-digit-no-data = Last digits were not looked at: no column has { $fewest } numbers of 100 or more.
last-digit-evidence = { $column }: { $numbers } numbers of 100 and more, { $round } end in 0 or 5 ({ $z } standard deviations from a fifth); probability of digits so uneven: { $p }.
last-digit-column-leader = the votes for { $leader }
last-digit-column-others = the votes of all others together
last-digit-column-turnout = the voters who took part
last-digit-source = last digits of { $column }, numbers of 100 and more, against equal frequency
last-digit-brief = { $column }: { $round } end in 0 or 5; spread evenly 20%
last-digit-caveat-null = Honest counts have nearly, but not exactly, equal last digits, and clerks round without gain to anyone; how this number behaves in accepted elections is not known yet.
last-digit-caveat-benford = Laws for the first or second digit (Benford) are not used: counts of stations of limited size need not follow them, and their alarms were found to be no better than chance.
