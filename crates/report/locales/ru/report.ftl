### Слова самого отчёта: вердикты, единицы, строки протокола, приёмы, заголовки.

## Вердикты

verdict-proven = доказано
verdict-unremarkable = обычно
verdict-anomalous = аномально
verdict-contradicted = опровергнуто
verdict-undecided = не решено

verdict-proven-means = следует из доказательства или из арифметики, которая не может ошибаться
verdict-unremarkable-means = сопоставлено с тем, что дают честные выборы, проверкой, способной заметить отклонение, и не выходит за эти пределы
verdict-anomalous-means = выходит за пределы того, что дают честные выборы, при указанной вероятности ошибки; о причинах само по себе не говорит
verdict-contradicted-means = не может быть верным в том виде, в каком заявлено: два утверждения исключают друг друга
verdict-undecided-means = ничего не утверждается; рядом указана причина

reason-descriptive = только числа
reason-no-null = пока нет мерила
reason-not-identified = причины неразличимы
reason-no-data = нет данных
reason-no-power = проверка слишком слаба
reason-changed = публикации расходятся

reason-descriptive-means = Только числа; ничего не проверялось.
reason-no-null-means = Пока не известно, как это число ведёт себя на выборах, которых никто не оспаривает.
reason-not-identified-means = Данные не позволяют отличить одно возможное объяснение от другого.
reason-no-data-means = В материалах нет столбцов или таблиц, нужных для этой проверки.
reason-no-power-means = Проверка была возможна, но не могла бы заметить отклонение, о котором стоило бы знать.
reason-changed-means = Публикации расходятся, и этому может быть честное объяснение.

whose-organisers = сказано организаторами выборов
whose-third-parties = сказано не организаторами выборов

## Проверки

check-stations-totals = Итоги
check-stations-balance = Суммы внутри протоколов
check-stations-impossible = Невозможные числа
check-stations-duplicates = Повторяющиеся протоколы
check-stations-integers = Целые проценты
check-stations-fingerprint = Явка и доля голосов
check-stations-estimate = Оценка вброшенных бюллетеней
check-stations-comet = Ядро и хвост
check-stations-klimek = Модель Климека
check-stations-mobile = Переносные ящики
check-stations-unused = Неиспользованные бюллетени
check-stations-evidence = Свидетельства по участкам
check-stations-power = Что было бы замечено
check-stations-last-digit = Последние цифры
check-stations-regions = Регионы
check-stations-books = Пачки бюллетеней
check-stations-timeline = Ход явки
check-stations-machines = Подсчёт машиной
check-stations-neighbours = Соседние места
check-stations-coincidences = Совпадения
check-stations-dispersion = Ровные малые числа
check-stations-targets = Районы с заданным числом
check-stations-added = Внесённые в день голосования
check-stations-twins = Участки в одном здании
check-stations-borders = Границы регионов
check-releases-arithmetic = Арифметика публикаций
check-copies-compare = Копии результатов участков
check-copies-addition = Суммы по участкам
check-copies-entries = Ввод копий протоколов
check-copies-three-way = Копии рядом с официальной таблицей
check-copies-over-time = Официальные числа во времени
check-exit-poll-national = Экзит-полл и подсчёт
check-exit-poll-houses = Все экзит-поллы вместе
check-exit-poll-paired = Экзит-полл по участкам
check-forecasts-score = Прогнозы, сделанные заранее
check-quick-count-estimate = Параллельный подсчёт по выборке
check-observers-coverage = Где были наблюдатели
check-observers-answers = Ответы наблюдателей
check-observers-incidents = Сообщения о происшествиях
check-observers-contrast = Участки с наблюдателями и без них
check-bundle-manifest = То ли в комплекте, что подписано
check-bundle-log = Место комплекта в журнале
check-board-archive = Доска как файл
check-board-order = Порядок событий
check-board-setup = Подготовка выборов
check-board-credentials = Ключи избирателей
check-board-trustees = Хранители ключа
check-board-ballots = Бюллетени
check-board-tally = Зашифрованный итог
check-board-shuffles = Перемешивание
check-board-decryption = Расшифровка
check-board-result = Результат
check-board-count = Подсчёт
check-board-derivation = Доска и журнал
check-board-audited-ballot = Вскрытые бюллетени

## Единицы

