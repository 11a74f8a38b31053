# SPDX-License-Identifier: MIT
"""Rust source text of a model, with the specification's own names."""

import textwrap

from vwr.generate.standalone import Names, standalone
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Value
from vwr.model.structs import SCALARS

WIDTH = 100
# Words that are reserved and that C and C++ do not reserve.
_RESERVED = frozenset(
    "abstract as async await become box crate dyn final fn gen impl in let loop macro match mod move mut override priv pub ref"
    " self static super trait try type unsized unsafe use where yield".split()
)
_NUMBERS = {ctype: name.replace("le", "Le").replace("be", "Be") for name, (_, ctype) in SCALARS.items()}


def filters() -> dict[str, object]:
    """For templates."""
    return {
        "rust_doc": doc,
        "rust_name": name,
        "rust_type": type_,
        "rust_number": number,
        "rust_kind": kind,
        "rust_layout": layout,
    }


def doc(text: str, indent: int = 0, mark: str = "///") -> str:
    """A comment of an item above it. Brackets are text, not links."""
    lead = " " * indent + mark
    plain = text.strip().replace("[", "\\[").replace("]", "\\]").replace("<", "\\<").replace("*", "\\*")
    return "\n".join(f"{lead} {line}" for line in textwrap.wrap(plain, WIDTH - len(lead) - 1))


def name(word: str) -> str:
    """A member's name."""
    return f"r#{word}" if word in _RESERVED else word


def layout(struct: Struct, own: str) -> str:
    """The assertion of a size and of offsets, but of an array without elements."""
    rows = [f"{name(one.name)} {one.offset}" for one in struct.fields if not one.flexible]
    head = f"layout!({'partial ' if _is_partial(struct.fields, struct.size) else ''}{own}, {struct.size}"
    whole = ", ".join([head, *rows]) + ");"
    if len(whole) <= WIDTH:
        return whole
    # A space inside a row must not become the end of a line.
    lines = textwrap.wrap(", ".join(row.replace(" ", "~") for row in rows), WIDTH - 4)
    inner = [f"    {line}".replace("~", " ") for line in lines]
    return "\n".join([f"{head},", *inner, ");"])


def _is_partial(fields: list[Field], size: int) -> bool:
    """
    Whether some bytes may have no value: padding, or the end of a union whose members differ in size. Also in
    a structure inside.
    """
    return sum(one.bytes for one in fields) < size or any(
        len({member.bytes for member in one.members}) > 1
        or any(_is_partial([member], member.bytes) for member in one.members)
        or (one.nested is not None and _is_partial(one.nested.fields, one.nested.size))
        for one in fields
    )


def kind(value: int) -> str:
    """The type of a constant."""
    return "i32" if value < 0 else "u32" if value < 1 << 32 else "u64"


def number(row: Value) -> str:
    """A constant's type and value; the value is decimal or hexadecimal as in C."""
    return f"{kind(row.value)} = {hex(row.value) if 'x' in row.text else row.value}"


def type_(field: Field, names: Names, owner: str) -> str:
    """The type of a member; a union without a name is named after its place."""
    if field.members:
        kind = f"{owner}_{field.name}"
    else:
        kind = _NUMBERS.get(field.ctype) or standalone(field.ctype, names).removeprefix("struct ")
    return f"[{kind}; {field.count or 0}]" if field.brackets else kind
