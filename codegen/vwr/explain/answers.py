# SPDX-License-Identifier: MIT
"""
Rules for the device's answers: constants, registers that do not keep what is written, interrupts, the
configuration.
"""

from vwr.explain import causes, words
from vwr.explain.book import Row
from vwr.explain.device import ConfigField
from vwr.explain.lines import Event
from vwr.explain.session import Session
from vwr.explain.walk import Walk
from vwr.sentence import joined, plural

CONSTANT = ("MagicValue", "Version", "DeviceID", "VendorID")
# Registers whose answer has a rule of its own, or is the device's.
OWN_RULE = ("Status", "QueueReset", "Config", "DriverFeatures", "QueueNotify")
# A device may refuse a driver that does not accept them; Apple's refuses one without RING_RESET.
INSISTED = ("VERSION_1", "ACCESS_PLATFORM", "RING_RESET")
UNSTABLE = 4  # changes of ConfigGeneration one after the other
USED, CHANGE = 0, 1  # bits of InterruptStatus by their places in the description


def interrupt(walk: Walk, place: int) -> int:
    """A bit of InterruptStatus."""
    return 1 << int(walk.book.bits("InterruptStatus")[place]["shift"])


def answered(walk: Walk, event: Event, row: Row) -> None:
    """Any register was read."""
    name = row["name"]
    if name in CONSTANT:
        _constant(walk, event, name)
    elif name == "DeviceFeatures":
        _features(walk, event)
    elif name == "DriverFeatures":
        _kept(walk, event)
    elif row["register"] == "InterruptStatus":
        _interrupt(walk, event)
    elif name not in OWN_RULE and "W" in row["dir"]:
        _written(walk, event, row)


def wrote(walk: Walk, event: Event, row: Row) -> None:
    """Any register was written."""
    now = walk.session
    if row["register"] == "InterruptACK":
        now.pending &= ~event.value
        now.stale &= ~event.value
        now.rung = ()  # the device may have interrupted again before
    elif row["name"] == "QueueReset":
        bank = {name for name, row in walk.book.registers.items() if row["bank_name"] == "QueueSel"}
        for place in [(name, walk.selected("QueueSel")) for name in bank]:
            now.written.pop(place, None)
        now.queues_reset.add(walk.selected("QueueSel"))
        queue = now.queue(walk.selected("QueueSel"))
        queue.in_use, queue.areas = False, []
    elif row["register"] == "Config":
        now.config_read.clear()  # the device's answers may depend on it
    elif event.width == row["bytes"]:
        now.written[_place(walk, row)] = event.value
    else:
        now.written.pop(_place(walk, row), None)


def _place(walk: Walk, row: Row) -> tuple[str, int]:
    bank = row["bank_name"]
    return row["name"], walk.selected(bank) if bank else 0


def _constant(walk: Walk, event: Event, name: str) -> None:
    """A register that identifies the device."""
    before = walk.constant.setdefault(name, event.value)
    if name == "Version" and {before, event.value} <= set(walk.book.versions):  # one log may contain two runs
        return
    if name == "DeviceID" and event.value not in (*walk.book.types, *walk.book.empty):
        walk.find("device-unknown", f"DeviceID reads {event.value}, which no device type has", event.line, "")
    if before != event.value:
        walk.find(
            "register-changed",
            f"{name} reads 0x{event.value:x}, and read 0x{before:x} before: the device changed it, or the trace has"
            " two devices",
            event.line,
            name,
        )


def _kept(walk: Walk, event: Event) -> None:
    """The accepted features, which a driver can read on PCI."""
    now, word = walk.session, walk.selected("DriverFeaturesSel")
    lost = now.accepted.get(word, 0) & now.offered.get(word, 0) & ~event.value
    if lost:
        walk.breaks("features-lost", event.line, word, a=event.value, b=lost)


