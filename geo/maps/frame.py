"""The Leaflet map of a page, made by folium: the same names on every run, and none of its links to other hosts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Frame:
    """What folium writes for a map.

    Attributes
    ----------
    html
        The element that holds the map.
    script
        What makes it.
    """

    html: str
    script: str


@contextmanager
def counted_ids() -> Iterator[None]:
    """Let branca name its elements by a counter, so that a page is the same on every run; its own names are random."""
    from branca.element import Element

    numbers = count(1)
    random_id = Element.__dict__["_generate_id"]
    setattr(Element, "_generate_id", classmethod(lambda _cls: f"{next(numbers):04d}"))  # noqa: B010
    try:
        yield
    finally:
        setattr(Element, "_generate_id", random_id)  # noqa: B010


def make_frame(centre: Sequence[float], *, start: str) -> Frame:
    """Make the map of a page.

    No text of a report may come here: folium puts its strings into scripts, where they would run.

    Parameters
    ----------
    centre
        Longitude and latitude where the map looks before the page's script takes over.
    start
        Name of the function that is given the map once it stands.

    Returns
    -------
    Frame
    """
    import folium
    from branca.element import Figure, MacroElement
    from jinja2 import Template

    class Start(MacroElement):
        """Hands the map to the page's script."""

        _template = Template(
            "{% macro script(this, kwargs) %}{{ this.start }}({{ this._parent.get_name() }});{% endmacro %}"
        )

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self._name = "Start"
            self.start = start

    with counted_ids():
        chart = folium.Map(
            location=[centre[1], centre[0]],
            tiles=None,
            zoom_start=10,
            zoom_control="topright",
            zoom_snap=0.25,
            zoom_delta=0.5,
        )
        # on the object, not on the class, which other maps share
        chart.default_js, chart.default_css = [], []
        # without tiles Leaflet knows no zoom limits
        chart.options.update(maxZoom=18, minZoom=2)
        chart.add_child(Start())
        figure = chart.get_root()
        assert isinstance(figure, Figure)  # noqa: S101  # folium puts every map into one
        figure.render()
        return Frame(html=figure.html.render().strip(), script=figure.script.render().strip() + "\n")
