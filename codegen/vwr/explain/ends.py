# SPDX-License-Identifier: MIT
"""Missing events, searched for at each reset and at the end of the trace."""

from collections import Counter
from itertools import islice

from vwr.explain import answers, causes, queues, words
from vwr.explain.device import ConfigField
from vwr.explain.rules import SILENCE
from vwr.explain.session import Queue, Session
from vwr.explain.walk import Walk
from vwr.sentence import joined, plural

MOST_QUEUES = 64  # number that is listed
LOOKED = (
    "; QEMU itself looked at the queue once, as it does with an ioeventfd, and with -global"
    " virtio-mmio.ioeventfd=off the trace has each notification"
)


def session(walk: Walk, last: bool) -> None:
    """The end of a session: by a reset, or with the trace (`last`)."""
    now = walk.session
    operation(walk, now)
    if now.needs_reset is not None and now.notified and (now.last_notified or 0) > now.needs_reset:
        said = "Status read with DEVICE_NEEDS_RESET, but the driver continued without a reset"
        walk.find("needs-reset", said, now.needs_reset, "")
    elif now.needs_reset is not None and last:
        where = f" of queue {now.last_queue}" if now.last_queue is not None else ""
        said = (
            f"Status reads with DEVICE_NEEDS_RESET: the device found an error in a buffer{where} and stopped"
        )
        walk.find("needs-reset", said, now.needs_reset, "", why=causes.errors(walk))
    config(walk, now, last)
    answers.ended(walk, last)
    if last:
        unreset(walk)
    if last or now.failed:  # a driver that gives up resets the device then
        silence(walk, now)
        unnotified(walk, now)
    if last:
        not_finished(walk, now)
    interrupts(walk, now)
    change(walk, now)
    if last:
        never_notified(walk, now)
    if last or now.reached:
        gave_up(walk, now)


def gave_up(walk: Walk, now: Session) -> None:
    """The driver set FAILED, which is a consequence if the device was silent before."""
    if not now.failed or walk.findings.has("after-failed"):
        return
    line, after = now.failed
    if walk.findings.has(*(rule for rule in SILENCE if rule not in ("failed", "queue-stopped"))):
        walk.notes.append(f"The driver then set FAILED: it gave up on the device (line {line}).")
    else:
        walk.find("failed", f"The driver set FAILED: it gave up on the device{after}", line)


def unreset(walk: Walk) -> None:
    """The driver has begun without a reset, and none has followed before it continued."""
    if walk.session.unreset:
        line, value = walk.session.unreset
        walk.breaks("reset-never", line, "", a=value)
        walk.session.unreset = ()


def operation(walk: Walk, now: Session) -> None:
    """The counts of the events that are too many to list, since the last step of the start-up."""
    if now.operation is None:
        return
    group, total = now.operation, _counted(now)
    new = total - now.shown
    now.operation, now.shown = None, total
    counts = [
        plural(new[None, "notified"], "notification"),
        plural(new[None, "interrupts"], "interrupt"),
        plural(new[None, "reads"], "read") + " of InterruptStatus",
    ]
    if "InterruptACK" in walk.book.registers:
        counts.append(plural(new[None, "writes"], "write") + " of InterruptACK")
    lines = [walk.book.worded(", ".join(counts))]
    for index in sorted({queue for queue, _ in new if queue is not None}):
        kind = walk.queue_kind(index)
        here = {what: count for (queue, what), count in new.items() if queue == index}
        lines.append(f"queue {index}{f' ({kind.name})' if kind else ''}: {', '.join(_of_queue(walk, here))}")
    group["lines"] += [{"text": text, "line": None, "count": 1, "whole": None} for text in lines]


def _counted(now: Session) -> Counter[tuple[int | None, str]]:
    """{(queue or None, what): how often}."""
    out: Counter[tuple[int | None, str]] = Counter()
    out[None, "notified"], out[None, "interrupts"] = now.notified, now.interrupts
    out[None, "reads"], out[None, "writes"] = now.status_reads, now.acknowledged
    for index, queue in islice(now.queues.items(), MOST_QUEUES):
        out[index, "notification"] = queue.notified
        out.update({(index, verb): count for verb, count in queue.of_qemu.items()})
        out.update({(index, what): count for what, count in queue.events.items()})
    return out


def _of_queue(walk: Walk, here: dict[str, int]) -> list[str]:
    """The counts of one queue."""
    counts = [plural(here.pop("notification", 0), "notification")]
    here.pop("notified" if walk.is_qemu else "", None)
    if answers := here.pop("answer", 0):
        counts.append(plural(answers, "interrupt"))
    taken, used = here.pop("popped", 0), here.pop("filled", 0)
    if walk.sees_queues:
        counts += [f"{taken} taken", f"{used} used"]
    return counts + [f"{number} {what}" for what, number in here.items()]


