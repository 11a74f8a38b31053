# SPDX-License-Identifier: MIT
"""A model as a list of facts with the specification's names. A comparison of two revisions compares these."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from vwr.model.nodes.files import Channel, Device, Features, Ids, Model, Registers, Ring, Status, Structs
from vwr.model.nodes.messages import FileRange, Queues
from vwr.model.nodes.registers import Block
from vwr.model.nodes.structs import Config, Field, Struct
from vwr.model.nodes.values import Bits, Enum, Item, Names, StatusValue
from vwr.model.parts import or_text
from vwr.spec.condition import said

Fact = dict[str, Any]
Facts = Iterator[Fact]


def _fact(
    what: str, names: dict[str, str] | None = None, doc: dict[str, str] | None = None, **wire: Any
) -> Fact:
    """One item of the spec: its name, its binary interface, its C names, its description."""
    return {
        "what": what,
        "wire": {key.replace("_", " "): value for key, value in wire.items()},
        "c": dict(names or {}),
        "doc": doc or {},
    }


def _doc(row: Item | Bits, *more: str) -> dict[str, str]:
    """The parts that no program depends on."""
    keys = ("brief", "section", "since", "unit", "aka", *more)
    return {key: getattr(row, key) for key in keys if getattr(row, key, None)}


def _constants(*names: str | None) -> dict[str, str]:
    return {name: "constant" for name in names if name}


def _any(lists: Sequence[Names]) -> str:
    """An AND of any-of lists as text."""
    return ", ".join(or_text(any_of) for any_of in lists) or "none"


def _enum(e: Enum, what: str, key: str = "value") -> Facts:
    """A fact for the group and one for each value. `key` is the specification's word for the number."""
    if e.rows:
        yield _fact(f"all of {what}", {e.tag: "enum", e.table: "table"}, {"section": e.section})
    for row in e.rows:
        aliases = _constants(row.c, *row.documents)
        extra: dict[str, Any] = (
            {
                "requires": _any(row.requires),
                "offered with": _any(row.offer_with),
                "transports": ", ".join(row.transports) or "all",
                "accept": row.accept or "may",
                "offer": row.offer or "may",
                "may fail without": ", ".join(row.insist) or "none",
            }
            if what == "feature"
            else {}
        )
        fact = _fact(
            f"{what} {row.name}", aliases, _doc(row), version=row.only or "all", gate=row.if_text or "none"
        )
        fact["wire"].update({key: row.value, **extra})
        yield fact


def _bits(owner: str, bits: list[Bits]) -> Facts:
    for bit in bits:
        names = _constants(bit.c + "_MASK", bit.c + "_SHIFT")
        yield _fact(
            f"{owner} part {bit.name}",
            names,
            _doc(bit),
            shift=bit.shift,
            width=bit.width,
            gate=bit.if_text or "none",
        )


def _struct(s: Struct, title: str) -> Facts:
    """A struct, its fields, and the data after a ring's entries."""
    yield _fact(
        title,
        {s.c: "struct", **{name: "struct" for name in s.documents}},
        _doc(s),
        size=s.size,
        packed="yes" if s.packed else "no",
    )
    for f in s.all_fields:
        yield from _field(f, f"{title} field {f.name}", f.offset_text or f.offset)
    if s.out_bytes:
        yield _fact(f"{title} driver's part", _constants(s.out_bytes.c), bytes=s.out_bytes.value)
    if s.bytes_c:
        yield _fact(f"{title} length", {s.bytes_c: "function"}, bytes=s.bytes_text)
    if s.sizes:
        rows = [
            f"{row.size} with {', '.join(need.name for need in row.needs) or 'any'}" for row in s.sizes.rows
        ]
        yield _fact(f"{title} sizes", {s.sizes.c: "function"}, bytes="; ".join(rows))


