# SPDX-License-Identifier: MIT
"""Messages by generated/virtwright.json: bytes to values and back. Nothing here knows a device.

Values are without fields that are reserved and 0. What else the description knows can be left out of them: numbers that
select the message, lengths of other parts.
"""

import json

from mixed import Mixed

FORMAT = 2
REST = "…"  # what is not known of a struct
HEAD = 16  # so many bytes of a longer part are shown


class Wrong(Exception):
    """These bytes are no message of the description."""


def load(path):
    """The description, if it is of the format that this reader knows."""
    data = json.loads(path.read_text("utf-8"))
    if data.get("format") != FORMAT:
        raise Wrong(f"{path} has format {data.get('format')}, this reader knows {FORMAT}")
    return data


class Device:
    """A device type with the features and the configuration of one device."""

    def __init__(self, data, number, features, config):
        self.numbers, self.config = data["numbers"], config
        self.file = next(one for one in data["files"] if one.get("id") == number)
        self.structs = {one["name"]: one for one in self.file.get("structs", [])}
        bits = [*_features(data, "features"), *_features(data, self.file["name"])]
        self.features = {row["name"] for row in bits if features >> row["value"] & 1}

    def open(self, row, key="gate"):
        """Whether the features are there that open something."""
        return not row.get(key) or bool(self.features & set(row[key]))

    # Queues ------------------------------------------------------------------------------------------------------

    def queue(self, index):
        """The name of a queue."""
        for row in self.file["queues"]:
            first, count, stride = self._first(row), self._count(row), row.get("stride", 1)
            if self.open(row) and index in range(first, first + count * stride, stride):
                return row["name"]
        raise Wrong(f"{self.file['name']} has no queue {index}")

    def _first(self, row):
        if "behind" in row:
            other = next(one for one in self.file["queues"] if one["name"] == row["behind"])
            return self._first(other) + (self._count(other) - 1) * other.get("stride", 1) + 1
        return row["index"] - sum(not self.features & set(any_of) for any_of in row.get("moves", []))

    def _count(self, row):
        if "field" in row and self.open(row, "field_gate"):
            return self.config_field(row["field"]) - row.get("less", 0)
        return row.get("count", 1)

    def config_field(self, path):
        """A number of the configuration."""
        field = next(one for one in self.structs["config"]["fields"] if one["name"] == path)
        return self._number(field["type"], self.config[field["offset"] : field["offset"] + field["size"]])

    def _number(self, kind, data):
        return int.from_bytes(data, "big" if kind.startswith("be") else "little")

    # Messages ----------------------------------------------------------------------------------------------------

    def decode(self, queue, out, back, used):
        """(exchange, message, {"R": {part: value}, "W": …}, room that a message of the device leaves)."""
        name = self.queue(queue)
        for exchange in self.file.get("messages", []):
            if (
                exchange["queue"] != name
                or exchange["sender"] == "driver"
                and not out
                and back
                and len(exchange["rows"]) > 1
            ):
                continue
            sides = {"R": out, "W": back if exchange["sender"] == "driver" else back.cut(0, used)}
            rows = [row for row in exchange["rows"] if self._is(row, exchange, sides)]
            if rows:
                return exchange, rows[0], self._values(rows[0], exchange, sides), len(back) - len(sides["W"])
        raise Wrong(f"no message of {name}")

    def _is(self, row, exchange, sides):
        """Whether these bytes select this message."""
        if (
            not (self.open(row) and self.open(row, "also"))
            or row.get("unless")
            and self.features & set(row["unless"])
        ):
            return False
        places = row.get("select", exchange.get("select", []))
        return all(self._at(place, sides) == value for place, value in zip(places, row.get("values", [])))

    def _at(self, place, sides):
        """The number at a place; None if there are no such bytes."""
        data = sides[place["side"]].cut(
            place.get("offset", len(sides[place["side"]])), self.numbers[place["type"]]
        )
        if len(data) < self.numbers[place["type"]] or not data.known:
            return None
        return self._bits(self._number(place["type"], data.bytes), place)

    def _bits(self, number, place):
        return (number & ~place.get("flags", 0)) >> place["shift"] & (1 << place["width"]) - 1

    def number_at(self, value, place):
        """The number at a place in the value of its part; None if it is not known."""
        for name in place["path"].split(".") if "path" in place else []:
            value = value.get(name)
        return self._bits(value, place) if isinstance(value, int) else None

    def _values(self, row, exchange, sides):
        """All that the parts of a message say."""
        values = {"R": {}, "W": {}}
        for side, key in (("R", "out"), ("W", "back")):
            at = 0
            for index, part in enumerate(row.get(key, [])):
                left = len(sides[side]) - at
                length = self._length(part, values, side, left, row[key][index + 1 :])
                if length is None:
                    continue
                if length > left:
                    raise Wrong(f"{row['name']}: {part['name']} has {length} bytes, {left} are left")
                values[side][part["name"]] = self._part(part, sides[side].cut(at, length), values)
                at += length
            if len(sides[side]) not in (at, -(-at // (filled := exchange.get("multiple_of", 1))) * filled):
                raise Wrong(f"{row['name']}: {len(sides[side]) - at} bytes more than {exchange['queue']} has")
        return values

    def _length(self, part, values, side, left, later):
        """Bytes of a part; None if it is not there. What has no length is what the parts behind leave."""
        if not self.open(part) or "with" in part and part["with"] not in values[side]:
            return None
        rest = left - sum(self._length(one, values, side, 0, []) or 0 for one in later)
        if part.get("optional") and not rest:
            return None
        amount = self._amount(part.get("count" if self._typed(part) else "bytes"), values)
        if amount is None:
            return max(rest, 0)
        return (
            amount * (self._amount(part.get("stride"), values) or self._size(part))
            if self._typed(part)
            else amount
        )

    def _typed(self, part):
        return "struct" in part or "type" in part

    def _size(self, part):
        """Bytes of one."""
        for size, needs in self.structs.get(part.get("struct"), {}).get("sizes", []):
            if all(self.features & set(any_of) for any_of in needs):
                return size
        return part["size"]

    def _amount(self, said, values):
        """A number, or what stands at a reference."""
        if not isinstance(said, dict):
            return said
        if "part" not in said:
            return self.config_field(said["path"])
        found = values[said["side"]].get(said["part"])
        for name in said["path"].split(".") if "path" in said else []:
            found = found[name] if isinstance(found, dict) else None
        return found + said.get("plus", 0) if isinstance(found, int) else None

    def _part(self, part, data, values):
        """The value of a part: a mapping, a number, a list of them, or bytes."""
        if not self._typed(part):
            return data
        size = self._size(part)
        stride = self._amount(part.get("stride"), values) or size
        one = lambda at: self._one(part, data.cut(at, size))
        return one(0) if part.get("count") == 1 else [one(at) for at in range(0, len(data), stride)]

    def _one(self, part, data):
        """A number or a mapping; of a struct that is not known to its end the fields that are, and the REST."""
        if "type" in part:
            return self._number(part["type"], data.bytes) if data.known else data
        fields, begin = self.structs[part["struct"]]["fields"], part.get("begin", 0)
        ends = [one["offset"] - begin + one["size"] for one in self._here(fields, begin, len(data))]
        size = len(data) if data.known else max((end for end in ends if data.cut(0, end).known), default=0)
        rest = {} if data.known else {REST: data.cut(size, len(data) - size)}
        return self._fields(fields, begin, data.cut(0, size).bytes) | rest

    # Structs -----------------------------------------------------------------------------------------------------

    def _here(self, fields, begin, size):
        """The fields that lie in these bytes of the struct."""
        return [
            one
            for one in fields
            if "size" in one and begin <= one.get("offset", -1) <= begin + size - one["size"]
        ]

    def _fields(self, fields, begin, data):
        found = {}
        for one in self._here(fields, begin, len(data)):
            value = self._field(one, data[one["offset"] - begin : one["offset"] - begin + one["size"]])
            if not one.get("reserved") or any(
                data[one["offset"] - begin : one["offset"] - begin + one["size"]]
            ):
                found[one["name"]] = value
        return found

    def _field(self, field, data):
        kind = field["type"]
        if field.get("array"):
            if kind == "u8" or kind in ("struct", "union"):
                return Mixed([data])
            size = field["size"] // field["count"]
            return [self._element(field, data[at : at + size]) for at in range(0, len(data), size)]
        return self._element(field, data)

    def _element(self, field, data):
        kind = field["type"]
        if kind in self.numbers:
            return self._number(kind, data)
        if kind in self.structs:
            return self._fields(self.structs[kind]["fields"], 0, data)
        return Mixed([data]) if kind == "union" else self._fields(field["members"], field["offset"], data)

    def fill(self, fields, begin, size, values):
        """Bytes of a struct; what is not in the values is 0."""
        data = bytearray(size)
        for one in self._here(fields, begin, size):
            if one["name"] in values:
                at = one["offset"] - begin
                data[at : at + one["size"]] = self._packed(one, values[one["name"]], one["size"])
        return bytes(data)

    def _packed(self, field, value, size):
        kind = field["type"]
        if isinstance(value, Mixed):
            return value.bytes
        if isinstance(value, list):
            return b"".join(self._packed(field, one, size // len(value)) for one in value)
        if isinstance(value, int):
            return value.to_bytes(size, "big" if kind.startswith("be") else "little")
        if kind in self.structs:
            return self.fill(self.structs[kind]["fields"], 0, size, value)
        return self.fill(field["members"], field["offset"], size, value)

    # Back to bytes -----------------------------------------------------------------------------------------------

    def encode(self, exchange, row, values):
        """(what the driver writes, what the device writes); what is left out of the values is put in."""
        for where, name, value in self._known(row, exchange, values):
            if isinstance(where, dict):
                where.setdefault(name, value)
        return tuple(
            Mixed.of(
                [
                    self._bytes(part, values[side][part["name"]], values)
                    for part in row.get(key, [])
                    if part["name"] in values[side]
                ]
            )
            for side, key in (("R", "out"), ("W", "back"))
        )

    def _bytes(self, part, value, values):
        if isinstance(value, Mixed):
            return value
        size = self._size(part)
        stride = self._amount(part.get("stride"), values) or size
        if isinstance(value, list):
            return Mixed.of([self._element_bytes(part, item, size, stride) for item in value])
        return self._element_bytes(part, value, size, size)

    def _element_bytes(self, part, value, size, stride):
        if isinstance(value, Mixed):
            return value
        if "type" in part:
            return Mixed([value.to_bytes(size, "big" if part["type"].startswith("be") else "little")])
        rest = value.get(REST, Mixed())
        known = self.fill(
            self.structs[part["struct"]]["fields"], part.get("begin", 0), size - len(rest), value
        )
        return Mixed.of([Mixed([known]), rest, Mixed([bytes(stride - size)])])

    def _known(self, row, exchange, values):
        """(mapping, name, number) of what the description knows: which message it is, and lengths."""
        for place, value in zip(row.get("select", exchange.get("select", [])), row.get("values", [])):
            if "path" in place and not place["shift"] and place["width"] == 8 * self.numbers[place["type"]]:
                yield *_field_of(values, place), value
        for side, key in (("R", "out"), ("W", "back")):
            for part in row.get(key, []):
                said, value = part.get("count" if self._typed(part) else "bytes"), values[side].get(
                    part["name"]
                )
                if isinstance(said, dict) and said.get("path") and "part" in said and _counted(value):
                    yield *_field_of(values, said), len(value) - said.get("plus", 0)

    def leave_out(self, exchange, row, values):
        """Takes what the description knows out of the values."""
        for where, name, value in list(self._known(row, exchange, values)):
            if isinstance(where, dict) and where.get(name) == value:
                del where[name]


def _features(data, name):
    """The feature bits of a file."""
    file = next(one for one in data["files"] if one["name"] == name)
    return next((group["values"] for group in file["groups"] if group["kind"] == "features"), [])


def _counted(value):
    """Whether its length is a number of elements."""
    return (
        isinstance(value, Mixed)
        or isinstance(value, list)
        and not any(isinstance(one, Mixed) or isinstance(one, dict) and REST in one for one in value)
    )


def _field_of(values, place):
    """(the mapping that has the field, its name)."""
    *path, last = place["path"].split(".")
    where = values[place["side"]].get(place["part"])
    for name in path:
        where = where.get(name) if isinstance(where, dict) else None
    return where, last


def shown(value):
    """A value as text."""
    if isinstance(value, dict):
        return "{" + " ".join(f"{name}={shown(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return f"{len(value)}*{shown(value[0])}" if value else "0*"
    return str(value) if isinstance(value, int) or value is None else value.shown(HEAD)
