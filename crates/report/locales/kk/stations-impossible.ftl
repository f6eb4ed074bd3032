### stations/impossible: бұзылуы мүмкін емес реттер.

impossible-no-data = Кестеде бірі екіншісінен аспауға тиіс екі баған жоқ; мына баған керек: { $column }.
impossible-none = Тексерілген { $tested } жолдың бірде-бірінде сан өзі аса алмайтын саннан үлкен емес (мұндай ереже саны { $orders }).
impossible-clerical = { $tested } жолдың { $failing } жолында ({ $rate }) сан өзі аспауға тиіс саннан үлкен: бұл нәтижелері мойындалған сайлаулардағыдан жиі емес.
impossible-beyond = { $tested } жолдың { $failing } жолында ({ $rate }) бірге дұрыс бола алмайтын сандар тұр: бұл нәтижелері мойындалған сайлаулардағы жазу қателерінен көп.
impossible-open = { $tested } жолдың { $failing } жолында ({ $rate }) сан өзі аспауға тиіс саннан үлкен: бұл нәтижелері мойындалған сайлаулардағыдан жиі. Бірақ бұл қайшылық емес: { $why }.

impossible-brief = { $tested } жолдың { $failing } жолы ({ $rate }) шектен жоғары: мойындалған сайлаулардағыдан жиі емес
impossible-brief-open = { $tested } жолдың { $failing } жолы ({ $rate }) шектен жоғары; қайшылық емес: { $why }

impossible-caveat-none = Мүмкін емес хаттамаларды қабылдамайтын жүйе оларды тексеруге де қалдырмайды; бұл дауыс санау туралы ештеңе айтпайды.
impossible-caveat-some = Бұл жолдарда жарияланған екі санның бірі қате; қайсысы және неге екені айтылмайды. Мұндай жол сәйкес келмейтін қосындыларға да кіруі мүмкін: екі санды қосуға болмайды.
impossible-caveat-additions = Кестеде дауыс беру күні тізімге қанша сайлаушы қосылғаны айтылмаған, сондықтан 100 %-дан асқан келу адал болуы мүмкін.
impossible-added-on-the-day = сайлаушылар дауыс беру күні тізімге қосылған болуы мүмкін

impossible-above-register = дауыс бергендер басылған тізімдегіден көп
impossible-above-register-and-added = дауыс бергендер тізімдегі және сол күні қосылған сайлаушылардан көп
impossible-box-above-issued = жәшіктердегі бюллетеньдер берілгеннен көп
impossible-votes-above-box = дауыстар мен жарамсыз бюллетеньдер жәшіктердегі бюллетеньдерден көп
impossible-votes-above-issued = дауыстар мен жарамсыз бюллетеньдер берілген бюллетеньдерден көп
impossible-leader-above-ballots = тексерілетін тараптың дауыстары жарамды дауыстардан көп
impossible-mobile-above-issued = тасымалданатын жәшіктердегі бюллетеньдер учаскеден тыс және мерзімінен бұрын берілгеннен көп
impossible-mobile-above-requested = тасымалданатын жәшіктердегі бюллетеньдер үйде дауыс беру өтініштері мен мерзімінен бұрынғы дауыстардан көп
impossible-outside-above-requested = учаскеден тыс берілген бюллетеньдер өтініштерден көп
impossible-issued-above-received = берілген бюллетеньдер алынғаннан көп
impossible-unused-above-received = пайдаланылмаған бюллетеньдер алынғаннан көп

impossible-order-holds = { $order }: { $tested } жолдың бірде-бірінде жоқ.
impossible-order-clerical = { $order }: { $tested } жолдың { $failing } жолында ({ $rate }), барлығы { $excess } артық; жазу қателерінен { $bound } дейін болатыны белгілі (дәл шек { $level } деңгейінде).
impossible-order-beyond = { $order }: { $tested } жолдың { $failing } жолында ({ $rate }), барлығы { $excess } артық; жазу қателерінен тек { $bound } дейін болатыны белгілі (дәл шек { $level } деңгейінде).
impossible-order-open = { $order }: { $tested } жолдың { $failing } жолында ({ $rate }), барлығы { $excess } артық; мойындалған сайлауларда { $bound } дейін болатыны белгілі (дәл шек { $level } деңгейінде). Бұл қайшылық емес: { $why }.
impossible-row = { $station }: { $order }, { $excess } артық.
impossible-without-register = Өз сайлаушылар тізімі жоқ учаскелер: { $stations } (кемелер, конверттер, бөлек саналған дауыстар); онда сайлаушылардың келуі тексерілмейді.

impossible-source-tested = кемінде бір ережені тексеруге болатын жолдар
impossible-source-failing = кемінде бір ереже бұзылған жолдар
impossible-source-order = мына жағдайдағы жолдар: { $order }
impossible-source-without-register = сайлаушылар тізімі бос немесе көрсетілмеген жолдар

measure-turnout-above-register = Дауыс бергендер тізімдегіден көп жолдар
measure-box-above-issued = Жәшіктегі бюллетеньдер берілгеннен көп жолдар
measure-votes-above-box = Дауыстар жәшіктегі бюллетеньдерден көп жолдар
measure-votes-above-issued = Дауыстар берілген бюллетеньдерден көп жолдар
measure-leader-above-ballots = Тексерілетін тараптың дауыстары жарамды дауыстардан көп жолдар
measure-mobile-above-issued = Тасымалданатын жәшіктегі бюллетеньдер оларға берілгеннен көп жолдар
measure-mobile-above-requested = Тасымалданатын жәшіктегі бюллетеньдер өтініштерден көп жолдар
measure-outside-above-requested = Учаскеден тыс берілгендер өтініштерден көп жолдар
measure-issued-above-received = Берілген бюллетеньдер алынғаннан көп жолдар
measure-unused-above-received = Пайдаланылмаған бюллетеньдер алынғаннан көп жолдар
measure-stations-without-register = Сайлаушылар тізімі жоқ учаскелер
