"""Compare what a command prints with what a page shows, and write the page anew.

``…`` alone on a line stands for any lines, or none; ``…`` within a line for any text. White space at the ends of lines
and blank lines around the whole do not count: nobody sees them.
"""

import re
from difflib import SequenceMatcher

ELLIPSIS = "…"


def tidy(text):
    """Give the lines without what nobody sees."""
    return [line.rstrip() for line in text.strip("\n").rstrip().splitlines() or ()]


def matches(expected, actual):
    """Tell whether lines are those that were expected."""
    pattern = "".join(_line(line) for line in tidy("\n".join(expected)))
    lines = "".join(f"{line}\n" for line in tidy("\n".join(actual)))
    return re.fullmatch(pattern, lines) is not None


def _line(line):
    if line.strip() == ELLIPSIS:
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split(ELLIPSIS))) + r"\n"


def renewed(expected, actual):
    """Write what was printed in the shape of what was expected: with the same lines and words left out, if that can be."""
    if matches(expected, actual):
        return list(expected)
    groups, lines = [[]], list(actual)
    for line in expected:
        if line.strip() == ELLIPSIS:
            groups.append([])
        else:
            groups[-1].append(line)
    shape = _whole(groups[0], lines) if len(groups) == 1 else _parts(groups, lines)
    return shape if matches(shape, actual) else lines


def _whole(group, lines):
    return (
        [_shortened(line, new) for line, new in zip(group, lines, strict=False)] if len(group) == len(lines) else lines
    )


def _parts(groups, lines):
    """Give the first group by the first lines, the last by the last, and those between by the likest lines between."""
    head, *middle, tail = groups
    end = len(lines) - len(tail)
    shape = [_shortened(line, new) for line, new in zip(head, lines, strict=False)]
    at = len(head)
    for group in middle:
        starts = range(at, max(at, end - len(group)) + 1)
        best = max(starts, key=lambda start: (_likeness(group, lines[start : start + len(group)]), -start))
        shape += [ELLIPSIS, *(_shortened(line, new) for line, new in zip(group, lines[best:end], strict=False))]
        at = best + len(group)
    return [*shape, ELLIPSIS, *(_shortened(line, new) for line, new in zip(tail, lines[end:], strict=False))]


def _likeness(group, lines):
    return SequenceMatcher(None, "\n".join(group), "\n".join(lines), autojunk=False).ratio()


def _shortened(line, new):
    """Leave out of a new line what the old one left out."""
    parts = line.split(ELLIPSIS)
    if len(parts) == 1:
        return new
    found = SequenceMatcher(None, "".join(parts), new, autojunk=False).get_matching_blocks()
    cuts, at = [], 0
    for part in parts[:-1]:
        at += len(part)
        left = max((b + min(size, at - a) for a, b, size in found if a < at), default=0)
        right = min((b + max(0, at - a) for a, b, size in found if at < a + size), default=len(new))
        cuts.append((left, max(left, right)))
    edges = [0, *(edge for cut in cuts for edge in cut), len(new)]
    return ELLIPSIS.join(new[start:stop] for start, stop in zip(edges[::2], edges[1::2], strict=True))
