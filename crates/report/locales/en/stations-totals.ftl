### stations/totals: what the station results add up to.

totals-statement = { $stations ->
        [one] { $stations } station adds
       *[other] { $stations } stations add
    } up to a turnout of { $turnout }; { $leader } has { $votes } votes, { $share } of { $base }.
totals-statement-no-turnout = { $stations ->
        [one] { $stations } station adds
       *[other] { $stations } stations add
    } up to { $votes } votes for { $leader }, { $share } of { $base }; the table gives no turnout.
totals-statement-votes = { $stations ->
        [one] { $stations } station adds
       *[other] { $stations } stations add
    } up to { $votes } votes for { $leader }; the table gives nothing to take a share of.

totals-base-ballots = all ballots in the boxes, invalid ones included
totals-base-valid = the valid votes

totals-brief = turnout { $turnout }, { $leader } { $share } of { $base }
totals-brief-no-turnout = { $leader } { $share } of { $base }; the table gives no turnout
totals-brief-votes = { $leader } { $votes } votes; nothing to take a share of
totals-brief-base-ballots = all ballots
totals-brief-base-valid = valid votes

totals-caveat-arithmetic = This is a sum of what was published; it does not say that the rows are true.
totals-caveat-denominators = Shares here are taken of { $base }; a share of another base is not comparable.

totals-option = { $option }: { $votes } votes, { $share }.
totals-left-out = { $rows ->
        [one] { $rows } row is
       *[other] { $rows } rows are
    } not in the table: { $reason } (the first is row { $first }).
totals-cells-unknown = { $cells ->
        [one] { $cells } cell is
       *[other] { $cells } cells are
    } taken as not known: { $reason } (the first is in row { $first }); the rows are in the table.
totals-proof-holds = Proof of the reading: { $sum } in all { $tested } rows in which both sides are known.
totals-proof-fails = Proof of the reading: { $sum } fails in { $failing } of { $tested } rows.

totals-proof-by-construction = No proof: { $sum } holds by the way the map is written, whatever the table says.

totals-source-stations = rows of the table
totals-source-registered = sum of the voters on the registers
totals-source-issued = sum of the ballots issued
totals-source-ballots = sum of valid and invalid papers, or of the papers in the boxes where invalid ones are not given
totals-source-valid = sum of the valid votes, or of the votes of all options where that column is absent
totals-source-leader-votes = sum of the votes for the side tested
totals-source-turnout-issued = ballots issued, divided by voters on the register
totals-source-turnout-ballots = ballots in the boxes, divided by voters on the register
totals-source-share-ballots = votes for the side tested, divided by all ballots in the boxes
totals-source-share-valid = votes for the side tested, divided by the valid votes
totals-caveat-unpaired = Turnout leaves out { $turnout } and the share { $share } of the stations, in which one side of the quotient is not known.
totals-no-votes = The table says of { $stations } stations how many voted, but not for whom; only its sums could be tested.
