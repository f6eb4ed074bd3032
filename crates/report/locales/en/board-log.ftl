### board/derivation and board/audited-ballot: the log that a board was made of, and opened ballots.

## The archive and the log

board-derivation-proven = The board is, byte for byte, what follows from the { $entries } entries of the log. { $set_aside ->
        [0] Of the { $ballots } ballots in it none was set aside
        [one] Of the { $ballots } ballots in it one was set aside because its voter’s credential was revoked
       *[other] Of the { $ballots } ballots in it { $set_aside } were set aside because their voters’ credentials were revoked
    }{ $voters ->
        [0] .
        [one] : it concerns one voter{ $not_again ->
            [0] , who has voted again.
           *[other] , who has not voted again.
        }
       *[other] : it concerns { $voters } voters, of whom { $not_again } have not voted again.
    }
board-derivation-older-log = The board was made of { $archived } entries of the log, and only { $entries } of them are here, so it could not be compared; fetch the log again.
board-derivation-unread = The board could not be compared with the log.
board-derivation-contradicted = { $count ->
        [one] One rule of the log is broken
       *[other] The rules of the log are broken { $count } times
    } here. First, { $place }: rule { $code } does not hold: “{ $rule }”.
board-derivation-entry = entry { $entry } of the log
board-derivation-whole = the log as a whole
board-derivation-differs = The archive that follows from the log and the board are equal up to byte { $byte }, which belongs to event { $event } (both counted from 0).
board-derivation-provisional = The board is the state of the log after { $entries } entries; the log has grown since.
board-derivation-not-accepted = { $ballots ->
        [one] One ballot lacks
       *[other] { $ballots } ballots lack
    } the voting server’s acceptance that this election wants, and { $ballots ->
        [one] does
       *[other] do
    } not count.
board-derivation-revocation = Entry { $entry }: the credential { $credential } was revoked as of { $since }; the reason given: “{ $reason }”. { $ballots ->
        [0] No ballot was set aside by it.
        [one] One ballot was set aside by it.
       *[other] { $ballots } ballots were set aside by it.
    }
board-derivation-margin-open = { $question }: the last one elected is ahead of the next by { $margin }, and { $voters ->
        [one] the one voter who was set aside and has
       *[other] the { $voters } voters who were set aside and have
    } not voted again could have changed that by up to { $most }: enough to decide it.
board-derivation-margin-closed = { $question }: the last one elected is ahead of the next by { $margin }, and { $voters ->
        [0] every voter who was set aside has voted again
        [one] the one voter who was set aside and has not voted again could have changed that by no more than { $most }
       *[other] the { $voters } voters who were set aside and have not voted again could have changed that by no more than { $most }
    }.
board-derivation-caveat-revocations = Whether a revocation was right is not proven: its reason is what the credential authority and the organiser say who signed it.
board-derivation-caveat-others = Others could have been shown another log under the same name: compare the checkpoint with theirs, and look for the signatures of witnesses.
board-derivation-caveat-refused = A ballot that never came into the log is not seen here: a voter who got no receipt must complain.
board-source-log = entries of the election’s log

## Opened ballots

board-audited-holds = The opened ballot { $commitment } holds exactly what the device said, as listed below. Compare the list with what you chose.
board-audited-no-setup = The opened ballot { $commitment } could not be checked: the setup of this board does not hold.
board-audited-other-election = The opened ballot { $commitment } is one of another election than this board.
board-audited-no-ballot = The opened ballot { $commitment } is no ballot of this election: rule { $code } does not hold: “{ $rule }”. The device or program that made it is at fault.
board-audited-other-digest = The device had shown { $shown } before, and the opened ballot is another one: its digest is { $found }.
board-audited-form = The opening of the ballot { $commitment } is not one of the questions of this election: the device or program that made it is at fault.
board-audited-holds-other = The opened ballot { $commitment } does not hold what the device said: question { $question }, ciphertext { $choice } holds something else.
board-audited-chosen = { $question }: { $chosen }
board-audited-nothing = no answer
board-audited-caveat = A test that is passed says nothing certain about other ballots: the more voters test, the surer is a device found that cheats. An opened ballot cannot be cast.

## Ballots of the log that are not on the board

board-tracker-set-aside = The ballot { $tracker } is in the log (entry { $entry }), and was set aside: its voting code was revoked (entry { $revocation }) as of a time before it was cast. Vote with the code that took its place.
board-tracker-by-spare = The ballot { $tracker } is in the log (entry { $entry }), and was set aside: its voter has voted with the code that took the place of the revoked one (entry { $revocation }).
board-tracker-not-accepted = The ballot { $tracker } is in the log (entry { $entry }), but lacks the voting server’s acceptance, and does not count.
board-tracker-of-nobody = The ballot { $tracker } is in the log (entry { $entry }), but under a credential that is no voter’s, and does not count.
board-tracker-in-log-only = The ballot { $tracker } is in the log (entry { $entry }) and not on this board, which was made without it.

## The rules of the log, as docs/spec/adil-v1.md numbers them

ledger-rule-j1 = Every entry is a ballot or a signed statement, in its one form
ledger-rule-j2 = The first entry is the setup, and no other entry is one
ledger-rule-j3 = Every statement has the signatures of all who must agree to it, by the keys of the setup
ledger-rule-j4 = The credential authority’s statement names the lists of the setup, its key, and as many voters as there are credentials that are not spare
ledger-rule-j5 = Entries come in the order of the election: setup, credentials, opening, ballots, closing, tally, shuffles, decryptions, result
ledger-rule-j6 = Every statement and every ballot names this election
ledger-rule-j7 = Spare credentials are on the list of credentials, and none is listed twice
ledger-rule-j8 = A revocation names a credential of the list that is not a spare one and was not revoked before
ledger-rule-j9 = The spare that a revocation gives is on the list of spares, was given to nobody before, and has the same weight
ledger-rule-j10 = A revocation is logged between opening and closing, and its time is not after the minute in which it was signed
ledger-rule-j11 = No ballot is accepted under a credential after its revocation
ledger-rule-j12 = No ballot is accepted under a spare credential that no revocation has given to a voter
ledger-rule-j13 = Every ballot is under a credential of the list
ledger-rule-j14 = No ballot is logged twice
ledger-rule-j15 = The minutes of ballots and statements do not go back
ledger-rule-j16 = An acceptance is of a ballot that was logged before and not accepted yet, in an election that declares them
ledger-rule-j17 = What a statement names by its digest is there, with that digest and size
ledger-rule-j18 = The checkpoint is signed by the log’s key of the setup, for the log of this election
ledger-rule-j19 = The checkpoint’s root is that of the entries
ledger-rule-j20 = The archive is, byte for byte, the one that follows from the log
ledger-rule-j21 = No voter has two counted ballots
ledger-rule-j22 = The setup says of the election, its trustees and its counting what their records say
