# SPDX-License-Identifier: MIT
"""The map of the tree: its folders, the data flow between them, and the number of lines of each."""

from pathlib import Path

from vwr import ROOT
from vwr.docs.pictures.svg import box, figure, head, line, text

# (folder, contents, x, y, width)
ROOMS = (
    ("spec", "the specification as YAML", 8, 8, 160),
    ("codegen", "checks, models, templates", 208, 8, 160),
    ("generated", "headers, tables, pages", 408, 8, 160),
    ("runtime/include", "public headers", 8, 104, 560),
    ("runtime/driver", "driver side", 8, 158, 132),
    ("runtime/bridge", "both", 151, 158, 132),
    ("runtime/device", "device side", 294, 158, 132),
    ("runtime/parts", "disks, switch, files", 436, 158, 132),
    ("runtime/base", "helpers of both sides", 8, 212, 275),
    ("runtime/port", "your platform: one header", 294, 212, 274),
    ("tests", "tiers of tests", 8, 290, 132),
    ("bench", "instructions, bytes", 151, 290, 132),
    ("examples", "programs", 294, 290, 132),
    ("docs", "pages", 436, 290, 132),
)
HIGH = 46
CODE = {".c", ".h", ".py", ".yaml", ".j2", ".md", ".S", ".cpp", ".hpp"}


def lines_of(folder: Path) -> int:
    """Number of lines of text in a folder, without caches."""
    return sum(
        path.read_bytes().count(b"\n")
        for path in folder.rglob("*")
        if path.suffix in CODE and "__pycache__" not in path.parts
    )


def picture() -> list[str]:
    shapes = [box(2, 78, 572, 188, "gap", 8), text(10, 95, "runtime/", kind="code faint")]
    for folder, what, x, y, width in ROOMS:
        kind = "driver" if folder.endswith("driver") else "device" if folder.endswith("device") else "box"
        shapes.append(box(x, y, width, HIGH, kind, 6))
        name = folder.removeprefix("runtime/")
        shapes.append(text(x + 8, y + 18, f"{name}/", kind="code"))
        shapes.append(
            text(x + width - 8, y + 18, f"{lines_of(ROOT / folder) / 1000:.1f}k", "end", "faint", 10)
        )
        shapes.append(text(x + 8, y + 35, what, size=10))
    for x in (168, 368):
        shapes += [line((x, 31), (x + 34, 31)), head(x + 40, 31, 1, 0)]
    shapes += [line((488, 54), (488, 97)), head(488, 104, 0, 1)]
    return figure(shapes, 576, 344, "Map of the tree", "Folders, with thousands of lines of each.", fit=True)
