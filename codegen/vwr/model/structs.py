# SPDX-License-Identifier: MIT
"""Wire structs: members at their offsets, as C lays them out, and what lies behind an array of unknown length."""


from vwr.cname import member
from vwr.model.nodes import GatedValue
from vwr.model.parts import bits_of, gate, hex_text, remark
from vwr.spec.shapes import WIDTHS, inner_first, parts
from vwr.spec.since import AT

# Bytes and C type of a type. le and be have their order whatever the CPU; u16 and up have the guest's.
SCALARS = {name: (size, f"uint{8 * size}_t" if name.startswith("u") else f"vwr_{name}")
           for name, size in WIDTHS.items()}


class Maker:
    """Makes the structs of one file: `scope` has the features that may open a field, `known` the structs by name,
    `tags` what a comment calls a group of values."""

    def __init__(self, scope, known=None, tags=None):
        self.scope, self.tags = scope, tags or {}
        self.known = {} if known is None else known

    def struct(self, data, c, documents, where, section=None):
        """The model of one struct; those without a name that it contains are in `hoisted`."""
        section = section or data.get("section")
        own, back = parts(data["fields"])
        hoisted = []
        listed = [self._field(row, c, data.get("packed", False), where, section, hoisted) for row in own]
        if data.get("registers"):
            listed = [dict(f, remark=f"{f['remark'].rstrip('.')}; {_access(f)}.") for f in listed]
        layout = _Layout(listed, c, data.get("packed", False))
        made = {AT: data.get(AT), "name": data["name"], "c": c, "documents": documents, "link": where, "section": section,
                "packed": data.get("packed", False), "registers": data.get("registers", False),
                "brief": data.get("brief", ""), "since": data.get("since"), "only": data.get("only"),
                "hoisted": hoisted, "tail": None, "out_bytes": None, **layout.model(),
                "sizes": self._sizes(data, c, layout.size)}
        return self._with_back(made, data, back, where) if back else made

    def snug(self, data, c, where, section):
        """A struct that has no name in the specification: packed where C would pad it."""
        make = lambda packed: self.struct({**data, "packed": packed}, c, [], where, section)
        natural, packed = make(False), make(True)
        return natural if natural["size"] == packed["size"] else packed

    def _with_back(self, made, data, back, where):
        """What the device writes: a struct of its own where it has no place in the first, else the same struct."""
        if made["fixed"]:
            whole = self.struct(dict(data, fields=[dict(row, dir="") for row in data["fields"]]), made["c"],
                                made["documents"], where)
            count = len(data["fields"]) - len(back)
            answer = whole["fields"][count]["offset"] if not whole["behind"] else None
            if answer is not None and whole["fixed"]:
                fields = whole["fields"][:count] + [dict(f, said_dir="in") for f in whole["fields"][count:]]
                return dict(whole, fields=fields, out_bytes={"c": f"{made['c']}_out_bytes".upper(), "value": answer})
        tail = self.struct(dict(data, name=f"{data['name']}_in", sizes=[], fields=[dict(row, dir="") for row in back],
                                brief="What the device writes of it."), f"{made['c']}_in", [], where)
        return dict(made, tail=tail, fixed=False, hoisted=made["hoisted"] + tail["hoisted"])

    def _element(self, row, name, owner, packed, where, section, hoisted):
        """(bytes, alignment, C type, struct model, union members) of one element."""
        if "union" in row:
            within = owner if row.get("anonymous") else f"{owner}_{name}"
            members = [self._field(inner, within, packed, where, section, hoisted)
                       for inner in row["union"]]
            align = 1 if packed else max(inner["align"] for inner in members)
            size = -(-max(inner["bytes"] for inner in members) // align) * align
            if not all(map(_is_fixed, members)):
                return 1, 1, "uint8_t", None, []  # its length is that of the member that it is
            return size, align, "union", None, members
        if "fields" in row:
            data = dict(row, name=f"{owner}_{name}", brief=row.get("brief", ""), packed=packed)
            inner = self.struct(data, data["name"], [], where, section) if packed else \
                self.snug(data, data["name"], where, section)
            hoisted += [*inner["hoisted"], inner]
            return inner["size"], inner["align"], f"struct {inner['c']}", inner, []
        if row["type"] in SCALARS:
            size, ctype = SCALARS[row["type"]]
            return size, size, ctype, None, []
        nested = self.known[row["type"]]
        if not nested["fixed"]:
            return 1, 1, "uint8_t", None, []  # bytes: C has no member of what has no fixed size
        return nested["size"], nested["align"], f"struct {nested['c']}", nested, []

    def _field(self, row, owner, packed, where, section, hoisted):
        """One member, not yet at its place."""
        name = member(row["name"])
        size, align, ctype, nested, members = self._element(row, name, owner, packed, where, section, hoisted)
        count = row.get("count")
        bare = nested is None and not members and row.get("type") not in SCALARS
        apart = bare and row.get("type") in self.known
        flexible = isinstance(count, str) or bare
        brackets = "[]" if flexible else f"[{count}]" if count else ""
        native = "guest's byte order" if row.get("type") in ("u16", "u32", "u64") else ""
        group, texts = self._groups(row)
        open_members = [] if members else [self._field(inner, f"{owner}_{name}", packed, where, section, [])
                                           for inner in row.get("union", ())]  # C has bytes for them
        more = [native, texts,
                f"holds {row['holds']}" if "holds" in row else "",
                f"{'each ' if count else ''}struct {self.known[row['type']]['c']}" if apart else "",
                f"{_count_words(count)} of them" if isinstance(count, str) and _count_words(count) else "",
                f"where it is {' or '.join(row['is'])}" if "is" in row else ""]
        bytes_ = 0 if flexible else size * (count or 1)
        with_ = row.get("absent-with")
        return {AT: row.get(AT), "name": name, "least": self.known[row["type"]]["least"] if apart and not count else bytes_,
                "type": row.get("type", "union" if "union" in row else "struct"), "ctype": ctype,
                "element": size, "align": align, "offset": 0, "count": None if flexible else count,
                "array": count is not None, "flexible": flexible, "length": count,
                "bytes": bytes_, "declaration": f"{ctype} {name}{brackets};", "brackets": brackets,
                "reserved": row.get("reserved", False), "brief": row.get("brief", ""), "unit": row.get("unit"),
                "gate": gate(self.scope, row.get("if")), "dir": row.get("dir") or "R", "said_dir": row.get("dir", ""),
                "legacy_dir": row.get("legacy-dir", ""), "early": row.get("at-any-time") is True, "legacy_early": row.get("at-any-time") == "legacy",
                "absent": row.get("absent", 0), "writable": row.get("writable", []),
                "absent_with": GatedValue(**vars(gate(self.scope, with_["if"])), value=with_["value"]) if with_ else None,
                "absent_in": {inner["field"]: inner["value"] for inner in row.get("absent-in", [])}, "enum": group, "nested": nested, "members": members,
                "open_members": open_members,
                "anonymous": row.get("anonymous", False) and "type" not in row,
                "packed": packed, "unnamed": row.get("anonymous", False), "holds": row.get("holds", ""),
                "mask": "mask-of" in row, "by": row.get("by", ""), "is": row.get("is", []),
                "since": row.get("since"), "only": row.get("only"), "aka": row.get("aka", []),
                "remark": remark(row, *more),
                "remark_words": f"{'Reserved. ' if row.get('reserved') else ''}{row.get('brief', '')}".strip(),
                "bits": bits_of(row, f"{owner.upper()}_{name.upper()}", size * 8, self.tags), "raw_bits": row.get("bits", [])}

    def _groups(self, row):
        """(groups of a field's values, what its comment says of them)."""
        listed = row.get("enum") or row.get("flags") or row.get("mask-of") or []
        listed = [listed] if isinstance(listed, str) else listed
        words = " or ".join(self.tags.get(name, name) for name in listed)
        flags = self.tags.get(row["flags"], row["flags"]) if "flags" in row and "enum" in row else ""
        texts = [words if "enum" in row or "flags" in row else "", flags,
                f"1 << each of {self.tags.get(row['mask-of'], row['mask-of'])}" if "mask-of" in row else ""]
        return " or ".join(listed) or None, "; ".join(word for word in texts if word)

    def _sizes(self, data, c, size):
        """Sizes that depend on features."""
        rows = []
        for row in data.get("sizes", []):
            needs = [gate(self.scope, name) for name in row.get("if", [])]
            rows.append({"size": row["size"], "needs": needs, "names": [need.names for need in needs]})
        return {"c": f"{c}_size", "rows": rows, "padded": max(row["size"] for row in rows) > size} if rows else None


class _Layout:
    """Fields at their places: members while each has one, and then those behind an array of unknown length."""

    def __init__(self, listed, c, packed):
        self.c, self.packed = c, packed
        self.members, self.behind = [], []
        self.params = []  # what an offset depends on: (bytes, parameter, whether it counts elements)
        self.end, self.align = 0, 1
        for f in listed:
            self._add(f)
        self.size = -(-self._end_of_members() // self.align) * self.align
        self.fixed = not self.params and all(map(_is_fixed, self.members))
        self.least = max(sum(f["least"] for f in listed), self.size)

    def _add(self, f):
        if self.params or f["flexible"] and not self.members:
            self.behind.append(dict(f, place=(self.end, tuple(self.params)), c=f"{self.c}_{f['name']}_offset",
                                    offset_text=_place(self.end, self.params),
                                    offset_words=_words(self.end, self.params)))
        else:
            step = 1 if self.packed else f["align"]
            self.align, self.end = max(self.align, step), -(-self.end // step) * step
            self.members.append(_at(f, self.end))
        if f["flexible"]:
            self.params.append((f["element"], "num" if f["length"] == "queue-size" else f["name"], True))
        elif self.params and f["gate"] and not self._by_queue_size():
            self.params.append((f["bytes"], f["name"], False))  # 1 with its feature, 0 without
        else:
            self.end += f["bytes"]

    def _end_of_members(self):
        return self.members[-1]["offset"] + self.members[-1]["bytes"] if self.members else 0

    def _by_queue_size(self):
        return any(name == "num" for _, name, _ in self.params)

    def model(self):
        """What a struct's model has of it."""
        known = self.behind and (self.end or len(self.params) > 1) and not self._by_queue_size()
        return {"fields": self.members, "behind": self.behind, "params": self.params, "align": self.align,
                "size": self.size, "fixed": self.fixed, "least": self.least,
                "bytes_c": f"{self.c}_bytes" if known else None, "bytes_text": _place(self.end, self.params),
                "unplaced": "" if self.members else _unplaced(self.behind)}


def _access(f):
    """What a driver may do with a field of registers, as text."""
    return f["dir"] + (f"; RW {', '.join(f['writable'])}" if f["writable"] else "")


def _at(f, offset):
    """A field at its place; members of a union are all there."""
    return dict(f, offset=offset, members=[_at(inner, offset) for inner in f["members"]])


def _is_fixed(f):
    """Whether a member has one length."""
    return not f["flexible"] and (f["nested"] is None or f["nested"]["fixed"]) and all(map(_is_fixed, f["members"]))


def _unplaced(behind):
    """What there is in place of a C struct where nothing has a fixed place."""
    rows = [f"{f['name']}{f['brackets']}, {f['remark'][:1].lower()}{f['remark'][1:].rstrip('.')}" for f in behind]
    return f"No C struct, since it begins with what has no fixed length. {'; '.join(rows)}."


def _place(offset, params):
    """An offset as C reckons it from the numbers of elements before it."""
    terms = [f"{size}u * {name}" if size > 1 else name for size, name, _ in params]
    return " + ".join(([f"{offset}u"] if offset or not terms else []) + terms)


def _words(offset, params):
    """The same for people."""
    terms = [f"{size} · {'Queue Size' if name == 'num' else name}" for size, name, _ in params]
    return " + ".join(([str(offset)] if offset or not terms else []) + terms)


def _count_words(count):
    """How people say the length of an array that a field holds."""
    return "" if count in ("trailing", "open", "queue-size") else count.replace("config.", "configuration's ")


def in_dependency_order(structs):
    """Structs as the spec has them, but one that another contains comes before it."""
    by_name = {s["name"]: s for s in structs}
    return [by_name[name] for name in inner_first({name: list(types_in(s["fields"])) for name, s in by_name.items()})]


def types_in(rows):
    """The types of fields, of those inside them too."""
    for row in rows:
        yield from [row["type"]] if "type" in row else types_in(row.get("fields", row.get("union", [])))


def _leaves(s, path="", base=0):
    """Every number in a struct, for the wire test: where it is and how C reaches it; bytes in a row are one."""
    return [leaf for f in s["fields"] if not f["flexible"] for leaf in _field_leaves(f, path, base + f["offset"])]


def _field_leaves(f, path, offset):
    """The numbers of one field; of a union those of its largest member."""
    row, out = f["array"] and f["element"] == 1, []
    for i in range(1 if row else f["count"] or 1):
        at = path + ("" if f["anonymous"] else f["name"]) + (f"[{i}]" if f["array"] and not row else "")
        here = offset + i * f["element"]
        if f["members"]:
            biggest = max(f["members"], key=lambda inner: inner["bytes"])
            out += _field_leaves(biggest, at if f["anonymous"] else f"{at}.", here)
        elif f["nested"]:
            out += _leaves(f["nested"], f"{at}.", here)
        else:
            out.append({"path": at, "offset": here, "bytes": f["element"], "count": f["count"] if row else None,
                        "order": "be" if f["type"].startswith("be") else "le"})
    return out


def wire(s):
    """What the wire test writes into a struct, and the bytes that the specification has then: byte n is n + 1."""
    pattern, rows = bytearray(s["size"]), []
    for leaf in _leaves(s):
        start, size = leaf["offset"], leaf["bytes"] * (leaf["count"] or 1)
        pattern[start:start + size] = bytes((start + i + 1) % 256 for i in range(size))
        value = int.from_bytes(pattern[start:start + leaf["bytes"]], "big" if leaf["order"] == "be" else "little")
        rows.append(dict(leaf, value=hex_text(value, 2 * leaf["bytes"]), bits=8 * leaf["bytes"]))
    lines = [", ".join(f"0x{byte:02x}" for byte in pattern[i:i + 12]) for i in range(0, len(pattern), 12)]
    return {"rows": rows, "lines": lines}
