### releases/arithmetic: each release against itself and against the others.

arithmetic-release = { $status }, { $publisher }
arithmetic-release-at = { $status }, { $publisher }, { $time }
arithmetic-status-before = before the vote
arithmetic-status-exit-poll = exit poll
arithmetic-status-night = election night
arithmetic-status-preliminary = preliminary result
arithmetic-status-final = final result
arithmetic-status-copy = later copy
arithmetic-status-quoted = quoted

arithmetic-quantity-registered = voters on the register
arithmetic-quantity-voted = voters who took part
arithmetic-quantity-valid = valid votes
arithmetic-quantity-invalid = invalid papers
arithmetic-quantity-stations = polling stations
arithmetic-quantity-votes = votes for { $option }
arithmetic-quantity-turnout = turnout
arithmetic-quantity-share = share of { $option }
arithmetic-quantity-other = { $name }

arithmetic-base-valid = valid votes
arithmetic-base-voted = voters

arithmetic-agrees = The numbers of one release agree with each other ({ $release }): { $tests ->
        [one] { $tests } sum or quotient comes
       *[other] { $tests } sums and quotients come
    } out as printed.
arithmetic-agrees-options = The votes of all options add up to { $sum }, the valid votes printed.
arithmetic-agrees-voted = { $valid } valid and { $invalid } invalid papers add up to { $voted }, the voters printed.
arithmetic-agrees-turnout = { $voted } of { $registered } voters are { $computed }; printed: { $printed }.
arithmetic-agrees-share = { $votes } votes for { $option } of { $whole } { $base } are { $computed }; printed: { $printed }.
arithmetic-agrees-shares = The printed shares of all { $options } options add up to { $sum }, which is 100 % but for rounding.
arithmetic-caveat-agrees = That the numbers of a release agree says nothing on how they came about.

arithmetic-excludes-options = Two numbers exclude each other ({ $release }): the votes of all options add up to { $sum }, but { $valid } valid votes are printed.
arithmetic-excludes-voted = Two numbers exclude each other ({ $release }): { $valid } valid and { $invalid } invalid papers are { $sum }, but { $voted } voters are printed.
arithmetic-excludes-valid = Two numbers exclude each other ({ $release }): { $valid } valid votes are more than the { $voted } voters printed.
arithmetic-excludes-register = Two numbers exclude each other ({ $release }): { $voted } voters took part, more than the { $registered } on the register.
arithmetic-excludes-turnout = Two numbers exclude each other ({ $release }): { $voted } of { $registered } voters are { $computed }, but a turnout of { $printed } is printed.
arithmetic-excludes-share = Two numbers exclude each other ({ $release }): { $votes } votes for { $option } of { $whole } { $base } are { $computed }, but { $printed } is printed.
arithmetic-excludes-shares = The shares printed exclude each other ({ $release }): those of all { $options } options add up to { $sum }.
arithmetic-caveat-excludes = Both cannot be true; this does not say which is false, nor how the mistake came about.
arithmetic-papers-fewer = { $valid } valid and { $invalid } invalid papers are { $sum }, { $difference } fewer than the { $voted } voters printed ({ $release }).
arithmetic-caveat-papers-fewer = Voters may keep their paper, and some commissions count as voters all to whom a ballot was issued, so the difference may be honest; why it arose is not said.

arithmetic-across = Turnout { $printed } stands beside { $voted } voters ({ $release }); of the { $registered } on the register of another release ({ $other }) they are { $computed }. A turnout of { $printed } needs a register of about { $needed }.
arithmetic-across-range = { $printed } is right for a register from { $low } to { $high }.
arithmetic-caveat-register = The register that the earlier release used is not known, so the two numbers need not exclude each other.

arithmetic-mixed = Two numbers of different releases stand side by side ({ $release }): { $votes } votes for { $option } and { $share }; but { $share } is the share of another release ({ $other }), which gives { $othervotes } votes.
arithmetic-mixed-base = { $votes } of the { $whole } votes of that release would be { $computed }.
arithmetic-mixed-votes = The { $votes } votes agree with another release: { $release }.
arithmetic-mixed-needed = { $votes } votes would be { $share } of { $needed } votes, which no release gives.

arithmetic-changed-more-voters = { $difference } more voters in the later release ({ $later }: { $to }) than in the earlier one ({ $earlier }: { $from }).
arithmetic-changed-fewer-voters = { $difference } fewer voters in the later release ({ $later }: { $to }) than in the earlier one ({ $earlier }: { $from }).
arithmetic-changed = { $quantities ->
        [one] { $quantities } number differs
       *[other] { $quantities } numbers differ
    } between two releases ({ $earlier }; { $later }).
