# SPDX-License-Identifier: MIT
"""What the worlds take from spec/: offsets of registers and fields, features and what they require, queues."""

import functools
import re
from pathlib import Path
from typing import Any

import yaml

SPEC = Path(__file__).resolve().parents[2] / "spec"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SERVICES = ("CIPHER", "HASH", "MAC", "AEAD", "AKCIPHER")  # of crypto, without IPSEC
SIZES = {"u8": 1, "le16": 2, "le32": 4, "le64": 8}


@functools.cache
def file(name: str) -> dict[str, Any]:
    """A file of the description, such as "transport/mmio"."""
    return yaml.load((SPEC / f"{name}.yaml").read_text(), Loader=LOADER)


@functools.cache
def registers() -> dict[str, int]:
    """The registers of virtio-mmio: the offset of each; a second word has the name with "High"."""
    found = {}
    for row in file("transport/mmio")["registers"]:
        at = row["at"] if isinstance(row["at"], list) else [row["at"]]
        found[row["name"]] = at[0]
        if len(at) > 1:
            found[row["name"] + "High"] = at[1]
    return found


@functools.cache
def register_bit(name: str, bit: str) -> int:
    """A bit, or the lowest bit of a field, of a register of virtio-mmio."""
    row = next(row for row in file("transport/mmio")["registers"] if row["name"] == name)
    return 1 << next(one["shift"] for one in row["bits"] if one["name"] == bit)


@functools.cache
def fields(name: str, struct: str) -> dict[str, tuple[int, int]]:
    """Offset and size of each field of a struct; nested structs are one field."""
    rows = file(name)["structs"]
    return _laid_out(name, next(row for row in rows if row["name"] == struct)["fields"])


@functools.cache
def config(name: str) -> dict[str, tuple[int, int]]:
    """Offset and size of each field of a device's configuration."""
    device = file(f"device/{name}")
    return _laid_out(f"device/{name}", device["config"]["fields"]) if "config" in device else {}


def _laid_out(name: str, rows: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    at, found = 0, {}
    for row in rows:
        size = _size(name, row)
        found[row["name"]] = (at, size)
        at += size
    return found


def _size(name: str, row: dict[str, Any]) -> int:
    if "union" in row:
        return max(_size(name, part) for part in row["union"])
    count = row.get("count", 1)
    if row["type"] in SIZES:
        return SIZES[row["type"]] * (count if isinstance(count, int) else 1)
    return sum(size for _, size in fields(name, row["type"]).values())


def field_condition(name: str, field: str) -> str:
    """The features on which a field of the configuration depends, as a condition; "" if it always exists."""
    rows = file(f"device/{name}")["config"]["fields"]
    return next(str(row.get("if", "")) for row in rows if row["name"] == field)


@functools.cache
def features(name: str, legacy: bool, transport: str) -> dict[str, tuple[int, str]]:
    """Bit and condition of each feature that a device of this class may offer."""
    rows = list(file("core/features")["features"])
    own = file(f"device/{name}").get("features") or {}
    found = {}
    for row in rows + list(own.get("bits", [])):
        only = row.get("only")
        if (
            (only == "legacy" and not legacy)
            or (only == "modern" and legacy)
            or (legacy and row["bit"] >= 32)
        ):
            continue
        if transport in row.get("transports", [transport]):
            found[row["name"]] = (row["bit"], str(row.get("requires", "")))
    return found


@functools.cache
def reserved() -> dict[str, int]:
    """The bit of each feature that all classes share."""
    return {row["name"]: row["bit"] for row in file("core/features")["features"]}


def holds(condition: str, names: set[str]) -> bool:
    """Whether a condition on features holds for those in `names`."""
    words = condition.replace("offered ", "")
    python = re.sub(r"[A-Z][A-Z0-9_]*", lambda m: str(m[0] in names), words)
    return condition == "" or bool(eval(python))  # pylint: disable=eval-used


@functools.cache
def clauses() -> dict[str, str]:
    """The section of each clause."""
    found = {}
    for row in file_of_clauses()["sections"]:
        for number in range(1, len(row["levels"]) + 1):
            found[f"{row['id']}.{number}"] = row["section"]
    return found


@functools.cache
def status(name: str) -> int:
    """A bit of the device status."""
    return next(row["value"] for row in file("core/status")["bits"] if row["name"] == name)


def value(name: str, kind: str, group: str, word: str) -> int:
    """A value of one of the file's `flags` or `enums`."""
    rows = next(row["values"] for row in file(name)[kind] if row["name"] == group)
    return next(row["value"] for row in rows if row["name"] == word)


@functools.cache
def message(name: str, word: str) -> int:
    """The value that selects a message."""
    rows = (row for group in file(name)["messages"] for row in group["rows"])
    return next(row["value"] for row in rows if row["name"] == word)


@functools.cache
def basis(name: str) -> str:
    """What the monitor names for a rule of spec/rules.yaml: its first clause, or where none states it, the section."""
    row = next(row for row in file("rules")["rules"] if row["name"] == name)
    return str(row["clauses"][0] if "clauses" in row else row["section"])


@functools.cache
def tolerance(name: str) -> dict[str, Any]:
    """A row of what devices tolerate, in spec/rules.yaml."""
    return next(row for row in file("rules")["tolerances"] if row["name"] == name)


def file_of_clauses() -> dict[str, Any]:
    """spec/clauses.json."""
    return yaml.load((SPEC / "clauses.json").read_text(), Loader=LOADER)


@functools.cache
def identity(name: str) -> int:
    """The device ID of a class."""
    return next(row["id"] for row in file("core/ids")["ids"] if row["name"] == file(f"device/{name}")["id"])
