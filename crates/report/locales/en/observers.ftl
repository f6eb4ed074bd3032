### What observers saw: where they were, what they answered, what they reported.

coverage-of-table = { $publisher }: { $visits } visits to { $visited } of { $stations } stations ({ $share }); access limited at { $limited } visits, refused at { $refused }. Nobody drew these stations as a sample of all: what is seen at them is a share of visits.
coverage-visits = { $publisher }: { $visits } visits to { $visited } stations; access limited at { $limited } visits, refused at { $refused }. The record has no table of all stations.
coverage-incidents-only = { $publisher }: reports of incidents and no forms, so that it is not known at which stations somebody looked and saw nothing. Rows set aside: { $aside }.
coverage-brief = { $publisher }: { $visits } visits to { $visited } stations; access refused at { $refused }
coverage-brief-incidents-only = { $publisher }: incidents and no forms; where nothing was seen is not known
coverage-caveat = Observers go where they can and where they expect something. Shares of visits are no estimates for the country, and stations without observers are not clean ones.
coverage-region = { $region }: { $visited } of { $stations } stations visited ({ $share }).
coverage-refused = { $station }: observers were not let in.
coverage-drawn = Of { $drawn } stations drawn to be observed { $visited } were, of { $others } others { $other }; rows of the drawing with a station that the table does not have: { $unknown }.
coverage-figure = Stations visited by region: { $publisher }
coverage-source-visits = rows of forms that no other row replaces
coverage-source-visited = stations with such a row
coverage-source-access = such rows, by the access that they state
coverage-source-observers = different pseudonyms; they are not shown
coverage-source-replaced = rows that a later row corrects; they are kept
coverage-source-repeated = rows that repeat one before them in every field
coverage-source-set-aside = rows that break a rule of docs/spec/observers.md; they are counted nowhere else
coverage-source-stations = rows of the table of the count
coverage-source-share = stations visited by stations of the table
coverage-source-register-visited = mean register of the stations visited
coverage-source-register-all = mean register of all stations
observers-set-aside = Rule { $rule }, { $why }: { $rows ->
    [one] one row is set aside
   *[other] { $rows } rows are set aside
}; the first is named.
observers-unread = Columns that are not read: { $columns }; their names are not repeated.
observers-absent = Questions of the form without a column: { $columns }.

answers-worst = { $publisher }, { $form }: { $visits } visits. Most often out of order: “{ $item }”, at { $out } of the { $answered } visits that answered it ({ $share } of these visits; not an estimate for the country).
answers-none = { $publisher }, { $form }: { $visits } visits, { $items } questions; none was answered out of order.
answers-brief-worst = { $form }: “{ $item }” out of order at { $share } of visits
answers-brief-none = { $form }: { $visits } visits, nothing out of order
answers-caveat = A share of visits has no margin of error: no chance chose the visits.
answers-line = { $item } Answered at { $answered } visits: { $choices }. { $blanks }
answers-line-count = { $item } Answered at { $answered } visits: { $sum } in all, { $mean } on average. { $blanks }
answers-line-clock = { $item } Answered at { $answered } visits: { $mean } on average. { $blanks }
answers-line-text = { $item } Words at { $answered } visits; they are not kept. { $blanks }
answers-choice = { $choice } { $visits } ({ $share } of these visits)
answers-blanks = Not answered: { $blanks }.
answers-no-blanks = No blanks.
answers-marks = Mark for the whole at { $all } visits: bad or very bad at { $bad } ({ $share } of these visits); from very good to very bad: { $marks }.
answers-source-visits = rows of the form that no other row replaces
answers-source-items = questions of the form
answers-source-blanks = answers that are missing, whatever the reason
blank-not-asked = not asked { $visits }
blank-not-observed = not observed { $visits }
blank-not-applicable = not applicable { $visits }
blank-refused = refused { $visits }
blank-unreadable = no possible answer { $visits }

