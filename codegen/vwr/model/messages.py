# SPDX-License-Identifier: MIT
"""Messages of queues: their parts, and the fields that identify them and contain their status."""

from dataclasses import dataclass, field

from vwr.cname import const_name, ident
from vwr.model.nodes import changed
from vwr.model.nodes.messages import (
    Amount,
    ConfigBit,
    ConfigState,
    Exchange,
    FieldPlace,
    FileRange,
    Held,
    Message,
    MessagePart,
    Reference,
    Spans,
    Within,
)
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Enum, Value
from vwr.model.parts import constant, gate
from vwr.model.structs import SCALARS, Maker
from vwr.spec.condition import Fact
from vwr.spec.condition import said as condition_of
from vwr.spec.exchanges import BEFORE_ROW, Chain, disk_of, groups_of, queues_of
from vwr.spec.load import Row, SpecFile
from vwr.spec.shapes import OPEN_COUNTS, at, names_of
from vwr.spec.since import AT


class Known:
    """
    The items that the messages of a file may name: structs and features (`maker`), groups of values, and
    values.
    """

    def __init__(self, file: SpecFile, maker: Maker, made: list[Enum]) -> None:
        self.file, self.maker = file, maker
        self.structs: dict[str, Row] = {row["name"]: row for row in file.data.get("structs", [])}
        self.groups = {one.name: one for one in made}
        self.values: dict[str, Value] = {}
        lead = len(const_name(file.prefix, ""))
        for value in [row for one in made for row in one.rows]:
            self.values.setdefault(value.name, value)
            self.values.setdefault(value.c[lead:], value)

    def state(self, when: Fact) -> ConfigState:
        """A configuration field with a value of its group."""
        fields = self.file.data["config"]["fields"]
        *outer, last = when.name.split(".")
        for name in outer:
            inner = next(row for row in fields if row["name"] == name)
            fields = inner["fields"] if "fields" in inner else self.structs[inner["type"]]["fields"]
        group = self.groups[next(row["enum"] for row in fields if row["name"] == last)]
        return ConfigState(when.name, next(one for one in group.rows if one.name == when.value))

    def named(self, names: str | list[str] | int | None) -> list[Value]:
        """The values with these names; a number has no name."""
        if isinstance(names, int):
            return [constant({"name": str(names)}, names, str(names))]
        return [self.values[name] for name in names_of(names or [])]


def exchanges(known: Known) -> list[Exchange]:
    """
    All messages of a file. An entry with two queues makes two exchanges, each with the messages of one side.
    """
    listed = known.file.data.get("queues", [])
    return [
        _exchange(known, entry, sender, queue)
        for entry in known.file.data.get("messages", [])
        for sender, queue in queues_of(entry, listed).items()
    ]


def _exchange(known: Known, entry: Row, sender: str, queue: str) -> Exchange:
    pair = isinstance(entry["queue"], dict)
    rows = [
        _message(known, entry, group, row, sender)
        for _, group in groups_of((), entry)
        for row in group["rows"]
        if not row.get("reserved") and (not pair or row.get("side", "driver") in (sender, "both"))
    ]
    used = entry.get("used", [])
    return Exchange(
        place=entry.get(AT),
        name=entry.get("name", queue),
        queue=queue,
        sender=sender,
        title=f"messages.{queue}",
        section=entry.get("section", known.file.data["section"]),
        brief=entry.get("brief", ""),
        select=rows[0].select if rows else [],
        refuse=next(iter(known.named(entry.get("refuse"))), None),
        empty="empty-if-unknown" in used,
        answer="optional" if "answer-optional" in used else "",
        multiple_of=at(entry, "range", "multiple-of"),
        max_segments=_config(at(entry, "disk", "range", "count")),
        max_segment_bytes=_config(at(entry, "disk", "range", "max")),
        order="queue" if "in-order" in used else "",
        used_length=_used_length(used, of_device=pair and sender == "device"),
        by_hand=entry.get("by-hand", ""),
        groups=[group["name"] for _, group in groups_of((), entry) if "name" in group],
        table=ident(known.file.prefix, entry.get("name", queue), "messages"),
        count_c=const_name(known.file.prefix, entry.get("name", queue), "COUNT"),
        rows=rows,
    )


def _used_length(used: list[str], of_device: bool) -> str:
    """What the used length means; `of_device`: in the device's one of two queues, where its messages need it."""
    words = (word.rpartition("-")[2] for word in used if word.startswith("length-"))
    return next((word for word in words if not (of_device and word == "modern")), "")


def _config(said: str | None) -> Reference | None:
    """A configuration field."""
    return Reference("", "", said.partition(".")[2], said) if said else None


