# SPDX-License-Identifier: MIT
"""
Text that goes into a copy, several in an archive. A text has %(name)s where a word of the calling module belongs, and no
conditions or loops, so embed needs no template engine.
"""

import functools
import re
from pathlib import Path

from vwr import txtar


@functools.cache
def _texts() -> dict[str, str]:
    return {name: raw.decode("utf-8") for name, raw in txtar.read_all(Path(__file__).parent).items()}


def filled(name: str, /, **words: object) -> str:
    """The text of this name with these words. A word that is missing is a KeyError."""
    return re.sub(r"%\((\w+)\)s", lambda word: str(words[word[1]]), _texts()[name])
