# SPDX-License-Identifier: MIT
"""A dump of one register block: each readable register with its name and meaning, and inconsistent values."""

from vwr.explain import config, status, words
from vwr.explain.book import Book
from vwr.explain.device import Device
from vwr.explain.lines import Event, Input
from vwr.explain.sort import NotFound
from vwr.explain.walk import Walk
from vwr.stop import Stop
from vwr.sentence import joined

ACCESS = "vwr-trace NUMBER MICROSECONDS read ADDRESS BYTES VALUE (or write), such as vwr-trace 1 0 write 0x070 4 0x1"
Words = dict[int, tuple[int, int]]  # address: (word, line)


class Dump(Walk):
    """The explanation of a dump, as reads of all registers, of which only the values count."""

    def __init__(self, book: Book, found: Input, base: int | None, chosen: Device | None = None) -> None:
        start, values = _block(book, found, base)
        self.values = {at - start: value for at, (value, _) in values.items()}
        events = [Event(line, "read", at, book.word, value) for at, (value, line) in sorted(values.items())]
        super().__init__(book, start, events, chosen)
        self.sessions = 0
        if found.pairs:
            self.notes.append(
                f"These are taken for the values of registers at one moment; if they are accesses, write {ACCESS}."
            )
        self.findings.blind = False

    def _version(self) -> tuple[int | None, str]:
        """The registers of the other version are in the dump, too."""
        read, versions = self.value("Version"), self.book.versions
        return read, versions[read] if read in versions else [*versions.values()][-1]

    @property
    def is_unjudged(self) -> bool:
        """A dump has a state: Status, or the registers by which a device is identified."""
        return not self.findings.rows() and self.value("Status") is None

    @property
    def unjudged(self) -> str:
        return "The dump has no Status: there is nothing to judge"

    def value(self, name: str) -> int | None:
        """The value of a register; None if the dump does not contain it."""
        return next(iter(self.reads(name)), None)

    def run(self) -> "Dump":
        """All registers, then the inconsistencies."""
        skipped = []
        for event in self.events:
            row = self.row(event)
            if row is None or self.version not in row["versions"] or row["name"] == "Config":
                continue
            if "R" in row["dir"]:
                meaning = words.register(self.book, row, event.value, self.device)
                self.report.add(
                    "Registers", f"{row['name']:<18} 0x{event.value:08x}  {meaning}".rstrip(), event.line
                )
            else:
                skipped.append(row["name"])
        self._config()
        if skipped:
            self.notes.append(f"Write-only, so the dump contains no data for: {', '.join(skipped)}.")
        self._judge()
        return self

    def _config(self) -> None:
        """Configuration fields that the dump contains completely."""
        start = self.book.offset("Config")
        raw = {
            at + i - start: value >> 8 * i & 0xFF
            for at, value in self.values.items()
            for i in range(self.book.word)
        }
        for field in self.device.fields if self.device else []:
            places = range(field.offset, field.offset + field.bytes)
            if field.length is None and not field.excluded(self.config) and raw.keys() >= set(places):
                value = sum(raw[place] << 8 * i for i, place in enumerate(places))
                self.config[field.name] = value
                gates = joined([joined(gate, "or") for gate in field.gates])
                gate = f", if {gates} was accepted" if gates else ""
                self.report.add(config.TITLE, words.field_text(field, field.name, value) + gate, None)

    def _judge(self) -> None:
        """The registers by which a device is identified, then its state."""
        for event in self.events:
            row = self.row(event)
            if row and row["name"] == "MagicValue":
                status.magic_value(self, event, row)
            elif row and row["name"] == "Version" and event.value not in self.book.versions:
                status.version(self, event, row)
        if self.findings.rows():
            return
        if self.type_read in self.book.empty:
            self.find("empty-slot", "DeviceID reads 0: this slot is empty")
        elif self.value("Status") is not None:
            self._judge_state()

    def _judge_state(self) -> None:
        value = self.session.status = self.value("Status") or 0
        for name in self.book.status:
            step = self.book.step(name, self.version, value)
            wanted = self.book.step_names(step, "after", self.version)
            lacking = [other for other in wanted if not self.has_status(other)]
            if step and step["by"] == "driver" and self.has_status(name) and lacking:
                self.find("status-skipped", f"Status has {name} without {joined(lacking)}", None, name)
        if self.has_status("DEVICE_NEEDS_RESET"):
            self.find("needs-reset", "Status has DEVICE_NEEDS_RESET: only a reset recovers the device")
        if self.has_status("FAILED"):
            self.find("failed", "Status has FAILED: the driver gave up on the device")
        elif not self.has_status("DRIVER_OK"):
            known = words.status(self.book, value)
            self.find(
                "driver-ok-never", f"Status is 0x{value:x} ({known}): the start-up has not reached DRIVER_OK"
            )
        else:
            self._judge_queue()

    def _judge_queue(self) -> None:
        in_use = "QueueReady" if self.book.has(self.version, "QueueReady") else "QueuePFN"
        if self.value(in_use) == 0 and self.value("QueueSizeMax"):
            self.find(
                "queue-none",
                f"{in_use} of the queue that QueueSel selects reads 0 after DRIVER_OK: this queue is"
                " not in use",
            )
        if raised := self.value("InterruptStatus"):
            reasons = words.parts(self.book, "InterruptStatus", raised)
            self.find(
                "ack-never",
                f"InterruptStatus reads 0x{raised:x} ({reasons}):"
                " the device has raised its interrupt, which is not acknowledged",
            )


def _block(book: Book, found: Input, given: int | None) -> tuple[int, Words]:
    """(base, words) of the only register block of a dump."""
    rows = {**found.pairs, **found.dump}
    heads = [at for at, (value, _) in rows.items() if value == book.magic]
    lowest = 0 if max(rows) < book.size else min(rows) - min(rows) % book.size
    base = min(heads, default=lowest) if given is None else given
    values = {at: row for at, row in rows.items() if base <= at < base + book.size}
    if not values:
        raise NotFound(f"the dump has nothing at 0x{base:x}, where the registers begin according to --base")
    if twice := sorted(values.keys() & found.repeated.keys()):
        first, second = found.repeated[twice[0]]
        raise Stop(
            f"line {second} has 0x{twice[0]:03x} again, which is in line {first}: a dump has the value of each register"
            " once, at one moment",
            f"give one dump only; or, if the lines are accesses in their order, write each of them as {ACCESS}",
        )
    return base, values


def looks_like_one(book: Book, found: Input, bases: list[int]) -> bool:
    """Whether numbers in columns are a register dump: the magic value shows it, or --base is given."""
    rows = {**found.pairs, **found.dump}
    magic = {book.magic, book.turned(book.magic)}
    if not rows:
        return False
    if bases or any(value in magic for value, _ in rows.values()):
        return True
    if found.pairs and not found.dump:
        return all(book.at(at) and at % book.word == 0 for at in rows)
    return 0 in rows or min(rows) % book.size == 0
