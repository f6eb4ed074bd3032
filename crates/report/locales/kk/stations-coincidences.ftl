### stations/coincidences: бір ауданның сәйкес келетін учаске жұптары.

coincidences-no-stations = Ешбір ауданда салыстыруға жететіндей үлкен екі учаске жоқ.
coincidences-statement = Бір ауданның барлық нұсқаға берілген дауыстары бірдей учаске жұптары: { $votes }, ал { $votesexpected } күтілер еді (ықтималдығы { $votesp }); тексерілетін тараптың үлесі пайыздың жүзден біріне дейін бірдей жұптар: { $shares }, ал { $sharesexpected } күтілер еді (ықтималдығы { $sharesp }).
coincidences-brief = дауыстары бірдей жұптар { $votes } (күтілгені { $votesexpected }), үлестері бірдей { $shares } (күтілгені { $sharesexpected })
coincidences-caveat-kinds = Бір ауданның ұқсас учаскелері аудан тұтас алғанда күтілетіннен жиірек сәйкес келеді; ортақ учаскесі бар жұптар тәуелсіз емес.
coincidences-caveat-copied = Жұптардың артық болуы қай учаскелер көшірілгенін де, көшірілген-көшірілмегенін де айтпайды; учаске екі рет енгізілген болуы мүмкін.
coincidences-votes = { $district }: барлық нұсқаға берілген дауыстары бірдей { $pairs } жұп, ал { $expected } күтілер еді (барлық ауданды ескергендегі ықтималдығы { $p }).
coincidences-shares = { $district }: үлесі 0,01 %-ға дейін бірдей { $pairs } жұп, ал { $expected } күтілер еді (барлық ауданды ескергендегі ықтималдығы { $p }).

coincidences-source-votes-compared = мұндай учаскелері кемінде екеу болатын аудандардағы 50-ден 20 000-ға дейін дауысы бар учаскелер
coincidences-source-votes = бір ауданның барлық нұсқаға берілген дауыстары бірдей учаске жұптары
coincidences-source-votes-expected = дауыс саны тең жұптар бойынша олардың сәйкес келуінің дәл ықтималдықтарының қосындысы, ауданның Дирихле-мультиномдық үлестірімінде
coincidences-source-p = күтілетін саны бар Пуассон заңының жоғарғы құйрығы
coincidences-source-shares-compared = үлес бөлімі 100-ден 20 000-ға дейінгі учаскелер
coincidences-source-shares = тексерілетін тараптың үлесі 0,01 %-ға дейін бірдей, бір ауданның учаске жұптары
coincidences-source-percents = тексерілетін тараптың үлесі бір ғана бүтін пайыз болатын, бір ауданның учаске жұптары
coincidences-source-shares-expected = жұптар бойынша дөңгелектелген үлестердің сәйкес келуінің дәл ықтималдықтарының қосындысы, ауданның бета-биномдық үлестірімінде
coincidences-source-left-out = дауыстары салыстырылмаған аудандар: есептеу тым ұзаққа созылар еді

measure-stations-votes-compared = Дауыстары салыстырылатын учаскелер
measure-pairs-votes = Дауыстары бірдей жұптар
measure-expected-pairs-votes = Дауыстары бірдей деп күтілетін жұптар
measure-p-pairs-votes = Мұнша жұптың ықтималдығы
measure-stations-shares-compared = Үлестері салыстырылатын учаскелер
measure-pairs-shares = Үлесі 0,01 %-ға дейін бірдей жұптар
measure-expected-pairs-shares = Үлесі бірдей деп күтілетін жұптар
measure-p-pairs-shares = Мұнша жұптың ықтималдығы
measure-pairs-percents = Бүтін пайызы бірдей жұптар
measure-expected-pairs-percents = Бүтін пайызы бірдей деп күтілетін жұптар
measure-districts-left-out = Салыстырылмаған аудандар
