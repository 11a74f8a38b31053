# SPDX-License-Identifier: MIT
"""The clauses that the rows of a file express, and all clauses with the files that express them."""

from collections.abc import Collection
from typing import NamedTuple

from vwr.model.nodes.files import Said
from vwr.spec import clauses
from vwr.spec.load import SpecFile


class Section(NamedTuple):
    """
    The clauses of a section for one side, by number: the files that express them, those that a test names,
    and the others.
    """

    id: str
    side: str
    section: str
    levels: list[str]
    files: dict[int, list[str]]
    tested: list[int]
    left: list[int]

    def levels_left(self) -> list[str]:
        """The keywords of the others."""
        return [self.levels[number - 1] for number in self.left]


def of_file(file: SpecFile, table: clauses.Clauses) -> list[Said]:
    """A line for each clause of each row, in the order of the table."""
    rows: dict[str, list[clauses.Path]] = {}
    for path, ids in clauses.said(file.data):
        for name in ids:
            rows.setdefault(name, []).append(path[:-1])
    return [
        Said(file.place(path), *table[name], _row(file, path) or "the file")
        for name in table
        if name in rows
        for path in rows[name]
    ]


def _row(file: SpecFile, path: clauses.Path) -> str:
    """
    The path of a row. A row without a name is identified by its queue, type or command:
    messages.requestq.rows.READ.
    """
    text = file.path_text(path)
    item = file.at(path[:2]) if len(path) > 1 else {}
    word = (
        item.get("queue", item.get("type", item.get("command")))
        if isinstance(item, dict) and "name" not in item
        else None
    )
    return (
        text.replace(f"#{int(path[1]) + 1}", word, 1)
        if isinstance(word, str) and isinstance(path[1], int)
        else text
    )


def sections(table: clauses.Clauses, files: dict[str, list[str]], tested: Collection[str]) -> list[Section]:
    """
    All clauses in the order of the table. `files`: the clauses that the rows of a file express, by the file's
    name; `tested`: those that tests name.
    """
    said: dict[str, list[str]] = {}
    for file, ids in files.items():
        for name in ids:
            said.setdefault(name, []).append(file)
    found: dict[str, Section] = {}
    for clause in table.values():
        name = clause.id.rpartition(".")[0]
        section = found.setdefault(name, Section(name, clause.side, clause.section, [], {}, [], []))
        section.levels.append(clause.level)
        if clause.id in said:
            section.files[len(section.levels)] = list(dict.fromkeys(said[clause.id]))
        if clause.id in tested:
            section.tested.append(len(section.levels))
        elif clause.id not in said:
            section.left.append(len(section.levels))
    return list(found.values())
