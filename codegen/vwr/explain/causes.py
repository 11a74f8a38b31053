# SPDX-License-Identifier: MIT
"""
Possible causes of a silence. A cause is named only if nothing in the trace excludes it, and the sentence
states which
kind of trace would distinguish the remaining ones.
"""

from vwr.explain import queues
from vwr.explain.session import Queue, Session
from vwr.explain.walk import Walk

ASK = "with -trace 'virtqueue_*' QEMU reports each buffer that it pops; if it reports none, it found none"
CONTROLLER = (
    "the interrupt is not enabled at the interrupt controller, or its handler is not that of the device"
)


def has_worked(walk: Walk, queue: Queue) -> bool:
    """
    Whether the device has used a buffer of this queue since the reset, which proves that the queue's
    address is right.
    """
    mine = queue.of_qemu["filled"] or queue.of_qemu["answer"] or queue.events.get("taken")
    alone = sum(bool(other.notified) for other in walk.session.queues.values()) == 1
    return bool(mine or alone and walk.session.signs)


def wrapped(queue: Queue) -> str:
    """What the last buffer was the first to do."""
    return (
        f"; it is the first buffer behind the end of the ring ({queue.size} entries)" if queue.wrapped else ""
    )


def is_ours(walk: Walk, queue: Queue) -> bool:
    """Whether the driver is the runtime, whose trace shows a buffer of this queue that the device has not used."""
    return not walk.shared and queue.events["added"] > queue.events["taken"]


def of(walk: Walk, queue: Queue) -> str:
    """The possible causes of a notification without any reaction."""
    ours = is_ours(walk, queue)
    found = f": {_not_found_of_ours(walk, queue) if ours else _not_found(walk, queue)}"
    if (
        walk.sees_queues or ours and walk.session.polled
    ):  # QEMU reports each buffer; the driver has looked for one
        return found
    ask = f"; {ASK}" if walk.is_qemu else ""
    return f"{found}, or it used the buffer and did not interrupt ({unasked(walk, queue if ours else None)}){ask}"


def _not_found_of_ours(walk: Walk, queue: Queue) -> str:
    """The same for the runtime, which lays the ring out and advances its index."""
    if walk.sees_queues:
        slow = ""
    elif has_worked(walk, queue):
        return f"the queue worked before, so the device is slow, has stopped, or ignores this request{wrapped(queue)}"
    else:
        slow = ", or the device is slow, has stopped, or ignores this request"
    place = queues.where(walk, queue) or "the address that the driver wrote"
    return (
        f"the device found no buffer at {place} (vwr_port_dma does not return the address that the device uses, or what"
        f" the driver writes stays in a cache{wrapped(queue)}){slow}"
    )


def _not_found(walk: Walk, queue: Queue) -> str:
    """Possible reasons why the device has found no buffer."""
    said, place = (
        "the device found no new buffer",
        queues.where(walk, queue) or "the address that the driver wrote",
    )
    late = "idx of the available ring was not advanced before the notification"
    if walk.session.accepts(walk.book.feature_bit["RING_PACKED"]):
        late = "RING_PACKED was accepted and the ring is none, or the flags of the descriptor do not match the wrap counter"
    if has_worked(walk, queue):
        return f"{said}, although the queue worked before ({late}{wrapped(queue)})"
    layout = "the areas have" if queue.page else "the areas are exchanged or have"
    return f"{said} at {place} (it is not the physical address, {layout} another layout, or {late})"


def unasked(walk: Walk, ours: Queue | None = None) -> str:
    """
    Possible reasons why a device that has used a buffer does not interrupt, or its interrupt does not
    arrive. `ours`: a queue of the runtime, whose trace shows when it asks for an interrupt.
    """
    now, bit = walk.session, walk.book.feature_bit
    if ours and not walk.blind and not ours.events["armed"]:
        return "no interrupt was asked for: vwr_queue_arm was never called"
    if now.accepts(bit["RING_PACKED"]):
        ring = "the driver event suppression disables interrupts"
    elif now.accepts(bit["EVENT_IDX"]):
        ring = "EVENT_IDX was accepted, and used_event behind the available ring is not the index of the next used buffer"
    else:
        ring = "flags of the available ring is NO_INTERRUPT"
    heard = now.acknowledged or now.raised
    observed = any(
        event.verb in ("notified", "answer") for event in walk.events
    )  # QEMU reports each interrupt
    looked = now.looks and not walk.by_messages  # InterruptStatus has read 0 since
    asked = "the device overlooked that an interrupt was asked for"
    return (
        asked
        if ours and now.asked
        else f"no interrupt was asked for: {ring}; or the device overlooked that one was"
    ) + ("" if heard or observed or looked else f"; or {CONTROLLER}")


def suppressed(walk: Walk) -> str:
    """Why the runtime did not notify the device."""
    now, bit = walk.session, walk.book.feature_bit
    if now.accepts(bit["RING_PACKED"]):
        ring = "the device event suppression"
    else:
        ring = "avail_event" if now.accepts(bit["EVENT_IDX"]) else "flags of the used ring"
    return f"; the driver suppressed the notification: according to {ring}, the device did not want it"


def errors(walk: Walk) -> str:
    """Possible reasons why a device sets DEVICE_NEEDS_RESET."""
    now = walk.session
    queue = now.queues.get(now.last_queue) if now.last_queue is not None else None
    wrong = "the order, the flags, the lengths or the addresses of its descriptors"
    bit = walk.book.feature_bit
    wrong += ", its indirect table" if now.accepts(bit["INDIRECT_DESC"]) else ""
    wrong += ", the wrap counter" if now.accepts(bit["RING_PACKED"]) else ""
    first = wrapped(queue) if queue else ""
    return f": {wrong}{first}; the device's own log, or ./vwr monitor with a copy of memory, may say which"


def unheard(now: Session) -> str:
    """Why an interrupt that the device has raised does not reach the driver; "" if an earlier one did."""
    return "" if now.status_reads or now.acknowledged else f"{CONTROLLER}; "


def may_poll(walk: Walk) -> bool:
    """
    Whether the driver may poll although the device interrupts: with EVENT_IDX, a driver of a split ring
    cannot turn interrupts off, and gets one for each used buffer that used_event names.
    """
    now, bit = walk.session, walk.book.feature_bit
    return (
        now.accepts(bit["EVENT_IDX"])
        and not now.accepts(bit["RING_PACKED"])
        and not (now.status_reads or now.acknowledged)
    )


def unheeded(walk: Walk, queue: Queue) -> None:
    """The device interrupted after the last buffer, which a driver that polls with EVENT_IDX ignores."""
    walk.unclear = (
        f"The device used a buffer in queue {queue.index} and raised its interrupt, which the driver did not "
        "acknowledge; this is right for a driver that polls, because with EVENT_IDX it cannot turn interrupts off; if this one waits "
        f"for an interrupt, {CONTROLLER}"
    )


def uninterrupted(walk: Walk, queue: Queue) -> None:
    """The device used the last buffer without an interrupt, which is correct for a driver that polls."""
    now = walk.session
    said = f"The device used the last buffer of queue {queue.index} and raised no interrupt"
    if now.interrupts and not may_poll(walk):
        walk.find("not-interrupted", said, now.last_notified, why=f": {unasked(walk)}")
    else:
        walk.unclear = f"{said}, which is right for a driver that polls; if this one waits for an interrupt, {unasked(walk)}"
