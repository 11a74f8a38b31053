# SPDX-License-Identifier: MIT
"""
The units of generated/, and which of them are up to date. This module imports nothing that only a change
needs.

A unit is a file of spec/, or the core, to which all others refer. Its outputs are generated only from its own
text, the core's and the clauses (make.py), and depend on the programs, so the key of a unit is the hash of
these. build/generated has one file for each unit: its key, path and hash of each output, and its share of the
outputs of all files. The file is used if its own hash is right, its key is current, and the existing outputs
have these hashes: then their bytes are up to date. Otherwise the unit is generated again. Outputs that generated/
does not keep are beside these files.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import util
from pathlib import Path
from typing import Any, NamedTuple

from vwr import ROOT
from vwr.generate import drift
from vwr.generate.kept import is_kept
from vwr.generate.named import Named
from vwr.output import build_folder
from vwr.spec import disk

ALL = "all"  # the unit of outputs of all files
NONE = "none"  # the unit of outputs that depend on no device
THEIRS = "own."  # prefix of units with files of a user
_TABLES = (disk.CLAUSES, disk.SECTIONS, disk.OPTIONS, disk.RULES)  # no descriptions, but all need them
_PACKAGES = ("jinja2", "markupsafe", "yaml", "jsonschema")


class Made(NamedTuple):
    """An output; `content` is its bytes, `source` the file that it comes from."""

    path: str
    source: str
    content: bytes


class Unit(NamedTuple):
    """`own` are the files that it covers, `view` those from which it is generated, both by path."""

    name: str
    own: tuple[str, ...]
    view: tuple[str, ...]
    key: str


class Known(NamedTuple):
    """The result of a unit: its outputs, and plain data for the unit of all."""

    outputs: list[Made]
    shares: Sequence[Sequence[Any]] = ()


def listed(made: list[Made], specs: list[str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """
    ({path: bytes}, {path: its source}): in the order of spec/, then the outputs of all files, then MANIFEST.
    """
    order = {path: index for index, path in enumerate(specs)}
    rows = sorted(made, key=lambda one: order.get(one.source, len(order)))
    files = {one.path: one.content for one in rows}
    sources = {one.path: one.source for one in rows}
    files["MANIFEST"] = manifest(sources)
    return files, sources


def manifest(sources: dict[str, str]) -> bytes:
    """The source of each output, one per line."""
    return "".join(f"{path:<48}  {source}\n" for path, source in sources.items()).encode("utf-8")


Make = Callable[[Unit], Known]


def specs(texts: dict[str, bytes]) -> list[str]:
    """The paths of the descriptions, in their order."""
    return [path for path in texts if path not in _TABLES]


def can_be(texts: dict[str, bytes]) -> bool:
    """Whether the texts are only descriptions, and include all files to which others refer."""
    paths = specs(texts)
    return all(path.endswith(".yaml") for path in paths) and {*disk.CORE, *_TABLES} <= set(texts)


def units(texts: dict[str, bytes], names: Named) -> list[Unit]:
    """
    The units of these texts, in the order of spec/: the core first; behind the devices the unit of all, which
    lists what names each clause, and the unit of none.
    """
    programs = _programs()
    paths = specs(texts)
    transports = tuple(path for path in paths if path.startswith("spec/transport/"))  # features name them
    found = [_unit(texts, programs, "core", disk.CORE, disk.CORE + transports)]
    found += [
        _unit(
            texts,
            programs,
            _name(path),
            (path,),
            (*disk.CORE, path),
        )
        for path in paths
        if path not in disk.CORE
    ]
    key = _digest(
        programs,
        texts[disk.OPTIONS],
        texts[disk.CLAUSES],
        texts[disk.SECTIONS],
        texts[disk.RULES],
        json.dumps(names).encode(),
        *(unit.key.encode() for unit in found),
    )
    lead = THEIRS if any(map(disk.is_own, paths)) else ""
    of_all = Unit(lead + ALL, (), (*disk.CORE, disk.OPTIONS, disk.RULES), key)
    return [*found, of_all, _unit(texts, programs, NONE, (), (*disk.CORE, disk.RULES))]


def _name(path: str) -> str:
    """device.blk; for a user's device own.device.lamp."""
    stem = path.removeprefix("spec/").removesuffix(".yaml")
    return f"{THEIRS}device.{Path(stem).name}" if disk.is_own(path) else stem.replace("/", ".")


def _unit(
    texts: dict[str, bytes], programs: bytes, name: str, own: tuple[str, ...], view: tuple[str, ...]
) -> Unit:
    words = [word for path in view for word in (path.encode(), texts[path])]
    return Unit(name, own, view, _digest(programs, texts[disk.CLAUSES], texts[disk.SECTIONS], *words))


def _digest(*words: bytes) -> str:
    """The hash of all words in their order, including their boundaries."""
    return hashlib.sha256(b"".join(hashlib.sha256(word).digest() for word in words)).hexdigest()


def _programs() -> bytes:
    """The generator, its templates and schemas, Python's version, and the packages' first files as they are on disk."""
    words = [sys.version, *map(_package, _PACKAGES)]
    return _digest(
        *(word.encode() for word in words),
        *(
            word
            for name, path in drift.present(ROOT / "codegen").items()
            for word in (name.encode(), path.read_bytes())
        ),
    ).encode()


def _package(name: str) -> str:
    """
    The first file of a package with its size and time, which an update changes. Its version costs more than a
    whole run without changes.
    """
    found = util.find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)
    stat = os.stat(found.origin)
    return f"{found.origin} {stat.st_size} {stat.st_mtime_ns}"


def known_or_made(unit: Unit, folder: Path, make: Make) -> Known:
    """
    The stored result of a unit, if all its outputs exist; otherwise it is generated. Those of a user's devices are in
    `folder`, ours in generated/ and, if it does not keep them, in the build folder.
    """
    store = build_folder() / "generated"
    is_own = unit.name.startswith(THEIRS)

    def where(path: str) -> Path:
        return (folder if is_own else ROOT / "generated" if is_kept(path) else store) / path

    place = store / f"{unit.name}.json"
    known = _known(unit, place, where)
    if known is None:
        known = make(unit)
        _keep(unit, place, known)
        for one in () if is_own else known.outputs:
            if not is_kept(one.path):
                _store(where(one.path), one.content)
    return known


def _known(unit: Unit, place: Path, where: Callable[[str], Path]) -> Known | None:
    """The stored result. A change of the file, or of an output, changes a hash."""
    try:
        digest, _, text = place.read_bytes().partition(b"\n")
        if digest.decode() != _digest(text):
            return None
        kept = json.loads(text)
        if kept["key"] != unit.key:
            return None
        outputs = [Made(path, source, where(path).read_bytes()) for path, source, _ in kept["outputs"]]
        right = all(_digest(one.content) == known for one, (_, _, known) in zip(outputs, kept["outputs"]))
    except (OSError, ValueError):
        return None
    return Known(outputs, kept["shares"]) if right else None


def _keep(unit: Unit, place: Path, known: Known) -> None:
    """Stores the result."""
    rows = [(one.path, one.source, _digest(one.content)) for one in known.outputs]
    text = json.dumps({"key": unit.key, "outputs": rows, "shares": known.shares}, ensure_ascii=False).encode()
    _store(place, _digest(text).encode() + b"\n" + text)


def _store(place: Path, content: bytes) -> None:
    """Writes a file. A folder that cannot be written to is ignored: the next run generates it again."""
    try:
        drift.put(place, content)
    except OSError:
        pass
