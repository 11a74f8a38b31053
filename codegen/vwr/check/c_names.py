# SPDX-License-Identifier: MIT
"""Every name that a file's headers declare, as its model has them, so that two that meet are reported before a compiler
sees them."""

from dataclasses import is_dataclass

from vwr import cname
from vwr.model.nodes import parts_of, place_of
from vwr.spec.since import AT

# Keys of a model under which what it declares is called; `c` of what has features to choose from is another's name.
_NAMES = ("c", "tag", "table", "getter", "setter", "reg")
_ENDS = ("_c", "_tag", "_table")
_REFERENCES = ("owner_c", "by_c")
_CHOICE = "any"


def c_names(model):
    """(C name, path of what it comes from), each once for a path."""
    found = [(f"vwr/gen/{model['stem']}.h", ("name",)), *_walk(model, ())]
    for e in (model.get("features"), *model["enums"]):
        for row in e["rows"] if e else ():
            found += [(cname.from_document(name), (*row[AT].path, "aka", index)) for index, name in enumerate(row["aka"])
                      if e["what"] == "bit" and name.startswith("VIRTIO_")]
    return list(dict.fromkeys(found))


def _declares(key):
    return key in _NAMES or key.endswith(_ENDS) and key not in _REFERENCES


def _walk(node, path):
    """The names below a node; one that has no path of its own is where it is found."""
    if isinstance(node, dict) or is_dataclass(node):
        place, known = place_of(node), parts_of(node)
        path = place.path if place else path
        for key, value in known.items():
            if _declares(key) and isinstance(value, str) and _CHOICE not in known:
                for name in (f"{value}_MASK", f"{value}_SHIFT") if "shift" in known else (value,):
                    yield name, path
            elif key not in (AT, "place", "nested"):  # which is one of the structs
                yield from _walk(value, path)
    elif isinstance(node, list):
        for item in node:
            yield from _walk(item, path)
