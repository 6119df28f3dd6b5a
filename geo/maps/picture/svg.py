"""Small SVG: what matplotlib writes, said with fewer bytes; nothing of it looks different.

Letters are drawn by reference to one outline each, also under their halo; looks are presentation attributes, so that no
style sheet is needed where a host's policy forbids them; what stands twice is written once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

SVG, LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HALO = "halo"  # a group's id begins so where its letters have one; then follow the colour and the width in points
LONG = 60  # an outline of so many numbers is ground or water, where tenths of a point are fine enough
# Matplotlib scales the outlines of letters by 1/64. Eight of its units are a hundredth of a letter: fine enough.
MATPLOTLIB_GLYPH, COARSER = "scale(0.015625)", 8
GLYPH = COARSER / 64  # our scale; the stroke around a letter shrinks with it
SHORTEST = 48  # characters of path data that are worth a definition of their own
_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?")
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_URL = re.compile(r"url\(#(.*?)\)")
# What SVG takes for granted (SVG 2, 13 and 14), and what the root says once for all.
_INITIAL = {
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
    "stroke-width": "1",
    "fill-opacity": "1",
    "opacity": "1",
}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


def compact_svg(text: str, *, title: str, description: str = "") -> str:
    """Write a picture of matplotlib's anew.

    Parameters
    ----------
    text
        SVG as matplotlib 3 writes it, with letters as paths.
    title, description
        What a screen reader says of it.

    Returns
    -------
    str
        SVG 1.1 without scripts, style sheets and links to other hosts.
    """
    root = fromstring(text[text.index("<svg") :])  # noqa: S314  # made by matplotlib in this process
    _drop(root, "metadata")
    _drop(root, "title")
    for element in list(root.iter()):
        _present(element)
    for element in list(root.iter()):
        _add_halos(element)
    _flatten(root)
    _gather_definitions(root)
    _share(root)
    _rename(root)
    return _written(root, title, description)


def _drop(root: Element, tag: str) -> None:
    for child in root.findall(f"{{{SVG}}}{tag}"):
        root.remove(child)


def _present(element: Element) -> None:
    """Turn a style into attributes, and shorten the numbers."""
    style = element.attrib.pop("style", "")
    for rule in style.split(";"):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name and _INITIAL.get(name) != value:
            element.set(name, value)
    if "d" in element.attrib:
        letter = element.get("transform") == MATPLOTLIB_GLYPH
        element.set("d", short_path(element.attrib["d"], unit=COARSER if letter else 0))
        if letter:
            element.set("transform", f"scale({GLYPH:g})")
    for name in ("transform", "stroke-width", "stroke-dasharray", "x", "y", "width", "height"):
        if name in element.attrib:
            places = 6 if name == "transform" else 2
            element.set(name, _rounded(element.attrib[name], places))
    if element.tag == f"{{{SVG}}}use" and (
        shift := re.fullmatch(r"translate\(([^ )]+)(?: 0)?\)", element.get("transform", ""))
    ):
        element.attrib.pop("transform")
        if (x := _short(float(shift[1]), 1)) != "0":
            element.set("x", x)


def short_path(data: str, *, unit: float = 0) -> str:
    """Write path data in relative steps.

    Parameters
    ----------
    data
        Of the absolute commands M, L, Q, C and Z, as matplotlib writes them.
    unit
        What the result counts in: eighths for 8. By default it counts in what the data do.

    Returns
    -------
    str
        Rounded to hundredths of a unit, long outlines to tenths; steps are taken from what was rounded, so that they do
        not add up.
    """
    tokens = _TOKEN.findall(data)
    scale = 1 / unit if unit else 10.0 if len(tokens) > LONG else 100.0
    shown = 1.0 if unit else scale
    out: list[str] = []
    at, start, last = (0, 0), (0, 0), ""
    i = 0
    while i < len(tokens):
        command = tokens[i].upper()
        i += 1
        if command == "Z":
            out.append("z")
            at, last = start, "z"
            continue
        size = 2 * _POINTS[command]
        values = [round(float(token) * scale) for token in tokens[i : i + size]]
        i += size
        steps = [value - at[k % 2] for k, value in enumerate(values)]
        at = (values[-2], values[-1])
        start = at if command == "M" else start
        if command == "L" and not any(steps) and last == "l":
            continue
        # A line to after a move needs no letter of its own; nor does a command that is said again.
        letter = command.lower()
        said = letter == last or (letter == "l" and last == "m")
        out.append(("" if said else letter) + _joined(steps, shown, said=said))
        last = letter
    return "".join(out)


def _joined(steps: list[int], scale: float, *, said: bool) -> str:
    parts = [_short(step / scale, 2) for step in steps]
    words = "".join(part if part.startswith("-") else f" {part}" for part in parts)
    return words if said or words.startswith("-") else words[1:]


def _short(number: float, places: int) -> str:
    text = f"{number:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _rounded(text: str, places: int) -> str:
    return _NUMBER.sub(lambda number: _short(float(number[0]), places), text)


def _add_halos(element: Element) -> None:
    """Draw the letters of a marked group twice: once with a stroke around them, and then as they are."""
    for child in list(element):
        if child.tag != f"{{{SVG}}}g" or not child.get("id", "").startswith(HALO) or not len(child):
            continue
        _, color, width, number = child.get("id", "").split(";")
        letters = child[-1]
        scale = float(re.search(r"scale\((-?[\d.]+)", letters.get("transform", "scale(1)"))[1])  # type: ignore[index]
        run = Element(f"{{{SVG}}}g", {"id": f"run{number}"})
        for use in list(letters):
            if use.tag == f"{{{SVG}}}use":
                letters.remove(use)
                run.append(use)
        ring = Element(
            f"{{{SVG}}}g", {"fill": color, "stroke": color, "stroke-width": _short(float(width) / scale / GLYPH, 0)}
        )
        ring.append(run)
        letters.append(ring)
        letters.append(Element(f"{{{SVG}}}use", {f"{{{LINK}}}href": f"#run{number}"}))


def _flatten(root: Element) -> None:
    """Take out groups that say nothing."""
    for child in list(root):
        _flatten(child)
        keeps = child.get("id", "").startswith("run")
        if child.tag != f"{{{SVG}}}g" or keeps or set(child.attrib) - {"id"}:
            continue
        at = list(root).index(child)
        root.remove(child)
        for k, grandchild in enumerate(list(child)):
            root.insert(at + k, grandchild)


def _gather_definitions(root: Element) -> None:
    """Put all definitions into one place, those that are alike once; a style sheet is none any more."""
    found: list[Element] = []
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}defs":
                parent.remove(child)
                found += [d for d in child if d.tag != f"{{{SVG}}}style"]
    same: dict[bytes, str] = {}
    renamed: dict[str, str] = {}
    definitions = Element(f"{{{SVG}}}defs")
    for one in found:
        name = one.attrib.pop("id", "")
        content = tostring(one)
        if content not in same:
            same[content] = name
            definitions.append(one)
            one.set("id", name)
        renamed[name] = same[content]
    for element in root.iter():
        _refer(element, renamed)
    root.insert(0, definitions)


def _refer(element: Element, names: dict[str, str]) -> None:
    for key, value in element.attrib.items():
        if "url(#" in value:
            element.set(key, _URL.sub(lambda url: f"url(#{names.get(url[1], url[1])})", value))
        elif key == f"{{{LINK}}}href":
            element.set(key, f"#{names.get(value[1:], value[1:])}")


def _share(root: Element) -> None:
    """Define outlines that are drawn more than once, as an area's fill, hatch and edge."""
    paths = [e for e in _drawn(root) if e.tag == f"{{{SVG}}}path"]
    counts = Counter((e.get("d", ""), e.get("transform")) for e in paths)
    shared: dict[str, str] = {}
    for path in paths:
        data = path.get("d", "")
        if counts[data, path.get("transform")] < 2 or len(data) < SHORTEST or path.get("transform"):
            continue
        if data not in shared:
            shared[data] = f"shape{len(shared)}"
            root[0].append(Element(f"{{{SVG}}}path", {"id": shared[data], "d": data}))
        path.tag = f"{{{SVG}}}use"
        path.attrib.pop("d")
        path.set(f"{{{LINK}}}href", f"#{shared[data]}")


