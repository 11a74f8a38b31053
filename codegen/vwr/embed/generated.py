# SPDX-License-Identifier: MIT
"""
The generated files: those of generated/, and with --spec also those of the user's devices. These, and clients and
services that generated/ does not keep, are generated into a temporary folder.
"""

import functools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vwr import ROOT
from vwr.generate import drift
from vwr.generate.kept import is_kept

OURS = ROOT / "generated"
_folders: tuple[Path, ...] = (OURS,)


def folders() -> tuple[Path, ...]:
    """Folders with the layout of generated/, ours first."""
    return _folders


def found(name: str) -> Path:
    """The generated file of that name."""
    places = [folder / name for folder in _folders] + (
        [] if is_kept(name) else [Path(_left_out().name, name)]
    )
    return next((place for place in places if place.is_file()), OURS / name)


@functools.cache
def _left_out() -> "tempfile.TemporaryDirectory[str]":
    """The outputs that generated/ does not keep, until the program ends."""
    from vwr.generate.current import current  # imported here: a copy without it needs no generator

    made = tempfile.TemporaryDirectory(prefix="vwr-embed-")
    for name, content in current(Path(made.name), left_out=True).files.items():
        drift.put(Path(made.name, name), content)
    return made


def left_out(pattern: str) -> list[Path]:
    """The outputs that generated/ does not keep and that match."""
    return list(Path(_left_out().name).rglob(pattern))


def every(pattern: str) -> list[Path]:
    """The generated files that match, sorted by name."""
    return sorted((path for folder in _folders for path in folder.glob(pattern)), key=lambda path: path.name)


@contextmanager
def with_devices(spec: Path | None) -> Iterator[None]:
    """Inside, the generated files include those of the descriptions in this folder; Refused if one is bad."""
    global _folders  # noqa: PLW0603
    if spec is None:
        yield
        return
    from vwr.generate.current import current  # imported here: a copy of our devices needs no generator
    from vwr.spec import disk

    with tempfile.TemporaryDirectory(prefix="vwr-embed-") as made:
        files, sources, _ = current(Path(made), disk.own_folder(spec))
        named = [source.encode() for source in sources.values() if disk.is_own(source)]
        for name, content in files.items():
            for source in dict.fromkeys(named):  # the copy does not depend on the path to the folder
                content = content.replace(source, source.rpartition(b"/")[2])
            drift.put(Path(made, name), content)
        _folders = (OURS, Path(made))
        try:
            yield
        finally:
            _folders = (OURS,)
