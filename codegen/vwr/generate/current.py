# SPDX-License-Identifier: MIT
"""All files of generated/ for the current spec/: unit by unit, from the cache or generated again."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vwr import ROOT
from vwr.generate import units
from vwr.generate.kept import is_kept
from vwr.generate.named import named
from vwr.spec import disk
from vwr.spec.problems import Refused

if TYPE_CHECKING:
    from vwr.generate.make import Maker

# Modules that are slow to import are imported only to generate or to report problems.


GENERATED = ROOT / "generated"
OF_ALL_DEVICES = ("virtwright.json", "virtwright.schema.json", "python/virtwright/__init__.py")


class Current(NamedTuple):
    """{path: bytes} and {path: source} of the files, and the number of their files of spec/."""

    files: dict[str, bytes]
    sources: dict[str, str]
    specs: int


def current(folder: Path, own: Path | None = None, left_out: bool = False) -> Current:
    """
    The files that `folder` should contain; Refused with all problems if the spec has any. For the descriptions
    in a user's folder `own`: the files of its devices, and the data of all devices. generated/ does not keep all;
    `left_out`: only what it does not keep.
    """
    texts, unreadable = disk.read_texts(ROOT, own)
    if not unreadable and units.can_be(texts):
        try:
            return _chosen(_of_units(folder, texts), folder, own, left_out)
        except Refused:
            pass  # report all problems in one run
    return _chosen(_whole(own), folder, own, left_out)


def _chosen(all_: Current, folder: Path, own: Path | None, left_out: bool) -> Current:
    """The subset of all files that belong in the folder."""

    def belongs(path: str, source: str) -> bool:
        if own is None:
            return not is_kept(path) if left_out else folder != GENERATED or is_kept(path)
        return disk.is_own(source) or path in OF_ALL_DEVICES

    sources = {path: source for path, source in all_.sources.items() if belongs(path, source)}
    files = {path: all_.files[path] for path in sources}
    files["MANIFEST"] = units.manifest(sources)
    return Current(files, sources, len(set(filter(disk.is_own, sources.values()))) if own else all_.specs)


def _of_units(folder: Path, texts: dict[str, bytes]) -> Current:
    maker: Maker | None = None
    names = named(ROOT)
    shares: list[Sequence[Any]] = []
    outputs: list[units.Made] = []

    def make(unit: units.Unit) -> units.Known:
        nonlocal maker
        from vwr.generate.make import Maker

        maker = maker or Maker(texts, names)
        return maker.make(unit, shares)

    for unit in units.units(texts, names):
        known = units.known_or_made(unit, folder, make)
        outputs += known.outputs
        shares += known.shares
    paths = units.specs(texts)
    return Current(*units.listed(outputs, paths), len(paths))


def _whole(own: Path | None) -> Current:
    from vwr.check.tree import checked_tree
    from vwr.generate import render

    tree = checked_tree(ROOT, own)
    return Current(*render.render_tree(tree), len(tree.files))
