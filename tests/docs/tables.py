"""The tables of docs/ that are made from the files of geo/data/, each between two marks.

``<!-- table: event types -->`` … ``<!-- end -->``
"""

import re
from datetime import date

from geo.cli.group import COMMANDS
from geo.data import read_toml
from geo.events import crosswalk, taxonomy
from geo.gazetteer.importing.formats import FORMATS
from geo.layers import read_schema
from geo.model import MODALITIES, STATES
from geo.temporal import apply_offset, find_times
from geo.toponyms import relative

MARK = re.compile(r"(<!-- table: (?P<name>[a-z ]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)
_WORDS = 6  # as many as show what is meant; the file has them all


def _table(head, rows):
    return "\n".join(
        ["", f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in rows), "", ""]
    )


def _some(words):
    shown = list(dict.fromkeys(words))
    return ", ".join(shown[:_WORDS]) + (" …" if len(shown) > _WORDS else "")


def commands():
    return _table(("command", "what it does"), ((f"`sitmap {name}`", text) for name, (_, text) in COMMANDS.items()))


def event_types():
    rows = []
    for name, table in read_toml("taxonomy.toml")["type"].items():
        words = [*_told_by(table), *(word for sub in table["subtype"].values() for word in _told_by(sub))]
        acled = ": ".join(crosswalk.acled_of(name))
        if table.get("acled_by_government"):
            acled += f", by the government {table['acled_by_government']}"
        rows.append((f"`{name}`", acled, _some(words)))
    return _table(("type", "ACLED event and sub-event type", "told by words such as"), rows)


def _told_by(table):
    return [word for t in table.get("triggers", ()) for kind in ("verbs", "nouns") for word in t.get(kind, ())]


def taxonomy_types():
    rows = (
        (f"`{t.name}`", t.definition, t.initiator, t.target, _code(t.icon)) for t in taxonomy.event_types().values()
    )
    return _table(("type", "what it is", "initiator", "target", "icon"), rows)


def taxonomy_subtypes():
    rows = []
    for name in taxonomy.event_types():
        for sub, entry in taxonomy.subtypes(name).items():
            table = read_toml("taxonomy.toml")["type"][name]["subtype"][sub]
            words = [*_told_by(table), *table.get("words", ())]
            rows.append((f"`{name}`", f"`{sub}`", entry.definition, _some(words)))
    return _table(("type", "subtype", "what it is", "told by words such as"), rows)


def crosswalk_there():
    rows = []
    for name in taxonomy.event_types():
        above = None
        for sub in ("", *taxonomy.subtypes(name)):
            acled, plover = crosswalk.acled_of(name, sub)[1], crosswalk.plover_of(name, sub)
            codes = (acled, crosswalk.cameo_of(name, sub), " ".join(filter(None, plover)))
            if codes != above:  # a subtype that is coded like its type needs no row
                rows.append((f"`{name}`" if not sub else f"`{name}`, `{sub}`", *codes))
            above = above or codes
    return _table(("type, subtype", "ACLED sub-event type", "CAMEO", "PLOVER"), rows)


def crosswalk_back():
    rows = []
    for event_type, table in read_toml("taxonomy.toml")["acled"].items():
        for sub_event in table:
            if sub_event not in ("disorder", "default"):
                name, sub = crosswalk.from_acled(event_type, sub_event)
                rows.append((event_type, sub_event, f"`{name}`", f"`{sub}`" if sub else ""))
    return _table(("ACLED event type", "sub-event type", "type", "subtype"), rows)


def modalities():
    table, style = read_toml("modality.toml"), read_toml("style.toml")["modalities"]
    words = {kind: [*table["governs"].get(kind, ()), *table["auxiliary"].get(kind, ())] for kind in MODALITIES}
    words["claimed"] = [*table["report"]["sources"], *table["report"]["verbs"]]
    return _table(
        ("modality", "on the map", "told by words such as"),
        ((f"`{kind}`", style[kind]["label"], _some(words[kind]) or "none of those below") for kind in MODALITIES),
    )


_REPORTED = date(2016, 9, 5)  # a Monday
_TIMES = (
    ("on Sunday", "It fell on Sunday."),
    ("early on Sunday", "Early on Sunday it fell."),
    ("will meet again on Thursday", "They will meet again on Thursday."),
    ("over the weekend", "It fell over the weekend."),
    ("in the last two days", "It fell in the last two days."),
    ("earlier this month", "It fell earlier this month."),
    ("in July", "It fell in July."),
    ("in early August", "It fell in early August."),
    ("in mid-August", "It fell in mid-August."),
    ("in late August", "It fell in late August."),
    ("in late September", "It fell in late September."),
    ("on 04-09-16 (day first)", "It fell on 04-09-16."),
    ("since Thursday", "It has been shut since Thursday."),
    ("until Thursday", "It was shut until Thursday."),
    ("last summer", "It fell last summer."),
)


