# SPDX-License-Identifier: MIT
"""The MMIO register block, sixteen bytes in a row."""

from typing import Any

from vwr.docs.pictures.svg import WIDE, box, figure, fitting, text

WIDTH = 122  # of a register
HIGH = 26
LEFT = 48
KINDS = {"R": "device", "W": "driver", "RW": "box"}


def picture(file: dict[str, Any]) -> list[str]:
    """Rows without a register are omitted."""
    word, shapes, y, last = file["word"], [], 18, -1
    shapes += [text(LEFT + (n + 0.5) * WIDTH, 12, f"+{n * word}", "middle", "faint", 10) for n in range(4)]
    for register in file["registers"]:
        row, column = divmod(register["offset"], 4 * word)
        if row != last:
            y += HIGH if last >= 0 else 0
            shapes.append(text(LEFT - 6, y + 17, f"0x{row * 4 * word:03x}", "end", "faint", 10))
            last = row
        whole = register["offset"] + word == file["size"] or register["name"] == "Config"
        x, width = LEFT + column // word * WIDTH, WIDTH * (4 if whole else 1)
        shapes.append(box(x, y, width, HIGH, KINDS[register["dir"]]))
        shapes.append(text(x + width / 2, y + 17, fitting(register["name"], width - WIDE), "middle", "code"))
    y += HIGH + 18
    for n, (words, kind) in enumerate(
        (("the driver reads", "device"), ("the driver writes", "driver"), ("both", "box"))
    ):
        shapes += [box(LEFT + n * 150, y - 10, 12, 12, kind), text(LEFT + n * 150 + 18, y, words)]
    return figure(
        shapes, LEFT + 4 * WIDTH + 2, y + 10, "MMIO register block", "Offsets of the MMIO registers."
    )
