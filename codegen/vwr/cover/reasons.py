# SPDX-License-Identifier: MIT
"""The conditions that no test can decide, each with its reason: tests/undecided.txt."""

import re
from collections.abc import Iterable
from pathlib import Path

from vwr import ROOT
from vwr.cover.shown import Condition
from vwr.stop import Stop

COMMITTED = ROOT / "tests" / "undecided.txt"
ROW = re.compile(r"(?P<key>\S+ \w*: .+?)  # (?P<reason>\S.*)")


def read(path: Path) -> dict[str, str]:
    """Reasons by the key of the condition."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            row = ROW.fullmatch(line)
            if row is None or row["key"] in found:
                raise Stop(f"{path}:{number}: not 'FILE FUNCTION: CONDITION  # REASON', or there twice")
            found[row["key"]] = row["reason"]
    return found


def compared(
    reasons: dict[str, str], conditions: Iterable[Condition], names: Iterable[str]
) -> tuple[list[Condition], list[Condition], list[str]]:
    """
    Undecided conditions without a reason, those with one, and rows for the files `names` that are out of
    date.
    """
    undecided = [condition for condition in conditions if not condition.decided]
    lacking = [condition for condition in undecided if condition.key() not in reasons]
    known = [condition for condition in undecided if condition.key() in reasons]
    there = {condition.key() for condition in known}
    measured = set(names)
    return lacking, known, [key for key in reasons if key.split()[0] in measured and key not in there]