def times():
    rows = [(words, find_times(text, _REPORTED)[0].when) for words, text in _TIMES]
    early, offset = find_times("It fell in early August. A month earlier it stood.", _REPORTED)
    rows.append(("a month earlier (than early August)", apply_offset(offset, early.when)))
    return _table(
        ("words", "EDTF", "first day", "last day"),
        ((words, f"`{when.edtf}`", *(str(day or "open") for day in (when.first, when.last))) for words, when in rows),
    )


def place_kinds():
    rows = (
        (f"`{n}`", k["label"], f"{k['precision_m']:,}", _some(k["nouns"]))
        for n, k in read_toml("place_kinds.toml").items()
    )
    return _table(("kind", "is a", "metres, where an entry gives none", "nouns"), rows)


def import_formats():
    return _table(("format", "files"), ((f"`{name}`", text) for name, text in FORMATS.items()))


def regions():
    """The table that stands at the head of geo/toponyms/relative.py."""
    _, body, _ = re.split(r"(?m)^=+  =+\n", relative.__doc__.partition("\n=")[2].partition("\n")[2])
    at = relative.__doc__.partition("\n=")[2].index("  ") + 3
    rows = []
    for line in body.splitlines():
        left, right = line[:at].strip(), line[at:].strip()
        if left:
            rows.append([left, right])
        else:
            rows[-1][1] += f" {right}"
    return _table(("words", "what is drawn; R is the radius of the place named"), rows)


def layers():
    schema = read_schema()
    rows = []
    for layer in schema.values():
        name = (
            f"[{layer.name}.geojson](../layers/{layer.name}.geojson)"
            if layer.built
            else f"{layer.name} (not built yet)"
        )
        rows.append((name, layer.geometry, layer.description))
    return _table(("file", "geometry", "what it shows"), rows)


def common_properties():
    rows = read_toml("layers.toml")["common"].items()
    return _table(("property", "type", "meaning"), ((f"`{n}`", _type(p), p["description"]) for n, p in rows))


def _type(prop):
    return f"{prop['type']} or null" if prop.get("nullable") else prop["type"]


def sides():
    rows = read_toml("style.toml")["sides"].items()
    return _table(
        ("side", "label", "colour", "hatch"),
        ((f"`{n}`", s["label"], f"`{s['color']}`", _code(s["hatch"])) for n, s in rows),
    )


def symbols():
    style = read_toml("style.toml")
    rows = []
    for name, group in style["groups"].items():
        types = [t.label for t in taxonomy.event_types().values() if t.group == name]
        rows.append((group["label"], group["shape"], ", ".join(types)))
    return _table(("group", "shape", "types, each with a symbol of its own"), rows)


def drawn_modalities():
    rows = []
    for name in MODALITIES:
        m = read_toml("style.toml")["modalities"][name]
        fill = "filled with the side's colour" if m["fill"] else "hollow"
        rows.append(
            (
                f"`{name}`",
                m["label"],
                fill + (", paler" if m["opacity"] < 1 else ""),
                _line(m["outline"]),
                "yes" if m["strike"] else "",
            )
        )
    return _table(("modality", "in the legend", "symbol", "outline", "struck through"), rows)


def states():
    rows = (
        (f"`{n}`", s["label"], _line(s["dash"]), "crosses" if s["mark"] else "")
        for n in STATES
        for s in [read_toml("style.toml")["states"][n]]
    )
    return _table(("state", "in the legend", "line, in the holder's colour", "on it"), rows)


def areas():
    style = read_toml("style.toml")
    rows = []
    for layer in ("areas", "flows"):
        for name, a in style[layer].items():
            colour = "the side's" if a["color"] == "side" else f"`{a['color']}`"
            rows.append((f"{layer}: `{name}`", a["label"], colour, _line(a["dash"]), _code(a.get("hatch", ""))))
    return _table(("layer and type", "in the legend", "colour", "line", "hatch"), rows)


def _line(dash):
    return f"dashes {' '.join(f'{n:g}' for n in dash)}" if dash else "solid"


def _code(text):
    return f"`{text}`" if text else "none"


TABLES = {
    "areas": areas,
    "commands": commands,
    "common properties": common_properties,
    "drawn modalities": drawn_modalities,
    "crosswalk": crosswalk_there,
    "crosswalk back": crosswalk_back,
    "event types": event_types,
    "import formats": import_formats,
    "layers": layers,
    "modalities": modalities,
    "place kinds": place_kinds,
    "regions": regions,
    "sides": sides,
    "states": states,
    "subtypes": taxonomy_subtypes,
    "symbols": symbols,
    "taxonomy": taxonomy_types,
    "times": times,
}
