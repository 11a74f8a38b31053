# SPDX-License-Identifier: MIT
"""Rules for the feature bits."""

from vwr.explain import answers, words
from vwr.explain.book import Row
from vwr.explain.lines import Event
from vwr.explain.walk import Walk
from vwr.sentence import joined


def check(walk: Walk, line: int) -> None:
    """Checks the set as a whole."""
    session, bit = walk.session, walk.book.feature_bit["VERSION_1"]
    word, inside = divmod(bit, walk.book.word_bits)
    offered = session.offered.get(word)
    if walk.is_modern and not session.accepts(bit) and (offered is None or offered >> inside & 1):
        why = (
            f"VERSION_1 (bit {inside} of DriverFeatures with DriverFeaturesSel {word}) was written as 0"
            if word in session.accepted
            else f"DriverFeatures was never written with DriverFeaturesSel {word}, where VERSION_1 (bit {bit}) is"
        )
        if offered is None:  # the specification requires it of the device; the driver has not looked
            said = "The driver did not accept VERSION_1, which a modern device offers"
            walk.find("version-1", f"{said}: {why}", line, "")
        else:
            walk.breaks("version-1", line, "", more=f": {why}")
        if walk.is_qemu:
            walk.findings.allow("version-1")
    if not session.accepted and not walk.is_modern:
        walk.find(
            "features-unwritten",
            "DriverFeatures was never written: the device does not know which features the driver accepts",
            line,
            "",
        )
    if not session.offered:
        _unread(walk, line, "DeviceFeatures was never read")
    elif 0 not in session.offered and not walk.blind:
        _unread(
            walk, line, f"DeviceFeaturesSel 0, for {words.span(walk.book, 0)}, was not among what it read"
        )
    _needs(walk, line)
    answers.offered(walk, line)


def _unread(walk: Walk, line: int, which: str) -> None:
    """Features that the driver does not know. A legacy device has no step at which its set is complete."""
    if walk.session.features_ok:
        walk.breaks("features-unread", line, "", more=f": {which}")
    else:
        walk.find("features-unread", f"{which}: the driver does not know the offered features", line, "")


def _needs(walk: Walk, line: int) -> None:
    """Features that require others."""
    taken = [
        bit + walk.book.word_bits * word
        for word, value in walk.session.accepted.items()
        for bit in words.bits_of(value)
    ]
    names = {walk.book.feature_name(bit, walk.device) for bit in taken}
    rules = [(rule, None) for rule in walk.book.feature_rules]
    rules += [(rule, walk.device.feature_section) for rule in walk.device.rules] if walk.device else []
    for rule, section in rules:
        if rule.feature in names and not names & set(rule.any):
            number = next(bit for bit in taken if walk.book.feature_name(bit, walk.device) == rule.feature)
            walk.breaks(
                "feature-needs", line, rule, a=number, more=f": {joined(rule.any, 'or')}", section=section
            )


def select(walk: Walk, event: Event, row: Row) -> None:
    """Selects a word of the offered or accepted features, or a queue."""
    walk.session.selected[row["register"]] = event.value


def offer(walk: Walk, event: Event, row: Row) -> None:
    """
    A read of a word of the offered features, or of some of its bytes. The driver knows these bytes; the others may
    be offered too.
    """
    walk.check_selected(event, row)
    shift, all_bits = 8 * (event.address - (walk.base or 0) - row["offset"]), (1 << walk.book.word_bits) - 1
    seen = (1 << 8 * event.width) - 1 << shift & all_bits
    offered, word = walk.session.offered, walk.selected("DeviceFeaturesSel")
    offered[word] = offered.get(word, all_bits) & ~seen | event.value << shift & seen


def accept(walk: Walk, event: Event, row: Row) -> None:
    """A write of the accepted features."""
    walk.check_selected(event, row)
    word = walk.selected("DriverFeaturesSel")
    walk.session.accepted[word] = event.value
    offered = walk.session.offered.get(word)
    if offered is None:
        if event.value:
            walk.find(
                "features-unread",
                f"DriverFeatures was written for word {word} of the features, but that word "
                "of DeviceFeatures was never read",
                event.line,
                word,
            )
        return
    for bit in words.bits_of(event.value & ~offered):
        number = bit + walk.book.word_bits * word
        walk.breaks("features-not-offered", event.line, number, a=number)


HANDLERS = {
    ("write", "DeviceFeaturesSel"): select,
    ("write", "DriverFeaturesSel"): select,
    ("write", "QueueSel"): select,
    ("read", "DeviceFeatures"): offer,
    ("write", "DriverFeatures"): accept,
}
