### stations/last-digit

last-digit-statement = Наименее равномерны последние цифры в столбце «{ $column }»: из { $numbers } чисел от 100 и выше на 0 или 5 оканчиваются { $round }, а при равной частоте цифр было бы 20 % (вероятность столь неравномерных цифр, если все равновероятны: { $p }).
last-digit-no-data = Последние цифры не рассматривались: ни в одном столбце нет { $fewest } чисел от 100 и выше.
last-digit-evidence = { $column }: чисел от 100 и выше — { $numbers }, на 0 или 5 оканчиваются { $round } (стандартных отклонений от пятой части: { $z }); вероятность столь неравномерных цифр: { $p }.
last-digit-column-leader = голоса за «{ $leader }»
last-digit-column-others = голоса за всех остальных вместе
last-digit-column-turnout = принявшие участие избиратели
last-digit-source = последние цифры столбца «{ $column }», числа от 100 и выше, в сравнении с равными частотами
last-digit-brief = { $column }: на 0 или 5 – { $round }; поровну 20 %
last-digit-caveat-null = Последние цифры честно сосчитанных чисел почти, но не совсем равномерны, а секретари округляют и без всякой выгоды.
last-digit-caveat-benford = Законы первой и второй цифры (Бенфорда) не применяются: числа с участков ограниченного размера не обязаны им следовать, и их сигналы оказались не лучше случайных.
last-digit-conditional = { $column }, при заданных предыдущих цифрах: среди { $numbers } чисел 0 и 5 вместе отличаются от того, что даёт распределение по районам, на { $z } стандартного отклонения; вероятность столь далёких цифр: { $p }.
last-digit-source-conditional = последние цифры при заданных предыдущих ({ $column }), числа от 100, против бета-биномиального распределения каждого района

measure-chi-square-conditional-leader = Последние цифры при заданных предыдущих: голоса проверяемой стороны, хи-квадрат
measure-p-conditional-leader = … вероятность
measure-round-z-conditional-leader = … 0 и 5 сверх ожидания
measure-chi-square-conditional-others = Последние цифры при заданных предыдущих: голоса всех прочих, хи-квадрат
measure-p-conditional-others = … вероятность
measure-round-z-conditional-others = … 0 и 5 сверх ожидания
measure-chi-square-conditional-turnout = Последние цифры при заданных предыдущих: явка, хи-квадрат
measure-p-conditional-turnout = … вероятность
measure-round-z-conditional-turnout = … 0 и 5 сверх ожидания
