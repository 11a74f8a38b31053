# SPDX-License-Identifier: MIT
"""The subject of each check, by its id: a line of a file."""

from pathlib import Path


def catalogue(path: Path) -> dict[str, str]:
    """{id: words} of a list of checks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line[:8]: line[9:] for line in lines if line and not line.startswith("#")}


CHECKS = catalogue(Path(__file__).with_suffix(".txt"))
