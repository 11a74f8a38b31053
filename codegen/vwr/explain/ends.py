# SPDX-License-Identifier: MIT
"""What never happened: looked for at each reset, and when the trace has ended."""

from typing import TYPE_CHECKING

from vwr.explain import queues, words
from vwr.explain.device import ConfigField
from vwr.explain.session import Queue, Session

if TYPE_CHECKING:
    from vwr.explain.walk import Walk

MOST_QUEUES = 64  # listed
ASK = "with -trace 'virtqueue_*' QEMU tells which buffers it took and used"


def session(walk: "Walk", last: bool) -> None:
    """A session is over: by a reset, or with the trace (`last`)."""
    now = walk.session
    operation(walk, now)
    if now.needs_reset is not None and (last or now.notified and (now.last_notified or 0) > now.needs_reset):
        walk.find(
            "needs-reset",
            "Status read with DEVICE_NEEDS_RESET, and the driver went on without a reset",
            now.needs_reset,
            "",
        )
    config(walk, now, last)
    if last:
        silence(walk, now)
        not_finished(walk, now)
    interrupts(walk, now)
    change(walk, now)
    if last:
        never_notified(walk, now)
        if now.failed:
            line, after = now.failed
            walk.find("failed", f"The driver set FAILED: it gave the device up{after}", line)


def operation(walk: "Walk", now: Session) -> None:
    """The counts of what is too much to be listed."""
    if now.operation is None:
        return
    counts = [
        words.plural(now.notified, "notification"),
        words.plural(now.interrupts, "interrupt"),
        words.plural(now.status_reads, "read") + " of InterruptStatus",
    ]
    if "InterruptACK" in walk.book.registers:
        counts.append(words.plural(now.acknowledged, "write") + " of InterruptACK")
    lines = [walk.book.worded(", ".join(counts))]
    for index, queue in sorted(now.queues.items())[:MOST_QUEUES]:
        if queue.notified or queue.passed or queue.answers or queue.events:
            kind = walk.queue_kind(index)
            counts = (
                [words.plural(queue.notified, "notification")]
                + ([words.plural(queue.answers, "interrupt")] if queue.answers else [])
                + ([f"{queue.popped} taken", f"{queue.filled} used"] if walk.sees_queues else [])
                + [f"{number} {what}" for what, number in queue.events.items()]
            )
            lines.append(f"queue {index}{f' ({kind.name})' if kind else ''}: {', '.join(counts)}")
    now.operation["lines"] += [{"text": text, "line": None, "count": 1, "whole": None} for text in lines]


def config(walk: "Walk", now: Session, last: bool) -> None:
    """64-bit fields that were read by half, or without ConfigGeneration."""
    if walk.device is None:
        return
    for field, reads in now.config.items():
        line, name = min(line for _, _, line in reads.values()), field.name
        if only_low_half(walk, now, field):
            if not last or not silent(now):  # else it is shown together with the silence
                walk.find(
                    "config-half",
                    f"Of {name}, {2 * walk.book.word_bits} bits wide, only the low half was read",
                    line,
                    name,
                    walk.device.config_section,
                )
        elif walk.book.has(walk.version, "ConfigGeneration") and not now.generation and len(reads) > 1:
            walk.find(
                "config-torn",
                f"{name} was read in parts and ConfigGeneration never: they may be of two"
                " different values",
                line,
                name,
                walk.device.config_section,
            )


def only_low_half(walk: "Walk", now: Session, field: ConfigField) -> bool:
    """Whether a 64-bit field was read as if it had 32 bits."""
    widest = max(walk.book.registers["Config"]["widths_list"])
    return (
        8 * field.bytes > widest
        and max(at + width for at, (_, width, _) in now.config[field].items()) * 8 <= widest
    )