def _features(walk: Walk, event: Event) -> None:
    """A word of the offered features, which must not change until a reset."""
    word = walk.selected("DeviceFeaturesSel")
    key = word, event.address, event.width
    before = walk.session.offered_read.setdefault(key, event.value)
    bit = walk.book.feature_bit["VERSION_1"]
    if (
        walk.is_modern
        and bit // walk.book.word_bits == word
        and not event.value >> bit % walk.book.word_bits & 1
    ):
        walk.breaks("device-version-1", event.line, "")
    if before != event.value:
        which = words.features(walk.book, walk.device, word, before ^ event.value)
        walk.find(
            "features-changed",
            f"DeviceFeatures reads 0x{event.value:x} with DeviceFeaturesSel {word}, and read 0x{before:x} before: the"
            f" device changed the features that it offers ({which})",
            event.line,
            word,
        )


def _written(walk: Walk, event: Event, row: Row) -> None:
    """A register that must return the value that the driver wrote last, or the value after a reset."""
    now, place = walk.session, _place(walk, row)
    if row["name"] in ("QueueReady", "QueuePFN") and place not in now.written:
        if (
            event.value
            and now.reset_awaited
            and now.reset_line is not None
            and place[1] not in now.queues_reset
        ):
            walk.breaks("reset-keeps", event.line, place, place=row, queue=place[1], a=event.value)
        return
    wanted = now.written.get(place)
    is_stopping = row["name"] == "QueueReady" and wanted == 0  # the device may still use the queue
    is_refused = row["failed"] is not None and event.value == row["failed"]  # a vector
    if wanted is None or wanted == event.value or is_stopping or is_refused or event.width != row["bytes"]:
        return
    bank = f" of queue {place[1]}" if row["bank_name"] == "QueueSel" else ""
    walk.find(
        "reads-otherwise",
        f"{row['name']}{bank} reads 0x{event.value:x}, and the driver wrote 0x{wanted:x}: the device does not keep what"
        " is written",
        event.line,
        place,
    )


def status(walk: Walk, event: Event) -> int | None:
    """
    Status was read: bits that the device may not change. Returns the status by which the driver is judged: an error of
    the device is none of the driver.
    """
    now, value, bits = walk.session, event.value, walk.book.status
    if value == (1 << 8 * event.width) - 1:
        said = "All bits of Status read as 1: nothing answers there any more; the device was removed, or has no power"
        walk.find("gone", said, event.line, "")
        return now.status
    if now.status is None:
        return value
    if value and now.reset_line is not None and not now.reset_confirmed:
        now.reset_reads += 1
        return now.status
    of_driver = sum(bit for name, bit in bits.items() if walk.book.status_owner[name] == "driver")
    more = value & ~now.status & of_driver & ~bits.get("SUSPEND", 0)
    refused = 0 if now.features_ok == "confirmed" else bits["FEATURES_OK"]
    lost = now.status & ~value & of_driver & ~refused & ~bits.get("SUSPEND", 0)
    if more:
        walk.find(
            "status-otherwise",
            f"Status reads 0x{value:x}, with {words.status_bits(walk.book, more)}, which the driver has not set",
            event.line,
            more,
        )
    if lost and (value or now.reset_awaited):
        known = words.status_bits(walk.book, lost)
        why = "the device does not keep it" if value else "the device, or other software, has reset it"
        walk.find(
            "status-lost", f"Status reads 0x{value:x}, and the driver had set {known}: {why}", event.line, ""
        )
    return value & ~more | lost if value else value


