#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the record of a disk or a network card (README.md), and says what is in it or writes it as a C table."""

import argparse
import lzma
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
DISK, CARD = "disk", "card"
VERSION = 1
# Types of requests: the C name has VWR_BLK_T_ before it. The sector and the data that a request of the type has.
TYPES = {
    "IN": (True, True),
    "OUT": (True, True),
    "FLUSH": (False, False),
    "GET_ID": (False, True),
    "DISCARD": (False, True),
    "WRITE_ZEROES": (False, True),
}
SECTOR = 512
MOST_SEGMENTS = 1024  # of a buffer: no queue is longer
MOST_BYTES = 1 << 26  # of a segment
# What happened, of the queue of requests or frames out, and in upper case of the queue of frames in; the C name.
EVENTS = {
    "submit": "MIX_SUBMIT",
    "k": "MIX_KICK",
    "q": "MIX_FOUND",
    "used": "MIX_USED",
    "u": "MIX_DONE",
    "i": "MIX_INTERRUPT",
    "buffer": "MIX_RX_BUFFER",
    "K": "MIX_RX_KICK",
    "Q": "MIX_RX_FOUND",
    "received": "MIX_RX_FRAME",
    "U": "MIX_RX_DONE",
    "I": "MIX_RX_INTERRUPT",
}


class Malformed(Exception):
    """The record is not one: the file, the line, and what is wrong."""


class Buffer(NamedTuple):
    """A request, or a frame out, which has neither type nor sector."""

    segments: tuple  # lengths of the data; of a frame out, of all descriptors
    type: str = ""
    sector: int = 0


class Mix(NamedTuple):
    kind: str
    size: int  # of a disk in sectors; of a card's header in bytes
    buffers: list
    events: list  # (of EVENTS, number)
    parts: list  # (name, first event)


def text_of(path):
    """The text of a record, compressed or not."""
    data = path.read_bytes()
    try:
        return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("ascii")
    except (lzma.LZMAError, UnicodeDecodeError) as why:
        raise Malformed(f"{path.name}: {why}") from why


def number(text, most):
    if not re.fullmatch(r"0|[1-9]\d*", text) or int(text) > most:
        raise ValueError(f"{text}: no number from 0 to {most}")
    return int(text)


def lengths(text):
    """Lengths of segments: 16,4096*3 has four."""
    result = []
    for word in text.split(","):
        length, _, times = word.partition("*")
        result += [number(length, MOST_BYTES)] * (number(times, MOST_SEGMENTS) if times else 1)
    if not all(result) or not 0 < len(result) <= MOST_SEGMENTS:
        raise ValueError(f"{text}: a segment without bytes, or not 1 to {MOST_SEGMENTS} segments")
    return tuple(result)


