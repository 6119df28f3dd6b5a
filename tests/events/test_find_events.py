"""What one sentence says: a table of cases in a land of our own."""

from datetime import date

import pytest

from geo.events import find_events
from geo.model import Article
from geo.toponyms import find_mentions

# sentence: what it tells, as "type @ place; modality; initiators > targets; EDTF", one line an event; "-" for nothing
CASES = {
    # who did what where: active, passive, nominal, relative
    "The Crown army captured Ostmere on 3 May 2021.": "capture @ Ostmere; happened; Crown army > ; 2021-05-03",
    "Ostmere was captured by the Crown army on 3 May 2021.": "capture @ Ostmere; happened; Crown army > ; 2021-05-03",
    "The recapture of Ostmere by the Grey Guard came on 3 May 2021.": "capture @ Ostmere; happened; Grey Guard > ; 2021-05-03",
    "Ostmere, which rebels seized last week, is quiet.": "capture @ Ostmere; happened; rebels > ; 2021-04-26/2021-05-02",
    "Rebels took Kellvik and Brunnholt on Sunday.": (
        "capture @ Kellvik; happened; Rebels > ; 2021-05-02\ncapture @ Brunnholt; happened; Rebels > ; 2021-05-02"
    ),
    "Kellvik fell to the Crown army on Sunday.": "capture @ Kellvik; happened; Crown army > ; 2021-05-02",
    "Rebels lost Kellvik to the Crown army on Sunday.": "capture @ Kellvik; happened; Crown army > Rebels; 2021-05-02",
    "The Grey Guard withdrew from Harnfors on Saturday.": "withdrawal @ Harnfors; happened; Grey Guard > ; 2021-05-01",
    # roads
    "The Crown army cut the Torv Road on Friday.": "route_closed @ Torv Road; happened; Crown army > ; 2021-04-30",
    "Rebels reopened the Ness corridor in late April.": "route_opened @ Ness corridor; happened; Rebels > ; 2021-04-21~/2021-04-30~",
    "Crown forces are trying to close the Ness corridor.": "route_closed @ Ness corridor; ongoing; Crown forces > ; ",
    # sieges
    "The Crown army imposed a siege on Vellmark in March 2021.": "siege_imposed @ Vellmark; happened; Crown army > ; 2021-03",
    "Rebels broke the siege of Vellmark on Monday.": "siege_broken @ Vellmark; happened; Rebels > ; 2021-05-03",
    "Harnfors has been encircled by crown forces since Tuesday.": (
        "siege_imposed @ Harnfors; happened; crown forces > ; 2021-04-27/.."
    ),
    # attacks; the weapon chooses the type
    "Jets bombed Brunnholt on Sunday.": "airstrike @ Brunnholt; happened; Jets > ; 2021-05-02",
    "An airstrike on Brunnholt killed 12 people on Sunday.": "airstrike @ Brunnholt; happened;  > people; 2021-05-02",
    "Artillery fire hit Brunnholt overnight.": "shelling @ Brunnholt; happened;  > ; 2021-05-02/2021-05-03",
    "Rebels fired rockets at Ostmere on Sunday.": "shelling @ Ostmere; happened; Rebels > ; 2021-05-02",
    "A car bomb exploded in Ostmere on Sunday.": "bombing @ Ostmere; happened;  > ; 2021-05-02",
    "Estvar launched a major offensive near Harnfors on Sunday.": "offensive @ near Harnfors; happened; Estvar > ; 2021-05-02",
    "Clashes broke out between rebels and the Grey Guard in Kellvik on Sunday.": (
        "clash @ Kellvik; happened; rebels > Grey Guard; 2021-05-02"
    ),
    "Jets fired rockets at Ostmere on Sunday.": "airstrike @ Ostmere; happened; Jets > ; 2021-05-02",
    "Warplanes destroyed a depot in Ostmere on Sunday.": "airstrike @ Ostmere; happened; Warplanes > depot; 2021-05-02",
    "Jets struck rebel positions in Kellvik on Sunday.": "airstrike @ Kellvik; happened; Jets > rebels; 2021-05-02",
    "Helicopters dropped barrels of chlorine on Ostmere on Sunday.": (
        "chemical_attack @ Ostmere; happened; Helicopters > ; 2021-05-02"
    ),
    "Gunmen attacked a church in Kellvik on Sunday, killing nine people.": (
        "attack_on_civilians @ Kellvik; happened; Gunmen > people; 2021-05-02"
    ),
    "Rebels attacked a checkpoint near Kellvik on Sunday.": "clash @ near Kellvik; happened; Rebels > checkpoint; 2021-05-02",
    "The soldiers opened fire on rebels in Kellvik on Sunday.": "clash @ Kellvik; happened; soldiers > rebels; 2021-05-02",
    "Shelling and airstrikes on Brunnholt killed 12 people on Sunday.": (
        "airstrike @ Brunnholt; happened;  > people; 2021-05-02"
    ),
    # a toll is that of the attack told beside it, unless that is a whole offensive
    "A mine exploded in Ostmere on Sunday, killing three soldiers.": "bombing @ Ostmere; happened;  > soldiers; 2021-05-02",
    "Two soldiers were killed in the first days of Estvar's offensive in Harnfors.": (
        "killing @ Harnfors; happened; Estvar > soldiers; \noffensive @ Harnfors; happened; Estvar > ; "
    ),
    # where somebody belongs is not where it happened
    "The Harnfors-based monitor said that jets bombed Brunnholt on Sunday.": (
        "airstrike @ Brunnholt; claimed; jets > ; 2021-05-02"
    ),
    "Pro-Harnfors media said that a bomb exploded on Sunday.": "bombing @ ; claimed;  > ; 2021-05-02",
    "Jets bombed the Kellvik area near Brunnholt on Sunday.": "airstrike @ Kellvik; happened; Jets > ; 2021-05-02",
    "HARNFORS (NewsWire) - Jets bombed Brunnholt on Sunday.": "airstrike @ Brunnholt; happened; Jets > ; 2021-05-02",
    "HARNFORS At least nine people died in an airstrike on Sunday.": "airstrike @ ; happened;  > people; 2021-05-02",
    # police and crowds
    "Police fired tear gas at protesters in Vellmark on Sunday.": "protest @ Vellmark; happened; Police > ; 2021-05-02",
    "Thousands of students marched in Vellmark on Sunday.": "protest @ Vellmark; happened; students > ; 2021-05-02",
    # agreements
    "The two sides exchanged prisoners near Kellvik on Sunday.": "talks @ near Kellvik; happened; sides > ; 2021-05-02",
    "The council voted for a ceasefire on Saturday.": "ceasefire @ ; happened; council > ; 2021-05-01",
    # people
    "Some 4,000 people fled Harnfors for Vellmark on Sunday.": "displacement @ Vellmark; happened;  > people; 2021-05-02",
    "Police arrested 30 protesters in Vellmark on Sunday.": "detention @ Vellmark; happened; Police > protesters; 2021-05-02",
    # how sure, and who says so
    "The Grey Guard will attack Kellvik on Friday.": "clash @ Kellvik; planned; Grey Guard > ; 2021-05-07",
    "The Crown army denied that it had shelled Brunnholt.": "shelling @ Brunnholt; denied; Crown army > ; ",
    "The Crown army did not capture Ostmere.": "capture @ Ostmere; denied; Crown army > ; ",
    "The League proposed a ceasefire in Vellmark.": "ceasefire @ Vellmark; proposed; League > ; ",
    "The Crown army threatened to bomb Ostmere.": "airstrike @ Ostmere; threatened; Crown army > ; ",
    "The League said that the Grey Guard had shelled Kellvik on Sunday.": "shelling @ Kellvik; claimed; Grey Guard > ; 2021-05-02",
    "According to rebels, crown forces shelled Kellvik on Sunday.": "shelling @ Kellvik; claimed; crown forces > ; 2021-05-02",
    "At least 14 civilians were killed in strikes on Brunnholt, the monitor said on Sunday.": (
        "airstrike @ Brunnholt; claimed;  > civilians; 2021-05-01/2021-05-02"
    ),
    # not events
    "More than 30,000 people have been killed since the war began in 2011.": "-",
    "Rebels would not dare to shell Kellvik.": "-",
    "Some 90 fighters live in Ostmere, where displaced families have found a home.": "-",
    "If the Crown army captures Ostmere, the war will last.": "-",
    "The aid agency has an office in Vellmark.": "-",
    "Vellmark is the largest city of the country.": "-",
}  # fmt: skip


