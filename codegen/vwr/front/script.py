# SPDX-License-Identifier: MIT
"""python3 -m vwr.front.script FILE …: runs a program of bench/, examples/ or tests/ in the way of a verb of codegen/."""

import argparse
import runpy
import sys
from pathlib import Path
from typing import NoReturn

from vwr.front.place import COMMAND, stop
from vwr.output import printed


def refuse(parser: argparse.ArgumentParser, message: str) -> NoReturn:
    """A mistake on the command line is a sentence and the page of the verb."""
    verb = parser.prog.split()[1]  # ./vwr VERB …
    stop(f"{verb}: {message}", f"{COMMAND} help {verb}")


def main() -> int:
    del sys.argv[0]
    sys.path[0] = str(Path(sys.argv[0]).parent)
    setattr(argparse.ArgumentParser, "error", refuse)  # each program makes its own
    runpy.run_path(sys.argv[0], run_name="__main__")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(printed(main))
    except KeyboardInterrupt:
        sys.exit(130)
