# SPDX-License-Identifier: MIT
"""How much the spec holds, counted in the specification's terms from the models."""

import json

from vwr.model.nodes.files import Ids, Model, Registers
from vwr.model.python import package

# Groups whose numbers are counted as something else, or are ours alone.
_NOT_CONSTANTS = ("features", "ids", "queues", "registers", "shared-memory")


def counts(models: list[Model]) -> dict[str, int]:
    """Numbers by what is counted."""
    packages = [package(m) for m in models]
    groups = [g for p in packages for g in p["groups"]]
    size = lambda *kinds: sum(len(g["values"]) for g in groups if g["kind"] in kinds)
    return {
        "spec files": len(models),
        "device chapters": sum(m.kind == "device" for m in models),
        "device ids": sum(len(m.enums[0].rows) + len(m.reserved) for m in models if isinstance(m, Ids)),
        "feature bits": size("features"),
        "MMIO register entries": sum(len(row.versions) for m in models if isinstance(m, Registers) for row in m.registers),
        "queues": sum(len(m.queues.all) for m in models if m.queues),
        "config fields": sum(len(m.config.accessors) for m in models if m.config),
        "constants": sum(len(g["values"]) for g in groups if g["kind"] not in _NOT_CONSTANTS),
        "messages": sum(len({row.name for one in m.messages if one.place == place for row in one.rows})
                        for m in models for place in dict.fromkeys(one.place for one in m.messages)),
        "structs": sum(len(p["structs"]) for p in packages),
        "fields": sum(len(s["fields"]) for p in packages for s in p["structs"]),
        "shared memory regions": size("shared-memory"),
    }


def report(models: list[Model], form: str) -> str:
    """The counts as lines or JSON."""
    found = counts(models)
    if form == "json":
        return json.dumps(found, indent=2) + "\n"
    return "".join(f"{number:>5}  {what}\n" for what, number in found.items())
