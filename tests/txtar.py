# SPDX-License-Identifier: MIT
"""Many small files in one: Go's txtar format. A line `-- NAME --` begins each; what stands above the first is a comment."""

import re
from pathlib import Path

MARKER = re.compile(rb"^-- (\S+) --\n", re.MULTILINE)


def read(path):
    """{name: bytes} of the files in an archive."""
    _, *rest = MARKER.split(Path(path).read_bytes())
    names = [name.decode("ascii") for name in rest[::2]]
    twice = {name for name in names if names.count(name) > 1}
    assert names and not twice, f"{path}: no file, or two of one name: {', '.join(sorted(twice))}"
    return dict(zip(names, rest[1::2]))


def read_all(folder):
    """{name: bytes} of the files in all archives of a folder, sorted."""
    files = {}
    for archive in sorted(Path(folder).glob("*.txtar")):
        here = read(archive)
        assert (
            not here.keys() & files.keys()
        ), f"{archive}: {', '.join(sorted(here.keys() & files.keys()))} twice"
        files |= here
    return dict(sorted(files.items()))
