# SPDX-License-Identifier: MIT
"""The bytes of a structure as boxes, eight in a row."""

from typing import Any

from vwr.docs.pictures.svg import WIDE, box, figure, fitting, text

ROW = 8  # bytes
BYTE = 56  # pixels
HIGH = 26
LEFT = 44
LONG = 24  # minimum bytes of a field that is shown in one row

Segment = tuple[int, int, str]  # first byte in the row, bytes, name


def rows(fields: list[dict[str, Any]], size: int) -> list[tuple[int, list[Segment]]]:
    """(offset, contents of the row) of all rows; of overlapping fields only the first."""
    found: list[tuple[int, list[Segment]]] = []
    at = 0
    places = [(field["offset"], field["size"], field["name"]) for field in fields if field.get("size")]
    for offset, length, name in [*places, (size, 0, "")]:
        if offset < at:
            continue
        if offset > at:
            _put(found, at, offset - at, "")
        _put(found, offset, length, name)
        at = offset + length
    return found


def _put(found: list[tuple[int, list[Segment]]], at: int, length: int, name: str) -> None:
    if length > LONG:
        name = f"{name or 'not used'}: {length} bytes"
        if at % ROW:
            _segment(found, at, ROW - at % ROW, "…")
            length -= ROW - at % ROW
            at += ROW - at % ROW
        found.append((at, [(0, ROW, name)]))
        if rest := (at + length) % ROW:
            _segment(found, at + length - rest, rest, "…")
        return
    while length > 0:
        here = min(length, ROW - at % ROW)
        _segment(found, at, here, name)
        at, length, name = at + here, length - here, name and "…"


def _segment(found: list[tuple[int, list[Segment]]], at: int, length: int, name: str) -> None:
    start = at - at % ROW
    if not found or found[-1][0] != start or found[-1][1][-1][:2] == (0, ROW):
        found.append((start, []))
    found[-1][1].append((at % ROW, length, name))


def picture(struct: dict[str, Any]) -> list[str]:
    """Lines of Markdown; none for a structure without a fixed layout, or with one field."""
    fields = struct.get("fields", [])
    if not struct.get("fixed") or not struct.get("size") or len(fields) < 2:
        return []
    shapes = [text(LEFT + (n + 0.5) * BYTE, 12, str(n), "middle", "faint", 10) for n in range(ROW)]
    y = 18
    for start, segments in rows(fields, struct["size"]):
        shapes.append(text(LEFT - 6, y + 17, str(start), "end", "faint", 10))
        for first, length, name in segments:
            x, width = LEFT + first * BYTE, length * BYTE
            shapes.append(box(x, y, width, HIGH, "box" if name else "gap"))
            if name:
                shapes.append(text(x + width / 2, y + 17, fitting(name, width - WIDE), "middle", "code"))
        y += HIGH
    title = f"Bytes of struct {struct.get('document', struct['name'])}"
    return figure(shapes, LEFT + ROW * BYTE + 2, y + 4, title)
