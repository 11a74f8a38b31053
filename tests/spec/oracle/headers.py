# SPDX-License-Identifier: MIT
"""What the generated headers say: read from their text, so that nothing of the generator is trusted."""

import json
import re
import subprocess
import sys

from vwr.oracle.listing import Code

_ENUMERATOR = re.compile(r"^ {4}(VWR_\w+) = ", re.MULTILINE)
_MACRO = re.compile(r"^#define (VWR_\w+) +(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*(?:\s|$)", re.MULTILINE)
_DEFINED = re.compile(r"^#define (\w+) +\w+", re.MULTILINE)
_OWN_STRUCT = re.compile(r"^(struct (\w+) \{\n.*?^\})", re.MULTILINE | re.DOTALL)
FORMAT = 2  # of generated/virtwright.json
OWN = "ours_"  # before the names of the stand-alone headers, which the kernel's headers have too
_STRUCT = re.compile(r"^(struct (vwr_\w+) \{\n.*?^\})", re.MULTILINE | re.DOTALL)
_SOURCE = re.compile(r"^/\* Generated from (\S+) by ", re.MULTILINE)
_TYPES = (
    (r"\bvwr_((?:[lb]e|u)(?:16|32|64))\b", r"\1"),
    (r"\buint(\d+)_t\b", r"u\1"),
    (r"\} VWR_[A-Z_]+", "}"),
)


def read(root, build):
    """{'constants': {C name: spec file}, 'structs': {C name: (spec file, fields)}, 'documents': {C name: [name]},
    'headers': [to include]}.

    A field is (path, whether it has a size); those of a struct in a struct have both names in their path. The
    stand-alone headers are made below `build`; they are there too, with a prefix, in copies.
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
    alone = _read_alone(_made(root, build / "made") / "standalone", build / "standalone", found)
    for ours, names in _described(root):
        found["documents"][ours] = [name for name in dict.fromkeys(names) if name in alone]
    members = {name: here for name, (_, here) in found["structs"].items()}
    found["structs"] = {
        name: (source, list(paths(members, here))) for name, (source, here) in found["structs"].items()
    }
    return found


def _made(root, folder):
    """What generated/ does not keep, from the descriptions of `root`."""
    command = [sys.executable, "-B", str(root / "codegen"), "generate", "--tests", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def _read_alone(folder, copies, found):
    """Their names; adds what they have to `found`."""
    names, copies_of = set(), {}
    copies.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.h")):
        text = copies_of[path.name] = path.read_text(encoding="utf-8")
        here = [*_DEFINED.findall(text), *(name for _, name in _OWN_STRUCT.findall(text))]
        found["constants"].update({OWN + name: f"standalone/{path.name}" for name in _DEFINED.findall(text)})
        found["documents"].update({OWN + name: [name] for name in here})
        names.update(here)
    renamed = lambda word: OWN * (word.group() in names) + word.group()
    for name, text in copies_of.items():
        text = re.sub(r"\w+", renamed, text)
        (copies / name).write_text(text, encoding="utf-8")
        found["headers"].append(f"standalone/{name}")
        for body, one in _OWN_STRUCT.findall(text):
            found["structs"][one] = (f"standalone/{name}", struct(body))
    return names


def _described(root):
    """(C name, what the specification calls it) of numbers and structs, as the description has it."""
    data = json.loads((root / "generated" / "virtwright.json").read_text(encoding="utf-8"))
    if data["format"] != FORMAT:
        raise ValueError(f"generated/virtwright.json has format {data['format']}, not {FORMAT}")
    for one in data["files"]:
        numbers = [value for group in one["groups"] if "scoped" not in group for value in group["values"]]
        for row in [*numbers, *one.get("structs", [])]:
            yield row["c"], [row.get("document"), *row.get("aka", [])]


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