unit-stations = участки
unit-voters = избиратели
unit-ballots = бюллетени
unit-votes = голоса
unit-fraction = проценты
unit-percentage-points = процентные пункты
unit-standard-deviations = стандартные отклонения
unit-probability = вероятность
unit-groups = группы
unit-regions = регионы
unit-rows = строки
unit-visits = посещения
unit-credentials = ключи избирателей
unit-electronic-ballots = электронные бюллетени
unit-events = события
unit-log-entries = записи журнала
unit-pure = число без единицы

probability-below = меньше { $limit }

## Строки протокола

term-registered = избиратели в списке
term-added = избиратели, внесённые в список в день голосования
term-received = полученные бюллетени
term-issued = выданные бюллетени
term-issued-early = бюллетени, выданные досрочно
term-issued-in-room = бюллетени, выданные в помещении
term-issued-outside = бюллетени, выданные вне помещения
term-requested-outside = заявления о голосовании на дому
term-unused = погашенные неиспользованные бюллетени
term-in-mobile-boxes = бюллетени в переносных ящиках
term-in-fixed-boxes = бюллетени в стационарных ящиках
term-in-boxes = бюллетени во всех ящиках
term-invalid = недействительные бюллетени
term-valid = действительные бюллетени
term-lost = утраченные бюллетени
term-unaccounted = бюллетени, не учтённые при получении
term-certificates-received = полученные открепительные удостоверения
term-certificates-issued = выданные открепительные удостоверения
term-certificates-voted = проголосовавшие по открепительным удостоверениям
term-certificates-unused = погашенные неиспользованные открепительные удостоверения
term-certificates-issued-above = открепительные удостоверения, выданные вышестоящей комиссией
term-certificates-lost = утраченные открепительные удостоверения
term-certificates-unaccounted = неучтённые открепительные удостоверения

## Приёмы

technique-multiple-voting = Многократное голосование
technique-mobile-voting = Нарушения на дому
technique-officials-present = Чиновники на участке
technique-group-voting = Подвоз избирателей
technique-stuffing = Вброс бюллетеней
technique-count = Нарушения при подсчёте
technique-unused-ballots = Лишние бюллетени
technique-administrative-pressure = Давление чиновников

status-checked = проверено
status-partly-checkable = частично
status-not-checkable = не проверить

status-checked-means = Удалось провести все проверки этого приёма, какие есть в adil.
status-partly-checkable-means = Удалось провести часть проверок этого приёма.
status-not-checkable-means = По этим материалам нельзя провести ни одной проверки этого приёма.

## Чего нет в материалах

need-stations = результаты по участкам
need-column = столбец «{ $column }»
need-regions = регион каждого участка
need-releases = вторая публикация итогов тех же выборов
need-register-with-birth-dates = список избирателей с датами рождения
need-certificates-by-origin = открепительные удостоверения по участкам, где они выданы
need-applications-for-home-voting = заявления о голосовании на дому
need-results-by-box = результаты по каждому ящику
need-observers-reports = отчёты наблюдателей
need-turnout-by-hour = явка по часам
need-coordinates = координаты участков
need-counted-by-machine = на каких участках считала машина
need-protocol-copies = копии протоколов у наблюдателей
need-printing-lots = партии и номера отпечатанных бюллетеней
need-other-elections = результаты других выборов на тех же участках
need-board = электронная доска бюллетеней
need-board-result = результат на электронной доске бюллетеней
need-log = журнал, по которому составлена доска
need-credentials-handed-out = запись о том, кому какой ключ избирателя выдан
need-voters-statements = заявления избирателей и наблюдателей
need-paper = избирательный участок (голосование было электронным)

## Терминал

terminal-inputs = { $files ->
    [one] { $files } файл
    [few] { $files } файла
   *[other] { $files } файлов
}
terminal-rows = { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[other] { $rows } строк
}
terminal-seed = зерно { $seed }
terminal-parts = части ({ $count }): { $names }
terminal-more = и ещё { $count }
terminal-more-bars = и ещё { $count }: --html ФАЙЛ
terminal-unit = { $title } ({ $unit })
terminal-needs = нет: { $needs }
terminal-whole-report = Числа, основания и чего нельзя заключить: --html ФАЙЛ или --json.

exit-contradicted = Код завершения 1 — это результат: утверждение организаторов опровергнуто.
exit-clear = Ни одно утверждение организаторов выборов не опровергнуто: код завершения 0.

count-findings = { $count ->
    [one] { $count } вывод
    [few] { $count } вывода
   *[other] { $count } выводов
}

## Страница

