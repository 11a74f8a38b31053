# SPDX-License-Identifier: MIT
"""One device in a trace: its identity, its state, and the findings."""

from collections import Counter
from functools import cached_property
from typing import Any

from vwr.explain import words
from vwr.explain.book import Book, Row
from vwr.explain.device import Device
from vwr.explain.lines import Event
from vwr.explain.messages import Messages
from vwr.explain.report import Report
from vwr.explain.rules import INTERRUPTS, UNJUDGED, WORKS, Findings
from vwr.explain.session import Session

OPERATION = "Operation"
UNSELECTED = {"DeviceFeaturesSel": "features-unselected", "DriverFeaturesSel": "driver-features-unselected"}


class Walk:
    """The state of one device, for the rules. `report` and `findings` contain the results."""

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
        self.unclear = ""  # an open question, as the start of a sentence, unless a violation explains it
        self.had_queue = (
            False  # a queue was set up before the last reset, in an initialization that was not completed
        )
        self.taken_sets: list[dict[int, int]] = []  # accepted features with which FEATURES_OK was confirmed
        self.constant: dict[str, int] = {}  # registers that identify the device: their first values
        self.asides: list[str] = []  # what a driver cannot mend, and does not need to
        self.answers = 0  # signs of the device in all sessions
        self.missing: list[tuple[int, int]] = []  # (line, number of missing trace lines before it)
        self.reached = False  # DRIVER_OK
        self.shared = False  # other devices are in the trace, and the runtime's events do not name theirs
        self.empty_slots = 0  # of the trace, with this one
        self.alone = True  # the driver uses no other device of the trace
        self.sees_queues = any(
            event.verb in ("popped", "filled") for event in events
        )  # QEMU's trace shows buffers
        self.sees_buffers = any(event.verb == "add" for event in events)  # likewise the runtime's
        self.quiet = False  # no queue of any device in the trace was notified
        self.version_read, self.version = self._version()
        self.type_read, self.type = self._type(chosen)
        self.device = book.devices.get(self.type)
        if self.device is None and chosen and self.type_read is None:
            self.device = chosen
        self.writes = sum(event.verb == "write" for event in events)
        self.findings.blind = self._start_is_missing()

    @property
    def is_unjudged(self) -> bool:
        """
        Whether the trace contains nothing that the rules check, so that no findings would not mean no
        errors.
        """
        return not (self.findings.rows() or self.reached or self.answers)

    @property
    def unjudged(self) -> str:
        """The sentence for a trace without anything to check."""
        if not self.writes and self.events:
            return "The driver has read registers and written to none: there is nothing to judge"
        if self.blind:
            return "The trace has neither a start-up nor an answer of the device: there is nothing to judge"
        return "The trace ends before DRIVER_OK: there is nothing to judge"

    @property
    def verdict(self) -> str:
        """The verdict from the findings, if there was something to check."""
        return UNJUDGED if self.is_unjudged else self.findings.verdict

    # --- identification of the device ---

    def reads(self, name: str) -> list[int]:
        """All values that the driver has read from a register."""
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
        Whether the start of the initialization, which would be one of these events, is missing. A reset ends
        this state.
        """
        begun = False
        for event in self.events:
            name = self.name(event)
            if name == "Status":
                late = ("DRIVER_OK",) if event.verb == "read" else ("DRIVER_OK", "FEATURES_OK")
                return any(event.value & self.book.status[bit] for bit in late)
            if name in ("MagicValue", "Version", "DeviceID", "VendorID", "GuestPageSize"):
                begun = True
            elif name:
                break
        return not begun

    @property
    def is_empty(self) -> bool:
        """Whether the slot is empty and the driver did not use it."""
        return (
            self.type_read in self.book.empty
            and not self.writes
            and all(value == self.book.magic for value in self.reads("MagicValue"))
        )

    def heard(self, index: int, line: int) -> None:
        """The driver notified a queue, by an access that is not in QEMU's trace."""
        raise NotImplementedError

    # --- helpers of all rules ---

    def row(self, event: Event) -> Row | None:
        """The register of an access, or None."""
        return self.book.at(event.address - (self.base or 0)) if event.is_access else None

    def name(self, event: Event) -> str | None:
        """The name of the register, or None; for one half, the name of the whole register."""
        row = self.row(event)
        return row["register"] if row else None

    def queue_kind(self, index: int) -> Any:
        """The description of a queue, or None if its kind is not known."""
        return self.device.queue(index, self.taken, self.config) if self.device else None

    @cached_property
    def known_messages(self) -> Messages:
        """
        The messages of the device's queues. The description is read only if the trace contains
        messages.
        """
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
        """
        Adds a finding with the monitor's sentence. `seen`: the values in the sentence; `more`: text after
        it.
        """
        said = words.seen(self.book, self.device, self.findings.text(rule), seen)
        self.find(rule, said + more, line, key, section)

    def numbers_of(self, name: str) -> list[int]:
        """The numbers of the features with this name."""
        of_device = self.device.features if self.device else {}
        return [
            bit for rows in (of_device, self.book.features) for bit, row in rows.items() if row.name == name
        ]

    def knows(self, name: str) -> bool:
        """Whether a feature is accepted; before the driver has written it, whether it is offered."""
        known = self.session.accepted or self.session.offered
        return any(self.session.has(known, bit) for bit in self.numbers_of(name))

    def taken(self, name: str) -> bool | None:
        """Whether a feature was accepted; None if the trace does not show it."""
        bits, accepted = self.numbers_of(name), self.session.accepted
        if self.blind and not any(bit // self.book.word_bits in accepted for bit in bits):
            return None
        return any(self.session.has(accepted, bit) for bit in bits)

    def has_status(self, name: str) -> bool | None:
        """Whether a status bit is set; None if the trace does not show it."""
        return None if self.session.status is None else bool(self.session.status & self.book.status[name])

    @property
    def blind(self) -> bool:
        """Whether some earlier events are missing in the trace."""
        return self.findings.blind

    @cached_property
    def is_qemu(self) -> bool:
        """Whether the trace, and therefore the device, is from QEMU."""
        return any(event.memory for event in self.events)

    @property
    def notifies(self) -> bool:
        """Whether a queue was ever notified. QEMU may check each queue once by itself; see running.heard."""
        seen = Counter(event.value for event in self.events if event.verb == "notified")
        return any(count > 1 for count in seen.values()) or any(
            event.verb in ("answer", "popped", "filled")
            or event.verb == "kick"
            and event.numbers[2]
            or event.verb == "write"
            and self.name(event) == "QueueNotify"
            for event in self.events
        )

    @property
    def is_modern(self) -> bool:
        """Whether the version has a FEATURES_OK step."""
        return self.book.step("FEATURES_OK", self.version) is not None

    def nevertheless(self) -> str:
        """The text after a finding that has not stopped the device."""
        now = self.session
        if not now.signs or self.findings.verdict != WORKS or self.findings.rows()[0]["rule"] in INTERRUPTS:
            return ""
        unseen = "; how the driver used the answer is not visible in this trace"
        return "; the device responds nevertheless" + (
            "" if now.went_on or any(queue.events.get("taken") for queue in now.queues.values()) else unseen
        )

    @property
    def by_messages(self) -> bool:
        """Whether interrupts are messages, which do not set a register."""
        return False

    def switch_words(self) -> str:
        """
        The remedy for a version that the driver does not support, if QEMU's trace shows that it is QEMU.
        """
        return (
            "; QEMU gives the modern layout with -global virtio-mmio.force-legacy=false"
            if self.version == next(iter(self.book.versions.values()))
            else ""
        )

    def check_selected(self, event: Event, row: Row) -> None:
        """A bank whose selector has not been written since the reset."""
        if row["bank_name"] and row["bank_name"] not in self.session.selected:
            if row["bank_name"] in UNSELECTED:
                self.breaks(UNSELECTED[row["bank_name"]], event.line, row["bank_name"])
                return
            self.find(
                "sel-never",
                f"{row['register']} was used, but {row['bank_name']} never written",
                event.line,
                row["bank_name"],
            )

    def operation(self) -> Row:
        """The group of events that are only counted."""
        if self.session.operation is None:
            self.session.operation = self.report.open(OPERATION)
        return self.session.operation

    def selected(self, register: str) -> int:
        """The value of a selector: 0 after a reset."""
        return self.session.selected.get(register, 0)
