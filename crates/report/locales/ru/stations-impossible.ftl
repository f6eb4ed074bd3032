### stations/impossible: порядок, который нельзя нарушить.

impossible-no-data = В таблице нет двух столбцов, из которых один не может превышать другого; нужен столбец: { $column }.
impossible-none = Ни в одной из { $tested } проверенных строк число не превышает того, больше которого оно быть не может (таких правил { $orders }).
impossible-clerical = В { $failing } из { $tested } строк ({ $rate }) число больше того, которого оно не должно превышать: не чаще, чем на выборах, чьи итоги были признаны.
impossible-beyond = В { $failing } из { $tested } строк ({ $rate }) стоят числа, которые не могут быть верны вместе: больше, чем оставляют описки на выборах, чьи итоги были признаны.
impossible-open = В { $failing } из { $tested } строк ({ $rate }) число больше того, которого оно не должно превышать: чаще, чем на выборах, чьи итоги были признаны. Противоречия в этом нет: { $why }.

impossible-brief = выше предела { $failing } из { $tested } строк ({ $rate }), не чаще, чем на признанных выборах
impossible-brief-open = выше предела { $failing } из { $tested } строк ({ $rate }); не противоречие: { $why }

impossible-caveat-none = Система, которая не принимает невозможных протоколов, не оставляет их и для проверки; о подсчёте это не говорит ничего.
impossible-caveat-some = В этих строках одно из двух опубликованных чисел неверно; какое и почему – не сказано. Такая строка может входить и в несходящиеся суммы: складывать эти числа нельзя.
impossible-caveat-additions = Таблица не говорит, сколько избирателей внесли в список в день голосования, поэтому явка выше 100 % может быть честной.
impossible-added-on-the-day = избирателей могли внести в список в день голосования

impossible-above-register = проголосовавших больше, чем в напечатанном списке
impossible-above-register-and-added = проголосовавших больше, чем в списке вместе с внесёнными в день голосования
impossible-box-above-issued = в ящиках больше бюллетеней, чем выдано
impossible-votes-above-box = голосов и недействительных бюллетеней больше, чем бюллетеней в ящиках
impossible-votes-above-issued = голосов и недействительных бюллетеней больше, чем выдано бюллетеней
impossible-leader-above-ballots = голосов за проверяемую сторону больше, чем действительных голосов
impossible-mobile-above-issued = в переносных ящиках больше бюллетеней, чем выдано вне помещения и досрочно
impossible-mobile-above-requested = в переносных ящиках больше бюллетеней, чем заявлений о голосовании на дому и досрочных голосов
impossible-outside-above-requested = вне помещения выдано больше бюллетеней, чем подано заявлений
impossible-issued-above-received = выдано больше бюллетеней, чем получено
impossible-unused-above-received = неиспользованных бюллетеней больше, чем получено

impossible-order-holds = { $order }: ни в одной из { $tested } строк.
impossible-order-clerical = { $order }: в { $failing } из { $tested } строк ({ $rate }), всего на { $excess }; от описок известно до { $bound } (точная граница на уровне { $level }).
impossible-order-beyond = { $order }: в { $failing } из { $tested } строк ({ $rate }), всего на { $excess }; от описок известно лишь до { $bound } (точная граница на уровне { $level }).
impossible-order-open = { $order }: в { $failing } из { $tested } строк ({ $rate }), всего на { $excess }; на признанных выборах известно до { $bound } (точная граница на уровне { $level }). Противоречия в этом нет: { $why }.
impossible-row = { $station }: { $order }, на { $excess }.
impossible-without-register = Участков без собственного списка избирателей: { $stations } (суда, конверты, голоса, посчитанные отдельно); явка там не проверяется.

impossible-source-tested = строки, где можно проверить хотя бы одно правило
impossible-source-failing = строки, где нарушено хотя бы одно правило
impossible-source-order = строки, где { $order }
impossible-source-without-register = строки, где список избирателей пуст или не указан

measure-turnout-above-register = Строки, где проголосовавших больше, чем в списке
measure-box-above-issued = Строки, где в ящиках больше, чем выдано
measure-votes-above-box = Строки, где голосов больше, чем бюллетеней в ящиках
measure-votes-above-issued = Строки, где голосов больше, чем выдано бюллетеней
measure-leader-above-ballots = Строки, где голосов за проверяемую сторону больше, чем действительных
measure-mobile-above-issued = Строки, где в переносных ящиках больше, чем для них выдано
measure-mobile-above-requested = Строки, где в переносных ящиках больше, чем заявлений
measure-outside-above-requested = Строки, где вне помещения выдано больше, чем заявлений
measure-issued-above-received = Строки, где выдано больше, чем получено
measure-unused-above-received = Строки, где неиспользованных больше, чем получено
measure-stations-without-register = Участки без списка избирателей
