"""The command line: one thin module a command, each imported when it is called."""

from geo.cli.group import main

__all__ = ["main"]
