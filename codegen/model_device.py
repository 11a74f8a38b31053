# SPDX-License-Identifier: MIT
"""Model of a device class: features, queues, configuration with its accessors, structs, requests."""

from cname import const_name, document_const, document_ident, ident
from model_parts import (INT_MAX, SCALARS, constant, enum, feature_words, gate, in_dependency_order, link,
                         number_text, rules, struct, versions_of, wire)

_PAYLOAD = {"in": "VWR_PAYLOAD_IN", "out": "VWR_PAYLOAD_OUT", "both": "VWR_PAYLOAD_BOTH"}
_SECTOR = {"zero": "VWR_SECTOR_ZERO", "start": "VWR_SECTOR_START", "zone": "VWR_SECTOR_ZONE"}
_LIMITS = {"num_sectors": "sectors", "sectors": "sectors", "alignment": "alignment"}


def features(file, prefix=()):
    """The enum of feature bits; the reserved ones have no device name in front."""
    names = (*prefix, "F")
    group = file.data.get("features", {})
    bits = group.get("bits", []) if prefix else group
    rows = [constant(row, row["bit"], const_name(*names, row["name"]), document_const(*names, row["name"]))
            for row in bits]
    section = group.get("section", file.data["section"]) if prefix else file.data["section"]
    return enum(ident(*prefix, "feature"), rows, link(file, "features"), section, what="bit", title="features")


def _values(file, group_name, prefix, values, section, what="value"):
    """An enum whose constants are the device's name, a prefix and a word."""
    rows = []
    for row in values:
        text = f"0x{row['value']:x}" if group_name.startswith("flags.") and row["value"] <= INT_MAX else None
        rows.append(constant(row, row["value"], const_name(file.name, prefix, row["name"]),
                             document_const(file.name, prefix, row["name"]), text=text))
    return enum(ident(file.name, prefix), rows, link(file, group_name), section, what=what, title=group_name)


def _structs(file, scope):
    """The structs of the file, nested ones first, by their name in the spec."""
    known = {}
    for row in in_dependency_order(file.data.get("structs", [])):
        own = row.get("document", document_ident(file.name, row["name"]))
        documents = [own] if own.isidentifier() else []
        known[row["name"]] = dict(struct(row, ident(file.name, row["name"]), documents, scope, known,
                                         link(file, "structs", row["name"])), document=own)
    return known


def _accessor(file, f, path, offset, gates):
    """Getter, and setter if the driver may write, of one number of the configuration."""
    name = "_".join(path)
    width = SCALARS[f["type"]][0] * 8
    absent = f["absent"]
    return {"field": ".".join(path), "name": name, "ctype": f"uint{width}_t", "width": width,
            "getter": ident(file.name, "config_get", name),
            "setter": ident(file.name, "config_set", name) if "W" in f["dir"] else None,
            "offset_c": const_name(file.name, "CONFIG", name), "offset": offset, "gates": gates,
            "absent": absent, "absent_text": f"{absent}u" if absent <= INT_MAX else number_text(absent),
            "count": f["count"], "index": "unsigned i, " if f["array"] else "",
            "bytes": f["element"], "remark": f["remark"]}


def _config_walk(file, s, path=(), base=0, gates=()):
    """(offset constants, accessors) of a struct in the configuration, nested ones inside their outer field."""
    offsets, calls = [], []
    for f in s["fields"]:
        here, offset = (*path, f["name"]), base + f["offset"]
        if f["reserved"]:
            continue
        open_by = [*gates, *([f["gate"]] if f["gate"] else [])]
        offsets.append({"c": const_name(file.name, "CONFIG", *here), "offset": offset, "field": ".".join(here),
                        "remark": f["remark"], "path": ".".join(here)})
        if f["nested"] and not f["array"]:
            inner = _config_walk(file, f["nested"], here, offset, open_by)
            offsets, calls = offsets + inner[0], calls + inner[1]
        elif not f["nested"] and not f["flexible"]:
            calls.append(_accessor(file, f, here, offset, open_by))
    return offsets, calls


