"""Make geo/data/country_names.csv: what Arabic, Persian, Kurdish, Turkish, Ukrainian and Russian call the countries.

    pip install babel && python tools/make_country_names.py > geo/data/country_names.csv

The names are those of the Unicode CLDR, as babel packages them.
"""

import csv
import sys

from babel import Locale

from geo.gazetteer.countries import country_codes
from geo.gazetteer.names import fold

LANGUAGES = ("ar", "fa", "ckb", "ku", "tr", "uk", "ru")
EVERYDAY = {
    "AE": "الإمارات|Эмираты|Емірати",
    "GB": "بريطانيا|بریتانیا|انگلیس|İngiltere|Британия|Британія|Англия|Англія",
    "IR": "جمهوری اسلامی ایران",
    "PS": "فلسطين|فلسطین|Filistin|Палестина",
    "SA": "السعودية|عربستان",
    "SY": "سورية",
    "US": "أمريكا|أميركا|الولايات المتحدة الأمريكية|آمریکا|Amerika|США|Соединённые Штаты|Сполучені Штати Америки",
}
SHORTEST = 4  # letters, in Latin script: "Fas" and "Çin" are too like other words
HEAD = """\
# What the languages of the wars here call the countries: territory names of the Unicode CLDR (Unicode License v3), by
# way of babel, and those of everyday use; made by tools/make_country_names.py. English names are left out, and names of
# three Latin letters.
"""


def main() -> None:
    """Print the table."""
    english = Locale.parse("en").territories
    sys.stdout.write(HEAD)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("alpha2", "names"))
    for code in sorted(country_codes()):
        names = (Locale.parse(language).territories.get(code, "") for language in LANGUAGES)
        everyday = EVERYDAY.get(code, "").split("|")
        kept = dict.fromkeys(name for name in (*names, *everyday) if _is_of_use(name, english.get(code, "")))
        writer.writerow((code, "|".join(kept)))


def _is_of_use(name: str, english: str) -> bool:
    latin = name[:1] < "\u0370"
    return bool(name) and fold(name) != fold(english) and (not latin or len(name) >= SHORTEST)


if __name__ == "__main__":
    main()
