### Есептің өз сөздері: тұжырымдар, өлшем бірліктері, хаттама жолдары, тәсілдер, тақырыптар.

## Тұжырымдар

verdict-proven = дәлелденді
verdict-unremarkable = қалыпты
verdict-anomalous = ауытқу бар
verdict-contradicted = теріске шықты
verdict-undecided = шешілмеді

verdict-proven-means = дәлелден немесе қателесуі мүмкін емес арифметикадан шығады
verdict-unremarkable-means = ауытқуды байқай алатын тексерумен адал сайлаулар беретін мәндермен салыстырылды және солардың шегінде
verdict-anomalous-means = көрсетілген қате ықтималдығымен адал сайлаулар беретін мәндердің шегінен шығады; себебін өздігінен айтпайды
verdict-contradicted-means = мәлімделген күйінде шындық бола алмайды: екі мәлімдеме бірін-бірі жоққа шығарады
verdict-undecided-means = ештеңе тұжырымдалмайды; себебі қасында көрсетілген

reason-descriptive = тек сандар
reason-no-null = өлшемі әлі жоқ
reason-not-identified = себебін ажырату мүмкін емес
reason-no-data = дерек жоқ
reason-no-power = тексеру тым әлсіз
reason-changed = жарияланымдар әртүрлі

reason-descriptive-means = Тек сандар; ештеңе тексерілген жоқ.
reason-no-null-means = Бұл санның ешкім дау айтпайтын сайлауларда қандай болатыны әзірге белгісіз.
reason-not-identified-means = Деректер ықтимал түсіндірмелерді бір-бірінен ажыратуға мүмкіндік бермейді.
reason-no-data-means = Материалдарда бұл тексеруге қажетті бағандар немесе кестелер жоқ.
reason-no-power-means = Тексеру мүмкін болды, бірақ ол маңызды ауытқуды байқай алмас еді.
reason-changed-means = Жарияланымдар бір-бірінен өзгеше, бірақ оның адал себебі болуы мүмкін.

whose-organisers = сайлауды ұйымдастырушылар айтқан
whose-third-parties = сайлауды ұйымдастырмағандар айтқан

## Тексерулер

check-stations-totals = Қорытынды сандар
check-stations-balance = Хаттама ішіндегі қосындылар
check-stations-impossible = Мүмкін емес сандар
check-stations-duplicates = Қайталанған хаттамалар
check-stations-integers = Бүтін пайыздар
check-stations-fingerprint = Келу және дауыс үлесі
check-stations-estimate = Қосылған бюллетеньдер бағасы
check-stations-comet = Өзек және құйрық
check-stations-klimek = Климек моделі
check-stations-mobile = Тасымалданатын жәшіктер
check-stations-unused = Пайдаланылмаған бюллетеньдер
check-stations-evidence = Учаскелер бойынша дәлелдер
check-stations-power = Не байқалар еді
check-stations-last-digit = Соңғы цифрлар
check-stations-regions = Өңірлер
check-stations-books = Бюллетень бумалары
check-stations-timeline = Дауыс беру барысы
check-stations-machines = Машинамен санау
check-stations-neighbours = Көрші орындар
check-stations-coincidences = Сәйкес келулер
check-stations-dispersion = Тегіс шағын сандар
check-stations-targets = Мақсатты аудандар
check-stations-added = Сол күні қосылған сайлаушылар
check-stations-twins = Бір ғимараттағы учаскелер
check-stations-borders = Өңірлер шекарасы
check-releases-arithmetic = Жарияланымдар арифметикасы
check-copies-compare = Учаске нәтижелерінің көшірмелері
check-copies-addition = Учаскелердің қосындылары
check-copies-entries = Хаттама көшірмелерін енгізу
check-copies-three-way = Көшірмелер ресми кестенің қасында
check-copies-over-time = Ресми сандар уақыт бойынша
check-exit-poll-national = Экзит-полл және санау
check-exit-poll-houses = Барлық экзит-поллдар
check-exit-poll-paired = Учаске сайынғы экзит-полл
check-forecasts-score = Алдын ала жасалған болжамдар
check-quick-count-estimate = Іріктеме бойынша қатарлас санақ
check-observers-coverage = Байқаушылар қайда болды
check-observers-answers = Байқаушылардың жауаптары
check-observers-incidents = Оқиғалар туралы хабарлар
check-observers-contrast = Байқаушысы бар және жоқ учаскелер
check-bundle-manifest = Жинақ қол қойылғанмен бірдей ме
check-bundle-log = Жинақтың журналдағы орны
check-board-archive = Тақта файл ретінде
check-board-order = Оқиғалар реті
check-board-setup = Сайлауды дайындау
check-board-credentials = Сайлаушы кілттері
check-board-trustees = Кілт сақтаушылар
check-board-ballots = Бюллетеньдер
check-board-tally = Шифрланған жиынтық
check-board-shuffles = Араластыру
check-board-decryption = Шифрды ашу
check-board-result = Нәтиже
check-board-count = Санау
check-board-derivation = Тақта мен журнал
check-board-audited-ballot = Ашылған бюллетеньдер

