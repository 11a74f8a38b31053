# SPDX-License-Identifier: MIT
"""Parts that models of several kinds share: constants, enums, gates, rules, remarks, masks."""

from vwr.cname import is_document_name, snake
from vwr.model.nodes import Gate
from vwr.spec.scalars import Hex
from vwr.spec.shapes import names_of
from vwr.spec.since import AT

VERSIONS = ("legacy", "modern")
FEATURE_WORDS = 4
INT_MAX = 0x7fffffff  # C11 has no enumerator beyond it


def remark(row, *more):
    """The comment behind a line: the brief, then what limits it."""
    words = [row.get("brief", "Reserved." if row.get("reserved") else "").rstrip(".")]
    words += [f"in {row['unit']}"] if "unit" in row else []
    words += [f"with {gates_text(row)}"] if "if" in row else []
    words += [f"{row['only']} only"] if "only" in row else []
    words += [word for word in more if word]
    return "; ".join(word for word in words if word) + "."


def link(file, *path):
    """Where a reader finds the source: by name, since a line number would change with every line above."""
    return f"{file.path} {'.'.join(path)}"


def gate(scope, names):
    """The feature that opens something, or any of several; None where it is always open."""
    if names is None:
        return None
    names = names_of(names)
    return Gate(or_text(names), names, scope[names[0]], [scope[name] for name in names])


def versions_of(row):
    """The versions of the transport that have this row."""
    return [v for v in VERSIONS if row.get("only", v) == v]


def constant(row, value, c, doc=None, label=None, text=None):
    """One enumerator: value, C name, the specification's names, the word for people."""
    documents = [name for name in [doc, *row.get("aka", [])]
                 if name and is_document_name(name) and (name is doc or name.startswith("VIRTIO_"))]
    return {AT: row.get(AT), "name": row["name"], "value": value, "text": text or number_text(value), "shown": shown(value), "c": c, "documents": documents,
            "label": label or row["name"], "remark": remark(row), "brief": row.get("brief", ""),
            "section": row.get("section"), "since": row.get("since"), "only": row.get("only"),
            "if": gates_text(row) if "if" in row else None, "document": doc or "", "aka": row.get("aka", []),
            "gate": row.get("if", []), "reserved": row.get("reserved", False),
            "requires": row.get("requires", []),
            "needs": "; ".join(or_text(any_of) for any_of in row.get("requires", [])),
            "offer_with": row.get("offer-with", []), "transports": row.get("transports", [])}


def gates_text(row):
    """The features that open something, as text."""
    return or_text(row["if"]) + (f" and {row['also']}" if "also" in row else "")


def or_text(any_of):
    """An any-of list as text."""
    return any_of if isinstance(any_of, str) else " or ".join(any_of)


def enum(tag, rows, where, section, brief="", what="value", title=None):
    """A C enum and its name table; `what` is the word for its numbers in the specification (bit, value, offset)."""
    return {"tag": tag, "table": f"{tag}_names", "rows": rows, "link": where, "section": section, "brief": brief,
            "small": [row for row in rows if row["value"] <= INT_MAX],
            "big": [row for row in rows if row["value"] > INT_MAX], "what": what, "title": title or tag,
            "name": title or tag, "kind": title or tag, "scoped": False}


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
    """A C constant as people write it; one that does not fit an int is in hexadecimal, or if the spec has it so."""
    if value > INT_MAX:
        return hex_text(value)
    return f"0x{value:x}" if isinstance(value, Hex) else str(value)


def shown(value):
    """A number as a page has it: in hexadecimal if the spec has it so."""
    return f"0x{value:x}" if isinstance(value, Hex) else str(value)


def hex_text(value, digits=8):
    """A C constant at its register's or field's width."""
    return f"0x{value:0{digits}x}" + ("ULL" if value > 0xffffffff else "u")


def bits_of(row, c, bits_wide, tags=None):
    """Masks of the parts of a register or field: the mask is in place; `tags`: what comments call groups."""
    digits = bits_wide // 4
    return [{AT: bit.get(AT), "name": bit["name"], "c": f"{c}_{snake(bit['name']).upper()}", "shift": bit["shift"],
             "width": bit["width"], "mask": hex_text((1 << bit["width"]) - 1 << bit["shift"], digits),
             "if": or_text(bit["if"]) if "if" in bit else None, "enum": bit.get("enum"),
             "brief": bit.get("brief", ""), "remark": remark(bit, (tags or {}).get(bit.get("enum")))}
            for bit in row.get("bits", []) if not bit.get("reserved")]
