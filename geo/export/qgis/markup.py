"""The XML of QGIS styles: symbols, symbol layers and data-defined properties, as QGIS 3.22 and later read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence

MM = 25.4 / 96
"""Millimetres in a CSS pixel, the unit of ``style.toml``."""

Expressions = Mapping[str, str]


def element(
    tag: str, attributes: Mapping[str, object] | None = None, *children: ET.Element, text: str = ""
) -> ET.Element:
    """Make an element; numbers are written short, true and false as 1 and 0."""
    made = ET.Element(tag, {key: _text(value) for key, value in (attributes or {}).items()})
    if text:
        made.text = text
    made.extend(children)
    return made


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def options(values: Mapping[str, object]) -> ET.Element:
    """Write a map of texts."""
    inner = (element("Option", {"name": k, "type": "QString", "value": v}) for k, v in values.items())
    return element("Option", {"type": "Map"}, *inner)


def defined(expressions: Expressions, *, tag: str = "data_defined_properties") -> ET.Element:
    """Write properties that an expression gives for each feature, by QGIS's name of the property."""
    inner = [
        element(
            "Option",
            {"name": name, "type": "Map"},
            element("Option", {"name": "active", "type": "bool", "value": "true"}),
            element("Option", {"name": "expression", "type": "QString", "value": expression}),
            element("Option", {"name": "type", "type": "int", "value": 3}),
        )
        for name, expression in expressions.items()
    ]
    whole = element(
        "Option",
        {"type": "Map"},
        element("Option", {"name": "name", "type": "QString", "value": ""}),
        element("Option", {"name": "properties", "type": "Map"}, *inner),
        element("Option", {"name": "type", "type": "QString", "value": "collection"}),
    )
    return element(tag, None, whole)


def symbol_layer(
    kind: str, values: Mapping[str, object], *, by: Expressions | None = None, inner: ET.Element | None = None
) -> ET.Element:
    """Write a symbol layer.

    Parameters
    ----------
    kind
        QGIS's class, such as ``SimpleLine``.
    values
        Its properties; lengths in millimetres.
    by
        Expressions of data-defined properties.
    inner
        The symbol of markers on a line, or of lines in a hatch.
    """
    parts = [options(values), *([defined(by)] if by else []), *([inner] if inner is not None else [])]
    return element("layer", {"class": kind, "enabled": 1, "locked": 0, "pass": 0}, *parts)


def symbol(kind: str, layers: Iterable[ET.Element], *, name: str = "", alpha: float = 1.0) -> ET.Element:
    """Write a symbol of kind ``marker``, ``line`` or ``fill``; markers within it are named after their place in it."""
    made = element("symbol", {"type": kind, "name": name, "alpha": alpha, "clip_to_extent": 1, "force_rhr": 0})
    for number, layer in enumerate(layers):
        for inner in layer.findall("symbol"):
            inner.set("name", f"@{name}@{number}")
        made.append(layer)
    return made


def rgba(color: str, alpha: float = 1.0) -> str:
    """Write ``#RRGGBB`` as QGIS does."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * alpha)}"


def dashes(dash: Sequence[float]) -> dict[str, object]:
    """Give the properties of a dashed line; a dash in pixels becomes millimetres."""
    if not dash:
        return {"use_custom_dash": 0, "capstyle": "flat", "joinstyle": "round"}
    lengths = [f"{length * MM:.4g}" for length in dash] * (1 + len(dash) % 2)
    return {
        "use_custom_dash": 1,
        "customdash": ";".join(lengths),
        "customdash_unit": "MM",
        "capstyle": "flat",
        "joinstyle": "round",
    }


def quoted(text: str) -> str:
    """Write a text as a literal of an expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def case(column: str, values: Mapping[str, str], other: str) -> str:
    """Write the expression that gives a text by the value of a column; ``other`` for all others."""
    whens = " ".join(f"WHEN {column} = {quoted(key)} THEN {quoted(value)}" for key, value in values.items())
    return f"CASE {whens} ELSE {quoted(other)} END" if whens else quoted(other)


def one_of(column: str, values: Iterable[str]) -> str:
    """Write the expression that tells whether a column has one of some values; false where there are none."""
    listed = ", ".join(map(quoted, values))
    return f"{column} IN ({listed})" if listed else "false"


def write_xml(root: ET.Element, doctype: str = "") -> bytes:
    """Write a document in UTF-8, indented, with its document type."""
    ET.indent(root, " ")
    head = f"<!DOCTYPE {doctype}>\n" if doctype else ""
    return (head + ET.tostring(root, encoding="unicode") + "\n").encode("utf-8")
