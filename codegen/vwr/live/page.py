# SPDX-License-Identifier: MIT
"""The page: one file with its scripts, the machine, the description and the sources."""

import base64
import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vwr import ROOT, description
from vwr.live.wasm import Line, Wasm

PARTS = Path(__file__).parent / "page"
EXPLORER = Path(__file__).parent.parent / "explorer" / "page"
SCRIPTS = (
    *(
        "conditions.js",
        "layout.js",
        "model.js",
        "code.js",
        "machine.js",
        "places.js",
        "faults.js",
        "traces.js",
    ),
    *("views.js", "course.js", "page.js"),
)
SHARED = ("theme.js", "conditions.js")  # scripts of the explorer


def packed(data: bytes) -> str:
    """Deflated, in base64: the browser has both."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(squeezer.compress(data) + squeezer.flush()).decode()


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _signed(value: int) -> bytes:
    return _varint(-2 * value - 1 if value < 0 else 2 * value)


def rows(lines: Iterable[Line], files: list[str]) -> bytes:
    """The lines, each as a difference to the one before: offset, number of the file, line."""
    numbers = {name: i for i, name in enumerate(files)}
    at = file = number = 0
    out = bytearray()
    for one in lines:
        out += _varint(one.at - at) + _signed(numbers[one.file] - file) + _signed(one.line - number)
        at, file, number = one.at, numbers[one.file], one.line
    return bytes(out)


def shown(file: str) -> str:
    """A path as the page names it: inside of the tree, or of the user's own folder."""
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def parts(wasm: Wasm, data: Any, rules: list[list[str]]) -> dict[str, str]:
    """What the scripts unpack, by the name of its element."""
    lines = wasm.lines()
    files = sorted({one.file for one in lines})
    sources = {shown(file): Path(file).read_text(encoding="utf-8") for file in files if Path(file).is_file()}
    names = wasm.functions()
    facts = {
        "names": [names.get(i, "") for i in range(max(names, default=0) + 1)],
        "files": [shown(one) for one in files],
        "data": data,
        "rules": rules,
    }
    return {
        "wasm": packed(wasm.stripped()),
        "lines": packed(rows(lines, files)),
        "facts": packed(json.dumps(facts, separators=(",", ":")).encode()),
        "sources": packed(json.dumps(sources, separators=(",", ":")).encode()),
    }


def monitor_rules() -> list[list[str]]:
    """By the number of a rule: name, clause, level, side, section."""
    return [[name, one.clause, one.level, one.side, one.section] for name, one in description.rules().items()]


def script(name: str) -> str:
    folder = EXPLORER if name in SHARED else PARTS
    return (folder / name).read_text(encoding="utf-8")


def page(blobs: dict[str, str]) -> str:
    """The whole file."""
    text = (PARTS / "frame.html").read_text(encoding="utf-8")
    fill = {
        "STYLE": (PARTS / "style.css").read_text(encoding="utf-8"),
        "SCRIPTS": "\n".join(map(script, (*SCRIPTS, "theme.js"))),
        "BLOBS": "\n".join(
            f'<script type="application/octet-stream" id="{name}">{blob}</script>'
            for name, blob in blobs.items()
        ),
    }
    for name, value in fill.items():
        text = text.replace(f"<!-- {name} -->", value)
    return text
