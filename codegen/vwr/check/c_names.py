# SPDX-License-Identifier: MIT
"""Every name that a spec file's headers declare, so that two that meet are reported before a compiler sees them."""

from vwr import cname
from vwr.check.common import fields, value_groups, walk
from vwr.spec.shapes import inside, items, parts, structs


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
    yield _ident(("ids",), "id", "short", "names")
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
    name = spec.prefix
    yield _const(("id",), name, "ID")
    yield from _device_features(spec)
    yield from _table(("queues",), name, "queue")
    for path, queue in items(spec, "queues"):
        moves = any(other.get("numbered") == "if-there" and other.get("index", 0) < queue.get("index", 0)
                    for _, other in items(spec, "queues"))
        if "index" in queue and not moves:
            yield _const(path + ("name",), name, "QUEUE", queue["name"])
        if "behind" in queue or queue.get("stride", 1) > 1 or moves:
            yield _ident(path + ("name",), name, "queue", queue["name"], "at")
    yield from _named(items(spec, "shared-memory"), name, "SHM_ID")
    yield from _table(("shared-memory",), name, "shm_id")
    yield from _structs(spec)
    yield from _config(spec)
    yield from _request(spec)


def _structs(spec):
    """What a file of structs has, and a device too: values, structs, commands."""
    name = spec.prefix
    yield from _named(items(spec, "constants"), name)
    for path, item in value_groups(spec):
        prefix = [item["prefix"]] if "prefix" in item else []
        yield from _table(path + ("name",), name, item["name"])
        yield from _named(items(spec, *path, "values"), name, *prefix)
        if path[0] == "commands":
            yield _ident(path + ("name",), name, item["name"], "table")
            yield _const(path + ("name",), name, item["name"], "COUNT")
    for path, struct in items(spec, "structs"):
        yield from _struct(spec, path, struct)
    yield from _bits(spec, (name,))


def _struct(spec, path, struct):
    """A struct, those without a name in it, and its functions."""
    name, own, here = spec.prefix, struct["name"], path + ("name",)
    yield _ident(here, name, own)
    yield from _inner(path + ("fields",), struct["fields"], name, own)
    rows, back = parts(struct["fields"])
    yield from _behind(path, rows, name, own)
    if back:
        yield _ident(here, name, own, "in")
        yield _const(here, name, own, "OUT_BYTES")
        yield from _behind(path, back, name, own, "in")
    if "sizes" in struct:
        yield _ident(path + ("sizes",), name, own, "size")
    if struct.get("registers"):
        yield _ident(here, name, own, "offset")
        yield from _offsets(spec, path + ("fields",), struct["fields"], own)


def _inner(path, listed, *owner):
    """Structs without a name of their own are called after what they are in."""
    for here, field in inside(path, listed):
        if "fields" in field:
            steps = [step["name"] for step in _way(listed, here[len(path):]) if not step.get("anonymous")]
            yield _ident(here + ("name",), *owner, *steps)


def _way(listed, path):
    """The fields from the outermost to the one at a path like (0, "union", 1)."""
    while path:
        field, path = listed[path[0]], path[1:]
        yield field
        if path:
            listed, path = field[path[0]], path[1:]


def _behind(path, rows, *owner):
    """What is behind an array of unknown length has no member but a function."""
    lengths = [index for index, field in enumerate(rows) if isinstance(field.get("count"), str)]
    if not lengths or lengths[0] == len(rows) - 1 and len(rows) > 1:
        return
    for field in rows[lengths[0] + 1:]:
        yield _ident(path + ("name",), *owner, field["name"], "offset")
    yield _ident(path + ("name",), *owner, "bytes")


def _device_features(spec):
    name, here = spec.prefix, ("features",)
    yield from _table(here, name, "feature")
    for table in ("feature_rules", "offer_rules"):
        yield _ident(here, name, table)
    for constant in ("FEATURE_RULE_COUNT", "OFFER_RULE_COUNT"):
        yield _const(here, name, constant)
    for word in range(4):
        for start in ("FEATURES", "FEATURES_LEGACY", "FEATURES_MODERN"):
            yield _const(here, name, f"{start}_W{word}")
    yield from _named(items(spec, "features", "bits"), name, "F")
    yield from _aliases(spec)


def _config(spec):
    """Struct, offsets, getters and setters; a field that is a struct has one for each of its own fields."""
    if "config" not in spec.data:
        return
    yield _ident(("config",), spec.prefix, "config")
    yield _ident(("config",), spec.prefix, "config_offset")
    listed = spec.data["config"]["fields"]
    yield _ident(("config",), spec.prefix, "config_fields")
    yield _const(("config",), spec.prefix, "CONFIG_FIELD_COUNT")
    yield from _inner(("config", "fields"), listed, spec.prefix, "config")
    yield from _offsets(spec, ("config", "fields"), listed, "config")


def _offsets(spec, path, listed, call, lead=()):
    """Offsets and calls of fields, and of those inside them."""
    known = structs(spec)
    for index, field in enumerate(listed):
        here = path + (index, "name")
        if field.get("reserved"):
            continue
        own = lead if field.get("anonymous") else (*lead, field["name"])
        if own != lead:
            yield _const(here, spec.prefix, call, *own)
        member = known[field["type"]][1]["fields"] if field.get("type") in known else \
            field.get("fields") or field.get("union") or []
        if member and (field.get("type") not in known or "count" not in field):
            yield from ((name, here) for name, _ in _offsets(spec, (), member, call, own))
        elif call == "config":
            for letter, verb in (("R", "get"), ("W", "set")):
                if letter in field.get("dir", "R") + field.get("legacy-dir", ""):
                    yield _ident(here, spec.prefix, call, verb, "_".join(own))


def _request(spec):
    if "request" not in spec.data:
        return
    name, here = spec.prefix, ("request",)
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


def _bits(spec, lead):
    """Masks and shifts: <STRUCT>_<FIELD>_<BIT>_MASK."""
    for path, field in fields(spec):
        for bit_path, bit in items(spec, *path, "bits"):
            for kind in ("MASK", "SHIFT"):
                yield _const(bit_path + ("name",), *lead, *_holder(spec, path), bit["name"], kind)


def _holder(spec, path):
    """Names of the struct that the field at `path` becomes part of, of what it is inside of, and its own."""
    if path[0] in ("structs", "config"):
        start = 3 if path[0] == "structs" else 2
        owner = spec.at(path[:2])["name"] if path[0] == "structs" else "config"
        return [owner] + [field["name"] for field in _way(spec.at(path[:start]), path[start:])]
    part = f"req_{path[1]}" if path[1] != "types" else f"req_in_{spec.at(path[:3])['name']}"
    return [part, spec.at(path)["name"]]


def _aliases(spec):
    """Older document names share the specification's name space, which is ours with another prefix."""
    for path, node in walk(spec.data.get("features", [])):
        if path and path[-2:-1] == ("aka",) and node.startswith("VIRTIO_"):
            yield cname.from_document(node), ("features",) + path


_BY_KIND = {"ids": _ids, "features": _features, "status": _status, "ring": _ring, "registers": _registers,
            "structs": _structs, "device": _device}
