# SPDX-License-Identifier: MIT
"""Structs: the specification's offsets of their fields, which must be where a C compiler puts them."""

from vwr.check.common import cycles, field_lists, fields
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import WIDTHS, Known, inside, items, length, queue_sized, structs


def types(tree: Tree, spec: SpecFile) -> None:
    """Each field has a known type, and no struct contains itself."""
    known = structs(spec)
    for path, field in fields(spec):
        if "type" in field and field["type"] not in WIDTHS and field["type"] not in known:
            spec.typed = False
            tree.error(
                spec,
                path + ("type",),
                f"unknown type '{field['type']}'",
                "VWR-C053",
                did_you_mean(field["type"], [*WIDTHS, *known], "known types"),
            )
    uses = {
        name: [field.get("type", "") for _, field in inside((), struct["fields"])]
        for name, (_, struct) in known.items()
    }
    for loop in cycles(uses):
        path, struct = known[loop[0]]
        place = next(at for at, field in inside((), struct["fields"]) if field.get("type") in loop)
        way = f" through '{loop[1]}'" if len(loop) > 1 else ""
        tree.error(
            spec, path + ("fields", *place, "type"), f"struct '{loop[0]}' contains itself{way}", "VWR-C054"
        )


def records(tree: Tree, spec: SpecFile) -> None:
    """A record consists of numbers, reserved fields and an array at its end; `same` is a key of its fields."""
    for path, struct in structs(spec).values():
        record = struct.get("record", False)
        for index, field in enumerate(struct["fields"]):
            here = path + ("fields", index)
            is_number = field.get("type") in WIDTHS and "count" not in field
            if record and not (is_number or field.get("reserved") or field.get("count") == "trailing"):
                tree.error(spec, here, f"'{field['name']}' of a record is not a number", "VWR-C062")
            if "same" in field and not record:
                tree.error(
                    spec, here + ("same",), "'same' is allowed only in a struct with record: true", "VWR-C062"
                )


def layout(tree: Tree, spec: SpecFile) -> None:
    """Offsets and sizes of structs and of the configuration."""
    if any(
        problem.check_id in ("VWR-C053", "VWR-C054") for problem in tree.problems if problem.file == spec.path
    ):
        return  # the sizes are not known
    known = Known(spec)
    for path, listed in field_lists(spec):
        struct = spec.at(path[:-1])
        end = _check_offsets(tree, spec, path, listed, known, struct.get("packed", False))
        align = known.alignment(struct)
        if end is not None and end % align:
            tree.error(
                spec,
                path[:-1],
                f"the fields end at byte {end}, but C pads the struct to a multiple of {align} bytes",
                "VWR-C051",
                "add a reserved field at the end, or add packed: true",
            )


def _check_offsets(
    tree: Tree, spec: SpecFile, path: NodePath, listed: list[Row], known: Known, packed: bool
) -> int | None:
    """The end of the fields with a fixed offset, or None if one of them is at the wrong offset."""
    end, fine = 0, True
    for index, field in enumerate(listed):
        size, align = known.size(field), 1 if packed else known.alignment({"fields": [field]})
        here = path + (index,)
        if fine and end % align:
            tree.error(
                spec,
                here + ("type" if "type" in field else "name",),
                f"'{field['name']}' is at offset {end}, but {field.get('type', 'it')} requires an alignment of {align} bytes",
                "VWR-C051",
                f"move it to offset {end + align - end % align}, or add packed: true if the specification uses offset {end}",
            )
            fine = False
        inner = known.align.get(field.get("type", ""), 1)
        if fine and packed and end % inner:
            tree.error(
                spec,
                here + ("type",),
                f"'{field['name']}' is at offset {end} of a packed struct, but '{field['type']}' requires an alignment of {inner} bytes",
                "VWR-C051",
                f"add packed: true to '{field['type']}'",
            )
            fine = False
        if not _open_end_is_last(tree, spec, here, field, listed[index + 1 :], known):
            return None
        if isinstance(field.get("count"), str) or not known.is_fixed(field):
            break  # later offsets depend on the length
        end += size * field.get("count", 1)
    return end if fine else None


def _open_end_is_last(
    tree: Tree, spec: SpecFile, path: NodePath, field: Row, after: list[Row], known: Known
) -> bool:
    """No field with an offset follows an array that extends to the end, or a struct of variable length."""
    inner = not known.is_fixed(field)
    last = field.get("count") == "trailing" or inner and "count" not in field
    after = [other for other in after if other.get("dir") == field.get("dir")]
    if not after or not last:
        return True
    tree.error(
        spec,
        path + ("count" if field.get("count") == "trailing" else "type",),
        f"'{field['name']}' has no fixed length, but '{after[0]['name']}' follows it",
        "VWR-C055",
        f"move '{field['name']}' to the end, or use count: open if its length is defined elsewhere",
    )
    return False


def sizes(tree: Tree, spec: SpecFile) -> None:
    """
    Sizes that depend on features end at the end of a field, or add padding after all of them. The last row
    always applies.
    """
    known = Known(spec)
    for path, struct in items(spec, "structs"):
        if "size" not in struct:
            continue
        ends, at = set(), 0
        for field in struct["fields"]:  # for registers, a size may also end at their parts
            bits = field.get("bits", []) if struct.get("registers") else []
            ends |= {at + end // 8 for bit in bits if not (end := bit["shift"] + bit["width"]) % 8}
            at += known.size(field) * length(field)
            ends.add(at)
        rows = struct["size"]
        for index, row in enumerate(rows):
            here = path + ("size", index)
            if row["value"] not in ends and row["value"] < at:  # padding after the end
                tree.error(
                    spec,
                    here + ("value",),
                    f"no field ends at byte {row['value']}",
                    "VWR-C065",
                    f"fields end at {', '.join(map(str, sorted(ends)))}",
                )
            elif ("if" in row) == (index == len(rows) - 1):
                tree.error(
                    spec,
                    here,
                    (
                        "the last row cannot have 'if'"
                        if "if" in row
                        else "a row before the last must have 'if'"
                    ),
                    "VWR-C065",
                    "the last row applies if no earlier row matches",
                )


def parts(tree: Tree, spec: SpecFile) -> None:
    """Parts of a ring: their structs exist, one for the part or one for each entry."""
    known = Known(spec)
    listed = items(spec, "parts")
    for path, part in listed:
        if part["type"] not in known:
            tree.error(
                spec,
                path + ("type",),
                f"unknown struct '{part['type']}'",
                "VWR-C071",
                did_you_mean(part["type"], known.structs, "known structs"),
            )
        elif "count" in part and queue_sized(known.structs[part["type"]][1]):
            tree.error(
                spec,
                path + ("count",),
                f"'count' is not allowed here, because '{part['type']}' already contains an array of queue-size entries",
                "VWR-C081",
                "use the struct of one entry, or remove count:",
            )
    aligned = [path for path, part in listed if "legacy" in part]
    for path in aligned[1:]:
        tree.error(
            spec,
            path + ("legacy",),
            "only one part may have a legacy alignment",
            "VWR-C080",
            "remove legacy: from one of the two parts",
            [spec.note(aligned[0] + ("legacy",), "the first such part")],
        )
