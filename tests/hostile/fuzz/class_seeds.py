# SPDX-License-Identifier: MIT
"""The conversations in class_seeds.txt. The format is described at the start of that file."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

Row = dict[str, Any]
Step = tuple[
    int | None, bytes, int
]  # queue, bytes from the driver, space for the device; None: an event on the host
SECTION = re.compile(r"^=== (\w+)\n", re.M)
BLOCK = re.compile(r"^(\w+)((?: \S+)*?)(:| =)(?: (\S.*))?\n((?: .*\n)*)", re.M)
# Classes that share a fuzzer: the fuzzer's name, and the class's number in it.
SHARED = {
    "i2c": ("buses", 0),
    "gpio": ("buses", 1),
    "rtc": ("buses", 2),
    "crypto": ("buses", 3),
    "pmem": ("buses", 4),
    "iommu": ("buses", 5),
    "mem": ("buses", 6),
    "can": ("buses", 7),
    "spi": ("buses", 8),
    "scmi": ("buses", 9),
}


class Steps(NamedTuple):
    """Steps that several conversations share, and the values of `$NAME`."""

    parameters: dict[str, str]  # without a default: ""
    lines: list[str]


class Conversations:
    """The conversations of a class: pairs of a name and steps."""

    def __init__(self, text: str, device: Row) -> None:
        self.steps: dict[str, Steps] = {}
        self.conversations: dict[str, list[str]] = {}
        for name, parameters, kind, step, lines in BLOCK.findall(text):
            block = [line.strip() for line in [step, *lines.splitlines()] if line]
            if kind == ":":
                self.conversations[name] = block
            else:
                self.steps[name] = Steps(dict(one.partition("=")[::2] for one in parameters.split()), block)
        self.names: dict[str, list[int]] = {}
        for exchange in device["messages"]:
            for row in exchange["rows"]:  # of those with one name the first
                self.names.setdefault(row["name"].lower(), row.get("values", []))

    def __iter__(self) -> Iterator[tuple[str, list[Step]]]:
        for name, lines in self.conversations.items():
            yield name, [self.step(leaf) for line in lines for leaf in self.leaves(line)]

    def leaves(self, line: str) -> list[str]:
        """The line with QUEUE PART... substituted for a name."""
        times, _, rest = line.rpartition(" * ")
        name, *words = rest.split()
        if name not in self.steps:
            return [rest] * int(times or 1)
        parameters, lines = self.steps[name]
        values = dict(parameters)
        for parameter in [one for one, default in parameters.items() if not default]:
            values[parameter] = words.pop(0)
        named = [word for word in words if word.partition("=")[0] in parameters]
        values.update(word.partition("=")[::2] for word in named)
        more = [word for word in words if word not in named]
        found = [re.sub(r"\$(\w+)", lambda match: values[match[1]], one) for one in lines]
        return [leaf for one in found for leaf in self.leaves(" ".join([one, *more]))] * int(times or 1)

    def step(self, leaf: str) -> Step:
        """Parses the words of a step."""
        queue, *words = leaf.split()
        rooms = [int(word[5:], 0) for word in words if word.startswith("room=")]
        parts = [word for word in words if not word.startswith("room=")]
        size = len(self.packed(parts, 0))
        return None if queue == "host" else int(queue), self.packed(parts, size), rooms[-1] if rooms else 0

    def packed(self, parts: list[str], size: int) -> bytes:
        """The bytes of all parts, `size` in total."""
        return b"".join(part(one, {**self.names, "all": [size]}) for one in parts)


def part(word: str, names: dict[str, list[int]]) -> bytes:
    """The bytes of a part."""
    times, _, one = word.rpartition("*")
    form, _, value = one.rpartition(":")
    if one.startswith("'"):
        made = one[1:-1].encode()
    elif form.startswith("hex"):
        made = bytes.fromhex(value).ljust(int(form[3:] or 0), b"\0")
    elif form == "string":
        made = struct.pack("<H", len(value)) + value.encode()
    elif form == "count":
        made = bytes(number & 0xFF for number in range(int(value)))
    else:
        numbers = [number for name in value.split(",") for number in names.get(name) or [int(name, 0)]]
        made = struct.pack(form if form.startswith(">") else f"<{form or 'B'}", *numbers)
    return made * int(times or 1)


_, *_SECTIONS = SECTION.split(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
CLASSES = dict(zip(_SECTIONS[::2], _SECTIONS[1::2]))  # {class: its text}
