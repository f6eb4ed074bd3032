### stations/coincidences: pairs of stations of one district that agree.

coincidences-no-stations = No district has two stations large enough to compare.
coincidences-statement = { $votes } pairs of stations of one district have the same votes for every option, where { $votesexpected } would be expected (probability { $votesp }); { $shares } pairs have the same share of the side tested to a hundredth of a percent, where { $sharesexpected } would be expected (probability { $sharesp }).
coincidences-brief = { $votes } pairs with equal votes ({ $votesexpected } expected), { $shares } with equal shares ({ $sharesexpected } expected)
coincidences-caveat-kinds = Stations of one kind within a district agree more often than the district as a whole makes likely; pairs that share a station are not independent.
coincidences-caveat-copied = An excess of pairs does not say which stations were copied, or that any was; a station may have been entered twice.
coincidences-votes = { $district }: { $pairs } pairs with the same votes for every option, where { $expected } would be expected (probability { $p }, all districts counted in).
coincidences-shares = { $district }: { $pairs } pairs with the same share to 0.01 %, where { $expected } would be expected (probability { $p }, all districts counted in).

coincidences-source-votes-compared = stations with 50 to 20,000 votes in districts with two or more of them
coincidences-source-votes = pairs of stations of one district with the same votes for every option
coincidences-source-votes-expected = sum over pairs with equally many votes of the exact probability that they agree, under the Dirichlet-multinomial distribution of their district
coincidences-source-p = upper tail of Poisson’s law with the number expected
coincidences-source-shares-compared = stations with 100 to 20,000 in the denominator of the share
coincidences-source-shares = pairs of stations of one district whose share of the side tested is the same to 0.01 %
coincidences-source-percents = pairs of stations of one district whose share of the side tested is the same whole percentage
coincidences-source-shares-expected = sum over pairs of the exact probability that their rounded shares agree, under the beta-binomial distribution of their district
coincidences-source-left-out = districts whose votes were not compared, since the sums would take too long

measure-stations-votes-compared = Stations whose votes are compared
measure-pairs-votes = Pairs with the same votes
measure-expected-pairs-votes = Pairs with the same votes to be expected
measure-p-pairs-votes = Probability of so many such pairs
measure-stations-shares-compared = Stations whose shares are compared
measure-pairs-shares = Pairs with the same share to 0.01 %
measure-expected-pairs-shares = Pairs with the same share to be expected
measure-p-pairs-shares = Probability of so many such pairs
measure-pairs-percents = Pairs with the same whole percentage
measure-expected-pairs-percents = Pairs with the same whole percentage to be expected
measure-districts-left-out = Districts not compared
