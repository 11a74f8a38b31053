# SPDX-License-Identifier: MIT
"""Wire structs: fields where the document has them, which must be where a C compiler puts them."""

from check_common import WIDTHS, cycles, field_lists, fields, find_twice, items, structs
from problems import did_you_mean


def types(tree, spec):
    """Each field has a known type, and no struct contains itself."""
    known = structs(spec)
    for path, field in fields(spec):
        if field["type"] not in WIDTHS and field["type"] not in known:
            tree.error(spec, path + ("type",), f"unknown type '{field['type']}'", "VWR-C053",
                       did_you_mean(field["type"], [*WIDTHS, *known], "types"))
    for loop in cycles({name: [field["type"] for field in struct["fields"]] for name, (_, struct) in known.items()}):
        path, struct = known[loop[0]]
        index = next(i for i, field in enumerate(struct["fields"]) if field["type"] in loop)
        way = f" by way of '{loop[1]}'" if len(loop) > 1 else ""
        tree.error(spec, path + ("fields", index, "type"), f"struct '{loop[0]}' contains itself{way}", "VWR-C054")


def layout(tree, spec):
    """Offsets and sizes of structs and of the configuration."""
    if any(problem.check_id in ("VWR-C053", "VWR-C054") for problem in tree.problems if problem.file == spec.path):
        return  # sizes would be guesses
    known = structs(spec)
    for path, listed in field_lists(spec):
        if path[0] == "request":  # packed where C would pad it: the parts of a request are no structs of the document
            _check_offsets(tree, spec, path, listed, known, True)
            continue
        struct = spec.at(path[:-1])
        end = _check_offsets(tree, spec, path, listed, known, struct.get("packed", False))
        if end is not None:
            _check_size(tree, spec, path[:-1], struct, end, known)


def _check_offsets(tree, spec, path, listed, known, packed):
    """Where the fields end, or None if one of them is in the wrong place."""
    # After a wrong `at` two offsets may be meant: the sum, or the sum from there. The next field shows which.
    ends, fine = [0], True
    for index, field in enumerate(listed):
        size, align = _size(field, known), 1 if packed else _alignment({"fields": [field]}, known)
        here = path + (index,)
        if "at" in field and field["at"] not in ends:
            _wrong_offset(tree, spec, here, field, ends[0])
            ends, fine = [ends[0], field["at"]], False
        elif "at" in field:
            ends = [field["at"]]
        if fine and ends[0] % align:
            tree.error(spec, here + ("at" if "at" in field else "type",),
                       f"offset {ends[0]}, but {field['type']} is aligned to {align}", "VWR-C051",
                       f"next free: {ends[0] + align - ends[0] % align}; or packed: true if the document has it there")
            fine = False
        if field.get("count") == "queue-size":
            break  # what is behind has a place that depends on the queue's size
        if not _open_end_is_last(tree, spec, here, field, listed[index + 1:], known):
            return None
        ends = [end + size * _length(field) for end in ends]
    return ends[0] if fine else None


def _length(field):
    """Elements that count for the size of a struct."""
    count = field.get("count", 1)
    return count if isinstance(count, int) else 0


def _wrong_offset(tree, spec, path, field, end):
    if field["at"] > end:
        hint = f"at: {end}, or a reserved field for the {field['at'] - end} bytes between"
    else:
        hint = f"next free: {end}"
    tree.error(spec, path + ("at",), f"offset {field['at']}, but the fields before it end at {end}", "VWR-C052", hint)


def _open_end_is_last(tree, spec, path, field, after, known):
    """Nothing has a place behind an array without a length, nor behind a struct that ends in one."""
    inner = known[field["type"]][1]["fields"][-1] if field["type"] in known else {}
    if "trailing" not in (field.get("count"), inner.get("count")) or not after and (not inner or _length(field) <= 1):
        return True
    tree.error(spec, path + ("count" if field.get("count") == "trailing" else "type",),
               f"'{field['name']}' has no fixed length and comes last", "VWR-C055",
               f"'{after[0]['name']}' is behind it" if after else "and alone")
    return False


def _check_size(tree, spec, path, struct, end, known):
    if struct["size"] != end:
        tree.error(spec, path + ("size",), f"{struct['size']} bytes, but the fields take {end}", "VWR-C050")
    elif not struct.get("packed") and end % _alignment(struct, known):
        align = _alignment(struct, known)
        tree.error(spec, path + ("size",), f"{end} bytes, but C makes it a multiple of {align}", "VWR-C051",
                   "a reserved field at the end, or packed: true")


def _size(field, known):
    """Bytes of one element of a field; a struct counts with the size that it declares."""
    return WIDTHS[field["type"]] if field["type"] in WIDTHS else known[field["type"]][1]["size"]


