"""Tables of dated statements that people write: ``seeds/control.csv`` and ``seeds/route_states.csv``.

In the files ``from`` is the first day and ``to`` the first day on which it is over, as timelines are written ("lost on
the 17th"). Layers and records count days inclusively: the last day is the day before ``to``.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from geo.errors import SeedError
from geo.model import CERTAINTIES, Article, Basis

DATED = ("from", "to", "as_of", "certainty", "source")
"""The columns that every such table has."""
CONFIDENCE = {"high": 0.95, "medium": 0.75, "low": 0.5}
"""What the words of `geo.model.CERTAINTIES` count for beside the confidence of a sentence that was read."""
_MOST_TOLD = 20
_CREDIT = re.compile(r"^#\s*credit:\s*(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DatedRow:
    """One row, its days inclusive.

    Attributes
    ----------
    line
        Where it stands, counted from 1.
    cells
        Text by column.
    first, last, seen
        First and last day, both inclusive, and the last day that the row vouches for; ``last`` is None for an open end.
    certainty, confidence
        The word, and the number of `CONFIDENCE`.
    basis
        The row as what a statement answers to: its ``source`` cell, with the place in the file.
    """

    line: int
    cells: Mapping[str, str]
    first: date
    last: date | None
    seen: date
    certainty: str
    confidence: float
    basis: Basis


class Problems:
    """What is wrong in a file, collected so that all is told at once."""

    def __init__(self, path: Path) -> None:
        self.path, self.found = path, list[SeedError]()

    def add(self, line: int | None, what: str, do: str) -> None:
        """Note a problem."""
        self.found.append(SeedError(what, do=do, path=self.path, line=line))

    def raise_any(self) -> None:
        """Raise one error that tells all problems, if there are any.

        Raises
        ------
        SeedError
        """
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            told = [problem.message for problem in self.found[:_MOST_TOLD]]
            more = len(self.found) - len(told)
            told += [f"and {more} more"] if more else []
            raise SeedError(f"{self.path.name} has {len(self.found)} errors:\n" + "\n".join(told))


def file_id(path: Path) -> str:
    """Give a table's path below ``seeds/``: its name, after the folder that it shares with others of its kind."""
    return path.name if path.parent.name == "seeds" else f"{path.parent.name}/{path.name}"


def file_article(path: Path, text: str) -> Article:
    """Give a table as an article, so that what rests on its rows can be looked up and checked like a sentence."""
    name = file_id(path)
    return Article(id=name, text=text, title=f"seeds/{name}", source=credit_of(path, text), path=str(path))


def credit_of(path: Path, text: str) -> str:
    """Say whom a table is after, for those who see a map and not the table: its remark ``# credit: …``, or its path."""
    found = _CREDIT.search(text)
    return found[1].strip() if found else f"seeds/{file_id(path)}"


def read_text(path: Path) -> str:
    """Read a table.

    Raises
    ------
    SeedError
        Where it is not UTF-8.
    """
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"this is not UTF-8: byte 0x{data[error.start]:02x}"
        raise SeedError(what, do="Save the file as UTF-8", path=path, line=line) from None


def read_rows(
    text: str, problems: Problems, *, needed: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[DatedRow]:
    """Read the rows of a table.

    Parameters
    ----------
    text
        Of the file; lines that begin with # are remarks.
    problems
        Takes what is wrong; a row that is not right is left out.
    needed, optional
        Its columns beside `DATED`.
    """
    start, lines, credit = 0, [], credit_of(problems.path, text)
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    header: list[str] = []
    for number, (at, line) in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            (cells,) = csv.reader([line], strict=True)
        except (csv.Error, ValueError) as error:
            problems.add(number, f"this is not CSV: {error}", "Mend the quotation marks of the row")
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            if not _header_fits(header, number, problems, needed=(*needed, *DATED), known=(*needed, *optional, *DATED)):
                return
        elif len(cells) != len(header):
            what = f"the row has {len(cells)} cells, the header {len(header)}"
            problems.add(number, what, 'Put text with commas into "…"')
        else:
            named = {key: " ".join(cell.split()) for key, cell in zip(header, cells, strict=True)}
            row = _row(named, number, (at, line), problems, credit)
            if row is not None:
                yield row


def _header_fits(
    header: Sequence[str], line: int, problems: Problems, *, needed: Sequence[str], known: Sequence[str]
) -> bool:
    missing = [column for column in needed if column not in header and column not in ("to", "as_of")]
    unknown = [column for column in header if column not in known]
    do = f"The columns are {','.join(known)}"
    if missing:
        problems.add(line, f"the columns {', '.join(missing)} are missing", do)
    if unknown:
        problems.add(line, f"the columns {', '.join(map(repr, unknown))} are unknown", do)
    return not missing and not unknown


def _row(cells: Mapping[str, str], line: int, raw: tuple[int, str], problems: Problems, credit: str) -> DatedRow | None:
    before = len(problems.found)
    days = {column: _day(cells.get(column, ""), column, line, problems) for column in ("from", "to", "as_of")}
    first, to, as_of = days["from"], days["to"], days["as_of"]
    if not cells["from"]:
        problems.add(line, "from is empty", "Write the first day, as in 2016-07-17")
    if first and to and to <= first:
        what = f"to = {to} is not after from = {first}"
        problems.add(line, what, "to is the first day on which it is over: a row of one day ends the day after")
    if first and as_of and as_of < first:
        problems.add(
            line, f"as_of = {as_of} is before from = {first}", "Write the last day that the source vouches for"
        )
    if cells["certainty"] not in CERTAINTIES:
        do = f"Use one of {', '.join(CERTAINTIES)}"
        problems.add(line, f"certainty = {cells['certainty']!r} is not known here", do)
    if not cells["source"]:
        problems.add(line, "source is empty", "Say who says so; write 'judgement: …' with the reason where it is yours")
    if len(problems.found) > before or first is None:
        return None
    last = to - timedelta(days=1) if to else None
    certainty = cells["certainty"]
    basis = _basis(cells["source"], line, raw, problems.path, credit)
    return DatedRow(line, cells, first, last, last or as_of or first, certainty, CONFIDENCE[certainty], basis)


def _day(text: str, column: str, line: int, problems: Problems) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        if day.isoformat() == text:  # fromisoformat also takes 20160904
            return day
    except ValueError:
        pass
    problems.add(line, f"{column} = {text!r} is not a day", "Write it as YYYY-MM-DD, for example 2016-07-17")
    return None


def _basis(source: str, line: int, raw: tuple[int, str], path: Path, credit: str) -> Basis:
    """Find the words of a cell in the file; where they are written otherwise there, the row stands for them."""
    at, whole = raw
    inside = whole.rfind(source)
    quote, start = (source, at + inside) if inside >= 0 else (whole, at)
    return Basis(file_id(path), credit, quote, start, start + len(quote), line=line)
