"""The home of a source: where its reports are mostly of, learnt from those that are read together.

A paper calls the towns around it by their bare names, which mean larger ones elsewhere to everybody else: its local
lexicon (Lieberman, Samet and Sankaranarayanan 2010, *Geotagging with local lexicons to build indexes for
textually-specified spatial data*, ICDE). For each report it is learnt from the others of the source alone, so that no
report is witness for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo.toponyms.candidates import Home, distances_km, kind_group
from geo.toponyms.features import FIXED, HOME, near_home
from geo.toponyms.rank import Ranked, read_weights

Floats = NDArray[np.float64]

LEAST_SUPPORT = 0.2
"""Of the other reports, one more counted against: less is no home, as of an agency that reports from all over."""
_AROUND_KM = 60.0
_LIKELY, _HARDLY = 0.3, 0.02  # a home lies at an entry this likely at least; entries less likely than that say nothing
_MOST_REPORTS, _MOST_TRACES = 60, 60
_VAGUE = ("country", "admin1")


def traces(candidates: Iterable[Sequence[Ranked]]) -> Floats:
    """Give the points that a report may speak of: longitude, latitude, how likely; shape (n, 3), likely ones first."""
    found = {
        (entry.place.lon, entry.place.lat): entry.share
        for ranked in candidates
        for entry in ranked
        if entry.share > _HARDLY and entry.place.kind not in _VAGUE and kind_group(entry.place.kind) != "region"
    }
    rows = sorted(((*at, share) for at, share in found.items()), key=lambda row: (-row[2], row))
    return np.array(rows[:_MOST_TRACES], dtype=np.float64).reshape(-1, 3)


def find_homes(reports: Sequence[Floats]) -> list[Home | None]:
    """Give the home of a source for each of its reports, as the others tell it.

    Parameters
    ----------
    reports
        The traces of each, in the order in which they were read; of very many the first ones count.

    Returns
    -------
    list
        None where the others agree on no place.
    """
    counted = [k for k, points in enumerate(reports) if len(points)][:_MOST_REPORTS]
    if len(counted) < 2:
        return [None] * len(reports)
    centres = np.concatenate([reports[k][reports[k][:, 2] > _LIKELY] for k in counted])
    if not len(centres):
        return [None] * len(reports)
    heard = np.stack([_heard(centres, reports[k]) for k in counted], axis=1)
    column = {k: i for i, k in enumerate(counted)}
    homes: list[Home | None] = []
    for k in range(len(reports)):
        others = np.delete(heard, column[k], axis=1) if k in column else heard
        votes = others.sum(axis=1)
        best = int(votes.argmax())
        support = float(votes[best]) / (others.shape[1] + 1)
        lon, lat, _ = centres[best].tolist()
        homes.append(Home(lon, lat, round(support, 6)) if support >= LEAST_SUPPORT else None)
    return homes


def _heard(centres: Floats, points: Floats) -> Floats:
    """Tell how clearly a report speaks of what lies about each centre, 0 to 1, shape (centres,)."""
    near = np.exp(-((distances_km(centres, points) / _AROUND_KM) ** 2))
    return np.asarray((near * points[:, 2]).max(axis=1))


def is_moved(candidates: Iterable[Sequence[Ranked]], home: Home, folder: Path | None = None) -> bool:
    """Whether a home would make another entry of some name the likeliest, by the weights of a folder or the package."""
    weights = read_weights(folder).together[[FIXED.index(name) for name in HOME]]
    for ranked in candidates:
        scores = [entry.score + float(np.dot(weights, near_home(entry.place, home))) for entry in ranked]
        if scores and int(np.argmax(scores)):
            return True
    return False
