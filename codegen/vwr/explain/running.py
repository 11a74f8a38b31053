# SPDX-License-Identifier: MIT
"""Operation after initialization: notifications, interrupts, and events other than accesses."""

from vwr.explain import answers, complaints, ends, queues, words
from vwr.explain.book import Row
from vwr.explain.lines import Event
from vwr.explain.messages import TITLE
from vwr.explain.session import Session
from vwr.explain.walk import Walk

MANY = 8  # notifications without activity of the device: the driver polls, and has found completions
WHERE = "the address that the driver wrote"
CHANGE = 1  # bit of InterruptStatus that reports a change of the configuration or the status


def notified(walk: Walk, value: int) -> int:
    """The queue that a value of QueueNotify selects."""
    part = walk.book.bits("QueueNotify")[0]
    data = walk.book.feature_bit["NOTIFICATION_DATA"]
    return value & (1 << part["width"]) - 1 if walk.session.accepts(data) else value


def notify(walk: Walk, event: Event, _: Row) -> None:
    """The driver notifies the device of new buffers."""
    index = notified(walk, event.value)
    data, new = walk.book.feature_bit["NOTIFICATION_DATA"], not walk.session.queue(index).notified
    width = walk.book.bits("QueueNotify")[0]["width"]
    if (
        walk.session.accepts(data)
        and not walk.session.accepts(walk.book.feature_bit["RING_PACKED"])
        and new
        and not event.value >> width
    ):  # a first buffer is never the next one
        walk.find(
            "notify-data",
            f"QueueNotify was written as 0x{event.value:x}, but NOTIFICATION_DATA was accepted: the bits from {width} on"
            " say which buffer is the next one",
            event.line,
            index,
        )
    noted(walk, index, event.line)


def noted(walk: Walk, index: int, line: int) -> None:
    """A queue was notified."""
    session = walk.session
    if not walk.blind and not (index in session.queues and session.queues[index].in_use):
        walk.breaks("notify-unknown", line, index, a=index)
    queue = session.queue(index)
    if (
        session.signs or queue.notified >= MANY and ends.answers_soon(walk, queue)
    ) and session.broken is None:
        session.went_on = True
        walk.findings.forgive(True, whole=not session.signs)
    queue.notified += 1
    session.notified += 1
    (
        session.last_notified,
        session.last_queue,
        session.after,
        session.signs_after,
        session.looks,
        session.filled_after,
        session.asked,
        session.polled,
    ) = (line, index, 0, 0, 0, 0, 0, False)


def heard(walk: Walk, event: Event) -> bool:
    """
    Whether QEMU was notified by the driver. With an ioeventfd, the driver's write is not in the trace, and
    QEMU checks each queue once by itself when it begins to listen, after DRIVER_OK.
    """
    queue = walk.session.queue(event.value)
    if queue.of_qemu["notified"] != queue.notified:  # its write is in the trace
        return True
    if queue.notified or queue.looked or not walk.has_status("DRIVER_OK"):
        walk.heard(event.value, event.line)
        return True
    queue.looked = event.line
    return False


def at_once(walk: Walk, index: int | None = None) -> None:
    """
    The device is active in queues that QEMU has only checked by itself: the driver notified it before
    that.
    """
    for queue in list(walk.session.queues.values()):
        if queue.looked and not queue.notified and index in (None, queue.index):
            walk.heard(queue.index, queue.looked)
            queue.of_qemu["notified"] += 1


def reasons(walk: Walk, event: Event, _: Row) -> None:
    """The reason for an interrupt."""
    session = walk.session
    session.status_reads += 1
    session.looks += 1
    session.raised |= event.value
    if event.value & 1 << walk.book.bits("InterruptStatus")[CHANGE]["shift"]:
        session.change = event.line  # QEMU then sets both bits, so it is not a completion yet
    elif event.value:
        if not session.notified:
            at_once(walk)
        sign(walk)


def acknowledge(walk: Walk, event: Event, _: Row) -> None:
    """The driver acknowledges an interrupt."""
    session = walk.session
    session.acknowledged += 1
    extra = event.value & ~session.raised
    if extra and not walk.blind:
        which = words.parts(walk.book, "InterruptStatus", extra) or f"0x{extra:x}"
        why = f"{which} was never raised" if session.status_reads else "InterruptStatus was never read"
        walk.find(
            "ack-unraised", f"InterruptACK was written with 0x{event.value:x}, but {why}", event.line, extra
        )


def sign(walk: Walk) -> None:
    """The device shows activity."""
    if walk.session.broken is not None:
        return
    walk.findings.signs += 1
    walk.findings.forgive()
    walk.answers += 1
    walk.session.signs += 1
    walk.session.signs_after += 1


def happening(walk: Walk, event: Event) -> None:
    """Events from QEMU and from the runtime other than accesses."""
    session = walk.session
    if event.verb == "notified" and not heard(walk, event):
        return
    if event.verb in ("answer", "popped", "filled") and event.value >= 0:
        at_once(walk, event.value)
    if event.verb in OF_QEMU and event.value >= 0:
        session.queue(event.value).of_qemu[event.verb] += 1
    elif event.verb in OF_QUEUE:
        session.queue(event.numbers[0]).events[OF_QUEUE[event.verb]] += 1
    session.interrupts += event.verb in INTERRUPTS
    session.filled_after += event.verb == "filled"
    if event.verb == "answer":
        session.rung = (event.value,) if event.value >= 0 else ()
    if event.verb in EVENTS:
        EVENTS[event.verb](walk, event, session)
    if event.verb in SIGNS:
        sign(walk)
    if event.verb in COUNTED:
        walk.operation()