class Reader:
    """The lines of a record, one after the other; ValueError says what is wrong with one."""

    def __init__(self):
        self.kind, self.size = "", 0
        self.buffers, self.events, self.parts = [], [], []
        self.in_flight = set()
        self.told = 0  # of the buffers, those that the device knows of
        self.room = []  # buffers for frames in

    def head(self, words):
        if len(words) != 4 or words[:2] != ["mix", str(VERSION)] or words[2] not in (DISK, CARD):
            raise ValueError(
                f"a record begins with: mix {VERSION} disk SECTORS, or mix {VERSION} card HEADER"
            )
        self.kind, self.size = words[2], number(words[3], 1 << 48)

    def line(self, words):
        what, given = words[0], words[1:]
        if what == "p" and len(given) == 1:
            self.parts.append((given[0], len(self.events)))
        elif what == "r" and self.kind == DISK:
            self.request(given)
        elif what == "t" and self.kind == CARD and len(given) == 1:
            self.submit(Buffer(lengths(given[0])))
        elif what == "u" and given:
            self.use(given)
        elif what == "b" and self.kind == CARD and len(given) == 1:
            self.make_room(lengths(given[0]))
        elif what == "U" and self.kind == CARD and given:
            self.receive(given)
        elif what in (*"kqi", *("KQI" if self.kind == CARD else "")) and not given:
            self.told = len(self.buffers) if what in "kq" else self.told
            self.events.append((what, 0))
        else:
            raise ValueError(f"{' '.join(words)}: no line of a {self.kind}")

    def request(self, given):
        if len(given) != 3 or given[0] not in TYPES:
            raise ValueError(f"{' '.join(given)}: no request: TYPE SECTOR LENGTHS")
        kind, sector = given[0], number(given[1], self.size)
        has_sector, has_data = TYPES[kind]
        data = lengths(given[2]) if has_data else ()
        if not has_data and given[2] != "-":
            raise ValueError(f"{kind} has no data")
        if not has_sector and sector != 0:
            raise ValueError(f"{kind} has no sector")
        if has_sector and (sum(data) % SECTOR != 0 or sector + sum(data) // SECTOR > self.size):
            raise ValueError(f"{sum(data)} bytes from sector {sector} on are not sectors of the disk")
        self.submit(Buffer(data, kind, sector))

    def submit(self, buffer):
        self.in_flight.add(len(self.buffers))
        self.events.append(("submit", len(self.buffers)))
        self.buffers.append(buffer)

    def use(self, given):
        for word in given:
            which = number(word, len(self.buffers))
            if which not in self.in_flight or which >= self.told:
                raise ValueError(f"{which} is not in flight")
            self.in_flight.remove(which)
            self.events.append(("used", which))
        self.events.append(("u", len(given)))

    def make_room(self, rooms):
        self.room += rooms
        self.events += [("buffer", length) for length in rooms]

    def receive(self, given):
        for word in given:
            length = number(word, MOST_BYTES)
            if not self.room or not self.size < length <= self.room.pop(0):
                raise ValueError(f"{length} bytes do not fit the next buffer")
            self.events.append(("received", length))
        self.events.append(("U", len(given)))


def read(path):
    """The Mix of a record. Raises Malformed."""
    reader = Reader()
    for place, line in enumerate(text_of(path).splitlines(), 1):
        words = line.partition("#")[0].split()
        try:
            if words:
                (reader.line if reader.kind else reader.head)(words)
        except ValueError as why:
            raise Malformed(f"{path.name}: line {place}: {why}") from why
    if not reader.buffers:
        raise Malformed(f"{path.name}: no requests or frames")
    if reader.in_flight:
        raise Malformed(f"{path.name}: {min(reader.in_flight)} is never completed")
    return Mix(reader.kind, reader.size, reader.buffers, reader.events, reader.parts)


def depths(mix):
    """How many are in flight after each that is made available."""
    found, now = Counter(), 0
    for what, _ in mix.events:
        now += (what == "submit") - (what == "used")
        found[now] += what == "submit"
    return found


def classed(counter):
    """A histogram by powers of two."""
    found = Counter()
    for value, times in counter.items():
        found[1 << (value - 1).bit_length() if value else 0] += times
    name = lambda most: f"{most // 2 + 1}-{most}" if most > 2 else str(most)
    return ", ".join(f"{name(most)}: {times}" for most, times in sorted(found.items()) if times)


def batches(mix, submit="submit", ends=("k", "q")):
    """How many are made available at a time, up to a notification or until the device finds them."""
    found, now = Counter(), 0
    for what, _ in mix.events:
        now += what == submit
        if what in ends:
            found[now] += now > 0
            now = 0
    return found


def summary(mix):
    """What is in a record, line by line."""
    events = Counter(what for what, _ in mix.events)
    done = Counter(count for what, count in mix.events if what == "u")
    yield f"{len(mix.buffers)} {'requests' if mix.kind == DISK else 'frames out'}, {events['k']} notifications, {events['i']} interrupts"
    if mix.kind == DISK:
        yield "types: " + ", ".join(
            f"{name} {times}" for name, times in Counter(one.type for one in mix.buffers).most_common()
        )
    yield "segments: " + classed(Counter(len(one.segments) for one in mix.buffers))
    if mix.kind == DISK:
        yield "KiB of data: " + classed(Counter(-(-sum(one.segments) // 1024) for one in mix.buffers))
    else:
        yield "bytes: " + classed(Counter(sum(one.segments) for one in mix.buffers))
    yield "in flight: " + classed(depths(mix))
    yield "made available at a time: " + classed(batches(mix))
    yield "completed at a time: " + classed(done)
    if mix.kind == CARD:
        received = Counter(length for what, length in mix.events if what == "received")
        yield f"{sum(received.values())} frames in, {events['K']} notifications, {events['I']} interrupts"
        yield "bytes: " + classed(received)
        yield "received at a time: " + classed(Counter(count for what, count in mix.events if what == "U"))
    for place, (name, first) in enumerate(mix.parts):
        end = mix.parts[place + 1][1] if place + 1 < len(mix.parts) else len(mix.events)
        found = Counter(what for what, _ in mix.events[first:end])
        more = f", {found['received']} frames in" if mix.kind == CARD else ""
        yield f"part {name}: {found['submit']}{more}, {found['k'] + found['K']} notifications"


def wrapped(values):
    """Values of an array, a few to a line."""
    values = list(values)
    return "".join(f"    {', '.join(values[i : i + 12])},\n" for i in range(0, len(values), 12))


def table(mix):
    """The C header: the arrays that mix.h describes."""
    name, first, rows = f"mix_{mix.kind}", 0, []
    for one in mix.buffers:
        if mix.kind == DISK:
            rows.append(f"{{{one.sector}u, VWR_BLK_T_{one.type}, {first}u, {len(one.segments)}u}}")
        else:
            rows.append(f"{{{first}u, {len(one.segments)}u}}")
        first += len(one.segments)
    events = [f"{{{EVENTS[what]}, {value}u}}" for what, value in mix.events]
    segments = [f"{length}u" for one in mix.buffers for length in one.segments]
    of = "request" if mix.kind == DISK else "frame"
    size = "SECTORS" if mix.kind == DISK else "HEADER"
    return (
        f"/* Written by bench/mix/mix.py from {mix.kind}.txt.xz. */\n"
        + ('#include "vwr/gen/blk.h"\n' if mix.kind == DISK else "")
        + '#include "mix.h"\n\n'
        f"#define MIX_{mix.kind.upper()}_{size} {mix.size}u\n"
        f"static const uint32_t {name}_segments[] = {{\n{wrapped(segments)}}};\n"
        f"static const struct mix_{of} {name}_{of}s[] = {{\n{wrapped(rows)}}};\n"
        f"static const struct mix_event {name}_events[] = {{\n{wrapped(events)}}};\n"
    )


def record(kind):
    return HERE / f"{kind}.txt.xz"


def write(kind, folder):
    """Writes the table of the record to mix_KIND.h in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"mix_{kind}.h").write_text(table(read(record(kind))), encoding="ascii")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path, nargs="?", default=record(DISK), help="by default disk.txt.xz")
    parser.add_argument("--header", type=Path, metavar="FILE", help="write a C header, which includes mix.h")
    given = parser.parse_args()
    try:
        mix = read(given.record)
    except (Malformed, OSError) as why:
        print(f"mix.py: {why}", file=sys.stderr)
        return 1
    if given.header:
        given.header.write_text(table(mix), encoding="ascii")
    else:
        print("\n".join(summary(mix)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
