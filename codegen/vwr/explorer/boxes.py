# SPDX-License-Identifier: MIT
"""Draws a struct as boxes, eight bytes per row."""

from collections.abc import Iterator
from html import escape
from typing import Any

WIDTH = 8


def _cells(offset: int, size: int) -> Iterator[tuple[int, str]]:
    """(bytes, size in words) of the parts of a field in each row. Full rows form one cell."""
    first = min(size, -offset % WIDTH or WIDTH)
    if first < WIDTH and first < size:
        yield first, ""
        size -= first
    whole = size - size % WIDTH
    if whole:
        yield WIDTH, f" {whole} bytes" if whole > WIDTH else ""
    if size % WIDTH:
        yield size % WIDTH, ""


def boxes(struct: dict[str, Any]) -> str:
    """The picture of a struct, without offsets after an array of variable length."""
    made, at = [], 0
    for field in struct["fields"]:
        offset, size = field.get("offset"), field.get("size")
        name = escape(field["name"])
        if offset is None or not size:
            made.append(f"<i class=s8>{name} …</i>")
            continue
        if offset < at:
            continue
        if offset > at:
            made += [f"<i class=s{bytes}></i>" for bytes, _ in _cells(at, offset - at)]
        for place, (bytes, said) in enumerate(_cells(offset, size)):
            text = f"<u>{offset}</u>{name}{said}" if place == 0 else f"…{said}"
            made.append(f"<i class=s{bytes}>{text}</i>")
        at = offset + size
    return f"<div class=box>{''.join(made)}</div>\n" if made else ""
