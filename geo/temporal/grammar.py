"""The grammar of temporal expressions: one line a rule, in the names of word classes.

A rule is a regular expression whose letters are words: ``DAY OF? MONTH`` reads "4th of July". Names in capitals are the
classes of `geo.temporal.tokens`; names in braces are the macros below. No rule nests quantifiers or repeats without
bound, so matching is linear. Rules are tried in this order at each word; the first whose reading is accepted wins, so
longer ones stand first.
"""

import re
from functools import cache

from geo.temporal.tokens import OTHER, classes

_MACROS = {
    "mon": "(?:MONTH|MONTH_ABBR DOT?|MONTH_WEAK|MONTH_VERB)",
    "day": "[DAY ORDINAL ORDWORD]",
    # "Friday," "Sat", "Monday, the": before a date
    "wd": "(?:(?:WEEKDAY|WEEKDAY_ABBR DOT?) COMMA? (?:ON? THE)?)?",
    "which": "[LAST THIS NEXT THAT SAME PREVIOUS FOLLOWING]",
    # ", 2016", "of 2016", "-2016", "of last year"
    "year": "(?:[COMMA HYPHEN]? YEAR|OF YEAR|COMMA? OF? (?:THE)? {which} YEAR1)?",
    "to": "[TO HYPHEN UNTIL THROUGH]",
    "mod": "(?:[EARLY LATE] IN|[EARLY MIDDLE LATE] HYPHEN?|THE? [START MIDDLE END] OF THE?)",
    "weekdays": "[WEEKDAY WEEKDAY_PLURAL]",
    "unit1": "[HOUR1 DAY1 WEEK1 MONTH1 YEAR1 DECADE1 FORTNIGHT]",
    "units": "[MINUTE HOURS DAYS WEEKS MONTHS YEARS DECADES]",
    "unit": "[MINUTE HOUR1 DAY1 WEEK1 MONTH1 YEAR1 DECADE1 FORTNIGHT HOURS DAYS WEEKS MONTHS YEARS DECADES]",
    "slice": "(?:[HALF QUARTER WEEK1 WEEKS DAY1 DAYS MONTHS]|[NUMWORD DAY VAGUE] [DAYS WEEKS MONTHS])",
    "long_unit": "[WEEK1 MONTH1 YEAR1]",
    # "two", "48", "a few", "a couple of", "twenty-five", "six and a half", "more than two", "some 30"
    "about": "(?:MORE THAN|AT MORE|UP TO|MORE)?",
    "num": "(?:[DAY NUMBER NUMWORD] HYPHEN? AND HYPHEN? A HYPHEN? HALF|NUMWORD HYPHEN? NUMWORD"
    "|A? VAGUE OF?|HALF A|[A DAY NUMBER NUMWORD YEAR RANGE]"
    "|[DAY NUMWORD] [TO OR HYPHEN] [DAY NUMWORD])",
}
_MACROS["span"] = "(?:{about} {num} (?:MORE? {unit})|{units})"

