#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints recorded exchanges as messages, by generated/virtwright.json alone, with codegen in PYTHONPATH: decode.py"""

from pathlib import Path

from codec import Device, Wrong, load, shown
from recordings import RECORDINGS

DATA = Path(__file__).resolve().parents[3] / "generated" / "virtwright.json"


def lines(recording, data):
    """A line for each exchange."""
    device = Device(data, *recording[:3])
    for queue, used, out, back in recording.exchanges:
        try:
            exchange, row, values, _ = device.decode(queue, out, back, used)
        except Wrong as why:
            yield f"queue {queue}: {why}"
            continue
        words = [
            f"{name}={shown(value)}"
            for side in "RW"
            for name, value in [("->", None)] * (side == "W") + [*values[side].items()]
        ]
        yield " ".join([exchange["queue"], row["name"], *(word.replace("->=None", "->") for word in words)])


if __name__ == "__main__":
    for name, one in RECORDINGS.items():
        print("\n".join([f"-- {name} --", *lines(one, load(DATA))]))