def tell(text, land, published=date(2021, 5, 3)):
    gazetteer, book = land
    article = Article("a", text, published)
    return find_events(article, find_mentions(article, gazetteer), book)


def line(event):
    actors = {role: ", ".join(a.name for a in event.actors if a.role == role) for role in ("initiator", "target")}
    place = event.location.name if event.location else ""
    when = event.when.edtf if event.when else ""
    return f"{event.type} @ {place}; {event.modality}; {actors['initiator']} > {actors['target']}; {when}"


@pytest.mark.parametrize("text", CASES)
def test_sentence(text, land):
    assert ("\n".join(map(line, tell(text, land))) or "-") == CASES[text]


# sentence: kind, least, most, as stated
FIGURES = {
    "An airstrike on Brunnholt killed 12 people on Sunday.": [("killed", 12, 12, 12)],
    "An airstrike on Brunnholt killed at least 12 people and wounded 40 others.": [
        ("injured", 40, 40, 40),
        ("killed", 12, None, 12),
    ],
    "Up to 24 civilians were killed in shelling of Brunnholt.": [("killed", 0, 24, 24)],
    "Tens of thousands of civilians fled Harnfors.": [("displaced", 20000, None, 20000)],
    "Some 4,000 people fled Harnfors.": [("displaced", 4000, 4000, 4000)],
    "Three soldiers were killed by a car bomb in Ostmere.": [("killed", 3, 3, 3)],
    "Two dozen villagers were injured by rockets that hit Kellvik.": [("injured", 24, 24, 24)],
    "An airstrike hit Brunnholt at 12.": [],
    # one person, and people listed together
    "A woman was killed in shelling of Brunnholt.": [("killed", 1, 1, 1)],
    "A car bomb killed six officers and a civilian in Ostmere.": [("killed", 7, 7, 7)],
    "A car bomb killed 14 dockers in Ostmere.": [("killed", 14, 14, 14)],
    "Some 0 85 12 fighters were killed in Kellvik on Sunday.": [("killed", 12, 12, 12)],
}


