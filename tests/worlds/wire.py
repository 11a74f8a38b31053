# SPDX-License-Identifier: MIT
"""The machine of the driver, a process; machine.h has the same layouts."""

import dataclasses
import mmap
import os
import select
import socket
import struct
import subprocess
from pathlib import Path
from typing import Any

TEXT_AT, TEXT_BYTES = 0x1000, 0x1000
SHARED_AT, DATA_AT, MEMORY_BYTES = 0x40000, 0x300000, 0x400000
ORDER = struct.Struct("<QIIQIIIIIIII")
WINDOW = struct.Struct("<QQQII")
QUESTION = struct.Struct("<IIQQ")
ANSWER = struct.Struct("<QIIII")
READ, WRITE, NEXT, FOUND, DONE = 1, 2, 3, 4, 5
STAGES = ("find", "skip", "open", "data", "interrupt", "close", "monitor", "end", "region")
SOURCES = {"windows": 0, "tree": 1, "line": 2, "pci": 3, "tree_pci": 4, "acpi": 5}
SECONDS = 20  # for an answer of the machine; it needs a millisecond
ACCESSES = 60000  # of a world; one that never ends has more


class Ended(Exception):
    """The machine has ended, or does not answer."""


@dataclasses.dataclass
class Outcome:
    """What happened in a world."""

    results: list[tuple[str, int, str]] = dataclasses.field(default_factory=list)  # stage, result, message
    found: tuple[int, str] | None = None
    accesses: int = 0
    escaped: str = ""  # an access to nothing
    buffers: int = 0  # that the monitor followed
    regions: dict[int, tuple[int, int]] = dataclasses.field(default_factory=dict)  # that the device has

    def message(self, stage: str) -> str:
        """The message of a stage; all messages without one."""
        return "; ".join(text for name, result, text in self.results if name == stage and (result or text))

    def result(self, stage: str) -> int | None:
        """The first result of a stage; None: it did not come to it."""
        return next((result for name, result, _ in self.results if name == stage), None)


class Machine:
    """A process of worlds_machine, with its memory."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.fd = os.memfd_create("worlds")
        os.ftruncate(self.fd, MEMORY_BYTES)
        self.map = mmap.mmap(self.fd, MEMORY_BYTES)
        self.memory = memoryview(self.map)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, asks: bool = True) -> None:
        """Starts the process, which asks for its first world, if it is one that asks."""
        self.ours, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [str(self.program), str(theirs.fileno()), str(self.fd)],
            pass_fds=(theirs.fileno(), self.fd),
            stderr=subprocess.PIPE,
        )
        theirs.close()
        if asks:
            self.expect(NEXT)

    def stop(self) -> str:
        """Ends the process; its last words."""
        if self.process is None:
            return ""
        self.ours.close()
        try:
            _, err = self.process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, err = self.process.communicate()
        self.process = None
        return err.decode(errors="replace")

    def ask(self) -> tuple[int, int, int, int]:
        """The next question."""
        data = b""
        while len(data) < QUESTION.size:
            data += self.receive(QUESTION.size - len(data))
        return QUESTION.unpack(data)

    def receive(self, size: int) -> bytes:
        """Bytes of the machine, at least one."""
        if not select.select([self.ours], [], [], SECONDS)[0]:
            raise Ended("the machine does nothing")
        part = self.ours.recv(size)
        if not part:
            raise Ended("the machine has ended")
        return part

    def expect(self, what: int) -> None:
        """The next question is this one."""
        if self.ask()[0] != what:
            raise Ended("the machine asks something else")

    def answer(self, value: int = 0, place: tuple[int, int, int] = (0, 0, 0), reasons: int = 0) -> None:
        """An answer."""
        self.ours.sendall(ANSWER.pack(value & 0xFFFFFFFFFFFFFFFF, *place, reasons))

    def text(self) -> str:
        """The text of a report."""
        data = bytes(self.memory[TEXT_AT : TEXT_AT + TEXT_BYTES])
        return data.split(b"\0")[0].decode(errors="replace")

    def run(self, order: dict[str, Any], bus: Any) -> Outcome:
        """Drives the device of a world."""
        if self.process is None:
            self.start()
        self._write(order)
        outcome = Outcome()
        self.answer()
        while True:
            what, size, at, value = self.ask()
            if what == NEXT:
                return outcome
            if what in (READ, WRITE):
                outcome.accesses += 1
                if outcome.accesses > ACCESSES:
                    raise Ended(f"more than {ACCESSES} accesses")
                self._access(what, size, at, value, bus, outcome, order["monitor"] != 0)
            else:
                self._report(what, at, value, outcome)
                self.answer()

    def _report(self, what: int, at: int, value: int, outcome: Outcome) -> None:
        signed = value - (1 << 64) if value >> 63 else value
        if what == FOUND:
            outcome.found = (at, self.text())
        elif STAGES[at] == "end":
            outcome.buffers = signed
        else:
            outcome.results.append((STAGES[at], signed, self.text()))

    def _access(
        self, what: int, size: int, at: int, value: int, bus: Any, outcome: Outcome, watched: bool
    ) -> None:
        place = bus.place(at, size)
        if place is None:
            kind = "read" if what == READ else "write"
            outcome.escaped = outcome.escaped or f"a {kind} of {size} bytes at {at:#x}, where nothing is"
        if what == WRITE and watched:
            self.answer(0, place or (0, 0, 0))
            self.ask()
        got = 0
        if place is None:
            got = 0xFFFFFFFF if what == READ else 0
        elif what == READ:
            got = bus.read(at, size)
        else:
            bus.write(at, size, value)
        reasons, bus.device.added = bus.device.added, 0
        self.answer(got, place or (0, 0, 0), reasons)

    def _write(self, order: dict[str, Any]) -> None:
        self.memory[:] = bytes(MEMORY_BYTES)
        for at, data in order.get("memory", {}).items():
            self.memory[at : at + len(data)] = data
        head = ORDER.pack(
            order["dma"],
            order["type"],
            SOURCES[order["source"]],
            order["from"],
            order.get("bytes", 0),
            order.get("place", 0),
            order.get("first_bus", 0),
            order.get("last_bus", 0),
            order.get("messages", 0),
            order["monitor"],
            order.get("ports", 0),
            len(order.get("windows", [])),
        )
        windows = b"".join(WINDOW.pack(*row, 0) for row in order.get("windows", []))
        self.memory[: len(head) + len(windows)] = head + windows
