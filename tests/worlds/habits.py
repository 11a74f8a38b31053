# SPDX-License-Identifier: MIT
"""Violations by a guest that a device tolerates: the rows `tolerances` of spec/rules.yaml.

A guest with a habit has it at each start-up, as a driver has it, and keeps all other rules. The device has to serve it
like a legal guest; one whose row has a switch is served by a device with that switch. The monitor has to report it.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import described

World = dict[str, Any]


@dataclasses.dataclass
class Habit:
    """A tolerance by its name, the rules that the monitor may report for it, and the worlds that can have it."""

    name: str
    rules: tuple[str, ...]  # none: the monitor has no rule for it on this transport
    applies: Callable[[World], bool]

    @property
    def switch(self) -> str:
        """The switch without which the device does not serve it."""
        return str(described.tolerance(self.name).get("switch", ""))

    def judge(self, said: str) -> str:
        """What is wrong with the monitor's text."""
        bases = [described.basis(rule) for rule in self.rules]
        if not said.startswith("driver") or not any(basis in said for basis in bases):
            return f"{self.name}: the monitor does not name {bases}: {said!r}" if said or bases else ""
        return ""


def modern(world: World) -> bool:
    """A guest of the modern interface."""
    return not world["legacy"]


def legacy(world: World) -> bool:
    """With the legacy interface."""
    return bool(world["legacy"])


def a_modern_disk(world: World) -> bool:
    """Whose configuration has fields of several sizes."""
    return modern(world) and bool(world["disk"])


def on_mmio(world: World) -> bool:
    """On virtio-mmio."""
    return not world["pci"]


def any_guest(_world: World) -> bool:
    """Each guest."""
    return True


HABITS = [
    Habit("EARLY_NOTIFICATION", ("NOTIFY_EARLY",), modern),
    Habit("EARLY_REGISTER", (), modern),
    Habit("LATE_FEATURES", ("FEATURES_LATE",), modern),
    Habit("STATUS_BITS", ("STATUS_CLEARED",), any_guest),
    Habit("NO_SELECTOR", ("FEATURES_UNSELECTED",), on_mmio),
    Habit("CONFIG_WIDTH", ("CONFIG_WIDTH", "PCI_CONFIG_WIDTH"), a_modern_disk),
    Habit("NO_VERSION_1", ("FEATURE_VERSION_1",), modern),
    Habit("NO_PAGE_SIZE", ("QUEUE_MEMORY",), legacy),
    Habit("LEGACY_FEATURES_OK", ("STATUS_ORDER",), legacy),
    Habit("EARLY_REQUEST", ("NOTIFY_EARLY",), modern),
    Habit(
        "TABLE",
        ("INDIRECT_REFUSED", "PACKED_INDIRECT_REFUSED"),
        lambda world: "INDIRECT_DESC" in world["offered"],
    ),
    Habit("NO_RESET", ("STATUS_CLEARED",), any_guest),  # by its first step, ACKNOWLEDGE alone
]
BY_NAME = {row.name: row for row in HABITS}