def _field(f: Field, owner: str, offset: int | str) -> Facts:
    """A field; members of a union have their own facts."""
    names = {f.c: "function"} if f.after else {}
    yield _fact(
        owner,
        names,
        _doc(f),
        offset=offset,
        type=f.type,
        count=f.length if f.flexible else f.count or 1,
        direction=f.said_dir or f.dir,
        legacy_direction=f.legacy_dir or "the same",
        at_any_time="yes" if f.early else "in legacy" if f.legacy_early else "no",
        gate=f.gate.name if f.gate else "none",
        not_with=f.unless.name if f.unless else "nothing",
        range=f"{f.min or 0} to {f.max if f.max is not None else 'any'}",
        absent_value=f.absent,
        absent_value_with=_absent_with(f),
        absent_inside=_absent_in(f),
        writable=", ".join(f.writable) or "as it says",
        reserved="yes" if f.reserved else "no",
        chosen_by=f.by or "nothing",
        used_for=", ".join(f.is_) or "all",
    )
    yield from _bits(owner, f.bits)
    for member in f.members:
        yield from _field(member, f"{owner}.{member.name}", offset)


def _absent_with(f: Field) -> str:
    """The value if the field is absent while another feature is negotiated."""
    return f"{f.absent_with.value} with {f.absent_with.name}" if f.absent_with else "the same"


def _absent_in(f: Field) -> str:
    """Values for absent fields inside a struct."""
    return ", ".join(f"{name} {value}" for name, value in f.absent_in.items()) or "none"


def _ids(m: Ids) -> Facts:
    yield _fact("edition of the specification", _constants(m.edition_c), text=m.edition)
    yield from _enum(m.enums[0], "device", "id")


def _features(m: Features) -> Facts:
    yield from _enum(m.enums[0], "feature", "bit")
    for owner, spans in m.ranges.items():
        yield _fact(f"range {owner}", bits=", ".join(f"{low}-{high}" for low, high in spans))


def _status(m: Status) -> Facts:
    yield _fact("reset", _constants(m.reset.c), value=m.reset.value)
    sides = {f"status bit {row.name}": row.by for row in m.enums[0].rows if isinstance(row, StatusValue)}
    for fact in _enum(m.enums[0], "status bit"):
        if fact["what"] in sides:
            fact["wire"]["set by"] = sides[fact["what"]]
        yield fact
    names = [f"{'clear' if step.clears else 'set'} {step.name}" for step in m.steps]
    yield _fact("steps", order=", ".join(names))
    names = [
        name if name not in names[:index] else f"{name} after {step.after_words}"
        for index, (name, step) in enumerate(zip(names, m.steps))
    ]
    for name, step in zip(names, m.steps):
        yield _fact(
            f"step {name}",
            by=step.by,
            version=", ".join(step.versions),
            after=step.after_words or "nothing",
            before=step.before_words or "nothing",
            effect=step.effect or "none",
        )


def _ring(m: Ring) -> Facts:
    yield _fact(
        "queue size",
        _constants(m.size_max_c),
        maximum=m.size_max,
        power_of_two="yes" if m.power_of_two else "no",
        gate=m.if_text or "none",
    )
    for part in m.parts:
        yield _fact(
            f"part {part.name}",
            {part.bytes_c: "function", part.align_c: "constant"},
            alignment=part.align,
            size=f"{part.head} + {part.per_entry} times Queue Size",
            writer=part.writer,
        )
    if m.legacy:
        names = _constants(m.legacy.align_c, m.legacy.offset_c, m.legacy.bytes_c)
        yield _fact("legacy layout", names, alignment=m.legacy.align, aligned_part=m.legacy.part)
    for e in m.enums:
        yield from _enum(e, e.title)
    for s in m.structs:
        yield from _struct(s, f"struct {s.name}")


def _registers(m: Registers) -> Facts:
    if m.own:
        compatible = m.compatible_c if m.compatible else None
        yield _fact(
            "block",
            _constants(m.size_c, compatible, m.own.count_c),
            size=f"0x{m.own.size:x}",
            compatible=m.compatible or "none",
        )
    for v in m.versions:
        yield _fact(f"version {v.name}", _constants(v.c), value=v.value)
    documents = {row.c: row.documents for e in m.enums if e.what == "offset" for row in e.rows}
    for block in m.blocks:
        yield from _block(block, documents)
    for row in m.capabilities:
        yield _fact(
            f"capability {row.name}",
            {},
            {"brief": row.brief},
            struct=row.struct,
            leads_to=row.place_name or "nothing",
            alignment=row.align or "any",
            least_number=row.least,
            length_multiple=row.multiple_of or "any",
        )
    yield from _structs(m)


