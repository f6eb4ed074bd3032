### stations/balance: the sums of a protocol. The base rates also serve stations/impossible.

balance-no-data = The table has no two columns that must add up; { $column } would be needed.
balance-holds = { $sums ->
        [one] The sum that a protocol must satisfy holds
       *[other] All { $sums } sums that a protocol must satisfy hold
    } in all { $tested } rows tested.
balance-clerical = At least one sum fails in { $failing } of { $tested } rows ({ $rate }): no more than clerical errors leave in elections whose results were accepted.
balance-beyond = At least one sum fails in { $failing } of { $tested } rows ({ $rate }): more than clerical errors leave in elections whose results were accepted. The numbers of these rows exclude each other.
balance-open = At least one sum fails in { $failing } of { $tested } rows ({ $rate }): more than clerical errors leave in elections whose results were accepted. Nothing is contradicted by it, because { $why }.

balance-brief = a sum fails in { $failing } of { $tested } rows ({ $rate }), within clerical error
balance-brief-open = a sum fails in { $failing } of { $tested } rows ({ $rate }); contradicts nothing: { $why }

balance-caveat-holds = This proves only that the table agrees with itself. Where a system refuses protocols that do not add up, it says nothing on the count.
balance-caveat-fails = A sum that fails says that one of two published numbers is wrong; it does not say which one, nor why.
balance-caveat-kept-papers = That valid and invalid papers are not the ballots issued may be honest: voters may sign for a paper and keep it. Only more papers than were issued are impossible.
balance-kept-papers = voters may sign and keep their paper

balance-sum-holds = { $sum }: holds in all { $tested } rows.
balance-sum-clerical = { $sum }: fails in { $failing } of { $tested } rows ({ $rate }; up to { $bound } is known from clerical error, exact bound at { $level }). The left side is larger in { $over } rows (by { $overby } in all), the right side in { $under } (by { $underby }).
balance-sum-beyond = { $sum }: fails in { $failing } of { $tested } rows ({ $rate }; only up to { $bound } is known from clerical error, exact bound at { $level }). The left side is larger in { $over } rows (by { $overby } in all), the right side in { $under } (by { $underby }).
balance-sum-open = { $sum }: fails in { $failing } of { $tested } rows ({ $rate }; up to { $bound } is known from accepted elections, exact bound at { $level }). This contradicts nothing, because { $why }. The left side is larger in { $over } rows (by { $overby } in all), the right side in { $under } (by { $underby }).
balance-row = { $station }: { $sum } differs by { $difference } (left less right).
balance-gain = Direction: the side tested has { $failing } in the failing rows and { $other } in all others; { $votes } of its { $all } votes are in failing rows.

balance-source-tested = rows in which both sides of some sum are known
balance-source-failing = rows in which some sum fails
balance-source-sum = rows in which this sum fails: { $sum }
balance-source-share-failing = share of the side tested over the failing rows
balance-source-share-other = share of the side tested over all other rows

identity-options-are-valid = votes of all options = valid papers
identity-valid-and-invalid-are-in-boxes = valid + invalid papers = papers in the boxes
identity-valid-and-invalid-are-issued = valid + invalid papers = ballots issued
identity-boxes-are-in-boxes = mobile + fixed boxes = papers in all boxes
identity-received-are-issued-and-unused = received + not accounted for = issued + unused + lost
identity-parts-are-issued = early + at the station + outside = ballots issued

base-rate-line = For comparison, { $election }: { $what } – { $failing } of { $tested } stations ({ $rate }).
base-rate-few-rows = fewer than ten rows were tested, too few to tell a misread column by
base-rate-poland-2014 = Poland, regional election 2014
base-rate-poland-2015 = Poland, parliamentary election 2015
base-rate-buenos-aires-2015 = City of Buenos Aires, presidential run-off 2015
base-rate-bulgaria-2021 = Bulgaria, 11 July 2021
base-rate-peru-2021 = Peru, first round 2021
base-rate-georgia-2012 = Georgia, parliamentary election 2012
base-rate-georgia-2013 = Georgia, presidential election 2013
base-rate-georgia-2016 = Georgia, parliamentary election 2016
base-rate-sweden-2018 = Sweden, 2018
base-rate-israel-2019 = Israel, September 2019
base-rate-israel-2021 = Israel, 2021

measure-failing-options-valid = Rows in which the votes are not the valid papers
measure-failing-in-boxes = Rows in which valid and invalid papers are not those in the boxes
measure-failing-issued = Rows in which valid and invalid papers are not those issued
measure-failing-boxes = Rows in which the boxes do not add up
measure-failing-received = Rows in which the papers received do not balance
measure-failing-parts = Rows in which the parts issued do not add up
measure-leader-share-failing = Share of the side tested in failing rows
measure-leader-share-other = Share of the side tested in all other rows
