# SPDX-License-Identifier: MIT
"""Model of a virtqueue layout: parts with their sizes by queue size, flags, structs."""

from typing import Any

from vwr.cname import bare_const, const_name, from_document, ident
from vwr.model.nodes import changed
from vwr.model.nodes.files import Ring
from vwr.model.nodes.ring import Area, LegacyRing, Part
from vwr.model.nodes.structs import Size
from vwr.model.nodes.values import Enum
from vwr.model.parts import constant, enum, link
from vwr.model.structs import Maker, in_dependency_order
from vwr.spec.load import Row, SpecFile
from vwr.spec.shapes import Known, part_bytes
from vwr.spec.since import AT


def _parts(file: SpecFile) -> list[Part]:
    """Areas of a queue."""
    known = Known(file)
    sizes = {part["name"]: part_bytes(part, known) for part in file.data["parts"]}
    return [
        Part(
            place=part.get(AT),
            name=part["name"],
            struct=from_document(part["type"]),
            align=part["align"],
            align_c=const_name(file.name, part["name"], "align"),
            bytes_c=ident(file.name, part["name"], "bytes"),
            writer_words="driver and device" if part["side"] == "both" else f"the {part['side']}",
            head=sizes[part["name"]][0],
            per_entry=sizes[part["name"]][1],
            writer=part["side"],
        )
        for part in file.data["parts"]
    ]


def _legacy(file: SpecFile, parts: list[Part]) -> LegacyRing | None:
    """One block: the bytes before the aligned part, and those from there on."""
    split = next((at for at, part in enumerate(file.data["parts"]) if "legacy" in part), None)
    if split is None:
        return None
    before, after = (
        Area(sum(part.head for part in some), sum(part.per_entry for part in some))
        for some in (parts[:split], parts[split:])
    )
    return LegacyRing(
        align=file.data["parts"][split]["legacy"]["align"],
        before=before,
        after=after,
        part=parts[split].name,
        offset_c=const_name(file.name, parts[split].name, "offset"),
        bytes_c=const_name(file.name, "bytes"),
        align_c=const_name(file.name, "legacy", "align"),
    )


def _enum(file: SpecFile, group: Row, key: str) -> Enum:
    """
    Flags or values. The enum is named after a prefix that names a struct of this file, otherwise after file
    and group.
    """
    owner = any(group["prefix"].lower().startswith(s["name"] + "_") for s in file.data["structs"])
    tag = ident(group["prefix"]) if owner else ident(file.name, group["name"])
    rows = []
    for row in group["values"]:
        doc = bare_const(group["prefix"], row["name"])
        text = f"0x{row['value']:x}" if key == "flags" else None
        rows.append(constant(row, row["value"], from_document(doc), doc, text=text))
    made = enum(
        tag, rows, link(file, key, group["name"]), group["section"], what="value", title=group["name"]
    )
    return changed(made, place=group.get(AT), kind=key)


def _samples(parts: list[Part], legacy: LegacyRing | None) -> list[Size]:
    """Sizes for the wire test: a call and its result."""
    rows = []
    for num in (1, 8, 256):
        rows += [Size(None, f"{part.bytes_c}({num})", part.head + part.per_entry * num, "") for part in parts]
        if legacy:
            used, after = (
                -(-some.size(num) // legacy.align) * legacy.align for some in (legacy.before, legacy.after)
            )
            rows.append(Size(None, f"{legacy.offset_c}({num}, {legacy.align_c})", used, ""))
            rows.append(Size(None, f"{legacy.bytes_c}({num}, {legacy.align_c})", used + after, ""))
    return rows


def build(file: SpecFile, reserved: dict[str, str], **common: Any) -> Ring:
    """The model of one ring file."""
    data = file.data
    enums = [_enum(file, group, key) for key in ("flags", "enums") for group in data.get(key, [])]
    maker = Maker(reserved, tags={e.title: f"enum {e.tag}" for e in enums})
    for row in in_dependency_order(data["structs"]):
        maker.known[row["name"]] = maker.struct(
            row, from_document(row["name"]), [row["name"]], link(file, "structs", row["name"])
        )
    parts = _parts(file)
    legacy = _legacy(file, parts)
    return Ring(
        **common,
        parts=parts,
        legacy=legacy,
        structs=list(maker.known.values()),
        enums=enums,
        samples=_samples(parts, legacy),
        size_max=data["queue-size"]["max"],
        power_of_two=data["queue-size"]["power-of-two"],
        size_max_c=const_name(file.name, "size_max"),
        if_text=data.get("if"),
    )