def interrupts(walk: "Walk", now: Session) -> None:
    """Raised and never acknowledged. Who went on without looking at one polls, and does not care."""
    polls = not now.raised and now.notified > max(now.interrupts, 1)
    if "InterruptACK" not in walk.book.registers:
        if (
            now.interrupts
            and not now.status_reads
            and not polls
            and not walk.by_messages
            and not walk.findings.has("answer-ignored")
        ):
            walk.find(
                "ack-never",
                "The device raised its interrupt and InterruptStatus was never read: that is what takes INTx down, and"
                " others on the line wait for it",
                now.last_notified,
                "",
            )
        return
    if (
        (now.interrupts or now.raised)
        and not now.acknowledged
        and not polls
        and not walk.findings.has("answer-ignored")
    ):
        reasons = words.parts(walk.book, "InterruptStatus", now.raised)
        walk.find(
            "ack-never",
            f"The device raised its interrupt{f' ({reasons})' if reasons else ''} and InterruptACK"
            " was never written: it stays raised",
            now.last_notified,
            "",
        )


def change(walk: "Walk", now: Session) -> None:
    """An interrupt said that the configuration or the status changed, and nobody looked."""
    if now.change is None:
        return
    said = (
        "InterruptStatus said that the configuration or the status has changed, and neither was read after it"
    )
    if now.notified and not now.signs_after and (now.last_notified or 0) < now.change:
        walk.find(
            "config-change-ignored",
            f"{said}; no buffer was used, so Status may have DEVICE_NEEDS_RESET, by which a device says that it"
            " has met an error and does nothing more",
            now.change,
        )
    else:
        walk.find("config-change-unread", said, now.change, "")


def never_notified(walk: "Walk", now: Session) -> None:
    """All is set up, and nothing is asked of the device."""
    if not (walk.quiet and now.reached and not walk.blind):
        return
    waiting = [queue for queue in now.queues.values() if queue.in_use and answers_soon(walk, queue)]
    if waiting and walk.device is not None:
        walk.find(
            "notify-never",
            "The start-up is complete and QueueNotify was never written: the device looks into a queue when it is notified",
            None,
        )


def silent(now: Session) -> bool:
    """Nothing came back after the last notification, and the driver did nothing more but wait. A driver that polls
    has interrupts switched off: that it notified more than once without any shows that it got on."""
    return (
        bool(now.notified)
        and not now.signs_after
        and not now.after
        and (now.notified == 1 or bool(now.signs))
    )


def silence(walk: "Walk", now: Session) -> None:
    """Notified, and no answer; or an answer that nobody took."""
    if not now.notified or now.after or now.last_queue is None or now.broken is not None:
        return
    queue = now.queues[now.last_queue]
    place = queues.where(walk, queue)
    if silent(now) and not answers_soon(walk, queue):
        kind = walk.queue_kind(queue.index)
        waits = "that the device only reads" if kind and kind.dir == "out" else "that waits for input"
        walk.notes.append(
            f"Queue {queue.index} was notified and nothing has come back yet, which is well for a queue"
            f" {waits}."
        )
    elif silent(now) and now.looks == 1 and not now.signs:
        walk.notes.append(
            walk.book.worded(
                f"Queue {queue.index} was notified once, and InterruptStatus read once after it: a driver that polls"
                f" the used ring does so, and then this trace does not show whether the device answered; {ASK}."
            )
        )
    elif silent(now):
        halves = [field.name for field in now.config if only_low_half(walk, now, field)]
        if halves:
            half(walk, now, queue, halves[0])
            return
        if queue.popped > queue.filled:
            walk.find(
                "no-answer",
                f"Queue {queue.index} was notified, the device took {words.plural(queue.popped - queue.filled, 'buffer')} and has"
                " not used it: what is behind the device is slow or has stopped",
                now.last_notified,
            )
            return
        if walk.is_qemu and not walk.sees_queues and not now.signs:
            walk.notes.append(
                f"A driver that polls the used ring once and does nothing more leaves the same trace; {ASK}."
            )
        walk.find(
            "no-answer",
            f"Queue {queue.index} was notified and nothing came back: the device found no new"
            f" buffer at {place or 'the address that it was given'}, so the address is not the one that the"
            " device sees (it wants the physical one), or the ring there does not have the specification's layout, or"
            " idx of the available ring was not moved before the notification",
            now.last_notified,
        )
    elif (
        now.signs_after > now.filled_after
        and not now.raised
        and not now.went_on
        and not queue.events.get("taken")
        and not walk.by_messages
    ):
        acknowledged = ", InterruptACK never written" if "InterruptACK" in walk.book.registers else ""
        walk.find(
            "answer-ignored",
            f"The device answered (a used buffer in queue {queue.index}, interrupt raised) and"
            f" the driver never came for it: InterruptStatus never read{acknowledged}; the result"
            f" is in the used ring{f' of {place}' if place else ''} and in the request's status"
            f"{status_words(walk, queue)}",
            now.last_notified,
        )


