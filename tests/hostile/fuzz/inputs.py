#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The inputs that each target of the fuzzers is tested with, all of them made.

inputs.py make SEEDS OUT TARGET...     OUT/TARGET/: those of cases.txt, the seeds in SEEDS/TARGET (seeds.py), changed seeds, and
                                       bytes that are drawn. The same files each time, whatever the machine
inputs.py add TARGET FILE NAME         keeps FILE in cases.txt as NAME: it has found something
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

CASES = Path(__file__).resolve().with_name("cases.txt")
DRAWN = 600  # inputs of drawn bytes
CHANGED = 900  # inputs made from a seed or a case, if there is one
BYTES_MOST = 1000
SMALL = bytes((0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 64, 128, 255))  # which steps and lengths often are


def cases() -> dict[str, bytes]:
    """Bytes of each, by target/name."""
    found: dict[str, bytes] = {}
    name = ""
    for line in CASES.read_text(encoding="ascii").splitlines():
        if re.fullmatch(r"\w+/\w+", line) and line not in found:
            name = line
            found[name] = b""
        elif re.fullmatch(r"    ([0-9a-f]{2})+", line) and name:
            found[name] += bytes.fromhex(line)
        elif not line.startswith("#"):
            sys.exit(f"cases.txt: neither a new target/name nor bytes in hex: {line}")
    return found


def drawn(draw: random.Random) -> bytes:
    """Random bytes, a random share of which are small."""
    part = draw.random()
    size = draw.randrange(8, 900)
    return bytes(draw.randrange(256) if draw.random() < part else draw.choice(SMALL) for _ in range(size))


def changed(draw: random.Random, seeds: list[bytes]) -> bytes:
    """A seed, possibly followed by the end of another one, with up to eight changes."""
    made = bytearray(draw.choice(seeds))
    if draw.random() < 0.4:
        other = draw.choice(seeds)
        made += other[draw.randrange(len(other)) if other else 0 :] if draw.random() < 0.5 else other[9:]
    for _ in range(draw.choice((1, 1, 2, 4, 8))):
        kind, at = draw.random(), draw.randrange(len(made) + 1)
        if kind < 0.5:
            old = made[at] if at < len(made) else 0
            made[at : at + 1] = bytes(
                [draw.choice((draw.randrange(256), draw.choice(SMALL), old ^ 1 << draw.randrange(8)))]
            )
        elif kind < 0.7:
            made[at:at] = drawn(draw)[:8]
        elif kind < 0.85:
            del made[at : at + draw.randrange(1, 5)]
        else:
            made[at:at] = made[at : at + draw.randrange(1, 20)]
    if draw.random() < 0.3:
        made += drawn(draw)[:80]
    return bytes(made[:BYTES_MOST])


def inputs(target: str, seeds: Path) -> Iterator[tuple[str, bytes]]:
    """All inputs of a target, by name."""
    draw = random.Random(target)
    named = {
        name.partition("/")[2]: content for name, content in cases().items() if name.startswith(f"{target}/")
    }
    if (seeds / target).is_dir():
        named |= {path.name: path.read_bytes() for path in sorted((seeds / target).iterdir())}
    yield from named.items()
    for n in range(DRAWN):
        yield f"drawn_{n}", drawn(draw)
    for n in range(CHANGED if named else 0):
        yield f"changed_{n}", changed(draw, list(named.values()))


def make(seeds: Path, out: Path, targets: list[str]) -> None:
    for target in targets:
        (out / target).mkdir(parents=True, exist_ok=True)
        for name, content in inputs(target, seeds):
            (out / target / name).write_bytes(content)


def add(target: str, file: Path, name: str) -> None:
    if not re.fullmatch(r"\w+", name):
        sys.exit(f"inputs.py: '{name}' is not a name: letters, digits and _")
    text = file.read_bytes().hex()
    lines = [f"    {text[at : at + 100]}\n" for at in range(0, len(text), 100)]
    with CASES.open("a", encoding="ascii") as cases_file:
        cases_file.write(f"{target}/{name}\n{''.join(lines)}")


def main(verb: str = "", *words: str) -> None:
    if verb == "make" and len(words) > 2:
        make(Path(words[0]), Path(words[1]), list(words[2:]))
    elif verb == "add" and len(words) == 3:
        add(words[0], Path(words[1]), words[2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
