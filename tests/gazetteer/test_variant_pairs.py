"""Recall of the search on real spellings that the gazetteer does not hold; docs/names.md says how they were chosen."""

from pathlib import Path

import pytest
from variant_pairs import is_found, read_pairs, without_queries

from geo.gazetteer.names import bare, fold

LEAST, LEAST_ALONE = 0.95, 0.85


def test_the_pairs_are_other_spellings() -> None:
    pairs = read_pairs()
    assert {pair.half for pair in pairs} == {"tuning", "held out"}
    assert len(read_pairs("held out")) >= 300
    assert all(bare(fold(pair.name)) != bare(fold(pair.query)) for pair in pairs)


@pytest.mark.parametrize(("alone", "least"), [(False, LEAST), (True, LEAST_ALONE)], ids=["other names", "one name"])
def test_recall_of_spellings_never_tuned_on(tmp_path: Path, alone: bool, least: float) -> None:
    pairs = read_pairs("held out")
    gazetteer = without_queries(tmp_path / "pairs.sqlite", pairs, alone=alone)
    missed = [pair for pair in pairs if not is_found(gazetteer, pair)]
    assert 1 - len(missed) / len(pairs) >= least, missed


def test_the_queries_are_not_in_the_gazetteer(tmp_path: Path) -> None:
    pairs = read_pairs("held out")[:100]
    gazetteer = without_queries(tmp_path / "pairs.sqlite", pairs)
    for pair in pairs:
        assert pair.id not in {place.id for place in gazetteer.lookup([pair.query])[pair.query]}
        assert gazetteer.get(pair.id) is not None
