### stations/machines: votes counted by machine and by hand.

machines-no-data = Machines cannot be compared with counting by hand: the table lacks { $column }.
machines-no-stations = Machines cannot be compared with counting by hand: no districts have at least five stations of either kind between them.
machines-statement = In { $districts } districts that have both, “{ $leader }” got { $machineshare } at { $machine } stations where a machine counted and { $handshare } at { $hand } where people did. Within districts, beside stations of the same size, that is a difference of { $difference } percentage points under machines; machines dealt anew within districts would give one as far from zero with a probability of { $p }.
machines-brief = { $difference } percentage points under machines, within { $districts } districts ({ $machine } stations by machine, { $hand } by hand)
machines-caveat-placed = Machines were not placed at random: they go to new, large, central or disputed stations, which may vote otherwise. The placebo would hold only if they had been dealt.
machines-caveat-count = A difference is not by itself one of counting: no election from before the machines is compared.
machines-caveat-few = Fewer than { $fewest } districts have both kinds, so no interval is given.
machines-district = { $district }: { $machine } where a machine counted ({ $machines } of { $stations } stations), { $hand } by hand.
machines-balanced = In the { $districts } districts with at least { $fewest } stations of either kind the difference is { $difference } percentage points (probability if machines are dealt anew: { $p }).

machines-source-adjusted = weighted least squares of the share on machine and logarithm of the register, within districts that have both kinds
machines-source-within = weighted difference of the share, within districts that have both kinds
machines-source-balanced = the same, in districts with at least five stations of either kind
machines-source-placebo = two-sided, machines dealt anew within districts, { $draws } times
machines-source-machine = stations with a machine in districts that have both kinds
machines-source-hand = stations counted by hand in districts that have both kinds
machines-source-share = votes of the side tested by the denominator of shares, in districts that have both kinds
machines-source-districts = districts that have both kinds
machines-method = percentiles over redraws of { $districts } districts

machines-figure = Districts: share of “{ $leader }” by machine and by hand
machines-figure-description = Each district with both kinds, by its share of “{ $leader }” where people counted and where a machine did; the area of a point is proportional to the ballots.
machines-axis-hand = share of “{ $leader }” counted by hand
machines-axis-machine = share of “{ $leader }” counted by machine
machines-size = ballots

measure-machine-difference = Difference under machines
measure-machine-difference-unadjusted = … without regard to the size of stations
measure-machine-difference-balanced = … in districts with enough stations of either kind
measure-p-placebo-balanced = Probability of that difference if machines are dealt anew
measure-p-placebo = Probability of such a difference if machines are dealt anew
measure-machine-stations = Stations with a machine
measure-hand-stations = Stations counted by hand
measure-machine-share = Share counted by machine
measure-hand-share = Share counted by hand
measure-districts = Districts with both kinds