def _config(file, scope, known):
    """The configuration space: struct, offsets, accessors."""
    data = file.data.get("config")
    if not data:
        return None
    s = struct(dict(data, name="config", brief="Configuration space of the device."), ident(file.name, "config"),
               [document_ident(file.name, "config")], scope, known, link(file, "config"), data["section"])
    offsets, accessors = _config_walk(file, s)
    return {"struct": s, "offsets": offsets, "accessors": accessors, "tag": ident(file.name, "config_offset"),
            "section": data["section"]}


def _part_struct(file, fields, part, suffix, scope, known, row):
    """What stands before or behind the payload; packed where C would pad it."""
    data = {"name": f"req_{part}{suffix}", "fields": fields, "packed": False, "since": row.get("since"),
            "brief": "What the driver writes before the payload." if part == "out"
            else "What the device writes behind the payload."}
    where = link(file, "request", part) if not suffix else link(file, "request.types", row["name"], part)
    make = lambda packed: struct(dict(data, packed=packed), ident(file.name, data["name"]), [], scope, known, where,
                                 file.data["request"]["section"])
    natural, packed = make(False), make(True)
    return natural if natural["size"] == packed["size"] else packed


def _payload(row, known):
    """(unit, exact) in bytes: a list of structs has a unit, one whole struct an exact size."""
    payload = row.get("payload", {})
    inner = known.get(payload.get("struct"))
    if inner is None:
        return payload.get("multiple-of", 0), payload.get("bytes", 0)
    if "max" in payload:
        return inner["size"], 0
    return 0, 0 if inner["fields"][-1]["flexible"] else inner["size"]


def _payload_words(payload):
    """What a request carries, in words."""
    if not payload:
        return ""
    words = [f"multiple of {payload['multiple-of']} bytes"] if "multiple-of" in payload else []
    words += [f"{payload['bytes']} bytes"] if "bytes" in payload else []
    words += [payload["struct"]] if "struct" in payload else []
    words += [f"at most {payload['max']}"] if "max" in payload else []
    return f"{payload['dir']}: {', '.join(words)}" if words else payload["dir"]


def _limit_words(limits):
    """Which field of the configuration limits what, in words."""
    return ", ".join(f"{what}: {field}" for what, field in limits.items())


def _request(row, c, in_bytes, scope, known):
    """One row of the request table."""
    unit, exact = _payload(row, known)
    payload = row.get("payload", {})
    return {"name": row["name"], "c": c, "value": row["value"], "brief": row["brief"], "since": row.get("since"),
            "payload": _PAYLOAD.get(payload.get("dir"), "VWR_PAYLOAD_NONE"), "dir": payload.get("dir"),
            "struct": payload.get("struct"), "sector": _SECTOR.get(row.get("sector"), "VWR_SECTOR_UNUSED"),
            "sector_rule": row.get("sector"), "versions": versions_of(row), "only": row.get("only"),
            "gate": gate(scope, row.get("if")), "refused_by": gate(scope, row.get("refused-by")),
            "in_bytes": in_bytes, "unit": unit, "exact": exact, "max": payload.get("max"),
            "limits": row.get("limits", {}),
            "payload_words": _payload_words(payload), "limit_words": _limit_words(row.get("limits", {}))}


def _limits(file, types):
    """One row for each type that the configuration limits, as constants of offsets."""
    field = lambda name: const_name(file.name, "CONFIG", *name.split(".")) if name else "VWR_LIMIT_NONE"
    out = []
    for row in types:
        named = {_LIMITS[key]: name for key, name in row["limits"].items()}
        named.update({"segments": row["max"]} if row["max"] else {})
        if named:
            cells = {key: field(named.get(key)) for key in ("segments", "sectors", "alignment")}
            out.append(dict(cells, type=row["c"], name=row["name"], fields=named))
    return out