def _interrupt(walk: Walk, event: Event) -> None:
    """InterruptStatus: a bit stays until it is acknowledged, on PCI until it is read."""
    now, value, used = walk.session, event.value, interrupt(walk, USED)
    if walk.blind:
        now.pending = 0 if row_clears(walk) else value
        return
    lost = now.pending & ~value
    if lost and not row_clears(walk):
        walk.breaks("interrupt-vanished", event.line, lost, a=value, b=now.pending)
    if now.rung and not value & used and not now.pending & used and not walk.by_messages:
        walk.find(
            "interrupt-status-empty",
            f"The device interrupted for queue {now.rung[0]}, and InterruptStatus reads 0x{value:x}: it does not"
            " say why",
            event.line,
            "",
        )
    now.rung = ()
    now.stale |= now.pending & value
    if value & used and not now.pending & used:
        now.used_interrupts += 1
        if not (now.reached or now.notified):
            row = walk.book.registers["InterruptStatus"]
            if now.reset_line is not None:
                walk.breaks("reset-keeps", event.line, "", place=row, queue=0, a=value)
        elif now.used_interrupts > _most_used(walk):
            walk.breaks(
                "interrupt-without-event",
                event.line,
                "",
                more=f": it interrupted {plural(now.used_interrupts, 'time')}, and {_most_used(walk)} were made available",
            )
    unknown = value & ~sum(
        (1 << bit["width"]) - 1 << bit["shift"] for bit in walk.book.bits("InterruptStatus")
    )
    if unknown:
        walk.find(
            "interrupt-unknown",
            f"InterruptStatus reads 0x{value:x}, with bits that the specification does not define (0x{unknown:x})",
            event.line,
            unknown,
        )
    value &= ~unknown
    now.raised_change |= bool(value & interrupt(walk, CHANGE))
    if value & interrupt(walk, CHANGE):
        now.generation_moves = 0  # a driver may read it once for each change
    now.looked_after_error |= now.needs_reset is not None
    now.pending = 0 if row_clears(walk) else value


def armed(walk: Walk, event: Event) -> None:
    """The driver has looked at the used ring of a queue, and has found nothing new: each interrupt has had its buffer."""
    now = walk.session
    if walk.blind or walk.shared or now.used_interrupts <= now.taken:
        return
    if sum(queue.in_use for queue in now.queues.values()) == 1:
        packed = now.accepts(walk.book.feature_bit["RING_PACKED"])
        wrap = ", or its flags do not match the wrap counter" if packed else ""
        queue = now.queue(event.numbers[0])
        walk.breaks(
            "interrupt-without-event",
            event.line,
            "",
            more=f": the driver has found {plural(now.taken, 'buffer')} after {plural(now.used_interrupts, 'interrupt')}{wrap}"
            + causes.wrapped(queue),
        )


def row_clears(walk: Walk) -> bool:
    """Whether a read of InterruptStatus acknowledges."""
    return bool(walk.book.registers["InterruptStatus"]["read_clears"])


def _most_used(walk: Walk) -> float:
    """The number of buffers that the device can have used, if the trace shows each of them."""
    now = walk.session
    if walk.sees_buffers and not walk.shared:
        return now.added
    return float("inf")


