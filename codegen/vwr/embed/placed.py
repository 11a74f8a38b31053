# SPDX-License-Identifier: MIT
"""Puts the files of a copy into their places, so that an interruption does not make them look edited."""

import os
from collections.abc import Iterable
from pathlib import Path

from vwr.embed import record


def differing(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """Those of the files whose text is another one."""
    return {name: text for name, text in files.items() if record.current(folder / name) != text}


def _scratch(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def put(folder: Path, files: dict[str, str], gone: Iterable[str], both: str) -> None:
    """
    Replaces the files and removes those that are gone. All files are complete before the first takes its place. The
    manifest is the last; until then it is `both`, which has the checksums of the old copy and of the new one.
    """
    manifest = folder / record.MANIFEST
    places = [folder / name for name in files if name != record.MANIFEST]
    between = _scratch(manifest.with_suffix(".both"))
    try:
        for name, text in files.items():
            _write(_scratch(folder / name), text)
        if record.MANIFEST in files:
            _write(between, both)
            os.replace(between, manifest)
        for path in places:
            os.replace(_scratch(path), path)
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        if record.MANIFEST in files:
            os.replace(_scratch(manifest), manifest)
    finally:
        for path in [between, *(_scratch(folder / name) for name in files)]:
            path.unlink(missing_ok=True)