arithmetic-change = { $quantity }: { $from }, then { $to }.
arithmetic-change-area = { $area }, { $quantity }: { $from } and { $to }.
arithmetic-caveat-changed = A number that rises between the night and the final result is a change and may be honest; by itself it contradicts nothing.
arithmetic-incomplete = If the earlier release was only incomplete, it held { $counted } of the voters; it should then name the stations that were missing, and their numbers should make up the difference.
arithmetic-incomplete-stations = If the earlier release was only incomplete, it held { $counted } of the voters, and about { $missing } of the { $stations } stations were missing; the release should name them, and their numbers should make up the difference.

arithmetic-regions-differ = { $differing } of { $compared } regional numbers differ by more than rounding between two publications ({ $earlier }; { $later }): { $areas }.
arithmetic-regions-agree = All { $compared } regional numbers agree within rounding between two publications ({ $earlier }; { $later }).
arithmetic-caveat-regions = The two may be of different hours, or one may have been corrected; which of them is right cannot be told from them.

arithmetic-poll = A poll ({ $release }) gave { $option } { $said }, the count { $official }: { $points } points apart. These figures cannot decide anything about the count.
arithmetic-poll-line = { $option }: { $said } in the poll, { $official } in the count.
arithmetic-caveat-poll = Those who refuse to answer may vote otherwise than those who answer; without the number asked, the refusals and the stations, the difference has no error that could be stated.


arithmetic-brief-across = turnout { $printed } as printed, { $computed } by another release’s register
arithmetic-brief-papers-fewer = { $difference } papers fewer than voters: { $sum } of { $voted }
arithmetic-brief-more-voters = { $difference } more voters: { $from }, then { $to }
arithmetic-brief-fewer-voters = { $difference } fewer voters: { $from }, then { $to }
arithmetic-brief-changed = { $quantity }: { $from }, then { $to }{ $others ->
        [0] {""}
        [one] ; { $others } more number differs
       *[other] ; { $others } more numbers differ
    }
arithmetic-brief-regions-differ = { $differing } of { $compared } regional numbers differ: { $areas }
arithmetic-brief-regions-agree = all { $compared } regional numbers agree within rounding
arithmetic-brief-poll = { $option }: poll { $said }, count { $official }; decides nothing about the count

arithmetic-source-agree = sums and quotients of this release that come out as printed
arithmetic-source-difference = difference of the two printed numbers
arithmetic-source-papers-fewer = voters printed less valid and invalid papers
arithmetic-source-printed = as printed
arithmetic-source-computed = quotient of the counts printed beside it
arithmetic-source-across = voters of this release, divided by the register of another
arithmetic-source-register-needed = voters divided by the printed turnout
arithmetic-source-base-needed = votes divided by the printed share
arithmetic-method-rounding = every register that gives the printed percentage when rounded
arithmetic-source-changed = numbers that both releases print and that differ by more than rounding
arithmetic-source-regions = regional numbers that both publications print
arithmetic-source-regions-differing = regional numbers that differ by more than rounding
arithmetic-source-poll = share in the count less share in the poll, for the option where they differ most

measure-sums-agreeing = Sums and quotients that agree
measure-difference = Difference
measure-papers-fewer = Papers fewer than voters
measure-printed = As printed
measure-computed = As computed
measure-shares-sum = Sum of the shares
measure-turnout-printed = Turnout as printed
measure-turnout-computed = Turnout of the other register
measure-register-needed = Register that the turnout needs
measure-base-needed = Base that the share needs
measure-quantities-changed = Numbers that changed
measure-voted-difference = Difference in voters
measure-regions-compared = Regional numbers compared
measure-regions-differing = Regional numbers that differ
measure-largest-difference = Largest difference

arithmetic-untested = { $count ->
        [one] { $count } statement of others is
       *[other] { $count } statements of others are
    } on record that nothing here can be set against; they are listed with their publishers.
arithmetic-brief-untested = { $count ->
        [one] { $count } statement
       *[other] { $count } statements
    } of others on record that nothing here can test
arithmetic-untested-line = { $release }: “{ $text }”
arithmetic-untested-noted = { $release }: “{ $text }” { $note }
arithmetic-source-untested = statements of publishers other than the organisers that no finding above names
arithmetic-caveat-untested = A statement that was not tested is neither confirmed nor refuted by standing here.
arithmetic-caveat-visits = Observers’ figures are shares of the stations they visited. Those were not drawn by lot, so such a share is no estimate for the country.
measure-statements-untested = Statements not tested