@pytest.mark.parametrize("text", FIGURES)
def test_figures(text, land):
    figures = [f for event in tell(text, land) for f in event.figures]
    assert [(f.kind, f.low, f.high, f.stated) for f in figures] == FIGURES[text]


def test_told_twice_is_one_event(land):
    events = tell(
        "Rebels seized Ostmere on Sunday. The seizure of Ostmere shocked the Grey Guard. Rebels had seized the town after a long battle.",
        land,
    )
    assert [line(e) for e in events if e.type == "capture"] == ["capture @ Ostmere; happened; Rebels > ; 2021-05-02"]


def test_what_points_back_joins_what_it_points_at(land):
    events = tell(
        "Jets carried out airstrikes on Brunnholt on Sunday. Helped by the strikes, the Grey Guard took Kellvik.", land
    )
    assert [e.type for e in events] == ["airstrike", "capture"]


def test_a_corridor_breaks_a_siege_when_it_was_opened(land):
    events = tell(
        "Rebels opened the Ness corridor in early April. While the corridor was not safe, it broke the siege of Vellmark, "
        "imposed by the Crown army a month earlier.",
        land,
    )
    assert [line(e) for e in events] == [
        "route_opened @ Ness corridor; happened; Rebels > ; 2021-04-01~/2021-04-10~",
        "siege_broken @ Vellmark; happened; Rebels > ; 2021-04-01~/2021-04-10~",
        "siege_imposed @ Vellmark; happened; Crown army > ; 2021-03~",
    ]
    assert events[1].flags == ("time and initiator taken from what is told of the subject before",)


def test_two_times_for_one_offensive_are_flagged_on_both(land):
    events = tell(
        "Rebels launched an offensive near Harnfors earlier this month. The rebels began their offensive near Harnfors in early April.",
        land,
        date(2021, 5, 20),
    )
    assert [(e.type, e.flags) for e in events] == [
        ("offensive", ("the article also dates this “early April”",)),
        ("offensive", ("the article also dates this “earlier this month”",)),
    ]