def _message(known: Known, entry: Row, group: Row, row: Row, sender: str) -> Message:
    chain = Chain(known.structs, entry, row)
    made = _Parts(known)
    out = made.side(chain, "R") if sender == "driver" else []
    back = made.side(chain, "W") if sender == "device" or not isinstance(entry["queue"], dict) else []
    values = [one.value for one in known.named(group.get("value"))] + (
        [row["value"]] if "value" in row else []
    )
    constants = {one.name: one.c for one in known.groups[group["name"]].rows} if "name" in group else {}
    said, condition = row.get("status", entry.get("status")), condition_of(row)
    status = made.place(said, "W", back) if said and sender == "driver" else None
    places = [
        made.place(one, "RW"[sender == "device"], out or back) for one in names_of(entry.get("select", []))
    ]
    disk, listed = disk_of(entry, row), any(part.struct and part.count != 1 for part in out)
    return Message(
        place=row.get(AT),
        name=row["name"],
        call=_call(group, row, sender),
        c=constants.get(row["name"], ""),
        brief=row.get("brief", ""),
        since=row.get("since"),
        only=row.get("only"),
        value=row.get("value"),
        values=values,
        group=group.get("name", ""),
        section=row.get("section")
        or group.get("section")
        or entry.get("section")
        or known.file.data["section"],
        gate=gate(known.maker.scope, condition.choice),
        also=gate(known.maker.scope, condition.beside),
        unless=gate(known.maker.scope, condition.named(so=False)),
        bit=next((ConfigBit(one.name, known.values[str(one.value)]) for one in condition.facts("bit")), None),
        when=next((known.state(one) for one in condition.facts("value")), None),
        sender=row.get("side", sender),
        out=out,
        back=back,
        select=[one for one in places if one] if values else [],
        status=status,
        ok=known.named(row.get("ok", entry.get("ok"))) if status else [],
        refuse=next(iter(known.named(row.get("refuse", entry.get("refuse")))), None) if status else None,
        refuse_if_offered=next(iter(known.named(row.get("refuse-if-offered"))), None) if status else None,
        out_of_range=(
            next(iter(known.named(row.get("out-of-range", entry.get("out-of-range")))), None)
            if status
            else None
        ),
        within=made.within(row.get("range")),
        spans=made.spans(row.get("count")),
        held="used" in row,
        stream=row.get("stream", ""),
        sector=disk.get("sector", ""),
        refused_by=gate(known.maker.scope, [one.name for one in condition.facts("offered", so=False)]),
        limits={"num_sectors" if listed else "sectors": disk["range"]["max"]} if "range" in disk else {},
        hints={"alignment": disk["align"]} if "align" in disk else {},
        needs=next(iter(known.named(row.get("needs"))), None),
        out_files=_files(row, "R"),
        back_files=_files(row, "W"),
        after=row.get("after", ""),
        rings=row.get("while", ""),
        by_hand=row.get("by-hand", ""),
    )


def _files(row: Row, side: str) -> FileRange | None:
    """The files that one side sends beside a message."""
    said = at(row, "files", side)
    return FileRange(said.get("min", 0), said["max"]) if said else None


def _call(group: Row, row: Row, sender: str) -> str:
    """
    The base of the names of functions: the row, with the group if that has `call`. A message of both sides
    has a second name, with the device's name, for the device.
    """
    own = row.get("call") or "_".join([*names_of(group.get("call", [])), row["name"]])
    return f"device_{own}" if row.get("side") == "both" and sender == "device" else own


