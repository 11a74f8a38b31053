# SPDX-License-Identifier: MIT
"""The steps of an initialization in the order of the trace: groups of lines, with equal lines folded."""

from typing import Any

from vwr.explain.lines import Event

MOST_LINES = 80  # of one group
MOST_GROUPS = 80  # of one device


class Report:
    """Groups in chronological order. Lines without a group continue the previous one."""

    def __init__(self) -> None:
        self.groups: list[dict[str, Any]] = []
        self.left_out = 0  # groups above the limit
        self._rest: dict[str, Any] | None = None  # receives lines above the limit

    @property
    def _last(self) -> dict[str, Any]:
        """The current group."""
        return self._rest or (self.groups[-1] if self.groups else {})

    @property
    def title(self) -> str | None:
        """Title of the current group."""
        return self._last.get("title")

    def take_back(self, whole: str) -> None:
        """Removes the last lines if they are parts of one item, which can now be shown as a whole."""
        lines = self._last["lines"]
        while lines and lines[-1]["whole"] == whole:
            lines.pop()

    def open(self, title: str) -> dict[str, Any]:
        """The group of that title: the current one if it matches, otherwise a new one."""
        if self.title == title:
            return self._last
        group: dict[str, Any] = {"title": title, "lines": [], "left_out": 0}
        if len(self.groups) < MOST_GROUPS:
            self.groups.append(group)
        else:
            self.left_out += 1
            self._rest = group
        return group

    def add(self, title: str | None, text: str, line: int | None, whole: str | None = None) -> None:
        """Adds one line; a repeated line is counted. `whole`: the item of which the line is a part."""
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
