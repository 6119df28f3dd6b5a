"""Run the commands of a page: ``sitmap`` in this process, what it is piped to or from in a shell."""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from geo.cli import main

ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
SHELL = {"cat", "echo", "grep", "head", "printf", "python", "sort", "tail", "wc"}
"""Programs beside sitmap that a console block may run: quick, and the same everywhere."""

_PIPE = re.compile(r"""\s\|\s(?=(?:[^'"]|'[^']*'|"[^"]*")*$)""")


def run_line(line):
    """Run a line of a console block in the working folder.

    Returns
    -------
    str
        What a terminal would show: data and messages in the order in which they come.
    """
    if line.startswith("cd "):
        os.chdir(line.removeprefix("cd "))
        return ""
    shown, data = "", b""
    stages = _PIPE.split(line.replace("\\\n", " "))
    for number, stage in enumerate(stages, 1):
        if stage.split()[0] == "sitmap":
            done, data = _sitmap(stage, data)
            shown += done.output if number == len(stages) else done.stderr
        else:
            data = _shell(stage, data)
            shown += data.decode("utf-8") if number == len(stages) else ""
    return shown


def _sitmap(stage, data):
    words, _, target = stage.partition(" > ")
    done = CliRunner(env=ENVIRONMENT).invoke(main, shlex.split(words)[1:], input=data, prog_name="sitmap")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    if target:
        Path(target.strip()).write_bytes(done.stdout_bytes)
    assert done.exit_code == 0 or "error: " in done.output.lower(), (
        f"{stage}: exit code {done.exit_code}\n{done.output}"
    )
    return done, done.stdout_bytes


def _shell(stage, data):
    program = stage.split()[0]
    assert program in SHELL, f"{program} is not run: mark the block sh, or add it to SHELL"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", stage],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, **ENVIRONMENT, "PATH": path},
    )
    return done.stdout


def run_python(source, names):
    """Run a statement of a pycon block as the interactive interpreter does, with the names of those before."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(f"{source}\n", "<docs>", "single"), names)
    return shown.getvalue()


def problems_of(words):
    """Say what is wrong with a sitmap command line that is not run: unknown commands, options and values.

    Parameters
    ----------
    words
        As a shell splits them, ``sitmap`` first.
    """
    import click

    command, context = main, click.Context(main, info_name="sitmap")
    rest = list(words[1:])
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(context, rest[0])
        if found is None:
            return f"there is no command {rest[0]!r}"
        command, context = found, click.Context(found, info_name=rest.pop(0), parent=context)
    try:
        values, left, _ = command.make_parser(context).parse_args(rest)
        for parameter in command.params:
            if isinstance(parameter.type, click.Choice | click.IntRange) and values.get(parameter.name) is not None:
                parameter.type_cast_value(context, values[parameter.name])
    except click.UsageError as error:
        return error.format_message()
    return f"nothing takes {left}" if left and not isinstance(command, click.Group) else ""
