### stations/fingerprint

fingerprint-statement = { $stations } учаске бойынша келу мен «{ $leader }» үшін берілген дауыс үлесінің корреляциясы { $correlation } (1 — өспелі түзу, 0 — байланыс жоқ).
fingerprint-statement-flat = { $stations } учаске бойынша келу немесе «{ $leader }» үшін берілген дауыс үлесі өзгермейді, сондықтан корреляция жоқ.
fingerprint-no-data = Келуді дауыс үлесімен салыстыру мүмкін емес: кестеде мына баған жоқ: { $column }.
fingerprint-no-stations = Келуді дауыс үлесімен салыстыру мүмкін емес: бағандар бар, бірақ келуі де, дауыс үлесі де белгілі бірде-бір учаске жоқ.
fingerprint-brief = келу мен үлес корреляциясы { $correlation }; мойындалған сайлауларда { $low } – { $high }
fingerprint-brief-flat = келу немесе үлес өзгермейді, корреляция жоқ
fingerprint-caveat-clean = Корреляция өздігінен бұзушылық белгісі емес: мойындалған сайлауларда ол учаскелер бойынша { $low } мен { $high } аралығында болады.
fingerprint-caveat-diverse = Қала мен ауыл, өңірлер мен жас топтары келуі бойынша да, таңдауы бойынша да әртүрлі, сондықтан құйрық бұзушылықсыз да пайда болады.
fingerprint-source-stations = тізімі мен дауыс үлесі бар учаскелер, әрқайсысы бір рет саналған
fingerprint-source-correlation = учаскелер бойынша келу мен дауыс үлесі, әрқайсысы бір рет саналған
fingerprint-source-weighted = учаскелер бойынша келу мен дауыс үлесі, учаске салмағы — тізімдегі сайлаушылар саны
fingerprint-figure = Келу және «{ $leader }» үшін берілген дауыс үлесі
fingerprint-figure-description = Тізімдегі сайлаушылар өз учаскесінің келуі мен «{ $leader }» үшін берілген дауыс үлесі бойынша, қабырғасы бір пайыздық тармақ болатын ұяшықтарда.
fingerprint-unit-voters = тізімдегі сайлаушылар
fingerprint-axis-turnout = келу
fingerprint-axis-share = «{ $leader }» үшін берілген дауыс үлесі
fingerprint-axis-votes = дауыстар
fingerprint-votes = Келу бойынша дауыстар: «{ $leader }» және қалғандары
fingerprint-votes-description = «{ $leader }» үшін және қалғандарының бәрі үшін берілген дауыстар (үлес барлық бюллетеньнен алынса, жарамсыз бюллетеньдер қалғандарының ішінде), ені келудің бір пайыздық тармағына тең бағандарда.
fingerprint-series-leader = { $leader }
fingerprint-series-others = қалғандары
