# SPDX-License-Identifier: MIT
"""The table of clauses, and the ids of clauses in rows."""

import json
from collections import Counter
from itertools import chain
from typing import Any

from vwr.check import schema
from vwr.spec.clauses import PATH, Clauses, broken, by_id, said, section_of
from vwr.spec.disk import is_own
from vwr.spec.load import SpecFile, Tree
from vwr.spec.problems import did_you_mean

_TABLE = "VWR-Y029"


def table(tree: Tree) -> None:
    """Reads the table, if there is one: a revision may have none."""
    if tree.clause_text is None:
        return
    try:
        found = json.loads(tree.clause_text.decode("utf-8"))
    except ValueError as error:
        line, col = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        tree.problems.error(PATH, line, col, "", f"not JSON: {error}", None, (), _TABLE)
        return
    wrong = next(iter(schema.errors("clauses", found)), None)
    if wrong:
        about = ".".join(map(str, wrong.absolute_path))
        tree.problems.error(PATH, 1, 1, about, wrong.message, "codegen/vwr/grammar/clauses.py", (), _TABLE)
        return
    tree.clauses = _each_once(tree, found)


def _each_once(tree: Tree, found: dict[str, Any]) -> Clauses:
    for name, times in Counter(row["id"] for row in found["sections"]).items():
        if times > 1:
            tree.problems.error(PATH, 1, 1, "sections", f"duplicate id '{name}'", None, (), _TABLE)
    return by_id(found)


def known(tree: Tree, spec: SpecFile) -> None:
    """Each clause that a row or a quirk names exists."""
    for path, ids in chain(said(spec.data), broken(spec.data)) if tree.clauses else ():
        for index, name in enumerate(ids):
            if name not in tree.clauses:
                tree.error(
                    spec,
                    (*path, index),
                    f"the specification has no clause '{name}'",
                    "VWR-C100",
                    _hint(spec, name, tree.clauses),
                )


def sections(tree: Tree, spec: SpecFile) -> None:
    """Each section that a row of the rules names has clauses."""
    there = set(map(section_of, tree.clauses or ()))
    for at, row in enumerate(spec.data.get("undecided", ())):
        for index, name in enumerate(row.get("sections", ())):
            if name not in there:
                tree.error(
                    spec,
                    ("undecided", at, "sections", index),
                    f"the specification has no section '{name}' of clauses",
                    "VWR-C100",
                    did_you_mean(name, dict.fromkeys(there, 1), None) or f"see {PATH}",
                )


def _hint(spec: SpecFile, name: str, clauses: Clauses) -> str:
    """The number of clauses in the id's section, or the nearest section if it is unknown."""
    number = Counter(map(section_of, clauses))
    section = section_of(name)
    if is_own(spec.path) and section not in number:
        return "it has none for your own device: leave it out"
    return (
        f"number of clauses in {section}: {number[section]}"
        if section in number
        else did_you_mean(section, number, None) or f"see {PATH}"
    )
