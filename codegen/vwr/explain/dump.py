# SPDX-License-Identifier: MIT
"""A dump of one register block: each readable register with its name and meaning, and inconsistent values."""

from typing import Any

from vwr.explain import words
from vwr.explain.report import Report
from vwr.explain.rules import Findings
from vwr.explain.sort import NotFound
from vwr.sentence import joined

READ, CONFIG = "Registers", "Configuration"


class Dump:
    """The explanation of a dump. It has the interface of a Walk."""

    def __init__(self, book: Any, found: Any, bases: Any, chosen: Any = None) -> None:
        self.book, self.report, self.findings = book, Report(), Findings(book)
        self.notes: list[str] = []
        self.values, self.base = _block(book, found, bases)
        self.sessions, self.is_empty = 0, False
        self.version_read, self.type_read = self._value("Version"), self._value("DeviceID")
        self.version = book.versions.get(self.version_read) or list(book.versions.values())[-1]
        self.type = self.type_read if self.type_read not in book.empty else None
        self.device = book.devices.get(self.type) or (chosen if self.type is None else None)

    def nevertheless(self) -> str:
        """A dump contains no replies."""
        return ""

    def _value(self, name: str) -> Any:
        row = self.values.get(self.book.offset(name))
        return row[0] if row else None

    def run(self) -> Any:
        """All registers, then the inconsistencies."""
        skipped = []
        for row in self.book.mmio["registers"]:
            at = row["offset"]
            if row["name"] == "Config":
                self._config(row)
            elif at in self.values and self.version in row["versions"]:
                if "R" in row["dir"]:
                    value, line = self.values[at]
                    meaning = words.register(self.book, row, value, self.device)
                    self.report.add(READ, f"{row['name']:<18} 0x{value:08x}  {meaning}".rstrip(), line)
                else:
                    skipped.append(row["name"])
        if skipped:
            self.notes.append(f"Write-only, so the dump contains no data for: {', '.join(skipped)}.")
        self._judge()
        return self

    def _config(self, row: Any) -> None:
        """Configuration fields that the dump contains completely."""
        raw = {
            at + i - row["offset"]: value >> 8 * i & 0xFF
            for at, (value, _) in self.values.items()
            if row["offset"] <= at < row["offset"] + row["bytes"]
            for i in range(self.book.word)
        }
        known: dict[str, int] = {}
        for field in self.device.fields if self.device else []:
            places = range(field.offset, field.offset + field.bytes)
            if field.length is None and not field.excluded(known) and all(place in raw for place in places):
                known[field.name] = sum(raw[place] << 8 * i for i, place in enumerate(places))
                gates = joined([joined(gate, "or") for gate in field.gates])
                gate = f", if {gates} was accepted" if gates else ""
                self.report.add(CONFIG, words.field_text(field, field.name, known[field.name]) + gate, None)

    def _judge(self) -> None:
        book, find, value = self.book, self.findings.add, self._value
        magic, version = value("MagicValue"), self.version_read
        ones = (1 << 8 * book.word) - 1
        if magic == ones:
            find("gone", "All bits of MagicValue read as 1: no device answers at this address")
        elif magic is not None and magic == book.turned(book.magic):
            find(
                "byte-order",
                "MagicValue reads with its bytes swapped: the dump or the board is big-endian, the"
                " registers are little-endian",
            )
        elif magic != book.magic:
            said = "is not in the dump" if magic is None else f"reads 0x{magic:08x}"
            find(
                "magic",
                f'MagicValue {said}, not 0x{book.magic:08x} ("{words.text_of(book.magic)}"): does the register block'
                f" begin at 0x{self.base:x}?",
            )
        elif version is not None and version not in book.versions:
            known = joined(map(str, book.versions), "or")
            find("version", f"Version reads {version}, but the specification defines {known}")
        elif self.type_read in book.empty:
            find("empty-slot", "DeviceID reads 0: this slot is empty")
        else:
            self._judge_state()

    def _judge_state(self) -> None:
        book, find, status = self.book, self.findings.add, self._value("Status")
        if status is None:
            return
        has = lambda name: bool(status & book.status[name])
        for name in book.status:
            step = book.step(name, self.version, status)
            wanted = book.step_names(step, "after", self.version) if step else []
            lacking = [other for other in wanted if not has(other)]
            if has(name) and lacking and step["by"] == "driver":
                find("status-skipped", f"Status has {name} without {joined(lacking)}", None, name)
        if has("DEVICE_NEEDS_RESET"):
            find("needs-reset", "Status has DEVICE_NEEDS_RESET: only a reset recovers the device")
        if has("FAILED"):
            find("failed", "Status has FAILED: the driver gave up on the device")
        elif not has("DRIVER_OK"):
            find(
                "driver-ok-never",
                f"Status is 0x{status:x} ({words.status(book, status)}): the start-up has not reached "
                "DRIVER_OK",
            )
        else:
            self._judge_queue()

    def _judge_queue(self) -> None:
        find, value = self.findings.add, self._value
        in_use = "QueueReady" if self.book.has(self.version, "QueueReady") else "QueuePFN"
        if value(in_use) == 0 and value("QueueSizeMax"):
            find(
                "queue-none",
                f"{in_use} of the queue that QueueSel selects reads 0 after DRIVER_OK: this queue is"
                " not in use",
            )
        raised = value("InterruptStatus")
        if raised:
            reasons = words.parts(self.book, "InterruptStatus", raised)
            find(
                "ack-never",
                f"InterruptStatus reads 0x{raised:x} ({reasons}):"
                " the device has raised its interrupt, which is not acknowledged",
            )


def _block(book: Any, found: Any, bases: Any) -> Any:
    """({offset: (word, line)}, base) of the only register block of a dump."""
    rows = {**found.pairs, **found.dump}
    starts = [at for at, (value, _) in sorted(rows.items()) if value == book.magic]
    if bases:
        base = bases[0]
    elif starts:
        base = starts[0]
    elif all(at < book.size for at in rows):
        base = 0
    else:
        base = min(rows) - min(rows) % book.size
    values = {at - base: row for at, row in rows.items() if base <= at < base + book.size}
    if not values:
        raise NotFound(f"the dump has nothing at 0x{base:x}, where the registers begin according to --base")
    return values, base


def looks_like_one(book: Any, found: Any, bases: Any) -> Any:
    """Whether numbers in columns are a register dump: the magic value shows it, or --base is given."""
    rows = {**found.pairs, **found.dump}
    magic = {book.magic, book.turned(book.magic)}
    if not rows:
        return False
    if bases or any(value in magic for value, _ in rows.values()):
        return True
    if found.pairs and not found.dump:
        known = [at for at in rows if book.at(at) and at % book.word == 0]
        return len(known) == len(rows)
    return 0 in rows or min(rows) % book.size == 0
