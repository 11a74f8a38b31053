# SPDX-License-Identifier: MIT
"""The steps of a start-up as they happened: groups of lines, equal lines folded."""

MOST_LINES = 80   # of one group
MOST_GROUPS = 80  # of one device


class Report:
    """Groups in the order of time; whatever belongs to the group before goes on with it."""

    def __init__(self):
        self.groups = []
        self.left_out = 0

    @property
    def title(self):
        """Title of the group that is open."""
        return self.groups[-1]["title"] if self.groups else None

    def open(self, title):
        """The group of that title: the last one if it is that, else a new one."""
        if self.title != title:
            if len(self.groups) >= MOST_GROUPS:
                self.left_out += 1
                return self.groups[-1]
            self.groups.append({"title": title, "lines": [], "left_out": 0})
        return self.groups[-1]

    def add(self, title, text, line):
        """One line; the same once more is counted."""
        group = self.open(title or self.title or "Device")
        lines = group["lines"]
        if lines and lines[-1]["text"] == text:
            lines[-1]["count"] += 1
        elif len(lines) >= MOST_LINES:
            group["left_out"] += 1
        else:
            lines.append({"text": text, "line": line, "count": 1})
