### board/*: electronic ballot boards.

## Faults

board-contradicted = { $count ->
        [one] One rule of the protocol is broken
       *[other] The rules of the protocol are broken { $count } times
    } here. First, { $place }: rule { $code } does not hold: “{ $rule }”.
board-fault = { $place }: rule { $code } does not hold: “{ $rule }”.
board-fault-expected = { $place }: rule { $code } does not hold: “{ $rule }”. Expected: { $expected }.
board-fault-found = { $place }: rule { $code } does not hold: “{ $rule }”. Found: { $found }.
board-fault-expected-found = { $place }: rule { $code } does not hold: “{ $rule }”. Expected: { $expected }. Found: { $found }.
board-more-faults = and { $count } more

board-place-event = event { $number }
board-place-question = question { $number }
board-place-choice = choice { $number }
board-place-trustee = trustee { $number }
board-place-credential = credential { $number }
board-place-byte = byte { $number } of the file
board-place-tracker = ballot { $tracker }
board-place-whole = the board as a whole

## Archive

board-archive-proven = All { $events } events follow from each other, and every record has the name that its bytes give. The last event is { $digest }.
board-archive-caveat-prefix = A board that is cut off after an event is a sound earlier state of itself: whoever has noted the last event’s digest can tell whether this is the same board.
board-archive-caveat-uncovered = No proof covers the time that the archive states, the names of trustees, the order of ballots by different voters, the credentials and weights of those who did not vote, and who made which shuffle; texts of the election are covered from the first ballot on.
board-source-archive = events in the archive

## Order

board-order-finished = The events stand in the protocol’s order, from the setup to the result.
board-order-unfinished = The events stand in the protocol’s order; the election is not finished.
board-timeline = Events of the board
board-timeline-event = event { $event }
board-timeline-events = events { $first } to { $last }
board-timeline-out-of-order = event { $event }, out of order
board-event-setup = Setup
board-event-ballots = { $count ->
    [one] { $count } ballot
   *[other] { $count } ballots
}
board-event-end-ballots = Close of voting
board-event-tally = Encrypted tally
board-event-shuffles = { $count ->
    [one] { $count } shuffle
   *[other] { $count } shuffles
}
board-event-end-shuffles = End of shuffling
board-event-decryptions = { $count ->
    [one] { $count } partial decryption
   *[other] { $count } partial decryptions
}
board-event-result = Result

## Setup

board-setup-proven = { $questions ->
        [one] One question
       *[other] { $questions } questions
    } in the group { $group }; the election’s fingerprint is { $fingerprint }.
board-setup-unread = The election cannot be read, so nothing that depends on it could be checked.
board-setup-caveat = Compare the fingerprint with the one that the organisers announced: only that tells that these are their questions.
board-setup-uuid = Identifier: { $text }
board-setup-administrator = Administrator, as the record says: { $text }
board-setup-authority = Credential authority, as the record says: { $text }
board-source-setup = questions of the election record

## Credentials

board-credentials-proven = { $credentials } credentials, all different, each an element of the group.
board-credentials-weighted = { $credentials } credentials, all different, each an element of the group and with a weight.
board-credentials-unread = Without the election the credentials could not be checked.
board-credentials-caveat = Whoever made the private codes can vote for those who do not. Compare the number of credentials with the register of voters.
board-source-credentials = credentials on the list

## Trustees

board-trustees-proven = { $trustees ->
        [one] One trustee proves
       *[other] { $trustees } trustees prove
    } to know the own key, and the election’s key is made of theirs alone; { $needed } must decrypt.
board-trustees-unread = Without the election the trustees’ keys could not be checked.
board-trustees-caveat = If all trustees that are needed work together, they can read every ballot, and nobody can tell. Nothing covers their names.
board-source-trustees = trustees of the setup

## Ballots

board-ballots-proven = { $ballots ->
        [one] The one ballot on the board holds
       *[other] All { $ballots } ballots on the board hold
    }: allowed votes, signed with credentials of the list. { $voters } of { $credentials } credentials voted; { $revotes ->
        [0] no ballot was
        [one] one ballot was
       *[other] { $revotes } ballots were
    } replaced by a later one.
