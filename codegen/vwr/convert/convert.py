# SPDX-License-Identifier: MIT
"""Converts a description, or the YAML blocks of a page, to the current grammar."""

import re
from collections.abc import Callable, Sequence

from vwr.convert.steps import STEPS
from vwr.convert.text import Text

_BLOCK = re.compile(r"(^```yaml[^\n]*\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def converted(path: str, text: str, steps: Sequence[Callable[[Text], None]] = STEPS) -> str:
    """The text of the file `path` in the current grammar; yaml.YAMLError if it is not YAML."""
    if path.endswith(".md"):
        return _BLOCK.sub(lambda block: block[1] + _converted(block[2], steps), text)
    return _converted(text, steps)


def _converted(text: str, steps: Sequence[Callable[[Text], None]]) -> str:
    one = Text(text)
    for step in steps:
        step(one)
        if (made := one.edited()) != one.text:
            one = Text(made)
    return one.text
