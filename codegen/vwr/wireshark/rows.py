# SPDX-License-Identifier: MIT
"""What the dissector reads: the devices of virtwright.json, with a name of Wireshark's for each part and field."""

from collections.abc import Iterator
from typing import Any

from vwr.wireshark import capture

Row = dict[str, Any]
NUMBERS = {1: "UINT8", 2: "UINT16", 4: "UINT32", 8: "UINT64"}
PREFIX = "virtio"
# What the dissector reads of each row; the rest of virtwright.json is for other tools.
QUEUE = ("name", "index", "behind", "stride", "count", "field", "less", "field_gate", "moves", "gate")
MESSAGE = ("name", "values", "select", "gate", "also", "unless")
EXCHANGE = ("queue", "sender", "select", "multiple_of")
PART = ("name", "struct", "type", "begin", "size", "count", "bytes", "stride", "optional", "with", "gate")
FIELD = ("name", "offset", "size", "type", "array", "reserved", "unit")


def _some(row: Row, keys: tuple[str, ...]) -> Row:
    return {key: row[key] for key in keys if key in row}


def _number(value: int | str) -> int:
    return int(value, 16) if isinstance(value, str) else value


def _bits(number: int) -> list[int]:
    return [bit for bit in range(number.bit_length()) if number >> bit & 1]