def _block(block: Block, documents: dict[str, list[str]]) -> Facts:
    calls: dict[str, dict[str, str]] = {}
    for a in block.accessors:
        args = (["sel"] if a.bank else []) + (["value"] if a.verb == "set" else [])
        calls.setdefault(a.offset, {})[a.c] = f"{a.ctype}({', '.join(['base'] + args)})"
    for w in block.areas:
        calls[w.text] = {w.c: "window"}
    before = f"{block.name}." if block.name else ""
    for row in block.registers:
        names = _constants(row.reg, *([] if block.struct else [row.c, *documents[row.c]]))
        yield _fact(
            f"register {before}{row.name}",
            {**names, **calls.get(row.c, {})},
            _doc(row),
            offset=f"0x{row.offset:03x}",
            size=row.bytes,
            direction=row.dir,
            version=row.only or "all",
            bank=row.bank_name or "none",
            gate=row.gate.name if row.gate else "none",
            condition=row.when_words or "none",
            reset_value="kept" if row.kept else row.reset,
            value="none" if row.value is None else f"0x{row.value:x}",
            access_widths=", ".join(map(str, row.widths_list)),
            maximum=row.max or "none",
            clears=row.clears or "nothing",
            rules=row.more_words.strip() or "none",
        )
    for bit in block.bits if not block.struct else ():
        yield from _bits(f"register {bit.register}", [bit])
    for constant in block.constants:
        yield _fact(f"constant {constant.c}", _constants(constant.c), value=constant.text)


def _config(config: Config) -> Facts:
    """The configuration: its fields, with the calls that access them."""
    calls: dict[str, dict[str, str]] = {}
    offsets: dict[str, list[str]] = {}
    for a in config.accessors:
        field = a.field.split(".")[0]
        found = calls.setdefault(field, {})
        found.update({a.getter: a.ctype + ("[]" if a.count else "")} if a.getter else {})
        found.update({a.setter: a.ctype} if a.setter else {})
    for row in config.offsets:
        offsets.setdefault(row.field.split(".")[0], []).append(row.c)
    yield _fact("config byte order", legacy=config.legacy_order or "the guest's")
    for fact in _struct(config.struct, "config"):
        field = fact["what"].removeprefix("config field ")
        fact["c"].update(calls.get(field, {}), **_constants(*offsets.get(field, [])))
        yield fact


def _messages(m: Structs) -> Facts:
    """Messages of each queue."""
    for one in m.messages:
        owner = f"messages of {one.queue}" + (" from the device" if one.sender == "device" else "")
        yield _fact(
            owner,
            order=one.order or "any",
            selected_by=", ".join(place.text for place in one.select) or "nothing",
            refused_with=one.refuse.name if one.refuse else "length 0" if one.empty else "nothing",
            answered=one.answer or "always",
            multiple_of=one.multiple_of or "none",
            segments=one.max_segments.text if one.max_segments else "any",
            segment_bytes=one.max_segment_bytes.text if one.max_segment_bytes else "any",
        )
        for row in one.rows:
            within = row.within
            yield _fact(
                f"message {row.name} of {owner}",
                {},
                {},
                values=", ".join(map(str, row.values)) or "none",
                version=row.only or "all",
                gate=row.gate.name if row.gate else "none",
                also_needs=row.also.name if row.also else "nothing",
                not_with=row.unless.name if row.unless else "nothing",
                bit=f"{row.bit.value.name} of {row.bit.field}" if row.bit else "none",
                refused_by=row.refused_by.name if row.refused_by else "none",
                sent=", ".join(part.words for part in row.out) or "nothing",
                back=", ".join(part.words for part in row.back) or "nothing",
                sent_bytes=row.out_bytes,
                back_bytes=row.in_bytes,
                answer=" or ".join(one.name for one in row.ok) or "none",
                status=row.status.text if row.status else "none",
                sector=row.sector or "unused",
                limits=_pairs(row.limits),
                hints=_pairs(row.hints),
                within=f"{within.start.text} up to {within.end if isinstance(within.end, int) else within.end.text if within.end else 0}"
                if within
                else "any",
                held="yes" if row.held else "no",
                stream=row.stream or "no",
                needs=row.needs.name if row.needs else "nothing",
                files=_files(row.out_files),
                files_back=_files(row.back_files),
                after=row.after or "any",
                rings=row.rings or "any",
            )


