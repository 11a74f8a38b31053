# SPDX-License-Identifier: MIT
"""Rules for MagicValue, Version and Status: whether a device is present, and which steps its driver takes."""

from vwr.explain import answers, ends, features, words
from vwr.explain.book import Row
from vwr.explain.lines import Event
from vwr.explain.session import Session
from vwr.explain.walk import Walk
from vwr.sentence import joined, plural


def magic_value(walk: Walk, event: Event, _: Row) -> None:
    """Whether it is a register block."""
    value, magic = event.value, walk.book.magic
    if value == magic:
        return
    if value == (1 << 8 * walk.book.word) - 1:
        walk.breaks("gone", event.line, a=value, more=": no device answers at this address")
    elif value == walk.book.turned(magic):
        walk.breaks(
            "byte-order", event.line, a=value, more=", its bytes swapped: the registers are little-endian"
        )
    else:
        expected = f'0x{magic:08x} ("{words.text_of(magic)}")'
        walk.breaks(
            "magic",
            event.line,
            a=value,
            more=f" and not {expected}: there is no virtio-mmio register block at this address",
        )


def version(walk: Walk, event: Event, _: Row) -> None:
    """Whether the version exists."""
    if event.value not in walk.book.versions:
        known = joined([f"{value} ({name})" for value, name in walk.book.versions.items()], "or")
        walk.breaks("version", event.line, a=event.value, more=f", but the specification defines {known}")
        return
    version_here = walk.book.versions[event.value]
    if version_here != walk.version:  # one log may contain two runs
        ends.session(walk, False)
        walk.session = Session(walk.book.word_bits)
        walk.constant = {}
    walk.version_read, walk.version = event.value, version_here


def read(walk: Walk, event: Event, _: Row) -> None:
    """A read of Status: the device's response."""
    session, value = walk.session, event.value
    session.change = None
    session.polled |= not session.asked  # the runtime then does so between two looks at the used ring
    judged = answers.status(walk, event)
    if value == (1 << 8 * event.width) - 1:
        return
    if value == walk.book.reset:
        session.reset_confirmed = True
    if session.features_ok == "written":
        if value & walk.book.status["FEATURES_OK"]:
            session.features_ok = "confirmed"
            walk.findings.allow("version-1")
            walk.taken_sets = [*walk.taken_sets[-7:], dict(session.accepted)]
        else:
            session.features_ok = "refused"
            answers.refused(walk, event.line)
    if value & walk.book.status["DEVICE_NEEDS_RESET"] and session.needs_reset is None:
        session.needs_reset = event.line
    session.status = judged


def write(walk: Walk, event: Event, _: Row) -> None:
    """A step, or a reset."""
    value, old = event.value, walk.session.status
    if value == walk.book.reset:
        ends.session(walk, False)
        walk.sessions += 1
        walk.had_queue = (
            any(queue.in_use for queue in walk.session.queues.values()) and not walk.session.reached
        )
        walk.findings.blind = False  # from here on the trace is complete
        walk.session = Session(
            walk.book.word_bits, status=value, reset_line=event.line, reset_confirmed=False
        )
        return
    session = walk.session
    ends.operation(walk, session)
    if not session.reset_confirmed and session.reset_line is not None:
        still = (
            f"; it was read {plural(session.reset_reads, 'time')}, and was not 0 yet"
            if session.reset_reads
            else ""
        )
        walk.breaks("reset-unread", session.reset_line, "", a=value, more=still)
        session.reset_confirmed, session.reset_awaited = True, False
    if session.reset_line is None and old in (None, 0) and walk.sessions == 1:
        session.unreset = session.unreset or (event.line, value)
    if old is not None and old & walk.book.status["FAILED"]:
        walk.breaks("after-failed", event.line, "", a=value)
    _bits(walk, event, old)
    session.status = value


