# SPDX-License-Identifier: MIT
"""Rules for the configuration space."""

from vwr.explain import answers, words
from vwr.explain.book import Row
from vwr.explain.device import ConfigField
from vwr.explain.lines import Event
from vwr.explain.report import line_of
from vwr.explain.walk import Walk
from vwr.sentence import joined

TITLE = "Configuration"


def generation(walk: Walk, event: Event, _: Row) -> None:
    """ConfigGeneration, by which the driver detects inconsistent reads."""
    walk.session.generation += 1
    answers.generation(walk, event)


def access(walk: Walk, event: Event, row: Row) -> None:
    """An access to a field: width, gate, and whether the driver may write it."""
    offset = event.address - (walk.base or 0) - row["offset"]
    walk.session.change = None
    if event.verb == "read":
        answers.config(walk, event, offset)
    fields = walk.device.fields_at(offset, walk.config) if walk.device else []
    field = fields[0] if len(fields) == 1 else None
    meaning = words.config(fields, offset, event.width, event.value)
    whole = field.name if field and field.bytes > event.width else None
    walk.report.add(
        TITLE, line_of(event, f"Config+0x{offset:02x}", f"0x{event.value:x}", meaning), event.line, whole
    )
    if walk.has_status("DRIVER") is False:
        walk.find(
            "config-early", "The configuration was read before DRIVER was set in Status", event.line, ""
        )
    if walk.device and not fields and offset >= walk.device.config_bytes:
        walk.find(
            "config-beyond",
            f"Byte {offset} of the configuration is after the last field of {walk.device.name}",
            event.line,
            offset,
            walk.device.config_section,
        )
    if field:
        _field(walk, event, offset, field)


def _field(walk: Walk, event: Event, offset: int, field: ConfigField) -> None:
    """A known field."""
    name, section = field.name, walk.device.config_section if walk.device else ""
    done = {"read": "read", "write": "written"}[event.verb]
    if event.verb == "write" and not field.writable and (walk.is_modern or not field.legacy_writable):
        walk.find(
            "config-read-only", f"{name} was written, but only the device sets it", event.line, name, section
        )
    bits = 8 * field.bytes
    wanted = min(bits, max(walk.book.registers["Config"]["widths_list"]))
    if walk.is_modern and 8 * event.width != wanted:
        walk.breaks(
            "config-width",
            event.line,
            name,
            a=event.width,
            b=wanted // 8,
            place=offset,
            more=f": {name}",
            section=section,
        )
    if field.length is None and event.width == field.bytes:
        walk.config[name] = event.value
        if event.verb == "read":
            answers.limits(walk, event, field, event.value)
    elif field.length is None and event.width < field.bytes and event.verb == "read":
        _part(walk, event, offset - field.offset, field)
    known = walk.session.accepted or walk.session.offered
    lacking = [
        joined(gate, "or") for gate in field.gates if known and not any(walk.knows(other) for other in gate)
    ]
    if lacking:
        walk.find(
            "config-gate",
            f"{name} was {done}, but it has a meaning only with {joined(lacking)}",
            event.line,
            name,
            section,
        )


def _part(walk: Walk, event: Event, inside: int, field: ConfigField) -> None:
    """A field that is wider than an access: shown once all of it has been read."""
    name, reads = field.name, walk.session.config.setdefault(field, {})
    reads[inside] = (event.value, event.width, event.line)
    value = end = 0
    for at, (part, width, _) in sorted(reads.items()):
        value, end = value | part << 8 * at, at + width if at == end else end
    if end == field.bytes:
        walk.config[name] = value
        answers.limits(walk, event, field, value)
        walk.report.take_back(name)
        text = f"{words.field_text(field, name, value)}, in {len(reads)} reads"
        walk.report.add(
            TITLE, line_of(event, f"Config+0x{field.offset:02x}", f"0x{value:x}", text), event.line
        )


HANDLERS = {("read", "Config"): access, ("write", "Config"): access, ("read", "ConfigGeneration"): generation}