incidents-all = { $publisher }: { $incidents } incidents at { $stations } stations, of { $techniques } of the eight techniques; verified { $verified }, refuted or withdrawn { $refuted }, marked as duplicates { $duplicates }, possible duplicates { $near }.
incidents-brief = { $publisher }: { $incidents } incidents at { $stations } stations, { $verified } verified
incidents-caveat = Reports count what somebody saw and told, not what happened. More reports from a region can mean more observers there.
incidents-line = { $code }, { $name }: { $incidents } incidents at { $stations } stations; first-hand { $first }, verified { $verified }, grave { $grave }.
incidents-station = { $station }: { $publisher } reports { $codes }.
incidents-bar = { $code }, { $name }
incidents-figure = Incidents by kind: { $publisher }
incidents-source-all = incidents that stand: not replaced, refuted, withdrawn or marked as duplicates
incidents-source-stations = stations with such an incident
incidents-source-first-hand = of these, seen by whoever reports them
incidents-source-verified = of these, verified: two sources, or one with evidence, and somebody who looked
incidents-source-grave = of these, of severity 4 or 5
incidents-source-refuted = refuted or withdrawn
incidents-source-duplicates = marked as another report of an incident before
incidents-source-near = of one code, from one station, by different observers, within 15 minutes, and not marked
incident-v1 = multiple voting
incident-v2 = mobile voting
incident-v3 = officials present
incident-v4 = organised group voting
incident-v5 = stuffing
incident-c1 = the count
incident-c2 = unused ballots
incident-c3 = the protocol
incident-t1 = tabulation
incident-s1 = identical signatures
incident-a1 = observers’ access
incident-e1 = electronic voting
stage-opening = opening
stage-voting = voting
stage-count = count
stage-tabulation = tabulation
state-reported = reported
state-in-review = in review
state-corroborated = corroborated
state-verified = verified
state-refuted = refuted
state-withdrawn = withdrawn
access-full = full
access-limited = limited
access-refused = refused

observer-rule-syntax = no row with the fields of its kind, in UTF-8
observer-rule-identifier = an identifier that is none
observer-rule-other-body = an identifier that stood before with another body
observer-rule-replaces = replaces a row that is not there, or is replaced already
observer-rule-code = a code that is not of the crosswalk
observer-rule-station = a station or area that the record does not have
observer-rule-time = a time that is none
observer-rule-window = a time outside the window, or an end before its beginning
observer-rule-value = a stage, severity, actor, channel, access, mark or first-hand that is none
observer-rule-state = a state that does not follow from the one before
observer-rule-verified = verified or corroborated without another source or evidence
observer-rule-reference = a reference to a row that is not there, or to the same source
observer-rule-evidence = evidence that is no list of digests
observer-rule-long = a line or a text that is too long
observer-rule-formula = a text that a spreadsheet would compute
observer-rule-hidden = characters that are not seen or turn the order of others
observer-rule-pseudonym = a pseudonym that is none

measure-visits-made = Visits
measure-stations-visited = Stations visited
measure-share-visited = Stations visited, of all
measure-access-full = Visits with full access
measure-access-limited = Visits with limited access
measure-access-refused = Visits refused
measure-observers = Observers
measure-rows-replaced = Rows corrected later
measure-rows-repeated = Rows repeated
measure-rows-set-aside = Rows set aside
measure-register-visited = Mean register of stations visited
measure-register-all = Mean register of all stations
measure-items = Questions
measure-blanks = Missing answers
measure-incidents = Incidents
measure-stations-with-incidents = Stations with incidents
measure-first-hand = First-hand
measure-verified = Verified
measure-grave = Grave
measure-refuted = Refuted or withdrawn
measure-duplicates-marked = Marked as duplicates
measure-possible-duplicates = Possible duplicates

