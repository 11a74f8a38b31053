# SPDX-License-Identifier: MIT
"""Walks the events of one device: explains each, and checks it against the rules of the specification."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from vwr.explain import config, ends, features, queues, running, status, words
from vwr.explain.book import Book, Row
from vwr.explain.device import Device
from vwr.explain.lines import Event
from vwr.explain.messages import Messages
from vwr.explain.report import Report, line_of
from vwr.explain.rules import INTERRUPTS, SILENCE, WORKS, Findings
from vwr.explain.session import Session
from vwr.explain.words import seen as seen_words
from vwr.sentence import joined, plural

PROBE, RESET, FEATURES, OPERATION = "Probe", "Reset", "Features", "Operation"
HANDLERS: dict[tuple[str, str], Callable[[Any, Event, Row], None]] = {
    **status.HANDLERS,
    **features.HANDLERS,
    **config.HANDLERS,
    **queues.HANDLERS,
    **running.HANDLERS,
}


class Walk:
    """The walk of one device. After `run`, `report` and `findings` contain the result."""

    def __init__(
        self, book: Book, base: int | None, events: list[Event], chosen: Device | None = None
    ) -> None:
        self.book, self.base, self.events = book, base, events
        self.report, self.findings = Report(), Findings(book)
        self.find = self.findings.add
        self.session = Session(book.word_bits)
        self.sessions = 1
        self.guest_page: int | None = None  # GuestPageSize: a reset does not clear it
        self.config: dict[Any, int] = {}  # values of configuration fields that the trace contains completely
        self.notes: list[str] = []
        self.missing: list[tuple[int, int]] = []  # (line, number of missing trace lines before it)
        self.reached = False  # DRIVER_OK
        self.alone = True  # the driver uses no other device of the trace
        self.sees_queues = any(
            event.verb in ("popped", "filled") for event in events
        )  # QEMU's trace shows buffers
        self.quiet = False  # no queue of any device in the trace was notified
        self.version_read, self.version = self._version()
        self.type_read, self.type = self._type(chosen)
        self.device = book.devices.get(self.type)
        if self.device is None and chosen and self.type_read is None:
            self.device = chosen
        self.writes = sum(event.verb == "write" for event in events)
        self.findings.blind = self._start_is_missing()

    # --- identification of the device ---

    def reads(self, name: str) -> list[int]:
        """All values that were read from a register."""
        at = self.base + self.book.offset(name) if self.base is not None else None
        return [event.value for event in self.events if event.verb == "read" and event.address == at]

    def _version(self) -> tuple[int | None, str]:
        """(value that was read or None, name of the version whose rules apply)."""
        values = self.reads("Version")
        for value in values:
            if value in self.book.versions:
                return value, self.book.versions[value]
        for event in self.events:
            row = self.row(event)
            if row and len(row["versions"]) == 1:
                return next(iter(values), None), row["versions"][0]
        return next(iter(values), None), list(self.book.versions.values())[-1]

    def _type(self, chosen: Device | None) -> tuple[int | None, int | None]:
        values = self.reads("DeviceID")
        real = [value for value in values if value not in self.book.empty]
        ids = [number for number, device in self.book.devices.items() if device is chosen]
        return next(iter(values), None), next(iter(real or values or ids), None)

    def _start_is_missing(self) -> bool:
        """
        Whether the start is missing: an initialization begins with one of these. A reset ends this state.
        """
        for event in self.events:
            name = self.name(event)
            if name == "Status":
                late = ("DRIVER_OK",) if event.verb == "read" else ("DRIVER_OK", "FEATURES_OK")
                return any(event.value & self.book.status[bit] for bit in late)
            if name:
                return name not in ("MagicValue", "Version", "DeviceID", "VendorID", "GuestPageSize")
        return True

    @property
    def is_empty(self) -> bool:
        """Whether the slot is empty and the driver did not use it."""
        return (
            self.type_read in self.book.empty
            and not self.writes
            and all(value == self.book.magic for value in self.reads("MagicValue"))
        )

    # --- helpers of all rules ---

    def row(self, event: Event) -> Row | None:
        """The register of an access, or None."""
        return self.book.at(event.address - (self.base or 0)) if event.is_access else None

    def name(self, event: Event) -> str:
        """The name of its register; for one half that of the whole register."""
        row = self.row(event)
        return row["register"] if row else None

    def queue_kind(self, index: int) -> Any:
        """The description of a queue; None if its kind is not known."""
        return (
            self.device.queue(index, lambda name: features.taken(self, name), self.config)
            if self.device
            else None
        )

    @cached_property
    def known_messages(self) -> Messages:
        """The messages of the device's queues, read if the trace contains any."""
        return Messages(self.device.name if self.device else "")

    def queue_title(self, index: int) -> str:
        """The step that sets up a queue. It names the kind if the device has several."""
        kind = self.queue_kind(index) if self.device and len(self.device.queues) > 1 else None
        return f"Queue {index}{f' ({kind.name})' if kind else ''} set-up"

    def breaks(
        self,
        rule: str,
        line: int | None = None,
        key: Any = None,
        *,
        more: str = "",
        section: str | None = None,
        **seen: Any,
    ) -> None:
        """Adds a finding with the monitor's sentence of it. `seen`: the values in it; `more`: what follows it."""
        said = seen_words(self.book, self.device, self.findings.text(rule), seen)
        self.find(rule, said + more, line, key, section)

    def has_status(self, name: str) -> bool | None:
        """Whether a status bit is set; None if the trace does not show it."""
        return None if self.session.status is None else bool(self.session.status & self.book.status[name])

    @property
    def blind(self) -> bool:
        """Whether a part of the earlier events is not in the trace."""
        return self.findings.blind

    @property
    def is_qemu(self) -> bool:
        """Whether it is QEMU's trace, so that the device is QEMU's."""
        return any(event.memory for event in self.events)

    @property
    def notifies(self) -> bool:
        """Whether a queue was ever notified."""
        return any(
            event.verb in ("notified", "kick") or event.verb == "write" and self.name(event) == "QueueNotify"
            for event in self.events
        )

    @property
    def is_modern(self) -> bool:
        """Whether the version has a FEATURES_OK step."""
        return self.book.step("FEATURES_OK", self.version) is not None

    # --- the walk ---

    def run(self) -> "Walk":
        """All events, then the missing ones."""
        if self.blind:
            self.notes.append(
                "The start-up of this device is not in the trace: missing steps are not reported."
            )
        if (
            self.version_read is None
            and self.events
            and self.base is not None
            and "Version" in self.book.registers
        ):
            self.notes.append(
                f"Version was not read: assumed to be {self.version}, from the registers that are used."
            )
        for event in self.events:
            if event.verb in ("read", "write"):
                self.access(event)
            else:
                self.happening(event)
        self.ended()
        self.judged()
        if self.missing:
            count = sum(number for _, number in self.missing)
            self.notes.append(
                f"{plural(count, 'line')} of the trace {'is' if count == 1 else 'are'} missing, in"
                f" {plural(len(self.missing), 'place')}, first before line {self.missing[0][0]}:"
                " the ring that contains it was overwritten."
            )
        return self

    def happening(self, event: Event) -> None:
        """An event other than an access."""
        running.happening(self, event)

    def ended(self) -> None:
        """The end of the trace."""
        ends.session(self, True)
        ends.device(self)

    def nevertheless(self) -> str:
        """The text after a finding that has not stopped the device."""
        now = self.session
        if not now.signs or self.findings.verdict != WORKS or self.findings.rows()[0]["rule"] in INTERRUPTS:
            return ""
        unseen = "; how the driver used the answer is not visible in this trace"
        return "; the device responds nevertheless" + (
            "" if now.went_on or any(queue.events.get("taken") for queue in now.queues.values()) else unseen
        )

    def judged(self) -> None:
        """
        The end of the walk: the violations have not stopped a device that completes requests and a driver
        that continues.
        """
        now = self.session
        if now.signs and not self.findings.has(*SILENCE):
            self.findings.forgive(now.went_on)

    def handler(self, event: Event, row: Row) -> Callable[[Any, Event, Row], None] | None:
        """The rules of an access."""
        return HANDLERS.get((event.verb, row["register"]))

    @property
    def by_messages(self) -> bool:
        """Whether interrupts are messages, which set no register."""
        return False

    def access(self, event: Event) -> None:
        """A register was read or written."""
        row = self.row(event)
        # A driver that waits repeats reads of these.
        if event.verb == "write" or self.name(event) not in ("Status", "InterruptStatus"):
            self.session.after += 1
        if self.check_access(event, row) and row is not None:
            handler = self.handler(event, row)
            self.show(event, row)
            if event.verb == "write":
                self.check_when(event, row)
            if handler:
                handler(self, event, row)

    def check_access(self, event: Event, row: Row | None) -> bool:
        """
        Whether the access is valid: register, version, direction, width. An invalid one is reported and
        ignored.
        """
        offset, value = event.address - (self.base or 0), f"0x{event.value:x}"
        if row is None:
            self.breaks("no-register", event.line, (offset, event.verb), place=offset)
            self.report.add(None, line_of(event, f"offset 0x{offset:03x}", value, "no register"), event.line)
            return False
        name = row.get("shown", row["name"])
        if self.version not in row["versions"]:
            read = f" (Version reads {self.version_read})" if self.version_read is not None else ""
            self.find(
                "register-of-other-version",
                f"{words_of(event)} {name}, which only a {row['versions'][0]} device "
                f"has, but this one is {self.version}{read}{self.switch_words()}",
                event.line,
                "",
            )
            self.report.add(None, line_of(event, name, value, f"not in {self.version}"), event.line)
            return False
        if {"read": "R", "write": "W"}[event.verb] not in row["dir"]:
            only = "be written" if row["dir"] == "W" else "be read"
            rule = "read-only" if event.verb == "write" else "write-only"
            self.breaks(rule, event.line, name, a=event.value, place=row)
            self.report.add(None, line_of(event, name, value, f"can only {only}"), event.line)
            return False
        inside = offset - row["offset"]
        if (
            8 * event.width not in row["widths_list"]
            or inside % event.width
            or (row["bytes"] == self.book.word and inside)
        ):
            wanted = joined([str(width) for width in row["widths_list"]], "or")
            self.breaks(
                "width",
                event.line,
                name,
                a=event.width,
                b=row["bytes"],
                place=row,
                more=f": its accesses must be {wanted} bits wide and aligned",
            )
            self.report.add(None, line_of(event, name, value, f"{8 * event.width} bits wide"), event.line)
            if row["register"] == "DeviceFeatures" and event.verb == "read":
                features.part(self, event, row)
            return False
        return True

    def switch_words(self) -> str:
        """
        The remedy for a version that the driver does not support, if QEMU's trace shows that it is QEMU.
        """
        return (
            "; QEMU gives the modern layout with -global virtio-mmio.force-legacy=false"
            if self.version == next(iter(self.book.versions.values()))
            else ""
        )

    def check_when(self, event: Event, row: Row) -> None:
        """The state in which a write to this register is valid."""
        if self.session.status is None or row["name"] in ("Status",):
            return
        column = self.book.column(self.version)
        lacking = [name for name in row["set_names"][column] if not self.has_status(name)]
        barring = [name for name in row["clear_names"][column] if self.has_status(name)]
        name, line = row["register"], event.line
        if "FAILED" in barring:
            self.find(
                "after-failed", f"{name} was written after FAILED: only a reset is allowed then", line, ""
            )
        elif name == "DriverFeatures" and barring:
            self.breaks("features-after-ok", line, "", a=self.session.status)
        elif name == "QueueNotify" and lacking:
            queue = running.notified(self, event.value)
            self.breaks("notify-early", line, "", b=queue, a=self.session.status)
        elif row["bank_name"] == "QueueSel" and lacking:
            self.find(
                "queue-early",
                f"Queue {self.selected('QueueSel')} was set up before {joined(lacking)}"
                f" was set in Status (first {row['name']})",
                line,
                self.selected("QueueSel"),
            )
        elif lacking:
            self.find(
                "write-too-early",
                f"{name} was written before {joined(lacking)} was in Status",
                line,
                name,
            )
        selected = self.session.queues.get(self.selected("QueueSel"))
        if row["idle_names"][column] and selected and selected.in_use:
            index = selected.index
            self.breaks("queue-busy", line, (index, name), queue=index, a=event.value, place=row)

    def check_selected(self, event: Event, row: Row) -> None:
        """A bank whose selector has not been written since the reset."""
        if row["bank_name"] and row["bank_name"] not in self.session.selected:
            self.find(
                "sel-never",
                f"{row['register']} was used, but {row['bank_name']} never written",
                event.line,
                row["bank_name"],
            )

    # --- lines of the report ---

    def show(self, event: Event, row: Row) -> None:
        """Adds the line of an access to its step."""
        name = row["register"]
        if name == "Config":
            return  # its handler knows the field
        if name in ("QueueNotify", "InterruptStatus", "InterruptACK"):
            self.operation()
            return
        if row["name"] == "QueueSel" and self.session.selected.get("QueueSel") == event.value:
            if self.report.title == self.queue_title(event.value):
                return
        meaning = words.register(self.book, row, event.value, self.device, self.selected(f"{name}Sel"))
        self.report.add(
            self.title(event, row),
            line_of(event, row.get("shown", row["name"]), f"0x{event.value:x}", meaning),
            event.line,
        )

    def title(self, event: Event, row: Row) -> str | None:
        """The step of an access."""
        name, bank = row["register"], row["bank_name"]
        if name in ("MagicValue", "Version", "DeviceID", "VendorID"):
            return PROBE
        if name.startswith(("DeviceFeatures", "DriverFeatures")):
            return FEATURES
        if name == "ConfigGeneration":
            return config.TITLE
        if name == "QueueSel":
            return self.queue_title(event.value)
        if bank == "QueueSel":
            return self.queue_title(self.selected("QueueSel"))
        if name == "Status" and event.verb == "write":
            return self.status_title(event.value)
        return None

    def status_title(self, value: int) -> str | None:
        """The step of a write to Status."""
        if value == self.book.reset:
            return RESET
        new = value & ~(self.session.status or 0)
        for name in ("FAILED", "DRIVER_OK", "FEATURES_OK"):
            if new & self.book.status[name]:
                return name
        early = [name for name in ("ACKNOWLEDGE", "DRIVER") if new & self.book.status[name]]
        return "ACKNOWLEDGE / DRIVER" if early else None

    def operation(self) -> Row:
        """The group of events that are only counted."""
        if self.session.operation is None:
            self.session.operation = self.report.open(OPERATION)
        return self.session.operation

    def selected(self, register: str) -> int:
        """The value of a selector: 0 after a reset."""
        return self.session.selected.get(register, 0)


def words_of(event: Event) -> str:
    """The driver's action in a sentence."""
    return "The driver read" if event.verb == "read" else "The driver wrote"
