# SPDX-License-Identifier: MIT
"""./vwr docs: builds the site, or only the man pages."""

import argparse
from pathlib import Path

from vwr.docs import manuals
from vwr.output import build_folder


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path)
    parser.add_argument("--man", type=Path)


def run(args: argparse.Namespace) -> int:
    if args.man:
        print(f"{len(manuals.write_man(args.man))} man pages in {args.man}")
        return 0
    from vwr.docs.build import build  # imported here: it reads the description

    folder = args.out or build_folder() / "docs"
    print(build(folder.absolute()))
    return 0
