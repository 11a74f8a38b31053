# SPDX-License-Identifier: MIT
"""Parts that models of several kinds share: constants, structs with their offsets, remarks, masks."""

from cname import snake

# type: bytes, C type, type of a value in the CPU's order. u16 and up are in the guest's byte order.
SCALARS = {
    "u8": (1, "uint8_t"), "u16": (2, "uint16_t"), "u32": (4, "uint32_t"), "u64": (8, "uint64_t"),
    "le16": (2, "vwr_le16"), "le32": (4, "vwr_le32"), "le64": (8, "vwr_le64"),
}
VERSIONS = ("legacy", "modern")
FEATURE_WORDS = 4
INT_MAX = 0x7fffffff  # C11 has no enumerator beyond it


def remark(row, *more):
    """The comment behind a line: the brief, then what limits it."""
    words = [row.get("brief", "Reserved." if row.get("reserved") else "").rstrip(".")]
    words += [f"in {row['unit']}"] if "unit" in row else []
    words += [f"with {row['if']}"] if "if" in row else []
    words += [f"{row['only']} only"] if "only" in row else []
    words += [word for word in more if word]
    return "; ".join(word for word in words if word) + "."


def link(file, *path):
    """Where a reader finds the source: by name, since a line number would change with every line above."""
    return f"{file.path} {'.'.join(path)}"


def gate(scope, name):
    """The feature that opens something, None where it is always open."""
    return None if name is None else {"name": name, "c": scope[name]}


def versions_of(row):
    """The versions of the transport that have this row."""
    return [v for v in VERSIONS if row.get("only", v) == v]


def constant(row, value, c, doc=None, label=None, text=None):
    """One enumerator: value, C name, the document's names, the word for people."""
    documents = [name for name in [doc, *row.get("aka", [])] if name and (name is doc or name.startswith("VIRTIO_"))]
    return {"name": row["name"], "value": value, "text": text or number_text(value), "c": c, "documents": documents,
            "label": label or row["name"], "remark": remark(row), "brief": row.get("brief", ""),
            "section": row.get("section"), "since": row.get("since"), "only": row.get("only"), "if": row.get("if"),
            "requires": row.get("requires", []),
            "needs": "; ".join(or_text(any_of) for any_of in row.get("requires", [])),
            "offer_with": row.get("offer-with", []), "transports": row.get("transports", [])}


def or_text(any_of):
    """An any-of list in words."""
    return any_of if isinstance(any_of, str) else " or ".join(any_of)


def enum(tag, rows, where, section, brief="", what="value", title=None):
    """A C enum and its name table; `what` is the word for its numbers in the document (bit, value, offset)."""
    return {"tag": tag, "table": f"{tag}_names", "rows": rows, "link": where, "section": section, "brief": brief,
            "small": [row for row in rows if row["value"] <= INT_MAX],
            "big": [row for row in rows if row["value"] > INT_MAX], "what": what, "title": title or tag}


