# SPDX-License-Identifier: MIT
"""
Writes config_given.h: which bytes of a device's configuration the specification gives to a driver, and with
which features. For test_reads.c: the generated readers of all configurations, the drivers, and for these a
configuration with plausible values, and what a device offers: nothing, each feature with those that it
requires, and all. It is made of virtwright.json and of the folders of drivers, and shares no code with the
generator of the readers.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
REST = 0x100  # of an array without a fixed length
# Numbers with which a driver opens, where 1 is none: contexts 0 to 2 are reserved; a driver asks for tables.
NUMBERS = {"guest_cid": 3, "jacks": 0, "streams": 0, "chmaps": 0}

DRIVERS = ROOT / "runtime" / "driver"

Field = dict[str, Any]
Given = tuple[
    int, int, list[list[int]], list[int]
]  # offset, bytes, choices of features, features that exclude it


class Device:
    """One device of virtwright.json."""

    def __init__(self, data: dict[str, Any], reserved: dict[str, int]) -> None:
        self.name, self.number = data["name"], data["id"]
        config = next((one for one in data.get("structs", []) if one["name"] == "config"), {})
        self.fields: list[Field] = config.get("fields", [])
        self.c = config.get("c", "")
        self.structs = {one["name"]: one for one in data.get("structs", [])}
        bits = next((one["values"] for one in data.get("groups", []) if one["name"] == "features"), [])
        self.own = [bit["value"] for bit in bits]
        self.numbers = reserved | {bit["name"]: bit["value"] for bit in bits}
        values = {value["name"]: value["value"] for one in data.get("groups", []) for value in one["values"]}
        end = "_DEFAULT_SIZE"
        self.defaults = {
            name.removesuffix(end).lower() + "_size": values[name] for name in values if name.endswith(end)
        } | NUMBERS
        self.rules = [
            (self.numbers[one["feature"]], self.features(one["any"])) for one in data.get("rules", [])
        ]

    def features(self, names: list[str]) -> list[int]:
        """Their numbers."""
        return [self.numbers[name] for name in names]

    def given(self, fields: list[Field], base: int, above: list[list[int]]) -> Iterator[Given]:
        """Fields that tell a driver something; those of a struct one by one."""
        for field in fields:
            if field.get("reserved") or field.get("for_device") or field.get("dir", "R") == "W":
                continue
            choices = [self.features(field[key]) for key in ("gate", "valid") if field.get(key)]
            inner = self.structs.get(field["type"])
            at = base + field["offset"]
            if inner and not field.get("array"):
                yield from self.given(inner["fields"], at, above + choices)
            else:
                yield at, field.get("size") or REST, above + choices, self.features(field.get("unless", []))

    def offers(self) -> list[set[int]]:
        """Sets of features that a device offers."""
        return [set(), *map(self._with_required, self.own), set(self.own)]

    def _with_required(self, feature: int) -> set[int]:
        found, left = set[int](), [feature]
        while left:
            found.add(one := left.pop())
            left += [some[0] for who, some in self.rules if who == one and not found & set(some)]
        return found

    def image(self, fields: list[Field], base: int = 0) -> dict[int, int]:
        """{offset: byte} of a configuration whose numbers are the least ones that mean something."""
        found = dict[int, int]()
        for field in fields:
            inner, width = self.structs.get(field["type"]), _width(field)
            if inner and not field.get("array"):
                found |= self.image(inner["fields"], base + field["offset"])
            elif width and not field.get("array"):
                number = field.get("absent") or field.get("min") or self.defaults.get(field["name"], 1)
                number = min(number, field.get("max") or number) & ((1 << 8 * width) - 1)
                at = base + field["offset"]
                found |= {at + i: number >> 8 * i & 0xFF for i in range(width)}
        return found


def _width(field: Field) -> int:
    return {"u8": 1, "le16": 2, "le32": 4, "le64": 8}.get(field["type"], 0)


def _words(features: set[int]) -> str:
    words = [sum(1 << bit % 32 for bit in features if bit // 32 == n) for n in range(4)]
    return "{{" + ", ".join(f"0x{word:x}u" for word in words) + "}}"


def _array(numbers: list[int]) -> str:
    return f"{{{len(numbers)}, {{{', '.join(map(str, numbers)) or 0}}}}}"


def _row(device: Device, one: Given) -> str:
    offset, size, choices, excluded = one
    parts = ", ".join(map(_array, choices)) or _array([])
    return f"    {{{device.number}, {offset}, {size}, {{{parts}}}, {_array(excluded)}}}, /* {device.name} */"


def main(out: Path) -> None:
    """Writes the header."""
    data = json.loads((ROOT / "generated" / "virtwright.json").read_text(encoding="utf-8"))
    reserved = {
        bit["name"]: bit["value"]
        for file in data["files"]
        if file["kind"] == "features"
        for group in file["groups"]
        for bit in group["values"]
    }
    devices = [Device(file, reserved) for file in data["files"] if file["kind"] == "device"]
    rows = [_row(device, one) for device in devices for one in device.given(device.fields, 0, [])]
    lines = [
        "/* SPDX-License-Identifier: MIT */",
        "/* Made by config_given.py of generated/virtwright.json. */",
        "static const struct config_given config_given[] = {",
        *rows,
        "};",
        "#ifdef CONFIG_DRIVERS",
        *_of_readers([device for device in devices if device.fields]),
        *_of_drivers([device for device in devices if (DRIVERS / device.name).is_dir()]),
        "#endif",
        "",
    ]
    out.write_text("\n".join(lines), encoding="utf-8")


def _of_readers(devices: list[Device]) -> Iterator[str]:
    """The generated readers; a device whose ends are not generated has none."""
    headers = {one.name: ROOT / "generated" / "include" / "vwr" / "gen" / f"{one.name}.h" for one in devices}
    having = [one for one in devices if f"{one.c}_read(" in headers[one.name].read_text(encoding="utf-8")]
    yield from (f'#include "vwr/gen/{one.name}.h"' for one in having)
    yield "static const struct config_reader config_readers[] = {"
    yield from (f"    {{{one.number}, {one.c}_read, sizeof(struct {one.c}_info)}}," for one in having)
    yield "};"


def _of_drivers(devices: list[Device]) -> Iterator[str]:
    """The drivers, with what their devices offer and have in their configuration."""
    yield from (f'#include "vwr/{one.name}.h"' for one in devices)
    yield '#include "vwr/open/rows.h"'
    for one in devices:
        yield f"static const struct vwr_features offers_{one.name}[] = {{{', '.join(map(_words, one.offers()))}}};"
        image = one.image(one.fields)
        bytes_ = [image.get(at, 0) for at in range(max(image, default=0) + 1)]
        yield f"static const uint8_t image_{one.name}[] = {{{', '.join(map(str, bytes_))}}};"
    yield "static const struct config_driver config_drivers[] = {"
    for one in devices:
        yield f"    {{&(const struct vwr_open_class)VWR_OPEN_{one.name.upper()}, offers_{one.name}, {len(one.offers())}, "
        yield f"     image_{one.name}, sizeof(image_{one.name})}},"
    yield "};"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