def _drawn(root: Element) -> Iterator[Element]:
    for child in root:
        if child.tag != f"{{{SVG}}}defs":
            yield child
            yield from _drawn(child)


def _rename(root: Element) -> None:
    """Give ids of a letter or two, in the order of the file, and none to what nothing refers to."""
    wanted = {value[1:] for e in root.iter() if (value := e.get(f"{{{LINK}}}href"))}
    wanted |= {name for e in root.iter() for value in e.attrib.values() for name in _URL.findall(value)}
    names: dict[str, str] = {}
    for element in root.iter():
        name = element.attrib.pop("id", "")
        if name in wanted:
            names[name] = _letters(len(names))
            element.set("id", names[name])
    for element in root.iter():
        _refer(element, names)


def _letters(number: int) -> str:
    digits = "abcdefghijklmnopqrstuvwxyz"
    text = digits[number % 26]
    while number := number // 26:
        text = digits[(number - 1) % 26] + text
        number -= 1
    return text


def _written(root: Element, title: str, description: str) -> str:
    for element in root.iter():
        element.text = element.tail = None
    about = Element(f"{{{SVG}}}title")
    about.text = title
    root.insert(0, about)
    if description:
        more = Element(f"{{{SVG}}}desc")
        more.text = description
        root.insert(1, more)
    root.set("role", "img")
    root.set("stroke-linejoin", "round")
    register_namespace("", SVG)
    register_namespace("xlink", LINK)
    # One element a line, for those who look at differences.
    body = tostring(root, encoding="unicode").replace("><path", ">\n<path").replace("><g", ">\n<g")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
