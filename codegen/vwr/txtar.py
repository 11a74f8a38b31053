# SPDX-License-Identifier: MIT
"""Many small files in one: Go's txtar format. A line `-- NAME --` begins each; what stands above the first is a comment."""

import re
from pathlib import Path

MARKER = re.compile(rb"^-- (\S+) --\n", re.MULTILINE)


def read(path: Path) -> dict[str, bytes]:
    """{name: bytes} of the files in an archive."""
    rest = MARKER.split(path.read_bytes())[1:]
    names = [name.decode("ascii") for name in rest[::2]]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{path}: two files are called {min(twice)}")
    return dict(zip(names, rest[1::2]))


def unpack(archive: Path, folder: Path) -> Path:
    """Writes the files of an archive into a folder, which it returns."""
    for name, raw in read(archive).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return folder


def read_all(folder: Path) -> dict[str, bytes]:
    """{name: bytes} of the files in all archives of a folder, sorted."""
    files: dict[str, bytes] = {}
    for archive in sorted(folder.glob("*.txtar")):
        here = read(archive)
        if twice := here.keys() & files.keys():
            raise ValueError(f"{archive}: {min(twice)} is in another archive too")
        files |= here
    return dict(sorted(files.items()))


def put(archive: Path, name: str, raw: bytes) -> None:
    """Writes a file of an archive."""
    files = read(archive) | {name: raw}
    comment = MARKER.split(archive.read_bytes())[0]
    archive.write_bytes(
        comment + b"".join(b"-- %s --\n%s" % (one.encode(), files[one]) for one in sorted(files))
    )