def feature_words(rows):
    """Feature bits as 32-bit words."""
    words = [0] * FEATURE_WORDS
    for row in rows:
        words[row["value"] // 32] |= 1 << row["value"] % 32
    return [hex_text(word) for word in words]


def rules(rows, key, scope):
    """One row for each any-of list: the feature and those it needs one of."""
    out = []
    for row in rows:
        for any_of in row[key]:
            names = any_of if isinstance(any_of, list) else [any_of]
            cells = [scope[name] for name in names]
            out.append({"feature": row["c"], "name": row["name"], "names": names,
                        "any": cells + ["VWR_FEATURE_NONE"] * (3 - len(cells))})
    return out


def number_text(value):
    """A C constant as people write it; one that does not fit an int is in hexadecimal."""
    return str(value) if value <= INT_MAX else hex_text(value)


def hex_text(value, digits=8):
    """A C constant at its register's or field's width."""
    return f"0x{value:0{digits}x}" + ("ULL" if value > 0xffffffff else "u")


def bits_of(row, c, bits_wide):
    """Masks of the parts of a register or field: the mask is in place."""
    digits = bits_wide // 4
    return [{"name": bit["name"], "c": f"{c}_{snake(bit['name']).upper()}", "shift": bit["shift"],
             "width": bit["width"], "mask": hex_text((1 << bit["width"]) - 1 << bit["shift"], digits),
             "if": bit.get("if"), "enum": bit.get("enum"), "brief": bit.get("brief", ""), "remark": remark(bit)}
            for bit in row.get("bits", []) if not bit.get("reserved")]


def _element(name, known):
    """(bytes, alignment, C type, struct model or None) of a field's type."""
    if name in SCALARS:
        size, ctype = SCALARS[name]
        return size, size, ctype, None
    nested = known[name]
    return nested["size"], nested["align"], f"struct {nested['c']}", nested


def _field(row, offset, struct_c, scope, known):
    """One member of a struct, at an offset that its caller has found."""
    size, align, ctype, nested = _element(row["type"], known)
    count = row.get("count")
    flexible = count in ("trailing", "queue-size")
    brackets = "[]" if flexible else f"[{count}]" if count else ""
    native = "guest's byte order" if row["type"] in ("u16", "u32", "u64") else ""
    name = snake(row["name"])
    return {"name": name, "type": row["type"], "ctype": ctype, "element": size, "align": align, "offset": offset,
            "count": None if flexible else count, "array": count is not None, "flexible": flexible,
            "bytes": 0 if flexible else size * (count or 1), "declaration": f"{ctype} {name}{brackets};",
            "reserved": row.get("reserved", False), "brief": row.get("brief", ""), "unit": row.get("unit"),
            "gate": gate(scope, row.get("if")), "dir": row.get("dir", "R"), "absent": row.get("absent", 0),
            "enum": row.get("enum") or row.get("flags"), "nested": nested, "remark": remark(row, native),
            "remark_words": " ".join((["Reserved."] if row.get("reserved") else []) + [row.get("brief", "")]).strip(),
            "bits": bits_of(row, f"{struct_c.upper()}_{name.upper()}", size * 8)}


def struct(data, c, documents, scope, known, where, section=None):
    """A wire struct with its offsets, as C lays it out; what lies behind a ring's entries is in `behind`."""
    packed = data.get("packed", False)
    fields, behind, offset, align, entry = [], [], 0, 1, None
    for row in data["fields"]:
        f = _field(row, 0, c, scope, known)
        if entry:
            behind.append(dict(f, offset=offset, per_entry=entry["element"], c=f"{c}_{f['name']}_offset"))
            offset += f["bytes"]
            continue
        step = 1 if packed else f["align"]
        align, offset = max(align, step), -(-offset // step) * step
        fields.append(dict(f, offset=offset))
        offset += f["bytes"]
        entry = f if row.get("count") == "queue-size" else None
    last = fields[-1]
    size = last["offset"] + last["bytes"]
    return {"name": data["name"], "c": c, "documents": documents, "packed": packed, "align": align, "fields": fields,
            "behind": behind, "size": -(-size // align) * align, "brief": data.get("brief", ""), "link": where,
            "section": section or data.get("section"), "since": data.get("since"), "only": data.get("only")}


def in_dependency_order(structs):
    """Structs as the spec has them, but one that another contains comes before it."""
    by_name, done = {s["name"]: s for s in structs}, {}

    def visit(data):
        for row in data["fields"]:
            if row["type"] in by_name and row["type"] not in done:
                visit(by_name[row["type"]])
        done[data["name"]] = data

    for data in structs:
        if data["name"] not in done:
            visit(data)
    return list(done.values())


def _leaves(s, path="", base=0):
    """Every number in a struct, for the wire test: where it is and how C reaches it; bytes in a row are one."""
    out = []
    for f in s["fields"]:
        if f["flexible"]:
            continue
        row = f["array"] and f["element"] == 1
        for i in range(1 if row else f["count"] or 1):
            at = f"{path}{f['name']}" + (f"[{i}]" if f["array"] and not row else "")
            offset = base + f["offset"] + i * f["element"]
            if f["nested"]:
                out += _leaves(f["nested"], at + ".", offset)
            else:
                out.append({"path": at, "offset": offset, "bytes": f["element"], "count": f["count"] if row else None})
    return out


def wire(s):
    """What the wire test writes into a struct, and the bytes that the document has then: byte n is n + 1."""
    pattern, rows = bytearray(s["size"]), []
    for leaf in _leaves(s):
        start, size = leaf["offset"], leaf["bytes"] * (leaf["count"] or 1)
        pattern[start:start + size] = bytes((start + i + 1) % 256 for i in range(size))
        value = int.from_bytes(pattern[start:start + leaf["bytes"]], "little")
        rows.append(dict(leaf, value=hex_text(value, 2 * leaf["bytes"]), bits=8 * leaf["bytes"]))
    lines = [", ".join(f"0x{byte:02x}" for byte in pattern[i:i + 12]) for i in range(0, len(pattern), 12)]
    return {"rows": rows, "lines": lines}
