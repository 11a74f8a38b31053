# SPDX-License-Identifier: MIT
"""The states of a device, from the page's own diagram (a Mermaid block, which editors and forges draw)."""

import re

from vwr.docs.pictures.svg import box, figure, head, line, text, wrapped

STATE = re.compile(r"^ *(\w+) : (.*)$")
STEP = re.compile(r"^ *(\w+) --> (\w+) : (.*)$")
WIDTH = 270
HIGH = 30
GAP = 50
LEFT = 10
LETTERS = 52


def picture(block: list[str]) -> list[str]:
    """The states from top to bottom. The step between two states is next to its arrow."""
    states = {match[1]: match[2] for row in block if (match := STATE.match(row))}
    steps = [match.groups() for row in block if (match := STEP.match(row))]
    chain = [name for name in states if name != "any"]
    place = {name: n * (HIGH + GAP) + 4 for n, name in enumerate(chain)}
    shapes, middle = [], LEFT + WIDTH / 2
    for name in chain:
        number, _, bits = states[name].partition(" ")
        shapes.append(box(LEFT, place[name], WIDTH, HIGH, "driver" if name.endswith("_OK") else "box", 6))
        shapes += _state(number, bits, place[name])
    for start, end, words in steps:
        if start == "any":
            continue
        if chain.index(end) == chain.index(start) + 1:
            top = place[start] + HIGH
            shapes += [line((middle, top), (middle, place[end] - 6)), head(middle, place[end], 0, 1)]
            shapes += _label(middle + 10, top + 14, words)
        else:
            x, y, to = LEFT + WIDTH + 14, place[start] + HIGH / 2, place[end] + HIGH / 2
            shapes += [
                line((LEFT + WIDTH, y), (x, y), (x, to), (LEFT + WIDTH + 6, to)),
                head(LEFT + WIDTH, to, -1, 0),
            ]
            shapes += _label(LEFT, place[start] + HIGH + 16, f"and back: {words}")
    y = len(chain) * (HIGH + GAP) + 14
    shapes.append(text(LEFT, y, "From any state:"))
    for start, end, words in steps:
        if start == "any":
            y += 18
            shapes.append(text(LEFT + 12, y, f"→ {states.get(end, end)}: {words}"))
    return figure(shapes, 560, y + 10, "States of a device")


def _state(number: str, bits: str, y: float) -> list[str]:
    """The number, and its bits in as many lines as necessary."""
    names = wrapped(bits, 34)
    first = y + HIGH / 2 + (4 if len(names) == 1 else -2)
    shapes = [text(LEFT + 8, y + HIGH / 2 + 4, number, kind="code")]
    return shapes + [text(LEFT + 40, first + n * 11, words, size=10) for n, words in enumerate(names)]


def _label(x: float, y: float, words: str) -> list[str]:
    return [
        text(x, y + n * 12, part, kind="faint", size=10) for n, part in enumerate(wrapped(words, LETTERS)[:3])
    ]
