# SPDX-License-Identifier: MIT
"""vwr explorer: writes the page."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import description
from vwr.explorer.page import page
from vwr.output import write

NAME = "explorer.html"


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE")
    parser.add_argument("--package", metavar="DIR", default=description.PACKAGE)


def run(args: Namespace) -> int:
    """0: the page is written."""
    description.use(args.package)
    text = page(description.data())
    out = write(args.out, NAME, text, "explorer")
    print(f"{out}: {len(text.encode())} bytes; open it in a browser")
    return 0
