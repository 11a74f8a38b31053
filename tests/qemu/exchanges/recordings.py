# SPDX-License-Identifier: MIT
"""The recordings in recorded.txtar."""

from pathlib import Path
from typing import NamedTuple

from mixed import Mixed
from vwr import txtar

ARCHIVE = Path(__file__).resolve().parent / "recorded.txtar"


class Recording(NamedTuple):
    """One device: its id, features, what is known of its configuration, and (queue, used, R, W) of each buffer."""

    device: int
    features: int
    config: bytes
    exchanges: list
    segments: list  # of each buffer the segments of R, and of W, as they are recorded


def read(text):
    """One of them."""
    said, rows, segments = {}, [], []
    for line in text.splitlines():
        word, *rest = line.split()
        if word == "x":
            at = rest.index("W")
            segments.append((rest[3:at], rest[at + 1 :]))
            rows.append((int(rest[0]), int(rest[1]), *map(Mixed.read, segments[-1])))
        elif word != "#":
            said[word] = rest[0]
    config = bytes.fromhex(said["config"].strip("-"))
    return Recording(int(said["device"]), int(said["features"], 16), config, rows, segments)


RECORDINGS = {name: read(raw.decode("utf-8")) for name, raw in txtar.read(ARCHIVE).items()}
