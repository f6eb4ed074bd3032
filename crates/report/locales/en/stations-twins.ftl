### stations/twins: stations that share a building.

twins-no-data = Stations of one building cannot be compared: the table lacks { $column }.
twins-few = Stations of one building cannot be compared: too few buildings have two large enough stations with coordinates, turnout and share.
twins-statement = Of { $buildings } buildings with several stations, { $turnout } have stations that differ in turnout by more than those of other buildings usually do, and { $share } in the share of “{ $leader }”. Usual, beyond chance, is a standard deviation of { $turnoutspread } in turnout and of { $sharespread } in the share. { $pairs } pairs, with nearly the same votes for others, differ by exactly 100, 200, 500 or 1,000 votes or voters; { $expected } would be expected.
twins-brief = stations of one building differ by more than usual: { $turnout } of { $buildings } buildings by turnout, { $share } by share; { $pairs } pairs differ by a round number exactly ({ $expected } expected)
twins-caveat-town = Coordinates are often those of a town, not of a building; a hospital, a barracks or mobile voters make one station of a building honestly different.
twins-caveat-usual = What is usual is taken from this election itself: what was done in many buildings stands out in none.
twins-far-turnout = { $stations } stations of one building: turnout is { $lowvalue } in { $low } and { $highvalue } in { $high } (probability { $p }, corrected for all buildings).
twins-far-share = { $stations } stations of one building: the share is { $lowvalue } in { $low } and { $highvalue } in { $high } (probability { $p }, corrected for all buildings).
twins-offset-votes = Two stations of one building differ by exactly { $offset } votes for the side tested: { $lowvalue } in { $low }, { $highvalue } in { $high }; others have nearly the same. So many pairs at this difference have a probability of { $p }, corrected.
twins-offset-turnout = Two stations of one building differ by exactly { $offset } voters who took part: { $lowvalue } in { $low }, { $highvalue } in { $high }; others than the side tested have nearly the same votes. So many pairs at this difference have a probability of { $p }, corrected.

twins-source-buildings = points with two or more stations of one district that are large enough
twins-source-spread = root of rho p (1 - p), with the intraclass correlation rho of voters of one station beside its building, the mean of both halves of the places
twins-source-tail = degrees of freedom of the F distribution that fits how much buildings differ, the smaller of both halves; few mean that far outliers are usual
twins-source-far = buildings whose probability, times the number of buildings, is below 0.01, by what is usual in the other half of the places
twins-source-p = the smallest probability of a building, times the number of buildings
twins-source-offsets = pairs of stations of one building that differ by exactly 100, 200, 500 or 1,000, with votes for others that differ by 5 or a tenth at most
twins-source-expected = a twentieth of the pairs that differ by up to 10 more or less
twins-source-offset-p = the smallest binomial probability of as many pairs at one offset, of those at it and around it, times eight

measure-twins-turnout-buildings = Buildings compared by turnout
measure-twins-turnout-spread = Usual difference of turnout beyond chance
measure-twins-turnout-tail = … degrees of freedom of its tail
measure-twins-turnout-far = Buildings that differ by more, by turnout
measure-twins-turnout-p = Smallest probability of a building, by turnout
measure-twins-share-buildings = Buildings compared by share
measure-twins-share-spread = Usual difference of the share beyond chance
measure-twins-share-tail = … degrees of freedom of its tail
measure-twins-share-far = Buildings that differ by more, by share
measure-twins-share-p = Smallest probability of a building, by share
measure-offsets-votes = Pairs that differ by a round number of votes
measure-offsets-votes-expected = … expected
measure-offsets-votes-p = Probability of so many at the most striking offset, by votes
measure-offsets-turnout = Pairs that differ by a round number of voters
measure-offsets-turnout-expected = … expected
measure-offsets-turnout-p = Probability of so many at the most striking offset, by voters