## Өлшем бірліктері

unit-stations = учаскелер
unit-voters = сайлаушылар
unit-ballots = бюллетеньдер
unit-votes = дауыстар
unit-fraction = пайыз
unit-percentage-points = пайыздық тармақ
unit-standard-deviations = стандартты ауытқу
unit-probability = ықтималдық
unit-groups = топтар
unit-regions = өңірлер
unit-rows = жолдар
unit-visits = барулар
unit-credentials = сайлаушы кілттері
unit-electronic-ballots = электрондық бюллетеньдер
unit-events = оқиғалар
unit-log-entries = журнал жазбалары
unit-pure = бірліксіз сан

probability-below = { $limit } мәнінен кем

## Хаттама жолдары

term-registered = тізімдегі сайлаушылар
term-added = дауыс беру күні тізімге қосылған сайлаушылар
term-received = алынған бюллетеньдер
term-issued = берілген бюллетеньдер
term-issued-early = мерзімінен бұрын берілген бюллетеньдер
term-issued-in-room = үй-жайда берілген бюллетеньдер
term-issued-outside = үй-жайдан тыс берілген бюллетеньдер
term-requested-outside = үйде дауыс беру туралы өтініштер
term-unused = күші жойылған пайдаланылмаған бюллетеньдер
term-in-mobile-boxes = тасымалданатын жәшіктердегі бюллетеньдер
term-in-fixed-boxes = стационарлық жәшіктердегі бюллетеньдер
term-in-boxes = барлық жәшіктердегі бюллетеньдер
term-invalid = жарамсыз бюллетеньдер
term-valid = жарамды бюллетеньдер
term-lost = жоғалған бюллетеньдер
term-unaccounted = алу кезінде есепке алынбаған бюллетеньдер
term-certificates-received = алынған есептен шығару куәліктері
term-certificates-issued = берілген есептен шығару куәліктері
term-certificates-voted = есептен шығару куәлігімен дауыс бергендер
term-certificates-unused = күші жойылған пайдаланылмаған есептен шығару куәліктері
term-certificates-issued-above = жоғары тұрған комиссия берген есептен шығару куәліктері
term-certificates-lost = жоғалған есептен шығару куәліктері
term-certificates-unaccounted = есепке алынбаған есептен шығару куәліктері

## Тәсілдер

technique-multiple-voting = Бірнеше рет дауыс беру
technique-mobile-voting = Үйде дауыс берудегі бұзу
technique-officials-present = Учаскедегі шенеуніктер
technique-group-voting = Топтап дауыс бергізу
technique-stuffing = Бюллетень тастау
technique-count = Санаудағы бұзушылық
technique-unused-ballots = Артық бюллетеньдер
technique-administrative-pressure = Шенеуніктер қысымы

status-checked = тексерілді
status-partly-checkable = ішінара
status-not-checkable = тексерілмейді

