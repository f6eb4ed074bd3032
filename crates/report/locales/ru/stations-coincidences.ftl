### stations/coincidences: совпадающие пары участков одного района.

coincidences-no-stations = Ни в одном районе нет двух участков, достаточно больших для сравнения.
coincidences-statement = Пар участков одного района с одинаковыми голосами за все варианты: { $votes }, а ожидалось бы { $votesexpected } (вероятность { $votesp }); пар с одинаковой до сотой процента долей проверяемой стороны: { $shares }, а ожидалось бы { $sharesexpected } (вероятность { $sharesp }).
coincidences-brief = пар с равными голосами { $votes } (ожидалось { $votesexpected }), с равными долями { $shares } (ожидалось { $sharesexpected })
coincidences-caveat-kinds = Похожие участки одного района совпадают чаще, чем следует из района в целом; пары с общим участком не независимы.
coincidences-caveat-copied = Избыток пар не говорит, какие участки переписаны и переписан ли хоть один; участок мог быть введён дважды.
coincidences-votes = { $district }: пар с одинаковыми голосами за все варианты { $pairs }, а ожидалось бы { $expected } (вероятность { $p } с учётом всех районов).
coincidences-shares = { $district }: пар с одинаковой до 0,01 % долей { $pairs }, а ожидалось бы { $expected } (вероятность { $p } с учётом всех районов).

coincidences-source-votes-compared = участки с числом голосов от 50 до 20 000 в районах, где таких не меньше двух
coincidences-source-votes = пары участков одного района с одинаковыми голосами за все варианты
coincidences-source-votes-expected = сумма по парам с равным числом голосов точных вероятностей совпадения при распределении Дирихле-мультиномиальном по району
coincidences-source-p = верхний хвост закона Пуассона с ожидаемым числом
coincidences-source-shares-compared = участки, где знаменатель доли от 100 до 20 000
coincidences-source-shares = пары участков одного района, где доля проверяемой стороны одинакова до 0,01 %
coincidences-source-percents = пары участков одного района, где доля проверяемой стороны – одно и то же целое число процентов
coincidences-source-shares-expected = сумма по парам точных вероятностей совпадения округлённых долей при бета-биномиальном распределении по району
coincidences-source-left-out = районы, где голоса не сравнивались: вычисление было бы слишком долгим

measure-stations-votes-compared = Участки, голоса которых сравниваются
measure-pairs-votes = Пары с одинаковыми голосами
measure-expected-pairs-votes = Ожидаемые пары с одинаковыми голосами
measure-p-pairs-votes = Вероятность стольких таких пар
measure-stations-shares-compared = Участки, доли которых сравниваются
measure-pairs-shares = Пары с одинаковой до 0,01 % долей
measure-expected-pairs-shares = Ожидаемые пары с одинаковой долей
measure-p-pairs-shares = Вероятность стольких таких пар
measure-pairs-percents = Пары с одинаковым целым процентом
measure-expected-pairs-percents = Ожидаемые пары с одинаковым целым процентом
measure-districts-left-out = Районы, где не сравнивалось