def _requests(file, scope, known):
    """Request layout, types, limits and status codes."""
    data = file.data.get("request")
    if not data:
        return None
    parts = {part: _part_struct(file, data[part], part, "", scope, known, {}) for part in ("out", "in") if part in data}
    section, structs, types, sizes = data["section"], list(parts.values()), [], []
    kinds = _values(file, "request.types", "T", data["types"], section, what="value")
    for row, kind in zip(data["types"], kinds["rows"]):
        own = {part: _part_struct(file, row[part], part, "_" + row["name"], scope, known, row)
               for part in ("out", "in") if part in row}
        structs += own.values()
        behind = known[row["in-struct"]] if "in-struct" in row else own.get("in", parts.get("in"))
        types.append(_request(row, kind["c"], behind["size"] if behind else 0, scope, known))
        if "bytes" in row.get("payload", {}):
            sizes.append({"c": const_name(file.name, row["name"], "BYTES"), "value": row["payload"]["bytes"],
                          "remark": f"Payload of {row['name']}."})
    if "sector-bytes" in data:
        sizes.insert(0, {"c": const_name(file.name, "SECTOR_BYTES"), "value": data["sector-bytes"],
                         "remark": "What the sector numbers of requests and configuration count."})
    flags = _values(file, "request.type-flags", "T", data.get("type-flags", []), section)
    status = _values(file, "request.status", "S", data["status"], section) if "status" in data else None
    return {"structs": structs, "types": types, "kinds": kinds, "flags": flags, "status": status, "sizes": sizes,
            "limits": _limits(file, types), "section": section, "queue": data["queue"],
            "max_segments": data.get("max-segments"), "max_segment_bytes": data.get("max-segment-bytes"),
            "table": ident(file.name, "requests"), "count_c": const_name(file.name, "REQUEST_COUNT"),
            "limit_table": ident(file.name, "request_limits"),
            "limit_count_c": const_name(file.name, "REQUEST_LIMIT_COUNT")}


def _queues(file):
    """Queue indices."""
    rows = [dict(constant({**row, "value": row["index"]}, row["index"], const_name(file.name, "QUEUE", row["name"])),
                 documents=[], count=row.get("count", 1), count_if=row.get("count-if"))
            for row in file.data.get("queues", [])]
    return enum(ident(file.name, "queue"), rows, link(file, "queues"), file.data["section"], what="index",
                title="queues")


def _rule_tables(name, rows, scope):
    """What a feature needs, and what a device offers it only with."""
    return [{"c": ident(name, table), "count_c": const_name(name, count), "rows": rules(rows, key, scope), "text": text}
            for table, count, key, text in (
                ("feature_rules", "FEATURE_RULE_COUNT", "requires", "Which feature needs which."),
                ("offer_rules", "OFFER_RULE_COUNT", "offer_with", "Which feature a device offers only with which."))]


def build(file, reserved, ids):
    """The model of one device file."""
    data, name = file.data, file.name
    bits = features(file, (name, ))
    own = {row["name"]: row["c"] for row in bits["rows"]}
    scope = {**reserved, **own}
    known = _structs(file, scope)
    config, request = _config(file, scope, known), _requests(file, scope, known)
    groups = [_values(file, f"{key}.{e['name']}", e["prefix"], e["values"], e["section"])
              for key in ("enums", "flags") for e in data.get(key, [])]
    groups += [request["kinds"]] + ([request["status"]] if request["status"] else []) if request else []
    structs = list(known.values()) + ([config["struct"]] if config else []) + (request["structs"] if request else [])
    for s in structs:
        s["wire"] = wire(s)
    kept = [row for row in bits["rows"] if row["only"] != "legacy"]
    legacy = [row for row in bits["rows"] if row["only"] == "legacy"]
    return {"id": ids[data["id"]], "id_c": const_name(name, "ID"), "id_name": data["id"], "features": bits,
            "enums": groups, "structs": structs, "inner": list(known.values()), "config": config, "request": request,
            "queues": _queues(file), "rule_tables": _rule_tables(name, bits["rows"], scope),
            "words": [{"c": const_name(name, f"FEATURES_W{i}"), "mask": mask}
                      for i, mask in enumerate(feature_words(kept))],
            "legacy_word": {"c": const_name(name, "FEATURES_LEGACY_W0"), "mask": feature_words(legacy)[0]},
            "uses_reserved": _uses_reserved(structs, request, set(reserved) - set(own))}


def _uses_reserved(structs, request, names):
    """Whether anything here is gated by a feature that no device owns, so that its header is needed."""
    gates = [f["gate"] for s in structs for f in s["fields"]]
    gates += [row[key] for row in (request["types"] if request else []) for key in ("gate", "refused_by")]
    return any(g and g["name"] in names for g in gates)
