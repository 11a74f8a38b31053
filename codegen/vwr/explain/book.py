# SPDX-License-Identifier: MIT
"""The specification for explain: names and numbers from the Python package in generated/."""

import re
from pathlib import Path
from typing import Any

from vwr import ROOT, description
from vwr.explain.device import Device

TRANSPORT = "mmio"
RESULTS = "runtime/include/vwr/result.h"

Row = dict[str, Any]  # of a table of the generated package


class Book:
    """The parts of the description that explain uses."""

    transport = TRANSPORT

    def __init__(self, root: Path = ROOT) -> None:
        specs = description.specs()
        mmio, status, features, ids = (specs[name] for name in (TRANSPORT, "status", "features", "ids"))
        self.mmio, self.ring, self.packed = mmio.more, specs["split-ring"].more, specs["packed-ring"].more
        self.registers = {row["name"]: row for row in self.mmio["registers"]}
        self.size, self.word = self.mmio["size"], self.mmio["word"]
        self.word_bits = 8 * self.word
        self.versions = {row["value"]: row["name"] for row in self.mmio["versions"]}
        self.magic = self.registers["MagicValue"]["value"]
        values = {row.name: row.value for row in status.groups[0].values}
        self.steps, self.reset, self.status_owner = (status.more[key] for key in ("steps", "reset", "owners"))
        names = [step["name"] for step in self.steps]
        self.status = {
            name: values[name] for name in dict.fromkeys([*names, *values])
        }  # in the order of initialization
        self.features = {row.value: row for row in features.groups[0].values}
        self.feature_bit = {row.name: bit for bit, row in self.features.items()}
        self.feature_rules = features.rules
        self.types = {row.value: row.label or row.name for row in ids.groups[0].values}
        self.types |= {one.id: one.name for one in specs.values() if one.id not in (None, *self.types)}
        self.empty = ids.more["reserved"]
        room = self.registers["Config"]["bytes"]
        self.devices = {one.id: Device(one, room) for one in specs.values() if one.kind == "device"}
        self.by_name = {device.name: device for device in self.devices.values()}
        self.sections = {
            "registers": mmio.section,
            "status": status.section,
            "features": features.section,
            "ids": ids.section,
            "ring": specs["split-ring"].section,
            "packed": specs["packed-ring"].section,
        }
        self._rows = {row["offset"] + i: row for row in self.mmio["registers"] for i in range(row["bytes"])}
        self.results = _results(root)

    def at(self, offset: int) -> Row | None:
        """The register that contains this byte, or None."""
        return self._rows.get(offset)

    def turned(self, value: int) -> int:
        """A word with its bytes swapped."""
        return int.from_bytes(value.to_bytes(self.word, "little"), "big")

    def offset(self, name: str) -> int:
        """The offset of a register."""
        return self.registers[name]["offset"]

    def has(self, version: str, name: str) -> bool:
        """Whether the version has a register of that name, or one half of it."""
        rows = [row for row in self.mmio["registers"] if name in (row["name"], row["register"])]
        return any(version in row["versions"] for row in rows)

    def step(self, name: str, version: str, status: int = 0) -> Row | None:
        """
        The step by which a driver sets a status bit, or None if this version has none. If several steps set
        it, the one that fits the current bits.
        """
        found = [
            step
            for step in self.steps
            if step["name"] == name and not step["clears"] and version in step["versions"]
        ]
        fits = [
            step
            for step in found
            if not any(status & self.status[other] for other in self.step_names(step, "before", version))
        ]
        return next(iter(fits or found), None)

    def step_names(self, step: Row | None, key: str, version: str) -> list[str]:
        """Names of the bits that must be set (`after`) or clear (`before`)."""
        return step[f"{key}_names"][self.column(version)] if step else []

    def column(self, version: str) -> int:
        """The index of the version in lists with one entry for each version."""
        return list(self.versions.values()).index(version)

    def worded(self, text: str) -> str:
        """A sentence of the rules with the register names of this transport; here the names of the rules."""
        return text

    def bits(self, register: str) -> list[Row]:
        """The bit fields of a register."""
        return [bit for bit in self.mmio["bits"] if bit["register"] == register]

    def feature_name(self, bit: int, device: Device | None) -> str:
        """A feature's name, or its number if the specification here has no name."""
        row = (device.features.get(bit) if device else None) or self.features.get(bit)
        return row.name if row else f"bit {bit}"

    def addresses(self) -> list[tuple[str, Row, Row]]:
        """The 64-bit registers of a queue's areas, with the area's part in the split and in the packed layout."""
        names = list(
            dict.fromkeys(
                row["register"]
                for row in self.mmio["registers"]
                if row["bank_name"] == "QueueSel" and row["register"] != row["name"]
            )
        )
        return list(zip(names, self.ring["parts"], self.packed["parts"]))


def _results(root: Path) -> dict[int, str]:
    """{value: name and meaning} of the runtime's results."""
    header = Path(root) / RESULTS
    text = header.read_text(encoding="utf-8") if header.is_file() else ""
    rows = re.findall(r"^    (VWR_\w+) = (-?\d+),?\s*(?:/\* (.*?) \*/)?$", text, re.MULTILINE)
    return {int(value): f"{name}, {words}" if words else name for name, value, words in rows}
