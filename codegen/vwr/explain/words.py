# SPDX-License-Identifier: MIT
"""Values with the specification's names."""

import re
from typing import Any

from vwr.explain.book import Book, Row
from vwr.explain.device import ConfigField, Device
from vwr.sentence import joined


PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")
# The monitor identifies a PCI register by its location, the explainer by its name.
UNNAMED = "byte {place} of the common configuration"


def seen(book: Book, device: Device | None, text: str, values: dict[str, Any]) -> str:
    """
    The sentence of a monitor rule, which has a placeholder for each value. A register is passed as its
    row.
    """

    def shown(match: re.Match[str]) -> str:
        value, kind = values[match[1]], match[2]
        if isinstance(value, dict):
            return str(value.get("shown", value["name"]) if kind == "register" else value["offset"])
        if kind == "status":
            return f"0x{value:x} ({status_bits(book, value)})"
        if kind == "feature":
            return f"feature {book.feature_name(value, device)} (bit {value})"
        return f"0x{value:x}" if kind == "hex" else str(value)

    named = text.replace(UNNAMED, "{place:register}") if isinstance(values.get("place"), dict) else text
    said = PLACEHOLDER.sub(shown, named)
    return said if "_" in said.split()[0] else said[0].upper() + said[1:]


def status_bits(book: Book, value: int) -> str:
    """The status bits by name, or by value if the specification has none."""
    name_of = {bit: name for name, bit in book.status.items()}
    return " ".join(name_of.get(1 << bit, f"0x{1 << bit:x}") for bit in bits_of(value)) or "none"


def bits_of(value: int) -> list[int]:
    """The numbers of the set bits."""
    return [bit for bit in range(value.bit_length()) if value >> bit & 1]


def status(book: Book, value: int) -> str:
    """Names of the status bits."""
    names = [name for name, bit in book.status.items() if value & bit]
    rest = value & ~sum(book.status.values())
    names += [f"0x{rest:x} (no status bits of the specification)"] if rest else []
    return " ".join(names) or "nothing: reset"


def features(book: Book, device: Device | None, word: int, value: int) -> str:
    """Names of the features in one word."""
    names = [book.feature_name(bit + book.word_bits * word, device) for bit in bits_of(value)]
    return f"{span(book, word)}: {', '.join(names) or 'none'}"


def span(book: Book, word: int) -> str:
    """The bits of one word of the features."""
    return f"bits {book.word_bits * word} to {book.word_bits * (word + 1) - 1}"


def parts(book: Book, register: str, value: int) -> str:
    """The nonzero bit fields in a register's value, except those that need a feature."""
    out = []
    for bit in book.bits(register):
        part = value >> bit["shift"] & (1 << bit["width"]) - 1
        if part and bit["if"] is None:
            out.append(bit["name"] if bit["width"] == 1 else f"{bit['name']} {part}")
    return ", ".join(out)


def text_of(value: int) -> str:
    """The bytes of a number as characters, or '' if they are not printable."""
    raw = value.to_bytes(8, "little").rstrip(b"\0")
    return raw.decode("ascii") if raw and all(0x20 < byte < 0x7F for byte in raw) else ""


def config(fields: list[ConfigField], offset: int, width: int, value: int) -> str:
    """A part of the configuration space: this field, or one of these fields."""
    if len(fields) != 1:
        return (
            joined(dict.fromkeys(field.name for field in fields), "or") or f"configuration from byte {offset}"
        )
    field = fields[0]
    index, inside = divmod(offset - field.offset, field.bytes)
    name = field.name if field.length is None else f"{field.name}[{index}]"
    if field.bytes > width:
        half = {0: "low half", width: "high half"}.get(inside) if 2 * width == field.bytes else None
        return f"{name}, {half or f'byte {inside} of {field.bytes}'}"
    return field_text(field, name, value)


def field_text(field: ConfigField, name: str, value: int) -> str:
    """A field of the configuration, with its unit."""
    known = joined(field.names_of(value))
    return f"{name} = {value}{', ' if known else ''}{known} ({field.meaning})"


def register(book: Book, row: Row, value: int, device: Device | None = None, word: int | None = None) -> str:
    """The meaning of a register's value, for a trace and for a dump."""
    name = row["register"]
    if name == "MagicValue":
        return f'"{text_of(value)}"' if value == book.magic else f"not the magic value 0x{book.magic:08x}"
    if name == "Version":
        return book.versions.get(value, "a version that the specification does not define")
    if name == "DeviceID":
        return (
            "the slot is empty"
            if value in book.empty
            else book.types.get(value, "no device of the specification")
        )
    if name == "VendorID":
        return f'"{text_of(value)}"' if text_of(value) else ""
    if name in ("DeviceFeatures", "DriverFeatures"):
        return features(book, device, word, value) if word is not None else ""
    if name == "Status":
        return status(book, value)
    if name == "QueueSizeMax":
        return "there is no such queue" if value == 0 else f"at most {value} descriptors"
    if name in ("InterruptStatus", "InterruptACK"):
        return parts(book, "InterruptStatus", value) or "no reason"
    if name == "QueueReady":
        return "the device may use the queue" if value else "the queue is not in use"
    if name == "QueuePFN" and value == 0:
        return "the queue is not in use"
    if name in ("DeviceFeaturesSel", "DriverFeaturesSel"):
        return f"for {span(book, value)}"
    if name == "QueueSel":
        return ""
    if name == "SHMSel" and device and value in device.regions:
        return f"for {device.regions[value]}"
    return row["brief"].rstrip(".")
