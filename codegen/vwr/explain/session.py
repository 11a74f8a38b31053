# SPDX-License-Identifier: MIT
"""What is known between one reset of a device and the next."""

from dataclasses import dataclass, field
from typing import Any

from vwr.explain.messages import Recorded


@dataclass
class Queue:
    """One queue as the driver has set it up."""

    index: int
    size: int | None = None
    largest: int | None = None  # what QueueSizeMax read as
    halves: dict[str, tuple[int, int]] = field(default_factory=dict)  # register: (value, line)
    align: int | None = None
    page: int | None = None  # QueuePFN
    notify_off: int | None = None  # of PCI: what queue_notify_off read as
    in_use: bool = False
    late: bool = False
    notified: int = 0  # notifications by the driver
    passed: int = 0  # of which QEMU took notice
    answers: int = 0
    popped: int = 0  # buffers that QEMU took, where its trace tells
    filled: int = 0  # of which it has used
    events: dict[str, int] = field(default_factory=dict)  # what the runtime's own trace counts

    def count(self, what: str, number: int = 1) -> None:
        """Adds to one of the counts of the runtime's trace."""
        self.events[what] = self.events.get(what, 0) + number

    def address(self, register: str, word_bits: int) -> int | None:
        """An address of two halves, None if neither was written."""
        halves = [self.halves.get(register + half) for half in ("Low", "High")]
        if halves == [None, None]:
            return None
        low, high = (half[0] if half else 0 for half in halves)
        return high << word_bits | low


@dataclass
class Session:
    """From a reset on. `status` is None until the trace tells it."""

    word_bits: int  # of a word of the features
    status: int | None = None
    reset_line: int | None = None  # where 0 was written
    reset_confirmed: bool = True  # 0 was read back, or none was written
    selected: dict[str, int] = field(default_factory=dict)  # selector register: value
    offered: dict[int, int] = field(default_factory=dict)  # word: value
    accepted: dict[int, int] = field(default_factory=dict)
    queues: dict[int, Queue] = field(default_factory=dict)
    features_ok: str = ""  # "", "written", "confirmed" or "refused"
    features_ok_line: int | None = None
    needs_reset: int | None = None  # line where it was read
    failed: tuple[Any, ...] = ()  # line of the write, and after which step
    notified: int = 0  # notifications
    last_notified: int | None = None  # line of the last
    last_queue: int | None = None
    after: int = 0  # accesses of the driver since, polls apart
    looks: int = 0  # reads of InterruptStatus since the last notification
    change: int | None = None  # line where InterruptStatus said that the configuration or the status changed, and neither was read since
    broken: int | None = None  # line where QEMU said that it does nothing more
    filled_after: int = 0  # buffers that QEMU has used since the last notification
    went_on: bool = False  # a queue was notified again after an answer, or so often that the driver must have found answers
    signs: int = 0  # anything by which the device showed that it lives
    signs_after: int = 0  # since the last notification
    interrupts: int = 0
    raised: int = 0  # reasons that InterruptStatus has shown
    status_reads: int = 0  # reads of InterruptStatus
    acknowledged: int = 0
    config: dict[Any, dict[int, Any]] = field(
        default_factory=dict
    )  # field in parts: {offset inside it: (value, width, line)}
    generation: int = 0  # reads of ConfigGeneration
    operation: dict[str, Any] | None = None  # the group that the counts go to
    reached: bool = False  # DRIVER_OK was there
    messages: Recorded = field(default_factory=Recorded)  # of which the trace has the bytes

    def queue(self, index: int) -> Queue:
        """The queue, made when it is first spoken of."""
        return self.queues.setdefault(index, Queue(index))

    def accepts(self, bit: int) -> bool:
        """Whether the driver took a feature."""
        return bool(self.accepted.get(bit // self.word_bits, 0) >> bit % self.word_bits & 1)
