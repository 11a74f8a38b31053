# SPDX-License-Identifier: MIT
"""The command line of all verbs: python3 codegen VERB …. A verb is a package with a module `command`."""

import argparse
import errno
import functools
import importlib
import io
import itertools
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from vwr.help_text import help_texts
from vwr.meant import unknown
from vwr.output import again_elsewhere
from vwr.stop import Stop

VERBS = (
    "generate",
    "check",
    "diff",
    "explain",
    "lint",
    "embed",
    "plan",
    "oracle",
    "new",
    "mutate",
    "cover",
    "docs",
    "explorer",
    "live",
    "wireshark",
    "conform",
    "monitor",
    "prove",
    "api",
    "dist",
)
# Debian's names of packages that are not part of Python.
PACKAGES = {
    "yaml": "python3-yaml",
    "jsonschema": "python3-jsonschema",
    "jinja2": "python3-jinja2",
    "elftools": "python3-pyelftools",
}


class _Parser(argparse.ArgumentParser):
    """A mistake is a sentence and the page of the verb, as with every other error."""

    def error(self, message: str) -> NoReturn:
        raise Stop(message, f"./vwr help {self.prog.split()[-1]}")


class _Page(argparse.Action):
    """--help: the page that ./vwr help VERB shows."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        sys.stdout.write(help_texts()[parser.prog.split()[-1]])
        parser.exit()


def _run(verb: str, argv: list[str]) -> int:
    """Imports only the verb's own packages."""
    try:
        return _called(verb, argv)
    except ModuleNotFoundError as missing:
        if missing.name not in PACKAGES:
            raise
        raise Stop(
            f"Python module '{missing.name}' is missing for {sys.executable}",
            f"apt install {PACKAGES[missing.name]}",
        ) from None


def _called(verb: str, argv: list[str]) -> int:
    command = importlib.import_module(f"vwr.{verb}.command")
    # Sets the width itself: to find the terminal's width, argparse imports modules, which takes a tenth of a
    # short run.
    narrow = functools.partial(argparse.HelpFormatter, width=100)
    parser = _Parser(prog=f"vwr {verb}", add_help=False, formatter_class=narrow)
    parser.add_argument("-h", "--help", action=_Page, nargs=0)
    command.arguments(parser)
    _check_options(parser, argv)
    code: int = command.run(parser.parse_args(argv))
    sys.stdout.flush()
    return code


def _check_options(parser: argparse.ArgumentParser, argv: Sequence[str]) -> None:
    """Checks that every --option is known. argparse would first complain about other missing arguments."""
    known = [name for action in parser._actions for name in action.option_strings]  # noqa: SLF001
    for word in itertools.takewhile(lambda word: word != "--", argv):
        name = word.partition("=")[0]
        if name.startswith("--") and not any(option.startswith(name) for option in known):
            raise Stop(
                unknown("option", name, known),
                f"./vwr help {parser.prog.split()[-1]}",
            )


def _next(error: OSError) -> str:
    """The next command, if a folder of ours cannot be written."""
    following = ""
    if error.errno in (errno.EACCES, errno.EROFS, errno.ENOSPC) and isinstance(
        error.filename, (str, os.PathLike)
    ):
        following = again_elsewhere(Path(error.filename))
    return f"\nNext: {following}" if following else ""


def main(argv: list[str]) -> int:
    """Exit code: 0 success, 1 problems, 2 could not run; a verb uses 3 for a result that is worse than 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    verb = argv[0] if argv else ""
    if verb not in VERBS:
        print(f"vwr: {unknown('verb', verb, VERBS)}\nVerbs: {', '.join(VERBS)}", file=sys.stderr)
        return 2
    try:
        return _run(verb, argv[1:])
    except Stop as stop:
        sys.stdout.flush()
        print(f"vwr {verb}: {stop}" + (f"\nNext: {stop.hint}" if stop.hint else ""), file=sys.stderr)
        return stop.code
    except OSError as error:
        print(f"vwr {verb}: {error.filename or 'system'}: {error.strerror}{_next(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"vwr {verb}: interrupted", file=sys.stderr)
    except Exception as error:  # an unexpected exception is one line
        print(
            f"vwr {verb}: bug in the tool: {type(error).__name__}: {error}"
            " (VWR_DEBUG=1 shows where; please report it)",
            file=sys.stderr,
        )
        if os.environ.get("VWR_DEBUG") == "1":
            traceback.print_exc()
    return 2
