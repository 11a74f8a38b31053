# SPDX-License-Identifier: MIT
"""A description that fails cut down: whatever can go while it still fails in the same way goes."""

import copy
import time
from typing import Any

from spoil import KEPT, at, places
from tried import Compilers, Failure, Specification, read, text_of

Row = dict[str, Any]
SECONDS = 30


def failure_of(known: Specification, compilers: Compilers, data: Row, step: str) -> Failure | None:
    """What fails; compilers are asked only if that is a matter of theirs."""
    trial = read(known, data["name"], text_of(data))
    if trial.failure or trial.refused or step in ("exception", "message"):
        return trial.failure
    return compilers.failure(data["name"], trial.files, True, only=step.removeprefix("gcc "))


def shrunk(known: Specification, compilers: Compilers, data: Row, failure: Failure) -> Row:
    """The least that was found in SECONDS."""
    until = time.monotonic() + SECONDS
    made, again = data, True
    while again and time.monotonic() < until:
        again = False
        for path in [
            path for path, _ in sorted(places(made), key=lambda one: len(one[0])) if path[0] not in KEPT
        ]:
            smaller = without(made, path)
            if smaller is None or time.monotonic() >= until:
                continue
            now = failure_of(known, compilers, smaller, failure.step)
            if now and now.alike == failure.alike:
                made, again = smaller, True
    return made


def without(data: Row, path: tuple[str | int, ...]) -> Row | None:
    """The same without what is there; None if it is gone already."""
    made = copy.deepcopy(data)
    try:
        del at(made, path[:-1])[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return made
