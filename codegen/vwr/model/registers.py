# SPDX-License-Identifier: MIT
"""
Model of register blocks: one row for each register, two for a 64-bit register, and the calls that access
them. A block is the file's own, or a struct of registers.
"""

from dataclasses import dataclass, field
from typing import Any

from vwr.cname import const_name, document_const, ident
from vwr.model import device
from vwr.model.nodes import changed
from vwr.model.nodes.files import Registers
from vwr.model.nodes.registers import Accessor, Block, Capability, DecodeLine, Named, Register, Version
from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Value
from vwr.model.parts import (
    VERSIONS,
    bits_of,
    constant,
    enum,
    gate,
    hex_text,
    link,
    number_text,
    remark,
    shown,
    versions_of,
)
from vwr.sentence import joined
from vwr.spec.condition import ALWAYS, Condition, said
from vwr.spec.load import Row, SpecFile
from vwr.spec.quirks import without_words
from vwr.spec.shapes import WIDTHS, Known, at
from vwr.spec.since import AT

_HIGH = ("High", "_high")
_ACCESS = {"R": ["VWR_READ"], "W": ["VWR_WRITE"], "RW": ["VWR_READ", "VWR_WRITE"]}


@dataclass(frozen=True)
class _Source:
    """The source of the rows of a block. `names` are the prefix of its registers' names in C."""

    file: SpecFile
    names: tuple[str, ...]
    rows: dict[str, Row]
    scope: dict[str, str]
    status: dict[str, list[str]]
    values: dict[str, Value] = field(default_factory=dict)

    def c(self, *more: str) -> str:
        """A constant of the block."""
        return const_name(*self.names, *more)

    def halves(self, row: Row) -> list[tuple[str, int]]:
        """The registers of a row: a 64-bit register is two of 32 bits, low first."""
        at = row["at"]
        if WIDTHS.get(row.get("type", "")) == 8:
            return [("_low", at), ("_high", at + 4)]
        return [("", at)] if isinstance(at, int) else list(zip(("Low", "High"), at))

    def width(self, row: Row) -> int:
        """Bits of one access."""
        return min(32, 8 * WIDTHS[row["type"]]) if "type" in row else int(self.file.data["width"])

    def bytes(self, row: Row) -> int:
        """Length of a register, of its half, or of a window."""
        return int(row.get("size", self.width(row) // 8 * row.get("count", 1)))

    def reg(self, name: str | None) -> str:
        """The enumerator of a register that another one names; for a 64-bit register that of its low half."""
        return self.c("REG", name + self.halves(self.rows[name])[0][0]) if name else "VWR_REGISTER_NONE"

    def number(self, said: int | str) -> tuple[int, str]:
        """The value of a register, and its text in C: for a name that of the file's constant."""
        return (
            (self.values[said].value, self.values[said].c)
            if isinstance(said, str)
            else (said, number_text(said))
        )


def _when(row: Row, version: str) -> Condition:
    """The condition for an access, in a version."""
    legacy = said(row.get("legacy", {}), "when") if version == "legacy" else ALWAYS
    return legacy or said(row, "when")


def _masks(row: Row, status: dict[str, list[str]], so: bool) -> tuple[list[str], list[list[str]]]:
    """Status masks for the legacy and the modern version, without bits that a version lacks."""
    masks = []
    for version in VERSIONS:
        here, names = versions_of(row), _when(row, version).named(so)
        masks.append([name for name in names if version in here and version in status[name]])
    return [" | ".join(const_name("STATUS", name) for name in mask) or "0" for mask in masks], masks


def _when_words(row: Row) -> str:
    """The condition for a write, as text."""
    when, legacy = said(row, "when"), said(row.get("legacy", {}), "when")
    are = lambda names, state: f"{joined(names)} {'is' if len(names) == 1 else 'are'} {state}"
    words = [are(when.named(so), state) for so, state in ((True, "set"), (False, "clear")) if when.named(so)]
    words += [f"in legacy {joined(legacy.named())} is enough"] if legacy else []
    words += [f"{fact.name} is {fact.value}" for fact in when.facts("register")]
    return "; ".join(words)


def _idle_names(source: _Source, row: Row) -> list[str | None]:
    """For each version the register that must read 0 for a write, or None."""
    named = lambda version: (
        [fact.name for fact in _when(row, version).facts("register")] if "W" in row["dir"] else []
    )
    return [
        next((name for name in named(version) if version in versions_of(source.rows[name])), None)
        for version in VERSIONS
    ]


def _reset(source: _Source, row: Row, suffix: str) -> str:
    """The value of a register, or of one half, after a reset."""
    if "value" in _constant_keys(row) and not suffix:
        return source.c(row["name"], "VALUE")
    value, text = source.number(row.get("value", row.get("reset", 0)))
    return number_text(_half(value, suffix)) if suffix else text


def _half(value: int, suffix: str) -> int:
    """The part of a number in a register, or in one half."""
    return value if not suffix else value >> 32 if suffix in _HIGH else value & 0xFFFFFFFF


def _multiple_of(row: Row) -> list[tuple[int, str]]:
    """Numbers, and the feature whose offer selects each."""
    listed = at(row, "range", "multiple-of") or []
    return [(one["value"], _offered(one)) for one in listed] if isinstance(listed, list) else [(listed, "")]


def _offered(row: Row) -> str:
    """The feature with which a number applies, or ""."""
    return "".join(fact.name for fact in said(row).facts("offered"))


def _more_words(source: _Source, row: Row, suffix: str) -> str:
    """Sentences about a register's other properties."""
    name, done, limits = row["name"], row.get("done", {}), row.get("range", {})
    does = row.get("behaviour", [])
    by_feature = lambda said: by_feature_words(said) if isinstance(said, list) else str(said)
    text = lambda key, row=row: (
        row[key]
        if isinstance(row[key], str)
        else (_reset(source, row, suffix) if key == "reset" else shown(row[key]))
    )
    groups = [row[key] for key in ("enum", "flags") if key in row]
    words = [
        f"Value: {groups[0]}." if groups else "",
        f"Always {row['value']}." if isinstance(row.get("value"), str) else "",
        f"Never {text('except', limits)}." if "except" in limits else "",
        (
            (
                "Its maximum is its value after a reset."
                if limits["max"] == name
                else f"At most {limits['max']}."
            )
            if "max" in limits
            else ""
        ),
        f"At least {limits['min']}." if "min" in limits else "",
        "0 or a power of 2." if "power-of-two" in limits else "",
        f"0 or a multiple of {by_feature(limits['multiple-of'])}." if "multiple-of" in limits else "",
        f"The driver writes only {' or '.join(map(str, row['values']))}." if "values" in row else "",
        "Written once until a reset." if "write-once" in does else "",
        f"Clears bits of {row['clears']}." if "clears" in row else "",
        "A read sets it to 0." if "cleared-by-read" in does else "",
        (
            f"{text('failed')} if the device could not perform the write: the driver reads it back."
            if "failed" in row
            else ""
        ),
        (
            f"After {done['value']} the driver waits until {' and '.join(f'{one.name} reads {one.value}' for one in said(done, 'when').facts('register'))}."
            if done
            else ""
        ),
        f"{text('reset')} after a reset." if "reset" in row else "",
        (
            f"{text('absent')} if there is none."
            if "absent" in row and "absent" not in _constant_keys(row)
            else ""
        ),
        "A reset does not change it." if "kept" in does else "",
        f"Accesses of {', '.join(map(str, row['width']))} bits." if "width" in row else "",
    ]
    return "".join(f" {word}" for word in words if word)


def by_feature_words(rows: list[Row]) -> str:
    """Numbers of which the first whose feature is offered applies, as text."""
    return ", else ".join(
        f"{row['value']} if {_offered(row)} is offered" if "if" in row else str(row["value"]) for row in rows
    )


def _row(source: _Source, row: Row, suffix: str, offset: int) -> Register:
    """One row of the decode table."""
    name = row["name"] + suffix
    number = lambda key: source.number(row[key])[0] if key in row else None
    must_set, set_names = _masks(row, source.status, True)
    must_clear, clear_names = _masks(row, source.status, False)
    half = lambda key: _half(source.number(row[key])[0], suffix) if key in row else None
    idle, done = _idle_names(source, row), row.get("done", {})
    does = row.get("behaviour", [])
    widths = row.get("width", [source.width(row)])
    c = (
        f"{source.c(row['name'])} + 4"
        if suffix == "_high"
        else source.c(row["name"] if "type" in row else name)
    )
    return Register(
        place=row.get(AT),
        name=name,
        register=row["name"],
        c=c,
        offset=offset,
        reg=source.c("REG", name),
        bytes=source.bytes(row),
        access=" | ".join(_ACCESS[row["dir"]]),
        dir=row["dir"],
        versions=versions_of(row),
        widths=" | ".join(str(width // 8) for width in widths),
        widths_list=widths,
        bank=source.reg(row.get("bank")),
        bank_name=row.get("bank"),
        gate=gate(source.scope, said(row).choice),
        must_set=must_set,
        must_clear=must_clear,
        set_names=set_names,
        clear_names=clear_names,
        idle=[source.reg(name) for name in idle],
        idle_names=idle,
        reset=_reset(source, row, suffix),
        reset_value=half("reset"),
        absent=half("absent"),
        power_of_two=at(row, "range", "power-of-two") or False,
        multiple_of=_multiple_of(row),
        kept="kept" in does,
        read_clears="cleared-by-read" in does,
        write_once="write-once" in does,
        value=number("value"),
        brief=row.get("brief", ""),
        since=row.get("since"),
        only=row.get("only"),
        unit=row.get("unit"),
        aka=[aka + suffix for aka in row.get("aka", [])],
        max=at(row, "range", "max"),
        min=at(row, "range", "min"),
        writes=row.get("values", []),
        never=source.number(never)[0] if (never := at(row, "range", "except")) is not None else None,
        failed=number("failed"),
        done_after=done.get("value"),
        done_names=[fact.name for fact in said(done, "when").facts("register")],
        done_values=[int(fact.value) for fact in said(done, "when").facts("register")],
        clears=row.get("clears"),
        when_words=_when_words(row),
        remark=remark(without_words(row) if suffix in _HIGH else row, row["dir"]),
        more_words=_more_words(source, row, suffix),
    )


def _accessors(source: _Source, row: Row) -> list[Accessor]:
    """Calls for one register: none to read a write-only one, none to write a read-only one."""
    infix = [row["only"]] if "only" in row else []
    halves, width = source.halves(row), source.width(row)
    kinds = {"R": ["get"], "W": ["set"], "RW": ["get", "set"]}[row["dir"]]
    offsets = [source.c(row["name"] + suffix) for suffix, _ in halves]
    return [
        Accessor(
            place=row.get(AT),
            c=ident(*source.names, *infix, verb, row["name"]),
            verb=verb,
            register=row["name"],
            bank=source.c(row["bank"]) if "bank" in row else None,
            wide=len(halves) == 2,
            width=width,
            ctype=f"uint{width * len(halves)}_t",
            offset=offsets[0],
            high=offsets[-1],
            remark=remark(without_words(row)),
        )
        for verb in kinds
    ]


def _constant_keys(row: Row) -> list[str]:
    """Constants for numbers of a register that have no name, in the file's own block."""
    return [key for key in ("value", "absent") if isinstance(row.get(key), int) and "type" not in row]


def _constants(source: _Source, row: Row) -> list[Named]:
    """Values that the specification gives for a register without a name."""
    c, out, keys = source.c(row["name"]), [], _constant_keys(row)
    if "value" in keys:
        out.append(Named(row.get(AT), f"{c}_VALUE", hex_text(row["value"]), row.get("brief", "")))
    if "absent" in keys:
        out.append(
            Named(
                row.get(AT),
                f"{c}_ABSENT",
                hex_text(row["absent"]),
                f"Value of {row['name']} if there is none.",
            )
        )
    return out


def _decode(rows: list[Register], size: int, step: int) -> list[DecodeLine]:
    """The register of each word of the block, as lines of up to four equal words."""
    words = ["VWR_REGISTER_NONE"] * (size // step)
    for row in rows:
        for word in range(row.offset // step, (row.offset + row.bytes) // step):
            words[word] = row.reg
    lines, start = [], 0
    while start < len(words):
        end = start + 1
        while end < len(words) and end < start + 4 and words[end] == words[start]:
            end += 1
        lines.append(DecodeLine(f"0x{start * step:03x}", words[start:end]))
        start = end
    return lines


def _offsets(file: SpecFile, rows: list[Register]) -> list[Value]:
    """The enum of offsets, with older names of the specification as aliases."""
    out = []
    for row in rows:
        names = [document_const(file.name, name) for name in [row.name, *row.aka]]
        entry = constant({AT: row.place, "name": row.name}, row.offset, row.c, text=f"0x{row.offset:03x}")
        out.append(changed(entry, documents=names, remark=row.remark, only=row.only, since=row.since))
    return out


def _block(source: _Source, struct: Struct | None) -> Block:
    """
    A block. A block that is a struct contains its bit fields, and has no calls: its capability defines the
    addresses.
    """
    file, data = source.file, source.file.data
    listed = [row for row in source.rows.values() if not (row.get("reserved") and struct)]
    rows = [_row(source, row, suffix, offset) for row in listed for suffix, offset in source.halves(row)]
    banks = {row.get("bank") for row in listed}
    plain = [row for row in listed if row["name"] not in banks and not row.get("reserved")]
    size = (
        struct.size if struct else data.get("size", max((row.offset + row.bytes for row in rows), default=0))
    )
    word = 1 if struct else data["width"] // 8
    own = [] if struct else plain
    return Block(
        place=struct.place if struct else None,
        name=struct.name if struct else "",
        title=file.name,
        brief=struct.brief if struct else data["brief"],
        section=struct.section if struct else data["section"],
        registers=rows,
        accessors=[a for row in own if "size" not in row for a in _accessors(source, row)],
        areas=[
            Named(
                row.get(AT),
                ident(*source.names, row["name"]),
                source.c(row["name"]),
                remark(without_words(row)),
            )
            for row in own
            if "size" in row
        ],
        constants=[c for row in listed for c in _constants(source, row)],
        bits=[
            bit
            for row in listed
            for bit in bits_of(row, source.c(row["name"]), source.width(row), register=row["name"])
        ],
        size=size,
        length=f"sizeof(struct {struct.c})" if struct else source.c("SIZE"),
        count_c=source.c("REG_COUNT"),
        reg_tag=ident(*source.names, "reg"),
        table=ident(*source.names, "registers"),
        decode=_decode(rows, size, word),
        decode_c=ident(*source.names, "register_at"),
        word=word,
        struct=struct,
        in_c=not struct or struct.name not in [row["type"] for row in data.get("capabilities", [])],
    )


def _rows_of(struct: Row, known: Known) -> dict[str, Row]:
    """
    The registers of a struct by name. Registers of a struct that a version lacks are absent in that version.
    """
    only = {"only": struct["only"]} if "only" in struct else {}
    return {name: {**only, **row, "name": name} for name, row in known.registers(struct)}


def _capabilities(file: SpecFile, values: dict[str, Value]) -> list[Capability]:
    """Capabilities, and the start of the structures that they locate."""
    words = lambda said: by_feature_words(said) if isinstance(said, list) else str(said or "")
    return [
        Capability(
            place=row.get(AT),
            name=row["name"],
            constant=values[row["name"]].c,
            struct=row["type"],
            place_name=row.get("part", ""),
            align=words(row.get("align")),
            least=at(row, "range", "min") or 0,
            multiple_of=at(row, "range", "multiple-of") or 0,
            since=row.get("since"),
            only=row.get("only"),
            brief=row["brief"],
        )
        for row in file.data.get("capabilities", [])
    ]


def build(file: SpecFile, reserved: dict[str, str], status: dict[str, list[str]], **common: Any) -> Registers:
    """The model of a transport. `status` lists the versions with each status bit."""
    data, made, known = file.data, device.build_structs(file, reserved, **common), Known(file)
    values = {row.name: row for row in [*made.numbers, *(row for e in made.enums for row in e.rows)]}
    structs = {s.name: s for s in made.structs}
    own = {row["name"]: row for row in data.get("registers", [])}
    blocks = [_block(_Source(file, (file.name,), own, reserved, status, values), None)] if own else []
    blocks += [
        _block(
            _Source(file, (file.name, row["name"]), _rows_of(row, known), reserved, status, values),
            structs[row["name"]],
        )
        for row in data.get("structs", [])
        if row.get("registers")
    ]
    offsets = (
        [
            changed(
                enum(
                    ident(file.name, "offset"),
                    _offsets(file, blocks[0].registers),
                    link(file, "registers"),
                    data["section"],
                    what="offset",
                    title="registers",
                ),
                table=ident(file.name, "register_names"),
            )
        ]
        if own
        else []
    )
    fields: dict[str, Any] = {**vars(made), "enums": made.enums + offsets}
    return Registers(
        **fields,
        blocks=blocks,
        capabilities=_capabilities(file, values),
        size_c=const_name(file.name, "SIZE"),
        versions=[
            Version(const_name(file.name, "VERSION", version), version, value)
            for version, value in data.get("versions", {}).items()
        ],
        compatible_c=const_name(file.name, "COMPATIBLE"),
        compatible=data.get("compatible"),
    )
