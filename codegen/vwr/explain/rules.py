# SPDX-License-Identifier: MIT
"""What can be wrong, most fundamental first, and the list of what was found."""

from dataclasses import dataclass

# How much a finding explains. A driver that hangs has mostly one STOPS; or it is SILENT: all looks well and
# nothing comes back. WRONG breaks a rule that this device may forgive; LOOSE is bad manners. When the device answers,
# what was wrong up to then did not stop it: it has forgiven it, and STOPS counts as WRONG.
STOPS, SILENT, WRONG, LOOSE = range(4)
WEIGHTS = ("stops", "silent", "wrong", "loose")

NEVER_FORGIVEN = ("register-of-other-version",)

TITLES = {"wrong": "What is wrong", "never": "What never happened"}
PLACES = 5  # line numbers named for one finding
MOST = 12   # findings of one rule; whoever has more mends those first


@dataclass(frozen=True)
class Rule:
    """`absence`: says that something is not there, which a trace with holes cannot show."""
    weight: int
    kind: str
    section: str
    absence: bool = False


def _wrong(weight, section):
    return Rule(weight, "wrong", section)


def _never(weight, section):
    return Rule(weight, "never", section, True)


RULES = {
    # Is there a device, and is it one of ours?
    "gone": _wrong(STOPS, "registers"),
    "byte-order": _wrong(STOPS, "registers"),
    "magic": _wrong(STOPS, "registers"),
    "version": _wrong(STOPS, "registers"),
    "empty-slot": _wrong(STOPS, "ids"),
    "legacy-device": _wrong(STOPS, "registers"),
    "register-of-other-version": _wrong(STOPS, "registers"),
    "not-started": _never(STOPS, "status"),
    # Status and features.
    "features-refused": _wrong(STOPS, "status"),
    "version-1": _never(STOPS, "features"),
    "features-not-offered": _wrong(WRONG, "features"),
    "feature-needs": _wrong(WRONG, "features"),
    "features-after-ok": _wrong(WRONG, "features"),
    "features-ok-never": _never(STOPS, "status"),
    "features-ok-unread": _never(WRONG, "status"),
    "status-skipped": _wrong(WRONG, "status"),
    "status-order": _wrong(WRONG, "status"),
    "status-cleared": _wrong(WRONG, "status"),
    "status-unknown": _wrong(WRONG, "status"),
    # Queues.
    "queue-absent": _wrong(STOPS, "registers"),
    "ready-before-address": _never(STOPS, "registers"),
    "address-missing": _never(STOPS, "registers"),
    "pfn-is-address": _wrong(STOPS, "registers"),
    "queue-too-large": _wrong(STOPS, "registers"),
    "queue-size-never": _never(STOPS, "registers"),
    "queue-size-shape": _wrong(WRONG, "ring"),
    "queue-misaligned": _wrong(STOPS, "ring"),
    "queue-overlap": _wrong(STOPS, "ring"),
    "page-size-never": _never(WRONG, "registers"),
    "page-size-shape": _wrong(WRONG, "registers"),
    "align-shape": _wrong(WRONG, "registers"),
    "align-never": _never(LOOSE, "registers"),
    "queue-busy": _wrong(WRONG, "registers"),
    "queue-early": _wrong(WRONG, "registers"),
    "queue-late": _wrong(WRONG, "status"),
    "queue-none": _never(STOPS, "registers"),
    # Running.
    "driver-ok-never": _never(STOPS, "status"),
    "needs-reset": _wrong(STOPS, "status"),
    "queue-stopped": _wrong(STOPS, "ring"),
    "notify-unknown": _wrong(STOPS, "registers"),
    "notify-early": _wrong(WRONG, "registers"),
    "half-of-64": _wrong(STOPS, "registers"),
    "pfn-without-page-size": _wrong(STOPS, "registers"),  # QEMU takes it for an address then
    "no-answer": _never(SILENT, "registers"),
    "answer-ignored": _never(SILENT, "registers"),
    "failed": _wrong(SILENT, "status"),
    "after-failed": _wrong(WRONG, "status"),
    "write-too-early": _wrong(WRONG, "registers"),
    # Accesses.
    "no-register": _wrong(WRONG, "registers"),
    "direction": _wrong(WRONG, "registers"),
    "width": _wrong(WRONG, "registers"),
    "config-width": _wrong(WRONG, "registers"),
    "config-early": _wrong(WRONG, "status"),
    "config-read-only": _wrong(WRONG, "registers"),
    "ack-unraised": _wrong(WRONG, "registers"),
    "ack-never": _never(WRONG, "registers"),
    # Manners.
    "reset-unread": _never(LOOSE, "status"),
    "reset-never": _never(LOOSE, "status"),
    "features-ok-legacy": _wrong(LOOSE, "status"),
    "status-together": _wrong(LOOSE, "status"),
    "features-unread": _never(LOOSE, "features"),
    "features-unwritten": _never(LOOSE, "features"),
    "sel-never": _never(LOOSE, "registers"),
    "address-half": _never(LOOSE, "registers"),
    "queue-max-unread": _never(LOOSE, "registers"),
    "config-half": _wrong(LOOSE, "registers"),
    "config-torn": _never(LOOSE, "registers"),
    "config-gate": _wrong(LOOSE, "features"),
    "config-beyond": _wrong(LOOSE, "registers"),
    "probe-incomplete": _never(LOOSE, "registers"),
}
ORDER = {rule: place for place, rule in enumerate(RULES)}


class Findings:
    """What was found of one device; the same thing again is counted, not reported again."""

    def __init__(self, sections):
        self.sections = sections
        self.blind = False  # part of the trace is missing
        self._found = {}
        self._of_rule = {}
        self._held = False  # there are some that the device has not forgiven
        self.left_out = 0

    def add(self, rule, sentence, line=None, key=None, section=None):
        """A finding; `key` tells two of one rule apart where the sentence would tell too many."""
        if self.blind and RULES[rule].absence:
            return
        place = (rule, sentence if key is None else key)
        if place not in self._found:
            self._of_rule[rule] = self._of_rule.get(rule, 0) + 1
            if self._of_rule[rule] > MOST:
                self.left_out += 1
                return
        row = self._found.setdefault(place, {
            "rule": rule, "weight": WEIGHTS[RULES[rule].weight], "kind": RULES[rule].kind, "sentence": sentence,
            "section": section or self.sections[RULES[rule].section], "lines": [], "count": 0})
        row["count"] += 1
        row["forgiven"], self._held = False, True
        if line is not None and len(row["lines"]) < PLACES:
            row["lines"].append(line)

    def has(self, *rules):
        """Whether one of these was found."""
        return any(rule in rules for rule, _ in self._found)

    def rows(self):
        """All of them, most fundamental first."""
        first = lambda row: row["lines"][0] if row["lines"] else 0
        return sorted(self._found.values(), key=lambda row: (_weight(row), ORDER[row["rule"]], first(row)))

    def forgive(self):
        """The device has answered."""
        if not self._held:
            return
        self._held = False
        for row in self._found.values():
            row["forgiven"] = row["rule"] not in NEVER_FORGIVEN


def _weight(row):
    weight = RULES[row["rule"]].weight
    return WRONG if weight == STOPS and row["forgiven"] else weight
