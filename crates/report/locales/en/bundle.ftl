### Published bundles: whether they are what was signed, what was taken out, and where they stand in their log.

bundle-holds = { $publisher }: all { $files } files of the bundle, and no others, are those of its manifest, and the manifest is signed by the key that was given: { $key }.
bundle-holds-own-key = { $publisher }: all { $files } files of the bundle, and no others, are those of its manifest, and the manifest is signed by the key that it names itself: { $key }. Whoever changes a bundle can name another key: compare it with the one that the publisher makes known, or give that one with --key.
bundle-unsigned = { $publisher }: all { $files } files are those of the manifest, and nobody has signed it: there is no bundle.note.
bundle-differs = { $publisher }: the bundle is not what its manifest says, in { $count } of its paths ({ $files } files are listed); the first is { $first }.
bundle-no-manifest = { $publisher }: the bundle has no manifest that can be read, so that nothing says what should be in it: { $why }
bundle-other-key = { $publisher }: the bundle is signed by the key { $key }, and not by the one that was given: { $believed }.
bundle-note-broken = { $publisher }: the signed note of the bundle does not hold: { $why }
bundle-other-manifest = { $publisher }: the signed note is of another manifest: it names { $named }, and the manifest is { $digest }.
bundle-file-missing = { $file }: is listed, and is not there.
bundle-file-extra = { $file }: is there, and is not listed.
bundle-file-differs = { $file }: has the SHA-256 { $found }; the manifest has { $expected }.
bundle-no-redaction = What was taken out is not told: { $why }
bundle-nothing-redacted = The publisher says that nothing was taken out: no file of the record is of observers, reports or forecasts.
bundle-steps = Times of observers are rounded down to { $minutes } minutes. { $observers ->
    [0] Stations are shown however few observers reported from them: a single observer at a station can be told by who was there.
   *[other] Stations from which fewer than { $observers } observers reported are not shown as such.
}
bundle-caveat = The bundle is what its publisher signed. Whether it is true, and whether it is all, follows from no signature.
bundle-source-manifest = the bundle’s manifest
bundle-source-folder = paths of the folder that depart from the manifest
bundle-source-log = entries of the log in the bundle
redacted-identifier = Identifiers that became numbers in the order of the file: { $times }.
redacted-pseudonym = Pseudonyms of observers that became numbers in a random order: { $times }.
redacted-note = Notes left out: { $times }.
redacted-words = Answers in words left out: { $times }.
redacted-question = Questions that are answered in words, left out: { $times }.
redacted-column = Columns that no form has, left out: { $times }.
redacted-time = Times rounded down: { $times }.
redacted-time-left-out = Times that are written otherwise than times are, left out: { $times }.
redacted-station = Stations or areas that no table has, and that became numbers: { $times }.
redacted-stratum = Names of strata that became numbers: { $times }.
redacted-place = Stations that became areas, since too few observers reported from them: { $times }.
redacted-few-observers = Rows left out, since too few observers reported from the place: { $times }.
redacted-reference = References to rows that are left out: { $times }.
redacted-repeated = Rows that repeat one before them, left out: { $times }.
redacted-line = Lines or rows that count nowhere, left out: { $times }.
redacted-row-set-aside = Rows set aside by rule { $rule }, left out: { $times }.

bundle-log-last = { $publisher }: the bundle is entry { $entry } of the log of bundles, the last of { $entries }. Every hash up to the signed root was computed anew, and every entry names the bundle before it.
bundle-log-followed = { $publisher }: the bundle is entry { $entry } of the log of bundles, and { $later } later ones follow in the { $entries } entries: a newer bundle was published. Every hash up to the signed root was computed anew, and every entry names the bundle before it.
bundle-log-none = { $publisher }: the bundle was published without a log. Nothing shows which other bundles there are, or whether everybody is shown the same one.
bundle-log-absent = { $publisher }: the signed note says that the bundle is entry { $entry } of a log, and no log is in the folder.
bundle-log-stale = { $publisher }: the log in the folder is older than the bundle: it has { $entries } entries, and the bundle is entry { $entry }. Ask the publisher for a newer copy.
bundle-log-not-compared = { $publisher }: the log was not compared, since the bundle has no signed note that holds.
bundle-log-broken = { $publisher }: the log of bundles does not hold together: { $why }
bundle-log-other-entry = { $publisher }: entry { $entry } of the log, which the signed note names, is another bundle.
bundle-log-other-previous = { $publisher }: entry { $entry } of the log does not name the bundle before it.
bundle-log-caveat = A log shows an order, and no time. Two people who are shown different logs notice it only by comparing.

measure-bundle-files = Files listed
measure-bundle-bytes = Bytes listed
measure-bundle-departures = Departures from the manifest
measure-bundles-logged = Bundles in the log
measure-bundles-later = Later bundles in the log
