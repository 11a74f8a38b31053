# SPDX-License-Identifier: MIT
"""What generated/ consists of, and which of it is known to be right: nothing is imported here that only a change needs.

A unit is a file of spec/, or the core, which all others refer to. What it makes depends on its own text, on the core's and on
the clauses, since it is made of these alone (make.py), and on the programs, so the key of a unit is the hash of these. For each
unit build/generated has one file: key, path and hash of each output, and what of it goes into the outputs of all files. It is
taken if its own hash is right, its key is that of today, and the outputs that lie there have these hashes: then their bytes are
what would be made. Anything else is made again."""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from vwr import ROOT
from vwr.generate import drift
from vwr.spec import load

ALL = "all"  # the unit of what is made of all files
THEIRS = "own."  # what units with files of somebody's own begin with
_PACKAGES = ("Jinja2", "MarkupSafe", "PyYAML", "jsonschema")
_PROGRAMS = ("codegen",)


class Made(NamedTuple):
    """An output; its bytes are what its source makes."""

    path: str
    source: str
    content: bytes


@dataclass(frozen=True)
class Unit:
    """`own` are made of the files in `view`, by the paths of both."""

    name: str
    own: tuple[str, ...]
    view: tuple[str, ...]
    key: str

    @property
    def is_theirs(self) -> bool:
        """Whether a file in a folder of somebody's own goes into it."""
        return self.name.startswith(THEIRS)


@dataclass
class Known:
    """Of a unit: its outputs, and plain data for the unit of all."""

    outputs: list[Made]
    shares: list[Sequence[Any]] = field(default_factory=list)


def listed(made: list[Made], specs: list[str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """({path: bytes}, {path: its source}): file by file of spec/, what is of all of them, MANIFEST."""
    order = {path: index for index, path in enumerate(specs)}
    rows = sorted(made, key=lambda one: order.get(one.source, len(order)))
    files = {one.path: one.content for one in rows}
    sources = {one.path: one.source for one in rows}
    files["MANIFEST"] = manifest(sources)
    return files, sources


def manifest(sources: dict[str, str]) -> bytes:
    """Which output comes from which file, a line each."""
    return "".join(f"{path:<48}  {source}\n" for path, source in sources.items()).encode("utf-8")


Make = Callable[[Unit], Known]


def specs(texts: dict[str, bytes]) -> list[str]:
    """The paths of the descriptions, in their order."""
    return [path for path in texts if path not in (load.CLAUSES, load.OPTIONS)]


def can_be(texts: dict[str, bytes]) -> bool:
    """Whether there is nothing odd beside them, and all that others refer to."""
    paths = specs(texts)
    return all(path.endswith(".yaml") for path in paths) and {*load.CORE, load.CLAUSES, load.OPTIONS} <= set(
        texts
    )


def units(texts: dict[str, bytes], tested: frozenset[str]) -> list[Unit]:
    """Of these texts, in the order of spec/; the core first, and what is made of all last, of which a page names the clauses that are
    `tested`."""
    programs = _programs()
    paths = specs(texts)
    transports = tuple(
        path for path in paths if path.startswith("spec/transport/")
    )  # whose names features have
    found = [_unit(texts, programs, "core", load.CORE, load.CORE + transports)]
    found += [
        _unit(
            texts,
            programs,
            _name(path),
            (path,),
            (*load.CORE, path),
        )
        for path in paths
        if path not in load.CORE
    ]
    key = _digest(
        programs,
        texts[load.OPTIONS],
        texts[load.CLAUSES],
        " ".join(sorted(tested)).encode(),
        *(unit.key.encode() for unit in found),
    )
    lead = THEIRS if any(map(load.is_own, paths)) else ""
    return [*found, Unit(lead + ALL, (), load.CORE, key)]


def _name(path: str) -> str:
    """device.blk; own.device.lamp of somebody's own."""
    stem = path.removeprefix("spec/").removesuffix(".yaml")
    return f"{THEIRS}device.{Path(stem).name}" if load.is_own(path) else stem.replace("/", ".")


def _unit(
    texts: dict[str, bytes], programs: bytes, name: str, own: tuple[str, ...], view: tuple[str, ...]
) -> Unit:
    words = [word for path in view for word in (path.encode(), texts[path])]
    return Unit(name, own, view, _digest(programs, texts[load.CLAUSES], *words))


def _digest(*words: bytes) -> str:
    """Of all words in their order; where one ends counts."""
    return hashlib.sha256(b"".join(hashlib.sha256(word).digest() for word in words)).hexdigest()


def _programs() -> bytes:
    """The generator, its templates and schemas, and whose programs it runs on."""
    words = [sys.version, *(f"{name} {metadata.version(name)}" for name in _PACKAGES)]
    files = [path for place in _PROGRAMS for path in _files(ROOT / place)]
    return _digest(
        *(word.encode() for word in words),
        *(word for path in files for word in (path.relative_to(ROOT).as_posix().encode(), path.read_bytes())),
    ).encode()


def _files(place: Path) -> Iterator[Path]:
    """The files of a folder, or the file, in an order that no disk has a say in."""
    yield from drift.present(place).values() if place.is_dir() else [place]


def known_or_made(unit: Unit, folder: Path, make: Make) -> Known:
    """What is known of it, if `folder` has all that it makes; else it is made."""
    place = _place(unit)
    known = _known(unit, place, folder)
    if known is None:
        known = make(unit)
        _keep(unit, place, known)
    return known


def _place(unit: Unit) -> Path:
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "generated" / f"{unit.name}.json"


def _known(unit: Unit, place: Path, folder: Path) -> Known | None:
    """Whoever changed a bit of the file, or of an output, changed a hash."""
    try:
        digest, _, text = place.read_bytes().partition(b"\n")
        if digest.decode() != _digest(text):
            return None
        kept = json.loads(text)
        if kept["key"] != unit.key:
            return None
        outputs = [Made(path, source, (folder / path).read_bytes()) for path, source, _ in kept["outputs"]]
        right = all(_digest(one.content) == known for one, (_, _, known) in zip(outputs, kept["outputs"]))
    except (OSError, ValueError):
        return None
    return Known(outputs, kept["shares"]) if right else None


def _keep(unit: Unit, place: Path, known: Known) -> None:
    """A folder that cannot be written to is none of our business: the next run makes it all again."""
    rows = [(one.path, one.source, _digest(one.content)) for one in known.outputs]
    text = json.dumps({"key": unit.key, "outputs": rows, "shares": known.shares}, ensure_ascii=False).encode()
    try:
        drift.put(place, _digest(text).encode() + b"\n" + text)
    except OSError:
        pass
