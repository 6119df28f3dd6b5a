"""The command ``sitmap``: its subcommands by name, its help, and what its exit codes mean."""

import errno
import io
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from geo.cli.output import show_error
from geo.errors import LockedError, SitmapError

TRACEBACK = "SITMAP_TRACEBACK"
"""Environment variable that lets a fault of sitmap itself show where it lies."""

FAILURE, PARTIAL, LOCKED, INTERRUPTED = 1, 3, 4, 130
"""Exit codes beside 0 (done) and 2 (click's own, for wrong usage)."""

COMMANDS = {
    "init": ("geo.cli.init", "Start an atlas of your own."),
    "build": ("geo.cli.build", "Build layers and maps from seeds/."),
    "places": ("geo.cli.places", "Print the places that articles name."),
    "events": ("geo.cli.events", "Print the events that articles tell."),
    "import": ("geo.cli.import_", "Take events of ACLED, UCDP or a table into an atlas."),
    "gazetteer": ("geo.cli.gazetteer", "Look places up, check an atlas's gazetteer, import others."),
    "export": ("geo.cli.export", "Write built layers in another format."),
    "import-edits": ("geo.cli.import_edits", "Take edits made in QGIS back as corrections."),
    "map": ("geo.cli.map", "Make one map from built layers."),
    "embed": ("geo.cli.embed", "Put a map into another page or paper, with caption and snippet."),
    "access": ("geo.cli.access", "Tell who can get where on a day, by which way, and what blocks it."),
    "diff": ("geo.cli.diff", "Tell what changed hands between two days."),
    "verify": ("geo.cli.verify", "Check that layers and maps are what a build makes."),
}
"""Module and one line of help of each command; its function has the command's name, with _ behind a keyword's."""

EPILOG = """\b
Examples:
  sitmap init my-atlas                        start an atlas, with a first article
  sitmap build                                layers/ and maps/ from the seeds/ here
  sitmap places report.txt --date 2016-09-05  its places, a JSON line each
  sitmap events --jsonl reports.jsonl         their events, a JSON line each
  sitmap map --as-of 2016-09-04 --out map.png a picture for a report

\b
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but for some articles, rows or look-ups, 4 the atlas is
locked by another process, 130 stopped by Ctrl-C. Data goes to standard output, everything else to standard error.
Completion in bash: eval "$(_SITMAP_COMPLETE=bash_source sitmap)"; zsh_source and fish_source likewise.
"""


class Commands(click.Group):
    """A group that knows its commands by name and imports them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(click.style(name, fg="cyan"), text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and turn what went wrong into a message and an exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a name in Arabic must not end a command in a Western console
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except SitmapError as error:
            show_error(error)
            ctx.exit(LOCKED if isinstance(error, LockedError) else FAILURE)
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:
            if os.environ.get(TRACEBACK) or (isinstance(error, OSError) and error.errno == errno.EPIPE):
                raise  # click ends quietly where nobody reads on
            show_error(_system_error(error) if isinstance(error, OSError) and error.errno else _fault(error))
            ctx.exit(FAILURE)


def _system_error(error: OSError) -> SitmapError:
    return SitmapError(
        f"the system refuses it: {error.strerror}",
        do="See that the name is right, that you may read and write there, and that there is room",
        path=error.filename,
    )


def _fault(error: Exception) -> SitmapError:
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return SitmapError(
        f"this is a fault of sitmap, not of what you gave it: {what}",
        do=f"Please report it; with {TRACEBACK}=1 in the environment it also says where",
    )


@click.command(
    cls=Commands,
    epilog=EPILOG,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "color": False if os.environ.get("NO_COLOR") else None,  # https://no-color.org; click does not look by itself
    },
)
@click.version_option(package_name="sitmap", prog_name="sitmap")
def main() -> None:
    """From war reports to maps that can be checked: every place found, every event dated, every line quoted."""
