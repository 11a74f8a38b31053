# SPDX-License-Identifier: MIT
"""
The rows for the page's scripts: conditions as feature numbers, registers, rings. They are lists, which are
short.
"""

from typing import Any

Row = dict[str, Any]


def features_of(file: Row) -> list[Row]:
    """The features of a file."""
    return [one for group in file.get("groups", []) if group["kind"] == "features" for one in group["values"]]


def group_of(file: Row, name: str) -> list[Row]:
    """The values of a group."""
    found: list[Row] = next(group["values"] for group in file["groups"] if group["name"] == name)
    return found


def struct_of(file: Row, name: str) -> Row | None:
    """A struct of a file, or None."""
    return next((one for one in file.get("structs", []) if one["name"] == name), None)


def message_key(exchange: Row, row: Row) -> str:
    """QUEUE.MESSAGE, with the group if another message of the queue has the same name."""
    alike = sum(one["name"] == row["name"] for one in exchange["rows"])
    group = f"{row['group']}." if alike > 1 else ""
    return f"{exchange['queue']}.{group}{row['name']}"


class Bits:
    """Maps feature names to numbers: the device's features, then the reserved ones."""

    def __init__(self, device: Row, reserved: list[Row]) -> None:
        self._numbers = {one["name"]: one["value"] for one in (*reserved, *features_of(device))}

    def of(self, names: list[str] | None) -> list[int]:
        """The numbers of the features."""
        return [self._numbers[name] for name in names or []]


def _named(values: list[Row]) -> list[list[Any]]:
    return [[one["value"], one["name"]] for one in values]


def _rules(rules: list[Row] | None, bits: Bits) -> list[list[Any]]:
    return [[*bits.of([rule["feature"]]), bits.of(rule["any"])] for rule in rules or []]


def state(row: Row) -> str:
    """The configuration value that a conflict requires, in words."""
    return f" if {row['field']} is {row['value']['name']}" if "field" in row else ""


def _conflicts(file: Row, bits: Bits) -> list[list[Any]]:
    """[features, without, sentence]"""
    return [
        [
            bits.of(one.get("features")),
            bits.of(one.get("without")),
            f"Not allowed{state(one)}: {one['brief']}",
        ]
        for one in file.get("conflicts", [])
    ]


def device(file: Row, reserved: list[Row]) -> Row:
    """Everything that depends on a device's features, in the order of the description."""
    bits = Bits(file, reserved)
    config = struct_of(file, "config")
    queues = [one["name"] for one in file.get("queues", [])]
    return {
        "name": file["name"],
        "id": file["id"],
        "features": [[one["value"], one["name"], one.get("only", "")] for one in features_of(file)],
        "rules": _rules(file.get("rules"), bits),
        "offers": _rules(file.get("offers"), bits),
        "conflicts": _conflicts(file, bits),
        "fields": [
            [one["name"], one["offset"], bits.of(one.get("gate")), bits.of(one.get("unless"))]
            for one in (config["fields"] if config else [])
        ],
        "queues": [
            [one["name"], one.get("index"), bits.of(one.get("gate")), [*map(bits.of, one.get("moves", []))]]
            for one in file.get("queues", [])
        ],
        "messages": [
            [
                message_key(exchange, row),
                queues.index(exchange["queue"]),
                row.get("only", ""),
                *(bits.of(row.get(key)) for key in ("gate", "also", "unless", "refused_by")),
            ]
            for exchange in file.get("messages", [])
            for row in exchange["rows"]
        ],
        "sizes": [
            [one["name"], [[size, [*map(bits.of, sets)]] for size, sets in one["sizes"]]]
            for one in file.get("structs", [])
            if "sizes" in one
        ],
    }


def _registers(rows: list[Row]) -> list[list[Any]]:
    return [
        [one["name"], one["offset"], one["bytes"], one["dir"], one.get("bank_name") or "", one["brief"]]
        for one in rows
    ]


def _parts(file: Row, name: str) -> list[list[Any]]:
    """The fields of a struct of a ring: [name, offset, bytes]."""
    found = struct_of(file, name)
    assert found
    return [[one["name"], one["offset"], one.get("size", 0)] for one in found["fields"] if "offset" in one]


def _bits(rows: list[Row]) -> list[list[Any]]:
    """Register bits that do not depend on features."""
    return [[one["register"], one["name"], one["shift"], one["width"]] for one in rows if not one.get("if")]


def rows(data: Row) -> Row:
    """All of them."""
    files = {file["name"]: file for file in data["files"]}
    reserved = features_of(files["features"])
    devices = [file for file in data["files"] if file["kind"] == "device"]
    mmio, pci, split, packed = (files[name] for name in ("mmio", "pci", "split-ring", "packed-ring"))
    constants = {one["name"]: one["value"] for one in group_of(pci, "constants")}
    blocks = {block["name"]: block["registers"] for block in pci["blocks"]}
    none = Bits({}, reserved)
    return {
        "reserved": [[one["value"], one["name"], one.get("only", "")] for one in reserved],
        "rules": _rules(files["features"].get("rules"), none),
        "devices": [device(file, reserved) for file in devices],
        "types": [[one["value"], one.get("label") or one["name"]] for one in group_of(files["ids"], "ids")],
        "status": _named(group_of(files["status"], "bits")),
        "magic": next(one["value"] for one in mmio["registers"] if one["name"] == "MagicValue"),
        "size": mmio["size"],
        "mmio": _registers(mmio["registers"]),
        "bits": _bits(mmio["bits"]),
        "common": _registers(blocks["common_cfg"]),
        "isr": _named(group_of(pci, "isr")),
        "pci": {name: constants[name] for name in constants},
        "split": {
            "desc": _parts(split, "virtq_desc"),
            "flags": _named(group_of(split, "desc-flags")),
            "avail": _parts(split, "virtq_avail"),
            "used": _parts(split, "virtq_used"),
            "elem": _parts(split, "virtq_used_elem"),
            "most": split["size_max"],
        },
        "packed": {
            "desc": _parts(packed, "pvirtq_desc"),
            "flags": _named(group_of(packed, "desc-flags")),
        },
    }
