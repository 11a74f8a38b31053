# SPDX-License-Identifier: MIT
"""`messages` of a file, for checks and models: entries, groups, rows and parts."""

from collections.abc import Iterator
from typing import Any

from vwr.spec.load import NodePath, Row, SpecFile
from vwr.spec.shapes import items, parts

ROW = "ROW"  # placeholder for the parts of a row among the common parts of an entry
# Keys of a part or a row that name a number in another part, or in the configuration.
REFERENCES = (
    ("count",),
    ("count", "field"),
    ("stride",),
    ("range", "min"),
    ("range", "count"),
    ("range", "max"),
    ("range", "multiple-of"),
)
BEFORE_ROW = "@row"  # not a key of YAML: on the part that they follow


def groups_of(path: NodePath, entry: Row) -> list[tuple[NodePath, Row]]:
    """(path, group) of an entry; an entry without groups is a group itself."""
    return (
        [(path + ("groups", index), group) for index, group in enumerate(entry["groups"])]
        if "groups" in entry
        else [(path, entry)]
    )


def groups_in(data: Row) -> list[Row]:
    """The groups of a file whose rows become named values."""
    return [
        group for entry in data.get("messages", []) for _, group in groups_of((), entry) if "name" in group
    ]


def named_groups(spec: SpecFile) -> list[tuple[NodePath, Row]]:
    """(path, group) of those whose rows become named values: all that have a name."""
    return [
        found
        for path, entry in items(spec, "messages")
        for found in groups_of(path, entry)
        if "name" in found[1]
    ]


def rows_of(path: NodePath, entry: Row) -> list[tuple[NodePath, Row]]:
    """(path, row) of all rows of an entry."""
    return [
        (here + ("rows", index), row)
        for here, group in groups_of(path, entry)
        for index, row in enumerate(group["rows"])
    ]


def disk_of(entry: Row, row: Row) -> Row:
    """The disk map's properties of a message."""
    listed = entry.get("disk", {}).get("rows", [])
    return next((one for one in listed if one["name"] == row["name"]), {})


def queues_of(entry: Row, listed: list[Row]) -> dict[str, str]:
    """Sender -> queue. With one queue the sender is the device if only the device writes there."""
    if isinstance(entry["queue"], dict):
        return {side: entry["queue"][side] for side in ("driver", "device")}
    dirs = {queue["name"]: queue.get("dir") for queue in listed}
    said = next((row["side"] for _, row in rows_of((), entry) if "side" in row), None)
    return {said or ("device" if dirs.get(entry["queue"]) == "in" else "driver"): entry["queue"]}


class Chain:
    """The parts of one message in the YAML: those of its entry and its own, in byte order."""

    def __init__(
        self, structs: dict[str, Row], entry: Row, row: Row, at: tuple[NodePath, NodePath] = ((), ())
    ) -> None:
        self.structs, self.entry, self.row, self.at = structs, entry, row, at

    def side(self, side: str) -> Iterator[tuple[NodePath, Row]]:
        """(path, part) of what the driver ("R") or the device ("W") writes."""
        listed = self.entry.get(side, [ROW])
        for index, part in enumerate(listed):
            if part == ROW:
                yield from self._own(side)
            else:
                before = {BEFORE_ROW: True} if listed[index + 1 : index + 2] == [ROW] else {}
                yield self.at[0] + (side, index), {**long_part(part), **before}

    def _own(self, side: str) -> Iterator[tuple[NodePath, Row]]:
        """
        The parts of the row. The device's part of a struct in R comes first in W, if W does not name it.
        """
        if side == "W" and self.row.get("side") not in ("device", "both"):
            said = {
                long_part(part)["part"]
                for part in (*self.entry.get("W", []), *self.row.get("W", []))
                if part != ROW
            }
            for path, part in self.side("R"):
                if part["part"] not in said and has_back(self.structs, part):
                    yield path, part
        key = "R" if side == "W" and "W" not in self.row and self.row.get("side") == "both" else side
        if self.row.get("stream") == side:
            yield self.at[1] + ("stream",), {"part": "data"}
        for index, part in enumerate(self.row.get(key, [])):
            yield self.at[1] + (key, index), long_part(part)


def has_back(structs: dict[str, Row], part: Row) -> bool:
    """Whether it is a struct with fields that the device writes."""
    struct: Any = structs.get(part.get("type", ""))
    return struct is not None and bool(parts(struct["fields"])[1])


def long_part(said: Any) -> Any:
    """A part in its long form: the name of a struct or type alone stands for one of it."""
    return {"part": said, "type": said} if isinstance(said, str) and said != ROW else said