def _files(said: FileRange | None) -> str:
    """The number of files beside a message."""
    return f"{said.least} or more, at most {said.most}" if said else "none"


def _pairs(said: dict[str, str]) -> str:
    """Configuration fields by purpose, as text."""
    return ", ".join(f"{what}: {field}" for what, field in said.items()) or "none"


def _queues(queues: Queues) -> Facts:
    yield from _enum(queues, "queue", "index")
    for row in queues.all:
        by = row.count_by or {}
        yield _fact(
            f"queue {row.name} place",
            {row.at.c: "function"} if row.at else {},
            {},
            behind=row.behind or "none",
            stride=row.stride,
            count=row.count,
            counted_by=by.get("field", "none"),
            less=by.get("less", 0),
            counted_with=_any([said(by).choice]),
            gate=row.if_text or "none",
            direction=row.dir or "not given",
            one_less_without=_any(row.moves),
        )


def _values(m: Structs) -> Facts:
    """Constants, and messages of queues."""
    for row in m.numbers:
        yield _fact(f"constant {row.name}", _constants(row.c, *row.documents), _doc(row), value=row.value)
    yield from _messages(m)


def _structs(m: Structs) -> Facts:
    yield from _values(m)
    for e in m.enums:
        if e.what != "offset":
            yield from _enum(e, e.title.removeprefix("enums.").removeprefix("messages."))
    for s in m.structs:
        yield from _struct(s, f"struct {s.name}")
    for w in m.windows:
        names = {w.tag: "enum", **_constants(*(row.c for row in w.offsets))}
        yield _fact(f"registers {w.struct.name}", names)


def _channel(m: Channel) -> Facts:
    for row in m.channel:
        yield _fact(
            f"channel command {row.value.name}",
            direction=row.dir,
            carries=row.part or "nothing",
            version=row.only or "all",
            rules=row.words.strip() or "none",
        )
    yield from _structs(m)


def _device(m: Device) -> Facts:
    yield _fact(
        "device", _constants(m.id_c), id=m.id, needs=", ".join(one.name for one in m.needs) or "nothing"
    )
    for row in m.conflicts:
        yield _fact(
            f"conflict {row.name}",
            doc={"brief": row.brief},
            side=row.side,
            features=", ".join(row.features) or "none",
            without=", ".join(row.without) or "none",
            field=row.field or "none",
            value=row.value.name if row.value else "none",
        )
    if m.features:
        yield from _enum(m.features, "feature", "bit")
    if m.queues:
        yield from _queues(m.queues)
    yield from _values(m)
    for e in m.enums:
        yield from _enum(e, e.title.removeprefix("enums.").removeprefix("messages."))
    if m.config:
        yield from _config(m.config)
    for s in m.inner:
        yield from _struct(s, f"struct {s.name}")


_KINDS: dict[str, Callable[[Any], Facts]] = {
    "ids": _ids,
    "features": _features,
    "status": _status,
    "ring": _ring,
    "registers": _registers,
    "channel": _channel,
    "structs": _structs,
    "device": _device,
}


def facts(m: Model) -> dict[str, Fact]:
    """The facts of one model by item, in the model's order."""
    clauses = ", ".join(f"{row.id} {row.row}" for row in m.clauses)
    about = _fact(
        "file",
        legacy_order=m.legacy_order or "none",
        readable=m.readable or "not said",
        doc={"brief": m.brief, "section": m.section, "clauses": clauses, "by hand": " ".join(m.by_hand)},
    )
    quirks = [_fact(f"quirk {row.name}", doc={"about": row.about, "brief": row.words}) for row in m.quirks]
    return {fact["what"]: fact for fact in [about, *_KINDS[m.kind](m), *quirks]}
