# SPDX-License-Identifier: MIT
"""What `./vwr help VERB` and `./vwr VERB --help` say: docs/help.txtar."""

import functools

from vwr import ROOT, txtar

HELP = ROOT / "docs" / "help.txtar"


@functools.cache
def help_texts() -> dict[str, str]:
    """{verb: text}."""
    return {verb: raw.decode("utf-8") for verb, raw in txtar.read(HELP).items()}