class Names:
    """Fields of Wireshark: (name of a filter, shown name, type, base, values, sentence), each once."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.rows: list[Row] = []

    def add(self, places: list[str], kind: str, brief: str = "", **more: Any) -> str:
        """A field by the first of these names that is free or has the same type; list is a number of elements."""
        name = next(one for one in places if self.kinds.get(one, kind) == kind)
        if name not in self.kinds:
            self.kinds[name] = kind
            row = {
                "abbr": name,
                "name": name.rpartition(".")[2],
                "kind": "UINT32" if kind == "list" else kind,
            }
            self.rows.append(row | ({"brief": brief} if brief else {}) | more)
        return name


class Device:
    """One file of the description."""

    def __init__(self, file: Row, numbers: dict[str, int], names: Names) -> None:
        self.file, self.numbers, self.names = file, numbers, names
        self.prefix = f"{PREFIX}.{file['name']}"
        self.groups = {one["name"]: one for one in file.get("groups", [])}
        self.structs = {one["name"]: one for one in file.get("structs", [])}
        self.beside = {  # bits that are no part of the number that selects a message
            f"{self.prefix}.{place['part']}.{place['path']}": place["flags"]
            for exchange in file.get("messages", [])
            for place in exchange.get("select", [])
            if "flags" in place
        }

    def row(self) -> Row:
        """All that the dissector knows of it."""
        file = self.file
        return {
            "name": file["name"],
            "features": features_of(file),
            "guest_order": file.get("struct_order") == "guest",
            "config_order": file.get("legacy_order", "guest"),
            "queues": [_some(one, QUEUE) for one in file.get("queues", [])],
            "structs": {name: self._struct(one) for name, one in self.structs.items()},
            "messages": [self._exchange(one) for one in file.get("messages", [])],
        }

    def _exchange(self, exchange: Row) -> Row:
        rows = [self._message(one) for one in exchange["rows"]]
        return _some(exchange, EXCHANGE) | {"rows": rows}

    def _message(self, row: Row) -> Row:
        made = _some(row, MESSAGE)
        for key in ("out", "back"):
            made[key] = [self._part(one, row["name"], key) for one in row.get(key, [])]
        if row.get("ok"):
            made |= {"status": row["status"], "ok": [_number(one["value"]) for one in row["ok"]]}
        return made

    def _part(self, part: Row, message: str, side: str) -> Row:
        made = _some(part, PART)
        names = [
            f"{self.prefix}.{'.'.join(words)}.{part['name']}".replace("..", ".")
            for words in ((), (message,), (message, side))
        ]
        kind = (
            "NONE" if "struct" in part else NUMBERS[self.numbers[part["type"]]] if "type" in part else "BYTES"
        )
        if kind != "BYTES" and part.get("count") != 1:
            made["list"] = self.names.add(names, "list", part.get("brief", ""))
            names = [f"{one}.item" for one in names]
        made["abbr"] = self.names.add(names, kind, part.get("brief", ""))
        made["raw"] = self.names.add([f"{one}.raw" for one in names], "BYTES")
        return made

    def _struct(self, struct: Row) -> Row:
        return {
            "fields": list(self._fields(struct["fields"], f"{self.prefix}.{struct['name']}")),
            **_some(struct, ("sizes",)),
        }

    def _fields(self, fields: list[Row], prefix: str) -> Iterator[Row]:
        """Those whose place is fixed."""
        for field in fields:
            if "offset" in field and "size" in field:
                yield self._field(field, prefix, fields)

    def _field(self, field: Row, prefix: str, beside: list[Row]) -> Row:
        made = _some(field, FIELD)
        place, brief, kind = f"{prefix}.{field['name']}", field.get("brief", ""), field["type"]
        raw = kind == "union" or field.get("array") and kind in ("u8", "struct")
        if raw:
            made |= {"raw": True, "abbr": self.names.add([place], "BYTES", brief)}
            if kind == "union" and not field.get("array"):
                made["members"] = list(self._members(field, place, beside))
            return made
        if field.get("array"):
            one = self.numbers.get(kind) or self.structs[kind]["size"]
            made |= {"count": field["size"] // one, "list": self.names.add([place], "list", brief)}
            place += ".item"
        if kind in self.numbers:
            made |= self._names_of(field, self.beside.get(place, 0))
            base = {"base": "HEX"} if "flags" in made and "values" not in made else {}
            made["abbr"] = self.names.add([place], NUMBERS[self.numbers[kind]], brief, **base)
        else:
            made["abbr"] = self.names.add([place], "NONE", brief)
        if kind == "struct":
            made["members"] = list(self._fields(field["members"], place))
        return made

    def _members(self, union: Row, place: str, beside: list[Row]) -> Iterator[Row]:
        """Of a union, those that the value of a field before it selects."""
        by: Row = next((one for one in beside if one["name"] == union.get("by")), {})
        values = {one["name"]: one["value"] for one in self._values(by)}
        for made, member in zip(self._fields(union["members"], place), union["members"], strict=False):
            numbers = [values[name] for name in member.get("is", []) if name in values]
            if numbers:
                yield made | {"by": union["by"], "is": numbers}

    def _values(self, field: Row) -> list[Row]:
        groups = [self.groups[name] for name in field["values"].split(" or ")] if "values" in field else []
        return [value for group in groups for value in group["values"]]

    def _names_of(self, field: Row, beside: int) -> Row:
        """Names of numbers and of bits."""
        values = {}
        flags = [
            [one["name"], _bits(_number(one["value"]))]
            for group in self.groups.values()
            if beside and group["kind"] == "flags"
            for one in group["values"]
            if _number(one["value"]) & ~beside == 0
        ]
        for name in field["values"].split(" or ") if "values" in field else ():
            group = self.groups[name]
            for one in group["values"]:
                number = _number(one["value"])
                if field.get("mask") or group["kind"] == "flags":
                    flags.append([one["name"], [number] if field.get("mask") else _bits(number)])
                else:
                    values[number] = one["name"]
        made: Row = {"flags": flags} if flags else {}
        if values:
            made["values"] = values
        if "bits" in field:
            made["bits"] = [
                [one["name"], one["shift"], one["width"]] for one in field["bits"] if not one.get("reserved")
            ]
        return made


def features_of(file: Row) -> list[list[Any]]:
    """(bit, name) of the features of a file."""
    found: list[Row] = next(
        (one["values"] for one in file.get("groups", []) if one["kind"] == "features"), []
    )
    return [[one["value"], one["name"]] for one in found]


def _devices(data: Row, names: Names) -> Row:
    """The rows of each device by its id."""
    listed = [file for file in data["files"] if file["kind"] == "device"]
    return {file["id"]: Device(file, data["numbers"], names).row() for file in listed}


def rows(data: Row) -> Row:
    """All of it."""
    names = Names()
    files = {file["name"]: file for file in data["files"]}
    return {
        "devices": _devices(data, names),
        "reserved": features_of(files["features"]),
        "numbers": data["numbers"],
        "fields": names.rows,
        "version": capture.VERSION,
        "buffer": [list(one) for one in capture.BUFFER],
        "segment": [list(one) for one in capture.SEGMENT],
        "big_endian": capture.BIG_ENDIAN,
        "write": capture.WRITE,
    }


def kinds(data: Row) -> dict[str, str]:
    """Name of each field -> its type; list is a number of elements. For tests."""
    names = Names()
    _devices(data, names)
    return names.kinds
