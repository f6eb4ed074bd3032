### stations/power: cheating put into the table, and how much of it is noticed.

power-statement = If ballots for { $leader } worth { $strength } of the register had been put into { $spread } of the stations, { $noticed } of these stations would have been listed.
power-brief = { $noticed } of stations with { $strength } of the register stuffed would be listed
power-line = { $technique }, { $strength }: { $noticed } (± { $error }) of { $stations } stations noticed, with { $votes } of { $all } votes moved; { $wrongly } of those newly listed were not touched.
power-count-rounded = Protocols rewritten to whole percentages
power-caveat-even = Stations were chosen evenly over the country. Cheating that fills whole districts becomes their normal and is less visible.
power-caveat-small = That little was found does not show that little was moved: see the lines with small strengths.
power-figure = How much would have been noticed
power-figure-description = The part of stations noticed, by how much was moved in each, for three techniques; all are listed below
power-axis-strength = part moved at each station touched (of its register, ballots or unused ballots)
power-axis-noticed = stations noticed
power-source-noticed = mean over four injections of stuffing 20% of the register in 5% of the stations
power-source-estimated = ballots that stations/estimate finds beyond those without any injection, by the ballots put in, where 20% of the register was stuffed
power-source-false = stations listed anew in which nothing was moved, by all listed anew
measure-power-stuffing-20 = Stations noticed where 20% of the register was stuffed
measure-estimated-20 = Part of those ballots that the estimate finds
measure-false-discovery-20 = Of those newly listed, not touched
power-caveat-own = Silence means something here: in this very table { $power } of stations with 20% of the register stuffed would have been listed. Smaller amounts, and whole districts, would not.
power-caveat-bank = Silence means something: in clean elections with like stations and shares at least { $power } of stations with 20% of the register stuffed were listed. Smaller amounts, and whole districts, are not. For this table itself: --power.
