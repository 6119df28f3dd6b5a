"""Who acts and who suffers, also where another sentence says it: a table of cases in a land of our own."""

from datetime import date

import pytest

from geo.events import find_events
from geo.model import Article
from geo.toponyms import find_mentions

# passage: "type: initiators > targets", one line an event
PASSAGES = {
    # the group that was named before
    "The Grey Guard attacked Kellvik on Sunday. The group shelled Brunnholt on Monday.": (
        "clash: Grey Guard > \nshelling: Grey Guard > "
    ),
    "The Crown army said its forces shelled Kellvik on Sunday.": "shelling: Crown army’s forces > ",
    "The two factions – the Grey Guard and the Harn Front – attacked Kellvik on Sunday.": (
        "clash: Grey Guard, Harn Front > "
    ),
    "Forces loyal to the League attacked Kellvik on Sunday.": "clash: Forces loyal to the League > ",
    "Fighters of the Grey Guard shelled Kellvik on Sunday.": "shelling: Fighters of the Grey Guard > ",
    # whose weapons they are
    "Three people were killed by rebel rockets that landed in Kellvik on Sunday.": "shelling: rebels > people",
    "A barrage of rebel rocket fire and mortar attacks hit Kellvik on Sunday.": "shelling: rebels > ",
    # who claims it
    "The Grey Guard claimed responsibility for a bombing that killed four people in Ostmere on Sunday.": (
        "bombing: Grey Guard > people"
    ),
    "A bombing claimed by the Grey Guard killed four people in Ostmere on Sunday.": "bombing: Grey Guard > people",
    # who tells it does not do it
    "The Harn Observatory reported airstrikes on Kellvik on Sunday.": "airstrike:  > ",
    # whom it is to drive out
    "Estvar launched an offensive near Kellvik on Saturday, aiming to oust the Grey Guard.": "offensive: Estvar > Grey Guard",
    "Two people were reported killed in Kellvik on Sunday.": "killing:  > people",
    # one side shells in this report, so it is that side
    "Rebels shelled Kellvik on Sunday. Shelling also hit Brunnholt, where two people died.": (
        "shelling: Rebels > \nshelling: Rebels > people"
    ),
    "Rebels shelled Kellvik on Sunday. The Crown army shelled Ostmere. Shelling also hit Brunnholt.": (
        "shelling: Rebels > \nshelling: Crown army > \nshelling:  > "
    ),
    # what is struck, where nobody is named
    "Jets struck a hospital in Kellvik on Sunday.": "airstrike: Jets > hospital",
    # whose they are, and what came under fire
    "The Crown army's missile hit Kellvik on Sunday.": "shelling: Crown army > ",
    "A convoy came under fire from the Grey Guard near Kellvik on Sunday.": "clash: Grey Guard > convoy",
    "Attacks carried out by the Grey Guard killed 12 people in Kellvik on Sunday.": "clash: Grey Guard > people",
    # against whom a place was taken
    "Rebels took Kellvik in clashes with the Grey Guard on Sunday.": (
        "capture: Rebels > Grey Guard\nclash: Rebels > Grey Guard"
    ),
    # who is accused
    "The League accused Estvar of shelling Kellvik on Sunday.": "shelling: Estvar > ",
    # what was begun, and what it is for
    "The Crown army launched an operation to retake Ostmere on Sunday.": "offensive: Crown army > ",
    "Kellvik has been under siege by the Crown army since Sunday.": "siege_imposed: Crown army > ",
    # a day that stands before a name is none of it
    "Sunday 2 May 2021 Rebels shelled Kellvik.": "shelling: Rebels > ",
}  # fmt: skip


@pytest.mark.parametrize("text", PASSAGES)
def test_actors(text, land):
    gazetteer, book = land
    article = Article("a", text, date(2021, 5, 4))
    events = find_events(article, find_mentions(article, gazetteer), book)
    roles = [{r: ", ".join(a.name for a in e.actors if a.role == r) for r in ("initiator", "target")} for e in events]
    lines = [f"{e.type}: {who['initiator']} > {who['target']}" for e, who in zip(events, roles, strict=True)]
    assert "\n".join(lines) == PASSAGES[text]