def config(walk: Walk, now: Session, last: bool) -> None:
    """64-bit fields that were read only half, or without ConfigGeneration."""
    if walk.device is None:
        return
    for field, reads in now.config.items():
        line, name = min(line for _, _, line in reads.values()), field.name
        if only_low_half(walk, now, field):
            if not last or not silent(now):  # otherwise it is reported together with the silence
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
                f"{name} was read in parts, but ConfigGeneration never: the parts may come "
                "from two different values",
                line,
                name,
                walk.device.config_section,
            )


def only_low_half(walk: Walk, now: Session, field: ConfigField) -> bool:
    """Whether a 64-bit field was read as if it had 32 bits."""
    widest = max(walk.book.registers["Config"]["widths_list"])
    return (
        8 * field.bytes > widest
        and max(at + width for at, (_, width, _) in now.config[field].items()) * 8 <= widest
    )


def interrupts(walk: Walk, now: Session) -> None:
    """
    The device raised an interrupt that was never acknowledged. A driver that continues without a read of
    InterruptStatus polls.
    """
    polls = not now.raised and now.notified > max(now.interrupts, 1) or causes.may_poll(walk)
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
                "The device raised its interrupt, but InterruptStatus was never read: reading it deasserts INTx, and "
                "other devices on the line wait for that",
                now.last_notified,
                "",
            )
        return
    missed = now.stale or now.raised * (not now.acknowledged)
    if (
        (missed or now.interrupts and not (now.acknowledged or now.status_reads))
        and not polls
        and not walk.findings.has("answer-ignored")
    ):
        stays = ": the interrupt stays raised"
        if missed:
            reasons = words.parts(walk.book, "InterruptStatus", missed)
            walk.breaks("ack-never", now.last_notified, "", a=missed, more=f" ({reasons}){stays}")
        else:
            said = f"The device raised its interrupt, but InterruptACK was never written{stays}"
            walk.find("ack-never", said, now.last_notified, "")


def change(walk: Walk, now: Session) -> None:
    """An interrupt reported a change of the configuration or the status, and the driver read neither."""
    if now.change is None:
        return
    said = "InterruptStatus reported a change of the configuration or the status, but neither was read afterwards"
    if now.notified and not now.signs_after and (now.last_notified or 0) < now.change:
        walk.find(
            "config-change-ignored",
            f"{said}; no buffer was used, so Status may have DEVICE_NEEDS_RESET, with which a device reports an "
            "error and stops",
            now.change,
        )
    else:
        walk.find("config-change-unread", said, now.change, "")


def never_notified(walk: Walk, now: Session) -> None:
    """Initialization is complete, but the driver makes no request."""
    if not (walk.quiet and now.reached and not walk.blind) or now.notified:
        return
    waiting = [queue for queue in now.queues.values() if queue.in_use and answers_soon(walk, queue)]
    suppressed = any(queue.unnotified for queue in waiting)
    if waiting and walk.device is not None:
        looked = any(queue.looked for queue in waiting)
        walk.find(
            "notify-never",
            "The start-up is complete, but QueueNotify was never written: the device polls a queue when it is notified"
            + (LOOKED if looked else causes.suppressed(walk) if suppressed else ""),
            None,
        )


def silent(now: Session) -> bool:
    """
    Whether no completion followed the last notification, and the driver only waited. A driver that polls
    disables interrupts: several notifications without an interrupt show that it made progress.
    """
    return (
        bool(now.notified)
        and not now.signs_after
        and not now.after
        and (now.notified == 1 or bool(now.signs))
    )


def silence(walk: Walk, now: Session) -> None:
    """A notification without a completion; or a completion that the driver did not fetch."""
    if not now.notified or now.after or now.last_queue is None or now.broken is not None:
        return
    queue = now.queues[now.last_queue]
    place = queues.where(walk, queue)
    if silent(now) and not answers_soon(walk, queue):
        kind = walk.queue_kind(queue.index)
        waits = "that the device only reads" if kind and kind.dir == "out" else "that waits for input"
        walk.notes.append(
            f"Queue {queue.index} was notified and no buffer was used yet, which is normal for a queue"
            f" {waits}."
        )
    elif silent(now) and now.looks == 1 and not now.signs and not causes.is_ours(walk, queue):
        ask = f"; {causes.ASK}" if walk.is_qemu else ""
        walk.notes.append(
            walk.book.worded(
                f"Queue {queue.index} was notified once, and InterruptStatus read once after it: a driver that polls "
                f"the used ring does so, and then the trace does not show whether the device used a buffer{ask}."
            )
        )
    elif silent(now):
        halves = [field.name for field in now.config if only_low_half(walk, now, field)]
        if halves:
            half(walk, now, queue, halves[0])
            return
        unused = queue.of_qemu["popped"] - queue.of_qemu["filled"]
        if unused > 0:
            walk.find(
                "no-answer",
                f"Queue {queue.index} was notified, the device popped {plural(unused, 'buffer')} and has "
                "not used it: the back end of the device is slow or has stopped, or it ignores this request",
                now.last_notified,
            )
            return
        seen = "no buffer was used" if walk.sees_queues else "nothing came back"
        walk.find(
            "no-answer",
            f"Queue {queue.index} was notified and {seen}",
            now.last_notified,
            why=causes.of(walk, queue),
        )
    elif now.filled_after and now.signs_after == now.filled_after and not (now.looks or walk.by_messages):
        causes.uninterrupted(walk, queue)
    elif (
        now.signs_after > now.filled_after
        and not (now.raised or now.looks or now.went_on)
        and not queue.events.get("taken")
        and not walk.by_messages
    ):
        if causes.may_poll(walk):
            causes.unheeded(walk, queue)
            return
        acknowledged = ", InterruptACK never written" if "InterruptACK" in walk.book.registers else ""
        walk.find(
            "answer-ignored",
            f"The device used a buffer in queue {queue.index} and raised its interrupt, but the driver did not respond",
            now.last_notified,
            why=f": InterruptStatus never read{acknowledged}; {causes.unheard(now)}the result"
            f" is in the used ring{f' of {place}' if place else ''} and in the request's status"
            f"{status_words(walk, queue)}",
        )


