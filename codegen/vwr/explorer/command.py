# SPDX-License-Identifier: MIT
"""vwr explorer: writes the page."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import ROOT, description
from vwr.explorer.page import page
from vwr.stop import Stop

NAME = "explorer.html"


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE")
    parser.add_argument("--package", metavar="DIR", default=description.PACKAGE)


def run(args: Namespace) -> int:
    """0: the page is written."""
    description.use(args.package)
    out = args.out or Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / NAME
    text = page(description.data())
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(f"{out}: cannot be written: {error.strerror}", "./vwr explorer -o FILE") from error
    print(f"{out}: {len(text.encode())} bytes; open it in a browser")
    return 0
