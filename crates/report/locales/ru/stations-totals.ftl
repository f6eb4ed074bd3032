### stations/totals: во что складываются результаты участков.

totals-statement = Участков: { $stations }; явка { $turnout }; { $leader }: { $votes } голосов, { $share } от { $base }.
totals-statement-no-turnout = Участков: { $stations }; { $leader }: { $votes } голосов, { $share } от { $base }; явки таблица не даёт.
totals-statement-votes = Участков: { $stations }; { $leader }: { $votes } голосов; долю взять не от чего.

totals-base-ballots = всех бюллетеней в ящиках, включая недействительные
totals-base-valid = действительных голосов

totals-brief = явка { $turnout }; { $leader }: { $share } от { $base }
totals-brief-no-turnout = { $leader }: { $share } от { $base }; явки в таблице нет
totals-brief-votes = { $leader }: голосов { $votes }; долю взять не от чего
totals-brief-base-ballots = всех бюллетеней
totals-brief-base-valid = действительных голосов

totals-caveat-arithmetic = Это сумма опубликованного; она не говорит, что сами строки верны.
totals-caveat-denominators = Доли взяты от { $base }; доля от другого основания с ними несравнима.

totals-option = { $option }: голосов { $votes }, { $share }.
totals-left-out = Не вошли в таблицу строки, числом { $rows }: { $reason } (первая – строка { $first }).
totals-cells-unknown = Ячейки, значение которых считается неизвестным, числом { $cells }: { $reason } (первая – в строке { $first }); сами строки в таблице есть.
totals-proof-holds = Проверка чтения: { $sum } во всех { $tested } строках, где известны обе стороны.
totals-proof-fails = Проверка чтения: { $sum } не выполняется в { $failing } из { $tested } строк.

totals-proof-by-construction = Не проверка: { $sum } выполняется уже по тому, как составлена карта столбцов, что бы ни говорила таблица.

totals-source-stations = строки таблицы
totals-source-registered = сумма избирателей по спискам
totals-source-issued = сумма выданных бюллетеней
totals-source-ballots = сумма действительных и недействительных бюллетеней, а где недействительные не указаны – бюллетеней в ящиках
totals-source-valid = сумма действительных голосов, а где такого столбца нет – голосов за все варианты
totals-source-leader-votes = сумма голосов за проверяемую сторону
totals-source-turnout-issued = выданные бюллетени, делённые на число избирателей в списках
totals-source-turnout-ballots = бюллетени в ящиках, делённые на число избирателей в списках
totals-source-share-ballots = голоса за проверяемую сторону, делённые на все бюллетени в ящиках
totals-source-share-valid = голоса за проверяемую сторону, делённые на действительные голоса
totals-caveat-unpaired = Явка посчитана без { $turnout }, доля – без { $share } участков, где одна из сторон частного неизвестна.
totals-no-votes = Таблица говорит, сколько человек голосовало на { $stations } участках, но не за кого; проверить можно было только её суммы.
