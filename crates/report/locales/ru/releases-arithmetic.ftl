### releases/arithmetic: каждый выпуск против себя самого и против других.

arithmetic-release = { $status }, { $publisher }
arithmetic-release-at = { $status }, { $publisher }, { $time }
arithmetic-status-before = до голосования
arithmetic-status-exit-poll = экзит-полл
arithmetic-status-night = ночь выборов
arithmetic-status-preliminary = предварительный итог
arithmetic-status-final = окончательный итог
arithmetic-status-copy = позднейшая копия
arithmetic-status-quoted = чужие слова

arithmetic-quantity-registered = избиратели в списках
arithmetic-quantity-voted = проголосовавшие
arithmetic-quantity-valid = действительные голоса
arithmetic-quantity-invalid = недействительные бюллетени
arithmetic-quantity-stations = участки
arithmetic-quantity-votes = голоса: { $option }
arithmetic-quantity-turnout = явка
arithmetic-quantity-share = доля: { $option }
arithmetic-quantity-other = { $name }

arithmetic-base-valid = действительных голосов
arithmetic-base-voted = проголосовавших

arithmetic-agrees = Числа одного выпуска согласны между собой ({ $release }): сумм и частных, которые выходят как напечатано, – { $tests }.
arithmetic-agrees-options = Голоса за все варианты складываются в { $sum } – столько действительных и напечатано.
arithmetic-agrees-voted = Действительные ({ $valid }) и недействительные ({ $invalid }) бюллетени складываются в { $voted } – столько проголосовавших и напечатано.
arithmetic-agrees-turnout = { $voted } из { $registered } избирателей – это { $computed }; напечатано: { $printed }.
arithmetic-agrees-share = { $option }: { $votes } голосов из { $whole } { $base } – это { $computed }; напечатано: { $printed }.
arithmetic-agrees-shares = Напечатанные доли всех вариантов (их { $options }) складываются в { $sum }, то есть в 100 % с точностью до округления.
arithmetic-caveat-agrees = То, что числа выпуска согласны между собой, не говорит, откуда они взялись.

arithmetic-excludes-options = Два числа исключают друг друга ({ $release }): голоса за все варианты складываются в { $sum }, а действительных напечатано { $valid }.
arithmetic-excludes-voted = Два числа исключают друг друга ({ $release }): действительных { $valid } и недействительных { $invalid } – вместе { $sum }, а проголосовавших напечатано { $voted }.
arithmetic-excludes-valid = Два числа исключают друг друга ({ $release }): действительных голосов { $valid } – больше, чем напечатано проголосовавших: { $voted }.
arithmetic-excludes-register = Два числа исключают друг друга ({ $release }): проголосовало { $voted } – больше, чем избирателей в списках: { $registered }.
arithmetic-excludes-turnout = Два числа исключают друг друга ({ $release }): { $voted } из { $registered } избирателей – это { $computed }, а напечатана явка { $printed }.
arithmetic-excludes-share = Два числа исключают друг друга ({ $release }): { $option }, { $votes } голосов из { $whole } { $base } – это { $computed }, а напечатано { $printed }.
arithmetic-excludes-shares = Напечатанные доли исключают друг друга ({ $release }): у всех вариантов вместе (их { $options }) выходит { $sum }.
arithmetic-caveat-excludes = Оба числа верны быть не могут; какое из них ложно и откуда ошибка, из этого не следует.
arithmetic-papers-fewer = Действительных бюллетеней { $valid } и недействительных { $invalid }, вместе { $sum } – на { $difference } меньше, чем напечатано проголосовавших: { $voted } ({ $release }).
arithmetic-caveat-papers-fewer = Избиратель может унести бюллетень, а иные комиссии считают проголосовавшими всех, кому бюллетень выдан, поэтому разность может быть честной; откуда она взялась, не сказано.

arithmetic-across = Явка { $printed } рядом с числом проголосовавших { $voted } ({ $release }): от { $registered } избирателей другого выпуска ({ $other }) это { $computed }; для { $printed } нужен список примерно в { $needed }.
arithmetic-across-range = { $printed } верно при списке от { $low } до { $high }.
arithmetic-caveat-register = Каким списком пользовался ранний выпуск, неизвестно, поэтому числа не обязательно исключают друг друга.

arithmetic-mixed = Рядом стоят числа разных выпусков ({ $release }): { $option }, { $votes } голосов и { $share }; но { $share } – доля из другого выпуска ({ $other }), а в нём голосов { $othervotes }.
arithmetic-mixed-base = { $votes } из { $whole } голосов того выпуска – это было бы { $computed }.
arithmetic-mixed-votes = Число голосов { $votes } согласуется с другим выпуском: { $release }.
arithmetic-mixed-needed = { $votes } голосов были бы { $share } от { $needed } голосов, а такого числа ни один выпуск не даёт.

