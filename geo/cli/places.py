"""``sitmap places``."""

from datetime import date

import click

from geo.cli.articles import given_articles
from geo.cli.online import online_geocoder, online_options
from geo.cli.options import articles_argument, atlas_option, country_option, date_option, encoding_option, jsonl_option
from geo.cli.output import note, note_none, print_json
from geo.settings import Atlas

EPILOG = """\b
Examples:
  sitmap places report.txt
  sitmap places --jsonl reports.jsonl --atlas my-atlas > places.jsonl
  sitmap places report.txt --explain
  sitmap places report.txt --online nominatim
  curl -s https://example.org/report.html | sitmap places -

\b
A line: doc, start, end, text, name, kind, id, lon, lat, precision_m, confidence, reason; start and end count
characters of the text, end exclusive. What is not resolved has lon and lat null and a reason. "region" stands
where the words speak of a region relative to the place ("southwest of ...").
"""


@click.command(epilog=EPILOG)
@articles_argument
@jsonl_option
@date_option
@encoding_option
@country_option
@atlas_option
@online_options
@click.option("--explain", is_flag=True, help="Print, to read, the candidates of each name and why one won.")
@click.option("--demonyms", is_flag=True, help='Also print demonyms ("Syrian") and references ("the city").')
def places(
    articles: tuple[str, ...],
    jsonl: str | None,
    published: date | None,
    encoding: str | None,
    countries: tuple[str, ...],
    atlas: Atlas | None,
    explain: bool,
    demonyms: bool,
) -> None:
    """Print the places that articles name, as JSON lines in text order.

    ARTICLE is a file (.txt, .md, .html, .jsonl), a folder of such files, or - for standard input, which is also read
    where none is named.
    """
    from geo.export.explain import explanation
    from geo.export.lines import mention_line
    from geo.gazetteer import open_gazetteer
    from geo.pipeline import explain_mentions

    gazetteer = open_gazetteer(atlas, countries=countries, notify=note)
    read = printed = 0
    with online_geocoder(atlas, gazetteer.theatre) as geocoder:
        given = given_articles(articles, jsonl=jsonl, published=published, encoding=encoding)
        for _, found in explain_mentions(given, gazetteer, geocoder):
            read += 1
            for mention, candidates in found:
                if not demonyms and mention.role not in {"place", "metonym"}:
                    continue
                printed += 1
                if explain:
                    click.echo("\n".join(explanation(mention, candidates)))
                else:
                    print_json(mention_line(mention))
        note_none("place", printed, read)
