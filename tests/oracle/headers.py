# SPDX-License-Identifier: MIT
"""What the generated headers say: read from their text, so that nothing of the generator is trusted."""

import re

_ENUMERATOR = re.compile(r"^ {4}(VWR_\w+) = ", re.MULTILINE)
_MACRO = re.compile(r"^#define (VWR_\w+) +(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*(?:\s|$)", re.MULTILINE)
_ALIAS = re.compile(r"^#define (\w+) +(vwr_\w+|VWR_\w+)$", re.MULTILINE)
_STRUCT = re.compile(r"^struct (vwr_\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^ {4}(?:struct (vwr_\w+)|\w+) (\w+)(\[\w*\])?;", re.MULTILINE)
_SOURCE = re.compile(r"^/\* Generated from (\S+) by ", re.MULTILINE)


def read(root):
    """{'constants': {C name: spec file}, 'structs': {C name: (spec file, fields)}, 'documents': {C name: [name]}}.

    A field is (path, whether it has a size); those of a struct in a struct have both names in their path.
    """
    found = {"constants": {}, "structs": {}, "documents": {}, "headers": []}
    folder = root / "generated" / "include" / "vwr" / "gen"
    for path in sorted(folder.glob("*.h")):
        text = path.read_text(encoding="utf-8")
        source = _SOURCE.search(text).group(1)
        found["headers"].append(f"vwr/gen/{path.name}")
        for name in _ENUMERATOR.findall(text) + _MACRO.findall(text):
            found["constants"][name] = source
        for name, body in _STRUCT.findall(text):
            found["structs"][name] = (source, _FIELD.findall(body))
    for path in sorted((folder / "document").glob("*.h")):
        for document, ours in _ALIAS.findall(path.read_text(encoding="utf-8")):
            found["documents"].setdefault(ours, []).append(document)
    found["structs"] = {name: (source, list(_paths(found["structs"], fields)))
                        for name, (source, fields) in found["structs"].items()}
    return found


def _paths(structs, fields):
    for nested, name, array in fields:
        yield name, array != "[]"
        if nested and not array:
            for inner, has_size in _paths(structs, structs[nested][1]):
                yield f"{name}.{inner}", has_size