page-contents = Содержание
page-summary = Коротко
page-questions = Вопросы
question-silent = В материалах нет ничего, что могли бы посмотреть { $check }.
question-technique = { $technique }: { $status }.
question-technique-lacks = { $technique }: { $status }; не хватает: { $needs }.
question-source = Источник: { $source }
page-coverage = Что удалось проверить
page-findings = Что обнаружено
page-methods = Как устроены проверки
page-inputs = Прочитанные файлы
page-reproduce = Как получить такой же отчёт
page-verdicts = Что означают вердикты

page-kind = Проверка материалов выборов
page-date = Дата выборов
page-files = Прочитано файлов
page-rows = Прочитано строк
page-data-rows = строк данных: { $rows }
page-no-alarm = Здесь ничего не опровергнуто и нет аномального. Это не доказывает, что всё в порядке: посмотрите, что проверить не удалось.
page-some-alarm = Вердикт говорит о том, что показывают числа. Почему они таковы, предстоит выяснить людям.
page-more-sentences = Остальные — ниже.
page-undecided = Не решено: числа без вердикта
page-undecided-caption = Главное число каждой проверки и почему по нему нет вердикта
page-check = Проверка
page-reason = Почему нет вердикта

page-coverage-caption = Восемь приёмов, описанных наблюдателями, и насколько эти материалы позволяют проверить каждый
page-technique = Приём
page-status = Насколько
page-checks = Проведённые проверки
page-needs = Что позволило бы проверить больше
page-nothing = нет

page-caveats = Чего из этого нельзя заключить
page-numbers = Числа
page-numbers-caption = Числа этого вывода и по чему вычислено каждое
page-number = Число
page-value = Значение
page-unit = Единица
page-interval = Интервал
page-source = По чему вычислено
page-interval-range = от { $low } до { $high }
page-interval-level = { $level }: { $method }
page-evidence = На чём это основано
page-place-row = { $input }, строка { $row }
page-place-column = столбец { $column }
page-statements = Утверждения
page-statement-source = источник
page-parts = Части страны
page-parts-caption = Выводы о регионах и участках
page-part = Регион или участок
page-verdict = Вердикт
page-finding = Вывод
page-method-link = Как устроена эта проверка
page-recheck = Как проверить это, не доверяя adil?
page-side = Проверяемая сторона: { $side }
page-event = Событие: { $event }
page-tracker = Трекер: { $tracker }

page-inputs-caption = Все прочитанные файлы и их отпечатки
page-path = Файл
page-size = Размер
page-bytes = байт: { $bytes }
page-digest = отпечаток SHA-256
page-reproduce-text = adil { $version } даёт такой же отчёт, байт в байт, по файлам с этими отпечатками и зерну { $seed } на любом числе процессоров.
page-disclaimer = adil сообщает, что показывают числа. Он не говорит, почему они таковы, и никогда не складывает противоречия, аномалии и оценки в одно число.

## Рисунки

figure-data = Данные этого рисунка
figure-name = Название
figure-marked = целые проценты
figure-shaded = выделенный промежуток
figure-clipped = { $count } при { $place }, за пределами шкалы
figure-scale = Оттенки, логарифмическая шкала: { $unit }
figure-size = Площадь круга: { $what }
figure-grid-coarse = Сложено в более крупные клетки, { $columns } на { $rows }; показаны только непустые.
figure-histogram-full = Столбики, пустые во всех рядах, опущены.
figure-extremes = На рисунке подписаны точки, самые далёкие от середины.
figure-share = Доля
figure-hundred = { $count } ({ $what }) = 100 %
figure-set-off = отмечено
figure-bars-scale = Самая длинная полоса — наибольшее число.
figure-map-shades = Оттенки: { $what }
figure-map-projection = Равные площади на местности равны и на рисунке (равновеликая азимутальная проекция Ламберта с центром { $latitude }, { $longitude }); контуры упрощены.
figure-map-no-outline = Территорий, которых нет на карте (они только в таблице под рисунком): { $areas }
figure-map-unknown = Названий на карте, которым не подходит ни одна территория таблицы или подходит несколько (они не нарисованы): { $count } ({ $names })
figure-map-more-points = Участков, не показанных на рисунке: { $stations }
figure-map-far = Далеко от остальных, только в таблице под рисунком: { $points }
figure-kilometres = { $distance } км
figure-north = с. ш.
figure-south = ю. ш.
figure-east = в. д.
figure-west = з. д.

event-done = состоялось
event-wrong = неверно
event-to-come = ещё предстоит