@dataclass
class _Parts:
    """
    The parts of one message, added in order, the driver's first. `numbers`: the side, the part and the path
    of the result for a part and a field of the YAML.
    """

    known: Known
    writer: str = "R"
    numbers: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def side(self, chain: Chain, side: str) -> list[MessagePart]:
        """The parts of one side."""
        self.writer, self.names = side, set()
        return [one_part for _, part in chain.side(side) for one_part in self._made_of(part, side)]

    def _made_of(self, part: Row, side: str) -> list[MessagePart]:
        """A part of the YAML as one or more."""
        whole = self._whole(part)
        struct = self.known.maker.known.get(part.get("type", ""))
        if struct is None:
            self.numbers.setdefault((part["part"], ""), (side, whole.name, ""))
            return [whole]
        struct, rows = _owned(struct, side)
        if part.get(BEFORE_ROW) and rows and rows[-1].length in OPEN_COUNTS:
            rows = rows[:-1]  # placeholder for the parts of a row
        if whole.count != 1:
            return [self._noted(changed(whole, struct=struct, fields=rows, size=struct.size))]
        return self._cut(whole, struct, rows)

    def _whole(self, part: Row) -> MessagePart:
        """The YAML of a part. Its own fields may contain its count."""
        kind, name = part.get("type", ""), self._name(part["part"], part["part"])
        limits = part.get("range", {})
        for one in self.known.maker.known[kind].all_fields if kind in self.known.maker.known else []:
            self.numbers.setdefault((part["part"], one.name), (self.writer, name, one.name))
        return MessagePart(
            place=part.get(AT),
            name=name,
            source=part["part"],
            said=kind or "u8",
            struct=None,
            type=kind,
            fields=[],
            field=None,
            begin=0,
            size=SCALARS[kind][0] if kind in SCALARS else 1,
            count=self.amount(part.get("count", 1)) if kind else None,
            bytes=None if kind else self.amount(part.get("count")),
            stride=self._reference(part.get("stride")),
            least=self.amount(limits.get("min")),
            max=self.amount(limits.get("max")),
            multiple_of=self.amount(limits.get("multiple-of")),
            optional=part.get("optional", False),
            reserved=part.get("reserved", False),
            unlimited="except" in limits,
            with_=next((one.name for one in condition_of(part).facts("part")), ""),
            holds=self._held(kind, part.get("values", [])),
            gate=gate(self.known.maker.scope, condition_of(part).choice),
            foreign=part.get("foreign", ""),
            by_hand=part.get("by-hand", ""),
            brief=part.get("brief", ""),
        )

    def _held(self, kind: str, rows: list[Row]) -> list[Held]:
        """Fields with a fixed value in this message."""
        fields = self.known.maker.known[kind].all_fields if rows else []
        found = [(row, _field_in(fields, row["field"])) for row in rows]
        return [Held(row["field"], one[0], self.known.values[row["value"]]) for row, one in found if one]

    def _name(self, wanted: str, source: str) -> str:
        """A unique name among the parts of the message."""
        name = wanted if wanted not in self.names else f"{source}_{wanted}"
        self.names.add(name)
        return name

    def _noted(self, one_part: MessagePart) -> MessagePart:
        """The part, whose fields references can now find."""
        for one in one_part.fields:
            self.numbers.setdefault((one_part.source, one.name), (self.writer, one_part.name, one.name))
        return one_part

    def _cut(self, whole: MessagePart, struct: Struct, rows: list[Field]) -> list[MessagePart]:
        """
        One struct: the fields before the first array of variable length, and each later field separately.
        """
        made: list[MessagePart] = []
        head = [one for one in rows if not (one.flexible or one.after)]
        if head:
            begin, end = head[0].offset, head[-1].offset + head[-1].bytes
            made.append(
                self._noted(changed(whole, struct=struct, fields=head, begin=begin, size=end - begin))
            )
        for one in rows[len(head) :]:
            inner = self.known.maker.known.get(one.type)
            name = self._name(one.name, whole.source) if head or whole.name != one.name else whole.name
            if inner and not inner.fixed and not one.array:
                made += self._cut(changed(whole, name=name, type=inner.name), inner, inner.all_fields)
            else:
                self.numbers[whole.source, one.name] = (self.writer, name, "")  # a separate part
                made.append(
                    self._field(changed(whole, name=name), one, inner if inner and inner.fixed else None)
                )
        return made

    def _field(self, whole: MessagePart, one: Field, struct: Struct | None) -> MessagePart:
        """A field as a part: bytes, numbers or structs."""
        amount: Amount = one.count or 1
        if one.flexible:
            amount = self._length(whole.source, one.length, one.plus)
        counted = struct is not None or one.type in SCALARS and not (one.array and one.element == 1)
        size = struct.size if struct else one.element
        return changed(
            whole,
            struct=struct,
            type=one.type if counted else "",
            fields=struct.fields if struct else [],
            field=one,
            begin=0,
            size=size if counted else 1,
            count=amount if counted else None,
            bytes=None if counted else amount,
            stride=None,
            least=None,
            max=None,
            multiple_of=None,
            holds=[],
            gate=one.gate or whole.gate,
            brief=one.brief,
        )

    def _length(self, source: str, said: int | str | None, plus: int | None) -> Amount:
        """The length of an array, from an earlier field of the struct or from the configuration."""
        if not isinstance(said, str) or said in OPEN_COUNTS:
            return None
        found = self._reference(said if said.startswith("config.") else f"{source}.{said}")
        return changed(found, plus=plus, text=f"{found.text} + {plus}") if found and plus else found

    def amount(self, said: int | str | None) -> Amount:
        """A number, a reference, or None for the rest."""
        return said if isinstance(said, int) else None if said == "any" else self._reference(said)

    def _reference(self, said: str | None) -> Reference | None:
        """`part.field`, `config.field`, or the name of a part that is a number."""
        if said is None:
            return None
        part, _, path = said.partition(".")
        if part == "config":
            return Reference("", "", path, said)
        first, dot, rest = path.partition(".")
        side, name, inside = self.numbers[part, first]
        return Reference(side, name, inside + dot + rest if inside else rest, said)

    def within(self, said: Row | None) -> Within | None:
        """Items that are all below an end."""
        start = self._reference(said["min"]) if said else None
        return (
            Within(start, self.amount(said.get("count", 1)), self.amount(said["max"]))
            if said and start
            else None
        )

    def spans(self, said: Row | None) -> Spans | None:
        """The number of buffers that one message may span."""
        number = self._reference(said["field"]) if said else None
        return (
            Spans(number, gate(self.known.maker.scope, condition_of(said).choice))
            if said and number
            else None
        )

    def place(self, said: str, side: str, parts: list[MessagePart]) -> FieldPlace | None:
        """
        The place STRUCT.field[.bit], in the first part that is the struct, or begins with it. A name without
        a struct: the first part with such a field, or a number part with this name.
        """
        name, dot, path = said.partition(".")
        offset: int | None = 0
        for part in parts:
            lead = "" if name in (part.source, part.said, part.type) else _lead(part.fields, name)
            found = (
                self._number(part, name)
                if not dot and part.fields
                else (None if lead is None else self._number(part, lead + path))
            )
            if found:
                width = found.width
                if side == "W" and found.flags:  # both ends see the flags of an event in its message
                    width = min(width, (found.flags & -found.flags).bit_length() - 1)
                at = None if offset is None else offset + found.at
                return changed(found, side=side, text=said, offset=at, width=width)
            offset = offset + part.least_bytes if part.fixed and offset is not None else None
        return None

    def _number(self, part: MessagePart, path: str) -> FieldPlace | None:
        """A number in a part, or some of its bits."""
        whole = FieldPlace("", part.name, path, 0, None, part.type, 0, 8 * part.size, None, None, "")
        if not path:
            return whole if part.type in SCALARS else None
        outer, _, bit = path.rpartition(".")
        for there, last in ((path, ""), (outer, bit)):
            if found := _field_in(part.fields, there):
                one, at = found
                shift, width = self._bits(one, last) if last else (0, 8 * one.element)
                return changed(
                    whole,
                    path=there,
                    at=at - part.begin,
                    type=one.type,
                    shift=shift,
                    width=width,
                    flags=self._flags(one),
                    field=one,
                )
        return None

    def _flags(self, one: Field) -> int | None:
        """The bits that are not part of a number: flags of a field that has an enum too."""
        return sum(row.value for row in self.known.groups[one.beside].rows) if one.beside else None

    def _bits(self, one: Field, name: str) -> tuple[int, int]:
        """(shift, width) of the bits with this name in a number."""
        for part in one.bits:
            if part.name == name:
                return part.shift, part.width
        values = [
            row.value
            for group in (one.enum or "").split(" or ")
            if group
            for row in self.known.groups[group].rows
            if row.name == name
        ]
        mask = 1 << values[0] if one.mask else values[0]
        shift = (mask & -mask).bit_length() - 1
        return shift, (mask >> shift).bit_length()


def _owned(struct: Struct, side: str) -> tuple[Struct, list[Field]]:
    """(the C struct, its fields that this side writes)."""
    if side == "W" and struct.tail:
        return struct.tail, struct.tail.all_fields
    if struct.out_bytes:
        return struct, [one for one in struct.fields if (one.said_dir == "in") == (side == "W")]
    return struct, struct.all_fields


def _lead(fields: list[Field], name: str) -> str | None:
    """
    The names on the path to the struct of this name with which these fields begin; None if they begin with
    another one.
    """
    if not fields or fields[0].nested is None or fields[0].array:
        return None
    if fields[0].type == name:
        return f"{fields[0].name}."
    inside = _lead(fields[0].nested.all_fields, name)
    return None if inside is None else f"{fields[0].name}.{inside}"


def _field_in(fields: list[Field], path: str) -> tuple[Field, int] | None:
    """(field, offset) of a name with dots."""
    first, _, rest = path.partition(".")
    for one in fields:
        if one.name == first and not rest:
            return one, one.offset
        if one.name == first and (
            inner := _field_in(one.nested.all_fields if one.nested else one.members, rest)
        ):
            return inner[0], inner[1] + (one.offset if one.nested else 0)
    return None
