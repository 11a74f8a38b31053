# SPDX-License-Identifier: MIT
"""What can be wrong, most fundamental first, and the list of what was found."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

# How much a finding explains. A driver that hangs has mostly one STOPS; or it is SILENT: all looks well and
# nothing comes back. WRONG breaks a rule that this device may forgive; LOOSE is bad manners. When the device answers,
# what was wrong up to then did not stop it: it has forgiven it, and both of the first count as WRONG.
STOPS, SILENT, WRONG, LOOSE = range(4)
WEIGHTS = ("stops", "silent", "wrong", "loose")

NEVER_FORGIVEN = ("register-of-other-version",)
# The device answers there, and the driver looks elsewhere: only a driver that goes on shows that it has found the answer.
PLACES_OF_QUEUES = (
    "ready-before-address",
    "address-missing",
    "address-far",
    "queue-misaligned",
    "queue-overlap",
    "pfn-is-address",
)
# It answers, and the driver is not notified of it: likewise.
INTERRUPTS = ("msix-masked", "message-address", "message-masked", "vector-none", "intx-off", "ack-never")
# The device does nothing, or the driver: where one of these was found, what is wrong has not been forgiven.
SILENCE = (
    "qemu-says",
    "needs-reset",
    "failed",
    "queue-stopped",
    "config-change-ignored",
    "half-of-64",
    "no-answer",
    "answer-ignored",
    "notify-never",
)

CLEAN, WORKS, DEAD = "clean", "works", "dead"

TITLES = {"wrong": "What is wrong", "never": "What never happened"}
PLACES = 5  # line numbers named for one finding
MOST = 12  # findings of one rule; whoever has more mends those first


@dataclass(frozen=True)
class Rule:
    """`absence`: says that something is not there, which a trace with holes cannot show."""

    weight: int
    kind: str
    section: str
    absence: bool = False


def _read() -> dict[str, Rule]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {
        rule: Rule(WEIGHTS.index(weight), kind, section, kind == "never")
        for rule, weight, kind, section in rows
    }


RULES = _read()
ORDER = {rule: place for place, rule in enumerate(RULES)}


class Findings:
    """What was found of one device; the same thing again is counted, not reported again."""

    def __init__(self, sections: dict[str, str]) -> None:
        self.sections = sections
        self.blind = False  # part of the trace is missing
        self._found: dict[Any, dict[str, Any]] = {}
        self._of_rule: dict[str, int] = {}
        self._held = False  # there are some that the device has not forgiven
        self.left_out = 0

    def add(
        self, rule: str, sentence: str, line: int | None = None, key: Any = None, section: str | None = None
    ) -> None:
        """A finding; `key` tells two of one rule apart where the sentence would tell too many."""
        if self.blind and RULES[rule].absence:
            return
        place = (rule, sentence if key is None else key)
        if place not in self._found:
            self._of_rule[rule] = self._of_rule.get(rule, 0) + 1
            if self._of_rule[rule] > MOST:
                self.left_out += 1
                return
        row = self._found.setdefault(
            place,
            {
                "rule": rule,
                "weight": WEIGHTS[RULES[rule].weight],
                "kind": RULES[rule].kind,
                "sentence": sentence,
                "section": section or self.sections[RULES[rule].section],
                "lines": [],
                "count": 0,
            },
        )
        row["count"] += 1
        row["forgiven"], self._held = False, True
        if line is not None and len(row["lines"]) < PLACES:
            row["lines"].append(line)

    def has(self, *rules: str) -> bool:
        """Whether one of these was found."""
        return any(rule in rules for rule, _ in self._found)

    def rows(self) -> list[dict[str, Any]]:
        """All of them, most fundamental first."""
        first = lambda row: row["lines"][0] if row["lines"] else 0
        return sorted(self._found.values(), key=lambda row: (_weight(row), ORDER[row["rule"]], first(row)))

    def forgive(self, found: bool = False) -> None:
        """The device has answered; `found`: and the driver has found the answer."""
        if not self._held:
            return
        self._held = not found
        for row in self._found.values():
            row["forgiven"] |= row["rule"] not in NEVER_FORGIVEN and (
                found or row["rule"] not in PLACES_OF_QUEUES + INTERRUPTS
            )

    def allow(self, rule: str) -> None:
        """The device has taken this."""
        for row in self._found.values():
            row["forgiven"] |= row["rule"] == rule

    @property
    def verdict(self) -> str:
        """Whether nothing is wrong, or it works with what is wrong, or it does not."""
        rows = self.rows()
        return CLEAN if not rows else DEAD if _weight(rows[0]) <= SILENT else WORKS


def _weight(row: dict[str, Any]) -> int:
    weight = RULES[row["rule"]].weight
    return max(weight, WRONG) if row["forgiven"] else weight
