# SPDX-License-Identifier: MIT
"""Model of a register block: one row for each 32-bit register, and the calls that reach them."""

from dataclasses import replace
from typing import Any

from vwr.cname import const_name, document_const, ident
from vwr.model.nodes.files import Registers
from vwr.model.nodes.registers import Accessor, DecodeLine, Named, Register, Version
from vwr.model.nodes.values import Value
from vwr.model.parts import VERSIONS, bits_of, constant, enum, gate, hex_text, link, number_text, remark, versions_of
from vwr.spec.load import Row, SpecFile
from vwr.spec.since import AT

_ACCESS = {"R": ["VWR_READ"], "W": ["VWR_WRITE"], "RW": ["VWR_READ", "VWR_WRITE"]}


def _halves(row: Row) -> list[tuple[str, int]]:
    """A 64-bit register is two of 32 bits, low first."""
    at = row["at"]
    return [("", at)] if isinstance(at, int) else list(zip(("Low", "High"), at))


def _masks(names: list[str], row: Row, status: dict[str, list[str]], legacy: list[str] | None = None) \
        -> tuple[list[str], list[list[str]]]:
    """Status masks for the legacy and the modern version; a bit that a version lacks does not count."""
    masks = []
    for version in VERSIONS:
        here, mine = versions_of(row), legacy if legacy and version == "legacy" else names
        masks.append([name for name in mine if version in here and version in status[name]])
    return [" | ".join(const_name("STATUS", name) for name in mask) or "0" for mask in masks], masks


def _when_words(when: Row) -> str:
    """What must hold for a write, as text."""
    words = [f"{', '.join(when[key])} {state}" for key, state in (("status-set", "set"), ("status-clear", "clear"))
             if key in when]
    words += [f"in legacy {', '.join(when['legacy-status-set'])} set is enough"] if "legacy-status-set" in when else []
    words += [f"{name} is {value}" for name, value in when.get("registers", {}).items()]
    return "; ".join(words)


def _reg(file: SpecFile, name: str | None) -> str:
    """The enumerator of a register that another names; of a 64-bit one its low half."""
    if name is None:
        return "VWR_REGISTER_NONE"
    row = next(row for row in file.data["registers"] if row["name"] == name)
    return const_name(file.name, "REG", name + _halves(row)[0][0])


def _idle_names(file: SpecFile, when: Row) -> list[str | None]:
    """For each version the register that must read 0 for a write, None if there is none."""
    there = {row["name"]: versions_of(row) for row in file.data["registers"]}
    return [next((name for name in when.get("registers", {}) if version in there[name]), None)
            for version in VERSIONS]


def _reset(file: SpecFile, row: Row, suffix: str) -> str:
    """What a register, or a half of one, reads as after a reset."""
    if "value" in row and not suffix:
        return const_name(file.name, row["name"], "VALUE")
    value = row.get("value", row.get("reset", 0))
    return number_text(value >> file.data["width"] if suffix == "High" else value & (1 << file.data["width"]) - 1)


def _more_words(file: SpecFile, row: Row, suffix: str) -> str:
    """What else a register's row says, in sentences."""
    words = [f"At most {row['max']}." if "max" in row else "",
             f"Clears bits of {row['clears']}." if "clears" in row else "",
             f"{_reset(file, row, suffix)} after a reset." if "reset" in row else "",
             "A reset leaves it." if row.get("kept") else "",
             f"Accesses of {', '.join(map(str, row['widths']))} bits." if "widths" in row else ""]
    return "".join(f" {word}" for word in words if word)