def _alignment(struct, known):
    """Alignment in C: that of the widest number inside, however deep."""
    if struct.get("packed"):
        return 1
    todo, seen, widest = [struct], set(), 1
    while todo:
        for field in todo.pop()["fields"]:
            kind = field["type"]
            widest = max(widest, WIDTHS.get(kind, 1))
            if kind not in WIDTHS and kind not in seen and not known[kind][1].get("packed"):
                seen.add(kind)
                todo.append(known[kind][1])
    return widest


def groups(tree, spec):
    """Enums and flags: values once, references to groups that are there, and values that fit."""
    for kind in ("enums", "flags"):
        for path, _ in items(spec, kind):
            _values_once(tree, spec, items(spec, *path, "values"), "VWR-C057", "value")
    _values_once(tree, spec, items(spec, "request", "type-flags"), "VWR-C057", "value")
    for path, field in fields(spec):
        width = 8 * WIDTHS[field["type"]] if field["type"] in WIDTHS else None
        _check_reference(tree, spec, path, field, width)
        for bit_path, bit in items(spec, *path, "bits"):
            _check_reference(tree, spec, bit_path, bit, bit["width"])
    for path, _ in items(spec, "registers"):
        for bit_path, bit in items(spec, *path, "bits"):
            _check_reference(tree, spec, bit_path, bit, bit["width"])


def _values_once(tree, spec, listed, check_id, what):
    find_twice(tree, spec, [(path + ("value",), item["value"], item["value"]) for path, item in listed],
               check_id, what)


def _group_values(spec, key):
    """name -> values of what `enum` or `flags` may name; type and status are those of the request."""
    found = {item["name"]: item["values"] for _, item in items(spec, "enums" if key == "enum" else "flags")}
    if key == "enum" and "request" in spec.data:
        found["type"] = spec.data["request"]["types"]
        found["status"] = spec.data["request"].get("status", [])
    return found


def _check_reference(tree, spec, path, item, width):
    for key in ("enum", "flags"):
        if key not in item:
            continue
        known = _group_values(spec, key)
        if item[key] not in known:
            tree.error(spec, path + (key,), f"unknown {key} '{item[key]}'", "VWR-C056",
                       did_you_mean(item[key], known, "groups"))
            continue
        wide = next((value for value in known[item[key]] if width and value["value"] >> width), None)
        if wide:
            tree.error(spec, path + (key,), f"{wide['name']} is {wide['value']:#x}, but the field has {width} bits",
                       "VWR-C058")


def bits(tree, spec):
    """Named bits of a field or register: inside it, and apart from each other."""
    holders = [(path, 8 * WIDTHS.get(field["type"], 0)) for path, field in fields(spec)]
    for path, register in items(spec, "registers"):
        holders.append((path, spec.data["width"] * (len(register["at"]) if isinstance(register["at"], list) else 1)))
    for path, width in holders:
        taken = {}
        for bit_path, bit in items(spec, *path, "bits"):
            top = bit["shift"] + bit["width"]
            if top > width:
                tree.error(spec, bit_path, f"bits {bit['shift']} to {top - 1} of a number of {width} bits", "VWR-C061",
                           "shift + width goes beyond it" if width else "a struct has no bits")
                continue
            clash = next((taken[number] for number in range(bit["shift"], top) if number in taken), None)
            if clash:
                tree.error(spec, bit_path, f"overlaps '{spec.at(clash)['name']}'", "VWR-C060", None,
                           [spec.note(clash, "here")])
            taken.update((number, bit_path) for number in range(bit["shift"], top))


def parts(tree, spec):
    """Parts of a ring: structs that are there, with the bytes that the part says."""
    known = structs(spec)
    listed = items(spec, "parts")
    for path, part in listed:
        if part["struct"] not in known:
            tree.error(spec, path + ("struct",), f"unknown struct '{part['struct']}'", "VWR-C071",
                       did_you_mean(part["struct"], known, "structs"))
            continue
        said = part["head"], part["per-entry"]
        struct = known[part["struct"]][1]
        allowed = _part_bytes(struct, known)
        if allowed and said not in allowed:
            text = " or ".join(f"head: {head}, per-entry: {entry}" for head, entry in allowed)
            tree.error(spec, path + ("head",), f"{said[0]} bytes and {said[1]} an entry are not those of the struct",
                       "VWR-C081", text)
    names = [part["name"] for _, part in listed]
    align = spec.data.get("legacy", {}).get("align-before")
    if align is not None and align not in names:
        tree.error(spec, ("legacy", "align-before"), f"unknown part '{align}'", "VWR-C080",
                   did_you_mean(align, names, "parts"))


def _part_bytes(struct, known):
    """(head, per-entry) that a part of this struct may have: one struct, one for each entry, or one with an array."""
    array = next((field for field in struct["fields"] if field.get("count") == "queue-size"), None)
    if any(field["type"] not in WIDTHS and field["type"] not in known for field in struct["fields"]):
        return None  # told by types()
    if array is None:
        return [(struct["size"], 0), (0, struct["size"])]
    behind = struct["fields"][struct["fields"].index(array) + 1:]
    return [(struct["size"] + sum(_size(field, known) for field in behind), _size(array, known))]
