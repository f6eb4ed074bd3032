# Station results of five Mexican states and a quick count's feed, as CSV: python3 convert.py DATA CACHE
import csv, os, sys
import pyreadr

data, cache = sys.argv[1], sys.argv[2]
os.makedirs(cache, exist_ok=True)

def write(name, header, rows):
    with open(os.path.join(cache, name), "w", newline="") as file:
        csv.writer(file).writerows([header, *rows])

for state in ["chih", "col", "mich", "nay", "zac"]:
    table = next(iter(pyreadr.read_r(os.path.join(data, state + "_2015.rda")).values()))
    options = [column for column in table.columns if column.startswith("CAND")] + ["OTROS"]
    rows = []
    for row in table.to_dict("records"):
        station = "%s %d %s" % (row["CABECERA_DISTRITAL"], row["SECCION_15"], row["CASILLA"])
        register = row["LISTA_NOMINAL_15"]
        register = "" if register != register else int(register)
        rows.append([station, row["estrato_df"], register] + [int(row[option]) for option in options])
    write(state + ".csv", ["station", "stratum", "registered"] + options, rows)

with open(os.path.join(data, "remesas.txt")) as file:
    file.readline()
    feed = list(csv.DictReader(file, delimiter="|"))
rows = []
for row in feed:
    station = " ".join(row[name] for name in ["iD_ESTADO", "SECCION", "TIPO_CASILLA", "ID_CASILLA", "EXT_CONTIGUA"])
    clock = [int(row[name]) for name in ["ANIO", "MES", "DIA", "HORA", "MINUTOS", "SEGUNDOS"]]
    time = "%04d-%02d-%02d %02d:%02d:%02d" % tuple(clock)
    votes = [row[name] for name in ["RAC", "JAMK", "AMLO", "JHRC"]]
    rows.append([station, row["ID_ESTRATO_F"], row["LISTA_NOMINAL"], time] + votes)
write("feed.csv", ["station", "stratum", "registered", "time", "RAC", "JAMK", "AMLO", "JHRC"], rows)