def _said(walk: Walk, event: Event, session: Session) -> None:
    """QEMU has found an error in the ring, and ignores the ring until a reset."""
    means = complaints.meaning(event.text)
    where = (
        queues.where(walk, session.queues[session.last_queue]) if session.last_queue in session.queues else ""
    )
    walk.find(
        "qemu-says",
        f'QEMU says "{event.text}"' + (f": {means}" if means else "").replace("{where}", where or WHERE),
        event.line,
    )
    session.broken = event.line


def _completed(walk: Walk, event: Event, session: Session) -> None:
    """QEMU has completed a disk request with this status."""
    known = (
        [row.name for rows in walk.device.statuses.values() for row in rows if row.value == event.value]
        if walk.device
        else []
    )
    if event.value:
        name = f" ({known[0]})" if known else ""
        walk.find(
            "request-failed",
            f"The device completed a request with status {event.value}{name}: it has read the request and did not execute it",
            event.line,
            event.value,
        )


def _irq(walk: Walk, event: Event, session: Session) -> None:
    """The runtime has handled an interrupt."""
    session.raised |= max(event.numbers[0], 0)


def _add(walk: Walk, event: Event, session: Session) -> None:
    """A buffer was made available."""
    session.messages.added(*event.numbers[:2])
    queue, packed = session.queue(event.numbers[0]), session.accepts(walk.book.feature_bit["RING_PACKED"])
    before = queue.places
    session.added += 1
    queue.places += event.numbers[2] if packed else 1
    queue.wrapped = bool(queue.size) and before <= (queue.size or 0) < queue.places


def _kick(walk: Walk, event: Event, session: Session) -> None:
    """The runtime notified the device of new buffers, or suppressed the notification."""
    what = "notified" if event.numbers[2] else "not notified (suppressed)"
    session.queue(event.numbers[0]).unnotified = not event.numbers[2]
    session.queue(event.numbers[0]).events[what] += 1


def _take(walk: Walk, event: Event, session: Session) -> None:
    """The runtime fetched a used buffer."""
    session.messages.used(*event.numbers[:2])
    queue = session.queue(event.numbers[0])
    queue.events["bytes written"] += event.numbers[2]
    queue.unnotified = False
    session.taken += 1
    session.after += 1


def _arm(walk: Walk, event: Event, session: Session) -> None:
    """The runtime requested an interrupt, and checked whether a completion had arrived meanwhile."""
    if event.numbers[1]:
        session.asked += event.numbers[0] == session.last_queue
        session.polled |= session.asked > 1  # it did not only wait for the interrupt
        answers.armed(walk, event)


def _message(walk: Walk, event: Event, session: Session) -> None:
    """The first bytes of a message, or of the device's data."""
    said = session.messages.more(event)
    if said is None:
        return
    queue = event.numbers[0]
    kind = walk.queue_kind(queue)
    name = kind.name if kind else f"queue {queue}"
    if event.verb == "out":
        session.messages.wrote(queue, said)
        line = session.messages.sent(walk.known_messages, name, said)
    else:
        line = session.messages.came(walk.known_messages, queue, name, said)
    walk.report.add(TITLE, line, event.line)


def _stop(walk: Walk, event: Event, session: Session) -> None:
    """
    The runtime stopped a queue: after an error; before a device reset, which is not a violation; or with
    all queues after it has set FAILED.
    """
    index, result = event.numbers
    why = walk.book.results.get(result, f"result {result}")
    is_reset = why.startswith("VWR_ERESET")
    session.polled |= not is_reset
    if is_reset or session.failed and why.startswith("VWR_EFAILED"):
        return
    walk.find("queue-stopped", f"Queue {index} was stopped with {why}", event.line, index)


def _gap(walk: Walk, event: Event, session: Session) -> None:
    """Lines of the runtime's trace are missing here."""
    walk.missing.append((event.line, event.value))
    walk.findings.blind = True
    walk.session = Session(walk.book.word_bits)


HANDLERS = {
    ("write", "QueueNotify"): notify,
    ("read", "InterruptStatus"): reasons,
    ("write", "InterruptACK"): acknowledge,
}
# Events that are counted: events from QEMU by their verbs, events from the runtime by these words.
OF_QEMU = ("notified", "answer", "popped", "filled")
OF_QUEUE = {"add": "added", "take": "taken", "arm": "armed"}
INTERRUPTS = ("answer", "irq")
COUNTED = (*OF_QEMU, *OF_QUEUE, *INTERRUPTS, "kick")
SIGNS = (
    "answer",
    "irq",
    "filled",
    "take",
)  # the device is active: it has interrupted, or used a buffer
EVENTS = {
    "irq": _irq,
    "add": _add,
    "completed": _completed,
    "arm": _arm,
    "kick": _kick,
    "take": _take,
    "stop": _stop,
    "gap": _gap,
    "said": _said,
    "out": _message,
    "in": _message,
}
