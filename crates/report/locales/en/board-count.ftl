### board/count: from the result to who is elected.

board-count-method-plurality = plurality
board-count-method-approval = approval
board-count-method-schulze = the method of Schulze
board-count-method-majority-judgment = majority judgment
board-count-method-stv = the single transferable vote

board-count-ranked = { $question }: counted by { $method } (rules { $rules }), the ranking is { $ranking }.
board-count-elected = { $question }: counted by { $method } (rules { $rules }), elected in this order: { $names }.
board-count-elected-tied = { $question }: counted by { $method } (rules { $rules }), elected in this order: { $names }. { $open ->
        [one] One more seat stays
       *[other] { $open } more seats stay
    } open, because these are tied for it: { $tied }.
board-count-all-tied = { $question }: counted by { $method } (rules { $rules }), nobody is elected: these are tied: { $tied }. { $open ->
        [one] The seat stays
       *[other] { $open } seats stay
    } open.
board-count-elected-open = { $question }: counted by { $method } (rules { $rules }), elected in this order: { $names }. { $open ->
        [one] One seat stays
       *[other] { $open } seats stay
    } open: no ballot names anybody else.
board-count-nobody = { $question }: counted by { $method } (rules { $rules }), nobody is elected, because no ballot names anybody.
board-count-unproven = { $question }: the votes are to be counted by { $method }; they are not counted here, because the result of the board is not proven.
board-count-unsound-log = { $question }: the log, which declares the counting by { $method }, is not sound, so the method is not certain.
board-count-two-methods = { $question }: the log and the election’s record declare different ways of counting.
board-count-impossible = { $question }: the votes cannot be counted by { $method }: { $why }.

board-count-tie-rank = Tied at place { $number } of the ranking: { $names }.
board-count-tie-seats = Tied for the last seats, of which { $number } are left: { $names }. A lot or a run-off has to decide.
board-count-tie-election = Round { $number }: tied for the most votes: { $names }. { $taken } is elected first, as rule K47 has it.
board-count-tie-exclusion = Round { $number }: tied for the fewest votes: { $names }. { $taken } is excluded, as rule K47 has it.

board-count-round-totals = Votes: { $votes }.
board-count-round-median = After { $removed } middle grades are taken away from each of the tied, the next middle grade differs: { $grades }.
board-count-row-preferred = Ballots that prefer { $name } to others: { $cells }.
board-count-row-paths = Strongest paths from { $name }, with the ballots for and (against) the weakest link: { $cells }.
board-count-row-grades = { $name }: { $cells }; majority grade: { $grade }.
board-count-row-no-grade = { $name }: { $cells }.
board-count-round-stv = Round { $number } (quota { $quota }): { $votes }. { $action }
board-count-round-stv-moves = Round { $number } (quota { $quota }): { $votes }. { $action } Votes go to { $transfers }.
board-count-stv-unnamed = Excluded, because no ballot names them: { $names }.
board-count-stv-elected = { $name } is elected, { $surplus } above the quota.
board-count-stv-excluded = { $name } is excluded.
board-count-stv-remaining = Elected, because no more of them stand than there are seats: { $names }.
board-count-stv-exhausted = nobody: { $votes }

board-count-caveat = That this is the method that voters were told of is not proven where it stands in the election’s record or log alone: compare it with what was announced.
board-source-count = votes of the result, counted by the method of the question
