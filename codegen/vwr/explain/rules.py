# SPDX-License-Identifier: MIT
"""The rules, most fundamental first, and the list of findings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vwr import description
from vwr.explain.book import TRANSPORT, Book

# The weight of a finding. A driver that hangs usually has one STOPS finding; or a SILENT one: no other
# violation, but no completion. WRONG violates a rule that this device may tolerate; LOOSE is bad style. If
# the device completes a request, it has tolerated all earlier violations, and STOPS and SILENT then count as
# WRONG.
STOPS, SILENT, WRONG, LOOSE = range(4)
WEIGHTS = ("stops", "silent", "wrong", "loose")

NEVER_FORGIVEN = ("register-of-other-version", "request-failed")
# The device reads other addresses than the driver. Only a driver that continues shows that it has found the
# completion.
PLACES_OF_QUEUES = (
    "ready-before-address",
    "address-missing",
    "address-far",
    "queue-misaligned",
    "packed-misaligned",
    "queue-overlap",
    "pfn-is-address",
)
# The device completes requests but cannot notify the driver: likewise.
INTERRUPTS = (
    *("msix-masked", "message-address", "message-masked", "vector-none", "intx-off", "ack-never"),
    *(
        "interrupt-never",
        "interrupt-without-event",
        "interrupt-status-empty",
        "interrupt-vanished",
        "needs-reset-silent",
    ),
)
# The device or the driver does nothing. With one of these findings, no violation counts as tolerated.
SILENCE = (
    "qemu-says",
    "needs-reset",
    "failed",
    "queue-stopped",
    "config-change-ignored",
    "half-of-64",
    "no-answer",
    "answer-ignored",
    "not-interrupted",
    "notify-never",
    "not-notified",
)

# Symptoms of a mistake elsewhere: other certain findings are reported before them.
SYMPTOMS = (
    *(rule for rule in SILENCE if rule not in ("qemu-says", "half-of-64")),
    *("features-refused", "driver-ok-never", "reset-unfinished"),
)

CLEAN, WORKS, DEAD, UNJUDGED = "clean", "works", "dead", "unjudged"

TITLES = {"wrong": "What is wrong", "never": "What never happened"}
PLACES = 5  # line numbers listed for one finding
MOST = 12  # findings of one rule; a user with more fixes these first


@dataclass(frozen=True)
class Rule:
    """
    `kind`: "never" is a missing event, which an incomplete trace cannot prove. `rows`: the monitor's rule
    that decides the same and has the sentence, on virtio-mmio and on PCI; "": none.
    """

    weight: int
    kind: str
    section: str
    rows: tuple[str, str] = ("", "")


def _read() -> dict[str, Rule]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {
        rule: Rule(WEIGHTS.index(weight), kind, section, _rows(*same))
        for rule, weight, kind, section, *same in rows
    }


def _rows(same: str = "-") -> tuple[str, str]:
    """The names of the rows in the last column; one name serves both transports."""
    mmio, slash, pci = same.replace("-", "").partition("/")
    return mmio, pci if slash else mmio


RULES = _read()
ORDER = {rule: place for place, rule in enumerate(RULES)}


class Findings:
    """The findings for one device. A repeated finding is counted instead of reported again."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._is_pci = book.transport != TRANSPORT
        self._monitored = description.rules()
        self.blind = False  # a part of the trace is missing
        self._found: dict[Any, dict[str, Any]] = {}
        self._of_rule: dict[str, int] = {}
        self._held = False  # there are findings that the device has not tolerated
        self.signs = 0  # of the device
        self.left_out = 0

    def add(
        self,
        rule: str,
        sentence: str,
        line: int | None = None,
        key: Any = None,
        section: str | None = None,
        why: str = "",
    ) -> None:
        """
        Adds a finding. Its sentence uses the register names of the rules. `key` distinguishes findings of one
        rule if the sentence would distinguish too many. `why`: the causes that the trace does not exclude,
        which follow the sentence.
        """
        if self.blind and RULES[rule].kind == "never":
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
                "sentence": self.book.worded(sentence + why),
                "fact": self.book.worded(sentence),
                "section": section or self.book.sections[RULES[rule].section],
                "clause": self._clause(rule),
                "lines": [],
                "count": 0,
            },
        )
        row["count"] += 1
        row["forgiven"], row["allowed"], self._held = False, False, True
        row["signs"] = self.signs
        if line is not None and len(row["lines"]) < PLACES:
            row["lines"].append(line)

    def _clause(self, rule: str) -> str | None:
        """The normative clause that a rule checks; the monitor names it, too."""
        row = self._monitored.get(RULES[rule].rows[self._is_pci])
        return row.clause or None if row else None

    def text(self, rule: str) -> str:
        """
        The sentence of the monitor's rule, with placeholders; on PCI, the sentence for virtio-mmio if PCI
        has none.
        """
        mmio, pci = RULES[rule].rows
        return str(self._monitored[pci if self._is_pci and pci else mmio].text)

    def has_row(self, rule: str) -> bool:
        """Whether the monitor has a row for this rule and transport."""
        return bool(RULES[rule].rows[self._is_pci])

    def has(self, *rules: str) -> bool:
        """Whether there is a finding of one of these rules."""
        return any(rule in rules for rule, _ in self._found)

    def rows(self) -> list[dict[str, Any]]:
        """
        All findings: certain violations, then symptoms with their possible causes, then tolerated violations;
        within each group, the most fundamental first.
        """
        first = lambda row: row["lines"][0] if row["lines"] else 0
        return sorted(self._found.values(), key=lambda row: (_rank(row), ORDER[row["rule"]], first(row)))

    def certain(self) -> list[dict[str, Any]]:
        """The violations that are not symptoms and that the device has not tolerated."""
        return [row for row in self.rows() if _rank(row) <= WRONG]

    def symptom(self) -> dict[str, Any] | None:
        """Symptoms that the certain violations may have caused."""
        return next((row for row in self.rows() if _rank(row) == SYMPTOM), None)

    def forgive(self, found: bool = False, whole: bool = False) -> None:
        """
        The device has completed a request; `found`: and the driver has found the completion. Violations since
        the device's last activity do not count as tolerated, unless the device works as a whole.
        """
        if not self._held:
            return
        rows = [row for row in self._found.values() if whole or row["signs"] < self.signs]
        self._held = not found or len(rows) < len(self._found)
        for row in rows:
            row["forgiven"] |= row["rule"] not in NEVER_FORGIVEN and (
                found or row["rule"] not in PLACES_OF_QUEUES + INTERRUPTS
            )

    def allow(self, rule: str) -> None:
        """The device has accepted this."""
        for row in self._found.values():
            if row["rule"] == rule:
                row["forgiven"] = row["allowed"] = True

    @property
    def verdict(self) -> str:
        """The verdict: no violation; violations, but it works; or it does not work."""
        rows = self.rows()
        return CLEAN if not rows else DEAD if min(map(_weight, rows)) <= SILENT else WORKS


def _weight(row: dict[str, Any]) -> int:
    weight = RULES[row["rule"]].weight
    return max(weight, WRONG) if row["forgiven"] else weight


# Follows the weights of the certain findings.
SYMPTOM, TOLERATED, STYLE, ACCEPTED = range(WRONG + 1, WRONG + 5)


def _rank(row: dict[str, Any]) -> int:
    weight = RULES[row["rule"]].weight
    if row["allowed"]:
        return ACCEPTED
    if weight == LOOSE:
        return STYLE
    if row["forgiven"]:
        return TOLERATED
    return SYMPTOM if row["rule"] in SYMPTOMS else weight