def answers_soon(walk: "Walk", queue: Queue) -> bool:
    """Whether a buffer in this queue is a request, which is answered; another may wait for ever for input."""
    if walk.type is None:
        return True
    kind = walk.queue_kind(queue.index)
    return kind is not None and walk.device is not None and kind.name in walk.device.request_queues


def half(walk: "Walk", now: Session, queue: Queue, field: str) -> None:
    """No answer, and a sign that the driver's 64-bit type has half of it: then its descriptors are too short."""
    part, bits = walk.book.ring["parts"][0], walk.book.word_bits
    walk.find(
        "half-of-64",
        f"Queue {queue.index} was notified and nothing came back, and of {field}, {2 * bits} bits"
        f" wide, only the low half was ever read: the driver's {2 * bits}-bit type seems to have {bits} bits, so"
        f" that its descriptors are shorter than {part['per_entry']} bytes and the available ring is not where"
        " the device looks for it",
        now.last_notified,
        section=walk.book.sections["ring"],
    )


def status_words(walk: "Walk", queue: Queue) -> str:
    """The values of a request's status."""
    kind = walk.queue_kind(queue.index)
    status = walk.device.statuses.get(kind.name) if walk.device and kind else None
    if not status:
        return ""
    known = [f"{row.value} is {row.name}" for row in status if not row.gate]
    return f" ({', '.join(known)})"


def not_finished(walk: "Walk", now: Session) -> None:
    """The trace ends before the start-up does."""
    if now.reached or not walk.writes or now.failed or walk.findings.has("features-refused"):
        return
    if not now.status:
        if walk.reached:
            return
        said = (
            "Status was never written"
            if now.status is None
            else "Nothing was written to Status after the reset"
        )
        walk.find("driver-ok-never", f"{said}: the start-up never began", now.reset_line)
        return
    missing = [
        name
        for name in ("ACKNOWLEDGE", "DRIVER", "FEATURES_OK", "DRIVER_OK")
        if not walk.has_status(name) and walk.book.step(name, walk.version)
    ]
    known = words.status(walk.book, now.status)
    walk.find(
        "driver-ok-never",
        f"The start-up stops at Status 0x{now.status:x} ({known}):"
        f" {words.joined(missing)} {'was' if len(missing) == 1 else 'were'} never set",
        None,
    )
    if "FEATURES_OK" not in missing and now.features_ok == "written":
        walk.find(
            "features-ok-unread",
            "FEATURES_OK was set and Status never read after it: the device may have" " refused the features",
            now.features_ok_line,
        )


def device(walk: "Walk") -> None:
    """The trace is over: was there a device, and did the driver want it?"""
    if walk.base is None or walk.blind:
        return
    unread = [
        name
        for name in ("MagicValue", "Version", "DeviceID")
        if name in walk.book.registers and not walk.reads(name)
    ]
    if walk.writes and unread:
        walk.find(
            "probe-incomplete",
            f"{words.joined(unread)} {'was' if len(unread) == 1 else 'were'} never read: the"
            " driver does not know what it talks to",
        )
    if walk.type_read in walk.book.empty and walk.writes:
        walk.find("empty-slot", "DeviceID reads 0, so the slot is empty, and the driver went on with it")
    elif walk.alone and not walk.writes and not walk.findings.rows():
        probed(walk)


def probed(walk: "Walk") -> None:
    """Looked at and left."""
    if walk.type_read is None and walk.version_read is None:
        return
    if walk.type_read in walk.book.empty:
        walk.find(
            "empty-slot",
            "DeviceID reads 0: this slot is empty, the device is in another one, and a driver looks"
            " at all slots (QEMU's virt board for Arm fills them from the last)",
        )
        return
    oldest = next(iter(walk.book.versions.values()))
    if walk.version == oldest:
        walk.find(
            "legacy-device",
            f"Version reads {walk.version_read}: the device is {walk.version}, and the driver,"
            f" which went no further, is for another version{walk.switch_words()}",
        )
    else:
        walk.find("not-started", "Status was never written: the driver looked at the device and left it")
