"""The articles of the atlas: front matter, the facts they must carry, and that they are in our own words."""

import re
from datetime import date
from pathlib import Path

import pytest
from seed_files import ROOT, SEEDS

ARTICLES = sorted((SEEDS / "articles").glob("*.md"))
ORIGINALS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))  # beside the repository where they are at hand
LONGEST_SHARED_RUN = 7  # names and set phrases ("the Syrian military and foreign allies") reach this

# Each fact with the words that carry it, as a pattern over one paragraph.
FEBRUARY = [
    r"encircled the countryside north of Aleppo in the last two days",
    r"cut the main supply route .* to Turkey",
    r"Lebanese and Iranian allies",
    r"Ankara said that it suspected .* starve",
    r"Russian airstrikes, .* offensive in the northern province of Aleppo",
    r"Tens of thousands of civilians have fled to the Turkish border",
    r"thousands gathering at the Bab al-Salam crossing",
    r"Davutoglu.* 15,000 people .* Turkey's border",
    r"Amnesty International",
    r"Mercy Corps said .* direct way for aid into Aleppo had been cut",
    r"David Evans.* a siege of Aleppo was close",
    r"Iran said that one of its generals was killed on the front line",
    r"around Aleppo.* south and northwest.* Geneva",
    r"Kerry.* yesterday .*ceasefire in Syria",
    r"opposition, still in Geneva",
]
SEPTEMBER = [
    r"Bab al-Nairab.* Aleppo Province.* airstrike on August 27, 2016",
    r"temporary ceasefire in Aleppo, Syria's largest city",
    r"Early on Sunday US officials",
    r"G20 summit in China",
    r"Kerry and Sergei Lavrov .* meet again on Monday",
    r"48-hour ceasefires so that aid could enter parts of Aleppo",
    r"Over the weekend, Russia .*airstrikes southwest of Aleppo",
    r"an offensive earlier this month",  # September, against "early August" below: the report says both
    r"an offensive in early August",
    r"Hezbollah, recaptured an air force college and a large artillery base from the rebels on Sunday",
    r"trying to close the Ramouseh corridor",
    r"Rebels opened the corridor",
    r"never secure",
    r"broke the siege of the opposition areas of Aleppo",
    r"Syrian military, Russia and foreign forces had imposed a month earlier",
    r"Russia has proposed aid by the al-Castello Road alone",
    r"north of Aleppo that was seized in early July",
    r"rebels insist that aid must use the Ramouseh corridor",
    r"the opposition districts",
    r"imposed the siege on Aleppo again",
    r"Stephen O'Brien, is visiting Iran",
    r"Rahmani Fazli.* 04-09-16",
    r"trip to Tehran",
    r"commanders, troops and foreign militias in the fighting near Aleppo",
    r"Velayati",
]


def parts(path: Path) -> tuple[dict[str, str], str]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return dict(line.split(":", 1) for line in head.splitlines()), body


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_there_are_the_two_articles() -> None:
    assert [path.name[:10] for path in ARTICLES] == ["2016-02-06", "2016-09-05"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_front_matter_and_length(path: Path) -> None:
    head, body = parts(path)
    assert list(head) == ["title", "published", "source", "url"]
    assert date.fromisoformat(head["published"].strip()) == date.fromisoformat(path.name[:10])
    assert head["source"].strip().startswith("sitmap, after ")
    assert 200 <= len(body.split()) <= 380


@pytest.mark.parametrize(
    ("path", "fact"),
    [(ARTICLES[0], f) for f in FEBRUARY] + [(ARTICLES[1], f) for f in SEPTEMBER],
    ids=lambda v: str(v)[-40:],
)
def test_a_fact_is_told(path: Path, fact: str) -> None:
    assert re.search(fact, parts(path)[1])


@pytest.mark.skipif(not ORIGINALS, reason="the two reports are not at hand")
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_no_sentence_is_copied(path: Path) -> None:
    size = LONGEST_SHARED_RUN + 1
    original = set().union(*(runs(p.read_text(encoding="utf-8"), size) for p in ORIGINALS))
    assert runs(path.read_text(encoding="utf-8"), size) & original == set()
