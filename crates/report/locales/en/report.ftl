### The report's own words: verdicts, units, protocol lines, techniques, headings.

## Verdicts

verdict-proven = proven
verdict-unremarkable = unremarkable
verdict-anomalous = anomalous
verdict-contradicted = contradicted
verdict-undecided = undecided

verdict-proven-means = follows by proof, or by arithmetic that cannot fail
verdict-unremarkable-means = tested against what honest elections give, by a test that could have seen an effect, and inside it
verdict-anomalous-means = outside what honest elections give, at a stated error rate; by itself it does not say why
verdict-contradicted-means = cannot be true as stated: two statements exclude each other
verdict-undecided-means = nothing is asserted; the reason stands beside it

reason-descriptive = numbers only
reason-no-null = no yardstick yet
reason-not-identified = cannot be told apart
reason-no-data = data absent
reason-no-power = test too weak
reason-changed = releases differ

reason-descriptive-means = Numbers only; nothing was tested.
reason-no-null-means = It is not yet known how this number behaves in elections that nobody disputes.
reason-not-identified-means = The data cannot tell the possible explanations apart.
reason-no-data-means = The record lacks the columns or tables that this check needs.
reason-no-power-means = A test was possible, but it could not have seen an effect worth knowing.
reason-changed-means = Releases differ, which may be honest.

whose-organisers = said by those who ran the election
whose-third-parties = said by others

## Checks

check-stations-totals = Totals
check-stations-balance = Sums within protocols
check-stations-impossible = Impossible numbers
check-stations-duplicates = Repeated protocols
check-stations-integers = Whole percentages
check-stations-fingerprint = Turnout by share
check-stations-estimate = Estimate of added ballots
check-stations-comet = The core and its tail
check-stations-klimek = Klimek’s model
check-stations-mobile = Mobile ballot boxes
check-stations-unused = Unused ballots
check-stations-evidence = Evidence, station by station
check-stations-power = What would have been noticed
check-stations-last-digit = Last digits
check-stations-regions = Regions
check-stations-books = Sizes of books
check-stations-timeline = Turnout during the vote
check-stations-machines = Counting by machine
check-stations-neighbours = Neighbouring places
check-stations-coincidences = Coincidences
check-stations-dispersion = Equal small counts
check-stations-targets = Districts on target
check-stations-added = Voters added on the day
check-stations-twins = Stations of one building
check-stations-borders = Borders of regions
check-releases-arithmetic = Arithmetic of the releases
check-copies-compare = Copies of station results
check-copies-addition = Sums of the stations
check-copies-entries = Copies as they were typed in
check-copies-three-way = Copies beside the official table
check-copies-over-time = Official numbers over time
check-exit-poll-national = Exit poll and count
check-exit-poll-houses = Exit polls together
check-exit-poll-paired = Exit poll by station
check-forecasts-score = Forecasts made before
check-quick-count-estimate = Quick counts
check-observers-coverage = Where observers were
check-observers-answers = What observers answered
check-observers-incidents = Incidents reported
check-observers-contrast = Stations with and without observers
check-bundle-manifest = Whether a bundle is what was signed
check-bundle-log = Where a bundle stands in its log
check-board-archive = The board as a file
check-board-order = Order of events
check-board-setup = Setup of the election
check-board-credentials = Credentials
check-board-trustees = Trustees
check-board-ballots = Ballots
check-board-tally = Encrypted tally
check-board-shuffles = Shuffles
check-board-decryption = Decryption
check-board-result = Result
check-board-count = Count
check-board-derivation = Board and log
check-board-audited-ballot = Opened ballots

## Units

unit-stations = stations
unit-voters = voters
unit-ballots = ballot papers
unit-votes = votes
unit-fraction = percent
unit-percentage-points = percentage points
unit-standard-deviations = standard deviations
unit-probability = probability
unit-groups = groups
unit-regions = regions
unit-rows = rows
unit-visits = visits
unit-credentials = credentials
unit-electronic-ballots = electronic ballots
unit-events = events
unit-log-entries = log entries
unit-pure = a number without unit

probability-below = below { $limit }

## Lines of a protocol

term-registered = voters on the register
term-added = voters added on the day
term-received = ballot papers received
term-issued = ballot papers issued
term-issued-early = ballot papers issued early
term-issued-in-room = ballot papers issued at the station
term-issued-outside = ballot papers issued outside the station
term-requested-outside = requests to vote at home
term-unused = unused ballot papers, cancelled
term-in-mobile-boxes = papers in mobile boxes
term-in-fixed-boxes = papers in fixed boxes
term-in-boxes = papers in all boxes
term-invalid = invalid papers
term-valid = valid papers
term-lost = lost papers
term-unaccounted = papers not accounted for on receipt
term-certificates-received = absentee certificates received
term-certificates-issued = absentee certificates issued
term-certificates-voted = voters with an absentee certificate
term-certificates-unused = unused absentee certificates, cancelled
term-certificates-issued-above = absentee certificates issued by the commission above
term-certificates-lost = lost absentee certificates
term-certificates-unaccounted = absentee certificates not accounted for

## Techniques

technique-multiple-voting = Voting more than once
technique-mobile-voting = Irregular mobile voting
technique-officials-present = Officials in the station
technique-group-voting = Organised group voting
technique-stuffing = Stuffing of ballots
technique-count = Cheating in the count
technique-unused-ballots = Unused ballots as votes
technique-administrative-pressure = Pressure by officials

status-checked = checked
status-partly-checkable = partly
status-not-checkable = not checkable

