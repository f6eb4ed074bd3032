### board/count: нәтижеден кімнің сайланғанына дейін.

board-count-method-plurality = салыстырмалы көпшілік
board-count-method-approval = мақұлдау дауысы
board-count-method-schulze = Шульце әдісі
board-count-method-majority-judgment = көпшілік бағасы
board-count-method-stv = бірыңғай берілетін дауыс

board-count-ranked = { $question }: санау тәсілі – { $method } ({ $rules } ережелері); реті: { $ranking }.
board-count-elected = { $question }: санау тәсілі – { $method } ({ $rules } ережелері); мына ретпен сайланды: { $names }.
board-count-elected-tied = { $question }: санау тәсілі – { $method } ({ $rules } ережелері); мына ретпен сайланды: { $names }. Тағы { $open } орын бос қалады, өйткені оларға мыналардың дауыстары тең: { $tied }.
board-count-all-tied = { $question }: санау тәсілі – { $method } ({ $rules } ережелері); ешкім сайланған жоқ, мыналардың дауыстары тең: { $tied }. Бос қалған орын: { $open }.
board-count-elected-open = { $question }: санау тәсілі – { $method } ({ $rules } ережелері); мына ретпен сайланды: { $names }. Бос қалған орын: { $open }: ешбір бюллетеньде басқа ешкім аталмаған.
board-count-nobody = { $question }: санау тәсілі – { $method } ({ $rules } ережелері); ешкім сайланған жоқ, өйткені ешбір бюллетеньде ешкім аталмаған.
board-count-unproven = { $question }: санау тәсілі – { $method }; дауыстар мұнда саналған жоқ, өйткені тақтаның нәтижесі дәлелденбеген.
board-count-unsound-log = { $question }: санау тәсілі ({ $method }) жарияланған журнал тексеруден өтпеді, сондықтан тәсіл анық емес.
board-count-two-methods = { $question }: журнал мен сайлау туралы жазбада әртүрлі санау тәсілдері жарияланған.
board-count-impossible = { $question }: дауыстарды «{ $method }» тәсілімен санау мүмкін емес: { $why }.

board-count-tie-rank = { $number }-орында тең: { $names }.
board-count-tie-seats = Соңғы орындарға (қалғаны { $number }) дауыстары тең: { $names }. Жеребе немесе қайта дауыс беру шешуі керек.
board-count-tie-election = { $number }-раунд: ең көп дауыс мыналарда тең: { $names }. K47 ережесі бойынша бірінші болып { $taken } сайланады.
board-count-tie-exclusion = { $number }-раунд: ең аз дауыс мыналарда тең: { $names }. K47 ережесі бойынша { $taken } шығарылады.

board-count-round-totals = Дауыстар: { $votes }.
board-count-round-median = Тең болғандардың әрқайсысынан { $removed } орта баға алынғаннан кейін келесі орта баға өзгеше: { $grades }.
board-count-row-preferred = { $name } басқалардан артық көрілген бюллетеньдер: { $cells }.
board-count-row-paths = { $name } нұсқасынан шығатын ең күшті жолдар, ең әлсіз буындағы жақтаған және (қарсы) бюллетеньдер санымен: { $cells }.
board-count-row-grades = { $name }: { $cells }; көпшілік бағасы: { $grade }.
board-count-row-no-grade = { $name }: { $cells }.
board-count-round-stv = { $number }-раунд (квота { $quota }): { $votes }. { $action }
board-count-round-stv-moves = { $number }-раунд (квота { $quota }): { $votes }. { $action } Дауыстар ауысады: { $transfers }.
board-count-stv-unnamed = Ешбір бюллетеньде аталмағандықтан шығарылды: { $names }.
board-count-stv-elected = { $name } сайланды, квотадан { $surplus } артық.
board-count-stv-excluded = { $name } шығарылды.
board-count-stv-remaining = Олар орын санынан көп қалмағандықтан сайланды: { $names }.
board-count-stv-exhausted = ешкімге: { $votes }

board-count-caveat = Сайлаушыларға дәл осы тәсіл айтылғаны дәлелденбеген, егер ол тек сайлау туралы жазбада немесе журналда тұрса: оны жарияланған тәсілмен салыстырыңыз.
board-source-count = сұраққа көрсетілген тәсілмен саналған нәтиже дауыстары