# name, pattern. The name's part before the colon names the reader (geo.temporal.readers).
_RULES = """
range_numeric   {wd} NUMERIC (?:{to}|AND) {wd} NUMERIC
numeric         {wd} NUMERIC
iso_month       ISO_MONTH
range_full      {wd} {day} (?:OF|HYPHEN)? {mon} {year} (?:{to}|AND) {wd} THE? {day} (?:OF|HYPHEN)? {mon} {year}
range_full      {wd} {mon} THE? {day} {year} (?:{to}|AND) {wd} {mon} THE? {day} {year}
range_days      {wd} {day} COMMA {day} COMMA? AND THE? {day} OF? {mon} {year}
range_days      {wd} {day} (?:{to}|AND|OR) {wd} THE? {day} OF? {mon} {year}
range_days      {wd} RANGE OF? {mon} {year}
range_days_mdy  {wd} {mon} RANGE {year}
range_days_mdy  {wd} {mon} THE? {day} (?:{to}|AND|OR) THE? {day} {year}
day_short       DAY HYPHEN {mon} HYPHEN [DAY NUMBER]
day             {wd} {day} HYPHEN {mon} HYPHEN YEAR
day             THE [ORDINAL ORDWORD] OF {mon} {year}
day             {wd} {day} OF? {mon} {year}
day_mdy         {wd} {mon} THE? [DAY ORDINAL] {year}
part_of_period  THE? [ORDWORD ORDINAL LAST] {slice} OF (?:{mon} {year}|YEAR|{which} [MONTH1 YEAR1])
week_of         THE? WEEK1 OF {wd} {day} OF? {mon} {year}
week_of         THE? WEEK1 OF {wd} {mon} [DAY ORDINAL] {year}
range_months    {mod}? {mon} {year} (?:{to}|AND|OR) {mod}? {mon} {year}
mod_to_mod      [EARLY MIDDLE LATE] HYPHEN? [TO OR HYPHEN] HYPHEN? [MIDDLE LATE] HYPHEN? {mon} {year}
month           {mod} {mon} {year}
last_month      [LAST THIS NEXT PAST COMING] {mon} {year}
month           (?:THE MONTH1 OF)? {mon} {year}
range_years     YEAR {to} YEAR
range_years     YEAR AND YEAR
range_years     YEAR_RANGE
season          {mod}? [LAST THIS NEXT] [SEASON FALL]
season          THE? {mod}? [SEASON FALL] (?:OF? YEAR|OF? YEAR_RANGE|OF {which} YEAR1)
season          THE? {mod}? SEASON
year            {mod} (?:THE? YEAR1)? YEAR
year            THE? YEAR1 YEAR
year            YEAR
decade          THE? DECADE_NUMBER
day_before      THE? DAY1 [BEFORE AFTER] TODAY
weekday_of_week {weekdays} PART? OF? [LAST THIS NEXT] WEEK1
weekday_of_week [LAST THIS NEXT] WEEK1 ON {weekdays} PART?
weekday_ago     {num} [WEEK1 WEEKS] AGO ON? {weekdays} PART?
weekday_offset  THE? [FOLLOWING PREVIOUS] {weekdays} PART?
range_weekdays  {mod}? {weekdays} PART? (?:{to}|AND|OR) (?:EARLY|LATE|ON)? {weekdays} PART?
weekday_which   THIS? [LAST PAST NEXT COMING THIS] {weekdays} PART?
weekday_day     {weekdays} THE? ORDINAL
weekday         (?:[EARLIER LATER EARLY LATE] ON?|TODAY (?:ON|INTO|FROM)?)? {weekdays} (?:LAST|PART)?
today           (?:[EARLIER LATER EARLY LATE])? TODAY PART?
this_part       [THIS LAST] PART
weekend         [THE THIS LAST PAST NEXT COMING PREVIOUS FOLLOWING THAT SAME]? (?:LAST|PAST|COMING)? WEEKEND
ago             {span} AGO
offset_the      THE? [THAT SAME PREVIOUS FOLLOWING] [DAY1 WEEK1 MONTH1 YEAR1 PART]
offset_the      THE [DAY1 PART WEEK1 MONTH1 YEAR1] [BEFORE AFTER EARLIER]
offset_next     THE NEXT [DAY1 WEEK1 MONTH1 YEAR1 PART]
offset_next     NEXT [DAY1 PART]
offset          {span} [EARLIER LATER BEFORE AFTER]
offset          {span} PREVIOUS TO
offset_units    THE? [PREVIOUS FOLLOWING] {num} {units}
unit_which      (?:[EARLIER LATER]|{mod}) [LAST THIS NEXT] {long_unit}
end_of_unit     THE? [START MIDDLE END] OF THE {long_unit}
last_units      THE? [LAST PAST NEXT COMING RECENT] {num}? {units}
last_units      THE [LAST PAST COMING] {unit1}
last_units      [PAST COMING] {unit1}
last_units      THIS PAST {unit1}
unit_which      [LAST THIS NEXT] {long_unit}
the_nth         (?<=ON) THE ORDINAL
duration        [ORDWORD ORDINAL] CONSECUTIVE? {unit1} (?:RUNNING|IN A ROW)?
duration        THE? [ORDWORD] [NUMWORD DAY VAGUE] {units}
duration        {about} {num} HYPHEN? {unit} (?:HYPHEN? [LONG OLD])?
duration        [DAY1 WEEK1 MONTH1 YEAR1 HOUR1 DAYS WEEKS MONTHS YEARS DECADES HOURS] HYPHEN? [LONG OLD]
duration        WHOLE
duration        {units}
"""

# Every rule has one of these classes, at most REACH words after its first …
CORES = (
    "MONTH", "MONTH_ABBR", "MONTH_WEAK", "MONTH_VERB", "WEEKDAY", "WEEKDAY_PLURAL", "WEEKDAY_ABBR", "SEASON",
    "FALL", "TODAY", "YEAR", "ORDINAL", "DECADE_NUMBER", "ISO_MONTH", "NUMERIC", "YEAR_RANGE", "MINUTE",
    "HOUR1", "HOURS", "DAY1", "DAYS", "WEEK1", "WEEKS", "MONTH1", "MONTHS", "YEAR1", "YEARS", "DECADE1",
    "DECADES", "FORTNIGHT", "WEEKEND", "WHOLE", "PART",
)  # fmt: skip
REACH = 8
# … or begins with one of these: most words are passed over by that alone.
STARTS = (
    "NUMWORD", "VAGUE", "ORDWORD", "DAY", "NUMBER", "RANGE", "EARLY", "MIDDLE", "LATE", "START", "END", "HALF",
    "LAST", "PAST", "NEXT", "COMING", "THIS", "THAT", "SAME", "RECENT", "PREVIOUS", "FOLLOWING", "EARLIER",
    "LATER", "AT", "UP", "THE", "A", "MORE",
)  # fmt: skip


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the rules in order: the reader's name, and the pattern over class characters."""
    lines = [line.split(maxsplit=1) for line in _RULES.strip().splitlines()]
    return tuple((name, re.compile(_translate(pattern))) for name, pattern in lines)


@cache
def any_rule() -> re.Pattern[str]:
    """Give one pattern that matches wherever some rule does; the number of its group tells which rule, from 1."""
    starts, cores = ("".join(sorted(classes()[name] for name in names)) for names in (STARTS, CORES))
    ahead = f"(?=[{cores}]|[{starts}][^{cores}]{{0,{REACH}}}[{cores}])"
    return re.compile(f"{ahead}(?:{'|'.join(f'({pattern.pattern})' for _, pattern in rules())})")


def _translate(pattern: str) -> str:
    for _ in range(3):  # macros hold macros, two deep at most
        pattern = re.sub(r"\{(\w+)\}", lambda m: _MACROS[m.group(1)], pattern)
    codes = classes() | {"OTHER": OTHER}
    return re.sub(r"\s+", "", re.sub(r"[A-Z][A-Z_]*[0-9]?", lambda m: codes[m.group()], pattern))