contrast-statement = { $publisher }, { $exposed }: { $outcome } { $with } at { $stations } stations, { $without } at the { $others } others, as they are. { $matched } Nobody drew these stations: neither a difference nor none says why.
contrast-column = { $outcome } is { $with } at the { $stations } stations that observers’ reports name and { $without } at the { $others } others. { $matched } That proves nothing either way: reports come from where observers go and from where somebody looks, what was done may have been done where nobody looked, and both groups may have been treated alike.
contrast-brief = { $exposed }: { $outcome } { $with } beside { $without } at the others; not drawn by lot
contrast-brief-column = { $outcome } { $with } at stations that reports name, { $without } at the others: proves nothing either way
contrast-matched-beyond = In { $pairs } pairs of one district with registers of like size the difference is { $points } points ({ $low } to { $high }, p = { $p }); something unseen that makes one station of a pair { $gamma } times likelier to be in the first group would be enough to explain it.
contrast-matched-within = In { $pairs } pairs of one district with registers of like size the difference is { $points } points ({ $low } to { $high }, p = { $p }): no more than chance.
contrast-matched-few = In { $pairs } pairs of one district with registers of like size the difference is { $points } points (p = { $p }), too few pairs for an interval.
contrast-unmatched = No station has another of its district beside it.
contrast-line = { $exposed }, { $outcome }: { $with } at { $stations } stations, { $without } at { $others } others. { $matched }
contrast-line-found = { $exposed }, { $outcome }: { $with } at { $stations } stations, { $without } at { $others } others. { $matched } Beyond chance among all contrasts.
contrast-named = { $station }: named in { $reports } reports.
contrast-caveat-chosen = Observers chose these stations, could reach them, or were called to them. Stations that expect observers behave, and what is not done there may be done next door. Matching within districts takes away what it matches on and nothing else.
contrast-caveat-nothing = No difference does not show that nothing was done; a difference does not show that something was.
contrast-together = Of all { $all } contrasts of this vote, { $found } of this kind are beyond chance at a rate of false ones of { $rate } (e-values, Benjamini and Hochberg).
exposure-observed = stations with observers
exposure-refused = stations at which observers were refused
exposure-item = “{ $item }” out of order
exposure-any = stations with incidents
exposure-code = incidents { $code }, { $name }
exposure-column = named in observers’ reports
outcome-turnout = turnout
outcome-share = the share of { $side }
outcome-mobile = papers from mobile boxes
outcome-invalid = invalid papers
outcome-burst = the largest step between two reports of turnout, of all until the last,
outcome-unused = unused papers, of those received,
contrast-source-with = exposed stations with this outcome
contrast-source-without = other stations with it
contrast-source-outcome-with = all exposed stations together: sum of the part by sum of the whole
contrast-source-outcome-without = all others together
contrast-source-matched = pairs of one district with the nearest register: median of the means of pairs of differences (Hodges and Lehmann)
contrast-source-pairs = pairs of an exposed station and another
contrast-source-unmatched = exposed stations without another one like them in their district
contrast-source-p = signed ranks of the pairs, two-sided
contrast-source-gamma = how many times likelier to be exposed something unseen would have to make one station of a pair (Rosenbaum)
contrast-source-balance = standardised difference of the logarithms of the registers
contrast-source-contrasts = contrasts of this kind
contrast-source-found = of them beyond chance among all
contrast-method = inversion of the test of signed ranks
drawn-beyond = { $publisher }: at the { $drawn } stations drawn by lot to be observed { $outcome } differs from that at the { $others } others by { $points } points ({ $low } to { $high }, p = { $p }): more than the drawing does by chance.
drawn-within = { $publisher }: at the { $drawn } stations drawn by lot to be observed { $outcome } differs from that at the { $others } others by { $points } points ({ $low } to { $high }, p = { $p }): no more than the drawing does by chance, and an effect of { $shift } points either way is excluded.
drawn-no-power = { $publisher }: at the { $drawn } stations drawn by lot to be observed { $outcome } differs from that at the { $others } others by { $points } points ({ $low } to { $high }, p = { $p }): no more than the drawing does by chance; an effect of { $shift } points is not excluded.
drawn-brief-beyond = { $outcome } differs by { $points } points where observers were drawn by lot (p = { $p })
drawn-brief-within = { $outcome } differs by { $points } points where observers were drawn by lot: chance (p = { $p })
contrast-caveat-drawn = Stations count as drawn whoever then came. A difference is what being drawn did to the number; what was done elsewhere is not in it, and what went next door makes it larger.
contrast-drawing = How was drawn, in the words of those who drew: { $note }
contrast-ring = { $class }: { $stations } stations beside { $others } far from all drawn ones: { $points } points ({ $low } to { $high }, p = { $p }); { $excluded } stations could not have been in both groups.
ring-drawn = Drawn
ring-near = Not drawn, up to { $km } km from a drawn one
contrast-source-drawn = mean at drawn stations less mean at others, within strata
contrast-source-drawn-p = drawings made again, studentised, two-sided
contrast-source-stations-drawn = stations of the drawing that were drawn and have the outcome
contrast-source-others = stations of the drawing that were not drawn and have it
contrast-method-drawn = constant effects that drawings made again do not reject (Fisher)

measure-stations-with = Stations in the first group
measure-stations-without = Other stations
measure-outcome-with = In the first group
measure-outcome-without = At the others
measure-matched-difference = Difference of matched pairs
measure-pairs = Pairs
measure-unmatched = Without a pair
measure-contrast-p = p-value of the pairs
measure-gamma = Gamma that would explain it
measure-balance-before = Difference of registers before matching
measure-balance-after = Difference of registers after matching
measure-contrasts = Contrasts
measure-contrasts-found = Contrasts beyond chance
measure-stations-drawn = Stations drawn by lot
measure-stations-not-drawn = Stations not drawn
measure-drawn-difference = Difference where drawn
measure-drawn-p = p-value of the drawing
