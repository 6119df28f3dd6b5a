"""``sitmap events``."""

from datetime import date

import click

from geo.cli.articles import given_articles
from geo.cli.llm import language_model, llm_options
from geo.cli.online import online_geocoder, online_options
from geo.cli.options import articles_argument, atlas_option, country_option, date_option, encoding_option, jsonl_option
from geo.cli.output import note, note_none, print_json
from geo.model import Article, Event
from geo.settings import Atlas

EPILOG = """\b
Examples:
  sitmap events report.txt --date 2016-09-05
  sitmap events --jsonl reports.jsonl --atlas my-atlas > events.jsonl
  sitmap events --jsonl reports.jsonl --merge > incidents.jsonl
  sitmap events report.txt --llm http://localhost:11434/v1 --llm-model NAME

\b
A line: doc, id, type, when (EDTF), start and end (first and last day), place, place_id, lon, lat, precision_m,
geometry (GeoJSON, where more than a point is known), actors, modality, attribution, quote, quote_start,
quote_end, figures, confidence, flags. Without a publication date "on Sunday" stays undated: give --date.
With --merge also known (first publication), sources, contested and reports: what each article says.
"""


@click.command(epilog=EPILOG)
@articles_argument
@jsonl_option
@date_option
@encoding_option
@country_option
@atlas_option
@click.option("--merge", is_flag=True, help="Join what several articles tell of one event; all are read first.")
@online_options
@llm_options
def events(
    articles: tuple[str, ...],
    jsonl: str | None,
    published: date | None,
    encoding: str | None,
    countries: tuple[str, ...],
    atlas: Atlas | None,
    merge: bool,
) -> None:
    """Print the events that articles tell, as JSON lines in text order.

    ARTICLE is a file (.txt, .md, .html, .jsonl), a folder of such files, or - for standard input, which is also read
    where none is named.
    """
    from geo.events.across import merge_reports
    from geo.export.lines import event_line, incident_line
    from geo.gazetteer import open_gazetteer
    from geo.pipeline import extract

    gazetteer = open_gazetteer(atlas, countries=countries, notify=note)
    read = printed = 0
    heard: list[Article] = []
    told: list[Event] = []
    with online_geocoder(atlas, gazetteer.theatre) as geocoder, language_model(atlas) as model:
        given = given_articles(articles, jsonl=jsonl, published=published, encoding=encoding)
        for article, _, found in extract(given, atlas, gazetteer, geocoder=geocoder, model=model):
            read += 1
            printed += len(found)
            if merge:
                heard.append(article)
                told += found
                continue
            for event in found:
                print_json(event_line(event))
        for incident in merge_reports(told, heard):
            print_json(incident_line(incident))
        note_none("event", printed, read)