status-checked-means = Осы тәсілге арналған adil тексерулерінің бәрі жүргізілді.
status-partly-checkable-means = Осы тәсілге арналған тексерулердің бір бөлігі жүргізілді.
status-not-checkable-means = Бұл материалдар бойынша осы тәсілді тексеру мүмкін емес.

## Материалдарда не жоқ

need-stations = учаскелер бойынша нәтижелер
need-column = «{ $column }» бағаны
need-regions = әр учаскенің өңірі
need-releases = сол сайлау нәтижелерінің екінші жарияланымы
need-register-with-birth-dates = туған күндері көрсетілген сайлаушылар тізімі
need-certificates-by-origin = есептен шығару куәліктері, берген учаскелер бойынша
need-applications-for-home-voting = үйде дауыс беру өтініштері
need-results-by-box = әр жәшік бойынша нәтижелер
need-observers-reports = байқаушылардың есептері
need-turnout-by-hour = сағат сайынғы келу
need-coordinates = учаскелердің координаттары
need-counted-by-machine = қай учаскелерде машина санағаны
need-protocol-copies = байқаушылардағы хаттама көшірмелері
need-printing-lots = басылған бюллетеньдердің топтамалары мен нөмірлері
need-other-elections = сол учаскелердегі басқа сайлаулардың нәтижелері
need-board = электрондық бюллетеньдер тақтасы
need-board-result = электрондық бюллетеньдер тақтасындағы нәтиже
need-log = тақта құралған журнал
need-credentials-handed-out = қай сайлаушы кілті кімге берілгені туралы жазба
need-voters-statements = сайлаушылар мен байқаушылардың мәлімдемелері
need-paper = сайлау учаскесі (дауыс беру электрондық болды)

## Терминал

terminal-inputs = { $files } файл
terminal-rows = { $rows } жол
terminal-seed = бастапқы сан { $seed }
terminal-parts = бөліктері ({ $count }): { $names }
terminal-more = және тағы { $count }
terminal-more-bars = және тағы { $count }: --html ФАЙЛ
terminal-unit = { $title } ({ $unit })
terminal-needs = жоқ: { $needs }
terminal-whole-report = Сандар, негіздер және нені тұжырымдауға болмайтыны: --html ФАЙЛ немесе --json.

exit-contradicted = Шығу коды 1 – бұл нәтиже: ұйымдастырушылардың мәлімдемесі теріске шықты.
exit-clear = Сайлауды ұйымдастырушылардың бірде-бір мәлімдемесі теріске шыққан жоқ: шығу коды 0.

count-findings = { $count } қорытынды

## Бет

page-contents = Мазмұны
page-summary = Қысқаша
page-questions = Сұрақтар
question-silent = Материалдарда { $check } қарайтын ештеңе жоқ.
question-technique = { $technique }: { $status }.
question-technique-lacks = { $technique }: { $status }; жетпейді: { $needs }.
question-source = Дереккөзі: { $source }
page-coverage = Нені тексеруге болды
page-findings = Не табылды
page-methods = Тексерулер қалай жасалады
page-inputs = Оқылған файлдар
page-reproduce = Дәл осындай есепті қалай алуға болады
page-verdicts = Тұжырымдар нені білдіреді

page-kind = Сайлау материалдарын тексеру
page-date = Сайлау күні
page-files = Оқылған файлдар саны
page-rows = Оқылған жолдар саны
page-data-rows = дерек жолдары: { $rows }
page-no-alarm = Мұнда теріске шыққан да, ауытқыған да ештеңе жоқ. Бұл бәрі дұрыс деген дәлел емес: нені тексеруге болмағанын қараңыз.
page-some-alarm = Тұжырым сандардың не көрсететінін айтады. Неге олай екенін адамдар анықтауы керек.
page-more-sentences = Қалғандары төменде.
page-undecided = Шешілмеді: тұжырымсыз сандар
page-undecided-caption = Әр тексерудің басты саны және ол бойынша неге тұжырым жоқ
page-check = Тексеру
page-reason = Неге тұжырым жоқ

