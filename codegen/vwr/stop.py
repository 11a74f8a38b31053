# SPDX-License-Identifier: MIT
"""The exception that ends a verb."""


class Stop(Exception):
    """A sentence for the user, and the next thing to try; `code` is the exit code."""

    code = 2

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.hint = hint


class Failed(Stop):
    """The verb ran, and what it was for did not succeed."""

    code = 1
