# SPDX-License-Identifier: MIT
"""Every name that a spec file's headers declare, so that two that meet are told before a compiler sees them."""

import cname
from check_common import fields, items, structs, walk


def c_names(spec):
    """(C name, path of what it comes from); first those that a file of the kind has anyway."""
    yield f"vwr/gen/{cname.stem(spec.name)}.h", ("name",)
    yield from _BY_KIND[spec.kind](spec)


def _const(path, *parts):
    return cname.const_name(*parts), path


def _ident(path, *parts):
    return cname.ident(*parts), path


def _named(found, *parts):
    """Constants of a list of named things."""
    return [_const(path + ("name",), *parts, item["name"]) for path, item in found]


def _table(path, *parts):
    """An enum, its name table, and nothing else."""
    return [_ident(path, *parts), _ident(path, *parts, "names")]


def _ids(spec):
    yield from _table(("ids",), "id")
    yield from _named(items(spec, "ids"), "ID")


def _features(spec):
    yield from _table(("features",), "feature")
    yield _ident(("features",), "feature", "rules")
    yield _const(("features",), "FEATURE_RULE_COUNT")
    for word in range(4):
        for start in ("F_LEGACY_ONLY", "FEATURES_RESERVED", "FEATURES_NOT_ON_MMIO", "FEATURES_NOT_ON_PCI",
                      "FEATURES_NOT_ON_CCW"):
            yield _const(("features",), f"{start}_W{word}")
    yield from _named(items(spec, "features"), "F")
    yield from _aliases(spec)


def _status(spec):
    yield from _table(("bits",), "status")
    yield _ident(("steps",), "status", "steps")
    yield _const(("steps",), "STATUS_STEP_COUNT")
    yield _const(("reset",), "STATUS", "RESET")
    yield from _named(items(spec, "bits"), "STATUS")


def _ring(spec):
    name = spec.name
    for constant in ("SIZE_MAX", "LEGACY_ALIGN", "BYTES", "USED_OFFSET"):
        yield _const(("queue-size",), name, constant)
    for path, part in items(spec, "parts"):
        yield _const(path + ("name",), name, part["name"], "ALIGN")
        yield _ident(path + ("name",), name, part["name"], "bytes")
    for group in ("flags", "enums"):
        for path, item in items(spec, group):
            yield from _ring_group(spec, path, item)
    for path, struct in items(spec, "structs"):
        yield cname.from_document(struct["name"]), path + ("name",)
        yield from _offsets_behind_array(path, struct)
    yield from _bits(spec, ())


def _ring_group(spec, path, group):
    """An enum is called after its prefix if that begins with a struct of the file, else after file and group."""
    for value_path, value in items(spec, *path, "values"):
        yield "VWR_" + cname.bare_const(group["prefix"], value["name"]), value_path + ("name",)
    if any(group["prefix"].lower().startswith(f"{name}_") for name in structs(spec)):
        yield from _table(path + ("prefix",), group["prefix"])
    else:
        yield from _table(path + ("name",), spec.name, group["name"])


def _offsets_behind_array(path, struct):
    """What is behind an array of the queue's size has no member but a function."""
    behind = False
    for index, field in enumerate(struct["fields"]):
        if behind:
            yield f"{cname.from_document(struct['name'])}_{field['name']}_offset", path + ("fields", index, "name")
        behind = behind or field.get("count") == "queue-size"


def _registers(spec):
    name = spec.name
    for constant in ("SIZE", "COMPATIBLE"):
        yield _const((constant.lower(),), name, constant)
    yield _const(("registers",), name, "REG_COUNT")
    for table in ("offset", "reg", "registers", "register_at", "register_names"):
        yield _ident(("registers",), name, table)
    for version in spec.data.get("versions", {}):
        yield _const(("versions", version), name, "VERSION", version)
    for path, register in items(spec, "registers"):
        yield from _register(spec, path, register)


def _register(spec, path, register):
    name, own, here = spec.name, register["name"], path + ("name",)
    for half in ("_LOW", "_HIGH") if isinstance(register["at"], list) else ("",):
        yield cname.const_name(name, own) + half, here
        yield cname.const_name(name, "REG", own) + half, here
    for key in ("value", "absent"):
        if key in register:
            yield _const(path + (key,), name, own, key)
    for bit_path, bit in items(spec, *path, "bits"):
        for kind in ("MASK", "SHIFT"):
            yield _const(bit_path + ("name",), name, own, bit["name"], kind)
    if "window" in register:
        yield _ident(here, name, own)
        return
    version = [register["only"]] if "only" in register else []
    for letter, verb in (("R", "get"), ("W", "set")):
        if letter in register["dir"]:
            yield _ident(here, name, *version, verb, own)


