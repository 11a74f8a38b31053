# SPDX-License-Identifier: MIT
"""
Counts the contents of the spec in the specification's terms, from the models; and the clauses that rows or
tests name.
"""

import json
from collections.abc import Collection

from vwr.grammar.files import KINDS
from vwr.grammar.row import keys, rows_of
from vwr.model.data import data_of
from vwr.model.nodes.files import Ids, Model, Registers
from vwr.spec.clauses import Clauses, decided, ruled
from vwr.spec.load import SpecFile

# Groups whose numbers are counted in another category, or belong only to this library.
_NOT_CONSTANTS = ("features", "ids", "queues", "registers", "shared-memory")


def counts(
    models: list[Model], clauses: Clauses, named: Collection[str], rules: SpecFile | None = None
) -> dict[str, int]:
    """Numbers by category; `named`: the clauses that tests name; `rules`: spec/rules.yaml."""
    files = [data_of(m) for m in models]
    groups = [g for file in files for g in file.get("groups", ())]
    structs = [s for file in files for s in file.get("structs", ()) if not s.get("apart")]
    size = lambda *kinds: sum(len(g["values"]) for g in groups if g["kind"] in kinds)
    return {
        "spec files": len(models) + (rules is not None),
        "device chapters": sum(m.kind == "device" for m in models),
        "device ids": sum(len(m.enums[0].rows) + len(m.reserved) for m in models if isinstance(m, Ids)),
        "feature bits": size("features"),
        "MMIO register entries": sum(
            len(row.versions) for m in models if isinstance(m, Registers) for row in m.registers
        ),
        "PCI registers": sum(
            len(block.registers)
            for m in models
            if isinstance(m, Registers)
            for block in m.blocks
            if block.struct
        ),
        "queues": sum(len(m.queues.all) for m in models if m.queues),
        "config fields": sum(len(m.config.accessors) for m in models if m.config),
        "constants": sum(len(g["values"]) for g in groups if g["kind"] not in _NOT_CONSTANTS),
        "messages": sum(
            len({row.name for one in m.messages if one.place == place for row in one.rows})
            for m in models
            for place in dict.fromkeys(one.place for one in m.messages)
        ),
        "structs": len(structs),
        "fields": sum(len(s.get("fields", ())) for s in structs),
        "shared memory regions": size("shared-memory"),
        "keys of the grammar": len({key for row in rows_of(KINDS.values()) for key in keys(row)}),
        "kinds of rows": len(rows_of(KINDS.values())),
        "rules of the monitor": len(rules.data["rules"]) if rules else 0,
        "rules of the monitor: their clauses": len(ruled(rules.data)) if rules else 0,
        **_decided(rules, clauses, named),
        **_of_sides(clauses, {row.id for m in models for row in m.clauses}, set(named)),
    }


def _decided(rules: SpecFile | None, clauses: Clauses, named: Collection[str]) -> dict[str, int]:
    """
    How the clauses of each area are checked. Each clause is counted in exactly one line, except the first
    line.
    """
    found: dict[str, int] = {}
    for row in decided(rules.data, clauses, named) if rules else ():
        found |= {
            f"{row.area}: clauses": row.clauses,
            f"{row.area}: clauses that a rule of the monitor decides": row.rule,
            f"{row.area}: clauses that only a test decides": row.test,
            f"{row.area}: clauses that neither decides, for a reason": row.reason,
            f"{row.area}: clauses that nothing decides": row.left,
        }
    return found


def _of_sides(clauses: Clauses, said: set[str], named: set[str]) -> dict[str, int]:
    """Numbers for both sides, for drivers, for devices."""
    found = _clauses("", set(clauses), said, named)
    for side in ("driver", "device"):
        found |= _clauses(f"{side}: ", {row.id for row in clauses.values() if row.side == side}, said, named)
    return found


def _clauses(who: str, every: set[str], said: set[str], named: set[str]) -> dict[str, int]:
    """Each clause is in exactly one of these lines, except the first."""
    said, named = every & said, every & named
    return {
        f"{who}clauses": len(every),
        f"{who}clauses that a row says": len(said - named),
        f"{who}clauses that a test names": len(named - said),
        f"{who}clauses of a row and of a test": len(said & named),
        f"{who}clauses of neither": len(every - said - named),
    }


def report(
    models: list[Model], clauses: Clauses, named: Collection[str], rules: SpecFile | None, form: str
) -> str:
    """The counts as lines or JSON."""
    found = counts(models, clauses, named, rules)
    if form == "json":
        return json.dumps(found, indent=2) + "\n"
    return "".join(f"{number:>5}  {what}\n" for what, number in found.items())
