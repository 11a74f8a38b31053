# SPDX-License-Identifier: MIT
"""Elements that models of several kinds share: constants, enums, gates, rules, remarks, masks."""

from collections.abc import Iterable

from vwr.cname import is_document_name, snake
from vwr.model.nodes.values import Bits, Enum, Gate, Names, Rule, Value, cells
from vwr.spec.condition import said
from vwr.spec.load import Row, SpecFile
from vwr.spec.quirks import WORDS
from vwr.spec.scalars import Hex
from vwr.spec.shapes import names_of
from vwr.spec.since import AT

VERSIONS = ("legacy", "modern")
FEATURE_WORDS = 4
INT_MAX = 0x7FFFFFFF  # C11 has no enumerator above it


def remark(row: Row, *more: str | None) -> str:
    """The comment after a line: the brief, then limits, then quirks."""
    words = [row.get("brief", "Reserved." if row.get("reserved") else "").rstrip(".")]
    words += [f"in {row['unit']}"] if "unit" in row else []
    words += [f"with {gates_text(row)}"] if said(row).choice else []
    words += [f"{row['only']} only"] if "only" in row else []
    words += [word for word in more if word]
    return " ".join(["; ".join(word for word in words if word) + ".", *row.get(WORDS, [])])


def link(file: SpecFile, *path: str) -> str:
    """
    The source of an item for readers: by name, because a line number would change with every line above.
    """
    return f"{file.path} {'.'.join(path)}"


def gate(scope: dict[str, str], names: list[str]) -> Gate | None:
    """The feature that enables an item, or any of several; None if it always exists."""
    return gate_of(scope, names) if names else None


def gate_of(scope: dict[str, str], names: list[str]) -> Gate:
    """The gate of an item that has one."""
    return Gate(or_text(names), names, scope[names[0]], [scope[name] for name in names])


def versions_of(row: Row) -> list[str]:
    """The versions of the transport with this row."""
    return [v for v in VERSIONS if row.get("only", v) == v]


def constant(
    row: Row, value: int, c: str, doc: str | None = None, label: str | None = None, text: str | None = None
) -> Value:
    """One enumerator: value, C name, the specification's names, the readable name."""
    documents = [
        name
        for name in [doc, *row.get("aka", [])]
        if name and is_document_name(name) and (name is doc or name.startswith("VIRTIO_"))
    ]
    needs = said(row, "requires").rules()
    return Value(
        place=row.get(AT),
        name=row["name"],
        value=value,
        text=text or number_text(value),
        shown=shown(value),
        c=c,
        documents=documents,
        label=label or row["name"],
        remark=remark(row),
        brief=row.get("brief", ""),
        section=row.get("section"),
        since=row.get("since"),
        only=row.get("only"),
        if_text=gates_text(row) or None,
        document=doc or "",
        aka=row.get("aka", []),
        gate=single(said(row).choice),
        reserved=row.get("reserved", False),
        accept=_duty(row, "driver", "-accept"),
        offer=_duty(row, "device", "-offer"),
        insist=[side for side in ("driver", "device") if "may-fail" in row.get(side, [])],
        requires=[single(any_of) for any_of in needs],
        needs="; ".join(or_text(any_of) for any_of in needs),
        offer_with=[single(any_of) for any_of in said(row, "requires").rules("offered")],
        transports=row.get("transports", []),
    )


def _duty(row: Row, side: str, verb: str) -> str:
    """must, should or should-not: the duty of a side for a feature."""
    return next((word.removesuffix(verb) for word in row.get(side, []) if word.endswith(verb)), "")


def gates_text(row: Row) -> str:
    """The features that enable an item, as text."""
    return " and ".join(or_text(names) for names in (said(row).choice, said(row).beside) if names)


def single(names: list[str]) -> Names:
    """One name by itself."""
    return names[0] if len(names) == 1 else names


def or_text(any_of: Names) -> str:
    """An any-of list as text."""
    return any_of if isinstance(any_of, str) else " or ".join(any_of)


def enum(
    tag: str,
    rows: list[Value],
    where: str,
    section: str,
    brief: str = "",
    what: str = "value",
    title: str | None = None,
) -> Enum:
    """
    A C enum and its name table; `what` is the specification's word for its numbers (bit, value, offset).
    """
    return Enum(
        None,
        tag,
        f"{tag}_names",
        rows,
        [row for row in rows if row.value <= INT_MAX],
        [row for row in rows if row.value > INT_MAX],
        where,
        section,
        brief,
        what,
        title or tag,
        title or tag,
        title or tag,
    )


def feature_words(bits: Iterable[int]) -> list[str]:
    """Feature bits as 32-bit words."""
    words = [0] * FEATURE_WORDS
    for bit in bits:
        words[bit // 32] |= 1 << bit % 32
    return [hex_text(word) for word in words]


def rules(rows: list[Value], key: str, scope: dict[str, str]) -> list[Rule]:
    """One row for each any-of list: the feature and those of which it requires one."""
    return [
        Rule(row.c, row.name, names, cells([scope[name] for name in names]))
        for row in rows
        for names in map(names_of, getattr(row, key))
    ]


def number_text(value: int) -> str:
    """A readable C constant; hexadecimal if it does not fit an int, or if the spec has it so."""
    return hex_text(value) if value > INT_MAX else shown(value)


def shown(value: int) -> str:
    """A number for a page: hexadecimal if the spec has it so."""
    return f"0x{value:x}" if isinstance(value, Hex) else str(value)


def hex_text(value: int, digits: int = 8) -> str:
    """A C constant with its register's or field's width."""
    return f"0x{value:0{digits}x}" + ("ULL" if value > 0xFFFFFFFF else "u")


def bits_of(
    row: Row, c: str, bits_wide: int, tags: dict[str, str] | None = None, register: str = ""
) -> list[Bits]:
    """Masks of the bit fields of a register or field, shifted; `tags` are the names of groups in comments."""
    digits = bits_wide // 4
    return [
        Bits(
            place=bit.get(AT),
            name=bit["name"],
            c=f"{c}_{snake(bit['name']).upper()}",
            shift=bit["shift"],
            width=bit["width"],
            mask=hex_text((1 << bit["width"]) - 1 << bit["shift"], digits),
            if_text=gates_text(bit) or None,
            enum=bit.get("enum"),
            brief=bit.get("brief", ""),
            remark=remark(bit, (tags or {}).get(bit.get("enum"))),
            register=register,
        )
        for bit in row.get("bits", [])
        if not bit.get("reserved")
    ]
