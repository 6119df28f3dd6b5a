"""Learning tagger and ranker from a small corpus, all its articles invented, and finding places with what was learnt."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.gazetteer import open_gazetteer
from geo.model import Article
from geo.toponyms import find_mentions
from geo.toponyms.rank import FILE
from geo.toponyms.tagger import MODEL
from geo.training.__main__ import main, train
from geo.training.corpus import Annotated, read_corpus
from geo.training.ranker import examples
from geo.training.tagger import described

# places in brackets, with longitude and latitude where they count
ARTICLES = [
    "Shells fell on [Goma|29.23,-1.67] at dawn. People fled from [Goma|29.23,-1.67] to [Bukavu|28.86,-2.51].",
    "Rebels left [Homs|36.72,34.73] after a truce. Buses drove to [Idlib|36.63,35.93] in the north of [Syria|38.5,35].",
    "Drones struck a depot in [Odesa|30.73,46.48]. Ships in [Mykolaiv|32,46.97] were hit, [Ukraine|31,49] said.",
    "Colonel Odera met the elders in [Lodwar|35.6,3.12]. Odera said that [Kenya|38,1] wants peace.",
    "Militias burnt huts near [Bangassou|22.82,4.74]. Aid reached [Bambari|20.67,5.77] on Friday.",
    "The envoy flew from [Sanaa|44.21,15.35] to [Muscat|58.41,23.58]. Talks in [Yemen|47.5,15.5] go on.",
    "Police in [Paris|-95.56,33.66], [Texas|-99,31], closed a road. A judge in [Dallas|-96.8,32.78] agreed.",
    "Firemen in [Athens|-83.38,33.96], [Georgia|-83.5,32.75], met those of [Rome|-85.16,34.26], [Georgia|-83.5,32.75].",
    "Ministers met in [Paris|2.35,48.85] on Monday. The train to [Lyon|4.83,45.76] was late.",
    "Mr. Jordan spoke to Ms. Paris of the Red Cross. They had met in [Amman|35.95,31.96].",
    "Troops took the village of [Umm Qarn] near [Aleppo|37.16,36.2]. The village of [Tell Sirat] was empty.",
    "A bomb went off on [Harbour Street] in [Colombo|79.85,6.93]. Nurses in [Kandy|80.64,7.3] helped.",
    "Soldiers patrol [Juba|31.58,4.85] by night. General Deng left for [Malakal|31.66,9.53] in [South Sudan|30,7.5].",
    "Gunmen shot at a bus between [Kano|8.52,12] and [Kaduna|7.44,10.52]. [Nigeria|8,10] mourned.",
    "A landslide cut the road to [Pasto|-77.28,1.21]. The army of [Colombia|-74,4] sent engineers from [Cali|-76.52,3.44].",
    "Fighters shelled [Mekelle|39.48,13.5]. Farmers fled to [Adigrat|39.46,14.28], in the north of [Ethiopia|40,9].",
    "Guards closed the crossing at [Torkham|71.09,34.13]. Trucks wait in [Peshawar|71.58,34.01] and [Jalalabad|70.45,34.43].",
    "President Lincoln Abara thanked the Senate. He returns to [Abuja|7.49,9.06] in March.",
    "Snipers fired on [Sirte|16.59,31.2]. The wounded were taken to [Misrata|15.09,32.38] and [Tripoli|13.19,32.89].",
    "Avalanches closed [Gulmarg|74.39,34.05]. Flights to [Srinagar|74.8,34.08], in [India|79,22], were stopped.",
]  # fmt: skip
UNSEEN = (
    "Shells fell on Bukavu at dawn. Rebels left Homs. Ms. Jordan thanked the Senate. Police in Paris, Texas, slept."
)
MARKED = re.compile(r"\[([^]|]+)(?:\|([^],]+),([^]]+))?\]")


def row(number: int, text: str) -> dict[str, object]:
    plain, toponyms, at = "", [], 0
    for match in MARKED.finditer(text):
        plain += text[at : match.start()]
        toponym: dict[str, object] = {"start": len(plain), "end": len(plain) + len(match[1])}
        if match[2]:
            toponym |= {"lon": float(match[2]), "lat": float(match[3])}
        toponyms.append(toponym)
        plain, at = plain + match[1], match.end()
    return {"id": f"invented-{number}", "text": plain + text[at:], "toponyms": toponyms}


def write_corpus(path: Path, texts: list[str]) -> Path:
    rows = [row(number, text) for number, text in enumerate(texts)]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.fixture
def annotated(tmp_path):
    return lambda *texts: list(read_corpus(write_corpus(tmp_path / "annotated.jsonl", list(texts))))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> list[Annotated]:
    return list(read_corpus(write_corpus(tmp_path_factory.mktemp("corpus") / "war.jsonl", ARTICLES)))


@pytest.fixture(scope="module")
def learnt(tmp_path_factory, corpus) -> Path:
    pytest.importorskip("scipy")
    folder = tmp_path_factory.mktemp("learnt") / "new" / "folder"
    train([corpus], folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def found(text: str, weights: Path | None) -> dict[str, str | None]:
    mentions = find_mentions(Article("a", text), open_gazetteer(None), weights=weights)
    return {m.text: m.location and m.location.place_id for m in mentions if m.role in ("place", "metonym")}


def test_both_files_are_written(learnt):
    assert sorted(contents(learnt)) == sorted([FILE, MODEL])
    table = tomllib.loads((learnt / FILE).read_text(encoding="utf-8"))
    assert sorted(table) == ["alone", "together"]
    assert any(table["together"].values())


def test_places_are_found_with_what_was_learnt(learnt):
    places = found(UNSEEN, learnt)
    assert list(places) == ["Bukavu", "Homs", "Paris", "Texas"]
    assert places["Paris"] == "geonames:4717560"


def test_what_was_learnt_is_used(learnt, tmp_path):
    """A tagger that was taught that nothing is a place finds less."""
    pytest.importorskip("scipy")
    only = [text if number == 9 else MARKED.sub(r"\1", text) for number, text in enumerate(ARTICLES)]
    train([list(read_corpus(write_corpus(tmp_path / "few.jsonl", only)))], tmp_path / "out")
    assert "Bukavu" in found(UNSEEN, learnt)
    assert "Bukavu" not in found(UNSEEN, tmp_path / "out")


def test_learning_twice_gives_the_same_bytes(learnt, corpus, tmp_path):
    pytest.importorskip("scipy")
    train([corpus], tmp_path)
    assert contents(tmp_path) == contents(learnt)


def test_what_lay_in_the_folder_before_teaches_nothing(learnt, corpus, tmp_path):
    pytest.importorskip("scipy")
    train([corpus[:12]], tmp_path)
    before = found(UNSEEN, tmp_path), contents(tmp_path)
    train([corpus], tmp_path)
    assert before[1] != contents(tmp_path) == contents(learnt)
    assert found(UNSEEN, tmp_path) == found(UNSEEN, learnt)


def test_each_article_is_told_once_more_with_other_places(corpus):
    sequences = described(corpus[:3], open_gazetteer(None))
    assert len(sequences) == 6
    assert all(len(words) == len(labels) for words, labels in sequences)
    assert " ".join(sequences[0][1]) == "O O O B O O O O O B O B"
    assert sequences[0][0] != sequences[1][0]


def test_the_entry_near_the_point_is_right(corpus):
    (one,) = examples(corpus[6:7], open_gazetteer(None), None)
    right = [p.id for p, r in zip(one.candidates.places, one.right, strict=True) if r]
    assert {"geonames:4717560", "iso:US-TX", "geonames:4684888"} <= set(right)
    assert "geonames:2988507" in {p.id for p in one.candidates.places} - set(right)
    assert (one.weight > 0).all()


def test_names_without_a_point_and_points_far_from_every_entry_have_no_weight(annotated):
    (one,) = examples(annotated("They left [Paris|150,-80] for [Goma]."), open_gazetteer(None), None)
    assert not one.right.any()
    assert not one.weight.any()


def test_a_text_without_names_is_no_example(annotated):
    assert examples(annotated("it rained."), open_gazetteer(None), None) == []


def test_corpora_without_points_cannot_teach_the_ranker(tmp_path, annotated):
    unplaced = annotated(*(MARKED.sub(r"[\1]", text) for text in ARTICLES))
    with pytest.raises(InputError) as error:
        train([unplaced], tmp_path / "out")
    assert str(error.value) == (
        "the ranker learns nothing: no name that the tagger finds has a point near one of its entries. "
        "Give lat and lon of more toponyms."
    )


def test_a_folder_without_weights_is_told(tmp_path, learnt):
    do = "Learn the weights with python -m geo.training, or leave the folder out."
    with pytest.raises(InputError) as error:
        found(UNSEEN, tmp_path)
    assert str(error.value) == f"{tmp_path / MODEL}: here is no model of the tagger. {do}"
    (tmp_path / MODEL).write_bytes((learnt / MODEL).read_bytes())
    with pytest.raises(InputError) as error:
        found(UNSEEN, tmp_path)
    assert str(error.value) == f"{tmp_path / FILE}: here are no weights of the ranker. {do}"


def test_the_command_learns_one_half(corpus, tmp_path, learnt):
    pytest.importorskip("scipy")
    write_corpus(tmp_path / "war.jsonl", ARTICLES)
    ids = [article.id for article in corpus]
    (tmp_path / "split.json").write_text(json.dumps({"war": {"train": ids, "dev": []}}), encoding="utf-8")
    command = [sys.executable, "-m", "geo.training", str(tmp_path), "war", "--split", str(tmp_path / "split.json")]
    command += ["--articles", str(tmp_path)]  # none: what was written for training would take a minute
    done = subprocess.run([*command, "--out", str(tmp_path / "out")], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert contents(tmp_path / "out") == contents(learnt)


# arguments after the folder, what the command says
REFUSED = [
    (["peace"], "{folder}/peace.jsonl: this corpus cannot be read: No such file or directory. Check its name and rights."),
    (["war", "--split", "{folder}/none.json"], "{folder}/none.json: no ids of the half 'train' of 'war' can be read: [Errno 2] No such file or directory: '{folder}/none.json'. Write {{\"NAME\": {{\"HALF\": [\"id\", …]}}}}."),
    (["war", "--split", "{folder}/split.json", "--half", "last"], "{folder}/split.json: no ids of the half 'last' of 'war' can be read: 'last'. Write {{\"NAME\": {{\"HALF\": [\"id\", …]}}}}."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "says"), REFUSED, ids=[case[0][-1] for case in REFUSED])
def test_the_command_says_what_is_wrong(tmp_path, capsys, arguments, says):
    write_corpus(tmp_path / "war.jsonl", ARTICLES[:1])
    (tmp_path / "split.json").write_text('{"war": {"train": []}}', encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main([str(tmp_path), *(a.format(folder=tmp_path) for a in arguments), "--out", str(tmp_path / "out")])
    assert (left.value.code, capsys.readouterr().err) == (2, f"Error: {says.format(folder=tmp_path)}\n")
    assert not (tmp_path / "out").exists()
