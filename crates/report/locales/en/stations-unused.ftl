### stations/unused: ballots that were not used.

unused-no-data = Nothing says how many ballots were left: { $column } would be needed.
unused-statement = { $unused } ballots were left unused in { $stations } stations; { $exhausted } stations had none left; { $round } left a multiple of 100, where about { $expected } would be expected.
unused-brief = { $unused } ballots left; none at { $exhausted } of { $stations } stations
unused-brief-stop = { $exactly } stations at exactly { $at } ballots, { $below } just below, { $above } above
unused-caveat-round = Ballots are delivered in round lots, so what is left is round wherever the number of voters is; small stations run out honestly.
unused-caveat-system = Where a system refuses protocols whose papers do not balance, a balance says nothing on how unused papers were used.
unused-lost = { $papers } papers are recorded as lost or not accounted for, in { $stations } stations.
unused-stop = { $exactly } stations have exactly { $at } ballots; { $below } have { $belowfrom } to { $belowto }, and only { $above } have { $abovefrom } to { $aboveto }: the counts stop there, as they would at the size of a book of ballots.
unused-stop-station = { $station }: exactly { $ballots } ballots.
unused-caveat-stop = Such a stop shows that counts were bounded by the paper at hand: crowded stations, or books filled to their end. The data cannot tell which. The value was chosen after looking at the data, so the p-value only describes.

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
unused-source-stop = the most frequent number of ballots from 100 up, and the stations that have it
unused-source-stop-window = stations with up to 10 ballots fewer, or more, than that number
unused-source-stop-p = exact two-sided sign test of the stations just below against those just above

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
measure-stop-at = Number at which counts stop
measure-stations-at-stop = Stations at exactly that number
measure-stations-below-stop = Stations just below
measure-stations-above-stop = Stations just above
measure-stop-p = Probability of such a difference by chance
