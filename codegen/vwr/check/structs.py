# SPDX-License-Identifier: MIT
"""Wire structs: fields where the specification has them, which must be where a C compiler puts them."""

from vwr.check.common import cycles, field_lists, fields
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import WIDTHS, Known, inside, items, length, queue_sized, structs


def types(tree: Tree, spec: SpecFile) -> None:
    """Each field has a known type, and no struct contains itself."""
    known = structs(spec)
    for path, field in fields(spec):
        if "type" in field and field["type"] not in WIDTHS and field["type"] not in known:
            tree.error(
                spec,
                path + ("type",),
                f"unknown type '{field['type']}'",
                "VWR-C053",
                did_you_mean(field["type"], [*WIDTHS, *known], "types"),
            )
    uses = {
        name: [field.get("type", "") for _, field in inside((), struct["fields"])]
        for name, (_, struct) in known.items()
    }
    for loop in cycles(uses):
        path, struct = known[loop[0]]
        place = next(at for at, field in inside((), struct["fields"]) if field.get("type") in loop)
        way = f" by way of '{loop[1]}'" if len(loop) > 1 else ""
        tree.error(
            spec, path + ("fields", *place, "type"), f"struct '{loop[0]}' contains itself{way}", "VWR-C054"
        )


def layout(tree: Tree, spec: SpecFile) -> None:
    """Offsets and sizes of structs and of the configuration."""
    if any(
        problem.check_id in ("VWR-C053", "VWR-C054") for problem in tree.problems if problem.file == spec.path
    ):
        return  # sizes would be guesses
    known = Known(spec)
    for path, listed in field_lists(spec):
        struct = spec.at(path[:-1])
        end = _check_offsets(tree, spec, path, listed, known, struct.get("packed", False))
        if end is not None:
            _check_size(tree, spec, path[:-1], struct, end, known)


def _check_offsets(
    tree: Tree, spec: SpecFile, path: NodePath, listed: list[Row], known: Known, packed: bool
) -> int | None:
    """Where the fields with a fixed place end, or None if one of them is in the wrong place."""
    end, fine = 0, True
    for index, field in enumerate(listed):
        size, align = known.size(field), 1 if packed else known.alignment({"fields": [field]})
        here = path + (index,)
        if fine and end % align:
            tree.error(
                spec,
                here + ("type" if "type" in field else "name",),
                f"offset {end}, but {field.get('type', 'it')} is aligned to {align}",
                "VWR-C051",
                f"next free: {end + align - end % align}; or packed: true if the specification has it there",
            )
            fine = False
        inner = known.align.get(field.get("type", ""), 1)
        if fine and packed and end % inner:
            tree.error(
                spec,
                here + ("type",),
                f"offset {end} of a packed struct, but '{field['type']}' is aligned" f" to {inner}",
                "VWR-C051",
                f"packed: true in '{field['type']}' too",
            )
            fine = False
        if not _open_end_is_last(tree, spec, here, field, listed[index + 1 :], known):
            return None
        if isinstance(field.get("count"), str) or not known.is_fixed(field):
            break  # what is behind has a place that depends on the length
        end += size * field.get("count", 1)
    return end if fine else None


def _open_end_is_last(
    tree: Tree, spec: SpecFile, path: NodePath, field: Row, after: list[Row], known: Known
) -> bool:
    """Nothing has a place behind an array that goes on to the end, nor behind a struct that has no fixed length."""
    inner = not known.is_fixed(field)
    last = field.get("count") == "trailing" or inner and "count" not in field
    after = [other for other in after if other.get("dir") == field.get("dir")]
    if not after or not last:
        return True
    tree.error(
        spec,
        path + ("count" if field.get("count") == "trailing" else "type",),
        f"'{field['name']}' has no fixed length and comes last",
        "VWR-C055",
        f"'{after[0]['name']}' is behind it; count: open if it has a length all the same",
    )
    return False


def _check_size(tree: Tree, spec: SpecFile, path: NodePath, struct: Row, end: int, known: Known) -> None:
    if not struct.get("packed") and end % known.alignment(struct):
        align = known.alignment(struct)
        tree.error(
            spec,
            path,
            f"{end} bytes, but C makes it a multiple of {align}",
            "VWR-C051",
            "a reserved field at the end, or packed: true",
        )


def sizes(tree: Tree, spec: SpecFile) -> None:
    """Sizes by features end where a field ends, or are padded beyond all of them; the last row holds always."""
    known = Known(spec)
    for path, struct in items(spec, "structs"):
        if "size" not in struct:
            continue
        ends, at = set(), 0
        for field in struct["fields"]:  # one that registers have ends with its parts too
            bits = field.get("bits", []) if struct.get("registers") else []
            ends |= {at + end // 8 for bit in bits if not (end := bit["shift"] + bit["width"]) % 8}
            at += known.size(field) * length(field)
            ends.add(at)
        rows = struct["size"]
        for index, row in enumerate(rows):
            here = path + ("size", index)
            if row["value"] not in ends and row["value"] < at:  # beyond the end it is padding
                tree.error(
                    spec,
                    here + ("value",),
                    f"no field ends at {row['value']}",
                    "VWR-C065",
                    f"ends: {', '.join(map(str, sorted(ends)))}",
                )
            elif ("if" in row) == (index == len(rows) - 1):
                tree.error(
                    spec,
                    here,
                    "the last row, and no other, is without 'if'",
                    "VWR-C065",
                    "the first row that holds counts, and one has to hold",
                )


def parts(tree: Tree, spec: SpecFile) -> None:
    """Parts of a ring: structs that are there, one for all or one an entry."""
    known = Known(spec)
    listed = items(spec, "parts")
    for path, part in listed:
        if part["type"] not in known:
            tree.error(
                spec,
                path + ("type",),
                f"unknown struct '{part['type']}'",
                "VWR-C071",
                did_you_mean(part["type"], known.structs, "structs"),
            )
        elif "count" in part and queue_sized(known.structs[part["type"]][1]):
            tree.error(
                spec,
                path + ("count",),
                f"'{part['type']}' has an array of queue-size itself",
                "VWR-C081",
                "count is for a struct that is one entry",
            )
    aligned = [path for path, part in listed if "legacy" in part]
    for path in aligned[1:]:
        tree.error(
            spec,
            path + ("legacy",),
            "a second part on an alignment of its own",
            "VWR-C080",
            "the legacy interface has one block, and one part in it that is aligned",
            [spec.note(aligned[0] + ("legacy",), "the first")],
        )