def _bits(walk: Walk, event: Event, old: int | None) -> None:
    """Bits that are set and cleared."""
    value, bits, line = event.value, walk.book.status, event.line
    unknown = value & ~sum(bits.values())
    if unknown:
        walk.find(
            "status-unknown",
            f"Status 0x{value:x} has bits that the specification does not define (0x{unknown:x})",
            line,
            unknown,
        )
    gone = [
        name
        for name, bit in bits.items()
        if (old or 0) & bit & ~value and walk.book.status_owner[name] == "driver" and name != "SUSPEND"
    ]
    if gone:
        walk.session.written.clear()  # the device may take it for a reset
        walk.breaks("status-cleared", line, tuple(gone), a=value, b=old)
    if old is None and walk.blind:  # the new bits are not known
        if value & bits["DRIVER_OK"]:
            walk.reached = walk.session.reached = True
        return
    for name, bit in bits.items():
        if value & bit & ~(old or 0):
            _step(walk, event, name, old or 0)
    if value & bits["DRIVER_OK"] & ~(old or 0):
        _driver_ok(walk, event)


def _step(walk: Walk, event: Event, name: str, old: int) -> None:
    """One bit that is newly set."""
    line, version, bits = event.line, walk.version, walk.book.status
    if name in ("FEATURES_OK", "DRIVER_OK"):
        ends.unreset(walk)
    if name == "FEATURES_OK" and walk.is_modern:  # the driver reports that its set of features is complete
        walk.session.features_ok, walk.session.features_ok_line = "written", line
        features.check(walk, line)
    if name == "FAILED":
        before = walk.report.groups[-2]["title"] if len(walk.report.groups) > 1 else ""
        walk.session.failed = (line, f", after the step {before}" if before else "")
    step = walk.book.step(name, version, old)
    if step is None:
        rule = "features-ok-legacy" if name == "FEATURES_OK" else "status-unknown"
        walk.find(rule, f"{name} was set, but a {version} device has no such status bit", line, name)
        return
    if step["by"] != "driver":
        walk.breaks("status-order", line, name, a=bits[name], b=old, more=f"; only the device sets {name}")
        return
    before = walk.book.step_names(step, "before", version)
    late = [other for other in before if old & bits[other]]
    if late:
        walk.breaks("status-order", line, name, a=bits[name], b=old, more=f"; {joined(late)} comes later")
    _before(walk, event, name, old)


def _before(walk: Walk, event: Event, name: str, old: int) -> None:
    """The steps that must precede a step."""
    bits, line = walk.book.status, event.line
    wanted = walk.book.step_names(walk.book.step(name, walk.version, old), "after", walk.version)
    lacking = [other for other in wanted if not (event.value | old) & bits[other]]
    together = [other for other in wanted if event.value & bits[other] and not old & bits[other]]
    if name == "DRIVER_OK" and "FEATURES_OK" in lacking:
        walk.breaks("features-ok-never", line)
        lacking.remove("FEATURES_OK")
    if lacking and walk.session.reset_line is not None:
        walk.breaks(
            "status-skipped", line, name, a=bits[name], b=old, more=f"; {joined(lacking)} comes before it"
        )
    if together:
        walk.find(
            "status-together",
            f"{name} was set in one write with {joined(together)}: these are separate " "steps",
            line,
            name,
        )


def _driver_ok(walk: Walk, event: Event) -> None:
    """The driver reports that initialization is complete."""
    session = walk.session
    walk.reached = session.reached = True
    if walk.is_modern and session.features_ok == "written":
        walk.breaks("features-ok-unread", session.features_ok_line)
    if not session.features_ok:
        features.check(walk, event.line)
    if not any(queue.in_use for queue in session.queues.values()):
        walk.find("queue-none", f"DRIVER_OK was set, but no queue was set up{_undone(walk)}", event.line)


def _undone(walk: Walk) -> str:
    """The action that undid the setup of a queue."""
    stopped = [queue.index for queue in walk.session.queues.values() if queue.stopped]
    if stopped:
        queue = walk.session.queues[stopped[0]]
        return f": queue {queue.index} was stopped again (line {queue.stopped})"
    if walk.had_queue and walk.session.reset_line is not None:
        return f" after the reset (line {walk.session.reset_line}), which undid what came before it"
    return ""


HANDLERS = {
    ("read", "MagicValue"): magic_value,
    ("read", "Version"): version,
    ("read", "Status"): read,
    ("write", "Status"): write,
}
