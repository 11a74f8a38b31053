# SPDX-License-Identifier: MIT
"""The clauses that the rows of a file say, and all there are with the files that say them."""

from typing import NamedTuple

from vwr.model.nodes.clauses import Said
from vwr.model.nodes.files import Model
from vwr.spec import clauses
from vwr.spec.load import SpecFile


class Section(NamedTuple):
    """The clauses of a section for one side; of those that rows say, by number, the names of their files."""
    id: str
    side: str
    section: str
    levels: list[str]
    files: dict[int, list[str]]


def of_file(file: SpecFile, table: clauses.Clauses) -> list[Said]:
    """A line for each clause of each row, in the order of the table."""
    order = {name: index for index, name in enumerate(table)}
    rows = [Said(file.place(path[:-1]), *table[name], file.path_text(path[:-1]) or "the file")
            for path, ids in clauses.said(file.data) for name in ids if name in table]
    return sorted(rows, key=lambda row: order[row.id])


def sections(table: clauses.Clauses, models: list[Model]) -> list[Section]:
    """All of them, in the order of the table."""
    said: dict[str, list[str]] = {}
    for m in models:
        for row in m.clauses:
            said.setdefault(row.id, []).append(m.name)
    found: dict[str, Section] = {}
    for clause in table.values():
        name = clause.id.rpartition(".")[0]
        section = found.setdefault(name, Section(name, clause.side, clause.section, [], {}))
        section.levels.append(clause.level)
        if clause.id in said:
            section.files[len(section.levels)] = list(dict.fromkeys(said[clause.id]))
    return list(found.values())
