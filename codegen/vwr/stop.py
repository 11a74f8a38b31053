# SPDX-License-Identifier: MIT
"""The exception that ends a verb, and the commands that messages name."""

import os


def typed(text: str) -> str:
    """A text with `./vwr` as the user typed it: from another folder, or installed, the command has another name."""
    return text.replace("./vwr ", f"{os.environ.get('VWR_COMMAND', './vwr')} ")


class Stop(Exception):
    """A sentence for the user, and the next thing to try; `code` is the exit code."""

    code = 2

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.hint = typed(hint)


class Failed(Stop):
    """The verb ran, and what it was for did not succeed."""

    code = 1
