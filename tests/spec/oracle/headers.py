# SPDX-License-Identifier: MIT
"""What the generated headers say: read from their text, so that nothing of the generator is trusted."""

import re

from vwr.oracle.listing import Code

_ENUMERATOR = re.compile(r"^ {4}(VWR_\w+) = ", re.MULTILINE)
_MACRO = re.compile(r"^#define (VWR_\w+) +(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*(?:\s|$)", re.MULTILINE)
_ALIAS = re.compile(r"^#define (\w+) +(vwr_\w+|VWR_\w+)$", re.MULTILINE)
_STRUCT = re.compile(r"^(struct (vwr_\w+) \{\n.*?^\})", re.MULTILINE | re.DOTALL)
_SOURCE = re.compile(r"^/\* Generated from (\S+) by ", re.MULTILINE)
_TYPES = ((r"\bvwr_((?:[lb]e|u)(?:16|32|64))\b", r"\1"), (r"\buint(\d+)_t\b", r"u\1"), (r"\} VWR_[A-Z_]+", "}"))


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
        for body, name in _STRUCT.findall(text):
            found["structs"][name] = (source, struct(body))
    for path in sorted((folder / "document").glob("*.h")):
        for document, ours in _ALIAS.findall(path.read_text(encoding="utf-8")):
            found["documents"].setdefault(ours, []).append(document)
    members = {name: here for name, (_, here) in found["structs"].items()}
    found["structs"] = {name: (source, list(paths(members, here)))
                        for name, (source, here) in found["structs"].items()}
    return found


def struct(text):
    """Members of one struct of ours."""
    for pattern, ours in _TYPES:
        text = re.sub(pattern, ours, text)
    code = Code(1, text + ";")
    if code.unread or not code.structs:
        raise ValueError(f"a generated struct is not understood: {code.unread}\n{text}")
    return code.structs[-1].members


def paths(structs, members, before=""):
    """(path, whether it has a size) of each field; what has no name is not in the path."""
    for member in members:
        path = before + member.name
        if member.name:
            yield path, "" not in member.counts
        inside = member.members
        if member.type.startswith("struct ") and not member.counts:
            inside = structs.get(member.type.removeprefix("struct "), ())
        yield from paths(structs, inside, f"{path}." if member.name else before)