def _row(file: SpecFile, row: Row, suffix: str, offset: int, scope: dict[str, str], status: dict[str, list[str]]) \
        -> Register:
    """One row of the decode table."""
    name, when = row["name"] + suffix, row.get("when", {})
    must_set, set_names = _masks(when.get("status-set", []), row, status, when.get("legacy-status-set"))
    must_clear, clear_names = _masks(when.get("status-clear", []), row, status)
    idle = _idle_names(file, when)
    widths = row.get("widths", [file.data["width"]])
    return Register(place=row.get(AT), name=name, register=row["name"], c=const_name(file.name, name), offset=offset,
                    reg=const_name(file.name, "REG", name), bytes=row.get("window", file.data["width"] // 8),
                    access=" | ".join(_ACCESS[row["dir"]]), dir=row["dir"], versions=versions_of(row),
                    widths=" | ".join(str(width // 8) for width in widths), widths_list=widths,
                    bank=_reg(file, row.get("bank")),
                    bank_name=row.get("bank"), gate=gate(scope, row.get("if")),
                    must_set=must_set, must_clear=must_clear, set_names=set_names, clear_names=clear_names,
                    idle=[_reg(file, name) for name in idle], idle_names=idle,
                    reset=_reset(file, row, suffix), kept=row.get("kept", False),
                    value=row.get("value"), brief=row.get("brief", ""), since=row.get("since"),
                    only=row.get("only"), unit=row.get("unit"), aka=[aka + suffix for aka in row.get("aka", [])],
                    max=row.get("max"), clears=row.get("clears"), when_words=_when_words(when),
                    remark=remark(row, row["dir"]), more_words=_more_words(file, row, suffix))


def _accessors(file: SpecFile, row: Row) -> list[Accessor]:
    """Calls for one register: none to read what is write-only, none to write what is read-only."""
    infix = [row["only"]] if "only" in row else []
    halves = _halves(row)
    kinds = {"R": ["get"], "W": ["set"], "RW": ["get", "set"]}[row["dir"]]
    offsets = [const_name(file.name, row["name"] + suffix) for suffix, _ in halves]
    return [Accessor(place=row.get(AT), c=ident(file.name, *infix, verb, row["name"]), verb=verb, register=row["name"],
                     bank=const_name(file.name, row["bank"]) if "bank" in row else None,
                     wide=len(halves) == 2, width=file.data["width"],
                     ctype=f"uint{file.data['width'] * len(halves)}_t",
                     offset=offsets[0], high=offsets[-1], remark=remark(row)) for verb in kinds]


def _constants(file: SpecFile, row: Row) -> list[Named]:
    """Values that the specification gives for a register."""
    c, out = const_name(file.name, row["name"]), []
    if "value" in row:
        out.append(Named(row.get(AT), f"{c}_VALUE", hex_text(row["value"]), row.get("brief", "")))
    if "absent" in row:
        out.append(Named(row.get(AT), f"{c}_ABSENT", hex_text(row["absent"]),
                                 f"What {row['name']} reads as where there is none."))
    return out


def _decode(file: SpecFile, rows: list[Register]) -> list[DecodeLine]:
    """Which register a word of the block belongs to, as lines of up to four equal words."""
    step = file.data["width"] // 8
    words = ["VWR_REGISTER_NONE"] * (file.data["size"] // step)
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
    """The enum of offsets, with the specification's older names as aliases."""
    out = []
    for row in rows:
        names = [document_const(file.name, name) for name in [row.name, *row.aka]]
        entry = constant({AT: row.place, "name": row.name}, row.offset, row.c, text=f"0x{row.offset:03x}")
        out.append(replace(entry, documents=names, remark=row.remark, only=row.only, since=row.since))
    return out


def build(file: SpecFile, reserved: dict[str, str], status: dict[str, list[str]], **common: Any) -> Registers:
    """The model of one register block. `status` tells which versions have which status bit."""
    data = file.data
    rows = [_row(file, row, suffix, offset, reserved, status)
            for row in data["registers"] for suffix, offset in _halves(row)]
    banks = {row.get("bank") for row in data["registers"]}
    plain = [row for row in data["registers"] if row["name"] not in banks and not row.get("reserved")]
    name_of = lambda *parts: const_name(file.name, *parts)
    offsets = enum(ident(file.name, "offset"), _offsets(file, rows), link(file, "registers"), data["section"],
                   what="offset", title="registers")
    return Registers(**common, registers=rows, enums=[replace(offsets, table=ident(file.name, "register_names"))],
                     accessors=[a for row in plain if "window" not in row for a in _accessors(file, row)],
                     windows=[Named(row.get(AT), ident(file.name, row["name"]), name_of(row["name"]), remark(row))
                              for row in plain if "window" in row],
                     constants=[c for row in data["registers"] for c in _constants(file, row)],
                     versions=[Version(name_of("VERSION", version), version, value)
                               for version, value in data.get("versions", {}).items()],
                     bits=[bit for row in data["registers"]
                           for bit in bits_of(row, name_of(row["name"]), data["width"], register=row["name"])],
                     size_c=name_of("SIZE"), size=data["size"], count_c=name_of("REG_COUNT"),
                     reg_tag=ident(file.name, "reg"), table=ident(file.name, "registers"), decode=_decode(file, rows),
                     decode_c=ident(file.name, "register_at"), compatible_c=name_of("COMPATIBLE"),
                     compatible=data.get("compatible"), word=data["width"] // 8)
