# SPDX-License-Identifier: MIT
"""Walks the events of one device: explains each, and checks it against the rules of the specification."""

from collections.abc import Callable
from typing import Any

from vwr.explain import answers, config, ends, features, queues, running, status, words
from vwr.explain.book import Row
from vwr.explain.lines import Event
from vwr.explain.report import line_of
from vwr.explain.rules import SILENCE
from vwr.explain.walk import Walk
from vwr.sentence import joined, plural

PROBE, RESET, FEATURES = "Probe", "Reset", "Features"
HANDLERS: dict[tuple[str, str], Callable[[Any, Event, Row], None]] = {
    **status.HANDLERS,
    **features.HANDLERS,
    **config.HANDLERS,
    **queues.HANDLERS,
    **running.HANDLERS,
}


class MmioWalk(Walk):
    """The walk of one device. After `run`, `report` and `findings` contain the result."""

    def run(self) -> "MmioWalk":
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

    def heard(self, index: int, line: int) -> None:
        running.noted(self, index, line)

    def ended(self) -> None:
        """The end of the trace."""
        ends.session(self, True)
        ends.device(self)

    def judged(self) -> None:
        """
        The end of the walk: the violations have not stopped a device that completes requests and a driver
        that continues.
        """
        now = self.session
        if now.signs and not self.findings.has(*SILENCE):
            self.findings.forgive(now.went_on, whole=not self.findings.has("gone"))

    def handler(self, event: Event, row: Row) -> Callable[[Any, Event, Row], None] | None:
        """The rules of an access."""
        return HANDLERS.get((event.verb, row["register"]))

    def access(self, event: Event) -> None:
        """A register was read or written."""
        row, name = self.row(event), self.name(event)
        # A driver that waits repeats reads of these; one that gives up does no more.
        gives_up = name == "Status" and event.value & self.book.status["FAILED"] or self.session.failed
        if not gives_up if event.verb == "write" else name not in ("Status", "InterruptStatus"):
            self.session.after += 1
        fault = self.fault(event, row)
        if row is None or fault:
            if event.verb == "write" and name == "Status":
                self.session.status = None  # the device may have taken it
            shown = (
                row.get("shown", row["name"]) if row else f"offset 0x{event.address - (self.base or 0):03x}"
            )
            self.report.add(None, line_of(event, shown, f"0x{event.value:x}", fault), event.line)
            return
        self.show(event, row)
        if event.verb == "write":
            self.check_when(event, row)
            answers.wrote(self, event, row)
        else:
            answers.answered(self, event, row)
        if handler := self.handler(event, row):
            handler(self, event, row)

    def fault(self, event: Event, row: Row | None) -> str:
        """
        What makes an access invalid, which is reported: register, version, direction, width. '' if it is valid.
        """
        offset = event.address - (self.base or 0)
        if row is None:
            self.breaks("no-register", event.line, (offset, event.verb), place=offset)
            return "no register"
        name = row.get("shown", row["name"])
        if self.version not in row["versions"]:
            read = f" (Version reads {self.version_read})" if self.version_read is not None else ""
            did = {"read": "read", "write": "wrote"}[event.verb]
            self.find(
                "register-of-other-version",
                f"The driver {did} {name}, which only a {row['versions'][0]} device "
                f"has, but this one is {self.version}{read}{self.switch_words()}",
                event.line,
                "",
            )
            return f"not in {self.version}"
        if {"read": "R", "write": "W"}[event.verb] not in row["dir"]:
            rule = "read-only" if event.verb == "write" else "write-only"
            self.breaks(rule, event.line, name, a=event.value, place=row)
            return "can only be written" if row["dir"] == "W" else "can only be read"
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
            if row["register"] == "DeviceFeatures" and event.verb == "read":
                features.offer(self, event, row)
            return f"{8 * event.width} bits wide"
        return ""

    def check_when(self, event: Event, row: Row) -> None:
        """The state in which a write to this register is valid."""
        if self.session.status is None or row["name"] in ("Status",):
            return
        column = self.book.column(self.version)
        lacking = [name for name in row["set_names"][column] if not self.has_status(name)]
        barring = [name for name in row["clear_names"][column] if self.has_status(name)]
        name, line = row["register"], event.line
        if "FAILED" in barring:
            said = f"{name} was written after FAILED, without a reset: the driver goes on with a device that it has given up"
            self.find("after-failed", said, line, "")
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