arithmetic-changed-more-voters = Проголосовавших на { $difference } больше в позднем выпуске ({ $later }: { $to }), чем в раннем ({ $earlier }: { $from }).
arithmetic-changed-fewer-voters = Проголосовавших на { $difference } меньше в позднем выпуске ({ $later }: { $to }), чем в раннем ({ $earlier }: { $from }).
arithmetic-changed = Между двумя выпусками ({ $earlier }; { $later }) различаются числа: { $quantities }.
arithmetic-change = { $quantity }: { $from }, затем { $to }.
arithmetic-change-area = { $area }, { $quantity }: { $from } и { $to }.
arithmetic-caveat-changed = Число, которое растёт от ночи к окончательному итогу, изменилось, и это может быть честно; само по себе оно ничему не противоречит.
arithmetic-incomplete = Если ранний выпуск был просто неполон, в нём было { $counted } проголосовавших; тогда он должен назвать недостающие участки, а их числа – составить разницу.
arithmetic-incomplete-stations = Если ранний выпуск был просто неполон, в нём было { $counted } проголосовавших и недоставало около { $missing } из { $stations } участков; выпуск должен их назвать, а их числа – составить разницу.

arithmetic-regions-differ = { $differing } из { $compared } чисел по регионам расходятся в двух публикациях ({ $earlier }; { $later }) сильнее, чем от округления: { $areas }.
arithmetic-regions-agree = Все числа по регионам ({ $compared }) согласны в двух публикациях ({ $earlier }; { $later }) с точностью до округления.
arithmetic-caveat-regions = Публикации могут быть за разные часы, или одну исправили; какая верна, по ним самим сказать нельзя.

arithmetic-poll = Опрос ({ $release }) дал { $said } ({ $option }), подсчёт – { $official }: расхождение в пунктах { $points }. О подсчёте эти числа ничего решить не могут.
arithmetic-poll-line = { $option }: { $said } в опросе, { $official } в подсчёте.
arithmetic-caveat-poll = Кто отказался отвечать, мог голосовать иначе, чем ответившие; без числа опрошенных, отказов и участков погрешность этой разницы назвать нельзя.


arithmetic-brief-across = явка { $printed } напечатана, { $computed } по списку другого выпуска
arithmetic-brief-papers-fewer = бюллетеней на { $difference } меньше, чем проголосовавших: { $sum } из { $voted }
arithmetic-brief-more-voters = проголосовавших на { $difference } больше: { $from }, затем { $to }
arithmetic-brief-fewer-voters = проголосовавших на { $difference } меньше: { $from }, затем { $to }
arithmetic-brief-changed = { $quantity }: { $from }, затем { $to }{ $others ->
        [0] {""}
       *[other] ; других различий: { $others }
    }
arithmetic-brief-regions-differ = расходятся { $differing } из { $compared } чисел по регионам: { $areas }
arithmetic-brief-regions-agree = все числа по регионам ({ $compared }) согласны с точностью до округления
arithmetic-brief-poll = { $option }: опрос { $said }, подсчёт { $official }; о подсчёте не решает ничего

arithmetic-source-agree = суммы и частные этого выпуска, которые выходят как напечатано
arithmetic-source-difference = разность двух напечатанных чисел
arithmetic-source-papers-fewer = напечатанное число проголосовавших за вычетом действительных и недействительных бюллетеней
arithmetic-source-printed = как напечатано
arithmetic-source-computed = частное чисел, напечатанных рядом
arithmetic-source-across = проголосовавшие этого выпуска, делённые на список избирателей другого
arithmetic-source-register-needed = проголосовавшие, делённые на напечатанную явку
arithmetic-source-base-needed = голоса, делённые на напечатанную долю
arithmetic-method-rounding = все списки, при которых после округления выходит напечатанный процент
arithmetic-source-changed = числа, которые дают оба выпуска и которые расходятся сильнее, чем от округления
arithmetic-source-regions = числа по регионам, которые дают обе публикации
arithmetic-source-regions-differing = числа по регионам, которые расходятся сильнее, чем от округления
arithmetic-source-poll = доля в подсчёте минус доля в опросе, для варианта с наибольшим расхождением

measure-sums-agreeing = Сходящиеся суммы и частные
measure-difference = Разность
measure-papers-fewer = На сколько бюллетеней меньше, чем проголосовавших
measure-printed = Напечатано
measure-computed = Вычислено
measure-shares-sum = Сумма долей
measure-turnout-printed = Напечатанная явка
measure-turnout-computed = Явка по другому списку
measure-register-needed = Список, нужный для этой явки
measure-base-needed = Основание, нужное для этой доли
measure-quantities-changed = Изменившиеся числа
measure-voted-difference = Разность проголосовавших
measure-regions-compared = Сравнённые числа по регионам
measure-regions-differing = Разошедшиеся числа по регионам
measure-largest-difference = Наибольшее расхождение

arithmetic-untested = Утверждения других издателей, которые здесь не с чем сопоставить, числом { $count }, приведены с указанием издателей.
arithmetic-brief-untested = чужие утверждения, которые здесь нечем проверить: { $count }
arithmetic-untested-line = { $release }: «{ $text }»
arithmetic-untested-noted = { $release }: «{ $text }» { $note }
arithmetic-source-untested = утверждения издателей, кроме организаторов, не упомянутые в выводах выше
arithmetic-caveat-untested = То, что непроверенное утверждение приведено здесь, не подтверждает и не опровергает его.
arithmetic-caveat-visits = Цифры наблюдателей – доли от посещённых ими участков. Участки не выбирались по жребию, поэтому такая доля не является оценкой для страны.
measure-statements-untested = Непроверенные утверждения
