### stations/unused: ballots that were not used.

unused-no-data = Nothing says how many ballots were left: { $column } would be needed.
unused-statement = { $unused } ballots were left unused in { $stations } stations; { $exhausted } stations had none left; { $round } left a multiple of 100, where about { $expected } would be expected.
unused-brief = { $unused } ballots left; none at { $exhausted } of { $stations } stations
unused-caveat-round = Ballots are delivered in round lots, so what is left is round wherever the number of voters is; small stations run out honestly.
unused-caveat-system = Where a system refuses protocols whose papers do not balance, a balance says nothing on how unused papers were used.
unused-lost = { $papers } papers are recorded as lost or not accounted for, in { $stations } stations.
unused-slope = Inside districts the share of ballots left unused changes by { $slope } points for each point of the share of the side tested (95 % interval { $low } to { $high }, over { $districts } districts).

unused-source-unused = sum of the unused ballots
unused-source-exhausted = stations that issued ballots and had none left
unused-source-many = stations with at least 100 unused ballots
unused-source-hundreds = stations with at least 100 unused ballots whose number is a multiple of 100
unused-source-fifties = stations with at least 100 unused ballots whose number is a multiple of 50
unused-source-expected = a hundredth of the stations with at least 100 unused ballots
unused-source-received = sum of the ballots received
unused-source-full = stations that received at least as many ballots as they have voters
unused-source-lost = sum of the papers lost
unused-source-unaccounted = sum of the papers not accounted for on receipt
unused-source-slope = change of the unused share, ballots received less issued by received, with the share of the side tested inside districts, weighted by ballots received

measure-unused = Unused ballots
measure-exhausted = Stations with no ballots left
measure-unused-at-least-100 = Stations with at least 100 unused ballots
measure-unused-multiple-of-100 = … of them a multiple of 100
measure-unused-multiple-of-50 = … of them a multiple of 50
measure-expected-multiple-of-100 = Multiples of 100 to be expected
measure-received = Ballots received
measure-received-at-least-registered = Stations with a ballot for every voter
measure-lost = Papers lost
measure-unaccounted = Papers not accounted for
measure-unused-slope = Unused share by share of the side tested, inside districts