board-ballots-none = No ballot has been cast yet.
board-ballots-none-cast = Voting ended without a ballot.
board-ballots-unread = Without the election the ballots could not be checked.
board-ballots-unverified = The ballots could not be checked: the setup does not hold.
board-ballots-caveat-intended = A proof tells that a ballot holds an allowed vote, not that it holds what the voter chose: the device that made it could have encrypted something else.
board-ballots-caveat-owner = Nor does it tell that the credential was used by its owner, freely, or that no ballot was kept from the board: each voter must look for the own tracker.
board-source-voters = credentials that a ballot was cast with
board-source-ballots = ballots between the setup and the end of voting
board-source-revotes = ballots that a later one of the same credential replaced

board-tracker-counted = The ballot { $tracker } is on the board (event { $event }), and is the one counted for its credential.
board-tracker-replaced = The ballot { $tracker } is on the board (event { $event }), but a later one of the same credential is counted instead: { $by } (event { $by_event }).
board-tracker-not-counted = The ballot { $tracker } is on the board (event { $event }), but is not counted: it stands out of order, or its credential is not on the list.
board-tracker-absent = No ballot on this board has the tracker { $tracker }. If it was shown to you as accepted, keep the receipt and tell the organisers and observers.

## Tally

board-tally-proven = The encrypted tally is the product of the last ballots of all { $voters } voters: none is left out and none added.
board-tally-weighted = The encrypted tally is the product of the last ballots of all { $voters } voters, each with its weight, { $weight } in all: none is left out and none added.
board-tally-of-unsound-ballots = The encrypted tally is the product of the recorded ballots of { $voters } voters, but not everything that is recorded holds.
board-tally-not-compared = The encrypted tally could not be compared with the ballots: some of those that count cannot be read.
board-tally-to-come = Still to come: the encrypted tally.
board-source-tally = as published with the encrypted tally

## Shuffles

board-shuffles-proven = { $shuffles ->
        [one] One shuffle changed
       *[other] { $shuffles } shuffles changed
    } nothing but the order and encryption of the votes.
board-shuffles-so-far = { $shuffles ->
        [one] One shuffle so far changed
       *[other] { $shuffles } shuffles so far changed
    } nothing but the order and encryption of the votes; shuffling has not ended.
board-shuffles-to-come = Still to come: the shuffles of the ranked or graded votes.
board-shuffles-caveat = Votes are anonymous if one of those who shuffled is honest; that they are different people is not proven.
board-source-shuffles = shuffles whose record could be read

## Decryption

board-decryption-proven = { $given ->
        [one] One partial decryption is
       *[other] { $given } partial decryptions are
    } proven to come from the trustees’ keys; the result needs { $needed }.
board-decryption-to-come = Still to come: the trustees’ partial decryptions.
board-decryption-unchecked = The partial decryptions could not be checked without the tally.
board-decryption-of = Trustee { $trustee } decrypted the tally with the own key.
board-decryption-of-name = Trustee { $trustee }, named { $name }, decrypted the tally with the own key.
board-decryption-fails = The partial decryption of trustee { $trustee } does not hold.
board-decryption-caveat = Trustees who work together can open single ballots besides, and nobody can tell.
board-source-decryption = partial decryptions on the board

## Result

board-result-proven = The published result is the decryption of the ballots of { $voters } voters.
board-result-of-unsound-board = The published numbers are the decryption of the tally, but other parts of the board do not hold, so the result is not proven.
board-result-to-come = Still to come: the result.
board-result-not-compared = The published result could not be compared with a decryption.
board-source-result = numbers of the result record, by question
board-bars-question = { $question }
board-bars-list = { $question }: { $list }
board-bars-votes = { $question } (each vote a number for: { $answers })
board-bars-blank = blank vote
board-bars-voters = voters whose ballot counts
board-bars-weight = weight of all voters whose ballot counts

board-recheck-digest = Compare the file with the one that organisers, trustees and observers have. Its SHA-256 is { $digest }.
board-recheck-event = Or compare the last event alone; it vouches for everything before it. Its SHA-256 is { $digest }.
board-recheck-tool = Verify the board with the program of the protocol’s authors (Debian: belenios-tool), alone in a folder.
board-recheck-voters = Ask voters whether the tracker that each was given is on the board: adil check FILE --tracker TRACKER.

## Where the board does not hold

board-contradicted-unlisted = { $count ->
        [one] One rule of the protocol is broken here
       *[other] Rules of the protocol are broken { $count } times here
    }.
board-ballots-in-order = The { $ballots } ballots that stand in order hold, but the board is not whole or not in order, so there may be others.
board-tracker-last = The ballot { $tracker } is on the board (event { $event }), and is the last one of its credential so far.
board-tracker-not-found = No ballot with the tracker { $tracker } was found, but the board is not whole or not in order, so it may have been there.
