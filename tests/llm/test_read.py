"""What is taken from a model and what is left out: every word must stand in the article."""

from datetime import date

import pytest
from llm_server import item, says

from geo.model import Event

TEXT = """Crown army retakes Ostmere

The Crown army captured Ostmere on Sunday, officials said. At least 12 people were
killed, residents  told reporters. Rebels denied that they had left Kellvik.

A day later jets struck Brunnholt, “twice”, a medic said. Fighters came from Kellvik. Rebels plan to shell Ostmere.
Nordal was quiet. There is fighting in Zharkovka."""

CAPTURE = item(
    quote="The Crown army captured Ostmere on Sunday, officials said.",
    place="Ostmere",
    time="on Sunday",
    initiators=["The Crown army"],
    modality="claimed",
    attribution="officials",
    figures=[{"kind": "killed", "words": "At least 12 people"}],
)
STRIKE = item(type="airstrike", quote="A day later jets struck Brunnholt, “twice”, a medic said.", place="Brunnholt")


def test_an_event_is_cut_out_of_the_article(server, read):
    server.sends(says(CAPTURE))
    found = read(TEXT)
    (event,) = found.events
    assert (found.left_out, found.failures) == ([], [])
    assert TEXT[event.quote_start : event.quote_end] == event.quote == CAPTURE["quote"]
    assert (event.article, event.type, event.modality, event.attribution) == (
        "report", "capture", "claimed", "officials",
    )  # fmt: skip
    assert event.location.place_id == "atlas:ostmere"
    assert (event.when.edtf, event.when.first, event.when.phrase) == ("2021-05-02", date(2021, 5, 2), "Sunday")
    assert [(a.role, a.name, a.side) for a in event.actors] == [("initiator", "Crown army", "north")]
    assert [(f.kind, f.low, f.high, f.words) for f in event.figures] == [("killed", 12, None, "At least 12 people")]
    assert event.flags == ("read by a language model (tiny)",)
    assert 0.5 < event.confidence < 0.9
    assert server.asked[0].article == TEXT


def only(read, server, **changes):
    base = changes.pop("of", CAPTURE)
    server.sends(says(base | changes))
    return read(TEXT)


# changes to the capture: why the event is left out
REFUSED = {
    "an invented quote": ({"quote": "The Crown army razed Ostmere on Sunday."}, "event: its quote does not stand in the article"),
    "a quote put together": ({"quote": "The Crown army captured Ostmere on Monday, officials said."}, "event: its quote does not stand in the article"),
    "a quote with a word left out": ({"quote": "The Crown army captured on Sunday, officials said."}, "event: its quote does not stand in the article"),
    "an empty quote": ({"quote": ""}, "event: its quote is no sentence but 0 words"),
    "a word for a quote": ({"quote": "captured Ostmere"}, "event: its quote is no sentence but 2 words"),
    "the whole article": ({"quote": TEXT * 4}, f"event: its quote is no sentence but {len((TEXT * 4).split())} words"),
    "a quote over paragraphs": ({"quote": TEXT[:85]}, "event: its quote runs over paragraphs"),
    "a place that is not there": ({"place": "Vellmark"}, "event: its place does not stand in the article"),
    "no place": ({"place": ""}, "event: it names no place"),
    "a place of no gazetteer": ({"place": "Zharkovka"}, "event: no gazetteer resolves its place"),
    "a noun for a place": ({"place": "reporters"}, "event: no gazetteer resolves its place"),
    "a place without a letter": ({"place": "…"}, "event: its place does not stand in the article"),
    "coordinates": ({"place": "63.10, 15.80"}, "event: its place does not stand in the article"),
    "an id": ({"place": "atlas:ostmere"}, "event: its place does not stand in the article"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "why"), REFUSED.values(), ids=REFUSED)
def test_an_event_that_the_article_does_not_bear_out_is_left_out(server, read, changes, why):
    server.sends(says(CAPTURE | changes, STRIKE))
    found = read(TEXT)
    assert [e.type for e in found.events] == ["airstrike"]
    (left_out,) = found.left_out
    assert left_out.startswith(f"{why}: '")


