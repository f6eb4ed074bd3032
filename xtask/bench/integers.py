"""The published recipe for whole percentages by simulation: the peer of `stations/integers` in `cargo xtask bench`.

Each station redraws the leader's votes from Bin(ballots, leader / ballots) and the ballots given out from
Bin(registered, given / registered), 1,000 times; the excess is the observed number of stations with a whole percentage
less the mean of the draws (definitions: docs/methods/stations/integers.md).
"""

import csv
import io
import sys
import zipfile

import numpy as np


def read(path):
    archive = zipfile.ZipFile(path)
    text = io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8")
    rows = csv.reader(text)
    header = next(rows)
    column = lambda *parts: [i for i, name in enumerate(header) if all(part in name for part in parts)]
    voters = [i for i in column("в спис") if "юллетен" not in header[i]][0]
    given = column("бюллетеней, выданных")
    valid = column("ействительных", "юллетен")
    leader = [i for i, name in enumerate(header) if "ЕДИНАЯ РОССИЯ" in name or "Путин" in name or "Медведев" in name][0]
    table = np.array([[int(row[voters]), sum(int(row[i]) for i in given), sum(int(row[i]) for i in valid), int(row[leader])] for row in rows])
    return table.T


def is_integer(part, whole):
    percent = 100.0 * part / whole
    return np.abs(percent - np.round(percent)) <= 0.05


def main():
    voters, given, received, leader = read(sys.argv[1])
    kept = (received > 0) & (voters >= 100)
    voters, given, received, leader = (x[kept] for x in (voters, given, received, leader))
    kept = (given <= 0.99 * voters) & (leader <= 0.99 * received)
    voters, given, received, leader = (x[kept] for x in (voters, given, received, leader))
    observed = int(np.sum(is_integer(given, voters) | is_integer(leader, received)))
    random = np.random.RandomState(42)
    counts = []
    for _ in range(1000):
        result = is_integer(random.binomial(received, leader / received), received)
        turnout = is_integer(random.binomial(voters, given / voters), voters)
        counts.append(np.sum(result | turnout))
    print(observed, observed - np.mean(counts), np.std(counts))


if __name__ == "__main__":
    main()
