sample-totals = По данным { $stations } участков, в списках { $registered } избирателей; явка { $turnout }, доля { $side } среди бюллетеней { $share }.
sample-balance = Все суммы сходятся во всех строках ({ $rows }): таблица согласована сама с собой.
sample-impossible = { $stations ->
    [one] На { $stations } участке
   *[other] На { $stations } участках
} в ящиках больше бюллетеней, чем было выдано; объявленный итог их учитывает.
sample-duplicates = Групп участков с одинаковым числом голосов за каждый вариант: { $groups }.
sample-integers = На целых процентах явки или доли лежит на { $excess } участка больше, чем даёт случай ({ $observed } против { $expected }); вероятность получить столько же случайно — { $p }.
sample-region = На целых процентах лежит на { $excess } участка этого региона больше, чем даёт случай.
sample-fingerprint = Явка и доля растут по участкам вместе: их корреляция { $r }.
sample-comet = Ядро лежит при явке { $turnout }; сверх его пропорции — { $votes } голосов. На выборах, которых никто не оспаривает, та же арифметика даёт от { $low } до { $high } голосов победителя.
sample-klimek = Два параметра модели оцениваются как { $fi } и { $fe }.
sample-no-column = В таблице нет того, что нужно этой проверке ({ $column }).
sample-last-digit = Последние цифры чисел распределены так же ровно, как на признанных выборах (p = { $p }).
sample-regions = По { $regions } регионам корреляция явки и доли { $side } равна { $r }.
sample-quoted = По голосам, которые приводит сама газета, её { $stated } — это { $true }.
sample-caveat-cause = Это не говорит, почему числа таковы: их дают также округление, малые участки и честные различия между местами.
sample-caveat-count = Это не подсчёт чего-либо: ни участков, где что-то было не так, ни голосов.
sample-row = На { $percent } лежит { $stations } участков, а случай даёт { $expected }.
sample-source = вычислено по всем участкам, где в списке не менее { $voters } избирателей
sample-method = бутстрэп по округам
sample-turnout = явка
sample-share = доля проверяемой стороны
sample-stations = участки
sample-votes = голоса
sample-side = проверяемая сторона
sample-others = все остальные
sample-chance = что даёт случай
sample-correlation = корреляция
sample-figure-turnout = Участки по явке
sample-figure-turnout-text = Число участков в каждом столбике шириной 0,1 пункта явки. Столбики при целых процентах отмечены.
sample-figure-grid = Явка и доля
sample-figure-grid-text = В каждой клетке — избиратели участков с такой явкой и долей.
sample-figure-lines = Голоса по явке
sample-figure-lines-text = Голоса за проверяемую сторону и за всех остальных на участках с каждой явкой.
sample-figure-scatter = Регионы
sample-figure-scatter-text = Явка и доля в каждом регионе.
sample-voters = избиратели в списках
sample-totals-brief = явка { $turnout }
sample-fingerprint-brief = корреляция явки и доли { $r }
sample-comet-brief = сверх пропорции ядра { $votes } млн голосов; на признанных выборах от { $low } до { $high } голосов победителя
