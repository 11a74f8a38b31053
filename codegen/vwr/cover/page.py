# SPDX-License-Identifier: MIT
"""The page: a table of files, and the conditions that no test decides, each at its line."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from vwr.cover.shown import Condition, File

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Coverage</title><style>
body { font: 15px sans-serif; margin: 2em; color-scheme: light dark }
td, th { padding: 0 .8em; text-align: right } td:first-child, th:first-child { text-align: left }
code { white-space: pre-wrap }
</style></head><body>
"""


class Counts(NamedTuple):
    """The total number, and the number that tests execute or decide."""

    lines: int = 0
    run: int = 0
    outcomes: int = 0
    taken: int = 0
    conditions: int = 0
    decided: int = 0
    excused: int = 0  # undecided with a reason

    def add(self, other: "Counts") -> "Counts":
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))

    def cells(self) -> list[str]:
        return [
            f"{share(self.run, self.lines)} of {self.lines}",
            f"{share(self.taken, self.outcomes)} of {self.outcomes}",
            f"{share(self.decided, self.conditions)} of {self.conditions}",
            f"{share(self.decided, self.conditions - self.excused)}",
        ]


HEADINGS = ("lines", "branches", "conditions", "of the decidable")


def share(part: int, whole: int) -> str:
    """Rounded down: 100 % is all of them."""
    return f"{(1000 * part // whole if whole else 1000) / 10:.1f} %"


def counts(file: File, conditions: Sequence[Condition], reasons: dict[str, str]) -> Counts:
    undecided = [condition for condition in conditions if not condition.decided]
    return Counts(
        len(file.lines),
        sum(file.lines.values()),
        2 * len(file.branches),
        sum(map(sum, file.branches.values())),
        len(conditions),
        len(conditions) - len(undecided),
        sum(condition.key() in reasons for condition in undecided),
    )


def by_folder(rows: dict[str, Counts]) -> dict[str, Counts]:
    """Sums of the two first folders of a path, then of all."""
    found: dict[str, Counts] = {}
    for name, row in sorted(rows.items()):
        for key in ("/".join(name.split("/")[:2]), "all"):
            found[key] = found.get(key, Counts()).add(row)
    return {key: found[key] for key in sorted(found, key=lambda key: (key == "all", key))}


def table(rows: dict[str, Counts]) -> str:
    """As text, for a terminal and for a page of Markdown."""
    lines = [["folder", *HEADINGS], ["---"] * 5, *([name, *row.cells()] for name, row in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def html(rows: dict[str, Counts], undecided: Iterable[Condition], reasons: dict[str, str]) -> str:
    """One page; a file's name leads to its undecided conditions."""
    text = [HEAD, "<h1>Coverage</h1>"]
    for every in (by_folder(rows), rows):
        text.append(f"<table><tr><th></th>{''.join(f'<th>{word}</th>' for word in HEADINGS)}</tr>")
        for name, row in every.items():
            cells = "".join(f"<td>{cell}</td>" for cell in row.cells())
            text.append(f'<tr><td><a href="#{escape(name)}">{escape(name)}</a></td>{cells}</tr>')
        text.append("</table>")
    text.append("<h2>Conditions that no test decides</h2>")
    last = ""
    for each in undecided:
        if each.file != last:
            text.append(f'<h3 id="{escape(each.file)}">{escape(each.file)}</h3>')
        last = each.file
        reason = reasons.get(each.key(), "")
        text.append(
            f"<p>{each.line} {escape(each.function)}: <code>{escape(each.text)}</code> in "
            f"<code>{escape(each.decision)}</code> {escape(reason)}</p>"
        )
    return "\n".join([*text, "</body></html>\n"])
