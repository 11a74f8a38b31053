# SPDX-License-Identifier: MIT
"""Messages whose bytes the trace contains: their names, their fields, and their status."""

from collections.abc import Iterator
from typing import Any

from vwr import description
from vwr.explain.lines import Event

TITLE = "Messages"
MOST_FIELDS = 6
MOST_WAITING = 4096  # more than any queue has
CHUNK = 8  # bytes of a line

Row = dict[str, Any]


def number(said: bytes, kind: str) -> int:
    """A number in its byte order: little-endian, unless its type says otherwise."""
    return int.from_bytes(said, "big" if kind.startswith("be") else "little")


class Messages:
    """The messages of the queues of one device type."""

    def __init__(self, name: str) -> None:
        self.file: Row = next((one for one in description.data()["files"] if one["name"] == name), {})
        self.widths: dict[str, int] = description.data()["numbers"]
        self.structs = {struct["name"]: struct for struct in self.file.get("structs", [])}
        self.groups = {group["name"]: group for group in self.file.get("groups", [])}
        self.names = {
            (group["name"], value["value"]): value["name"]
            for group in self.file.get("groups", [])
            for value in group["values"]
            if group["kind"] != "features"
        }

    def placed(self, said: bytes, place: Row) -> int | None:
        """The bits at a place with an offset, None if they were not recorded."""
        at, width = place.get("offset"), self.widths[place["type"]]
        if at is None or len(said) < at + width:
            return None
        return number(said[at : at + width], place["type"]) >> place["shift"] & (1 << place["width"]) - 1

    def find(self, queue: str, sender: str, said: bytes) -> tuple[Row, Row] | None:
        """The message that these bytes begin, with the common parts of its queue's messages."""
        for exchange in self.file.get("messages", []):
            if (exchange["queue"], exchange["sender"]) == (queue, sender):
                values = [self.placed(said, place) for place in exchange.get("select", [])]
                for row in exchange["rows"]:
                    if row.get("values", values) == values:
                        return exchange, row
        return None

    def fields(self, exchange: Row, row: Row, side: str, said: bytes) -> str:
        """`lamp = 1, level = 100`: numbers at fixed offsets, without those that select the message."""
        out: list[str] = []
        at = 0
        selects = {place.get("offset") for place in exchange.get("select", [])}
        for part in row.get(side, []):
            count, begin = part.get("count", part.get("bytes")), part.get("begin", 0)
            if not isinstance(count, int):
                break
            struct = part.get("struct") if count == 1 else None
            for _, offset, field in self._leaves(struct) if struct else ():
                place, kind = at - begin + offset, field["type"]
                end = place + self.widths.get(kind, 0)
                inside = kind in self.widths and begin <= offset < begin + part["size"]
                if inside and place not in selects and end <= len(said):
                    value = number(said[place:end], kind)
                    out.append(f"{field['name']} = {self._named(field.get('values', ''), value) or value}")
            at += part["size"] * count
        more = len(out) - MOST_FIELDS
        return ", ".join(out[:MOST_FIELDS]) + (f" and {more} more" if more > 0 else "")

    def _leaves(self, struct: str, base: int = 0, path: str = "") -> Iterator[tuple[str, int, Row]]:
        """(path, offset, field) of the numbers in a struct and in the structs inside it, without arrays."""
        for field in self.structs.get(struct, {}).get("fields", []):
            if field.get("offset") is not None and not field.get("reserved") and not field.get("array"):
                here, at = path + field["name"], base + field["offset"]
                yield here, at, field
                yield from self._leaves(field["type"], at, f"{here}.")

    def status(self, row: Row, said: bytes) -> str:
        """The name of the status value; '' if the message has no status, or it was not recorded."""
        place = row.get("status")
        if place is None:
            return ""
        names = [part["name"] for part in row["back"]]
        parts = row["back"][names.index(place["part"]) :]
        fixed = [part for part in parts if isinstance(part.get("count", 1), int)]
        behind = sum(part["size"] * part.get("count", 1) for part in fixed)
        at = place["offset"] if "offset" in place else len(said) - behind + place["at"]
        value = self.placed(said, {**place, "offset": at}) if at >= 0 else None
        if value is None:
            return ""
        known = {one["value"]: one["name"] for one in (row.get("refuse"), *row.get("ok", [])) if one}
        fields = self._leaves(parts[0].get("struct", ""))
        groups = [field.get("values", "") for path, _, field in fields if path == place["path"]]
        group = next(iter(groups), "") or self._with(row.get("ok", []))
        return known.get(value) or self._named(group, value) or f"0x{value:x}"

    def _named(self, groups: str, value: int) -> str | None:
        """A value by its name in one of these groups."""
        return next(
            (self.names[group, value] for group in groups.split(" or ") if (group, value) in self.names), None
        )

    def _with(self, values: list[Row]) -> str:
        """The groups with one of these values, if a field does not name its group."""
        names = {value["name"] for value in values}
        return " or ".join(
            name
            for name, group in self.groups.items()
            if names & {value["name"] for value in group["values"]}
        )


class Recorded:
    """Messages in flight, from lines of the trace with 8 bytes each."""

    def __init__(self) -> None:
        self.parts: dict[tuple[str, int], bytes] = {}
        self.next: dict[int, bytes] = {}  # queue: bytes of the driver whose buffer is not added yet
        self.flying: dict[tuple[int, int], bytes] = {}  # queue, id
        # queue: used, but the bytes of the device are not known yet
        self.taken: dict[int, list[bytes | None]] = {}

    def more(self, event: Event) -> bytes | None:
        """All bytes once the last ones are recorded."""
        queue, left, value = event.numbers
        key = event.verb, queue
        self.parts[key] = (
            self.parts.get(key, b"") + (value & (1 << 64) - 1).to_bytes(CHUNK, "little")[: max(left, 0)]
        )
        return self.parts.pop(key) if left <= CHUNK else None

    def wrote(self, queue: int, said: bytes) -> None:
        """A message of the driver, before its buffer is added."""
        self.next[queue] = said

    def added(self, queue: int, number_of: int) -> None:
        """The message's buffer has this id."""
        if queue in self.next and len(self.flying) < MOST_WAITING:
            self.flying[queue, number_of] = self.next.pop(queue)

    def used(self, queue: int, number_of: int) -> None:
        """The device has completed the buffer with this id."""
        waiting = self.taken.setdefault(queue, [])
        if len(waiting) < MOST_WAITING:
            waiting.append(self.flying.pop((queue, number_of), None))

    @staticmethod
    def sent(known: Messages, name: str, said: bytes) -> str:
        """The line of a message of the driver."""
        found = known.find(name, "driver", said)
        if found is None:
            return f"send  {name:<18} no message of the specification: {said[:16].hex(' ')}"
        return f"send  {name:<18} {found[1]['name']:<18}  {known.fields(*found, 'out', said)}".rstrip()

    def came(self, known: Messages, queue: int, name: str, said: bytes) -> str:
        """The line of a reply, or of a message that the device has sent."""
        waiting = self.taken.get(queue)
        asked = waiting.pop(0) if waiting else None
        if asked is not None:
            found = known.find(name, "driver", asked)
            return (
                f"reply {name:<18} {found[1]['name'] if found else '?':<18}  "
                f"{known.status(found[1], said) if found else ''}".rstrip()
            )
        found = known.find(name, "device", said)
        if found is None:
            return f"event {name:<18} {said[:16].hex(' ')}"
        return f"event {name:<18} {found[1]['name']:<18}  {known.fields(*found, 'back', said)}".rstrip()
