# SPDX-License-Identifier: MIT
"""The steps of a start-up as they happened: groups of lines, equal lines folded."""

from typing import Any

from vwr.explain.lines import Event

MOST_LINES = 80  # of one group
MOST_GROUPS = 80  # of one device


class Report:
    """Groups in the order of time; whatever belongs to the group before goes on with it."""

    def __init__(self) -> None:
        self.groups: list[dict[str, Any]] = []
        self.left_out = 0  # groups beyond the limit
        self._rest: dict[str, Any] | None = None  # what is said in them goes here

    @property
    def title(self) -> str:
        """Title of the group that is open."""
        last = self._rest or (self.groups[-1] if self.groups else None)
        return last["title"] if last else None

    def take_back(self, whole: str) -> None:
        """Takes the last lines back that are parts of one thing, since it can be shown whole now."""
        lines = self.open(self.title)["lines"]
        while lines and lines[-1]["whole"] == whole:
            lines.pop()

    def open(self, title: str) -> dict[str, Any]:
        """The group of that title: the last one if it is that, else a new one."""
        last = self._rest or (self.groups[-1] if self.groups else None)
        if last and last["title"] == title:
            return last
        group: dict[str, Any] = {"title": title, "lines": [], "left_out": 0}
        if len(self.groups) < MOST_GROUPS:
            self.groups.append(group)
        else:
            self.left_out += 1
            self._rest = group
        return group

    def add(self, title: str | None, text: str, line: int | None, whole: str | None = None) -> None:
        """One line; the same once more is counted. `whole`: of what it is a part."""
        group = self.open(title or self.title or "Device")
        lines = group["lines"]
        if lines and lines[-1]["text"] == text:
            lines[-1]["count"] += 1
        elif len(lines) >= MOST_LINES:
            group["left_out"] += 1
        else:
            lines.append({"text": text, "line": line, "count": 1, "whole": whole})


def line_of(event: Event, name: str, value: str, meaning: str) -> str:
    """One line of the report."""
    return f"{event.verb:<5} {name:<18} {value:<10}  {meaning}".rstrip()