page-coverage-caption = Байқаушылар сипаттаған сегіз тәсіл және бұл материалдар әрқайсысын қаншалықты тексеруге мүмкіндік береді
page-technique = Тәсіл
page-status = Қаншалықты
page-checks = Жүргізілген тексерулер
page-needs = Көбірек тексеру үшін не керек
page-nothing = жоқ

page-caveats = Бұдан нені тұжырымдауға болмайды
page-numbers = Сандар
page-numbers-caption = Осы қорытындының сандары және олардың неден есептелгені
page-number = Сан
page-value = Мәні
page-unit = Бірлігі
page-interval = Аралығы
page-source = Неден есептелді
page-interval-range = { $low } бастап { $high } дейін
page-interval-level = { $level }: { $method }
page-evidence = Бұл неге негізделген
page-place-row = { $input }, { $row }-жол
page-place-column = { $column } бағаны
page-statements = Мәлімдемелер
page-statement-source = дереккөз
page-parts = Елдің бөліктері
page-parts-caption = Өңірлер мен учаскелер туралы қорытындылар
page-part = Өңір немесе учаске
page-verdict = Тұжырым
page-finding = Қорытынды
page-method-link = Бұл тексеру қалай жасалады
page-recheck = Мұны adil бағдарламасына сенбей-ақ қалай тексеруге болады?
page-side = Тексерілетін тарап: { $side }
page-event = Оқиға: { $event }
page-tracker = Трекер: { $tracker }

page-inputs-caption = Оқылған файлдардың бәрі және олардың таңбалары
page-path = Файл
page-size = Көлемі
page-bytes = { $bytes } байт
page-digest = таңбасы SHA-256
page-reproduce-text = adil { $version } таңбалары осындай файлдардан және { $seed } бастапқы санынан, процессорлар санына қарамастан, байтына дейін бірдей есеп береді.
page-disclaimer = adil сандардың не көрсететінін хабарлайды. Неге олай екенін айтпайды және қайшылықтарды, ауытқуларды және бағаларды ешқашан бір санға қоспайды.

## Суреттер

figure-data = Осы суреттің деректері
figure-name = Атауы
figure-marked = бүтін пайыздар
figure-shaded = бөлектелген аралық
figure-clipped = { $place } кезінде { $count }, шкаладан тыс
figure-scale = Реңктер, логарифмдік шкала: { $unit }
figure-size = Дөңгелектің ауданы: { $what }
figure-grid-coarse = Ірірек ұяшықтарға қосылды, { $columns } × { $rows }; тек бос еместері көрсетілген.
figure-histogram-full = Барлық қатарда бос бағаналар көрсетілмеген.
figure-extremes = Суретте ортадан ең алыс нүктелердің аты жазылған.
figure-share = Үлесі
figure-hundred = { $count } ({ $what }) = 100 %
figure-set-off = белгіленген
figure-bars-scale = Ең ұзын жолақ – ең үлкен сан.
figure-map-shades = Реңктер: { $what }
figure-map-projection = Жердегі тең аудандар суретте де тең (Ламберттің тең ауданды азимуттық проекциясы, ортасы { $latitude }, { $longitude }); контурлар жеңілдетілген.
figure-map-no-outline = Картада жоқ, тек төмендегі кестеде бар аумақтар саны: { $areas }
figure-map-unknown = Картадағы, кестенің ешбір аумағына сәйкес келмейтін не бірнешеуіне сәйкес келетін, сондықтан салынбаған атаулар: { $count } ({ $names })
figure-map-more-points = Суретте көрсетілмеген учаскелер саны: { $stations }
figure-map-far = Басқалардан алыс, тек төмендегі кестеде: { $points }
figure-kilometres = { $distance } км
figure-north = с. е.
figure-south = о. е.
figure-east = ш. б.
figure-west = б. б.

event-done = орындалды
event-wrong = қате
event-to-come = әлі алда
