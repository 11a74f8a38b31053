# SPDX-License-Identifier: MIT
"""The numbers in the fixed layout of one side of a message, with those that a selector chooses."""

from collections.abc import Iterator
from typing import NamedTuple

from vwr.cname import RESERVED_WORDS, member
from vwr.model.nodes import changed
from vwr.model.nodes.ends import Chosen, Leaf, Side, View
from vwr.model.nodes.files import Device
from vwr.model.nodes.messages import Message, MessagePart
from vwr.model.nodes.structs import Field
from vwr.model.nodes.values import Value
from vwr.model.structs import SCALARS

OURS = frozenset(
    ("a", "c", "d", "m", "r", "s", "v", "w", "x", "i", "n", "call", "row", "written")
)  # names in generated functions


def member_of(name: str) -> str:
    """
    The name of a member or a parameter, which is neither a word of C nor another name in a generated
    function.
    """
    made = member(name)
    return f"{made}_" if made in RESERVED_WORDS | OURS else made


def path_in_c(part: str, path: str) -> str:
    """A number of a part as C names it."""
    return ".".join(one for one in (member_of(part), path) if one)


class _Around(NamedTuple):
    """
    What is around some fields: the paths in the description and in C, the offset, whether C has bytes there, the
    choices that select them, and what their names begin with.
    """

    side: str
    part: MessagePart
    said: str
    path: str
    base: int
    loose: bool = False
    when: tuple[Chosen, ...] = ()
    lead: str = ""


