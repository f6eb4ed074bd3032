### letters: what a voter gets on paper, and the sheet for whoever prints it.

## Head of a letter

letter-kind = Letter to the voter
letter-kind-spare = Letter to the voter: a new voting code
letter-to = To
letter-voter-id = In the register
letter-by-hand = Written in by hand when the code is given out
letter-opens = Voting opens
letter-closes = Voting closes
letter-weight = Weight of your vote
letter-replaces = This code replaces the code that you had. That one has been revoked in public: no vote can be cast with it any more.

## The code

letter-code = Your secret voting code
letter-code-note = Capital and small letters are different. The dashes are part of the code. It never contains the digit 0, the capital letters O and I, or the small letter l.
letter-qr = The square holds the same code for a camera and is as secret.
letter-qr-alt = QR code with the secret voting code

## How to vote

letter-vote = How to vote
letter-vote-page = Open the voting page:
letter-vote-command = Run this on your computer:
letter-vote-unknown = Open the voting page or the program that the organiser has named.
letter-vote-type = Type the code as it is printed, or show the square to the camera.
letter-vote-choose = Choose, read your choice once more, and send the ballot.
letter-vote-keep = Keep the tracker that is shown to you, and the receipt file.
letter-vote-again = You may vote again until the voting closes. Only your last vote counts.

## How to check

letter-check = How to check
letter-check-tracker = Look for your tracker on the public board of ballots. If you have voted more than once, look for the last one.
letter-check-address = The board:
letter-check-receipt = The receipt file proves that your ballot was accepted. If the ballot is not on the board, show the file to the organiser and to observers.
letter-check-audit = Before you send a ballot you may have it opened: you see that it holds what you chose. It is not counted; then you make a new one.

## When something goes wrong

letter-lost = If the code is lost or somebody has seen it
letter-lost-tell = Tell whoever gave out the codes at once.
letter-lost-contact = Whom to tell:
letter-lost-then = Your code is revoked in public and you get a spare one. Ballots that were cast with it since it leaked are set aside. Then vote with the new code.

## What everybody should know

letter-secret = Nobody may ask for your code
letter-secret-text = Not the organiser, not a helper, not an official: nobody ever has the right to it. Whoever has the code can vote in your place.
letter-limits = What no program can do
letter-limits-text = When you vote at home, nothing protects you from a person who looks over your shoulder or gives you orders. The only remedy is to vote again later, alone.

## Foot of a letter

letter-number = Letter { $number }
letter-foot = These two lines are the same in every voter’s letter and on the public board. If they differ, tell the observers.
letter-election = Election
letter-fingerprint = List of keys

## The sheet for whoever prints the letters

letters-title = Voting letters: { $title }
letters-cover = For whoever prints the letters
letters-cover-letters = { $count ->
    [one] { $count } letter follows, one page each.
   *[other] { $count } letters follow, one page each.
}
letters-cover-spares = { $count ->
    [one] { $count } letter with a spare code follows, one page each.
   *[other] { $count } letters with spare codes follow, one page each.
}
letters-cover-numbers = Numbers { $first } to { $last }
letters-cover-danger = Whoever reads these pages can vote in the place of all these voters. Take as much care of them as of the ballot box itself.
letters-cover-print = Print them yourself, on a printer that keeps no copies and is not shared over a network. Count the pages.
letters-cover-fold = Put each letter into an envelope through which nothing can be read, and seal it. Each goes to its voter and to nobody else.
letters-cover-note = Write down how many letters you have given out, and to whom. Lock up the letters that came back unopened, and report their number.
letters-cover-spare = Give out a spare only to a voter whose identity you have checked and whose old code you have had revoked. Write down the number of the letter.
letters-cover-destroy = Destroy this file and all that you have printed from it and not given out as soon as the result stands and the time for complaints is over. Empty the printer’s memory and the recycle bin.
letters-cover-public = Give only the public list of keys to the organiser. Its fingerprint must be the one below, on the public board too.
letters-cover-next = Who is next
