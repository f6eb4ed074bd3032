### releases/arithmetic: әр жарияланым өзімен және басқаларымен салыстырылады.

arithmetic-release = { $status }, { $publisher }
arithmetic-release-at = { $status }, { $publisher }, { $time }
arithmetic-status-before = дауыс беруге дейін
arithmetic-status-exit-poll = экзит-полл
arithmetic-status-night = сайлау түні
arithmetic-status-preliminary = алдын ала қорытынды
arithmetic-status-final = түпкілікті қорытынды
arithmetic-status-copy = кейінгі көшірме
arithmetic-status-quoted = өзгенің сөзі

arithmetic-quantity-registered = тізімдегі сайлаушылар
arithmetic-quantity-voted = дауыс бергендер
arithmetic-quantity-valid = жарамды дауыстар
arithmetic-quantity-invalid = жарамсыз бюллетеньдер
arithmetic-quantity-stations = учаскелер
arithmetic-quantity-votes = дауыстар: { $option }
arithmetic-quantity-turnout = сайлаушылардың келуі
arithmetic-quantity-share = үлес: { $option }
arithmetic-quantity-other = { $name }

arithmetic-base-valid = жарамды дауыс
arithmetic-base-voted = дауыс беруші

arithmetic-agrees = Бір жарияланымның сандары өзара келіседі ({ $release }): басылғандай шыққан қосынды мен бөлінді саны – { $tests }.
arithmetic-agrees-options = Барлық нұсқаның дауыстары { $sum } болады, жарамды дауыстар да осылай басылған.
arithmetic-agrees-voted = { $valid } жарамды және { $invalid } жарамсыз бюллетень қосылып { $voted } болады, дауыс бергендер саны да осылай басылған.
arithmetic-agrees-turnout = { $registered } сайлаушының { $voted } – бұл { $computed }; басылғаны: { $printed }.
arithmetic-agrees-share = { $option }: { $votes } дауыс, негізі { $whole } { $base } – бұл { $computed }; басылғаны: { $printed }.
arithmetic-agrees-shares = Барлық нұсқаның ({ $options }) басылған үлестері қосылып { $sum } болады, яғни дөңгелектеуді ескергенде 100 %.
arithmetic-caveat-agrees = Жарияланым сандарының өзара келісуі олардың қайдан шыққанын айтпайды.

arithmetic-excludes-options = Екі сан бірін-бірі жоққа шығарады ({ $release }): барлық нұсқаның дауыстары { $sum } болады, ал жарамды дауыс { $valid } деп басылған.
arithmetic-excludes-voted = Екі сан бірін-бірі жоққа шығарады ({ $release }): { $valid } жарамды және { $invalid } жарамсыз бюллетень қосылып { $sum } болады, ал дауыс бергендер { $voted } деп басылған.
arithmetic-excludes-valid = Екі сан бірін-бірі жоққа шығарады ({ $release }): жарамды дауыс { $valid }, ал дауыс бергендер одан аз деп басылған: { $voted }.
arithmetic-excludes-register = Екі сан бірін-бірі жоққа шығарады ({ $release }): дауыс бергендер { $voted }, бұл тізімдегі { $registered } сайлаушыдан көп.
arithmetic-excludes-turnout = Екі сан бірін-бірі жоққа шығарады ({ $release }): { $registered } сайлаушының { $voted } – бұл { $computed }, ал сайлаушылардың келуі { $printed } деп басылған.
arithmetic-excludes-share = Екі сан бірін-бірі жоққа шығарады ({ $release }): { $option }, { $votes } дауыс, негізі { $whole } { $base } – бұл { $computed }, ал { $printed } деп басылған.
arithmetic-excludes-shares = Басылған үлестер бірін-бірі жоққа шығарады ({ $release }): барлық нұсқаның ({ $options }) үлестері қосылып { $sum } болады.
arithmetic-caveat-excludes = Екеуі де дұрыс бола алмайды; қайсысы жалған және қате қайдан шыққаны бұдан көрінбейді.
arithmetic-papers-fewer = { $valid } жарамды және { $invalid } жарамсыз бюллетень қосылып { $sum } болады, бұл басылған { $voted } дауыс берушіден { $difference } кем ({ $release }).
arithmetic-caveat-papers-fewer = Сайлаушы бюллетенін алып кетуі мүмкін, ал кейбір комиссиялар бюллетень берілгендердің бәрін дауыс берді деп санайды, сондықтан айырма адал болуы мүмкін; оның қайдан шыққаны айтылмайды.