def unnotified(walk: Walk, now: Session) -> None:
    """The runtime suppressed the last notification, and nothing was used."""
    for queue in now.queues.values() if now.notified else ():
        if queue.unnotified and answers_soon(walk, queue):
            waiting = queue.events["added"] - queue.events["taken"]
            walk.find(
                "not-notified",
                f"Queue {queue.index} has {plural(waiting, 'buffer')} of which the device was not notified, and it used none",
                now.last_notified,
                why=causes.suppressed(walk),
            )


def answers_soon(walk: Walk, queue: Queue) -> bool:
    """
    Whether a buffer in this queue is a request, which the device completes soon. Other buffers may wait for
    input indefinitely.
    """
    if walk.type is None:
        return True
    kind = walk.queue_kind(queue.index)
    return kind is not None and walk.device is not None and kind.name in walk.device.request_queues


def half(walk: Walk, now: Session, queue: Queue, field: str) -> None:
    """
    No completion, and a sign that the driver's 64-bit type has 32 bits, so that its descriptors are too
    short.
    """
    part, bits = walk.book.ring["parts"][0], walk.book.word_bits
    walk.find(
        "half-of-64",
        f"Queue {queue.index} was notified and no buffer was used, and only the low half of {field}, "
        f"{2 * bits} bits wide, was ever read: the driver's {2 * bits}-bit type seems to have {bits} bits, so "
        f"its descriptors are shorter than {part['per_entry']} bytes and the available ring is not where "
        "the device expects it",
        now.last_notified,
        section=walk.book.sections["ring"],
    )


def status_words(walk: Walk, queue: Queue) -> str:
    """The values of a request's status."""
    kind = walk.queue_kind(queue.index)
    status = walk.device.statuses.get(kind.name) if walk.device and kind else None
    if not status:
        return ""
    known = [f"{row.value} is {row.name}" for row in status if not row.gate]
    return f" ({', '.join(known)})"


def not_finished(walk: Walk, now: Session) -> None:
    """The trace ends before initialization is complete."""
    if (
        now.reached
        or not walk.writes
        or now.failed
        or walk.findings.has("features-refused", "reset-unfinished")
    ):
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
        f" {joined(missing)} {'was' if len(missing) == 1 else 'were'} never set",
        None,
    )
    if "FEATURES_OK" not in missing and now.features_ok == "written":
        walk.breaks("features-ok-unread", now.features_ok_line)


def device(walk: Walk) -> None:
    """The end of the trace: checks whether a device was present, and whether the driver used it."""
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
            f"{joined(unread)} {'was' if len(unread) == 1 else 'were'} never read: the "
            "driver has not identified the device",
        )
    if walk.type_read in walk.book.empty and walk.writes:
        walk.find("empty-slot", "DeviceID reads 0, so the slot is empty, but the driver continued with it")
    elif walk.alone and not walk.writes and not walk.findings.rows():
        probed(walk)


def probed(walk: Walk) -> None:
    """The driver read the slot and did not use it."""
    if walk.type_read is None and walk.version_read is None:
        return
    if walk.type_read in walk.book.empty:
        if walk.empty_slots > 1:
            said = (
                f"DeviceID reads 0 in all {walk.empty_slots} slots that were read: they are empty; a device, if there is"
                " one, is in a slot that was not read, or on PCI (QEMU: -device virtio-blk-device is in a slot,"
                " -device virtio-blk-pci is not)"
            )
        else:
            said = (
                "DeviceID reads 0: this slot is empty; a device, if there is one, is in another slot, and a driver must"
                " check all slots (QEMU's virt board for Arm fills them from the last)"
            )
        walk.find("empty-slot", said)
        return
    oldest = next(iter(walk.book.versions.values()))
    if walk.version == oldest:
        walk.find(
            "legacy-device",
            f"Version reads {walk.version_read}: the device is {walk.version}, and the driver, "
            f"which stopped there, is for another version{walk.switch_words()}",
        )
    else:
        walk.find(
            "not-started",
            "Status was never written: the driver examined the device and did not use it"
            f" (Version reads {walk.version_read}, DeviceID {walk.type_read})",
        )