# changes to the capture: what is left out, and what of the event is then empty
LEFT_OUT = {
    "an invented time": ({"time": "on Friday"}, "time: its words do not stand in the article: 'on Friday'"),
    "a date of the model": ({"time": "2021-05-02"}, "time: its words do not stand in the article: '2021-05-02'"),
    "no time": ({"time": "officials"}, "time: its words are no time that sitmap can date: 'officials'"),
    "an invented actor": ({"initiators": ["Grey Guard"]}, "initiator: the name does not stand in the article: 'Grey Guard'"),
    "an invented target": ({"targets": ["the Grey Guard"]}, "target: the name does not stand in the article: 'the Grey Guard'"),
    "a name without a letter": ({"initiators": ["--"]}, "initiator: the name does not stand in the article: '--'"),
    "a long name": ({"initiators": [TEXT]}, "initiator: the name does not stand in the article: 'Crown army retakes"),
    "an invented source": ({"attribution": "the ministry"}, "attribution: its words do not stand in the article: 'the ministry'"),
    "an invented number": ({"figures": [{"kind": "killed", "words": "14 people"}]}, "figure: its words do not stand in the paragraph of the quote: '14 people'"),
    "no number": ({"figures": [{"kind": "killed", "words": "residents"}]}, "figure: its words hold no number: 'residents'"),
    "an origin that is not there": ({"origin": "Vellmark"}, "origin: its place does not stand in the article: 'Vellmark'"),
}  # fmt: skip
PARTS = {"time": "when", "initiator": "actors", "target": "actors", "figure": "figures", "origin": "origin"}


