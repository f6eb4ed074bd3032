### stations/duplicates: the same numbers twice.

duplicates-statement = Of { $compared } stations with enough votes to compare, { $stations } have the same votes for every option as another, in { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    }; { $protocols ->
        [0] no whole protocols are
        [one] { $protocols } group of whole protocols is
       *[other] { $protocols } groups of whole protocols are
    } equal; { $repeated ->
        [0] no station name occurs twice.
        [one] { $repeated } station name occurs more than once.
       *[other] { $repeated } station names occur more than once.
    }
duplicates-brief = { $groups ->
        [0] no equal votes; equal protocols: { $protocols }
        [one] equal votes: { $groups } group; equal protocols: { $protocols }; some may be chance
       *[other] equal votes: { $groups } groups; equal protocols: { $protocols }; some may be chance
    }
duplicates-brief-protocols = equal protocols: { $protocols ->
        [one] { $protocols } group
       *[other] { $protocols } groups
    }; votes could not be compared
duplicates-caveat-chance = Among many stations some agree by chance; how many to expect is worked out only inside districts, so no verdict is given.
duplicates-caveat-district = The expectation takes the voters of a district for alike; where some stations vote almost entirely for one side, more of them agree by chance.
duplicates-expected = Inside districts { $pairs ->
        [one] { $pairs } pair agrees
       *[other] { $pairs } pairs agree
    } in all votes; about { $expected } would by chance, if the voters of each district were alike.
duplicates-protocol = The same whole protocol in { $stations } stations: { $names }.
duplicates-name = The same name in { $stations } rows: { $names }.
duplicates-votes = The same votes for every option in { $stations } stations: { $names }.

duplicates-source-groups = groups of stations with the same votes for every option; stations with at least 50 votes and 3 options with votes
duplicates-source-in-groups = stations in these groups
duplicates-source-compared = stations with at least 50 votes and 3 options with votes
duplicates-source-protocols = groups of stations in which every number of the protocol is equal; stations with at least 50 votes, and with votes for at least 3 options (for every option, where there are only two)
duplicates-source-repeated = names, with all their areas, that more than one row has
duplicates-source-rows = rows beyond the first with such a name
duplicates-source-pairs = pairs of stations of one district with the same votes for every option
duplicates-source-expected = expected number of such pairs if all voters of a district were alike

measure-stations-in-groups = Stations in groups of equal votes
measure-stations-compared = Stations compared
measure-protocol-groups = Groups of equal protocols
measure-repeated-ids = Names that occur more than once
measure-repeated-rows = Rows with a name that another row has
measure-pairs-in-district = Equal pairs inside districts
measure-expected-pairs-in-district = Expected equal pairs inside districts
