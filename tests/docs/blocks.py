"""The fenced blocks of a Markdown page, and the commands with their outputs in them.

A block is marked ``console`` (lines ``$ command``, each with what it prints below), ``pycon`` (lines ``>>> code``), ``sh``
(commands that are not run), or as something else. A file name behind the mark (``text report.txt``) says that the
commands of the page find the block's text as that file.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROMPTS = {"console": ("$ ", "> "), "pycon": (">>> ", "... ")}

_FENCE = re.compile(r"^```(\S*)[ \t]*(.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes
    ----------
    language, file
        What stands behind the fence.
    first
        Index of its first line within the page.
    lines
        Without the fences.
    """

    language: str
    file: str
    first: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A command or a statement with what it prints.

    Attributes
    ----------
    source
        Without prompts; several lines joined by line breaks.
    first, last
        Indices of the lines of the output within the page, half open, without blank lines at the end.
    expected
        Those lines.
    """

    source: str
    first: int
    last: int
    expected: tuple[str, ...]


def pages():
    """List the pages, README.md first."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def read_lines(page):
    return page.read_text(encoding="utf-8").splitlines()


def blocks(lines):
    """Give the fenced blocks in order."""
    found, opened = [], None
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence and opened is None:
            opened = (fence.group(1), fence.group(2).strip(), number + 1)
        elif line.rstrip() == "```" and opened is not None:
            found.append(Block(*opened, tuple(lines[opened[2] : number])))
            opened = None
    assert opened is None, f"a block is not closed: {opened}"
    return found


def prose(lines):
    """Give the page with its fenced blocks blanked out."""
    inside = {
        number for block in blocks(lines) for number in range(block.first - 1, block.first + len(block.lines) + 1)
    }
    return "\n".join("" if number in inside else line for number, line in enumerate(lines))


def steps(block):
    """Give the commands of a console or pycon block with their outputs."""
    prompt, more = PROMPTS[block.language]
    starts = [i for i, line in enumerate(block.lines) if line.startswith(prompt)]
    assert starts[:1] == [0], f"line {block.first + 1}: a block marked {block.language} begins with {prompt!r}"
    found = []
    for start, stop in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        code = [block.lines[start].removeprefix(prompt)]
        output = start + 1
        while output < stop and (block.lines[output] + " ").startswith(more) and _goes_on(block, code):
            code.append((block.lines[output] + " ").removeprefix(more).rstrip())
            output += 1
        last = stop
        while last > output and not block.lines[last - 1].strip():
            last -= 1
        found.append(Step("\n".join(code), block.first + output, block.first + last, block.lines[output:last]))
    return found


def _goes_on(block, code):
    return block.language == "pycon" or code[-1].endswith("\\")