class Leaves:
    """Makes the leaves of one message."""

    def __init__(self, device: Device, message: Message) -> None:
        self.message = message
        self.groups = {group.name: group for group in device.enums}

    def of_part(self, side: str, part: MessagePart, at: int) -> Iterator[Leaf]:
        """Those of one part, at an offset."""
        path = member_of(part.name)
        around = _Around(side, part, "", path, at - part.begin)
        if part.struct and part.count == 1:
            yield from self.of_fields(part.fields, around)
            return
        width = SCALARS[part.type][0] if part.type in SCALARS and not part.struct else 1
        count = part.least_bytes // width
        kind = "number" if part.type and count == 1 and not part.struct else _kind(width)
        order = "u8" if part.struct else part.type[:2]
        ctype = f"uint{8 * width}_t"
        leaf = Leaf(path, path, at, part.least_bytes, kind, width, order, count, ctype, part.brief)
        yield leaf if part.struct else self._fixed(around, leaf)

    def of_item(self, part: MessagePart) -> list[Leaf]:
        """Those of one element of an array of structs."""
        return list(self.of_fields(part.fields, _Around("W", part, "", "", 0)))

    def of_fields(self, fields: list[Field], around: _Around) -> Iterator[Leaf]:
        """Those of some fields."""
        for one in fields:
            if not one.reserved:
                yield from self._of_field(fields, one, around)

    def _of_field(self, fields: list[Field], one: Field, around: _Around) -> Iterator[Leaf]:
        path = around.path if one.unnamed else ".".join(filter(None, (around.path, one.name)))
        if one.nested and not one.array:
            yield from self.of_fields(one.nested.all_fields, _inside(around, one, path))
        elif self._selects(fields, one):
            yield from self._selected(fields, one, around, path)
        else:
            kind = "number" if not one.array and not one.members else _kind(one.element)
            if one.members or one.nested:
                kind, width, order, count = "bytes", 1, "u8", one.bytes
            else:
                width, order, count = one.element, one.type[:2], one.count or 1
            ctype, at = f"uint{8 * width}_t", around.base + one.offset
            name = f"{around.lead}{one.name or 'u'}"
            leaf = Leaf(name, path, at, one.bytes, kind, width, order, count, ctype, one.brief)
            yield changed(
                self._fixed(around, leaf, one.name),
                loose=around.loose,
                when=around.when,
                views=tuple(self._views(one, around)) if one.members else (),
            )

    # selected members

    def _selects(self, beside: list[Field], one: Field) -> bool:
        """Whether a number beside a union or bytes, or the message itself, selects a member."""
        return bool(one.by) and bool(_field_in(beside, one.by) or self._of_message(one.by))

    def _selected(self, beside: list[Field], one: Field, around: _Around, path: str) -> Iterator[Leaf]:
        """
        Those of the member that the message selects, if it selects one. If only a number in it does, those of every
        member, which exist while the number selects it.
        """
        known = self._known(beside, one.by, around)
        for member_, choice in self._choices(beside, one, around):
            if known is None or choice.holds(known):
                inside = around._replace(
                    said=f"{around.said}{one.name}.",
                    path=path,
                    loose=around.loose or bool(one.contains),
                    when=around.when if known is not None else (*around.when, choice),
                )
                yield from self._of_field([], member_, inside)

    def _choices(self, beside: list[Field], one: Field, around: _Around) -> list[tuple[Field, Chosen]]:
        """The members of a union, or the structs in bytes, with the choice that selects each."""
        listed = one.members or one.contains
        path = ".".join(filter(None, (around.path, one.by)))
        named = self._values(beside, one.by)
        values = {member_.name: [named[name] for name in member_.is_ if name in named] for member_ in listed}
        every = [value for some in values.values() for value in some]
        return [(member_, Chosen(path, values[member_.name] or every, not member_.is_)) for member_ in listed]

    def _values(self, beside: list[Field], by: str) -> dict[str, Value]:
        """The values of a selector, by name."""
        field = _field_in(beside, by) or self._of_message(by)
        groups = (field.enum or "").split(" or ") if field else []
        return {row.name: row for group in groups if group for row in self.groups[group].rows}

    def _of_message(self, by: str) -> Field | None:
        """The field STRUCT.FIELD that distinguishes messages."""
        return next((one.field for one in self.message.select if one.text == by), None)

    def _known(self, beside: list[Field], by: str, around: _Around) -> int | None:
        """The number that selects a member, if it is the same whenever this message is sent."""
        if not _field_in(beside, by):
            return next(
                (value for one, value in zip(self.message.select, self.message.values) if one.text == by),
                None,
            )
        said = around.said + by
        for place, value in zip(self.message.select, self.message.values):
            if (place.side, place.part, place.path) == (around.side, around.part.name, said):
                return value
        return next((held.value.value for held in around.part.holds if held.path == said), None)

    def _views(self, union: Field, around: _Around) -> Iterator[View]:
        """The members of a union, but for bytes, each from its start on."""
        struct, said = around.part.struct, f"{around.said}{union.name}"
        for one in union.members:
            inside = _Around(around.side, around.part, f"{said}.", "", -union.offset, True)
            leaves = list(self._of_field([], one, inside))
            if struct and (one.nested or any(leaf.kind != "bytes" for leaf in leaves)):
                c = f"{struct.c}_{said.replace('.', '_')}_{one.name}"
                brief = (
                    f"{one.brief} From and to the bytes of `{union.name}`; nothing in a message selects it."
                )
                yield View(c, brief, Side([], one.bytes, 0, leaves, []))

    # fixed values

    def _fixed(self, around: _Around, leaf: Leaf, name: str = "") -> Leaf:
        """The leaf. The caller does not set a selector, the status, or a field with a fixed value."""
        row, here = self.message, (around.side, around.part.name, around.said + name)
        for place, value in zip(row.select, row.values):
            if (place.side, place.part, place.path) == here:
                mask = (1 << place.width) - 1 << place.shift
                others = (
                    [bits for bits in place.field.bits if bits.shift != place.shift] if place.field else []
                )
                whole = place.width == 8 * leaf.width or (place.field and place.field.bits and not others)
                return changed(leaf, fixed=f"0x{value << place.shift:x}u", mask=0 if whole else mask)
        for held in around.part.holds:
            if held.path == here[2]:
                return changed(leaf, fixed=held.value.c)
        status = row.status
        if status and here == ("W", status.part, status.path):
            return changed(leaf, fixed="0")
        return leaf


def _kind(width: int) -> str:
    """The kind of an array."""
    return "bytes" if width == 1 else "numbers"


def _inside(around: _Around, one: Field, path: str) -> _Around:
    """What is around the fields of a struct."""
    return around._replace(
        said=f"{around.said}{one.name}.",
        path=path,
        base=around.base + one.offset,
        lead=f"{around.lead}{one.name}_" if around.when else "",
    )


def _field_in(fields: list[Field], path: str) -> Field | None:
    """The field with a name with dots."""
    first, _, rest = path.partition(".")
    found = next((one for one in fields if one.name == first), None)
    if found is None or not rest:
        return found
    return _field_in(found.nested.all_fields, rest) if found.nested else None
