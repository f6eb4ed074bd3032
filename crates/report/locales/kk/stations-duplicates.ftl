### stations/duplicates: екі рет кездескен бірдей сандар.

duplicates-statement = Салыстыруға жететін дауысы бар учаскелер: { $compared }; олардың { $stations } учаскесінде әр нұсқаның дауыстары басқа учаскемен бірдей (топтар: { $groups }); толық бірдей хаттамалар топтары: { $protocols }; қайталанған учаске атаулары: { $repeated }.
duplicates-brief = { $groups ->
        [0] дауыстары тең топ жоқ, хаттамалары тең { $protocols } топ
       *[other] дауыстары тең { $groups } топ, хаттамалары тең { $protocols } топ; кездейсоқ та болады
    }
duplicates-brief-protocols = хаттамалары тең { $protocols } топ; дауыстарды салыстыру мүмкін емес
duplicates-caveat-chance = Учаске көп болса, кейбіреуі кездейсоқ бірдей болады; күтілетін сан тек аудандардың ішінде есептелді, сондықтан қорытынды жасалмайды.
duplicates-caveat-district = Күтілетін сан ауданның сайлаушыларын бірдей деп есептейді; кейбір учаскелерде дауыстың бәрі дерлік бір тарапқа берілсе, кездейсоқ сәйкестік көбейеді.
duplicates-expected = Бір ауданның ішінде барлық дауысы бірдей жұптар: { $pairs }; әр ауданның сайлаушылары бірдей болса, кездейсоқ шамамен { $expected } жұп болар еді.
duplicates-protocol = Толық бірдей хаттама, учаскелер саны { $stations }: { $names }.
duplicates-name = Бірдей атау, жолдар саны { $stations }: { $names }.
duplicates-votes = Әр нұсқаға бірдей дауыс, учаскелер саны { $stations }: { $names }.

duplicates-source-groups = әр нұсқаның дауыстары бірдей учаскелер топтары; кемінде 50 дауысы және дауыс алған кемінде 3 нұсқасы бар учаскелер
duplicates-source-in-groups = осы топтардағы учаскелер
duplicates-source-compared = кемінде 50 дауысы және дауыс алған кемінде 3 нұсқасы бар учаскелер
duplicates-source-protocols = хаттаманың барлық саны бірдей учаскелер топтары; кемінде 50 дауысы бар учаскелер
duplicates-source-repeated = бірнеше жолда кездесетін атаулар, барлық аумағымен қоса
duplicates-source-rows = осындай атауы бар жолдардың біріншісінен басқасы
duplicates-source-pairs = бір ауданның әр нұсқаға дауысы бірдей учаскелер жұптары
duplicates-source-expected = ауданның сайлаушылары бірдей болғанда күтілетін осындай жұптар саны

measure-stations-in-groups = Дауыстары бірдей топтардағы учаскелер
measure-stations-compared = Салыстырылған учаскелер
measure-protocol-groups = Бірдей хаттамалар топтары
measure-repeated-ids = Қайталанған атаулар
measure-repeated-rows = Атауы қайталанған жолдар
measure-pairs-in-district = Аудан ішіндегі бірдей жұптар
measure-expected-pairs-in-district = Аудан ішінде күтілетін бірдей жұптар