arithmetic-across = { $voted } дауыс берушінің қасында { $printed } келу тұр ({ $release }): басқа жарияланымдағы ({ $other }) { $registered } сайлаушыдан бұл { $computed }; { $printed } болуы үшін шамамен { $needed } адамдық тізім керек.
arithmetic-across-range = { $printed } тізім { $low } мен { $high } аралығында болғанда дұрыс.
arithmetic-caveat-register = Ертерек жарияланым қай тізімді пайдаланғаны белгісіз, сондықтан екі сан бірін-бірі міндетті түрде жоққа шығармайды.

arithmetic-mixed = Әртүрлі жарияланымның сандары қатар тұр ({ $release }): { $option }, { $votes } дауыс және { $share }; бірақ { $share } – басқа жарияланымның үлесі ({ $other }), ал онда { $othervotes } дауыс.
arithmetic-mixed-base = Сол жарияланымның { $whole } дауысының { $votes } дауысы { $computed } болар еді.
arithmetic-mixed-votes = { $votes } дауыс басқа жарияланыммен келіседі: { $release }.
arithmetic-mixed-needed = { $votes } дауыс { $needed } дауыстың { $share } болар еді, ал мұндай санды ешбір жарияланым бермейді.

arithmetic-changed-more-voters = Кейінгі жарияланымда ({ $later }: { $to }) дауыс бергендер ертерек жарияланымдағыдан ({ $earlier }: { $from }) { $difference } артық.
arithmetic-changed-fewer-voters = Кейінгі жарияланымда ({ $later }: { $to }) дауыс бергендер ертерек жарияланымдағыдан ({ $earlier }: { $from }) { $difference } кем.
arithmetic-changed = Екі жарияланымда ({ $earlier }; { $later }) әртүрлі сандар: { $quantities }.
arithmetic-change = { $quantity }: { $from }, кейін { $to }.
arithmetic-change-area = { $area }, { $quantity }: { $from } және { $to }.
arithmetic-caveat-changed = Түннен түпкілікті қорытындыға дейін өскен сан – өзгеріс, ол адал болуы мүмкін; өздігінен ештеңеге қайшы келмейді.
arithmetic-incomplete = Ертерек жарияланым жай ғана толық емес болса, онда дауыс бергендердің { $counted } болған; онда ол жетпеген учаскелерді атауға тиіс, ал олардың сандары айырманы құрауға тиіс.
arithmetic-incomplete-stations = Ертерек жарияланым жай ғана толық емес болса, онда дауыс бергендердің { $counted } болған және { $stations } учаскенің шамамен { $missing } учаскесі жетпеген; жарияланым оларды атауға тиіс, ал олардың сандары айырманы құрауға тиіс.

arithmetic-regions-differ = Екі жарияланымда ({ $earlier }; { $later }) өңірлер бойынша { $compared } санның { $differing } дөңгелектеуден артық ерекшеленеді: { $areas }.
arithmetic-regions-agree = Екі жарияланымда ({ $earlier }; { $later }) өңірлер бойынша барлық { $compared } сан дөңгелектеуді ескергенде келіседі.
arithmetic-caveat-regions = Жарияланымдар әр сағаттікі болуы немесе бірі түзетілген болуы мүмкін; қайсысы дұрыс екенін олардың өзінен айту мүмкін емес.

arithmetic-poll = Сауалнама ({ $release }) { $said } берді ({ $option }), санау – { $official }: айырмасы { $points } пункт. Бұл сандар санау туралы ештеңе шеше алмайды.
arithmetic-poll-line = { $option }: сауалнамада { $said }, санауда { $official }.
arithmetic-caveat-poll = Жауап беруден бас тартқандар жауап бергендерден басқаша дауыс беруі мүмкін; сұралғандар, бас тартқандар және учаскелер саны болмаса, бұл айырманың қателігін айту мүмкін емес.