def test_without_a_date_nothing_is_dated_today(land):
    (event,) = tell("Rebels took Kellvik yesterday.", land, published=None)
    assert event.when is None


def test_quotes_are_the_sentence_at_its_place(land):
    text = "Vellmark woke to snow. Jets bombed Brunnholt on Sunday! Nobody was hurt."
    (event,) = [e for e in tell(text, land) if e.type == "airstrike"]
    assert event.quote == "Jets bombed Brunnholt on Sunday!"
    assert text[event.quote_start : event.quote_end] == event.quote


def test_an_inferred_place_is_marked_and_counts_less(land):
    first, second = tell("Jets bombed Brunnholt on Sunday. Shelling wounded four people.", land)
    assert (second.location.name, second.flags) == (
        "Brunnholt",
        ("time taken from the text before", "place taken from the text before"),
    )
    assert second.confidence < first.confidence


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "!!!", "Airstrike", "the the the", "“", "A" * 5000, "captured " * 400]
)
def test_odd_texts_tell_nothing_and_break_nothing(text, land):
    assert isinstance(tell(text, land), tuple)


# passage: "type @ place; EDTF; figures", one line an event
PASSAGES = {
    # reactions and later tellings are no second event
    "A suicide bombing killed nine people in Ostmere on Sunday. The Crown army condemned the attack. "
    "Hours after the blast, 40 people were said to be wounded.": "bombing @ Ostmere; 2021-05-02; injured 40, killed 9",
    "Airstrikes hit Brunnholt on Sunday. Six people were killed.": "airstrike @ Brunnholt; 2021-05-02; killed 6",
    # another one is
    "Jets bombed Kellvik on Sunday. The army said that other raids hit Brunnholt.": (
        "airstrike @ Kellvik; 2021-05-02; \nairstrike @ Brunnholt; 2021-05-02; "
    ),
    "Shelling in Vellmark killed three people on Sunday. A mortar attack on Brunnholt wounded two people.": (
        "shelling @ Vellmark; 2021-05-02; killed 3\nshelling @ Brunnholt; 2021-05-02; injured 2"
    ),
    # what has no place of its own happened where the article is about
    "Estvar began an offensive against rebels on Saturday. Families in Harnfors were afraid.": (
        "offensive @ Harnfors; 2021-05-01; "
    ),
    # fighters and others who died are counted apart
    "Four civilians died in Kellvik on Sunday. Two soldiers were killed too.": (
        "killing @ Kellvik; 2021-05-02; killed 4\nkilling @ Kellvik; 2021-05-02; killed 2"
    ),
}


@pytest.mark.parametrize("text", PASSAGES)
def test_passage(text, land):
    lines = [
        f"{e.type} @ {e.location.name if e.location else ''}; {e.when.edtf if e.when else ''}; "
        + ", ".join(f"{f.kind} {f.stated}" for f in e.figures)
        for e in tell(text, land)
        if e.type != "displacement"
    ]
    assert "\n".join(lines) == PASSAGES[text]


def test_what_is_quoted_names_the_place_and_another_sentence_is_named_for_the_time(land):
    events = tell("Envoys held talks in Sweden on Sunday. The talks in Vellmark ended without a word.", land)
    assert [(line(e), e.quote, e.flags) for e in events] == [
        (
            "talks @ Vellmark; happened; Envoys > ; 2021-05-02",
            "The talks in Vellmark ended without a word.",
            ("dated by another sentence of the article, “Sunday”",),
        )
    ]


def test_people_at_the_crossing_and_people_in_the_town_are_told_of_for_themselves(land):
    events = tell("People gathered at the Skarn crossing. Estvar said that 15,000 people had reached Harnfors.", land)
    assert [line(e) for e in events] == [
        "displacement @ Skarn crossing; happened;  > People; ",
        "displacement @ Harnfors; claimed;  > people; ",
    ]


@pytest.mark.parametrize(("day", "edtf"), [("1 May 2021", "2021-05-01"), ("10 April 2021", None)])
def test_what_a_report_recalls_dates_nothing_but_itself(day, edtf, land):
    events = tell(f"Jets struck Brunnholt on {day}. Shelling wounded four people in Brunnholt.", land)
    assert [e.when and e.when.edtf for e in events if e.type == "shelling"] == [edtf]
