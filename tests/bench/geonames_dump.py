"""Write files in the shape of GeoNames' dumps, of any size: the same bytes for the same number of rows.

    python tests/bench/geonames_dump.py FOLDER ROWS

makes FOLDER/allCountries.txt and FOLDER/alternateNamesV2.txt. Names are made of syllables; the shares of feature classes,
the number and length of names and the spread over countries follow what GeoNames tells of its dump of 2024: 12 million
features, of which 40 % are populated places, and 1.4 alternate names a feature.
"""

import random
import sys
from pathlib import Path

CLASSES = (
    (40, ("P.PPL", "P.PPL", "P.PPL", "P.PPL", "P.PPLX", "P.PPLA3", "P.PPLL", "P.PPLQ")),
    (18, ("H.STM", "H.STM", "H.LK", "H.STMI", "H.SPNG", "H.WLL", "H.STMQ", "H.BAY")),
    (16, ("S.FRM", "S.SCH", "S.CH", "S.HTL", "S.MSQE", "S.AIRF", "S.BUSTP", "S.HSP", "S.BDG")),
    (13, ("T.HLL", "T.MT", "T.MTS", "T.PK", "T.ISL", "T.CAPE", "T.VAL")),
    (5, ("A.ADM3", "A.ADM4", "A.ADMD", "A.PRSH", "A.ADM2H")),
    (5, ("L.LCTY", "L.AREA", "L.PRK", "L.RGN", "L.GRAZ")),
    (2, ("V.FRST", "V.CULT")),
    (1, ("R.RD", "R.RSD", "R.TNL")),
)
COUNTRIES = ("US", "CN", "IN", "NO", "MX", "ID", "RU", "IR", "SY", "UA", "TR", "SD", "MM", "FR", "DE", "BR", "ET", "IQ")
ARABIC = {"SY", "SD", "IQ"}
SYLLABLES = [
    c + v + e
    for c in [
        "b",
        "d",
        "f",
        "g",
        "h",
        "j",
        "k",
        "l",
        "m",
        "n",
        "p",
        "q",
        "r",
        "s",
        "sh",
        "t",
        "th",
        "w",
        "y",
        "z",
        "kh",
        "gh",
        "ch",
        "br",
        "st",
    ]
    for v in "aeiou"
    for e in ("", "r", "n", "l")
]
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
CYRILLIC_LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"
FIRST_ID = 100_000


def name(rng: random.Random) -> str:
    words = [
        "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()
        for _ in range(rng.choice((1, 1, 2)))
    ]
    return " ".join(words)


def foreign(rng: random.Random, letters: str) -> str:
    return "".join(rng.choice(letters) for _ in range(rng.randint(4, 9)))


def alternates(rng: random.Random, country: str, own: str) -> list[tuple[str, str]]:
    """Language and name of the alternate names: none for two of five features, a few for the others."""
    found = []
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        kind = rng.random()
        if kind < 0.1:
            found.append(("link", f"https://en.wikipedia.org/wiki/{own.replace(' ', '_')}"))
        elif kind < 0.3:
            found.append(("ru", foreign(rng, CYRILLIC_LETTERS).capitalize()))
        elif kind < 0.5 and country in ARABIC:
            found.append(("ar", foreign(rng, ARABIC_LETTERS)))
        else:
            found.append((rng.choice(("", "en", "fr", "de")), name(rng)))
    return found


def write_dump(folder: Path, rows: int, *, seed: int = 1) -> tuple[Path, Path]:
    """Write both files; gives their paths."""
    rng = random.Random(seed)
    shares, codes = zip(*CLASSES, strict=True)
    features, names = folder / "allCountries.txt", folder / "alternateNamesV2.txt"
    number = 0
    with features.open("w", encoding="utf-8") as dump, names.open("w", encoding="utf-8") as alternate:
        for row in range(rows):
            country = COUNTRIES[row * len(COUNTRIES) // rows]
            own, feature = name(rng), rng.choice(rng.choices(codes, shares)[0]).split(".")
            lon, lat = rng.uniform(-180, 180), rng.uniform(-60, 75)
            people = int(rng.paretovariate(0.8) * 50) if feature[0] == "P" and rng.random() < 0.1 else 0
            others = alternates(rng, country, own)
            column = ",".join(text for language, text in others if language != "link")
            cells = (
                FIRST_ID + row, own, own, column, f"{lat:.5f}", f"{lon:.5f}", *feature, country, "", f"{rng.randint(1, 30):02d}",
                "", "", "", people, "", 100, "Etc/UTC", "2024-01-01",
            )  # fmt: skip
            dump.write("\t".join(map(str, cells)) + "\n")
            for language, text in others:
                number += 1
                flags = (
                    "1" if language == "en" and rng.random() < 0.2 else "",
                    "",
                    "",
                    "1" if rng.random() < 0.02 else "",
                )
                alternate.write("\t".join((str(number), str(FIRST_ID + row), language, text, *flags, "", "")) + "\n")
    return features, names


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(*write_dump(target, int(sys.argv[2])), sep="\n")
