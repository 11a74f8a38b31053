# SPDX-License-Identifier: MIT
"""The state between one reset of a device and the next."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from vwr.explain.messages import Recorded


@dataclass
class Queue:
    """One queue, as configured by the driver."""

    index: int
    size: int | None = None
    largest: int | None = None  # value read from QueueSizeMax
    halves: dict[str, tuple[int, int]] = field(default_factory=dict)  # register: (value, line)
    align: int | None = None
    page: int | None = None  # QueuePFN
    notify_off: int | None = None  # PCI: value read from queue_notify_off
    areas: list[tuple[int, int, str]] = field(
        default_factory=list
    )  # (first byte, byte behind the last, register)
    in_use: bool = False
    stopped: int = 0  # line where it was taken out of use
    late: bool = False
    notified: int = 0  # notifications by the driver
    looked: int = 0  # line where QEMU looked at the queue by itself
    of_qemu: Counter[str] = field(default_factory=Counter)  # events of QEMU's trace, by their verbs
    events: Counter[str] = field(default_factory=Counter)  # counts from the runtime's trace
    places: int = 0  # descriptors of a packed ring, entries of a split one, that its buffers have taken
    wrapped: bool = False  # its last buffer was the first to reach the end of the ring
    unnotified: bool = False  # the last kick was suppressed, and no buffer was used since

    def address(self, register: str, word_bits: int) -> int | None:
        """An address from its two halves, or None if neither was written."""
        halves = [self.halves.get(register + half) for half in ("Low", "High")]
        if halves == [None, None]:
            return None
        low, high = (half[0] if half else 0 for half in halves)
        return high << word_bits | low


@dataclass
class Session:
    """The state from a reset on. `status` is None until the trace shows it."""

    word_bits: int  # of a word of the features
    status: int | None = None
    reset_line: int | None = None  # where 0 was written
    unreset: tuple[int, ...] = ()  # line and value of the first step, if no reset came before it
    reset_confirmed: bool = True  # 0 was read back, or was not written
    reset_awaited: bool = True  # or the driver went on before it read 0
    selected: dict[str, int] = field(default_factory=dict)  # selector register: value
    offered: dict[int, int] = field(default_factory=dict)  # word: value
    accepted: dict[int, int] = field(default_factory=dict)
    queues: dict[int, Queue] = field(default_factory=dict)
    features_ok: str = ""  # "", "written", "confirmed" or "refused"
    features_ok_line: int | None = None
    needs_reset: int | None = None  # line of the read
    failed: tuple[Any, ...] = ()  # line of the write, and the step before it
    notified: int = 0  # notifications
    last_notified: int | None = None  # line of the last one
    last_queue: int | None = None
    after: int = 0  # accesses of the driver after it, except polls
    looks: int = 0  # reads of InterruptStatus since the last notification
    asked: int = 0  # `arm` events of the runtime since the last notification that found no used buffer
    polled: bool = (
        False  # since then, the runtime has looked at the used ring for a wait, and found no buffer
    )
    change: int | None = None  # line that reported a change of configuration or status, neither read since
    broken: int | None = None  # line where QEMU reported that it stops
    filled_after: int = 0  # buffers that QEMU has used since the last notification
    went_on: bool = False  # notified again after a completion, or so often that it must have found some
    signs: int = 0  # events that show that the device is active
    signs_after: int = 0  # since the last notification
    interrupts: int = 0
    raised: int = 0  # reasons seen in InterruptStatus
    status_reads: int = 0  # reads of InterruptStatus
    acknowledged: int = 0
    config: dict[Any, dict[int, Any]] = field(
        default_factory=dict
    )  # partially accessed field: {offset inside it: (value, width, line)}
    generation: int = 0  # reads of ConfigGeneration
    operation: dict[str, Any] | None = None  # the group that gets the counts
    shown: Counter[tuple[int | None, str]] = field(default_factory=Counter)  # counts that earlier groups have
    reached: bool = False  # DRIVER_OK was set
    # What the device answered.
    written: dict[tuple[str, int], int] = field(
        default_factory=dict
    )  # (register, its bank): the last value written
    offered_read: dict[Any, int] = field(default_factory=dict)  # (word, address, width): its first value
    pending: int = 0  # InterruptStatus as it was read, without what was acknowledged
    stale: int = 0  # of it, what was still there at the next read: it was not acknowledged
    rung: tuple[int, ...] = ()  # queue for which QEMU interrupted; InterruptStatus was not read since
    used_interrupts: int = 0
    added: int = 0  # buffers in all queues, as the runtime's trace has them
    taken: int = 0
    raised_change: bool = False  # InterruptStatus has reported a change of the configuration or the status
    looked_after_error: bool = False  # it was read after DEVICE_NEEDS_RESET
    reset_reads: int = 0  # of Status, which read no 0 after the reset
    queues_reset: set[int] = field(default_factory=set)  # by QueueReset
    generation_read: int | None = None
    generation_moves: int = 0  # changes without two equal reads between them
    config_read: dict[tuple[int, int], Any] = field(
        default_factory=dict
    )  # (offset, width): (value, generation before)
    config_moved: tuple[
        int, int
    ] | None = None  # (offset, line) of a value that changed; the generation is not read yet
    messages: Recorded = field(default_factory=Recorded)  # messages whose bytes the trace contains

    def queue(self, index: int) -> Queue:
        """The queue, which is created at its first use."""
        return self.queues.setdefault(index, Queue(index))

    def has(self, words: dict[int, int], bit: int) -> bool:
        """Whether words of features have a bit."""
        return bool(words.get(bit // self.word_bits, 0) >> bit % self.word_bits & 1)

    def accepts(self, bit: int) -> bool:
        """Whether the driver accepted a feature."""
        return self.has(self.accepted, bit)
