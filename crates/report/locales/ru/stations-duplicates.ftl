### stations/duplicates: одни и те же числа дважды.

duplicates-statement = Участков, где голосов достаточно для сравнения: { $compared }; из них голоса за каждый вариант совпадают с другим участком у { $stations } (групп: { $groups }); групп совпавших целиком протоколов: { $protocols }; повторяющихся названий участков: { $repeated }.
duplicates-brief = { $groups ->
        [0] равных голосов нет; равные протоколы: { $protocols }
       *[other] равные голоса: групп { $groups }; равные протоколы: { $protocols }; бывает и случайно
    }
duplicates-brief-protocols = равные протоколы: групп { $protocols }; голоса сравнить нельзя
duplicates-caveat-chance = Среди многих участков некоторые совпадают случайно; ожидаемое число вычислено только внутри районов, поэтому вывода нет.
duplicates-caveat-district = Ожидание считает избирателей района одинаковыми; где на части участков почти все голосуют за одну сторону, случайных совпадений больше.
duplicates-expected = Пар участков одного района, у которых совпали все голоса: { $pairs }; случайно их было бы около { $expected }, если бы избиратели каждого района были одинаковы.
duplicates-protocol = Один и тот же протокол целиком, участков { $stations }: { $names }.
duplicates-name = Одно и то же название, строк { $stations }: { $names }.
duplicates-votes = Одни и те же голоса за каждый вариант, участков { $stations }: { $names }.

duplicates-source-groups = группы участков с одинаковыми голосами за каждый вариант; участки, где не меньше 50 голосов и голоса есть хотя бы у 3 вариантов
duplicates-source-in-groups = участки в этих группах
duplicates-source-compared = участки, где не меньше 50 голосов и голоса есть хотя бы у 3 вариантов
duplicates-source-protocols = группы участков, где равны все числа протокола; участки, где не меньше 50 голосов
duplicates-source-repeated = названия вместе со всеми территориями, которые носят несколько строк
duplicates-source-rows = строки сверх первой с таким названием
duplicates-source-pairs = пары участков одного района с одинаковыми голосами за каждый вариант
duplicates-source-expected = ожидаемое число таких пар, если бы избиратели района были одинаковы

measure-stations-in-groups = Участки в группах с равными голосами
measure-stations-compared = Сравниваемые участки
measure-protocol-groups = Группы равных протоколов
measure-repeated-ids = Повторяющиеся названия
measure-repeated-rows = Строки с чужим названием
measure-pairs-in-district = Равные пары внутри районов
measure-expected-pairs-in-district = Ожидаемые равные пары внутри районов
