### stations/fingerprint

fingerprint-statement = По участкам (их { $stations }) корреляция явки и доли голосов за «{ $leader }» равна { $correlation } (1 — возрастающая прямая, 0 — нет связи).
fingerprint-statement-flat = По участкам (их { $stations }) явка или доля голосов за «{ $leader }» не меняется, поэтому корреляции нет.
fingerprint-no-data = Явку нельзя сопоставить с долей: в таблице нет столбца «{ $column }».
fingerprint-no-stations = Явку нельзя сопоставить с долей: столбцы есть, но нет ни одного участка, для которого известны и явка, и доля.
fingerprint-brief = корреляция явки и доли { $correlation }; признанные выборы: от { $low } до { $high }
fingerprint-brief-flat = явка или доля не меняется, корреляции нет
fingerprint-caveat-clean = Сама по себе корреляция не признак нарушений: на признанных выборах она по участкам составляет от { $low } до { $high }.
fingerprint-caveat-diverse = Город и село, регионы и возрастные группы различаются и явкой, и предпочтениями, поэтому хвосты возникают и без нарушений.
fingerprint-source-stations = участки со списком избирателей и долей, каждый учтён один раз
fingerprint-source-correlation = явка и доля по участкам, каждый учтён один раз
fingerprint-source-weighted = явка и доля по участкам, вес участка — число избирателей в списке
fingerprint-figure = Явка и доля голосов за «{ $leader }»
fingerprint-figure-description = Избиратели в списках по явке и доле голосов за «{ $leader }» на их участке, в клетках со стороной в один процентный пункт.
fingerprint-unit-voters = избиратели в списках
fingerprint-axis-turnout = явка
fingerprint-axis-share = доля голосов за «{ $leader }»
fingerprint-axis-votes = голоса
fingerprint-votes = Голоса по явке: «{ $leader }» и остальные
fingerprint-votes-description = Голоса за «{ $leader }» и за всех остальных вместе (недействительные бюллетени — среди остальных, если доли берутся от всех бюллетеней), в столбцах шириной в один процентный пункт явки.
fingerprint-series-leader = { $leader }
fingerprint-series-others = остальные