arithmetic-brief-across = келу { $printed } деп басылған, басқа жарияланымның тізімі бойынша { $computed }
arithmetic-brief-papers-fewer = бюллетень дауыс берушіден { $difference } кем: { $sum } / { $voted }
arithmetic-brief-more-voters = дауыс бергендер { $difference } артық: { $from }, кейін { $to }
arithmetic-brief-fewer-voters = дауыс бергендер { $difference } кем: { $from }, кейін { $to }
arithmetic-brief-changed = { $quantity }: { $from }, кейін { $to }{ $others ->
        [0] {""}
       *[other] ; тағы { $others } сан әртүрлі
    }
arithmetic-brief-regions-differ = өңірлер бойынша { $compared } санның { $differing } әртүрлі: { $areas }
arithmetic-brief-regions-agree = өңірлер бойынша барлық { $compared } сан дөңгелектеуді ескергенде келіседі
arithmetic-brief-poll = { $option }: сауалнама { $said }, санау { $official }; санау туралы ештеңе шешпейді

arithmetic-source-agree = осы жарияланымның басылғандай шығатын қосындылары мен бөлінділері
arithmetic-source-difference = басылған екі санның айырмасы
arithmetic-source-papers-fewer = басылған дауыс берушілер санынан жарамды және жарамсыз бюллетеньдер алынды
arithmetic-source-printed = басылғандай
arithmetic-source-computed = қасында басылған сандардың бөліндісі
arithmetic-source-across = осы жарияланымның дауыс бергендері басқа жарияланымның тізіміне бөлінді
arithmetic-source-register-needed = дауыс бергендер басылған келуге бөлінді
arithmetic-source-base-needed = дауыстар басылған үлеске бөлінді
arithmetic-method-rounding = дөңгелектегенде басылған пайызды беретін барлық тізім
arithmetic-source-changed = екі жарияланым да беретін және дөңгелектеуден артық ерекшеленетін сандар
arithmetic-source-regions = екі жарияланым да беретін өңірлік сандар
arithmetic-source-regions-differing = дөңгелектеуден артық ерекшеленетін өңірлік сандар
arithmetic-source-poll = санаудағы үлестен сауалнамадағы үлес алынды, ең көп ерекшеленетін нұсқа үшін

measure-sums-agreeing = Келісетін қосындылар мен бөлінділер
measure-difference = Айырма
measure-papers-fewer = Бюллетеньдер дауыс берушілерден қанша кем
measure-printed = Басылғаны
measure-computed = Есептелгені
measure-shares-sum = Үлестердің қосындысы
measure-turnout-printed = Басылған келу
measure-turnout-computed = Басқа тізім бойынша келу
measure-register-needed = Осы келуге қажет тізім
measure-base-needed = Осы үлеске қажет негіз
measure-quantities-changed = Өзгерген сандар
measure-voted-difference = Дауыс бергендердің айырмасы
measure-regions-compared = Салыстырылған өңірлік сандар
measure-regions-differing = Ерекшеленетін өңірлік сандар
measure-largest-difference = Ең үлкен айырма

arithmetic-untested = Мұнда салыстыратын ештеңесі жоқ өзге жариялаушылардың мәлімдемелері – { $count }; олар жариялаушыларымен бірге келтірілген.
arithmetic-brief-untested = мұнда тексеруге келмейтін өзгелердің мәлімдемелері: { $count }
arithmetic-untested-line = { $release }: «{ $text }»
arithmetic-untested-noted = { $release }: «{ $text }» { $note }
arithmetic-source-untested = жоғарыдағы тұжырымдарда аталмаған, ұйымдастырушылардан өзге жариялаушылардың мәлімдемелері
arithmetic-caveat-untested = Тексерілмеген мәлімдеменің мұнда тұруы оны растамайды да, теріске шығармайды да.
arithmetic-caveat-visits = Байқаушылардың сандары – олар барған учаскелердің үлесі. Учаскелер жеребемен таңдалмаған, сондықтан мұндай үлес ел бойынша баға бола алмайды.
measure-statements-untested = Тексерілмеген мәлімдемелер
