### stations/totals: учаскелер нәтижелерінің қосындысы.

totals-statement = Учаскелер: { $stations }; сайлаушылардың келуі { $turnout }; { $leader }: { $votes } дауыс, { $base } { $share }.
totals-statement-no-turnout = Учаскелер: { $stations }; { $leader }: { $votes } дауыс, { $base } { $share }; кестеде сайлаушылардың келуі көрсетілмеген.
totals-statement-votes = Учаскелер: { $stations }; { $leader }: { $votes } дауыс; үлесті есептейтін негіз жоқ.

totals-base-ballots = жәшіктердегі барлық бюллетеньнің, жарамсыздарын қоса,
totals-base-valid = жарамды дауыстардың

totals-brief = келуі { $turnout }; { $leader }: { $base } { $share }
totals-brief-no-turnout = { $leader }: { $base } { $share }; кестеде келу жоқ
totals-brief-votes = { $leader }: { $votes } дауыс; үлесті есептейтін негіз жоқ
totals-brief-base-ballots = барлық бюллетеньнің
totals-brief-base-valid = жарамды дауыстардың

totals-caveat-arithmetic = Бұл – жарияланған сандардың қосындысы; ол жолдардың өзі дұрыс екенін білдірмейді.
totals-caveat-denominators = Мұнда үлестер { $base } үлесі ретінде алынды; басқа негізден алынған үлеспен салыстыруға болмайды.

totals-option = { $option }: { $votes } дауыс, { $share }.
totals-left-out = Кестеге { $rows } жол кірмеді: { $reason } (біріншісі – { $first }-жол).
totals-cells-unknown = Мәні белгісіз деп алынған ұяшықтар саны { $cells }: { $reason } (біріншісі – { $first }-жолда); жолдардың өзі кестеде бар.
totals-proof-holds = Оқудың тексерілуі: { $sum } – екі жағы да белгілі барлық { $tested } жолда орындалады.
totals-proof-fails = Оқудың тексерілуі: { $sum } – { $tested } жолдың { $failing } жолында орындалмайды.

totals-proof-by-construction = Тексеру емес: { $sum } – кесте не десе де, баған картасының құрылуынан-ақ орындалады.

totals-source-stations = кестенің жолдары
totals-source-registered = тізімдердегі сайлаушылардың қосындысы
totals-source-issued = берілген бюллетеньдердің қосындысы
totals-source-ballots = жарамды және жарамсыз бюллетеньдердің қосындысы, жарамсыздары көрсетілмесе – жәшіктердегі бюллетеньдердің қосындысы
totals-source-valid = жарамды дауыстардың қосындысы, ондай баған болмаса – барлық нұсқаға берілген дауыстардың қосындысы
totals-source-leader-votes = тексерілетін тарапқа берілген дауыстардың қосындысы
totals-source-turnout-issued = берілген бюллетеньдер тізімдегі сайлаушылар санына бөлінді
totals-source-turnout-ballots = жәшіктердегі бюллетеньдер тізімдегі сайлаушылар санына бөлінді
totals-source-share-ballots = тексерілетін тараптың дауыстары жәшіктердегі барлық бюллетеньге бөлінді
totals-source-share-valid = тексерілетін тараптың дауыстары жарамды дауыстарға бөлінді
totals-caveat-unpaired = Қатысу { $turnout } учаскесіз, үлес { $share } учаскесіз есептелді: оларда бөліндінің бір жағы белгісіз.
totals-no-votes = Кестеде { $stations } учаскеде қанша адам дауыс бергені айтылған, кімге бергені айтылмаған; тек қосындыларын тексеруге болды.
