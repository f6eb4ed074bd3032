### board/count: от результата к тому, кто избран.

board-count-method-plurality = относительное большинство
board-count-method-approval = голосование одобрением
board-count-method-schulze = метод Шульце
board-count-method-majority-judgment = суждение большинства
board-count-method-stv = единый передаваемый голос

board-count-ranked = { $question }: способ подсчёта – { $method } (правила { $rules }); порядок: { $ranking }.
board-count-elected = { $question }: способ подсчёта – { $method } (правила { $rules }); избраны в этом порядке: { $names }.
board-count-elected-tied = { $question }: способ подсчёта – { $method } (правила { $rules }); избраны в этом порядке: { $names }. Мест остаётся незанятыми: { $open }, потому что на них претендуют с равным числом голосов: { $tied }.
board-count-all-tied = { $question }: способ подсчёта – { $method } (правила { $rules }); никто не избран, голосов поровну у следующих: { $tied }. Мест остаётся незанятыми: { $open }.
board-count-elected-open = { $question }: способ подсчёта – { $method } (правила { $rules }); избраны в этом порядке: { $names }. Мест остаётся незанятыми: { $open }: больше никто не назван ни в одном бюллетене.
board-count-nobody = { $question }: способ подсчёта – { $method } (правила { $rules }); никто не избран, потому что ни в одном бюллетене никто не назван.
board-count-unproven = { $question }: способ подсчёта – { $method }; голоса здесь не подсчитаны, потому что результат доски не доказан.
board-count-unsound-log = { $question }: журнал, в котором объявлен способ подсчёта ({ $method }), не прошёл проверку, поэтому способ достоверно не известен.
board-count-two-methods = { $question }: в журнале и в записи о выборах объявлены разные способы подсчёта.
board-count-impossible = { $question }: голоса нельзя подсчитать способом «{ $method }»: { $why }.

board-count-tie-rank = Поровну на месте { $number }: { $names }.
board-count-tie-seats = Поровну голосов при последних местах, которых осталось { $number }: { $names }. Решить должен жребий или второй тур.
board-count-tie-election = Раунд { $number }: больше всего голосов поровну у следующих: { $names }. Первым избирается { $taken }, по правилу K47.
board-count-tie-exclusion = Раунд { $number }: меньше всего голосов поровну у следующих: { $names }. Исключается { $taken }, по правилу K47.

board-count-round-totals = Голоса: { $votes }.
board-count-round-median = Когда у каждого из равных убрано средних оценок: { $removed }, следующая средняя оценка различается: { $grades }.
board-count-row-preferred = Бюллетени, в которых { $name } предпочтительнее других: { $cells }.
board-count-row-paths = Сильнейшие пути от { $name }, с числом бюллетеней за и (против) в слабейшем звене: { $cells }.
board-count-row-grades = { $name }: { $cells }; оценка большинства: { $grade }.
board-count-row-no-grade = { $name }: { $cells }.
board-count-round-stv = Раунд { $number } (квота { $quota }): { $votes }. { $action }
board-count-round-stv-moves = Раунд { $number } (квота { $quota }): { $votes }. { $action } Голоса переходят: { $transfers }.
board-count-stv-unnamed = Исключены, потому что не названы ни в одном бюллетене: { $names }.
board-count-stv-elected = Избран: { $name }, сверх квоты { $surplus }.
board-count-stv-excluded = Исключён: { $name }.
board-count-stv-remaining = Избраны, потому что их осталось не больше, чем мест: { $names }.
board-count-stv-exhausted = никому: { $votes }

board-count-caveat = Что именно об этом способе сообщили избирателям, не доказано, если он указан только в записи о выборах или в журнале: сравните его с тем, что было объявлено.
board-source-count = голоса результата, подсчитанные способом, указанным для вопроса