def config(walk: Walk, event: Event, offset: int) -> None:
    """A read of the configuration: it changes with its generation."""
    now = walk.session
    key, at = (offset, event.width), now.generation_read
    before = now.config_read.get(key)
    if before is not None and before[0] != event.value and before[1] == at is not None:
        moved = before[0] ^ event.value
        now.config_moved = (offset + (moved.bit_length() - 1) // 8, event.line)
    now.config_read[key] = event.value, at


def limits(walk: Walk, event: Event, field: ConfigField, value: int) -> None:
    """A field of the configuration that exists, and its limits."""
    exists = all(any(walk.knows(name) for name in gate) for gate in field.gates)
    low, high = field.least, field.most
    if exists and (low is not None and value < low or high is not None and value > high):
        bounds = [f"at least {low}"] * (low is not None) + [f"at most {high}"] * (high is not None)
        walk.find(
            "config-limits",
            f"{field.name} of the configuration reads {value}, and is {joined(bounds)}",
            event.line,
            field.name,
            walk.device.config_section if walk.device else None,
        )


def queue_max(walk: Walk, event: Event, index: int) -> None:
    """QueueSizeMax, or its equivalent on PCI, of a queue that exists regardless of the features."""
    kind, most = walk.queue_kind(index), walk.book.ring["size_max"]
    packed = walk.session.has(walk.session.offered, walk.book.feature_bit["RING_PACKED"])
    if walk.findings.has_row("queue-size-odd") and event.value & event.value - 1 and not packed:
        walk.breaks("queue-size-odd", event.line, index, queue=index, a=event.value)
    if event.value > most:
        walk.find(
            "queue-max-wrong",
            f"QueueSizeMax of queue {index} reads {event.value}, and a queue has at most {most} descriptors",
            event.line,
            index,
        )
    if event.value == 0 and kind and not (kind.gate or kind.behind or walk.blind) and kind.index == index:
        walk.find(
            "queue-lacks",
            f"QueueSizeMax of queue {index} ({kind.name}) reads 0: the device lacks a queue that each device of its type"
            " has",
            event.line,
            index,
        )


def generation(walk: Walk, event: Event) -> None:
    """ConfigGeneration was read."""
    now = walk.session
    if now.config_moved and now.generation_read == event.value:
        offset, line = now.config_moved
        walk.breaks("generation", line, "", place=offset, a=event.value)
    now.config_moved = None
    moved = now.generation_read not in (None, event.value)
    now.generation_moves = now.generation_moves + 1 if moved else 0
    now.generation_read = event.value
    if now.generation_moves == UNSTABLE:
        walk.find(
            "generation-moves",
            f"ConfigGeneration changed between each of {UNSTABLE + 1} reads: the driver cannot read the configuration",
            event.line,
            "",
        )


def offered(walk: Walk, line: int) -> None:
    """The offered features as a whole, when the driver has finished with them."""
    now = walk.session
    rules = [*walk.book.feature_rules, *(walk.device.rules if walk.device else ())]
    rules += walk.device.offers if walk.device else ()

    def has(name: str) -> bool:
        return any(now.has(now.offered, number) for number in walk.numbers_of(name))

    for rule in rules:
        wanted = [number for name in rule.any for number in walk.numbers_of(name)]
        known = all(number // walk.book.word_bits in now.offered for number in wanted)
        if has(rule.feature) and known and not any(map(has, rule.any)):
            said = f"The device offers {rule.feature} without {joined(rule.any, 'or')}, which it requires"
            if said not in walk.asides:
                walk.asides.append(said)
                walk.notes.append(f"{said} (line {line}).")


def refused(walk: Walk, line: int) -> None:
    """FEATURES_OK reads back as 0."""
    now = walk.session
    if now.accepted in walk.taken_sets:
        walk.breaks("features-refused-again", line, "")
    insisted = [
        name
        for name in INSISTED
        if any(now.has(now.offered, bit) and not now.accepts(bit) for bit in walk.numbers_of(name))
    ]
    why = f"; it may insist on {joined(insisted, 'or')}, which the driver did not accept" if insisted else ""
    walk.find(
        "features-refused",
        "FEATURES_OK was written, but reads back as 0: the device rejects the feature set of the driver",
        line,
        why=why,
    )


def ended(walk: Walk, last: bool) -> None:
    """The end of a session."""
    now = walk.session
    _never_interrupted(walk, now)
    if last and now.reset_reads and not now.reset_confirmed:
        walk.find(
            "reset-unfinished",
            f"0 was written to Status, which never read 0 afterwards ({plural(now.reset_reads, 'read')}): the device does"
            " not finish its reset",
            now.reset_line,
        )
    if (
        now.needs_reset is not None
        and now.reached
        and now.looked_after_error
        and not now.raised_change
        and not walk.by_messages
    ):
        walk.breaks("needs-reset-silent", now.needs_reset, "")


def _never_interrupted(walk: Walk, now: Session) -> None:
    """The runtime requested interrupts, but found used buffers without one."""
    asked = sum(queue.events["armed"] for queue in now.queues.values())
    if asked and now.taken > 1 and not (now.interrupts or now.raised or walk.by_messages or walk.blind):
        walk.find(
            "interrupt-never",
            f"The driver asked for an interrupt {plural(asked, 'time')} and {plural(now.taken, 'buffer')} came back, all"
            f" without one: the device raises none, or {causes.CONTROLLER}",
            now.last_notified,
            "",
        )