@pytest.mark.parametrize(("changes", "why"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_else_is_not_in_the_article_is_left_out_of_the_event(server, read, changes, why):
    plain = CAPTURE | {"initiators": [], "figures": [], "time": None, "attribution": None}
    found = only(read, server, of=plain | changes)
    (event,) = found.events
    (left_out,) = found.left_out
    assert left_out.startswith(why)
    part, reason = why.split(": ")[:2]
    assert not getattr(event, PARTS.get(part, part))
    assert event.flags == ("read by a language model (tiny)", f"the model’s {part} is left out: {reason}")


def test_a_second_number_of_a_kind_is_left_out(server, read):
    words = {"kind": "killed", "words": "At least 12 people"}
    found = only(read, server, figures=[words, words])
    assert len(found.events[0].figures) == 1
    assert found.left_out == ["figure: another number of that kind stands before it: 'At least 12 people'"]


def test_changed_spacing_and_signs_are_mended_to_what_stands_there(server, read):
    quote = "At least 12 people were killed, residents told reporters."
    server.sends(
        says(
            item(type="killing", quote=quote, place="ostmere", figures=[{"kind": "killed", "words": "12  people"}]),
            item(type="airstrike", quote='A day later jets struck\tBrunnholt, "twice"', place="Brunnholt"),
        )
    )
    found = read(TEXT)
    killing, strike = found.events
    assert killing.quote == TEXT[killing.quote_start : killing.quote_end]
    assert killing.quote.split() == quote.split()
    assert killing.quote != quote
    assert killing.figures[0].words == "12 people"
    assert strike.quote == STRIKE["quote"], "a part of a sentence is widened to the whole"
    assert found.left_out == []


def test_what_another_sentence_tells_is_flagged(server, read):
    found = only(
        read, server, of=STRIKE, time="on Sunday", initiators=["the Crown army"], targets=["fighters"], place="Kellvik"
    )  # fmt: skip
    (event,) = found.events
    assert event.flags[1:] == (
        "placed by another sentence of the article",
        "dated by another sentence of the article, “Sunday”",
        "initiator named in another sentence of the article",
        "target named in another sentence of the article",
    )
    assert [a.name for a in event.actors] == ["Crown army", "Fighters"]


def test_words_that_hang_on_another_time_date_nothing(server, read):
    found = only(read, server, of=STRIKE, time="A day later")
    (event,) = found.events
    assert event.when is None
    assert event.flags[1:] == ("the article does not say when “A day later” was",)


def test_words_for_two_places_are_none(server, read):
    server.sends(says(item(quote="Rebels hold Kellvik and Ostmere now.", place="Kellvik and Ostmere")))
    found = read("Rebels hold Kellvik and Ostmere now.")
    assert (found.events, found.left_out) == ((), ["event: its words name several places: 'Kellvik and Ostmere'"])


def test_an_origin_is_a_place_too(server, read):
    found = only(read, server, of=STRIKE, quote="Fighters came from Kellvik.", origin="Kellvik", type="displacement")
    assert found.events[0].origin.place_id == "atlas:kell"


def test_a_quote_that_stands_twice_is_the_one_beside_the_place(server, read):
    text = "Rebels captured it.\n\nNothing in Kellvik.\n\nRebels captured it. In Ostmere people fled."
    server.sends(says(item(quote="Rebels captured it.", place="Ostmere")))
    (event,) = read(text).events
    assert event.quote_start == text.rindex("Rebels captured it.")


def test_the_same_event_twice_is_one(server, read):
    server.sends(
        says(CAPTURE, CAPTURE, CAPTURE | {"quote": "Crown army retakes Ostmere", "figures": []}, STRIKE, STRIKE)
    )
    found = read(TEXT)
    assert [e.type for e in found.events] == ["capture", "airstrike"]
    assert [line.split(": ")[1] for line in found.left_out] == ["it is told twice"] * 3
    assert found.events[0].quote == CAPTURE["quote"], "the fuller telling, not the headline"


def test_events_stand_in_text_order_with_ids_of_their_own(server, read):
    server.sends(says(STRIKE, CAPTURE, CAPTURE | {"modality": "denied"}))
    events = read(TEXT).events
    assert [e.type for e in events] == ["capture", "capture", "airstrike"]
    assert len({e.id for e in events}) == 3


def ruled(**more):
    start = TEXT.index("Rebels plan")
    known = {"id": "r", "article": "report", "type": "shelling", "when": None, "location": None, "origin": None, "actors": (),
             "modality": "planned", "attribution": "", "figures": (), "quote": TEXT[start : start + 30], "quote_start": start,
             "quote_end": start + 30, "trigger": "shell", "confidence": 0.5}  # fmt: skip
    return Event(**known | more)


@pytest.mark.parametrize(
    ("rules", "modality", "flags"),
    [
        ((ruled(),), "happened", ("the rules of sitmap read this as planned",)),
        ((ruled(type="airstrike", modality="denied"),), "claimed", ("the rules of sitmap read this as denied",)),
        ((ruled(),), "planned", ()),
        ((ruled(), ruled(modality="happened")), "happened", ()),
        ((ruled(type="talks"),), "happened", ()),
        ((ruled(quote_start=0, quote_end=9),), "happened", ()),
    ],
)
def test_what_the_rules_take_for_no_fact_is_flagged(server, read, rules, modality, flags):
    server.sends(says(item(type="shelling", quote="Rebels plan to shell Ostmere.", place="Ostmere", modality=modality)))
    (event,) = read(TEXT, rules=rules).events
    assert event.flags[1:] == flags
    assert event.modality == modality


def test_the_subtype_is_that_of_the_rules(server, read):
    server.sends(says(item(type="shelling", quote="Rebels plan to shell Ostmere.", place="Ostmere")))
    assert read(TEXT, rules=(ruled(subtype="mortar"),)).events[0].subtype == "mortar"
    assert read(TEXT, rules=(ruled(type="clash", subtype="ambush"),)).events[0].subtype == ""


def test_what_the_rules_find_too_is_surer(server, read):
    server.sends(says(item(type="shelling", quote="Rebels plan to shell Ostmere.", place="Ostmere")))
    assert read(TEXT, rules=(ruled(),)).events[0].confidence > read(TEXT).events[0].confidence


def test_silence_where_the_rules_find_something_is_told(server, read):
    server.sends(says())
    found = read(TEXT, rules=(ruled(),))
    assert (found.events, found.model.remarks) == (
        (), ["report: nothing is taken from the model where the rules of sitmap find 1 event"],
    )  # fmt: skip


def test_long_articles_are_read_in_parts_with_their_offsets(server, read):
    filler = "Nothing happened here that day. " * 150
    text = f"{filler}\n\nRebels captured Kellvik on Sunday.\n\n{filler}\n\nJets struck Brunnholt.\n\n{filler}"

    def reply(asked, _before):
        told = [
            item(quote="Rebels captured Kellvik on Sunday.", place="Kellvik", time="on Sunday"),
            item(type="airstrike", quote="Jets struck Brunnholt.", place="Brunnholt"),
        ]
        return says(*(one for one in told if one["quote"] in asked.article))

    server.reply = reply
    found = read(text)
    assert len(server.asked) == 3
    assert [(e.quote, text[e.quote_start : e.quote_end] == e.quote) for e in found.events] == [
        ("Rebels captured Kellvik on Sunday.", True), ("Jets struck Brunnholt.", True),
    ]  # fmt: skip
    server.reply = lambda _asked, _before: says(item(quote="Jets struck Brunnholt.", place="Brunnholt"))
    other = read(text + " More.")
    assert len(other.left_out) == 1, "the part that holds no such quote; of the others one was kept and one asked"
