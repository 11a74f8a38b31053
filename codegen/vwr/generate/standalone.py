# SPDX-License-Identifier: MIT
"""C of a model with the specification's own names, for headers that include none of ours."""

import os
import re
from collections.abc import Iterator

from vwr.cname import PREFIX
from vwr.model.nodes.files import Model
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Enum, Value
from vwr.model.structs import SCALARS

Names = dict[str, str]
_OURS = re.compile(rf"\b(?:enum )?(?:{PREFIX}|{PREFIX.upper()})_\w+")
_TWICE = re.compile(r"(\b\w+_\*)(?:; \1)+")


def document_names(m: Model) -> Names:
    """
    {our C name: the specification's}; a name of our own gets a similar one. An enum has the common prefix of
    its constants, and a type of numbers is one of <stdint.h>.
    """
    names = {ctype: f"uint{8 * size}_t" for size, ctype in SCALARS.values()}
    names |= {row.c: document_name(row) for row in [*m.numbers, *(row for e in groups(m) for row in e.rows)]}
    names |= {s.c: s.documents[0] for s in m.structs if s.documents}
    return names | {
        f"enum {e.tag}": _family(e, [names[row.c] for row in e.rows], f"VIRTIO_{m.prefix.upper()}_")
        for e in groups(m)
    }


def groups(m: Model) -> list[Enum]:
    """All groups of numbers, features first."""
    found = [m.features, *m.enums, m.queues]
    return [e for e in found if e and e.rows]


def document_name(row: Value) -> str:
    """The specification's name of a number."""
    return row.documents[0] if row.documents else _alike(row.c)


def _alike(name: str) -> str:
    """A name for an item without a name in the specification, in the style of the others."""
    return name.replace(PREFIX.upper(), "VIRTIO", 1).replace(PREFIX, "virtio", 1)


def _family(e: Enum, names: list[str], all_of_file: str) -> str:
    """
    The common part of the names, VIRTIO_GPU_CMD_*; if that is not specific to them, the heading above them.
    """
    if len(names) == 1:
        return names[0]
    lead = os.path.commonprefix(names).rpartition("_")[0] + "_"
    return e.link.rpartition(" ")[2] if lead == all_of_file else lead + "*"


def standalone(text: str, names: Names) -> str:
    """Our C or comment with these names."""
    if f"{PREFIX}_" not in text and f"{PREFIX.upper()}_" not in text:
        return text  # as most, in a tenth of the time of a look at each word
    return _TWICE.sub(r"\1", _OURS.sub(lambda word: names.get(word[0]) or _alike(word[0]), text))


def with_order(f: Field) -> str:
    """A field's comment, which mentions a byte order that differs from the others."""
    return f"big-endian; {f.remark}" if f.type.startswith("be") else f.remark


def behind(s: Struct) -> Iterator[str]:
    """A line for each field that is not a member in C, since it follows an array of variable length."""
    for f in s.behind:
        if f.after:
            yield f"At {f.offset_words}: {f.ctype} {f.name}{f.brackets}. {f.remark}"
