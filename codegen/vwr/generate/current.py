# SPDX-License-Identifier: MIT
"""All of generated/, as spec/ makes it now: unit by unit, what is known of each or what is made anew."""

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vwr import ROOT
from vwr.generate import units
from vwr.generate.named import named
from vwr.spec import load
from vwr.spec.problems import Refused

if TYPE_CHECKING:
    from vwr.generate.make import Maker

# What takes long to import is imported where something is made or refused.


GENERATED = ROOT / "generated"
OF_ALL_DEVICES = ("virtwright.json", "virtwright.schema.json", "python/virtwright/__init__.py")


class Current(NamedTuple):
    """{path: bytes} and {path: source} of the files, and how many files of spec/ they are of."""

    files: dict[str, bytes]
    sources: dict[str, str]
    specs: int


def current(folder: Path, own: Path | None = None) -> Current:
    """As `folder` should have it; Refused if the spec has problems: all of them, in one run. With a folder of somebody's own:
    what these devices make, and the data of all."""
    texts, unreadable = load.read_texts(ROOT, own)
    if not unreadable and units.can_be(texts):
        try:
            return _of_own(_of_units(folder, texts), own)
        except (Refused, metadata.PackageNotFoundError):
            pass  # there may be more that is wrong; a package that has no version is none to have a hash of
    return _of_own(_whole(own), own)


def _of_own(all_: Current, own: Path | None) -> Current:
    """What a folder of somebody's own makes, if there is one."""
    if own is None:
        return all_
    sources = {
        path: source for path, source in all_.sources.items() if load.is_own(source) or path in OF_ALL_DEVICES
    }
    files = {path: all_.files[path] for path in sources}
    files["MANIFEST"] = units.manifest(sources)
    return Current(files, sources, len(set(filter(load.is_own, sources.values()))))


def _of_units(folder: Path, texts: dict[str, bytes]) -> Current:
    maker: Maker | None = None
    tested = frozenset(named(ROOT))
    shares: list[Sequence[Any]] = []
    outputs: list[units.Made] = []

    def make(unit: units.Unit) -> units.Known:
        nonlocal maker
        from vwr.generate.make import Maker

        maker = maker or Maker(texts, tested)
        return maker.make(unit, shares)

    for unit in units.units(texts, tested):
        known = units.known_or_made(unit, folder if unit.is_theirs else GENERATED, make)
        outputs += known.outputs
        shares += known.shares
    paths = units.specs(texts)
    return Current(*units.listed(outputs, paths), len(paths))


def _whole(own: Path | None) -> Current:
    from vwr.check.tree import checked_tree
    from vwr.generate import render

    tree = checked_tree(ROOT, own)
    return Current(*render.render_tree(tree), len(tree.files))