def _device(spec):
    name = spec.name
    yield _const(("id",), name, "ID")
    yield from _device_features(spec)
    yield _ident(("queues",), name, "queue")
    yield from _named(items(spec, "queues"), name, "QUEUE")
    for path, struct in items(spec, "structs"):
        yield _ident(path + ("name",), name, struct["name"])
    for group in ("enums", "flags"):
        for path, item in items(spec, group):
            yield from _table(path + ("prefix",), name, item["prefix"])
            yield from _named(items(spec, *path, "values"), name, item["prefix"])
    yield from _config(spec)
    yield from _request(spec)
    yield from _bits(spec, (name,))


def _device_features(spec):
    name, here = spec.name, ("features",)
    yield from _table(here, name, "feature")
    for table in ("feature_rules", "offer_rules"):
        yield _ident(here, name, table)
    for constant in ("FEATURE_RULE_COUNT", "OFFER_RULE_COUNT"):
        yield _const(here, name, constant)
    for word in range(4):
        for start in ("FEATURES", "FEATURES_LEGACY"):
            yield _const(here, name, f"{start}_W{word}")
    yield from _named(items(spec, "features", "bits"), name, "F")
    yield from _aliases(spec)


def _config(spec):
    """Struct, offsets, getters and setters; a field that is a struct has one for each of its own fields."""
    if "config" not in spec.data:
        return
    yield _ident(("config",), spec.name, "config")
    yield _ident(("config",), spec.name, "config_offset")
    known = structs(spec)
    for path, field in items(spec, "config", "fields"):
        here, own = path + ("name",), field["name"]
        if field.get("reserved"):
            continue
        yield _const(here, spec.name, "CONFIG", own)
        inner = known[field["type"]][1]["fields"] if field["type"] in known else []
        for whole in [f"{own}_{member['name']}" for member in inner if not member.get("reserved")]:
            yield _const(here, spec.name, "CONFIG", whole)
            yield _ident(here, spec.name, "config_get", whole)
        for verb in () if inner else ("get", "set") if field.get("dir") == "RW" else ("get",):
            yield _ident(here, spec.name, "config", verb, own)


def _request(spec):
    if "request" not in spec.data:
        return
    name, here = spec.name, ("request",)
    for part in ("t", "s"):
        yield from _table(here, name, part)
    for table in ("requests", "request_limits"):
        yield _ident(here, name, table)
    for constant in ("REQUEST_COUNT", "REQUEST_LIMIT_COUNT", "SECTOR_BYTES"):
        yield _const(here, name, constant)
    for side in ("out", "in"):
        yield _ident(here + (side,), name, "req", side)
    for path, kind in items(spec, "request", "types"):
        if "in" in kind:
            yield _ident(path + ("name",), name, "req_in", kind["name"])
        if "bytes" in kind.get("payload", {}):
            yield _const(path + ("name",), name, kind["name"], "BYTES")
    for key, letter in (("types", "T"), ("type-flags", "T"), ("status", "S")):
        yield from _named(items(spec, "request", key), name, letter)


def _bits(spec, parts):
    """Masks and shifts: <STRUCT>_<FIELD>_<BIT>_MASK."""
    for path, field in fields(spec):
        for bit_path, bit in items(spec, *path, "bits"):
            for kind in ("MASK", "SHIFT"):
                yield _const(bit_path + ("name",), *parts, _holder(spec, path), field["name"], bit["name"], kind)


def _holder(spec, path):
    """Name of the struct that the field at `path` becomes part of."""
    if path[0] == "config":
        return "config"
    if path[0] == "structs":
        return spec.at(path[:2])["name"]
    return f"req_{path[1]}" if path[1] != "types" else f"req_in_{spec.at(path[:3])['name']}"


def _aliases(spec):
    """Older document names share the document's name space, which is ours with another prefix."""
    for path, node in walk(spec.data.get("features", [])):
        if path and path[-2:-1] == ("aka",) and node.startswith("VIRTIO_"):
            yield cname.from_document(node), ("features",) + path


_BY_KIND = {"ids": _ids, "features": _features, "status": _status, "ring": _ring, "registers": _registers,
            "device": _device}
