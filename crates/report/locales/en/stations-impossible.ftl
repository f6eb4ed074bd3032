### stations/impossible: orders that cannot be broken.

impossible-no-data = The table has no two columns of which one cannot exceed the other; { $column } would be needed.
impossible-none = In none of the { $tested } rows tested is a number larger than one that it cannot exceed ({ $orders ->
        [one] { $orders } such rule).
       *[other] { $orders } such rules).
    }
impossible-clerical = In { $failing } of { $tested } rows ({ $rate }) a number is larger than one that it should not exceed: no more often than in elections whose results were accepted.
impossible-beyond = { $failing } of { $tested } rows ({ $rate }) hold numbers that cannot both be true: more than clerical errors leave in elections whose results were accepted.
impossible-open = In { $failing } of { $tested } rows ({ $rate }) a number is larger than one that it should not exceed: more often than in elections whose results were accepted. Nothing is contradicted by it, because { $why }.

impossible-brief = { $failing } of { $tested } rows ({ $rate }) above a limit, no more than in accepted elections
impossible-brief-open = { $failing } of { $tested } rows ({ $rate }) above a limit; contradicts nothing: { $why }

impossible-caveat-none = A system that refuses impossible protocols leaves none to be found, so this says nothing on the count.
impossible-caveat-some = One of two published numbers is wrong in these rows; it is not said which one, nor why. Rows counted here may also fail a sum: the two counts must not be added.
impossible-caveat-additions = The table does not say how many voters were added to the register on the day, so turnout above 100 % may be honest.
impossible-added-on-the-day = voters may have been added to the register on the day

impossible-above-register = more voters than the printed register holds
impossible-above-register-and-added = more voters than the register and its additions of the day hold
impossible-box-above-issued = more papers in the boxes than were issued
impossible-votes-above-box = more votes and invalid papers than papers in the boxes
impossible-votes-above-issued = more votes and invalid papers than ballots issued
impossible-leader-above-ballots = more votes for the side tested than valid votes
impossible-mobile-above-issued = more papers in mobile boxes than were issued outside the station and early
impossible-mobile-above-requested = more papers in mobile boxes than requests to vote at home and early votes
impossible-outside-above-requested = more ballots issued outside the station than requests to vote at home
impossible-issued-above-received = more ballots issued than received
impossible-unused-above-received = more unused ballots than received

impossible-order-holds = { $order }: in none of { $tested } rows.
impossible-order-clerical = { $order }: in { $failing } of { $tested } rows ({ $rate }), by { $excess } in all; up to { $bound } is known from clerical error (exact bound at { $level }).
impossible-order-beyond = { $order }: in { $failing } of { $tested } rows ({ $rate }), by { $excess } in all; only up to { $bound } is known from clerical error (exact bound at { $level }).
impossible-order-open = { $order }: in { $failing } of { $tested } rows ({ $rate }), by { $excess } in all; up to { $bound } is known from accepted elections (exact bound at { $level }). This contradicts nothing, because { $why }.
impossible-row = { $station }: { $order }, by { $excess }.
impossible-without-register = { $stations ->
        [one] { $stations } station has
       *[other] { $stations } stations have
    } no register of its own (ships, envelopes, votes counted apart): turnout is not tested there.

impossible-source-tested = rows in which some order can be tested
impossible-source-failing = rows in which some order is broken
impossible-source-order = rows with this: { $order }
impossible-source-without-register = rows whose register is zero or missing

measure-turnout-above-register = Rows with more voters than the register
measure-box-above-issued = Rows with more papers in the boxes than issued
measure-votes-above-box = Rows with more votes than papers in the boxes
measure-votes-above-issued = Rows with more votes and invalid papers than ballots issued
measure-leader-above-ballots = Rows with more votes for the side tested than valid votes
measure-mobile-above-issued = Rows with more mobile papers than issued for them
measure-mobile-above-requested = Rows with more mobile papers than requests
measure-outside-above-requested = Rows with more issued outside than requests
measure-issued-above-received = Rows with more ballots issued than received
measure-unused-above-received = Rows with more unused ballots than received
measure-stations-without-register = Stations without a register
