# SPDX-License-Identifier: MIT
"""What reference pages say besides words: links to what stands elsewhere, and pictures of bits."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from vwr.model.nodes.files import Model
from vwr.model.nodes.messages import MessagePart
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Bits, Enum
from vwr.spec.load import NodePath

_WORD = re.compile(r"[\w.]+")
_DOCUMENT = re.compile(r"([\w.]+)(?: \((.*)\))?")  # a struct, or a part of one: virtio_blk_req (status)
WIDEST = 100  # columns of a picture; what is wider is drawn in several rows


@cache
def anchor(heading: str) -> str:
    """Where a heading is found, as Markdown's readers make it: small letters, `-` for a blank, no other signs."""
    return "#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def struct_heading(s: Struct) -> str:
    """The heading above a struct."""
    return f"struct {s.documents[0] if s.documents else s.name}"


def c_names(row: Any) -> str:
    """The name of a row in C, and below it those of the specification, which readers search for."""
    document = [row.document] if row.document.isidentifier() else []
    return "<br>".join(f"`{name}`" for name in dict.fromkeys([row.c, *document, *row.documents]))


@lru_cache(maxsize=1)
def _constants(m: Model) -> dict[str, Any]:
    """The row of each enumerator of a page."""
    return {row.c: row for e in m.enums for row in e.rows}


def names_of_c(c: str, m: Model) -> str:
    """The names of an enumerator that a row of another form has."""
    row = _constants(m).get(c)
    return c_names(row) if row else f"`{c}`"


def struct_names(s: Struct) -> str:
    """The name of a struct in C, and its name in the specification if there is one."""
    said = _DOCUMENT.fullmatch(s.documents[0] if s.documents else s.document)
    if not said or said[1] == s.c:
        return f"`struct {s.c}`"
    return f"`struct {s.c}` (`{said[1]}` in the specification{', ' + said[2] if said[2] else ''})"


def values_heading(e: Enum) -> str:
    """The heading above a group of values."""
    return f"Values of {e.title.rpartition('.')[2]}"


@lru_cache(maxsize=1)  # a page is filled in at once
def _structs(m: Model) -> dict[str, str]:
    """{name: anchor} of those that have a heading of their own."""
    listed = getattr(m, "inner", m.structs) if m.kind == "device" else m.structs
    found = {s.name: anchor(struct_heading(s)) for s in listed if not s.registers}
    return found | {block.name: anchor(block.name) for block in getattr(m, "blocks", []) if block.struct}


def typed(f: Field, text: str, m: Model) -> str:
    """The type of a field, with a link if it is a struct of the page."""
    place = _structs(m).get(f.type) if f.type in text else None
    return text.replace(f.type, f"[{f.type}]({place})", 1) if place else text


def part_linked(part: MessagePart, m: Model) -> str:
    """A part of a message: the struct that it is has a link."""
    place = _structs(m).get(part.struct.name) if part.struct else None
    if not part.struct or not place:
        return part.words
    links = {part.struct.name: f"[{part.struct.name}]({place})"}
    return _WORD.sub(lambda word: links.pop(word[0], word[0]), part.words)


def group_linked(name: str, m: Model) -> str:
    """A group of values."""
    found = [
        anchor(values_heading(e))
        for e in m.enums
        if e.title.rpartition(".")[2] == name and e.kind != "messages"
    ]
    return f"[{name}]({found[0]})" if len(found) == 1 else name


def value_linked(name: str, m: Model) -> str:
    """A value of a group of the page, if it is in one alone."""
    found = [e for e in m.enums if e.kind != "messages" and any(row.name == name for row in e.rows)]
    return f"[{name}]({anchor(values_heading(found[0]))})" if len(found) == 1 else name


def gate_linked(text: str | None, m: Model) -> str:
    """Features: the page's own, or else the reserved ones."""
    if not text:
        return ""
    own = {row.name for row in m.features.rows} if m.features else set[str]()
    place = lambda name: "#features" if name in own else "features.md"
    return re.sub(r"\b[A-Z][A-Z0-9_]+\b", lambda word: f"[{word[0]}]({place(word[0])})", text)


@lru_cache(maxsize=1)
def _clauses(m: Model) -> dict[NodePath, list[str]]:
    """The ids of the clauses by the path of the row that says them."""
    found = defaultdict[NodePath, list[str]](list)
    for one in m.clauses:
        if one.place and one.id not in found[one.place.path]:
            found[one.place.path].append(one.id)
    return found


def clauses_of(node: Any, m: Model) -> str:
    """The clauses that a row says, behind its words."""
    place = getattr(node, "place", None)
    ids = _clauses(m).get(place.path) if place else None
    return f" Clauses: {', '.join(f'[{one}](#clauses)' for one in ids)}." if ids else ""


class _Part(NamedTuple):
    """A value that is bits of its number."""

    name: str
    shift: int
    width: int


def flags_picture(e: Enum) -> str:
    """Of a group of flags, up to the highest: how wide the number is, the field says that has them."""
    parts = [
        _Part(row.name, (row.value & -row.value).bit_length() - 1, row.value.bit_count())
        for row in e.rows
        if row.value > 0
    ]
    if any(
        row.value > 0 and row.value >> part.shift != (1 << part.width) - 1
        for row, part in zip((row for row in e.rows if row.value > 0), parts)
    ):
        return ""  # bits that do not follow each other
    return picture(parts, max((part.shift + part.width for part in parts), default=0))


class _Cell(NamedTuple):
    name: str
    bits: str

    @property
    def width(self) -> int:
        return max(len(self.name), len(self.bits)) + 2


def _cells(bits: Sequence[Bits | _Part], width: int) -> Iterator[_Cell]:
    """From the highest bit on; what no part has is empty."""
    at = width
    for one in [*sorted(bits, key=lambda one: -one.shift), None]:
        top = one.shift + one.width if one else 0
        if top < at:
            yield _Cell("", _range(top, at - top))
        if one:
            yield _Cell(one.name, _range(one.shift, one.width))
            at = one.shift


def _range(shift: int, width: int) -> str:
    return str(shift) if width == 1 else f"{shift + width - 1}…{shift}"


def picture(bits: Sequence[Bits | _Part], width: int) -> str:
    """The parts of a number of `width` bits, the highest at the left; nothing if they overlap."""
    taken = [at for one in bits for at in range(one.shift, one.shift + one.width)]
    if not bits or len(set(taken)) < len(taken):
        return ""
    rows: list[list[_Cell]] = [[]]
    for cell in _cells(bits, width):
        if rows[-1] and sum(one.width + 1 for one in rows[-1]) + cell.width > WIDEST:
            rows.append([])
        rows[-1].append(cell)
    return "```text\n" + "\n".join(line for row in rows for line in _drawn(row)) + "\n```"


def _drawn(row: Iterable[_Cell]) -> list[str]:
    cells = list(row)
    rule = "+" + "+".join("-" * cell.width for cell in cells) + "+"
    return [
        " " + " ".join(f"{cell.bits:^{cell.width}}" for cell in cells).rstrip(),
        rule,
        "|" + "|".join(f"{cell.name:^{cell.width}}" for cell in cells) + "|",
        rule,
    ]


def filters() -> dict[str, Any]:
    """What templates call."""
    return {
        "typed": typed,
        "part_linked": part_linked,
        "group_linked": group_linked,
        "value_linked": value_linked,
        "gate_linked": gate_linked,
        "picture": picture,
        "flags_picture": flags_picture,
        "struct_heading": struct_heading,
        "c_names": c_names,
        "names_of_c": names_of_c,
        "struct_names": struct_names,
        "clauses_of": clauses_of,
    }