status-checked-means = Every check that adil has for this technique could run.
status-partly-checkable-means = Some checks for this technique could run.
status-not-checkable-means = No check for this technique could run on this record.

## What a record lacks

need-stations = results station by station
need-column = the column “{ $column }”
need-regions = the region of each station
need-releases = a second release of the same contest
need-register-with-birth-dates = the register with dates of birth
need-certificates-by-origin = absentee certificates by the station that issued them
need-applications-for-home-voting = applications to vote at home
need-results-by-box = results of each ballot box
need-observers-reports = observers’ reports
need-turnout-by-hour = turnout by the hour
need-coordinates = the coordinates of each station
need-counted-by-machine = which stations counted by machine
need-protocol-copies = observers’ copies of the protocols
need-printing-lots = lots and serial numbers of the printed ballots
need-other-elections = results of other elections at the same stations
need-board = an electronic ballot board
need-board-result = the result of the electronic ballot board
need-log = the log that the board was made of
need-credentials-handed-out = a record of who was handed which credential
need-voters-statements = statements of voters and observers
need-paper = a polling station (this vote was electronic)

## Terminal

terminal-inputs = { $files ->
    [one] { $files } file
   *[other] { $files } files
}
terminal-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
terminal-seed = seed { $seed }
terminal-parts = { $count } of its parts: { $names }
terminal-more = and { $count } more
terminal-more-bars = and { $count } more: --html FILE
terminal-unit = { $title } ({ $unit })
terminal-needs = lacks { $needs }
terminal-whole-report = Numbers, evidence and what may not be concluded: --html FILE or --json.

exit-contradicted = Exit status 1, a result: a statement of the organisers is contradicted.
exit-clear = No statement of those who ran the election is contradicted: exit status 0.

count-findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}

## The page

page-contents = Contents
page-summary = In short
page-questions = Questions
question-silent = Nothing in the record for { $check } to look at.
question-technique = { $technique }: { $status }.
question-technique-lacks = { $technique }: { $status }; lacks { $needs }.
question-source = Source: { $source }
page-coverage = What could be checked
page-findings = What was found
page-methods = How each check works
page-inputs = Files read
page-reproduce = How to get the same report
page-verdicts = What the verdicts mean

page-kind = Check of an election’s record
page-date = Date of the election
page-files = Files read
page-rows = Rows read
page-data-rows = { $rows } rows of data
page-no-alarm = Nothing here is contradicted or anomalous. That is not a proof that all is well: see what could not be checked.
page-some-alarm = A verdict says what the numbers show. Why they are so is for people to find out.
page-more-sentences = More of these stand below.
page-undecided = Undecided: numbers without a verdict
page-undecided-caption = The number that matters most of each check, and why it carries no verdict
page-check = Check
page-reason = Why no verdict

page-coverage-caption = Eight techniques that observers have described, and how far this record lets each be checked
page-technique = Technique
page-status = How far
page-checks = Checks that ran
page-needs = What would let more be checked
page-nothing = none

page-caveats = What may not be concluded
page-numbers = Numbers
page-numbers-caption = The numbers of this finding, and what each was computed from
page-number = Number
page-value = Value
page-unit = Unit
page-interval = Interval
page-source = Computed from
page-interval-range = { $low } to { $high }
page-interval-level = { $level }: { $method }
page-evidence = What this rests on
page-place-row = { $input }, row { $row }
page-place-column = column { $column }
page-statements = The statements
page-statement-source = source
page-parts = Parts of the country
page-parts-caption = Findings about regions and stations
page-part = Region or station
page-verdict = Verdict
page-finding = Finding
page-method-link = How this check works
page-recheck = How do I check this without trusting adil?
page-side = Side tested: { $side }
page-event = Event: { $event }
page-tracker = Tracker: { $tracker }

page-inputs-caption = Every file that was read, with its fingerprint
page-path = File
page-size = Size
page-bytes = { $bytes } bytes
page-digest = SHA-256
page-reproduce-text = adil { $version } gives the same report, byte for byte, from files with these fingerprints and seed { $seed }, on any number of processors.
page-disclaimer = adil reports what numbers show. It does not say why they are so, and never adds contradictions, anomalies and estimates up into one number.

## Figures

figure-data = Data of this figure
figure-name = Name
figure-marked = whole percentages
figure-shaded = shaded range
figure-clipped = { $count } at { $place }, beyond the scale
figure-scale = Shades, on a logarithmic scale: { $unit }
figure-size = Area of a circle: { $what }
figure-grid-coarse = Added up in { $columns } by { $rows } coarser cells; only those that are not empty.
figure-histogram-full = Bins that are empty in every series are left out.
figure-extremes = The points farthest from the middle are named in the drawing.
figure-share = Share
figure-hundred = { $count } ({ $what }) = 100%
figure-set-off = marked
figure-bars-scale = The longest bar is the largest number.
figure-map-shades = Shades: { $what }
figure-map-projection = Equal areas of ground are equal in the drawing (Lambert azimuthal equal-area projection about { $latitude }, { $longitude }); outlines are simplified.
figure-map-no-outline = Areas that no map has, in the table below only: { $areas }
figure-map-unknown = Names on the map that fit no area of the table, or more than one, and are not drawn: { $count } ({ $names })
figure-map-more-points = Not drawn: { $stations }
figure-map-far = Far from the others, in the table below only: { $points }
figure-kilometres = { $distance } km
figure-north = N
figure-south = S
figure-east = E
figure-west = W

event-done = done
event-wrong = wrong
event-to-come = still to come
